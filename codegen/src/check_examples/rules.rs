//! The rules of numbers, strings and counts.

use super::breaks;
use crate::model::{CountRules, Integer, IntegerRules, NumberRules, Pattern, TextRules};
use crate::schema::Located;
use crate::source::Number;

/// What is counted: the name of one, and of any other number.
pub(super) type Unit = (&'static str, &'static str);

pub(super) const ITEMS: Unit = ("item", "items");
pub(super) const CONTAINED: Unit =
    ("item that is valid against `contains`", "items that are valid against `contains`");
pub(super) const PROPERTIES: Unit = ("property", "properties");
const CHARACTERS: Unit = ("character", "characters");

pub(super) fn check_count(
    rules: &CountRules,
    found: usize,
    (one, additional): &Unit,
    located: &Located<'_>,
) {
    if found < rules.least || rules.most.is_some_and(|most| found > most) {
        let unit = if found == 1 { one } else { additional };
        breaks(located, &format!("it has {found} {unit}"));
    }
}

pub(super) fn check_number(rules: &NumberRules, number: Number, located: &Located<'_>) {
    let is = |bound: Option<Number>, broken: fn(std::cmp::Ordering) -> bool| {
        bound.filter(|bound| broken(number.cmp(bound)))
    };
    if let Some(bound) = is(rules.minimum, std::cmp::Ordering::is_lt) {
        breaks(located, &format!("{bound} is the least"));
    }
    if let Some(bound) = is(rules.above, std::cmp::Ordering::is_le) {
        breaks(located, &format!("it must be above {bound}"));
    }
    if let Some(bound) = is(rules.maximum, std::cmp::Ordering::is_gt) {
        breaks(located, &format!("{bound} is the most"));
    }
    if let Some(bound) = is(rules.below, std::cmp::Ordering::is_ge) {
        breaks(located, &format!("it must be below {bound}"));
    }
    if let Some(step) = rules.multiple_of.filter(|step| !number.is_multiple_of(step)) {
        breaks(located, &format!("it is no multiple of {step}"));
    }
}

pub(super) fn check_text(rules: &TextRules, text: &str, located: &Located<'_>) {
    let length = CountRules { least: rules.min_length, most: rules.max_length };
    check_count(&length, text.chars().count(), &CHARACTERS, located);
    if let Some(format) = rules.format.filter(|format| !format.matches(text)) {
        breaks(located, &format!("it is not of the format `{}`", format.name()));
    }
    if let Some(pattern) = rules.pattern.as_ref().filter(|pattern| !is_match(pattern, text)) {
        breaks(located, &format!("it does not match `{}`", pattern.source));
    }
}

/// Whether a text matches a pattern, which was tried when it was translated.
fn is_match(pattern: &Pattern, text: &str) -> bool {
    crate::pattern::compile(&pattern.translated).is_some_and(|regex| regex.is_match(text))
}

pub(super) fn check_integer(
    integer: Integer,
    rules: &IntegerRules,
    number: Number,
    located: &Located<'_>,
) {
    let (lowest, highest) = integer.range();
    let least = rules.minimum.unwrap_or(lowest);
    let most = rules.maximum.unwrap_or(highest);
    match number.to_i128() {
        None => drop(located.must_be("a whole number")),
        Some(whole) if whole < least => breaks(located, &format!("{least} is the least")),
        Some(whole) if whole > most => breaks(located, &format!("{most} is the most")),
        Some(whole) => {
            if let Some(step) = rules.multiple_of.filter(|step| whole.checked_rem(*step) != Some(0))
            {
                breaks(located, &format!("it is no multiple of {step}"));
            }
        }
    }
}

/// The rules of a whole number of any size: whatever is a multiple of one.
pub(super) fn any_whole(rules: &IntegerRules) -> NumberRules {
    NumberRules {
        minimum: rules.minimum.map(Number::from),
        maximum: rules.maximum.map(Number::from),
        multiple_of: Some(rules.multiple_of.unwrap_or(1).into()),
        ..NumberRules::default()
    }
}
