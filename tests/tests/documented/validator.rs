//! The descriptions and the generated types, measured against a JSON Schema validator that is not
//! ours.
#![expect(clippy::unwrap_used, reason = "only tests")]

use jsonschema::Validator;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use wechat_bizwifi::{
    GetAccessToken, GetCouponPlacement, GetStableAccessToken, SetCouponPlacement,
};
use wechat_bizwifi_tests::{description, descriptions};

#[test]
fn every_example_is_valid_against_its_schema() {
    for description in descriptions() {
        let request = validator(&description.request);
        let response = validator(&description.response);
        for example in &description.examples {
            let place = format!("{}, example {}", description.file, example.name);
            assert_valid(&request, &parse(example.request.get()), &format!("{place}, request"));
            assert_valid(&response, &parse(example.response.get()), &format!("{place}, response"));
        }
    }
}

#[test]
fn a_request_type_takes_what_its_schema_allows_and_nothing_else() {
    assert_same_verdicts::<SetCouponPlacement>("setCouponPlacement");
    assert_same_verdicts::<GetCouponPlacement>("getCouponPlacement");
    assert_same_verdicts::<GetStableAccessToken>("getStableAccessToken");
    assert_same_verdicts::<GetAccessToken>("getAccessToken");
}

fn assert_same_verdicts<T: DeserializeOwned>(operation: &str) {
    let description = description(operation);
    let validator = validator(&description.request);
    let mut verdicts = [0, 0];
    for example in &description.examples {
        for value in variants(&parse(example.request.get())) {
            let text = value.to_string();
            let taken = serde_json::from_str::<T>(&text).is_ok();
            let is_valid = validator.is_valid(&value) && has_order(&description.request, &value);
            assert_eq!(taken, is_valid, "{operation}: {text}");
            verdicts[usize::from(taken)] += 1;
        }
    }
    assert!(verdicts[0] > 10 && verdicts[1] > 1, "{operation}: {verdicts:?}");
}

/// What `propertyOrder` says, which only this format has: of whole numbers here.
fn has_order(schema: &RawValue, value: &Value) -> bool {
    let schema: Value = parse(schema.get());
    let orders = schema["propertyOrder"].as_array().map_or(&[][..], Vec::as_slice);
    orders.iter().all(|order| {
        assert_eq!(order[1], "<=");
        let number = |name: &Value| value[name.as_str().unwrap()].as_f64().unwrap();
        number(&order[0]) <= number(&order[2])
    })
}

/// The request itself, and what becomes of it when one thing changes.
fn variants(request: &Map<String, Value>) -> Vec<Value> {
    let mut variants = vec![json!(request), json!([request]), json!([]), json!({}), json!(null)];
    variants.push(json!(request.values().collect::<Vec<_>>()));
    variants.push(with(request, "unknown", json!(1)));
    for name in request.keys() {
        let mut without = request.clone();
        without.remove(name);
        variants.push(without.into());
        variants.extend(values().into_iter().map(|value| with(request, name, value)));
    }
    variants
}

fn with(request: &Map<String, Value>, name: &str, value: Value) -> Value {
    let mut changed = request.clone();
    changed.insert(name.to_owned(), value);
    changed.into()
}

/// Values of every type, and on both sides of every limit that the descriptions set.
fn values() -> Vec<Value> {
    let mut values = vec![json!(null), json!(true), json!(false), json!([]), json!({}), json!([1])];
    values.extend([-1, 0, 1, 2, i64::MAX, i64::MIN].map(|number| json!(number)));
    values.extend([1.0, 1.5, -0.5].map(|number| json!(number)));
    values.extend(["", "1", "client_credential", "CLIENT_CREDENTIAL"].map(|text| json!(text)));
    for length in [17, 18, 19] {
        values.extend(["x", "券", "🎟"].map(|character| json!(character.repeat(length))));
    }
    values
}

fn assert_valid(validator: &Validator, value: &Value, place: &str) {
    let errors: Vec<String> = validator.iter_errors(value).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{place}: {}", errors.join("; "));
}

/// A validator of this schema, with the shared definitions taken in.
fn validator(schema: &RawValue) -> Validator {
    let mut schema: Map<String, Value> = parse(schema.get());
    schema.insert("$defs".to_owned(), parse::<Value>(file("common.json"))["$defs"].clone());
    jsonschema::validator_for(&schema.into()).unwrap()
}

fn file(path: &str) -> &'static str {
    let mut files = wechat_bizwifi_schema::FILES.iter();
    files.find(|(name, _)| *name == path).unwrap().1
}

fn parse<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(&text.replace("../common.json#", "#")).unwrap()
}
