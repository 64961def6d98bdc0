//! What was wrong once: a schema, and values that were judged differently.

use serde_json::{Value, json};

/// Schemas and values, to be tried on every run.
pub(crate) fn found() -> Vec<(Value, Vec<Value>)> {
    vec![
        // A number passed for the string that it looks like.
        (json!({ "type": "string", "enum": ["1"] }), vec![json!("1"), json!(1), json!("2")]),
        // A listed number did not fit the type that Rust takes literals for.
        (
            json!({ "type": "integer", "const": 9_007_199_254_740_992_i64 }),
            vec![json!(9_007_199_254_740_992_i64), json!(9_007_199_254_740_991_i64)],
        ),
        // `null` has to be listed as well as stated.
        (json!({ "type": ["string", "null"], "enum": ["a"] }), vec![json!("a"), json!(null)]),
        (json!({ "type": ["string", "null"], "enum": ["a", null] }), vec![json!(null)]),
        // Names of a map that are a list.
        (
            json!({
                "type": "object",
                "propertyNames": { "enum": ["a", "b"] },
                "additionalProperties": { "type": "integer" },
            }),
            vec![json!({ "a": 1 }), json!({ "c": 1 }), json!({})],
        ),
    ]
}
