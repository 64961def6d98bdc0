//! Rules on numbers.
//!
//! ```text
//! {"minimum": 1}   0   must be at least 1, is 0
//! ```

use crate::decimal::Decimal;
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
pub(crate) fn message(rule: &Rule<'_>, number: &Decimal<'_>) -> Option<String> {
    let (relation, bound) = match rule {
        Rule::Minimum(bound) => ("at least", bound),
        Rule::ExclusiveMinimum(bound) => ("above", bound),
        Rule::Maximum(bound) => ("at most", bound),
        Rule::ExclusiveMaximum(bound) => ("below", bound),
        Rule::MultipleOf(step) => ("a multiple of", step),
        _ => return None,
    };
    Some(format!("must be {relation} {bound}, is {number}"))
}
