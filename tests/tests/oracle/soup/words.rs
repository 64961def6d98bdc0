//! The few names, numbers and strings that schemas and values are made of, so that they meet.

use serde_json::{Value, json};

use super::dice::Dice;

/// The JSON types, with how often each is stated.
pub(super) const TYPES: &[(usize, &str)] = &[
    (6, "object"),
    (5, "string"),
    (4, "integer"),
    (4, "number"),
    (4, "array"),
    (2, "boolean"),
    (1, "null"),
];

/// Patterns, with strings that match them.
const PATTERNS: &[(&str, &[&str])] = &[
    ("^[a-c]+$", &["a", "ab", "abc", "cc"]),
    ("b", &["b", "abc", "𝒳b"]),
    ("^a", &["a", "ab", "a b"]),
    ("^.{1,2}$", &["a", "𝒳", "é", "𝒳𝒳"]),
    ("^(a|bc)*\\d?$", &["", "a", "bc1", "aa7"]),
    ("", &["", "a"]),
];

/// Formats, with strings that everybody finds to be of them, or not of them.
const FORMATS: &[(&str, &[&str])] = &[
    ("date", &["2024-02-29", "2023-02-29", "2024-2-9"]),
    ("date-time", &["2024-02-29T08:30:06Z", "2024-02-29T08:30:06.5+08:00", "2024-02-29"]),
    ("uuid", &["2eb8aa08-aa98-11ea-b4aa-73b441d16380", "2eb8aa08aa9811eab4aa73b441d16380"]),
    ("ipv4", &["192.168.0.1", "256.0.0.1", "1.2.3"]),
];

const NAMES: &[&str] = &["a", "b", "c"];
const RARE_NAMES: &[&str] =
    &["a_b", "a-b", "A", "", "type", "ü", "additional_properties", "kind", "x"];

pub(super) fn name(dice: &mut Dice) -> &'static str {
    let names = if dice.percent(4) { RARE_NAMES } else { NAMES };
    dice.pick(names)
}

/// A few names, none twice.
pub(super) fn names(dice: &mut Dice, share: usize) -> Vec<&'static str> {
    let mut names = dice.some(NAMES, share);
    if dice.percent(5) {
        names.push(dice.pick(RARE_NAMES));
    }
    names
}

pub(super) fn pattern(dice: &mut Dice) -> &'static str {
    dice.pick(PATTERNS).0
}

pub(super) fn matching(dice: &mut Dice, pattern: &str) -> Value {
    text_for(dice, pattern, PATTERNS)
}

pub(super) fn format(dice: &mut Dice) -> &'static str {
    dice.pick(FORMATS).0
}

pub(super) fn formatted(dice: &mut Dice, format: &str) -> Value {
    text_for(dice, format, FORMATS)
}

/// One of the strings that a table has for a pattern or a format; any, for one that it has not.
fn text_for(dice: &mut Dice, rule: &str, table: &[(&str, &[&str])]) -> Value {
    match table.iter().find(|(known, _)| *known == rule) {
        Some((_, texts)) => json!(dice.pick(texts)),
        None => text(dice),
    }
}

pub(super) fn text(dice: &mut Dice) -> Value {
    json!(dice.pick(&["", "a", "b", "c", "ab", "abc", "1", "𝒳", "a b", "é", "𝒳b𝒳", "\"\\\u{7f}"]))
}

pub(super) fn whole(dice: &mut Dice) -> Value {
    if dice.percent(4) {
        return dice.pick(&far_numbers());
    }
    json!(i64::try_from(dice.below(12)).unwrap() - 3)
}

pub(super) fn number(dice: &mut Dice) -> Value {
    if dice.percent(50) {
        return whole(dice);
    }
    json!(dice.pick(&[0.5, 1.5, -0.5, 2.5, 0.1, 0.3, 1.0, 2.0, 100.0, 0.01, -1.5, -0.0]))
}

/// Numbers near the ends of what doubles and whole numbers of 64 bits hold.
fn far_numbers() -> Vec<Value> {
    vec![
        json!(9_007_199_254_740_991_i64),
        json!(9_007_199_254_740_992_i64),
        json!(9_007_199_254_740_993_i64),
        json!(9_007_199_254_740_992.0),
        json!(-9_007_199_254_740_993_i64),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(10_000_000_000_000_000_i64),
        json!(1e16),
        json!(1e300),
        json!(1e-7),
        json!(-1e20),
    ]
}

pub(super) fn multiple(dice: &mut Dice) -> Value {
    dice.pick(&[json!(2), json!(3), json!(1), json!(0.5), json!(0.1), json!(1.5), json!(2.0)])
}

/// A value of this type, of no schema.
pub(super) fn value(dice: &mut Dice, json_type: &str, depth: usize) -> Value {
    let any = |dice: &mut Dice| {
        let json_type = dice.weighted(TYPES);
        value(dice, json_type, depth + 1)
    };
    let count = if depth > 1 { 0 } else { dice.below(3) };
    match json_type {
        "null" => Value::Null,
        "boolean" => json!(dice.percent(50)),
        "integer" => whole(dice),
        "number" => number(dice),
        "string" => text(dice),
        "array" => (0..count).map(|_| any(dice)).collect(),
        _ => Value::Object((0..count).map(|_| (name(dice).to_owned(), any(dice))).collect()),
    }
}
