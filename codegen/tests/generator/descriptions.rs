//! What is generated for descriptions, where a line or two tell.

use std::fs;

use wechat_bizwifi_codegen::Builder;

use crate::golden::{compare, folder, scratch};

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

/// The pages of methods and types show the values of an operation's example.
#[test]
fn examples_are_written_as_the_file_has_them() {
    let text = r##"{
      "operationId": "open", "summary": "Opens.", "method": "POST", "path": "/open", "security": "none",
      "request": { "type": "object", "additionalProperties": false, "required": ["id"], "properties": {
        "id": { "$ref": "#/request/$defs/Id" }, "small": { "$ref": "#/request/$defs/Small" },
        "wide": { "type": "boolean" }, "rate": { "type": "number" }, "kind": { "const": "shop" },
        "word": { "$ref": "#/request/$defs/Word" }, "blank": { "$ref": "#/request/$defs/Blank" },
        "note": { "type": ["string", "null"] } },
        "$defs": {
          "Id": { "type": "integer" }, "Small": { "type": "integer", "minimum": 1 },
          "Word": { "type": "string", "maxLength": 9 }, "Blank": { "type": "string" } } },
      "response": { "type": "object", "properties": {
        "code": { "type": "integer" }, "message": { "type": "string" },
        "found": { "$ref": "#/response/$defs/Found" } },
        "$defs": {
          "Found": { "type": "object", "properties": {
            "by_name": { "type": "object", "additionalProperties": { "$ref": "#/response/$defs/Part" } },
            "listed": { "type": "array", "items": { "$ref": "#/response/$defs/Part" } },
            "last": { "anyOf": [{ "$ref": "#/response/$defs/Last" }, { "type": "null" }] },
            "none": { "type": "array", "items": { "type": "string" } } } },
          "Part": { "type": "object", "properties": { "b": { "type": "number" }, "a": { "type": "string" } } },
          "Last": { "type": "object", "properties": { "c": { "type": "boolean" } }, "additionalProperties": true } } },
      "envelope": { "code": "/code", "message": "/message", "payload": "/found" },
      "examples": [{ "name": "all",
        "request": { "id": 2147483648, "small": 2147483647, "wide": true, "rate": 0.5, "kind": "shop",
          "word": "a\"#b", "blank": "" },
        "response": { "code": 0, "found": {
          "last": { "z": 1, "c": false, "d": {} }, "none": [],
          "by_name": { "x": { "a": "y", "b": 1.5 } }, "listed": [{ "b": -1 }, {}] } } }]
    }"##;
    let from = scratch("descriptions-examples");
    fs::write(from.join("open.json"), text).unwrap();
    let code = Builder::new(&from).runtime("crate").crate_name("api").generate().unwrap();
    let mut written = String::new();
    for section in code.split("# Example\n").skip(1) {
        let lines = section.lines().map(str::trim_start);
        for line in lines.take_while(|line| line.starts_with("///")) {
            written += &format!("{line}\n");
        }
        written += "\n";
    }
    compare(&folder("examples.txt"), &written);
}

/// A property with an error of its own is not said to be missing.
#[test]
fn items_whose_type_has_an_error_are_reported_once() {
    let shops = r#""shops": { "type": "array", "items": { "type": "objekt" } }"#;
    let within = format!(r#""data": {{ "type": "object", "properties": {{ {shops} }} }}"#);
    for (properties, pointer) in [(shops, ""), (&*within, "/data")] {
        let text = r#"{
          "operationId": "list", "summary": "Lists.", "method": "POST", "path": "/list", "security": "none",
          "request": { "type": "object", "additionalProperties": false, "properties": {
            "page": { "type": "integer" } } },
          "response": { "type": "object", "properties": {
            "code": { "type": "integer" }, "message": { "type": "string" }, PROPERTIES } },
          "envelope": { "code": "/code", "message": "/message", "payload": "POINTER" },
          "paging": { "name": "shops", "page": "page", "items": "shops", "key": "id" }
        }"#;
        let from = scratch("descriptions-items");
        let text = text.replace("PROPERTIES", properties).replace("POINTER", pointer);
        fs::write(from.join("list.json"), text).unwrap();
        let report = Builder::new(&from).generate().unwrap_err().to_string();
        let is_one = report.contains("\n1 error; nothing was generated\n");
        assert!(report.contains("objekt") && is_one, "{report}");
    }
}

