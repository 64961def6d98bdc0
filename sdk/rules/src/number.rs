//! Rules on numbers.
//!
//! ```text
//! {"minimum": 1}   0   must be at least 1, is 0
//! ```

use crate::decimal::Decimal;
use crate::schema::Rule;

/// Whether a number is valid by a rule; it is by all that are not on numbers.
pub(crate) fn is_valid(rule: &Rule<'_>, number: &Decimal<'_>) -> bool {
    by_bounds(rule, number).unwrap_or_else(|| match rule {
        Rule::MultipleOf(step) => number.is_multiple_of(step),
        _ => true,
    })
}

/// Whether it is within a bound; `None`, if the rule is none.
fn by_bounds(rule: &Rule<'_>, number: &Decimal<'_>) -> Option<bool> {
    match rule {
        Rule::Minimum(bound) => Some(number >= *bound),
        Rule::ExclusiveMinimum(bound) => Some(number > *bound),
        Rule::Maximum(bound) => Some(number <= *bound),
        Rule::ExclusiveMaximum(bound) => Some(number < *bound),
        _ => None,
    }
}

/// The same of a whole number and a whole bound, as nearly all are.
#[inline]
pub(crate) fn is_whole_within(rule: &Rule<'_>, number: i128) -> Option<bool> {
    match rule {
        Rule::Minimum(bound) => Some(number >= bound.whole()?),
        Rule::ExclusiveMinimum(bound) => Some(number > bound.whole()?),
        Rule::Maximum(bound) => Some(number <= bound.whole()?),
        Rule::ExclusiveMaximum(bound) => Some(number < bound.whole()?),
        _ => None,
    }
}

/// What is wrong with a number that is not valid.
pub(crate) fn message(rule: &Rule<'_>, number: &Decimal<'_>) -> String {
    let (relation, bound) = match rule {
        Rule::Minimum(bound) => ("at least", bound),
        Rule::ExclusiveMinimum(bound) => ("above", bound),
        Rule::Maximum(bound) => ("at most", bound),
        Rule::ExclusiveMaximum(bound) => ("below", bound),
        Rule::MultipleOf(step) => ("a multiple of", step),
        _ => return format!("is {number}, which is not valid"),
    };
    format!("must be {relation} {bound}, is {number}")
}
