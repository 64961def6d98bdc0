//! Which numbers a type allows.
//!
//! ```text
//! { "minimum": 1 } -> { "exclusiveMinimum": 1 }    the least number: 1 -> 1, which is narrower
//! ```

use super::verdict::Relation;
use crate::model::{Integer, Rules, TypeExpr};
use crate::schema::Keyword;
use crate::source::Number;

/// A bound, and on which side of the number itself it is.
type Bound = (Number, bool);

/// Which numbers a type allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    /// Whether whole ones alone.
    whole: bool,
    /// The least one, and whether it is not allowed itself.
    low: Option<Bound>,
    /// The greatest one, and whether it is allowed itself.
    high: Option<Bound>,
    step: Option<Number>,
}

impl Bounds {
    /// Those of a type's range in Rust and, if they are enforced, of its rules.
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
            whole: range.is_some(),
            low: low.into_iter().flatten().max(),
            high: high.into_iter().flatten().min(),
            step: rules.number(Keyword::MultipleOf),
        })
    }

    /// Whether a number is allowed.
    pub(super) fn allows(&self, number: Number) -> bool {
        let above = self.low.is_none_or(|(low, open)| low < number || (low == number && !open));
        let below = self.high.is_none_or(|(high, shut)| number < high || (number == high && shut));
        let stepped = self.step.is_none_or(|step| number.is_multiple_of(&step));
        above && below && stepped && (!self.whole || number.is_integer())
    }

    /// What has changed, and how the numbers relate.
    pub(super) fn changes(old: &Self, new: &Self) -> Vec<(String, Relation)> {
        let whole = Relation::of_sets(new.whole && !old.whole, old.whole && !new.whole);
        let message = if new.whole { "number -> integer" } else { "integer -> number" };
        [
            (message.to_owned(), whole),
            Self::change_of_bound(
                "the least number",
                old.low,
                new.low,
                Relation::of_upper(old.low.map(std::cmp::Reverse), new.low.map(std::cmp::Reverse)),
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
        let shown = |bound: Option<Bound>| {
            bound.map_or_else(|| "none".to_owned(), |(number, _)| number.to_string())
        };
        (format!("{name}: {} -> {}", shown(old), shown(new)), relation)
    }

    fn change_of_step(old: Option<Number>, new: Option<Number>) -> (String, Relation) {
        let relation = match (old, new) {
            (Some(old), Some(new)) if old == new => Relation::Same,
            (Some(old), Some(new)) if new.is_multiple_of(&old) => Relation::Narrower,
            (Some(old), Some(new)) if old.is_multiple_of(&new) => Relation::Wider,
            (Some(_), Some(_)) => Relation::Different,
            (old, new) => Relation::of_sets(new.is_some(), old.is_some()),
        };
        let shown =
            |step: Option<Number>| step.map_or_else(|| "none".to_owned(), |it| it.to_string());
        (format!("`multipleOf`: {} -> {}", shown(old), shown(new)), relation)
    }
}
