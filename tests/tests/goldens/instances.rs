//! What the code of each case does with instances.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::cases::{object_order, types};

/// Reads a text as a type and writes it again; or says why the type rejects it.
pub(crate) type Accept = fn(&str) -> Result<String, String>;

pub(crate) fn accept<T: DeserializeOwned + Serialize>(text: &str) -> Result<String, String> {
    let value: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    // What is sensitive is hidden otherwise, and could not be compared.
    serde_json::to_string(&wechat_bizwifi::reveal_secrets(&value))
        .map_err(|error| error.to_string())
}

/// A value, and what is to become of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Instance {
    #[serde(rename = "type", default = "root")]
    type_name: String,
    pub(crate) value: Box<RawValue>,
    pub(crate) valid: bool,
    /// How it is written again, where that differs.
    written: Option<Box<RawValue>>,
    /// Why it is rejected, where JSON Schema would accept it.
    why: Option<String>,
}

fn root() -> String {
    "Root".to_owned()
}

/// The cases' folder.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/goldens")
}

pub(crate) fn instances(case: &str) -> Vec<Instance> {
    let file = folder().join(format!("{case}.instances.json"));
    let text = fs::read_to_string(&file).expect("every case has instances");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

#[test]
fn every_case_is_compiled() {
    let mut listed: Vec<String> = types().iter().map(|(case, ..)| format!("{case}.rs")).collect();
    listed.dedup();
    let entries = fs::read_dir(folder()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut found: Vec<String> = names.filter(|name| name.strip_suffix(".rs").is_some()).collect();
    found.sort();
    assert_eq!(listed, found, "list every case in tests/tests/goldens/cases.rs, sorted");
}

#[test]
fn what_is_valid_is_accepted_and_written_again_and_nothing_else_is() {
    let types: BTreeMap<(&str, &str), Accept> =
        types().into_iter().map(|(case, name, accept)| ((case, name), accept)).collect();
    let mut wrong = Vec::new();
    let cases: std::collections::BTreeSet<&str> = types.keys().map(|(case, _)| *case).collect();
    for case in cases {
        for instance in instances(case) {
            let accept = types[&(case, &*instance.type_name)];
            wrong.extend(verdict_of(&instance, accept).map(|error| format!("{case}: {error}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// In `said.txt`, a line for each instance; to accept a change there, run with `UPDATE_GOLDENS=1`.
#[test]
fn what_is_said_of_what_is_not_valid_is_as_its_file_has_it() {
    let mut cases: BTreeMap<&str, BTreeMap<&str, Accept>> = BTreeMap::new();
    for (case, name, accept) in types() {
        cases.entry(case).or_default().insert(name, accept);
    }
    let mut actual = String::new();
    for (case, types) in cases {
        actual += &format!("# {case}\n");
        for instance in instances(case) {
            let value = instance.value.get();
            if let Err(said) = types[&*instance.type_name](value) {
                let shown: String = value.split_whitespace().collect::<Vec<_>>().join(" ");
                let start: String = shown.chars().take(200).collect();
                actual += &format!("{} {start}  {said}\n", instance.type_name);
            }
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens/said.txt");
    let differs = wechat_bizwifi_tests::differs(&file, &actual);
    assert!(differs.is_none(), "{}", differs.unwrap_or_default());
}

/// What is wrong with what a type does with an instance.
fn verdict_of(instance: &Instance, accept: Accept) -> Option<String> {
    let Instance { type_name, value, valid, written, .. } = instance;
    match (accept(value.get()), valid) {
        (Err(_), false) => None,
        (Ok(_), false) => Some(format!("{type_name} accepts {value}")),
        (Err(why), true) => Some(format!("{type_name} rejects {value}: {why}")),
        (Ok(found), true) => {
            let expected = written.as_ref().unwrap_or(value).get();
            let differs = !same(&parsed(expected), &parsed(&found));
            differs.then(|| format!("{type_name} writes {value} as {found}"))
        }
    }
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Whether two values are the same JSON: `1` is `1.0`, and names have no order.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        (a, b) => a == b,
    }
}

#[test]
fn what_is_written_has_the_documented_order() {
    let written = accept::<object_order::Root>("{\"mango\":3,\"apple\":2,\"zebra\":1}");
    assert_eq!(written.unwrap(), "{\"zebra\":1,\"apple\":2,\"mango\":3}");
}

/// Another validator agrees with what the instances of plain documents say; where the generated
/// code is stricter, the instance says why.
#[test]
fn another_validator_agrees_with_the_instances() {
    let mut wrong = Vec::new();
    for (case, ..) in types() {
        let file = folder().join(format!("{case}.json"));
        let Ok(document) = fs::read_to_string(file) else { continue };
        let validator = jsonschema::validator_for(&parsed(&document)).unwrap();
        for instance in instances(case).into_iter().filter(|it| it.type_name == root()) {
            let verdict = validator.is_valid(&parsed(instance.value.get()));
            if verdict != (instance.valid || instance.why.is_some()) {
                wrong.push(format!("{case}: {} is {verdict} elsewhere", instance.value));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
