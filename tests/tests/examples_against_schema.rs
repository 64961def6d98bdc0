//! Every example keeps the schema that it illustrates, as a validator that is not ours reads it.
#![expect(clippy::unwrap_used, reason = "only tests")]

use serde_json::value::RawValue;
use serde_json::{Map, Value};
use wechat_bizwifi_tests::descriptions;

#[test]
fn every_example_keeps_its_schema() {
    for description in descriptions() {
        let request = validator(&description.request);
        let response = validator(&description.response);
        for example in &description.examples {
            let place = format!("{}, example {}", description.file, example.name);
            assert_valid(&request, &example.request, &format!("{place}, request"));
            assert_valid(&response, &example.response, &format!("{place}, response"));
        }
    }
}

fn assert_valid(validator: &jsonschema::Validator, text: &RawValue, place: &str) {
    let value: Value = serde_json::from_str(text.get()).unwrap();
    let faults: Vec<String> =
        validator.iter_errors(&value).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{place}: {}", faults.join("; "));
}

/// A validator of this schema, with the shared definitions taken in.
fn validator(schema: &RawValue) -> jsonschema::Validator {
    let mut schema: Map<String, Value> = parse(schema.get());
    schema.insert("$defs".to_owned(), parse::<Value>(file("common.json"))["$defs"].clone());
    jsonschema::validator_for(&schema.into()).unwrap()
}

fn file(path: &str) -> &'static str {
    let mut files = wechat_bizwifi_schema::FILES.iter();
    files.find(|(name, _)| *name == path).unwrap().1
}

fn parse<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(&text.replace("../common.json#", "#")).unwrap()
}
