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