#[test]
fn an_operation_is_called_by_a_name_in_camel_case() {
    let text = r#"{
      "operationId": "NAME", "summary": "Gets.", "method": "POST", "path": "/get", "security": "none",
      "request": { "type": "object", "additionalProperties": false, "properties": {} },
      "response": { "type": "object", "properties": {
        "code": { "type": "integer" }, "message": { "type": "string" } } },
      "envelope": { "code": "/code", "message": "/message" }
    }"#;
    for (name, better) in [
        ("GetShop", Some("getShop")),
        ("get_shop", Some("getShop")),
        ("get-shop-2", Some("getShop2")),
        ("2get", Some("getCouponPlacement")),
        ("\u{540d}", Some("getCouponPlacement")),
        ("-", Some("getCouponPlacement")),
        ("getShop2", None),
    ] {
        let from = scratch("descriptions-names");
        fs::write(from.join("get.json"), text.replace("NAME", name)).unwrap();
        let report = Builder::new(&from).generate().err().map(|failure| failure.to_string());
        let said = better.map(|better| format!("camel case, found {name:?}; such as \"{better}\""));
        match (&report, said) {
            (Some(report), Some(said)) => assert!(report.contains(&said), "{said}: {report}"),
            (report, said) => assert_eq!(report, &said),
        }
    }
}

#[test]
fn the_page_that_documents_an_operation_is_a_url_of_the_web() {
    let text = r#"{
      "operationId": "get", "summary": "Gets.", "method": "POST", "path": "/get", "security": "none",
      "externalDocs": { "url": "URL" },
      "request": { "type": "object", "additionalProperties": false, "properties": {} },
      "response": { "type": "object", "properties": {
        "code": { "type": "integer" }, "message": { "type": "string" } } },
      "envelope": { "code": "/code", "message": "/message" }
    }"#;
    for (url, is_url) in [
        ("https://example.com/page", true),
        ("http://example.com/page", true),
        ("ftp://example.com", false),
        ("example.com/https://", false),
        ("example.com/http://", false),
        ("", false),
    ] {
        let from = scratch("descriptions-page");
        fs::write(from.join("get.json"), text.replace("URL", url)).unwrap();
        match Builder::new(&from).generate() {
            Ok(code) => assert!(is_url && code.contains(&format!("]({url})")), "{url}: {code}"),
            Err(failure) => {
                assert!(
                    !is_url && failure.to_string().contains("must be a URL"),
                    "{url}: {failure}"
                );
            }
        }
    }
}

/// What is required beside the position and the size of a page has to come from the caller.
#[test]
fn a_method_for_items_takes_a_builder_where_more_than_the_page_is_required() {
    for (required, size, takes_builder) in [
        ("", r#""size": "size", "#, false),
        (r#""page""#, "", false),
        (r#""page", "size""#, r#""size": "size", "#, false),
        (r#""page", "size""#, "", true),
        (r#""page", "kind""#, "", false),
        (r#""shop""#, "", true),
        (r#""page", "size", "shop""#, r#""size": "size", "#, true),
    ] {
        let text = r#"{
          "operationId": "list", "summary": "Lists.", "method": "POST", "path": "/list", "security": "none",
          "request": { "type": "object", "additionalProperties": false, "required": [REQUIRED], "properties": {
            "page": { "type": "integer" }, "size": { "type": "integer", "maximum": 20 }, "shop": { "type": "string" },
            "kind": { "const": "a" } } },
          "response": { "type": "object", "properties": {
            "code": { "type": "integer" }, "message": { "type": "string" },
            "shops": { "type": "array", "items": { "type": "object", "required": ["id"], "properties": {
              "id": { "type": "string" } } } } } },
          "envelope": { "code": "/code", "message": "/message", "payload": "" },
          "paging": { "name": "shops", "page": "page", SIZE "items": "shops", "key": "id" }
        }"#;
        let from = scratch("descriptions-builder");
        let text = text.replace("REQUIRED", required).replace("SIZE", size);
        fs::write(from.join("list.json"), text).unwrap();
        let builder = Builder::new(&from);
        let calls = builder.generate().unwrap();
        assert_eq!(calls.contains("fn shops(ListBuilder) -> "), takes_builder, "{calls}");
        let methods = builder.runtime("crate").generate().unwrap();
        let count = methods.matches("pub fn shops(&self, builder: ListBuilder)").count();
        assert_eq!(count, if takes_builder { 2 } else { 0 }, "{methods}");
    }
}
