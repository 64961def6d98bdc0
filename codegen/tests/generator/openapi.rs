//! The exported OpenAPI document: that it is valid by every rule of the descriptions, and what other
//! exporters get wrong.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use wechat_bizwifi_codegen::export::{Format, OpenApi};

use crate::golden::{Goldens, folder, scratch};

fn traps() -> Value {
    parsed(&OpenApi::new(folder("openapi/traps")).document().unwrap())
}

fn shipped() -> Value {
    parsed(&OpenApi::new(wechat_bizwifi_schema::root()).document().unwrap())
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn component(document: &Value, name: &str) -> Value {
    document["components"]["schemas"][name].clone()
}

fn property(document: &Value, component: &str, name: &str) -> Value {
    document["components"]["schemas"][component]["properties"][name].clone()
}

/// Another validator's verdict on a value, by a schema of the document.
fn is_valid(document: &Value, pointer: &str, value: &Value) -> bool {
    let schema = json!({ "$ref": format!("#{pointer}"), "document": document });
    let schema = parsed(&schema.to_string().replace("\"#/", "\"#/document/"));
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
    options.should_validate_formats(true).build(&schema).unwrap().is_valid(value)
}

#[test]
fn the_documents_are_those_in_their_files() {
    let mut goldens = Goldens::default();
    let traps = OpenApi::new(folder("openapi/traps")).title("Traps").server("https://example.com");
    let files = folder("openapi");
    goldens.compare(&files.join("traps.json"), &traps.document().unwrap());
    let traps = traps.version("2").format(Format::Yaml);
    goldens.compare(&files.join("traps.yaml"), &traps.document().unwrap());
    goldens.finish();
}

/// What the cases of single keywords say of values is what their document says, by another
/// validator: whatever keyword there is, its rule has not got lost.
#[test]
fn what_is_valid_by_the_document_is_what_is_valid_by_the_schema() {
    /// Cases that no description can be made of, and why.
    const APART: &[(&str, &str)] = &[
        ("dynamic-ref", "a document is one resource"),
        ("recursive-ref", "a document is one resource"),
        ("draft-4-integers", "a description is of no older draft"),
        ("type-beside-ref-of-draft-7", "a description is of no older draft"),
        ("all-of-items-later", "a description says the type"),
        ("all-of-untyped", "a description says the type"),
        ("open-within-rules", "a description says the type"),
        ("bundled-by-url", "a description has no `$id`"),
        ("ref-components", "a description keeps its schemas in `$defs`"),
        ("ref-to-a-property", "a description refers to types that have a name"),
        ("type-missing", "a description says the type"),
        ("property-false", "a description lists no property that is never there"),
        ("names-of-variants", "titles of descriptions are chosen names"),
        ("one-of-values", "a description has a title for each value"),
        ("rules-beside-alternatives", "a description says the type"),
        ("values-of-other-types", "a description allows something"),
    ];
    let (mut wrong, mut checked) = (Vec::new(), 0);
    for entry in fs::read_dir(folder("goldens")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let Some(case) = name.strip_suffix(".instances.json") else { continue };
        let file = folder("goldens").join(format!("{case}.json"));
        let Ok(schema) = fs::read_to_string(&file) else { continue };
        let is_apart = APART.iter().any(|(name, _)| *name == case);
        let document = OpenApi::new(described(case, parsed(&schema))).document();
        if is_apart || document.is_err() {
            if document.is_ok() || !is_apart {
                wrong.push(format!("{case}: {:?}", document.map_err(|it| it.to_string())));
            }
            continue;
        }
        let document = parsed(&document.unwrap());
        let instances = parsed(&fs::read_to_string(&path).unwrap());
        let is_of_root = |instance: &&Value| instance["type"].is_null();
        for instance in instances.as_array().unwrap().iter().filter(is_of_root) {
            let verdict =
                is_valid(&document, "/components/schemas/Try/properties/value", &instance["value"]);
            checked += 1;
            if instance["why"].is_null() && json!(verdict) != instance["valid"] {
                wrong.push(format!("{case}: {} is {verdict}", instance["value"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked > 500, "{checked}");
}

/// A folder with an operation whose request holds a value of a schema.
fn described(case: &str, mut schema: Value) -> PathBuf {
    let folder = scratch(&format!("openapi-{case}"));
    move_references(&mut schema);
    if let Some(object) = schema.as_object_mut() {
        object.remove("$schema");
    }
    let string = json!({ "type": "string" });
    let definitions = json!({ "$defs": { "Root": schema } });
    let reply =
        json!({ "type": "object", "properties": { "c": { "type": "integer" }, "m": string } });
    let request = json!({
        "type": "object", "required": ["value"], "additionalProperties": false,
        "properties": { "value": { "$ref": "common.json#/$defs/Root" } },
    });
    let endpoint = json!({
        "operationId": "try", "summary": "Tries.", "method": "POST", "path": "/try",
        "security": "none", "idempotent": false, "request": request, "response": reply,
        "envelope": { "code": "/c", "message": "/m" },
    });
    fs::write(folder.join("common.json"), definitions.to_string()).unwrap();
    fs::write(folder.join("try.json"), endpoint.to_string()).unwrap();
    folder
}

/// What began at the root of a document begins at the definition now.
fn move_references(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(move_references),
        Value::Object(object) => {
            if let Some(Value::String(reference)) = object.get_mut("$ref")
                && (reference == "#" || reference.starts_with("#/"))
            {
                reference.insert_str(1, "/$defs/Root");
            }
            object.values_mut().for_each(move_references);
        }
        _ => {}
    }
}

#[test]
fn every_reference_leads_to_a_component_and_has_annotations_alone_beside_it() {
    const ANNOTATIONS: &[&str] = &[
        "$ref",
        "title",
        "description",
        "deprecated",
        "default",
        "examples",
        "readOnly",
        "writeOnly",
        "x-aliases",
        "x-description-zh",
        "x-rust-field-name",
        "x-named-values",
        "x-sensitive",
    ];
    for document in [shipped(), traps()] {
        let mut references = 0;
        each_object(&document, &mut |object| {
            for word in
                ["$id", "$schema", "$defs", "$anchor", "definitions", "nullable", "$comment"]
            {
                assert!(!object.contains_key(word), "{object:?}");
            }
            assert!(!(object.contains_key("const") && object.contains_key("enum")), "{object:?}");
            let Some(Value::String(reference)) = object.get("$ref") else { return };
            references += 1;
            assert!(document.pointer(&reference[1..]).is_some(), "{reference}");
            assert!(object.keys().all(|word| ANNOTATIONS.contains(&&**word)), "{object:?}");
        });
        assert!(references > 10);
        assert_eq!(document["jsonSchemaDialect"], Value::Null);
    }
}

/// Every object that may be a schema: an example is data, whose words are no keywords.
fn each_object(value: &Value, see: &mut dyn FnMut(&serde_json::Map<String, Value>)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| each_object(item, see)),
        Value::Object(object) => {
            see(object);
            let inner = object.iter().filter(|(name, _)| *name != "examples");
            inner.for_each(|(_, value)| each_object(value, see));
        }
        _ => {}
    }
}

#[test]
fn rules_beside_a_reference_hold_with_it() {
    let above = &traps()["components"]["schemas"]["OpenShopAbove"];
    assert_eq!(above["allOf"], json!([{ "$ref": "#/components/schemas/ShopId" }]));
    assert_eq!(above["not"]["const"], json!(13));
    let pointer = "/components/schemas/OpenShop/properties/above";
    for (value, expected) in [(12, true), (13, false), (0, false)] {
        assert_eq!(is_valid(&traps(), pointer, &json!(value)), expected, "{value}");
    }
}

#[test]
fn null_is_a_second_type_or_an_alternative() {
    let document = traps();
    let shop = json!({ "$ref": "#/components/schemas/ShopId" });
    assert_eq!(property(&document, "OpenShop", "id")["anyOf"], json!([shop, { "type": "null" }]));
    assert_eq!(property(&document, "OpenShop", "note")["type"], json!(["string", "null"]));
    for (name, takes_null) in
        [("id", true), ("note", true), ("kind", true), ("floor", false), ("tree", false)]
    {
        let pointer = format!("/components/schemas/OpenShop/properties/{name}");
        assert_eq!(is_valid(&document, &pointer, &Value::Null), takes_null, "{name}");
    }
}

#[test]
fn a_get_request_is_parameters_without_null_or_body() {
    let document = traps();
    let get = &document["paths"]["/shop"]["get"];
    assert_eq!(get["requestBody"], Value::Null);
    assert_eq!(get["security"], json!([]));
    let names: Vec<&Value> =
        get["parameters"].as_array().unwrap().iter().map(|it| &it["name"]).collect();
    assert_eq!(names, ["shop_id", "kind", "since"]);
    for parameter in get["parameters"].as_array().unwrap() {
        assert_eq!((&parameter["style"], &parameter["explode"]), (&json!("form"), &json!(true)));
        assert_eq!(parameter["required"], json!(parameter["name"] == "shop_id"));
    }
    assert_eq!(get["parameters"][1]["schema"], json!({ "$ref": "#/components/schemas/Kind" }));
    assert_eq!(get["parameters"][2]["schema"]["type"], json!("integer"));
    assert!(get["description"].as_str().unwrap().ends_with("not listed are refused."));
    assert_eq!(get["parameters"][0]["examples"]["documented"], json!({ "value": 7 }));
}

#[test]
fn what_parameters_must_be_together_is_a_schema_of_its_own() {
    let reference = traps()["paths"]["/shop"]["get"]["x-parameters-schema"].clone();
    assert_eq!(reference, json!({ "$ref": "#/components/schemas/FindShop" }));
    let pointer = "/components/schemas/FindShop";
    assert!(!is_valid(&traps(), pointer, &json!({ "shop_id": 1, "since": 1 })));
    assert_eq!(traps()["paths"]["/shops"]["get"]["x-parameters-schema"], Value::Null);
}

#[test]
fn an_open_query_has_a_parameter_for_all_others() {
    let parameters = traps()["paths"]["/shops"]["get"]["parameters"].clone();
    assert_eq!(parameters[1]["schema"]["additionalProperties"], json!({ "type": "string" }));
    assert_eq!(parameters[1]["explode"], json!(true));
}

#[test]
fn numbers_keep_their_digits_and_bounds_are_numbers() {
    let text = OpenApi::new(folder("openapi/traps")).document().unwrap();
    assert!(text.contains("\"maximum\": 9007199254740993,"));
    assert!(text.contains("\"maximum\": 12345678901234567890.5"));
    assert!(text.contains("\"exclusiveMinimum\": 0,"));
    let began = property(&traps(), "FindShopResponse", "began");
    assert_eq!((&began["format"], &began["x-format"]), (&json!("int64"), &json!("unix-time")));
    assert_eq!((&began["minimum"], &began["maximum"]), (&json!(i64::MIN), &json!(i64::MAX)));
    let floor = property(&traps(), "OpenShop", "floor");
    assert_eq!((&floor["minimum"], &floor["maximum"]), (&json!(i32::MIN), &json!(i32::MAX)));
}

#[test]
fn the_range_of_an_integers_type_is_written_where_no_bound_is_narrower() {
    let (least, most) = (i64::from(i32::MIN), i64::from(i32::MAX));
    let int32 = |keyword: &str, bound: i64| json!({ "format": "int32", keyword: bound });
    for (index, (mut schema, minimum, maximum)) in [
        (int32("minimum", least), json!(least), json!(most)),
        (int32("minimum", least + 1), json!(least + 1), json!(most)),
        (int32("exclusiveMinimum", least - 1), json!(least), json!(most)),
        (int32("exclusiveMinimum", least), Value::Null, json!(most)),
        (int32("maximum", most), json!(least), json!(most)),
        (int32("maximum", most - 1), json!(least), json!(most - 1)),
        (int32("exclusiveMaximum", most + 1), json!(least), json!(most)),
        (int32("exclusiveMaximum", most), json!(least), Value::Null),
        (json!({ "exclusiveMinimum": 1_u64 << 63 }), Value::Null, json!(u64::MAX)),
        (json!({ "minimum": 0, "exclusiveMaximum": u64::MAX }), json!(0), Value::Null),
        (json!({ "minimum": 0, "maximum": i64::MAX }), json!(0), json!(i64::MAX)),
    ]
    .into_iter()
    .enumerate()
    {
        schema["type"] = json!("integer");
        let folder = described(&format!("range-{index}"), schema);
        let root = component(&parsed(&OpenApi::new(folder).document().unwrap()), "Root");
        assert_eq!((&root["minimum"], &root["maximum"]), (&minimum, &maximum), "{root}");
    }
}

#[test]
fn examples_are_lists_in_schemas_and_named_beside_them() {
    let document = traps();
    let shop = component(&document, "ShopId");
    assert_eq!(shop["examples"], json!([7, 9_007_199_254_740_993_i64]));
    let content = &document["paths"]["/shop"]["get"]["responses"]["200"]["content"];
    // The other one is printed only, and no JSON.
    let documented = json!({
        "description": "As the page has it.", "value": { "errcode": 0, "tree": { "name": "a" } }
    });
    assert_eq!(content["application/json"]["examples"], json!({ "documented": documented }));
}

#[test]
fn a_discriminator_is_of_components_and_each_keeps_its_tag() {
    let document = traps();
    let mapping = json!({
        "email": "#/components/schemas/Email", "phone": "#/components/schemas/Phone"
    });
    let contact = component(&document, "OpenShopContact");
    assert_eq!(contact["discriminator"], json!({ "propertyName": "kind", "mapping": mapping }));
    let kind = property(&document, "Email", "kind");
    assert_eq!(kind, json!({ "const": "email", "type": "string" }));
    assert_eq!(component(&document, "OpenShopOwner")["discriminator"], Value::Null);
}

#[test]
fn a_constant_has_its_type_and_no_list_beside_it() {
    let document = traps();
    let always = property(&document, "OpenShop", "always");
    assert_eq!(always, json!({ "const": true, "type": "boolean" }));
    let only = property(&document, "OpenShop", "only");
    assert_eq!((&only["const"], &only["enum"]), (&json!("a"), &Value::Null));
    assert_eq!(only["allOf"], json!([{ "enum": ["a", "b"] }]));
}

#[test]
fn names_that_openapi_does_not_take_are_encoded() {
    let name = property(&traps(), "OpenShop", "name");
    assert_eq!(name["$ref"], json!("#/components/schemas/-5E97.-94FA."));
    for document in [shipped(), traps()] {
        for name in document["components"]["schemas"].as_object().unwrap().keys() {
            assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c)), "{name}");
        }
    }
}

