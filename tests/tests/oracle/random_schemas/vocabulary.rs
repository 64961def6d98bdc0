//! The few names, numbers and strings that schemas and values are made of, so that they meet.

use serde_json::{Value, json};

use super::rng::Rng;

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

pub(super) fn name(rng: &mut Rng) -> &'static str {
    let names = if rng.percent(4) { RARE_NAMES } else { NAMES };
    rng.pick(names)
}

/// A few names, none twice.
pub(super) fn names(rng: &mut Rng, share: usize) -> Vec<&'static str> {
    let mut names = rng.some(NAMES, share);
    if rng.percent(5) {
        names.push(rng.pick(RARE_NAMES));
    }
    names
}

pub(super) fn pattern(rng: &mut Rng) -> &'static str {
    rng.pick(PATTERNS).0
}

pub(super) fn matching(rng: &mut Rng, pattern: &str) -> Value {
    text_for(rng, pattern, PATTERNS)
}

pub(super) fn format(rng: &mut Rng) -> &'static str {
    rng.pick(FORMATS).0
}

pub(super) fn formatted(rng: &mut Rng, format: &str) -> Value {
    text_for(rng, format, FORMATS)
}

/// One of the strings that a table has for a pattern or a format; any, for one that it has not.
fn text_for(rng: &mut Rng, rule: &str, table: &[(&str, &[&str])]) -> Value {
    match table.iter().find(|(known, _)| *known == rule) {
        Some((_, texts)) => json!(rng.pick(texts)),
        None => text(rng),
    }
}

pub(super) fn text(rng: &mut Rng) -> Value {
    json!(rng.pick(&["", "a", "b", "c", "ab", "abc", "1", "𝒳", "a b", "é", "𝒳b𝒳", "\"\\\u{7f}"]))
}

pub(super) fn whole(rng: &mut Rng) -> Value {
    if rng.percent(4) {
        return rng.pick(&far_numbers());
    }
    json!(i64::try_from(rng.below(12)).unwrap() - 3)
}

pub(super) fn number(rng: &mut Rng) -> Value {
    if rng.percent(50) {
        return whole(rng);
    }
    json!(rng.pick(&[0.5, 1.5, -0.5, 2.5, 0.1, 0.3, 1.0, 2.0, 100.0, 0.01, -1.5, -0.0]))
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

pub(super) fn multiple(rng: &mut Rng) -> Value {
    rng.pick(&[json!(2), json!(3), json!(1), json!(0.5), json!(0.1), json!(1.5), json!(2.0)])
}

/// A value of this type, of no schema.
pub(super) fn value(rng: &mut Rng, json_type: &str, depth: usize) -> Value {
    let any = |rng: &mut Rng| {
        let json_type = rng.weighted(TYPES);
        value(rng, json_type, depth + 1)
    };
    let count = if depth > 1 { 0 } else { rng.below(3) };
    match json_type {
        "null" => Value::Null,
        "boolean" => json!(rng.percent(50)),
        "integer" => whole(rng),
        "number" => number(rng),
        "string" => text(rng),
        "array" => (0..count).map(|_| any(rng)).collect(),
        _ => Value::Object((0..count).map(|_| (name(rng).to_owned(), any(rng))).collect()),
    }
}
