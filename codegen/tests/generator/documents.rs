//! What documents that others wrote may hold, although no metaschema allows it: a warning says so.

use wechat_bizwifi_codegen::diagnostics::Diagnostic;
use wechat_bizwifi_codegen::{Builder, Failure};

/// The code of a document, and its warnings, a line each.
fn generated(text: &str) -> Result<(String, Vec<String>), Failure> {
    let generated = Builder::new("").types_with_warnings("a.json", text)?;
    let warnings = generated.warnings.all().iter().map(Diagnostic::line);
    Ok((generated.code, warnings.collect()))
}

#[test]
fn an_annotation_of_the_wrong_form_restricts_nothing() {
    let (code, warnings) = generated(
        r#"{
            "type": "object",
            "description": false,
            "properties": {
                "a": { "type": "string", "deprecated": "use `b`", "examples": "x" },
                "b": { "type": "string", "readOnly": 1 }
            }
        }"#,
    )
    .unwrap();
    assert!(code.contains("#[deprecated]\n        optional str a: String"), "{code}");
    assert_eq!(
        warnings,
        [
            "a.json:3:28 /description: should be a string, found false; correct it, or take it out",
            "a.json:5:56 /properties/a/deprecated: should be true or false, found \"use `b`\"; correct it, or take it out",
            "a.json:5:79 /properties/a/examples: should be an array, found \"x\"; correct it, or take it out",
            "a.json:6:54 /properties/b/readOnly: should be true or false, found 1; correct it, or take it out",
        ]
    );
}

#[test]
fn what_others_know_is_ignored_without_a_word() {
    let (_, warnings) = generated(
        r#"{
            "$id": "https://example.com/a",
            "$comment": "for maintainers",
            "type": "object",
            "tsType": "Foo",
            "x-nullable": true,
            "properties": {
                "a": { "type": "string", "contentEncoding": "base64", "markdownDescription": "*a*" }
            }
        }"#,
    )
    .unwrap();
    assert_eq!(warnings, [""; 0]);
}

#[test]
fn what_has_no_effect_is_a_warning_where_it_stands() {
    let (_, warnings) = generated(
        r#"{ "type": "string", "maximum": 3, "default": 2, "maxLenght": 7, "format": "color" }"#,
    )
    .unwrap();
    let places: Vec<&str> =
        warnings.iter().filter_map(|warning| warning.split(": ").next()).collect();
    assert_eq!(
        places,
        [
            "a.json:1:21 /maximum",
            "a.json:1:46 /default",
            "a.json:1:49 /maxLenght",
            "a.json:1:75 /format"
        ],
        "{warnings:#?}"
    );
}

#[test]
fn what_has_no_effect_is_an_error_where_warnings_are_denied() {
    let text = r#"{ "type": "string", "maximum": 3 }"#;
    let failure = Builder::new("").deny_warnings(true).types("a.json", text).unwrap_err();
    assert!(failure.to_string().ends_with("1 error; nothing was generated\n"), "{failure}");
}

#[test]
fn a_keyword_is_one_in_the_drafts_that_have_it() {
    let (code, warnings) = generated(
        r#"{
            "$schema": "http://json-schema.org/draft-04/schema#",
            "type": "integer", "minimum": 3, "exclusiveMinimum": true, "const": 9
        }"#,
    )
    .unwrap();
    assert!(code.contains('4') && !code.contains('9'), "{code}");
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains("is no keyword of draft 4, and is ignored"), "{warnings:?}");
}

#[test]
fn what_stands_beside_a_reference_counts_from_2019_on() {
    let document = |draft: &str| {
        format!(
            r##"{{
                "$schema": "{draft}", "type": "object",
                "definitions": {{ "A": {{ "type": "string", "description": "An A." }} }},
                "properties": {{
                    "a": {{ "$ref": "#/definitions/A", "description": "This a.", "maxLength": 3 }}
                }}
            }}"##
        )
    };
    let (code, warnings) = generated(&document("http://json-schema.org/draft-07/schema#")).unwrap();
    assert!(code.contains("This a.") && !code.contains("max_length"), "{code}");
    assert!(warnings[0].contains("keywords beside `$ref` are"), "{warnings:?}");
    let (_, warnings) =
        generated(&document("https://json-schema.org/draft/2019-09/schema")).unwrap();
    assert_eq!(warnings, [""; 0]);
}