#[test]
fn a_type_refers_to_itself() {
    let document = traps();
    let tree = json!({ "$ref": "#/components/schemas/Tree" });
    assert_eq!(property(&document, "Tree", "children")["items"], tree);
    let deep = json!({ "name": "a", "children": [{ "name": "b", "children": [{}] }] });
    assert!(!is_valid(&document, "/components/schemas/Tree", &deep));
}

#[test]
fn what_is_closed_as_a_whole_takes_the_properties_of_all_its_parts() {
    let pointer = "/components/schemas/OpenShop/properties/place";
    for (value, expected) in [
        (json!({ "x": 1, "y": 2 }), true),
        (json!({ "x": 1, "y": 2, "z": 3 }), false),
        (json!({ "y": 2 }), false),
    ] {
        assert_eq!(is_valid(&traps(), pointer, &value), expected, "{value}");
    }
}

#[test]
fn tuples_and_dependencies_are_those_of_the_dialect() {
    let document = traps();
    let more = property(&document, "Listed", "more");
    assert_eq!(more["prefixItems"], json!([{ "type": "string" }]));
    assert_eq!(more["items"], json!({ "type": "boolean" }));
    assert!(!is_valid(&document, "/components/schemas/Listed", &json!({ "more": ["a", true] })));
}

#[test]
fn replies_are_written_as_described_and_what_is_in_one_direction_says_so() {
    let document = traps();
    assert_eq!(component(&document, "Tree")["additionalProperties"], Value::Null);
    assert_eq!(component(&document, "FindShopResponse")["additionalProperties"], json!(false));
    let began = property(&document, "FindShopResponse", "began");
    assert_eq!(began["x-aliases"], json!(["begin"]));
    assert_eq!(began["type"], json!("integer"));
    assert_eq!(property(&document, "Account", "id")["readOnly"], json!(true));
    assert_eq!(property(&document, "Account", "password")["writeOnly"], json!(true));
    assert_eq!(property(&document, "Account", "password")["format"], json!("password"));
    // What is said of the property is not said of the type.
    let level = property(&document, "Account", "level");
    assert_eq!((&level["readOnly"], &level["x-aliases"]), (&json!(true), &json!(["lvl"])));
    assert_eq!(component(&document, "AccountLevel")["readOnly"], Value::Null);
}

