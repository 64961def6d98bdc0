//! Reads documents as the types that are generated from their schemas.

use std::hint::black_box;

use reading_bench::{IsValid, run};
use serde::de::DeserializeOwned;

mod schemas {
    include!(concat!(env!("OUT_DIR"), "/schemas.rs"));
}

fn main() {
    run(|_, schema| schemas::find(schema).map(|is_valid| -> IsValid { Box::new(is_valid) }));
}

/// Whether a document becomes a value: all that its schema says is checked then.
fn is_read<T: DeserializeOwned>(json: &str) -> bool {
    let value: Result<T, _> = serde_json::from_str(json);
    black_box(&value).is_ok()
}
