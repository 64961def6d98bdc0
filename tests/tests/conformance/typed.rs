//! The suite's schemas seldom say a `type`, and generated types need one: what the other keywords
//! imply is written in.

use serde_json::{Map, Value};

/// The schema with a `type` wherever a schema lacks one and its keywords imply one.
pub(crate) fn typed(schema: &Value) -> Value {
    let Value::Object(words) = schema else { return schema.clone() };
    let mut typed: Map<String, Value> =
        words.iter().map(|(word, value)| (word.clone(), below(word, value))).collect();
    if !words.contains_key("type")
        && let Some(implied) = implied(words)
    {
        typed.insert("type".to_owned(), implied.into());
    }
    Value::Object(typed)
}

/// A keyword's value, with the schemas in it typed.
fn below(word: &str, value: &Value) -> Value {
    match (word, value) {
        (
            "items"
            | "additionalItems"
            | "additionalProperties"
            | "contains"
            | "propertyNames"
            | "not"
            | "if"
            | "then"
            | "else"
            | "unevaluatedItems"
            | "unevaluatedProperties"
            | "contentSchema",
            Value::Object(_),
        ) => typed(value),
        ("items" | "prefixItems" | "allOf" | "anyOf" | "oneOf", Value::Array(schemas)) => {
            schemas.iter().map(typed).collect()
        }
        (
            "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas"
            | "dependencies",
            Value::Object(schemas),
        ) => {
            let schemas = schemas.iter().map(|(name, schema)| (name.clone(), typed(schema)));
            Value::Object(schemas.collect())
        }
        _ => value.clone(),
    }
}

/// The one type that all of a schema's keywords are about.
fn implied(words: &Map<String, Value>) -> Option<&'static str> {
    let mut types: Vec<&'static str> =
        words.iter().filter_map(|(word, value)| implied_by(word, value)).collect();
    types.sort_unstable();
    types.dedup();
    match types.as_slice() {
        [one] => Some(one),
        _ => None,
    }
}

fn implied_by(word: &str, value: &Value) -> Option<&'static str> {
    match word {
        "properties"
        | "required"
        | "additionalProperties"
        | "patternProperties"
        | "propertyNames"
        | "minProperties"
        | "maxProperties"
        | "dependentRequired"
        | "dependentSchemas"
        | "dependencies"
        | "unevaluatedProperties" => Some("object"),
        "items" | "prefixItems" | "additionalItems" | "contains" | "minContains"
        | "maxContains" | "minItems" | "maxItems" | "uniqueItems" | "unevaluatedItems" => {
            Some("array")
        }
        "minLength" | "maxLength" | "pattern" | "format" | "contentEncoding"
        | "contentMediaType" | "contentSchema" => Some("string"),
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
            Some("number")
        }
        "const" => Some(type_of(value)),
        "enum" => {
            let values = value.as_array()?;
            let first = type_of(values.first()?);
            values.iter().all(|value| type_of(value) == first).then_some(first)
        }
        _ => None,
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) => match number.as_f64() {
            Some(double) if double.fract() == 0.0 => "integer",
            _ => "number",
        },
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
