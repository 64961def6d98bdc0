//! What the documentation says of rules, and what is said of keywords that have no effect.

use wechat_bizwifi_codegen::Builder;
use wechat_bizwifi_codegen::diagnostics::Diagnostic;

use crate::golden::{compare, folder};

/// What stands for a value: each becomes a property's schema.
const SCHEMAS: &[&str] = &[
    r#""if": { "required": ["a"] }, "then": { "required": ["b"] }, "else": { "minProperties": 2 }"#,
    r#""if": { "required": ["a"] }, "then": { "maxProperties": 2 }"#,
    r#""if": { "required": ["a"] }, "else": { "propertyNames": { "pattern": "^a" } }"#,
    r#""if": true, "then": false"#,
    r#""if": { "type": "string" }"#,
    r#""not": { "properties": { "a": { "pattern": "^x" } } }"#,
    r#""not": { "type": ["string", "null"], "minLength": 3, "maxLength": 5 }"#,
    r#""not": { "unknown": 1 }"#,
    r#""not": { "enum": ["abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyz abcdefghijklmnopqrstuvwxyz"] }"#,
    r#""anyOf": [{ "required": ["a"] }, { "minProperties": 2 }, true]"#,
    r#""oneOf": [{ "minimum": 1, "maximum": 7 }, { "exclusiveMinimum": 9, "exclusiveMaximum": 11 }, { "multipleOf": 2 }]"#,
    r#""allOf": [{ "minItems": 1 }, { "maxItems": 1, "uniqueItems": true }]"#,
    r#""propertyNames": false"#,
    r#""propertyNames": { "maxLength": 1 }"#,
    r#""contains": { "const": 1 }, "minContains": 2, "maxContains": 3"#,
    r#""contains": false"#,
    r#""prefixItems": [{ "type": "integer" }, { "const": "a" }], "items": false"#,
    r#""items": { "format": "date" }"#,
    r#""patternProperties": { "^a": { "type": "integer" }, "b$": false }"#,
    r#""additionalProperties": { "type": "integer" }"#,
    r#""dependentSchemas": { "a": { "required": ["b"], "maxProperties": 3 } }, "dependentRequired": { "a": ["b", "c"] }"#,
    r#""unevaluatedItems": false"#,
    r#""unevaluatedProperties": { "type": "null" }"#,
    r#""minLength": 1, "maxLength": 1"#,
    r#""minLength": 2, "pattern": "a|`""#,
    r#""minProperties": 1, "maxProperties": 1"#,
    r#""minItems": 1"#,
    r#""maxItems": 2"#,
    r#""minimum": 1.5"#,
    r#""multipleOf": 0.5"#,
    r#""const": { "a": [true, null] }"#,
    r#""enum": [{}, [], "a", 1]"#,
    r#""type": "object", "additionalProperties": { "type": "string" }, "maxLength": 3"#,
    r#""anyOf": [{ "type": "string" }, { "type": "integer" }], "maxItems": 3, "then": true"#,
    r#""type": ["string", "integer"], "maxItems": 3"#,
    r#""enum": ["a", "b"], "maxItems": 3"#,
    r##""$ref": "#/$defs/Text", "maxItems": 3, "unknown": 1"##,
    r#""thn": 1, "minContains": 2, "example": 1"#,
];

const DRAFTS: [&str; 4] = [
    "http://json-schema.org/draft-04/schema#",
    "http://json-schema.org/draft-06/schema#",
    "http://json-schema.org/draft-07/schema#",
    "https://json-schema.org/draft/2019-09/schema",
];

/// The documentation of a property with a schema, and the warnings.
fn said(schema: &str, more: &str) -> String {
    let text = format!(
        r#"{{ {more} "$defs": {{ "Text": {{ "type": "string" }} }}, "type": "object", "properties": {{ "v": {{ {schema} }} }} }}"#
    );
    let generated = Builder::new("").types_with_warnings("a.json", &text).unwrap();
    let docs = generated.code.lines().map(str::trim).filter(|line| line.starts_with("///"));
    let warnings = generated.warnings.all().iter().map(Diagnostic::line);
    let said: Vec<String> = docs.map(str::to_owned).chain(warnings).collect();
    said.join("\n") + "\n"
}

#[test]
fn of_each_schema_there_is_said_what_the_file_holds() {
    let mut written = String::new();
    for schema in SCHEMAS {
        written += &format!("# {schema}\n{}", said(schema, ""));
    }
    for draft in DRAFTS {
        let schema = r#""prefixItems": [{ "type": "string" }], "if": true, "contains": true, "dependencies": {}"#;
        written += &format!("# {draft}: {schema}\n");
        written += &said(schema, &format!(r#""$schema": "{draft}", "#));
    }
    compare(&folder("sentences.txt"), &written);
}
