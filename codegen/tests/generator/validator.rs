//! Errors of schemas of any draft, each with its place and with what to write instead.

use wechat_bizwifi_codegen::diagnostics::Diagnostic;
use wechat_bizwifi_codegen::{Draft, Failure, Validator};

const URI: &str = "schema.json";

/// The lines of what is wrong with a schema.
fn errors(schema: &str) -> Vec<String> {
    let mut validator = Validator::new(Draft::Draft202012);
    let found = validator.add(URI, schema).validate(URI, &[]);
    let Err(Failure::Descriptions(found)) = found else { return Vec::new() };
    found.all().iter().map(Diagnostic::line).collect()
}

#[test]
fn an_error_of_a_schema_has_its_place_and_says_what_to_write() {
    for (schema, error) in [
        (
            r#"{"minLength": -1}"#,
            "schema.json:1:15 /minLength: must be a whole number, 0 or more, found -1",
        ),
        (
            r#"{"type": "strng"}"#,
            "schema.json:1:10 /type: must be one of \"null\", \"boolean\", \"integer\", \"number\", \"string\", \"array\", \"object\", found \"strng\"; nothing else is supported: did you mean \"string\"?",
        ),
        (r#"{"multipleOf": 0}"#, "schema.json:1:16 /multipleOf: must be a number above 0, found 0"),
        (
            r#"{"not": {"anyOf": []}}"#,
            "schema.json:1:19 /not/anyOf: must be an array of schemas, one at least, found an array",
        ),
        (r#"{"items": 7}"#, "schema.json:1:11 /items: must be an object, found 7"),
        (
            r##"{"$ref": "#/$defs/B", "$defs": {"A": true}}"##,
            "schema.json:1:10 /$ref: leads nowhere: there is no `B`; what is there: `A`",
        ),
        (
            r##"{"$ref": "#a"}"##,
            "schema.json:1:10 /$ref: leads nowhere: no `$anchor` is `a`; a place within a file is written as in `#/$defs/Name`",
        ),
        (
            r#"{"$ref": "other.json"}"#,
            "schema.json:1:10 /$ref: `other.json` is not among the documents that were added; nothing is fetched: add it under this URI",
        ),
        (
            r#"{"$id": "https://example.com/a/", "$ref": "b"}"#,
            "schema.json:1:43 /$ref: `https://example.com/a/b` is not among the documents that were added; nothing is fetched: add it under this URI",
        ),
        (
            r#"{"$ref": "http://[a"}"#,
            "schema.json:1:10 /$ref: must be a URI reference, found \"http://[a\"; write it as in `other.json#/$defs/Name`",
        ),
        (
            r#"{"patternProperties": {"(?=ab)": true}}"#,
            "schema.json:1:34 /patternProperties/(?=ab): is no pattern that can be enforced: `(?=` looks ahead, which only works behind the first `^` and characters whose number is known, or at one character, where it is plain what comes next; use what ECMA-262 and linear-time matching have in common",
        ),
        (
            r#"{"$schema": "https://example.com/none"}"#,
            "schema.json:1:13 /$schema: is no draft of JSON Schema that is known here; take it out, or state one of https://json-schema.org/draft/2020-12/schema, https://json-schema.org/draft/2019-09/schema, http://json-schema.org/draft-07/schema, http://json-schema.org/draft-06/schema, http://json-schema.org/draft-04/schema",
        ),
    ] {
        assert_eq!(errors(schema), [error]);
    }
}

#[test]
fn a_schema_that_refers_to_itself_alone_has_a_verdict() {
    let mut validator = Validator::new(Draft::Draft202012);
    validator.add(URI, r##"{"$ref": "#"}"##);
    let found = validator.validate(URI, &["1"]).unwrap();
    assert_eq!(found.len(), 1);
    assert!(!found[0].is_empty());
}

/// What no keyword holds is a schema all the same where a reference leads to it, anchors included.
#[test]
fn an_anchor_is_found_within_what_a_reference_alone_leads_to() {
    let schema = r##"{
        "x-parts": { "a": { "$ref": "#b", "$defs": { "b": { "$anchor": "b", "type": "string" } } } },
        "$ref": "#/x-parts/a"
    }"##;
    let mut validator = Validator::new(Draft::Draft202012);
    let found = validator.add(URI, schema).validate(URI, &["\"x\"", "1"]).unwrap();
    assert_eq!(found.iter().map(Vec::is_empty).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn values_deep_and_long_are_exact() {
    let mut validator = Validator::new(Draft::Draft202012);
    validator.add(URI, r#"{"enum": [9007199254740993, {"a": [0.1]}]}"#);
    let found =
        validator.validate(URI, &["9007199254740993.0", "9007199254740992", "{\"a\":[1e-1]}"]);
    let is_valid: Vec<bool> = found.unwrap().iter().map(Vec::is_empty).collect();
    assert_eq!(is_valid, [true, false, true]);
}

#[test]
fn a_document_that_was_not_added_is_named() {
    let validator = Validator::new(Draft::Draft7);
    let failure = validator.validate("other.json", &["1"]).unwrap_err();
    assert!(failure.to_string().contains("there is no document `other.json`"));
}

#[test]
fn a_value_that_is_no_json_is_an_error() {
    let mut validator = Validator::new(Draft::Draft7);
    let failure = validator.add(URI, "true").validate(URI, &["{"]).unwrap_err();
    assert!(failure.to_string().contains("a value cannot be read: "), "{failure}");
}

#[test]
fn a_bound_is_exclusive_as_each_draft_says_it() {
    for (draft, bounds, expected) in [
        (Draft::Draft4, r#""minimum": 1, "exclusiveMinimum": true"#, [false, true]),
        (Draft::Draft4, r#""minimum": 1, "exclusiveMinimum": false"#, [true, true]),
        (Draft::Draft4, r#""maximum": 2, "exclusiveMaximum": true"#, [true, false]),
        (Draft::Draft4, r#""maximum": 2"#, [true, true]),
        (Draft::Draft6, r#""exclusiveMinimum": 1"#, [false, true]),
        (Draft::Draft202012, r#""minimum": 1, "exclusiveMaximum": 2"#, [true, false]),
    ] {
        let mut validator = Validator::new(draft);
        let found = validator.add(URI, format!("{{ {bounds} }}")).validate(URI, &["1", "2"]);
        assert_eq!(
            found.unwrap().iter().map(Vec::is_empty).collect::<Vec<_>>(),
            expected,
            "{bounds}"
        );
    }
}

#[test]
fn a_metaschema_is_known_without_being_given() {
    for uri in
        ["http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft/2020-12/schema"]
    {
        let mut validator = Validator::new(Draft::Draft202012);
        validator.add(URI, format!(r#"{{ "properties": {{ "a": {{ "$ref": "{uri}" }} }} }}"#));
        let found =
            validator.validate(URI, &[r#"{"a": {"type": "null"}}"#, r#"{"a": {"type": 5}}"#]);
        assert_eq!(found.unwrap().iter().map(Vec::is_empty).collect::<Vec<_>>(), [true, false]);
    }
}

#[test]
fn a_keyword_means_what_its_draft_says() {
    let looked_at = r#""contains": { "const": 1 }, "unevaluatedItems": false"#;
    let named = r#""dependencies": { "a": { "required": ["b"] }, "c": ["d"], "e": [] }"#;
    for (draft, schema, valid, wrong) in [
        (Draft::Draft202012, looked_at, "[1]", "[1, 2]"),
        (Draft::Draft201909, r#""contains": { "const": 1 }"#, "[1, 2]", "[2]"),
        (Draft::Draft201909, r#""contains": { "const": 1 }, "minContains": 2"#, "[1, 1]", "[1]"),
        (Draft::Draft7, r#""contains": { "const": 1 }, "maxContains": 0"#, "[1, 1]", "[2]"),
        (Draft::Draft7, named, r#"{ "a": 1, "b": 1, "e": 1 }"#, r#"{ "a": 1 }"#),
        (Draft::Draft6, named, r#"{ "b": 1 }"#, r#"{ "c": 1 }"#),
        (Draft::Draft202012, r#""dependentSchemas": { "a": false }"#, "{}", r#"{ "a": 1 }"#),
        (Draft::Draft4, r#""type": "integer""#, "1", "1.0"),
        (Draft::Draft6, r#""type": "integer""#, "1.0", "1.5"),
    ] {
        let mut validator = Validator::new(draft);
        let found = validator.add(URI, format!("{{ {schema} }}")).validate(URI, &[valid, wrong]);
        let found: Vec<bool> = found.unwrap().iter().map(Vec::is_empty).collect();
        assert_eq!(found, [true, false], "{schema}");
    }
    // In 2019-09, an item that `contains` looked at is still unevaluated.
    let mut validator = Validator::new(Draft::Draft201909);
    let found = validator.add(URI, format!("{{ {looked_at} }}")).validate(URI, &["[1]", "[]"]);
    assert!(found.unwrap().iter().all(|found| !found.is_empty()));
}

/// Whether each of two values is valid against a document that refers to another one.
fn verdicts(
    draft: Draft,
    schema: &str,
    other: &str,
    values: [&str; 2],
) -> Result<Vec<bool>, Failure> {
    let mut validator = Validator::new(draft);
    let found = validator.add(URI, schema).add("other.json", other).validate(URI, &values)?;
    Ok(found.iter().map(Vec::is_empty).collect())
}

/// In 2019-09, `contains` evaluates nothing, also for `unevaluatedItems` in another document.
#[test]
fn an_item_that_another_document_looked_at_is_unevaluated_in_2019_09() {
    let schema = r#"{ "$ref": "other.json", "unevaluatedItems": false }"#;
    let other = r#"{ "contains": { "const": 1 } }"#;
    let found = |draft| verdicts(draft, schema, other, ["[1]", "[1, 2]"]).unwrap();
    assert_eq!(found(Draft::Draft201909), [false, false]);
    assert_eq!(found(Draft::Draft202012), [true, false]);
}

/// Such as the names of keywords that others have given a meaning of their own.
#[test]
fn a_schema_may_have_keywords_that_no_draft_has() {
    let schema = r#"{ "propertyOrder": 10, "type": "object", "rustName": 5, "x-more": true }"#;
    let found = verdicts(Draft::Draft202012, schema, "true", ["{}", "1"]);
    assert_eq!(found.unwrap(), [true, false]);
}

#[test]
fn a_metaschema_is_known_by_the_identifier_of_its_draft() {
    for (draft, id) in [
        ("http://json-schema.org/draft-04/schema#", "id"),
        ("http://json-schema.org/draft-07/schema#", "$id"),
    ] {
        let meta = format!(r#"{{ "{id}": "http://example.com/meta#", "$schema": "{draft}" }}"#);
        let schema = r#"{ "$schema": "http://example.com/meta#", "minimum": 1 }"#;
        let found = verdicts(Draft::Draft202012, schema, &meta, ["1", "0"]);
        assert_eq!(found.unwrap(), [true, false], "{id}");
    }
}
