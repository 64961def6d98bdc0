//! The schema of descriptions, `schema/endpoint.schema.json`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use serde_json::{Value, json};
use wechat_bizwifi_codegen::diagnostics::Diagnostics;
use wechat_bizwifi_codegen::{Builder, Failure, meta_schema};

use crate::golden::{compare, folder, scratch};

/// The folder of the SDK's own descriptions.
fn descriptions() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema")
}

fn validator() -> Validator {
    jsonschema::validator_for(&parsed()).unwrap()
}

fn parsed() -> Value {
    serde_json::from_str(&meta_schema()).unwrap()
}

/// The files of a folder of descriptions, and of the folders in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else if name.strip_suffix(".json").is_some_and(|name| !name.ends_with(".schema")) {
            files.push(path);
        }
    }
    files
}

fn read(file: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

#[test]
fn the_file_is_what_the_generator_reads() {
    compare(&descriptions().join("endpoint.schema.json"), &meta_schema());
}

#[test]
fn it_is_a_schema_of_draft_2020_12() {
    assert!(jsonschema::draft202012::meta::is_valid(&parsed()));
}

#[test]
fn every_description_is_valid_against_it() {
    let validator = validator();
    let folders =
        [descriptions(), folder("goldens/calls"), folder("goldens/replies"), folder("cli/good")];
    for file in folders.iter().flat_map(|folder| files(folder)) {
        if let Err(error) = validator.validate(&read(&file)) {
            panic!("{}: {} {error}", file.display(), error.instance_path());
        }
    }
}

#[test]
fn what_is_broken_is_not_valid_against_it() {
    let validator = validator();
    let description = read(&folder("goldens/calls/set_hours.json"));
    assert!(validator.is_valid(&description));
    for (pointer, value) in [
        ("/operationId", json!("set_hours")),
        ("/summary", json!(null)),
        ("/method", json!("PUT")),
        ("/path", json!("shop/hours")),
        ("/path", json!("/shop/{id}")),
        ("/path", json!("/100%")),
        ("/security", json!("basic")),
        ("/idempotent", json!("yes")),
        ("/request", json!([])),
        ("/request/maxLenght", json!(1)),
        ("/request/type", json!("objekt")),
        ("/request/properties/shop_id", json!(1)),
        ("/request/required", json!("shop_id")),
        ("/request/contentEncoding", json!("base64")),
        ("/envelope/code", json!("code")),
        ("/envelope/zzz", json!("/x")),
        ("/errors/0", json!("60001")),
        ("/examples/0/name", json!(1)),
        ("/externalDocs/url", json!("example.com")),
        ("/zzz", json!(true)),
    ] {
        let mut broken = description.clone();
        set(&mut broken, pointer, value);
        assert!(!validator.is_valid(&broken), "{pointer}");
    }
}

fn set(value: &mut Value, pointer: &str, new: Value) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match value.pointer_mut(parent).unwrap() {
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = new,
        parent => parent[name] = new,
    }
}

/// Each kind of object that descriptions are made of, with a word that belongs to none: the report
/// of it lists the words that do.
#[test]
fn it_has_the_keywords_that_the_generator_asks_for() {
    let schema = parsed();
    for (definition, text) in [
        ("Endpoint", r#"{ "operationId": "a", "0": 0 }"#),
        ("ExternalDocs", r#"{ "operationId": "a", "externalDocs": { "0": 0 } }"#),
        ("Envelope", r#"{ "operationId": "a", "envelope": { "0": 0 } }"#),
        ("Example", r#"{ "operationId": "a", "examples": [{ "0": 0 }] }"#),
        ("AsPrinted", r#"{ "operationId": "a", "examples": [{ "asPrinted": { "0": 0 } }] }"#),
        ("Definitions", r#"{ "$defs": {}, "0": 0 }"#),
        ("ReturnCodes", r#"{ "returnCodes": [], "0": 0 }"#),
        ("ReturnCode", r#"{ "returnCodes": [{ "0": 0 }] }"#),
        (
            "NamedValue",
            r#"{ "$defs": { "A": { "type": "integer", "namedValues": { "A": { "0": 0 } } } } }"#,
        ),
    ] {
        let definition = &schema["$defs"][definition];
        assert_eq!(definition["additionalProperties"], json!(false), "{definition}");
        let properties: BTreeSet<String> =
            definition["properties"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(words_asked_for(text), properties, "{text}");
    }
}

fn words_asked_for(text: &str) -> BTreeSet<String> {
    let folder = scratch("meta-schema");
    fs::write(folder.join("a.json"), text).unwrap();
    let report = errors(&folder);
    let help = report.all().iter().find_map(|error| {
        let help = error.help.as_deref()?;
        help.strip_prefix("what belongs here: ")
    });
    let help = help.unwrap_or_else(|| panic!("{}", report.render()));
    help.split(", ").map(|word| word.trim_matches('`').to_owned()).collect()
}

fn errors(folder: &Path) -> Diagnostics {
    match Builder::new(folder).generate() {
        Err(Failure::Descriptions(report)) => report,
        result => panic!("{result:?}"),
    }
}

/// A word of the schema of descriptions is one that the generator knows, and the other way round.
#[test]
fn it_has_the_keywords_that_are_not_refused() {
    let schema = parsed();
    for word in schema["$defs"]["Schema"]["properties"].as_object().unwrap().keys() {
        let report = report_of(&format!("{{ {word:?}: \"\" }}"));
        assert!(!report.contains(&format!("/{word}: is not supported")), "{report}");
        assert!(!report.contains(&format!("/{word}: is not a keyword")), "{report}");
    }
}

fn report_of(text: &str) -> String {
    match Builder::new("").types("a.json", text) {
        Err(Failure::Descriptions(report)) => report.render(),
        result => format!("{result:?}"),
    }
}
