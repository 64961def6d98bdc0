//! Any two of some schemas as one: what of each value becomes a type, and what a rule beside it.

use wechat_bizwifi_codegen::Builder;

use crate::golden::{compare, folder};

/// One schema of each sort that is lowered in a way of its own.
const SCHEMAS: &[(&str, &str)] = &[
    ("any", r#"{ "title": "Anything" }"#),
    ("null", r#"{ "type": "null" }"#),
    ("boolean", r#"{ "type": "boolean" }"#),
    ("string", r#"{ "type": "string", "minLength": 1, "maxLength": 9, "pattern": "^a" }"#),
    ("nullable", r#"{ "type": ["string", "null"], "minLength": 2, "pattern": "^b" }"#),
    ("enum", r#"{ "enum": ["a", "b"], "description": "One of two." }"#),
    ("nullable enum", r#"{ "enum": ["b", "c", "a", null] }"#),
    ("integer", r#"{ "type": "integer", "minimum": 1, "multipleOf": 2 }"#),
    (
        "int32",
        r#"{ "type": "integer", "format": "int32", "exclusiveMaximum": 7, "multipleOf": 2 }"#,
    ),
    ("time", r#"{ "type": "integer", "format": "unix-time", "minimum": 3 }"#),
    ("number", r#"{ "type": "number", "minimum": 0.5, "multipleOf": 3 }"#),
    ("integers", r#"{ "enum": [1, 2] }"#),
    ("const", r#"{ "const": 2 }"#),
    ("list", r#"{ "type": "array", "items": { "type": "integer" }, "minItems": 1 }"#),
    ("set", r#"{ "type": "array", "items": { "type": "number" }, "uniqueItems": true }"#),
    (
        "closed object",
        r#"{ "type": "object", "properties": { "a": { "type": "string" } }, "required": ["a"], "additionalProperties": false }"#,
    ),
    (
        "object",
        r#"{ "type": "object", "properties": { "a": { "type": "string", "maxLength": 3 }, "b": { "type": "integer" } }, "minProperties": 1 }"#,
    ),
    ("map", r#"{ "type": "object", "additionalProperties": { "type": "integer" } }"#),
    ("patterns", r#"{ "type": "object", "patternProperties": { "^a": { "type": "integer" } } }"#),
    ("no type", r#"{ "properties": { "b": { "minimum": 3 } }, "maxLength": 5 }"#),
    ("not", r#"{ "not": { "const": 1 } }"#),
    ("union", r#"{ "anyOf": [{ "type": "string" }, { "type": "integer" }] }"#),
    (
        "tagged",
        r#"{ "oneOf": [{ "type": "object", "properties": { "a": { "const": "x" } }, "required": ["a"] }, { "type": "object", "properties": { "a": { "const": "y" } }, "required": ["a"] }] }"#,
    ),
];

/// Schemas that become types with a name of their own.
const DEFINITIONS: &str = r##"
    "Word": { "type": "string", "maxLength": 9 },
    "Not word": { "type": "string", "not": { "const": "a" } },
    "Enum": { "enum": ["a", "b"] },
    "Some": { "type": "object", "properties": { "a": { "type": "string" } }, "minProperties": 1 },
    "Null or some": { "anyOf": [{ "$ref": "#/$defs/Some" }, { "type": "null" }] },
    "Of numbers": { "type": "object", "additionalProperties": { "type": "number" } },
    "Of integers": { "type": "object", "properties": { "b": { "type": "integer" } }, "additionalProperties": { "type": "integer" } },
    "Either": { "anyOf": [{ "$ref": "#/$defs/Some" }, { "$ref": "#/$defs/Word" }] },
    "Any": { "description": "Anything." }
"##;

/// What is generated for a property, on one line: its types without documentation, and the keywords of rules
/// beside them; and the warnings.
fn generated(value: &str) -> String {
    let properties = format!(r#""properties": {{ "v": {value} }}, "$defs": {{ {DEFINITIONS} }}"#);
    let text = format!(r#"{{ "type": "object", "additionalProperties": false, {properties} }}"#);
    let generated = Builder::new("").types_with_warnings("a.json", &text).unwrap();
    let (_, code) = generated.code.split_once("as rt;\n").unwrap();
    let (types, statics) = code.split_once("\nstatic").unwrap_or((code, ""));
    let is_code = |line: &&str| !line.starts_with("///") && !line.starts_with("#[");
    let types: Vec<&str> = types.lines().map(str::trim).filter(is_code).collect();
    let types = types.join(" ").replace("rt::", "");
    let root = "sent! { pub struct Root, builder: RootBuilder, additional: Refused { optional ";
    let mut written = types.trim().strip_prefix(root).unwrap().to_owned();
    for rule in statics.split("Rule::").skip(1) {
        written += " ";
        written += rule.split(|c: char| !c.is_alphanumeric()).next().unwrap();
    }
    for warning in generated.warnings.all() {
        let line = warning.line();
        written += "\n    warning: ";
        let (_, wrong) = line.split_once(" /properties/v").unwrap();
        written += wrong.split("; ").next().unwrap();
    }
    written
}

#[test]
fn two_schemas_are_combined_as_the_file_has_it() {
    let mut written = String::new();
    for (index, (name, first)) in SCHEMAS.iter().enumerate() {
        written += &format!("{name}: {}\n", generated(first));
        for (other, second) in SCHEMAS {
            let both = format!(r#"{{ "allOf": [{first}, {second}] }}"#);
            written += &format!("{name} and {other}: {}\n", generated(&both));
        }
        for (other, second) in &SCHEMAS[index + 1..] {
            let either = format!(r#"{{ "anyOf": [{first}, {second}] }}"#);
            written += &format!("{name} or {other}: {}\n", generated(&either));
        }
    }
    let definitions = DEFINITIONS.lines().filter_map(|line| line.trim().strip_prefix('"'));
    let definitions: Vec<&str> = definitions.map(|line| line.split('"').next().unwrap()).collect();
    for first in &definitions {
        for second in &definitions {
            let [a, b] = [first, second].map(|name| name.replace(' ', "%20"));
            let both = format!(
                r##"{{ "allOf": [{{ "$ref": "#/$defs/{a}" }}, {{ "$ref": "#/$defs/{b}" }}] }}"##
            );
            written += &format!("definitions {first} and {second}: {}\n", generated(&both));
        }
    }
    compare(&folder("combined.txt"), &written);
}
