//! Compares which numbers two types allow.
//!
//! ```text
//! { "minimum": 1 } -> { "exclusiveMinimum": 1 }    the least number: 1 -> 1, which is narrower
//! ```

use std::cmp::Reverse;

use super::verdict::Relation;
use crate::model::{Integer, Rules, TypeExpr};
use crate::schema::Keyword;
use crate::source::Number;

/// A number, and whether the bound is above it. So bounds are ordered: `>= 1` is below `> 1`, and
/// `< 1` is below `<= 1`.
type Bound = (Number, bool);

/// Which numbers a type allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    /// Whether only integers are allowed.
    integers: bool,
    /// The lower bound: it is above its number if the number itself is not allowed.
    low: Option<Bound>,
    /// The upper bound: it is above its number if the number itself is allowed.
    high: Option<Bound>,
    step: Option<Number>,
}

impl Bounds {
    /// The bounds by a type's range in Rust and, with `with_rules`, by its rules; `None` if it has
    /// no numbers.
    pub(super) fn of(ty: &TypeExpr, with_rules: bool) -> Option<Self> {
        let range = match ty {
            TypeExpr::Integer(integer, _) => Some(integer.range()),
            TypeExpr::Time(..) => Some(Integer::I64.range()),
            TypeExpr::Number(_) => None,
            _ => return None,
        };
        let rules = if with_rules { ty.rules() } else { Rules::NONE };
        let bound = |keyword, side| Some((rules.number(keyword)?, side));
        let (least, most) =
            range.map(|(least, most)| ((least.into(), false), (most.into(), true))).unzip();
        let low = [least, bound(Keyword::Minimum, false), bound(Keyword::ExclusiveMinimum, true)];
        let high = [most, bound(Keyword::Maximum, true), bound(Keyword::ExclusiveMaximum, false)];
        Some(Self {
            integers: range.is_some(),
            low: low.into_iter().flatten().max(),
            high: high.into_iter().flatten().min(),
            step: rules.number(Keyword::MultipleOf),
        })
    }

    /// Whether a number is allowed.
    pub(super) fn allows(&self, number: Number) -> bool {
        let above = self
            .low
            .is_none_or(|(low, is_excluded)| low < number || (low == number && !is_excluded));
        let below = self
            .high
            .is_none_or(|(high, is_allowed)| number < high || (number == high && is_allowed));
        let on_step = self.step.is_none_or(|step| number.is_multiple_of(&step));
        above && below && on_step && (!self.integers || number.is_integer())
    }

    /// The changes as messages, each with how the allowed numbers relate.
    pub(super) fn changes(old: &Self, new: &Self) -> Vec<(String, Relation)> {
        let integers = Relation::of_rule(old.integers, new.integers);
        let message = if new.integers { "number -> integer" } else { "integer -> number" };
        [
            (message.to_owned(), integers),
            Self::change_of_bound(
                "the least number",
                old.low,
                new.low,
                Relation::of_upper(old.low.map(Reverse), new.low.map(Reverse)),
            ),
            Self::change_of_bound(
                "the greatest number",
                old.high,
                new.high,
                Relation::of_upper(old.high, new.high),
            ),
            Self::change_of_step(old.step, new.step),
        ]
        .into_iter()
        .filter(|(_, relation)| *relation != Relation::Same)
        .collect()
    }

    fn change_of_bound(
        name: &str,
        old: Option<Bound>,
        new: Option<Bound>,
        relation: Relation,
    ) -> (String, Relation) {
        let [old, new] = [old, new].map(|bound| shown(bound.map(|(number, _)| number), "none"));
        (format!("{name}: {old} -> {new}"), relation)
    }

    fn change_of_step(old: Option<Number>, new: Option<Number>) -> (String, Relation) {
        let relation = match (old, new) {
            (Some(old), Some(new)) if old == new => Relation::Same,
            (Some(old), Some(new)) if new.is_multiple_of(&old) => Relation::Narrower,
            (Some(old), Some(new)) if old.is_multiple_of(&new) => Relation::Wider,
            (Some(_), Some(_)) => Relation::Different,
            (old, new) => Relation::of_rule(old.is_some(), new.is_some()),
        };
        let [old, new] = [old, new].map(|step| shown(step, "none"));
        (format!("`multipleOf`: {old} -> {new}"), relation)
    }
}

/// The limit of a rule, for messages; `none`, if there is no such rule.
pub(super) fn shown(demanded: Option<impl ToString>, none: &str) -> String {
    demanded.map_or_else(|| none.to_owned(), |demanded| demanded.to_string())
}

/// How the values relate by a keyword that is a bound, and may be absent.
pub(super) fn bound(keyword: Keyword, (old, new): (&Rules, &Rules)) -> Relation {
    let (old, new) = (old.number(keyword), new.number(keyword));
    if keyword.is_lower_bound() {
        Relation::of_upper(old.map(Reverse), new.map(Reverse))
    } else {
        Relation::of_upper(old, new)
    }
}

#[cfg(test)]
mod tests {
    use super::{Bounds, Integer, Keyword, Number, TypeExpr};
    use crate::model::Rule;

    fn number(text: &'static str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn a_number_is_allowed_within_both_bounds_and_on_a_step() {
        let inclusive = [
            Rule::Number(Keyword::Minimum, number("1")),
            Rule::Number(Keyword::Maximum, number("9")),
        ];
        let exclusive = [
            Rule::Number(Keyword::ExclusiveMinimum, number("1")),
            Rule::Number(Keyword::ExclusiveMaximum, number("9")),
        ];
        for (bounds, allowed, refused) in [
            (inclusive, ["1", "1.5", "9"], ["0.5", "9.5", "1.25"]),
            (exclusive, ["1.5", "5", "8.5"], ["1", "9", "1.25"]),
        ] {
            let rules = bounds
                .into_iter()
                .chain([Rule::Number(Keyword::MultipleOf, number("0.5"))])
                .collect();
            let bounds = Bounds::of(&TypeExpr::Number(rules), true).unwrap();
            for text in allowed {
                assert!(bounds.allows(number(text)), "{text} by {bounds:?}");
            }
            for text in refused {
                assert!(!bounds.allows(number(text)), "{text} by {bounds:?}");
            }
        }
    }

    #[test]
    fn of_whole_numbers_none_with_a_fraction_is_allowed() {
        let ty = TypeExpr::Integer(Integer::U32, std::iter::empty().collect());
        let bounds = Bounds::of(&ty, false).unwrap();
        for (text, is_allowed) in [
            ("0", true),
            ("4294967295", true),
            ("1.5", false),
            ("-1", false),
            ("4294967296", false),
        ] {
            assert_eq!(bounds.allows(number(text)), is_allowed, "{text}");
        }
    }
}
