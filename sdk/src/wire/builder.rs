//! A value on its way to being built: what was set, and what was refused while it was set.
//!
//! ```text
//! ListShops::builder().pagesize(21).build()
//!
//! /pagesize must be at most 20, is 21
//! ```

use std::fmt;

use serde::Serialize;
use wechat_bizwifi_rules::message::{Arg, ENUM_IS, NOT_ALL_SET, NOT_SET};

use super::check::Check;
use super::checker::{Checker, Found, Levels};
use super::invalid::Invalid;
use super::object::Object;

/// What a builder's setters could not take, by property. Out of line, since each setter moves the
/// builder, and nearly always there is nothing here.
#[derive(Clone, Debug, Default)]
pub struct RefusedValues(Option<Box<Refused>>);

#[derive(Clone, Debug, Default)]
struct Refused {
    by_property: Vec<(&'static str, Invalid)>,
}

impl RefusedValues {
    /// Of a builder whose setters were not called yet.
    pub const NONE: Self = Self(None);

    /// Converts what a setter was given into its field; what does not convert is kept for
    /// [`RefusedValues::check`].
    pub fn accept<T, V>(&mut self, property: &'static str, value: V, field: &mut Option<T>)
    where
        V: TryInto<T, Error: Into<Invalid>>,
    {
        if self.0.is_some() {
            self.forget(property);
        }
        *field = match value.try_into() {
            Ok(value) => Some(value),
            Err(error) => {
                self.keep(property, error.into());
                None
            }
        };
    }

    #[cold]
    fn forget(&mut self, property: &'static str) {
        if let Some(refused) = &mut self.0 {
            refused.by_property.retain(|(name, _)| *name != property);
        }
    }

    #[cold]
    fn keep(&mut self, property: &'static str, error: Invalid) {
        self.0.get_or_insert_default().by_property.push((property, error));
    }

    /// What was wrong with the value of a property.
    pub(super) fn of(&self, property: &str) -> Option<&Invalid> {
        let refused = self.0.as_ref()?;
        let mut refused = refused.by_property.iter();
        refused.find(|(name, _)| *name == property).map(|(_, error)| error)
    }

    /// Whether no setter refused its value.
    pub fn is_empty(&self) -> bool {
        self.0.as_ref().is_none_or(|refused| refused.by_property.is_empty())
    }

    /// Checks a property, if it is set.
    pub fn check<T: Check>(
        &self,
        (property, is_required): (&'static str, bool),
        value: Option<&T>,
        rules: Levels,
        at: &mut Checker<'_>,
    ) {
        let Some(value) = value else {
            return self.check_unset((property, is_required), at);
        };
        at.property(property, |at| value.check_by(rules, at));
    }

    /// Checks a property that is not set, or whose value was refused.
    #[cold]
    fn check_unset(&self, (property, is_required): (&'static str, bool), at: &mut Checker<'_>) {
        at.property(property, |at| match self.of(property) {
            Some(invalid) => at.adopt(invalid.clone()),
            None if is_required => at.report("required", NOT_SET.into()),
            None => {}
        });
    }
}

/// Builds the value, after its rules were checked.
///
/// # Errors
///
/// When a violation was found, or a required property is missing after all.
#[inline]
pub(super) fn finish_built<T: Object>(found: Found, partial: T::Partial) -> Result<T, Invalid> {
    found.finish()?;
    // A large object is not moved more than once.
    match T::finish(partial) {
        Ok(value) => Ok(value),
        Err(_) => Err(not_set()),
    }
}

#[cold]
fn not_set() -> Invalid {
    Invalid::new("required", NOT_ALL_SET.into())
}

/// The value, if it is valid by its own type's rules.
///
/// # Errors
///
/// Every violation.
pub fn valid<T: Check>(value: T) -> Result<T, Invalid> {
    super::check::validate(&value).map(|()| value)
}

/// The violation of a value that is not one of an enum's values.
pub fn not_listed<T: Serialize>(values: &[T], found: &dyn fmt::Debug) -> Invalid {
    let values = values.iter().filter_map(|value| serde_json::to_string(value).ok());
    let values: Vec<String> = values.collect();
    let message = ENUM_IS.with([Arg::Text(&values.join(", ")), Arg::Text(&format!("{found:?}"))]);
    Invalid::new("enum", message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SetCouponPlacement;
    use crate::wire::object::begin_fixed;

    fn keywords<T>(checked: Result<T, Invalid>) -> Vec<&'static str> {
        let violations = checked.err().map(Invalid::into_violations).unwrap_or_default();
        violations.iter().map(|it| it.keyword).collect()
    }

    #[test]
    fn each_violation_has_the_keyword_of_the_rule_that_is_broken() {
        let built = SetCouponPlacement::builder().shop_id(1).card_id("").start_time(1).end_time(1);
        let built = built.card_describe("a").build();
        assert_eq!(keywords(built), ["minLength", "required"]);
        let nothing_set = begin_fixed::<SetCouponPlacement>();
        let unchecked = finish_built::<SetCouponPlacement>(Found::default(), nothing_set);
        assert_eq!(keywords(unchecked), ["required"]);
        assert_eq!(keywords(Err::<(), _>(not_listed(&[1, 2], &3))), ["enum"]);
        assert_eq!(keywords(i32::try_from(crate::wire::Integer::from(i64::MAX))), ["type"]);
        assert_eq!(keywords("1.5".parse::<crate::wire::Integer>()), ["type"]);
        assert_eq!(keywords(crate::pages::from_count::<i8>("page", 128)), ["type"]);
    }

    #[test]
    fn what_was_not_set_is_named_with_all_else_that_is_wrong() {
        let built = SetCouponPlacement::builder().shop_id(1).card_quantity(-1).build();
        let lacks = |name: &str| format!("/{name} is required, and was not set; ");
        assert_eq!(
            built.unwrap_err().to_string(),
            ["card_id", "card_describe", "start_time", "end_time"].map(lacks).concat()
                + "/card_quantity must be at least 0, is -1"
        );
    }

    #[test]
    fn an_integer_that_a_type_cannot_hold_is_refused_in_both_languages() {
        let invalid = i32::try_from(crate::wire::Integer::from(i64::MAX)).unwrap_err();
        assert_eq!(invalid.to_string(), "does not fit i32");
        assert_eq!(invalid.message_in(crate::Language::Zh), "超出 i32 的范围");
    }

    #[test]
    fn a_value_that_is_not_listed_is_refused_with_all_that_are() {
        let invalid = not_listed(&["a", "b"], &"c");
        assert_eq!(invalid.to_string(), "must be one of \"a\", \"b\", is \"c\"");
    }

    /// A number that converts if it has one digit.
    struct Given(i64);

    impl TryFrom<Given> for i64 {
        type Error = Invalid;

        fn try_from(Given(number): Given) -> Result<Self, Invalid> {
            if number < 10 { Ok(number) } else { Err(not_listed(&[9], &number)) }
        }
    }

    #[test]
    fn what_does_not_convert_is_kept_until_the_setter_is_called_again() {
        for (given, field, said) in [
            (&[1][..], Some(1), None),
            (&[10], None, Some("must be one of 9, is 10")),
            (&[10, 11], None, Some("must be one of 9, is 11")),
            (&[10, 1], Some(1), None),
            (&[1, 10], None, Some("must be one of 9, is 10")),
        ] {
            let (mut refused, mut set, mut other) = (RefusedValues::NONE, None, None::<i64>);
            refused.accept("other", Given(12), &mut other);
            for number in given {
                refused.accept("a", Given(*number), &mut set);
            }
            let kept = refused.of("a").map(ToString::to_string);
            assert_eq!((set, kept.as_deref()), (field, said), "{given:?}");
            assert_eq!(refused.of("other").unwrap().to_string(), "must be one of 9, is 12");
            refused.accept("other", Given(2), &mut other);
            assert_eq!(refused.is_empty(), said.is_none(), "{given:?}");
        }
    }

    #[test]
    fn of_what_a_setter_is_given_the_last_counts_refused_or_not() {
        let texts = [18, 19, 20].map(|count| "a".repeat(count));
        let said = |order: &[usize]| {
            let mut builder = SetCouponPlacement::builder();
            for index in order {
                builder = builder.card_describe(texts[*index].as_str());
            }
            let said = builder.build().unwrap_err().to_string();
            let found = |text| said.contains(text);
            (found("/card_describe"), found("has 19"), found("has 20"))
        };
        assert_eq!(said(&[0]), (false, false, false));
        assert_eq!(said(&[1]), (true, true, false));
        assert_eq!(said(&[1, 2]), (true, false, true));
        assert_eq!(said(&[1, 0]), (false, false, false));
        assert_eq!(said(&[2, 0, 1]), (true, true, false));
    }
}
