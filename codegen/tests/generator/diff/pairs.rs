//! From each of some types to each other one, in a request and in a reply.

use wechat_bizwifi_codegen::{Diff, Verdict};

use super::table::Files;
use crate::golden::{compare, folder};

/// One schema of each sort that is compared in a way of its own.
const SCHEMAS: &[(&str, &str)] = &[
    ("any", r#""description": "Anything.""#),
    ("boolean", r#""type": "boolean""#),
    ("string", r#""type": "string", "maxLength": 3"#),
    ("date", r#""type": "string", "format": "date""#),
    ("nullable", r#""type": ["string", "null"]"#),
    ("secret", r#""type": "string", "sensitive": true"#),
    ("long texts", r#""type": "string", "enum": ["abc", "abcd"]"#),
    ("texts", r#""type": "string", "enum": ["b", "c"], "description": "Others.""#),
    ("integer", r#""type": "integer", "minimum": 2"#),
    ("rule", r#""type": "integer", "not": { "const": 1 }"#),
    ("time", r#""type": "integer", "format": "unix-time""#),
    ("number", r#""type": "number""#),
    ("integers", r#""type": "integer", "enum": [1, 2]"#),
    ("list", r#""type": "array", "items": { "type": "string" }, "maxItems": 3"#),
    (
        "set",
        r#""type": "array", "items": { "type": "string" }, "uniqueItems": true, "minItems": 1, "maxItems": 9"#,
    ),
    (
        "map",
        r#""type": "object", "additionalProperties": { "type": "string" }, "minProperties": 1"#,
    ),
    (
        "closed",
        r#""type": "object", "additionalProperties": false, "properties": { "a": { "type": "string" } }"#,
    ),
    (
        "open",
        r#""type": "object", "properties": { "a": { "type": "string" }, "b": { "description": "B." } }, "dependentRequired": { "a": ["b"] }"#,
    ),
    (
        "keeps",
        r#""type": "object", "properties": { "a": { "type": "string" } }, "additionalProperties": true, "not": { "required": ["b"] }"#,
    ),
    (
        "keeps texts",
        r#""type": "object", "properties": { "a": { "type": "string" } }, "additionalProperties": { "type": "string" }"#,
    ),
    ("union", r#""anyOf": [{ "type": "string" }, { "type": "integer" }]"#),
    (
        "tagged",
        r#""oneOf": [{ "rustName": "A", "type": "object", "properties": { "k": { "const": "a" } }, "required": ["k"] }, { "rustName": "B", "type": "object", "properties": { "k": { "const": "b" } }, "required": ["k"] }]"#,
    ),
    (
        "retagged",
        r#""oneOf": [{ "rustName": "A", "type": "object", "properties": { "t": { "const": "a" } }, "required": ["t"] }, { "rustName": "C", "type": "object", "properties": { "t": { "const": "c" } }, "required": ["t"] }]"#,
    ),
];

/// Types with a name of their own, and some that have none.
const NAMED: &[(&str, &str)] = &[
    ("string", r#""type": "string", "maxLength": 9"#),
    ("integer", r#""type": "integer""#),
    ("Word", r#""$ref": "common.json#/$defs/Word""#),
    ("Other", r#""$ref": "common.json#/$defs/Other""#),
    ("Ruled", r#""$ref": "common.json#/$defs/Ruled""#),
    ("Kind", r#""$ref": "common.json#/$defs/Kind""#),
    ("Shop", r#""$ref": "common.json#/$defs/Shop""#),
    ("Either", r#""$ref": "common.json#/$defs/Either""#),
];

const COMMON: &str = r##"{ "$defs": {
  "Word": { "type": "string", "maxLength": 9 },
  "Other": { "type": "string", "maxLength": 9, "description": "Another word." },
  "Ruled": { "type": "string", "maxLength": 9, "not": { "const": "b" } },
  "Kind": { "type": "string", "enum": ["a", "c"] },
  "Shop": { "type": "object", "properties": { "a": { "type": "string" } }, "not": { "required": ["b"] } },
  "Either": { "anyOf": [{ "$ref": "#/$defs/Word" }, { "$ref": "#/$defs/Shop" }] }
} }"##;

/// An operation that sends a value of the schema and receives one.
fn described(schema: &str) -> Files {
    let text = r#"{
      "operationId": "try", "summary": "Tries.", "method": "POST", "path": "/try", "security": "none",
      "idempotent": true,
      "request": { "type": "object", "additionalProperties": false, "properties": { "v": { SENT } } },
      "response": { "type": "object", "properties": {
        "code": { "type": "integer" }, "message": { "type": "string" }, "r": { RECEIVED } } },
      "envelope": { "code": "/code", "message": "/message", "payload": "" }
    }"#;
    let renamed = schema.replace("Name\": \"", "Name\": \"Received");
    let text = text.replace("SENT", schema).replace("RECEIVED", &renamed);
    [("try.json", &*text), ("common.json", COMMON)]
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .into()
}

const fn letter(verdict: Verdict) -> char {
    match verdict {
        Verdict::None => '-',
        Verdict::Patch => 'p',
        Verdict::Minor => 'm',
        Verdict::Major => 'M',
    }
}

#[test]
fn from_one_type_to_another_changes_what_the_file_says() {
    let mut written = String::new();
    for schemas in [SCHEMAS, NAMED] {
        let pairs = schemas.iter().flat_map(|old| schemas.iter().map(move |new| (old, new)));
        for ((old, before), (new, after)) in pairs.filter(|(old, new)| old != new) {
            let diff = Diff::of_texts(described(before), described(after)).unwrap();
            written += &format!("# {old} -> {new}\n");
            // What is only an item of Rust code is seen elsewhere.
            for change in diff.changes().iter().filter(|change| change.what != "rust-item") {
                let verdicts: String =
                    [&change.code, &change.wire].map(|it| letter(it.verdict)).iter().collect();
                let notes = change.wire.notes.join("; ");
                written += &format!(
                    "{verdicts} {} {}: {} ({notes})\n",
                    change.what, change.subject, change.message
                );
            }
        }
    }
    compare(&folder("diff/pairs.txt"), &written);
}
