//! Rules on numbers.
//!
//! ```text
//! {"minimum": 1}   0   must be at least 1, is 0
//! ```

use crate::decimal::Decimal;
use crate::message::{
    Arg, EXCLUSIVE_MAXIMUM, EXCLUSIVE_MINIMUM, MAXIMUM, MINIMUM, MULTIPLE_OF, Message,
};
use crate::schema::Rule;

/// Whether a number is valid by a rule. Rules that are not on numbers are valid.
pub(crate) fn is_valid(rule: &Rule<'_>, number: &Decimal<'_>) -> bool {
    match rule {
        Rule::Minimum(bound) => number >= *bound,
        Rule::ExclusiveMinimum(bound) => number > *bound,
        Rule::Maximum(bound) => number <= *bound,
        Rule::ExclusiveMaximum(bound) => number < *bound,
        Rule::MultipleOf(step) => number.is_multiple_of(step),
        _ => true,
    }
}

/// A quick check: whether all rules are whole bounds, as most are, and a whole number is within them. If `false`, the
/// number may still be valid.
pub(crate) fn is_whole_within(rules: &[Rule<'_>], number: i128) -> bool {
    rules.iter().all(|rule| match rule {
        Rule::Minimum(bound) => bound.whole().is_some_and(|bound| number >= bound),
        Rule::Maximum(bound) => bound.whole().is_some_and(|bound| number <= bound),
        _ => false,
    })
}

/// The violation of a rule on numbers.
pub(crate) fn message(rule: &Rule<'_>, number: &Decimal<'_>) -> Option<Message> {
    let (template, bound) = match rule {
        Rule::Minimum(bound) => (MINIMUM, bound),
        Rule::ExclusiveMinimum(bound) => (EXCLUSIVE_MINIMUM, bound),
        Rule::Maximum(bound) => (MAXIMUM, bound),
        Rule::ExclusiveMaximum(bound) => (EXCLUSIVE_MAXIMUM, bound),
        Rule::MultipleOf(step) => (MULTIPLE_OF, step),
        _ => return None,
    };
    Some(template.with([Arg::Text(&bound), Arg::Text(&number)]))
}
