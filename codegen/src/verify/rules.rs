//! The rules of numbers, strings and counts.

use super::breaks;
use crate::model::{CountRules, Integer, IntegerRules, NumberRules, Pattern, TextRules};
use crate::report::Report;
use crate::schema::Spot;
use crate::source::Number;

/// What is counted: the word for one, and for any other number.
pub(super) type Unit = (&'static str, &'static str);

pub(super) const ITEMS: Unit = ("item", "items");
pub(super) const CONTAINED: Unit =
    ("item of the kind under `contains`", "items of the kind under `contains`");
pub(super) const PROPERTIES: Unit = ("property", "properties");
const CHARACTERS: Unit = ("character", "characters");

pub(super) fn check_count(
    rules: &CountRules,
    found: usize,
    (one, others): &Unit,
    spot: &Spot<'_>,
    report: &mut Report,
) {
    if found < rules.least || rules.most.is_some_and(|most| found > most) {
        let unit = if found == 1 { one } else { others };
        breaks(spot, &format!("it has {found} {unit}"), report);
    }
}

pub(super) fn check_number(
    rules: &NumberRules,
    number: Number,
    spot: &Spot<'_>,
    report: &mut Report,
) {
    let is = |bound: Option<Number>, broken: fn(std::cmp::Ordering) -> bool| {
        bound.filter(|bound| broken(number.compare(*bound)))
    };
    if let Some(bound) = is(rules.minimum, std::cmp::Ordering::is_lt) {
        breaks(spot, &format!("{bound} is the least"), report);
    }
    if let Some(bound) = is(rules.above, std::cmp::Ordering::is_le) {
        breaks(spot, &format!("it must be above {bound}"), report);
    }
    if let Some(bound) = is(rules.maximum, std::cmp::Ordering::is_gt) {
        breaks(spot, &format!("{bound} is the most"), report);
    }
    if let Some(bound) = is(rules.below, std::cmp::Ordering::is_ge) {
        breaks(spot, &format!("it must be below {bound}"), report);
    }
    if let Some(step) = rules.multiple_of.filter(|step| !number.is_multiple_of(*step)) {
        breaks(spot, &format!("it is no multiple of {step}"), report);
    }
}

pub(super) fn check_text(rules: &TextRules, text: &str, spot: &Spot<'_>, report: &mut Report) {
    let length = CountRules { least: rules.min_length, most: rules.max_length };
    check_count(&length, text.chars().count(), &CHARACTERS, spot, report);
    if let Some(format) = rules.format.filter(|format| !format.matches(text)) {
        breaks(spot, &format!("it is not of the format `{}`", format.name()), report);
    }
    if let Some(pattern) = rules.pattern.as_ref().filter(|pattern| !is_match(pattern, text)) {
        breaks(spot, &format!("it does not match `{}`", pattern.source), report);
    }
}

/// Whether a text matches a pattern, which was tried when it was translated.
fn is_match(pattern: &Pattern, text: &str) -> bool {
    crate::pattern::compile(&pattern.translated).is_some_and(|regex| regex.is_match(text))
}

pub(super) fn check_integer(
    kind: Integer,
    rules: &IntegerRules,
    number: Number,
    spot: &Spot<'_>,
    report: &mut Report,
) {
    let (lowest, highest) = kind.range();
    let least = rules.minimum.unwrap_or(lowest);
    let most = rules.maximum.unwrap_or(highest);
    match number.to_whole() {
        None => drop(spot.wants::<()>("a whole number", report)),
        Some(whole) if whole < least => breaks(spot, &format!("{least} is the least"), report),
        Some(whole) if whole > most => breaks(spot, &format!("{most} is the most"), report),
        Some(whole) => {
            if let Some(step) = rules.multiple_of.filter(|step| whole.checked_rem(*step) != Some(0))
            {
                breaks(spot, &format!("it is no multiple of {step}"), report);
            }
        }
    }
}

/// The rules of a whole number of any size: whatever is a multiple of one.
pub(super) fn any_whole(rules: &IntegerRules) -> NumberRules {
    NumberRules {
        minimum: rules.minimum.map(Number::whole),
        maximum: rules.maximum.map(Number::whole),
        multiple_of: Some(Number::whole(rules.multiple_of.unwrap_or(1))),
        ..NumberRules::default()
    }
}