#[test]
fn a_refusal_needs_no_payload_and_success_does() {
    let pointer = "/paths/~1shop/post/responses/200/content/application~1json/schema";
    for (value, expected) in [
        (json!({ "errcode": 7, "errmsg": "no such shop" }), true),
        (json!({ "errcode": 0, "data": 1 }), true),
        (json!({ "data": 1 }), true),
        (json!({ "errcode": 0 }), false),
        (json!({}), false),
        (json!({ "errcode": 0, "data": 0 }), false),
    ] {
        assert_eq!(is_valid(&traps(), pointer, &value), expected, "{value}");
    }
    let answer = &traps()["paths"]["/shop"]["get"]["responses"]["200"];
    assert_eq!(answer["x-return-codes"][0]["name"], json!("NO_SHOP"));
    assert_eq!(answer["x-envelope"]["payload"], json!(""));
}

#[test]
fn the_token_and_both_servers_are_there() {
    let document = shipped();
    let scheme = &document["components"]["securitySchemes"]["accessToken"];
    assert_eq!((&scheme["in"], &scheme["name"]), (&json!("query"), &json!("access_token")));
    assert_eq!(document["servers"][0]["url"], json!("https://api.weixin.qq.com"));
    assert_eq!(document["servers"][1]["url"], json!("https://api2.weixin.qq.com"));
    let codes = document["x-return-codes"].as_array().unwrap();
    assert!(codes.iter().any(|code| code["class"] == "rate-limit"));
    let other = parsed(&OpenApi::new(folder("goldens/replies")).document().unwrap());
    assert_eq!(other["info"], json!({ "title": "API", "version": "1" }));
}

