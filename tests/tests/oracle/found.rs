//! What was wrong once: a schema, and values that were checked differently.

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
    .into_iter()
    .chain(of_null())
    .chain(of_two_rules())
    .chain(of_random_schemas())
    .collect()
}

/// The same keyword twice, in parts of one `allOf`: both hold, or the schema is refused.
fn of_two_rules() -> Vec<(Value, Vec<Value>)> {
    let both = |of_type: &str, keyword: &str, values: [Value; 2]| {
        let part = |value: &Value| json!({ "type": of_type, keyword: value });
        json!({ "allOf": values.each_ref().map(part) })
    };
    let texts = ["ab", "a", "b", "2020-01-01", "https://a.b", "a b"].map(|text| json!(text));
    let numbers = [0, 2, 3, 4, 6, 12, -6].map(|number| json!(number));
    let decimals = [0.0, 0.2, 0.3, 0.6, 1.2].map(|number| json!(number));
    vec![
        (both("string", "pattern", [json!("^a"), json!("b$")]), texts.to_vec()),
        (both("string", "format", [json!("date"), json!("uri")]), texts.to_vec()),
        (both("integer", "multipleOf", [json!(2), json!(3)]), numbers.to_vec()),
        (both("number", "multipleOf", [json!(0.2), json!(0.3)]), decimals.to_vec()),
    ]
}

/// Keywords of a type say nothing of `null`, and `oneOf` counts it as any other value.
fn of_null() -> Vec<(Value, Vec<Value>)> {
    let texts = || vec![json!(null), json!("a"), json!("abc"), json!(1), json!(true), json!(false)];
    let text = json!(["string", "null"]);
    vec![
        (json!({ "type": "null" }), texts()),
        (json!({ "type": ["boolean", "null"], "const": null }), texts()),
        (json!({ "type": ["boolean", "null"], "enum": [true, true] }), texts()),
        (json!({ "type": ["string", "null"], "enum": [null] }), texts()),
        (json!({ "type": text, "not": { "maxLength": 2 } }), texts()),
        (json!({ "type": text, "if": { "minLength": 2 }, "else": { "maxLength": 0 } }), texts()),
        (
            json!({ "$defs": { "A": { "type": text } }, "$ref": "#/$defs/A", "minLength": 2 }),
            texts(),
        ),
        (
            json!({ "anyOf": [{ "type": text, "minLength": 2 }, { "type": text, "maxLength": 0 }] }),
            texts(),
        ),
        (json!({ "oneOf": [{ "type": "null" }, { "type": text }] }), texts()),
        (json!({ "oneOf": [{ "type": "null" }, {}] }), texts()),
        (json!({ "oneOf": [{ "type": text }, { "type": "integer" }] }), texts()),
        (json!({ "oneOf": [{ "type": text }, { "type": ["integer", "null"] }] }), texts()),
        (json!({ "anyOf": [{ "type": text }, { "type": ["integer", "null"] }] }), texts()),
        (
            json!({
                "$defs": { "A": {
                    "type": ["object", "null"],
                    "properties": { "a": { "$ref": "#/$defs/A" }, "b": { "type": "integer" } },
                } },
                "$ref": "#/$defs/A",
            }),
            vec![json!({ "a": { "a": null } }), json!({ "a": { "b": "" } }), json!(null)],
        ),
    ]
}

/// What random schemas have brought up.
fn of_random_schemas() -> Vec<(Value, Vec<Value>)> {
    vec![
        // Items were equal if they were alike in what is listed.
        (
            json!({
                "type": "array",
                "uniqueItems": true,
                "items": {
                    "type": "object",
                    "properties": { "a": { "type": "integer" } },
                    "additionalProperties": true,
                },
            }),
            vec![
                json!([{ "a": 1 }, { "a": 1, "b": 1 }]),
                json!([{ "a": 1, "b": 1 }, { "a": 1, "b": 1.0 }]),
            ],
        ),
        // A whole number that does not fit 64 bits was no integer to a rule.
        (
            json!({ "oneOf": [{}, { "type": "integer" }] }),
            vec![json!(u64::MAX), json!(1e300), json!(1.5), json!(1)],
        ),
        (
            json!({ "type": "number", "not": { "type": "integer", "minimum": 2 } }),
            vec![json!(1e300), json!(-1e300), json!(2.5), json!(2), json!(1)],
        ),
        // An open object lost what a rule asks about, and wrote something that was not valid.
        (
            json!({
                "type": "object",
                "properties": { "a": { "type": "integer" } },
                "enum": [{ "c": -2 }, { "a": 1, "c": {} }],
            }),
            vec![json!({ "c": -2 }), json!({ "a": 1, "c": {} }), json!({}), json!({ "a": 1 })],
        ),
        (
            json!({
                "type": "object",
                "properties": { "a": { "type": "integer" } },
                "oneOf": [{ "required": ["b"] }, { "required": ["c"] }],
            }),
            vec![
                json!({ "b": 1 }),
                json!({ "c": 1 }),
                json!({ "b": 1, "c": 1 }),
                json!({ "a": 1 }),
            ],
        ),
        // A type that no value of the list is of allowed everything.
        (
            json!({ "type": ["string", "object"], "const": "c" }),
            vec![json!("c"), json!({}), json!("d")],
        ),
        // rustc warned of the generated code.
        (json!({ "type": "string", "deprecated": true }), vec![json!("a"), json!(1)]),
    ]
}
