//! What is generated for descriptions, where a line or two tell.

use std::fs;

use wechat_bizwifi_codegen::Builder;

use crate::golden::scratch;

/// A value that is kept as it came may hold the secrets of any variant, which its own `Debug` leaves out.
#[test]
fn the_secrets_of_one_of_several_types_are_hidden_where_it_is_received() {
    let part = |tag: &str, more: &str| {
        let schema = r#"{ "rustName": "TAG", "type": "object", "required": ["kind"], "properties": {
            "kind": { "const": "TAG" }MORE } }"#;
        schema.replace("TAG", tag).replace("MORE", more)
    };
    for (more, derives, hiding) in [
        (
            r#", "key": { "type": "string", "sensitive": true }, "pin": { "type": "string", "sensitive": true }"#,
            "Clone, PartialEq",
            r#" hiding ["key", "pin"]"#,
        ),
        ("", "Clone, Debug, PartialEq", ""),
    ] {
        let either = format!(r#"{{ "oneOf": [{}, {}] }}"#, part("A", ""), part("B", more));
        let text = r#"{
          "operationId": "find", "summary": "Finds.", "method": "GET", "path": "/find", "security": "none",
          "request": { "type": "object", "additionalProperties": false, "properties": {} },
          "response": { "type": "object", "properties": {
            "code": { "type": "integer" }, "message": { "type": "string" }, "found": EITHER } },
          "envelope": { "code": "/code", "message": "/message", "payload": "/found" }
        }"#;
        let folder = scratch("descriptions-secrets");
        fs::write(folder.join("find.json"), text.replace("EITHER", &either)).unwrap();
        let code = Builder::new(&folder).generate().unwrap();
        let (before, _) = code.split_once("pub enum ").unwrap();
        let derived = before.lines().rev().find(|line| line.starts_with("#[derive")).unwrap();
        assert_eq!(derived, format!("#[derive({derives})]"), "{code}");
        assert!(code.contains(&format!(r#" by "kind"{hiding} {{"#)), "{code}");
    }
}
