//! Checks documents without a type of their own, and reads some of them as types that check nothing.

use std::fs;
use std::hint::black_box;
use std::path::PathBuf;

use reading_bench::{IsValid, run};
use serde::de::DeserializeOwned;
use serde_json::Value;

mod derived;

mod schemas {
    include!(concat!(env!("OUT_DIR"), "/schemas.rs"));
}

fn main() {
    run(|who, schema| match who {
        "macro" => Some(built(schema)),
        "boon" => Some(boon(schema)),
        "corvus" => Some(corvus(schema)),
        "derive" => derive(schema),
        _ => None,
    });
}

fn file(schema: &str) -> PathBuf {
    let folder = std::env::var("READING_SCHEMAS").expect("READING_SCHEMAS");
    PathBuf::from(folder).join(format!("{schema}.json"))
}

fn built(schema: &str) -> IsValid {
    let is_valid = schemas::is_valid(schema);
    Box::new(move |json| read::<Value>(json).is_some_and(|value| is_valid(&value)))
}

fn boon(schema: &str) -> IsValid {
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    let file = file(schema);
    let file = file.to_str().expect("UTF-8");
    let index = compiler.compile(file, &mut schemas).expect("a schema");
    Box::new(move |json| {
        read::<Value>(json).is_some_and(|value| schemas.validate(&value, index).is_ok())
    })
}

/// It reads text by a reader of its own, without a tree of `serde_json`.
fn corvus(schema: &str) -> IsValid {
    let text = fs::read(file(schema)).expect("a schema");
    let schema = serde_json::from_slice(&text).expect("JSON");
    let validator = corvus_json_schema::compile(&schema).expect("a schema");
    Box::new(move |json| validator.validate_json(json) == Ok(true))
}

fn derive(schema: &str) -> Option<IsValid> {
    match schema {
        "helm-chart-lock" => Some(Box::new(|json| read::<derived::ChartLock>(json).is_some())),
        "importmap" => Some(Box::new(|json| read::<derived::ImportMap>(json).is_some())),
        _ => None,
    }
}

fn read<T: DeserializeOwned>(json: &str) -> Option<T> {
    black_box(serde_json::from_str(json).ok())
}
