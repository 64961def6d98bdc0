//! Rules that list the values.

use serde_json::Value;

use super::Rule;
use crate::wire::check::Checker;

/// The rule that a boolean has this value.
#[derive(Clone, Copy, Debug)]
pub struct Only(pub bool);

impl Rule<bool> for Only {
    fn check(&self, value: &bool, at: &mut Checker) {
        if *value != self.0 {
            at.report("const", format!("must be {}", self.0));
        }
    }
}

/// The rule that a value is one of these, written as JSON.
#[derive(Clone, Copy, Debug)]
pub struct Listed(pub &'static [&'static str]);

impl Rule<Value> for Listed {
    fn check(&self, value: &Value, at: &mut Checker) {
        let found = canonical(value.clone());
        let is_it = |listed: &&str| {
            serde_json::from_str(listed).is_ok_and(|listed: Value| canonical(listed) == found)
        };
        if !self.0.iter().any(is_it) {
            at.report("enum", format!("must be one of {}", self.0.join(", ")));
        }
    }
}

/// JSON in which equal values are equal: `1` and `1.0` are one number.
pub(super) fn canonical(json: Value) -> Value {
    match json {
        Value::Number(number) => match number.as_f64() {
            Some(double) if !number.is_i64() && !number.is_u64() && is_whole(double) =>
            {
                #[expect(clippy::cast_possible_truncation, reason = "whole, and below 2^53")]
                Value::from(double as i64)
            }
            _ => Value::Number(number),
        },
        Value::Array(items) => items.into_iter().map(canonical).collect(),
        Value::Object(properties) => {
            properties.into_iter().map(|(name, value)| (name, canonical(value))).collect()
        }
        other => other,
    }
}

fn is_whole(double: f64) -> bool {
    const MOST_EXACT: f64 = 9_007_199_254_740_992.0;
    double.fract() == 0.0 && double.abs() <= MOST_EXACT
}