#[test]
fn definitions_that_say_the_same_share_a_component() {
    let copy = scratch("openapi-two-areas");
    for area in ["a", "b"] {
        fs::create_dir(copy.join(area)).unwrap();
        let endpoint = fs::read_to_string(folder("openapi/traps/open.json")).unwrap();
        let endpoint = endpoint.replace("openShop", &format!("open{}", area.to_uppercase()));
        let endpoint = endpoint.replace("\"/shop\"", &format!("\"/{area}\""));
        let endpoint = endpoint.replace("common.json#/$defs/err", "local.json#/$defs/err");
        let endpoint = endpoint.replace("\"common.json", "\"../common.json");
        fs::write(copy.join(area).join("open.json"), endpoint).unwrap();
        let local =
            r#"{ "$defs": { "errcode": { "type": "integer" }, "errmsg": { "type": "string" } } }"#;
        fs::write(copy.join(area).join("local.json"), local).unwrap();
    }
    fs::copy(folder("openapi/traps/common.json"), copy.join("common.json")).unwrap();
    let document = parsed(&OpenApi::new(copy).document().unwrap());
    for name in ["OpenAResponse", "OpenBResponse"] {
        let code = property(&document, name, "errcode");
        assert_eq!(code, json!({ "$ref": "#/components/schemas/Errcode" }));
    }
}
