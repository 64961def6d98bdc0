//! What documents that others wrote may hold, although no metaschema allows it: a warning says so.

use std::fs;

use wechat_bizwifi_codegen::diagnostics::Diagnostic;
use wechat_bizwifi_codegen::{Builder, Failure};

use crate::golden::scratch;

/// The code of a document, and its warnings, a line each.
fn generated(text: &str) -> Result<(String, Vec<String>), Failure> {
    let generated = Builder::new("").types_with_warnings("a.json", text)?;
    let warnings = generated.warnings.all().iter().map(Diagnostic::line);
    Ok((generated.code, warnings.collect()))
}

#[test]
fn what_openapi_says_without_need_is_no_warning() {
    let warnings = |value: &str| {
        generated(&format!(r#"{{ "type": "string", "nullable": {value} }}"#)).unwrap().1
    };
    assert_eq!((warnings("false").len(), warnings("true").len()), (0, 1));
}

#[test]
fn the_example_of_openapi_is_not_a_misspelt_keyword() {
    let (_, warnings) = generated(r#"{ "type": "string", "example": "a" }"#).unwrap();
    assert_eq!(warnings, [""; 0]);
}

#[test]
fn what_types_derive_does_not_depend_on_what_is_in_them() {
    let derives = |part: &str| {
        let object = format!(r#"{{ "type": "object", "properties": {{ "part": {part} }} }}"#);
        let text = format!(r#"{{ "anyOf": [{object}, {{ "type": "string" }}] }}"#);
        let (code, _) = generated(&text).unwrap();
        let derives = code.lines().map(str::trim).filter(|line| line.starts_with("#[derive("));
        derives.map(str::to_owned).collect::<Vec<_>>()
    };
    for part in [r#"{ "type": "integer" }"#, r#"{ "type": "string" }"#, r#"{ "type": "number" }"#] {
        assert_eq!(derives(part), ["#[derive(Clone, Debug, PartialEq)]"], "{part}");
    }
}

/// What is within it may be made anywhere, and hold what JSON has no word for, or breaks a rule.
#[test]
fn a_name_for_a_list_is_checked_where_an_item_could_be_invalid() {
    let object = |more: &str| {
        format!(r#"{{ "type": "object", "properties": {{ "a": {{ "type": "boolean" }} }}{more} }}"#)
    };
    let rows = [
        (r#"{ "type": "boolean" }"#.to_owned(), false),
        (r#"{ "type": "string" }"#.to_owned(), false),
        (r#"{ "enum": ["a", "b"] }"#.to_owned(), false),
        (r#"{ "type": ["string", "null"] }"#.to_owned(), false),
        (r#"{ "anyOf": [{ "type": "string" }, { "type": "boolean" }] }"#.to_owned(), false),
        (r#"{ "type": "array", "items": { "type": "boolean" } }"#.to_owned(), false),
        (object(""), false),
        (r#"{ "type": "number" }"#.to_owned(), true),
        (r#"{ "type": "array", "items": { "type": "number" } }"#.to_owned(), true),
        (
            r#"{ "anyOf": [{ "type": "string", "maxLength": 4 }, { "type": "boolean" }] }"#
                .to_owned(),
            true,
        ),
        (object(r#", "minProperties": 1"#), true),
        (object(r#", "additionalProperties": { "type": "string", "maxLength": 4 }"#), true),
    ];
    for (item, is_checked) in rows {
        let (code, _) = generated(&format!(r#"{{ "type": "array", "items": {item} }}"#)).unwrap();
        let call = code.split("rt::wrapper!(Root(").nth(1).unwrap();
        let call = call.split(");").next().unwrap();
        assert_eq!(call.contains("checked"), is_checked, "{item}: {call}");
    }
}

/// Of exactly one branch is no value that two of them allow.
#[test]
fn a_null_that_two_branches_allow_is_valid_by_any_of_alone() {
    let code = |keyword: &str| {
        let branches = r#"[{ "type": ["string", "null"] }, { "type": ["boolean", "null"] }]"#;
        generated(&format!(r#"{{ "{keyword}": {branches} }}"#)).unwrap().0
    };
    let (any, one) = (code("anyOf"), code("oneOf"));
    assert!(any.contains("Option<") && !any.contains("table ROOT_RULES"), "{any}");
    assert!(!one.contains("Option<") && one.contains("table ROOT_RULES"), "{one}");
}

/// Of two lists one of which is a part of the other, the shorter one says all.
#[test]
fn two_enums_are_one_enum_without_a_table_where_one_is_a_part_of_the_other() {
    for (a, b, has_table) in [
        (r#"["a", "b", "c"]"#, r#"["b", "a"]"#, false),
        (r#"["b", "a"]"#, r#"["a", "b", "c"]"#, false),
        (r#"["a", "b"]"#, r#"["b", "a"]"#, false),
        (r#"["a", "b"]"#, r#"["b", "c"]"#, true),
    ] {
        let (code, _) = generated(&format!(
            r##"{{
                "definitions": {{ "A": {{ "enum": {a} }}, "B": {{ "enum": {b} }} }},
                "allOf": [{{ "$ref": "#/definitions/A" }}, {{ "$ref": "#/definitions/B" }}]
            }}"##
        ))
        .unwrap();
        assert_eq!(code.contains("_RULES"), has_table, "{a} {b}: {code}");
        assert!(!code.contains("\"c\"") || has_table, "{a} {b}: {code}");
    }
}

/// Of an array a field says nothing by itself.
#[test]
fn rules_on_what_is_within_a_property_are_evaluated_on_the_value_however_deep_they_stand() {
    let whole = r#"{ "properties": { "a": { "contains": { "const": 1 } } } }"#;
    let fields = r#"{ "properties": { "a": { "minItems": 1 } } }"#;
    let present = r#"{ "required": ["b"] }"#;
    for (rule, way) in [
        (format!(r#""anyOf": [{present}, {whole}]"#), "validate_json"),
        (format!(r#""if": {present}, "then": {whole}"#), "validate_json"),
        (format!(r#""not": {{ "allOf": [{present}, {whole}] }}"#), "validate_json"),
        (format!(r#""dependentSchemas": {{ "b": {whole} }}"#), "validate_json"),
        (format!(r#""anyOf": [{present}, {{ "minProperties": 2 }}]"#), "validate_fields"),
        (format!(r#""if": {present}, "then": {{ "required": ["a"] }}"#), "validate_fields"),
        (format!(r#""anyOf": [{present}, {fields}]"#), "validate_fields"),
    ] {
        let (code, _) = generated(&format!(
            r#"{{
                "type": "object",
                "properties": {{
                    "a": {{ "type": "array", "items": {{ "type": "integer" }} }},
                    "b": {{ "type": "integer" }}
                }},
                {rule}
            }}"#
        ))
        .unwrap();
        assert!(code.contains(&format!("    {way} ROOT_RULES;")), "{rule}: {way} in {code}");
    }
}

#[test]
fn a_rule_beside_a_reference_is_none_of_the_type_that_it_leads_to() {
    for (target, rule) in [
        (
            r#""type": "object", "properties": { "a": { "type": "integer" } }"#,
            r#""minProperties": 1"#,
        ),
        (r#""enum": ["a", "b", "c"]"#, r#""not": { "const": "a" }"#),
        (r#""anyOf": [{ "type": "string" }, { "type": "integer" }]"#, r#""not": { "const": 1 }"#),
    ] {
        let (code, _) = generated(&format!(
            r##"{{
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "$defs": {{ "Part": {{ {target} }} }},
                "type": "object",
                "properties": {{
                    "some": {{ "$ref": "#/$defs/Part", {rule} }},
                    "one": {{ "anyOf": [{{ "$ref": "#/$defs/Part" }}], {rule} }},
                    "none": {{ "anyOf": [{{ "$ref": "#/$defs/Part" }}, {{ "type": "null" }}], {rule} }},
                    "any": {{ "$ref": "#/$defs/Part" }}
                }}
            }}"##
        ))
        .unwrap();
        assert!(code.contains("_RULES"), "{target}: {code}");
        for way in ["table", "validate_fields", "validate_json"] {
            assert!(!code.contains(&format!("{way} PART_RULES")), "{target}: {code}");
        }
    }
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

#[test]
fn what_a_document_refers_to_is_found_beside_it_by_path_and_by_url() {
    let folder = scratch("documents-neighbours");
    let main = folder.join("main.json");
    let document = |id: &str| {
        format!(
            r#"{{
                "$id": "{id}", "type": "object",
                "properties": {{ "shop": {{ "$ref": "parts/shop.json#/$defs/Name" }} }}
            }}"#
        )
    };
    fs::create_dir(folder.join("parts")).unwrap();
    let shop = r#"{ "$defs": { "Name": { "type": "string", "maxLength": 7 } } }"#;
    fs::write(folder.join("parts/shop.json"), shop).unwrap();
    for id in ["", "https://example.com/main.json", "https://example.com/main"] {
        fs::write(&main, document(id)).unwrap();
        let code = Builder::new("").types_of(std::slice::from_ref(&main)).unwrap().code;
        assert!(code.contains(" shop: Name"), "{code}");
    }
    let as_schema = folder.join("main.schema.json");
    fs::write(&as_schema, document("https://example.com/main")).unwrap();
    assert!(Builder::new("").types_of(&[as_schema]).is_ok());
    // Nothing is called so, and it lies there.
    fs::write(&main, document("https://example.com/v1/other.json")).unwrap();
    assert!(Builder::new("").types_of(std::slice::from_ref(&main)).is_ok());
    fs::remove_file(folder.join("parts/shop.json")).unwrap();
    let failure = Builder::new("").types_of(&[main]).unwrap_err().to_string();
    let expected = "`https://example.com/v1/parts/shop.json` is not among the files that are given; \
                    nothing is fetched: save it, and map the URL to its folder, \
                    `--map https://example.com/v1/parts/=DIR`";
    assert!(failure.contains(expected), "{failure}");
}

#[test]
fn a_file_that_is_read_has_its_anchors_and_identifiers() {
    let folder = scratch("documents-anchors");
    let main = folder.join("main.json");
    let parts = r##"{ "$defs": {
        "Name": { "$anchor": "name", "type": "string", "maxLength": 7 },
        "Size": { "$id": "sizes/size.json", "type": "integer" },
        "Both": {
            "type": "object",
            "properties": { "name": { "$ref": "#name" }, "size": { "$ref": "sizes/size.json" } }
        }
    } }"##;
    fs::write(folder.join("parts.json"), parts).unwrap();
    for (fragment, field) in [
        ("name", "it: Name"),
        ("/$defs/Both", "name: Name"),
        ("/$defs/Both", "size: Size"),
        ("/$defs/Both/properties/name", "it: Name"),
    ] {
        let it = format!(r#"{{ "it": {{ "$ref": "parts.json#{fragment}" }} }}"#);
        fs::write(&main, format!(r#"{{ "type": "object", "properties": {it} }}"#)).unwrap();
        let code = Builder::new("").types_of(std::slice::from_ref(&main)).unwrap().code;
        assert!(code.contains(&format!(" {field} ")), "{code}");
    }
}

#[test]
fn a_folder_without_a_schema_is_said_to_have_none() {
    let folder = scratch("documents-none");
    fs::write(folder.join("notes.txt"), "{}").unwrap();
    let failure = Builder::new("").types_of(&[folder]).unwrap_err().to_string();
    let expected =
        "there is no JSON Schema in the folder; schemas are files whose names end in `.json`";
    assert!(failure.starts_with(expected), "{failure}");
}

#[test]
fn a_file_that_several_relative_references_lead_to_is_read_once() {
    let folder = scratch("documents-relative");
    fs::create_dir_all(folder.join("image/parts")).unwrap();
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    let refers = |id: &str, to: [&str; 2]| {
        format!(
            r#"{{
                "$id": "{id}", "type": "object",
                "properties": {{ "a": {{ "$ref": "{}" }}, "b": {{ "$ref": "{}" }} }}
            }}"#,
            to[0], to[1]
        )
    };
    let digest = "parts/defs.json#/definitions/digest";
    let part = refers("https://example.com/part", ["defs.json#/definitions/digest", "#"]);
    write("image/parts/part.json", &part);
    write(
        "image/manifest.json",
        &refers("https://example.com/a/manifest", [digest, "parts/part.json"]),
    );
    write(
        "image/parts/defs.json",
        r#"{ "definitions": { "digest": { "type": "string", "minLength": 2 } } }"#,
    );
    write(
        "index.json",
        &refers("urn:x:index", ["image/manifest.json", "./image/../image/parts/part"]),
    );
    let code = Builder::new("").types_of(&[folder.join("index.json")]).unwrap().code;
    for name in ["Digest", "Part", "Manifest"] {
        assert_eq!(code.matches(&format!("pub struct {name}")).count(), 1, "{name}: {code}");
    }
}

#[test]
fn a_file_that_states_no_draft_is_of_the_draft_that_refers_to_it() {
    let folder = scratch("documents-draft");
    let main = folder.join("main.json");
    let document = |draft: &str| {
        format!(
            r#"{{
                "$schema": "{draft}", "type": "object",
                "properties": {{ "size": {{ "$ref": "size.json#/definitions/Size" }} }}
            }}"#
        )
    };
    // It passes the draft on to those that it refers to itself.
    let size = r#"{ "definitions": {
        "Size": { "$ref": "positive.json#/definitions/Positive", "maximum": 9 }
    } }"#;
    let positive = r#"{ "definitions": {
        "Positive": { "type": "integer", "minimum": 0, "exclusiveMinimum": true }
    } }"#;
    fs::write(folder.join("size.json"), size).unwrap();
    fs::write(folder.join("positive.json"), positive).unwrap();
    let of = |draft: &str| {
        fs::write(&main, document(draft)).unwrap();
        Builder::new("").types_of(std::slice::from_ref(&main)).map(|generated| generated.code)
    };
    let code = of("http://json-schema.org/draft-04/schema#").unwrap();
    assert!(code.contains("Minimum(") && !code.contains("Maximum("), "{code}");
    let failure = of("https://json-schema.org/draft/2020-12/schema").unwrap_err().to_string();
    assert!(failure.contains("exclusiveMinimum: must be a number, found true"), "{failure}");
}

#[test]
fn urls_are_mapped_to_folders_and_files_and_no_further() {
    let folder = scratch("documents-maps");
    fs::create_dir(folder.join("inner")).unwrap();
    fs::write(folder.join("secret.json"), r#"{ "type": "string" }"#).unwrap();
    for name in ["inner/name.json", "inner/town.schema.json"] {
        fs::write(folder.join(name), r#"{ "type": "string" }"#).unwrap();
    }
    let builder = Builder::new("")
        .map("https://example.com/v1/", folder.join("inner"))
        .map("https://example.com/one", folder.join("inner/name.json"));
    let types = |reference: &str| {
        builder.types("a.json", &format!(r#"{{ "$ref": "https://example.com/{reference}" }}"#))
    };
    for reference in ["v1/name.json", "v1/name", "v1/town", "v1/town.schema.json", "one", "one#"] {
        assert!(types(reference).is_ok(), "{reference}");
    }
    for reference in ["v1/other.json", "v1/%2E%2E/secret.json", "v1/..%2Fsecret.json", "v2/name"] {
        let failure = types(reference).unwrap_err().to_string();
        assert!(failure.contains("is not among the files that are given"), "{failure}");
    }
}

/// A URL is mapped by whole steps of its path, and by the longest prefix that has the file.
#[test]
fn a_url_is_mapped_by_the_longest_of_the_prefixes_that_lead_to_a_file() {
    let folder = scratch("documents-map-prefixes");
    fs::create_dir(folder.join("deep")).unwrap();
    for (name, ty) in [("a.json", "string"), ("one.json", "integer"), ("deep/b.json", "boolean")] {
        fs::write(folder.join(name), format!(r#"{{ "type": "{ty}" }}"#)).unwrap();
    }
    let builder = Builder::new("")
        .map("https://example.com/", &folder)
        .map("https://example.com/a", folder.join("one.json"))
        .map("https://example.com/d", folder.join("deep"))
        .map("https://example.com/d/", folder.join("nowhere"));
    for (reference, ty) in
        [("a", "rt::Integer"), ("a.json", "String"), ("d/b.json", "bool"), ("deep/b", "bool")]
    {
        let text = format!(r#"{{ "$ref": "https://example.com/{reference}" }}"#);
        let code = builder.types("c.json", &text).unwrap_or_else(|failure| failure.to_string());
        assert!(code.contains(&format!("({ty});")), "{reference}: {code}");
    }
}

/// What is shown of such a path has other characters in it.
#[cfg(unix)]
#[test]
fn a_url_is_mapped_to_a_folder_whose_name_is_not_utf_8() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = scratch("documents-map-name").join(std::ffi::OsStr::from_bytes(b"\xff"));
    if fs::create_dir(&folder).is_err() {
        return; // a file system that has no such names
    }
    fs::write(folder.join("name.json"), r#"{ "type": "string" }"#).unwrap();
    let builder = Builder::new("").map("https://example.com/", folder);
    let types = builder.types("a.json", r#"{ "$ref": "https://example.com/name" }"#);
    assert!(types.is_ok(), "{types:?}");
}

#[test]
fn a_file_that_is_referred_to_and_broken_is_reported_at_its_own_place() {
    let folder = scratch("documents-broken");
    fs::write(folder.join("a.json"), r#"{ "$ref": "b.json" }"#).unwrap();
    fs::write(folder.join("b.json"), r#"{ "type": }"#).unwrap();
    let failure = Builder::new("").types_of(&[folder.join("a.json")]).unwrap_err().to_string();
    assert!(failure.contains("b.json:1:11"), "{failure}");
    assert!(failure.ends_with("1 error; nothing was generated\n"), "{failure}");
}

#[test]
fn each_of_several_documents_is_called_by_its_file() {
    let folder = scratch("documents-several");
    fs::create_dir(folder.join("deeper")).unwrap();
    let order =
        r#"{ "type": "object", "properties": { "by": { "$ref": "deeper/shop-keeper.json" } } }"#;
    fs::write(folder.join("order.json"), order).unwrap();
    let keeper = r#"{ "type": "object", "properties": { "of": { "$ref": "../order.json" } } }"#;
    fs::write(folder.join("deeper/shop-keeper.json"), keeper).unwrap();
    let code = Builder::new("").types_of(std::slice::from_ref(&folder)).unwrap().code;
    for expected in ["struct Order", "struct ShopKeeper", "by: ", "of: "] {
        assert!(code.contains(expected), "{expected}\n{code}");
    }
    assert_eq!(code.matches("pub struct ").count(), 2, "{code}");
}

#[test]
fn a_type_within_a_document_leaves_the_name_of_another_document_to_it() {
    let folder = scratch("documents-names");
    let shop = r#"{ "type": "object", "properties": {
        "list": { "type": "object", "properties": { "first": { "type": "string" } } }
    } }"#;
    fs::write(folder.join("shop.json"), shop).unwrap();
    fs::write(folder.join("shop-list.json"), r#"{ "$ref": "shop.json" }"#).unwrap();
    let code = Builder::new("").types_of(std::slice::from_ref(&folder)).unwrap().code;
    for expected in ["pub type ShopList = Shop;", "pub struct ShopListType,"] {
        assert!(code.contains(expected), "{expected}\n{code}");
    }
}

#[test]
fn names_within_a_document_are_found_by_the_rules_of_its_draft() {
    let (code, _) = generated(
        r##"{
            "$schema": "http://json-schema.org/draft-04/schema#",
            "id": "https://example.com/a.json", "type": "object",
            "definitions": {
                "Name": { "id": "#name", "type": "string" },
                "City": { "id": "city.json", "type": "object", "properties": {
                    "name": { "$ref": "a.json#name" }, "self": { "$ref": "#" }
                } }
            },
            "properties": { "city": { "$ref": "city.json" } }
        }"##,
    )
    .unwrap();
    assert!(code.contains(" city: City"), "{code}");
}

#[test]
fn a_list_of_which_no_value_is_valid_leaves_the_rules() {
    let text = r#"{ "type": "string", "enum": ["abc"], "maxLength": 2 }"#;
    let (code, warnings) = generated(text).unwrap();
    assert!(code.contains("rt::wrapper!(Root(rt::Value), table ROOT_RULES);"), "{code}");
    assert_eq!(
        warnings,
        [
            "a.json:1:1: allows nothing: no value of the list is valid by the other rules; change the list, or the rules"
        ]
    );
}

#[test]
fn what_is_valid_by_where_it_is_reached_from_is_checked_from_the_whole_document() {
    let (code, warnings) = generated(
        r##"{
            "$id": "https://example.com/list",
            "$ref": "nodes",
            "$defs": {
                "Nodes": {
                    "$id": "nodes", "type": "array", "items": { "$dynamicRef": "#node" },
                    "$defs": { "Any": { "$dynamicAnchor": "node" } }
                },
                "Text": { "$dynamicAnchor": "node", "type": "string" }
            }
        }"##,
    )
    .unwrap();
    assert!(code.contains("pub struct Root("), "{code}");
    assert!(
        warnings.iter().any(|it| it.contains("depending on where they are reached from")),
        "{warnings:?}"
    );
}

#[test]
fn an_identifier_beside_a_reference_is_none_in_drafts_up_to_7() {
    let folder = scratch("documents-beside");
    fs::write(folder.join("b.json"), r#"{ "type": "string" }"#).unwrap();
    let document = r#"{
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "https://example.com/a.json", "$ref": "b.json"
    }"#;
    let within = r##"{
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "https://example.com/a.json", "$ref": "#/definitions/C",
        "definitions": { "C": { "type": "array", "items": { "$ref": "b.json" } } }
    }"##;
    for document in [document, within] {
        fs::write(folder.join("a.json"), document).unwrap();
        let code = Builder::new("").types_of(&[folder.join("a.json")]).unwrap().code;
        assert!(code.contains("pub struct B(String)"), "{code}");
    }
}

#[test]
fn null_beside_a_type_is_as_good_before_it_as_behind_it() {
    let of = |types: &str| {
        generated(&format!(
            r#"{{ "type": "object", "properties": {{
                "text": {{ "allOf": [{{ "type": [{types}] }}, {{ "maxLength": 3 }}] }},
                "list": {{ "type": [{types}], "allOf": [{{ "maxLength": 3 }}] }}
            }} }}"#
        ))
    };
    let (before, behind) = (of(r#""null", "string""#).unwrap(), of(r#""string", "null""#).unwrap());
    assert_eq!(before, behind);
}

#[test]
fn an_order_of_others_is_an_annotation() {
    let (code, warnings) = generated(
        r#"{
            "type": "object",
            "propertyOrder": ["b", "a"],
            "properties": {
                "a": { "type": "string", "propertyOrder": 10 },
                "b": { "type": "object", "propertyOrder": 5, "not": { "required": ["x"], "propertyOrder": 1 } }
            }
        }"#,
    )
    .unwrap();
    assert!(!code.contains("PropertyOrder"), "{code}");
    assert_eq!(warnings, [""; 0]);
}

#[test]
fn an_example_of_a_branch_is_valid_against_all_of_them() {
    let (_, warnings) = generated(
        r##"{
            "allOf": [
                { "$ref": "#/$defs/Count" },
                { "allOf": [{ "examples": [3, 7] }] },
                { "maximum": 5 }
            ],
            "$defs": { "Count": { "type": "integer", "examples": [9] } }
        }"##,
    )
    .unwrap();
    let warning = "a.json:4:47 /allOf/1/allOf/0/examples/1: is not valid against its schema: it must be at most 5, is 7";
    assert_eq!(warnings, [warning]);
}

#[test]
fn a_definition_that_is_no_schema_matters_to_none() {
    let (_, warnings) =
        generated(r#"{ "type": "string", "$defs": { "description": "what it is for" } }"#).unwrap();
    let warning = "a.json:1:47 /$defs/description: should be a schema, found \"what it is for\"; correct it, or take it out";
    assert_eq!(warnings, [warning]);
}

#[test]
fn alternatives_that_are_no_types_are_warned_of_once() {
    let (_, warnings) = generated(
        r#"{
            "type": "object",
            "properties": { "a": { "anyOf": [{ "minLength": 3 }, { "maximum": 5 }] } },
            "anyOf": [{ "required": ["a"] }, { "required": ["b"] }]
        }"#,
    )
    .unwrap();
    assert_eq!(
        warnings,
        [
            "a.json:3:34 /properties/a: becomes a JSON value that is checked: the types listed here cannot be distinguished; list types of different JSON types, or give each object a required property of one name with a `const` of its own"
        ]
    );
}

#[test]
fn two_objects_together_are_described_as_the_first_of_them_that_is() {
    for (docs, expected) in [("First.", "First."), ("", "Second.")] {
        let part = |name: &str, docs: &str| {
            let object = format!(
                r#""type": "object", "properties": {{ "{name}": {{ "type": "string" }} }}"#
            );
            let docs = if docs.is_empty() {
                String::new()
            } else {
                format!(r#", "description": "{docs}""#)
            };
            format!("{{ {object}{docs} }}")
        };
        let (a, b) = (part("a", docs), part("b", "Second."));
        let holder = |name: &str| {
            let reference = format!(r##"{{ "$ref": "#/definitions/{name}" }}"##);
            format!(r#"{{ "type": "object", "properties": {{ "x": {reference} }} }}"#)
        };
        let all = [holder("A"), holder("B")].join(", ");
        let text = format!(r#"{{ "definitions": {{ "A": {a}, "B": {b} }}, "allOf": [{all}] }}"#);
        let (code, _) = generated(&text).unwrap();
        assert!(code.contains(&format!("/// {expected}\n    pub struct RootA,")), "{code}");
    }
}

/// A metaschema without the vocabulary of validation.
#[test]
fn where_keywords_restrict_nothing_a_schema_becomes_checked_json() {
    let folder = scratch("documents-vocabulary");
    let meta = r#"{
        "$id": "https://example.com/meta", "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$vocabulary": {
            "https://json-schema.org/draft/2020-12/vocab/core": true,
            "https://json-schema.org/draft/2020-12/vocab/applicator": true
        },
        "type": ["object", "boolean"]
    }"#;
    let text = r#"{
        "$schema": "https://example.com/meta", "type": "object",
        "properties": { "a": { "type": "string", "maxLength": 3 } }, "not": { "required": ["b"] }
    }"#;
    fs::write(folder.join("meta.json"), meta).unwrap();
    fs::write(folder.join("text.json"), text).unwrap();
    let generated = Builder::new("").types_of(&[folder]).unwrap();
    let (code, warnings) = (generated.code, generated.warnings.render());
    assert!(code.contains("pub struct Text(rt::Value);"), "{code}");
    assert!(!code.contains("MaxLength") && code.contains("rt::Rule::Not("), "{code}");
    assert!(warnings.contains("text.json:1:1: becomes a JSON value that is checked: its metaschema leaves out the validation vocabulary, so that `type`, `maxLength` and their like restrict nothing; list it in the metaschema's `$vocabulary`"), "{warnings}");
}

#[test]
fn of_two_metaschemas_of_one_identifier_the_first_counts() {
    let folder = scratch("documents-two-metaschemas");
    for (file, vocabulary) in [("a.json", "core"), ("b.json", "validation")] {
        let meta = format!(
            r#"{{
                "$id": "https://example.com/meta",
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "$vocabulary": {{ "https://json-schema.org/draft/2020-12/vocab/{vocabulary}": true }}
            }}"#
        );
        fs::write(folder.join(file), meta).unwrap();
    }
    let text = r#"{ "$schema": "https://example.com/meta", "maxLength": 3 }"#;
    fs::write(folder.join("text.json"), text).unwrap();
    let code = Builder::new("").types_of(&[folder]).unwrap().code;
    assert!(code.contains("pub struct Text(") && !code.contains("MaxLength"), "{code}");
}

#[test]
fn a_name_that_two_schemas_have_is_reported_and_leads_to_the_first() {
    let folder = scratch("documents-repeated-names");
    for (file, text) in [
        ("a.json", r#"{ "$id": "https://example.com/x", "type": "string" }"#),
        ("b.json", r#"{ "$id": "https://example.com/x", "type": "integer" }"#),
        (
            "c.json",
            r#"{ "type": "object", "properties": { "p": { "$ref": "https://example.com/x" } } }"#,
        ),
        (
            "d.json",
            r##"{
                "type": "object", "properties": { "p": { "$ref": "#n" } },
                "$defs": {
                    "first": { "$anchor": "n", "type": "string" },
                    "second": { "$anchor": "n", "type": "integer" },
                    "of_both_kinds": { "$anchor": "m", "$dynamicAnchor": "m", "type": "boolean" }
                }
            }"##,
        ),
    ] {
        fs::write(folder.join(file), text).unwrap();
    }
    let types = Builder::new("").types_of(&[folder]).unwrap();
    let warnings: Vec<String> = types.warnings.all().iter().map(Diagnostic::line).collect();
    let expected = [
        ("b.json:1:1", "the identifier `https://example.com/x`"),
        ("d.json:5:31 /$defs/second", "the anchor `n`"),
    ];
    assert_eq!(warnings.len(), expected.len(), "{warnings:?}");
    for (warning, (place, name)) in warnings.iter().zip(expected) {
        let repeated = "is that of another schema too: references lead to the first";
        let expected = format!("{place}: {name} {repeated}; give each schema a name of its own");
        assert!(warning.ends_with(&expected), "{warning}");
    }
    for expected in ["optional borrow p: A as", "optional borrow p: First as"] {
        assert!(types.code.contains(expected), "{}", types.code);
    }
}

#[test]
fn what_is_as_narrow_as_it_can_be_allows_something() {
    const TWO_PROPERTIES: &str =
        r#""properties": { "a": { "type": "string" }, "b": { "type": "string" } }"#;
    for rules in [
        format!(r#""type": "object", {TWO_PROPERTIES}, "required": ["a", "b"], "maxProperties": 2"#),
        format!(r#""type": "object", {TWO_PROPERTIES}, "additionalProperties": false, "minProperties": 2"#),
        format!(r#""type": "object", {TWO_PROPERTIES}, "minProperties": 1, "maxProperties": 1"#),
        r#""type": "string", "minLength": 3, "maxLength": 3"#.to_owned(),
        r#""type": "array", "items": { "type": "string" }, "minItems": 3, "maxItems": 3"#
            .to_owned(),
        r#""type": "integer", "minimum": 3, "maximum": 3"#.to_owned(),
        r#""type": "integer", "exclusiveMinimum": 3, "exclusiveMaximum": 5"#.to_owned(),
        r#""type": "number", "minimum": 3.5, "maximum": 3.5"#.to_owned(),
        r#""type": "number", "exclusiveMinimum": 3.5, "maximum": 3.6"#.to_owned(),
        r#""type": "integer", "format": "int32", "namedValues": { "LOW": { "value": -2147483648 }, "HIGH": { "value": 2147483647 } }"#.to_owned(),
        r#""type": "integer", "minimum": -2147483648, "maximum": 2147483647, "format": "int32""#
            .to_owned(),
    ] {
        assert_eq!(generated(&format!("{{ {rules} }}")).unwrap().1, [""; 0], "{rules}");
    }
}

/// A definition without a type is JSON elsewhere, and what it says in words of strings a table enforces.
#[test]
fn a_definition_without_a_type_is_an_object_where_there_are_only_objects_and_nothing_else() {
    let code = |json_type: &str| {
        let rules = r#""minLength": 1, "properties": { "x": { "type": "string" } }"#;
        let text = format!(
            r##"{{
                "definitions": {{ "D": {{ {rules} }} }},
                "type": "{json_type}", "allOf": [{{ "$ref": "#/definitions/D" }}]
            }}"##
        );
        generated(&text).unwrap().0
    };
    assert!(code("string").contains("table ROOT_RULES"), "{}", code("string"));
    assert!(code("object").contains(r#"str x: String as "x";"#), "{}", code("object"));
    let properties =
        r#"{ "properties": { "a": { "type": "string" } }, "allOf": [{ "type": "string" }] }"#;
    let (_, warnings) = generated(properties).unwrap();
    assert!(warnings[0].contains("/properties: has no effect on a string"), "{warnings:?}");
}

/// By what they take, of which a string is 24 bytes, a boolean 16 and an enum of numbers 8.
#[test]
fn the_large_parts_of_an_object_are_boxed_where_it_is_large_itself() {
    let property = |name: &str, schema: &str| format!(r#""{name}": {schema}"#);
    let booleans = |count: usize| {
        let all = (0..count).map(|at| property(&format!("b{at}"), r#"{ "type": "boolean" }"#));
        format!(
            r#"{{ "type": "object", "properties": {{ {} }} }}"#,
            all.collect::<Vec<_>>().join(", ")
        )
    };
    for (more, is_large) in [
        (r#"{ "type": "string" }"#, false),
        (r#"{ "enum": [1, 2], "type": "integer" }"#, false),
        (r#"{ "type": "boolean" }"#, true),
    ] {
        let count = if more.contains("string") { 78 } else { 79 };
        let strings = (0..count).map(|at| property(&format!("s{at}"), r#"{ "type": "string" }"#));
        let parts = [
            property("small", &booleans(4)),
            property("large", &booleans(5)),
            property("more", more),
        ];
        let all = strings.chain(parts).collect::<Vec<_>>().join(", ");
        let (code, _) =
            generated(&format!(r#"{{ "type": "object", "properties": {{ {all} }} }}"#)).unwrap();
        let line =
            |name: &str| code.lines().find(|line| line.contains(&format!(" {name}: "))).unwrap();
        assert_eq!(line("large").contains("Box<"), is_large, "{more}: {}", line("large"));
        assert!(!line("small").contains("Box<"), "{}", line("small"));
    }
}

/// Rules that ask about properties that are not listed need them kept.
#[test]
fn an_object_keeps_other_properties_where_a_rule_asks_about_them() {
    for (rule, is_kept) in [
        (r#""not": { "required": ["b"] }"#, true),
        (r#""not": { "required": ["a"] }"#, false),
        (r#""dependentRequired": { "a": ["b"] }"#, true),
        (r#""dependentRequired": { "b": ["a"] }"#, true),
        (r#""dependentSchemas": { "b": { "required": ["a"] } }"#, true),
        (r#""dependentSchemas": { "a": { "required": ["a"] } }"#, false),
        (r#""anyOf": [{ "patternProperties": { "^x": { "type": "string" } } }]"#, true),
        (r#""anyOf": [{ "additionalProperties": { "type": "string" } }]"#, true),
        (r#""anyOf": [{ "properties": { "b": { "type": "string" } } }]"#, true),
        (
            r#""anyOf": [{ "properties": { "a": { "maxLength": 3 }, "b": { "maxLength": 3 } } }]"#,
            true,
        ),
        (r#""anyOf": [{ "properties": { "a": { "maxLength": 3 } } }]"#, false),
        (r#""not": { "required": ["a", "b"] }"#, true),
        (r#""dependentRequired": { "a": ["a", "b"] }"#, true),
        (r#""not": { "const": { "b": 1 } }"#, true),
        (r#""not": { "enum": [{ "b": 1 }, 2] }"#, true),
        (r#""not": { "const": 5 }"#, false),
        (r#""minProperties": 1"#, true),
        (r#""maxProperties": 1"#, true),
        (r#""anyOf": [{ "propertyNames": { "maxLength": 3 } }]"#, true),
        (r#""not": { "unevaluatedProperties": { "type": "string" } }"#, true),
    ] {
        let properties = r#""type": "object", "properties": { "a": { "type": "string" } }"#;
        let (code, _) = generated(&format!("{{ {properties}, {rule} }}")).unwrap();
        assert_eq!(code.contains("additional: Kept"), is_kept, "{rule}: {code}");
    }
}

#[test]
fn a_rule_is_found_to_ask_about_properties_wherever_it_leads_to_the_object() {
    let asks = r#"{ "required": ["b"] }"#;
    let object = r#"{ "type": "object", "properties": { "a": { "type": "string" } } }"#;
    let array = r#""type": "array", "items": OBJECT"#;
    let map = r#""type": "object", "additionalProperties": OBJECT"#;
    let outer = r#""type": "object", "properties": { "p": OBJECT, "q": { "type": "string" } }"#;
    let union = r#""anyOf": [OBJECT, { "type": "string" }]"#;
    for (ty, rule, is_kept) in [
        (array, r#""not": { "items": ASKS }"#, true),
        (array, r#""not": { "prefixItems": [ASKS] }"#, true),
        (array, r#""not": { "prefixItems": [{}, ASKS] }"#, true),
        (array, r#""contains": ASKS"#, true),
        (array, r#""not": { "unevaluatedItems": ASKS }"#, true),
        (array, r#""not": { "minItems": 2 }"#, false),
        (map, r#""not": { "additionalProperties": ASKS }"#, true),
        (map, r#""not": { "properties": { "x": ASKS } }"#, true),
        (map, r#""not": { "patternProperties": { "^x": ASKS } }"#, true),
        (map, r#""not": { "unevaluatedProperties": ASKS }"#, true),
        (map, r#""not": { "minProperties": 2 }"#, false),
        (outer, r#""not": { "properties": { "p": ASKS } }"#, true),
        (outer, r#""not": { "properties": { "q": ASKS } }"#, false),
        (outer, r#""not": { "patternProperties": { "^p": ASKS } }"#, true),
        (outer, r#""not": { "additionalProperties": ASKS }"#, true),
        (outer, r#""not": { "unevaluatedProperties": ASKS }"#, true),
        (union, r#""not": ASKS"#, true),
    ] {
        let text = format!("{{ {ty}, {rule} }}").replace("OBJECT", object).replace("ASKS", asks);
        let (code, _) = generated(&text).unwrap();
        let (_, inner) = code
            .split_once(" \"a\"")
            .map_or(("", &*code), |(it, _)| it.rsplit_once("struct").unwrap());
        assert_eq!(inner.contains("additional: Kept"), is_kept, "{text}: {code}");
    }
}

#[test]
fn arrays_and_maps_are_types_to_the_depth_that_they_may_have() {
    for (start, end, most) in [
        (r#"{ "type": "array", "items": "#, "}", 32),
        (r#"{ "type": "object", "additionalProperties": "#, "}", 8),
    ] {
        for (levels, is_refused) in [(most, false), (most + 1, true)] {
            let inner = r#"{ "type": "string" }"#;
            let text = format!("{}{inner}{}", start.repeat(levels), end.repeat(levels));
            let warnings = generated(&text).unwrap().1.concat();
            let message = "is nested too deep: 32 arrays or 8 maps are the most";
            assert_eq!(warnings.contains(message), is_refused, "{levels}: {warnings}");
            assert_eq!(warnings.is_empty(), !is_refused, "{levels}: {warnings}");
        }
    }
}

#[test]
fn a_part_of_an_integer_may_name_values() {
    let part = r#"{ "type": "integer", "namedValues": { "ONE": { "value": 1 } } }"#;
    let text = format!(r#"{{ "allOf": [{part}, {{ "description": "A value." }}] }}"#);
    let (code, warnings) = generated(&text).unwrap();
    assert!(code.contains("pub const ONE: Self") && warnings.is_empty(), "{warnings:?}");
}

#[test]
fn a_listed_number_beyond_64_bits_is_no_variant_of_an_enum() {
    for (number, is_far) in [
        ("9223372036854775807", false),
        ("-9223372036854775808", false),
        ("9223372036854775808", true),
        ("-9223372036854775809", true),
        ("1e40", true),
        ("-1e40", true),
    ] {
        for list in [
            r#""type": "integer", "enum": [1, NUMBER]"#,
            r#""oneOf": [{ "const": 1 }, { "title": "Far", "const": NUMBER }]"#,
        ] {
            let text = format!("{{ {} }}", list.replace("NUMBER", number));
            let (code, warnings) = generated(&text).unwrap();
            assert_eq!(code.contains("enum"), !is_far, "{text}: {code}");
            let message = "its numbers may lie beyond 64 bits";
            assert_eq!(warnings.concat().contains(message), is_far, "{text}: {warnings:?}");
        }
    }
}

/// Of several types, those of which a value is listed.
#[test]
fn a_type_of_which_no_value_is_listed_is_no_variant() {
    for (types, values, variants) in [
        (r#""string", "integer", "boolean""#, r#""a", 1"#, "string integer"),
        (r#""string", "integer", "boolean""#, r#""a", 1, true"#, "string integer boolean"),
        (r#""string", "integer", "boolean""#, "2, 1, false", "integer boolean"),
        (r#""string", "integer", "boolean", "null""#, r#""a", false, null"#, "string boolean"),
    ] {
        let text = format!(r#"{{ "type": [{types}], "enum": [{values}] }}"#);
        let (code, _) = generated(&text).unwrap();
        let found: Vec<String> = ["STRING", "INTEGER", "BOOLEAN"]
            .iter()
            .filter(|name| code.contains(&format!("case {name} = ")))
            .map(|name| name.to_lowercase())
            .collect();
        assert_eq!(found.join(" "), variants, "{text}: {code}");
    }
}

/// A definition without a type that leads to itself is an object once, and checked JSON within that.
#[test]
fn a_definition_without_a_type_that_leads_to_itself_ends() {
    let text = r##"{ "type": "object", "allOf": [{ "$ref": "#/$defs/A" }], "$defs": {
        "A": { "properties": { "next": { "type": "object", "allOf": [{ "$ref": "#/$defs/A" }] } } } } }"##;
    let (code, warnings) = generated(text).unwrap();
    assert!(code.contains("optional borrow next: rt::BTreeMap<String, rt::Value>"), "{code}");
    assert!(warnings.is_empty(), "{warnings:?}");
}

#[test]
fn of_two_bounds_the_narrower_one_is_a_types() {
    for (ty, keyword, rule, narrower) in [
        ("integer", "minimum", "Minimum", 3),
        ("number", "exclusiveMinimum", "ExclusiveMinimum", 3),
        ("integer", "maximum", "Maximum", 1),
        ("number", "exclusiveMaximum", "ExclusiveMaximum", 1),
        ("string", "minLength", "MinLength", 3),
        ("string", "maxLength", "MaxLength", 1),
        ("array", "minItems", "MinItems", 3),
        ("array", "maxItems", "MaxItems", 1),
    ] {
        for (first, second) in [(1, 3), (3, 1), (narrower, narrower)] {
            let part = |bound| format!(r#"{{ "type": "{ty}", "{keyword}": {bound} }}"#);
            let both = format!(r#"{{ "allOf": [{}, {}] }}"#, part(first), part(second));
            let text = format!(r#"{{ "type": "object", "properties": {{ "v": {both} }} }}"#);
            let (code, _) = generated(&text).unwrap();
            let rule = format!("[{rule}({narrower})");
            assert!(code.contains(&rule) && !code.contains("static"), "{text}: {code}");
        }
    }
}

#[test]
fn a_keyword_of_schemas_is_refused_in_a_named_value_and_what_is_no_keyword_is_passed_over() {
    let of_value = |more: &str| {
        generated(&format!(
            r#"{{ "type": "integer", "namedValues": {{ "ALL": {{ "value": 0{more} }} }} }}"#
        ))
    };
    for more in [r#", "since": 2"#, r#", "x-maximum": 2"#, r#", "description": "All.""#] {
        let (code, warnings) = of_value(more).unwrap();
        assert!(code.contains("ALL"), "{code}");
        assert_eq!(warnings, [""; 0], "{more}");
    }
    for keyword in ["maximum", "type", "const", "title"] {
        let Err(Failure::Descriptions(report)) = of_value(&format!(r#", "{keyword}": 2"#)) else {
            panic!("{keyword} is taken");
        };
        let lines = report.all().iter().map(Diagnostic::line).collect::<Vec<_>>();
        let place = format!("/namedValues/ALL/{keyword}: no such keyword belongs here");
        assert!(lines.len() == 1 && lines[0].contains(&place), "{lines:?}");
    }
}

#[test]
fn a_list_of_itself_is_named_after_its_definition_its_property_or_the_document() {
    let list_of = |at: &str, more: &str| {
        format!(r##"{{ "items": {{ "$ref": "#{at}" }}, "type": "array"{more} }}"##)
    };
    let property = |name: &str, list: &str| {
        format!(r#"{{ "type": "object", "properties": {{ "{name}": {list} }} }}"#)
    };
    let definition = list_of("/$defs/branches", "");
    for (document, name) in [
        (list_of("", ""), "Root"),
        (list_of("", r#", "rustName": "Tree""#), "Tree"),
        (property("nested", &list_of("/properties/nested", "")), "Nested"),
        (property("a/b", &list_of("/properties/a~1b", "")), "AB"),
        (property("nested", &list_of("/properties/nested", r#", "rustName": "Tree""#)), "Tree"),
        (
            format!(
                r##"{{ "$ref": "#/$defs/branches", "$defs": {{ "branches": {definition} }} }}"##
            ),
            "Branches",
        ),
    ] {
        let (code, _) = generated(&document).unwrap();
        assert!(code.contains(&format!("pub struct {name}(Vec<{name}>);")), "{document}\n{code}");
    }
    let titled = r#", "title": "A tree.""#;
    let described = r#", "title": "A tree.", "description": "Of lists.""#;
    for (more, docs) in [(titled, "/// A tree."), (described, "/// Of lists.")] {
        let (code, _) = generated(&list_of("", more)).unwrap();
        assert!(code.contains(&format!("{docs}\n#[derive(")), "{code}");
    }
}
