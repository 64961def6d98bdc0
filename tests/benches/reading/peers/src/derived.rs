//! Types as one writes them for serde: they have the shape of a schema's documents, and no rules.
#![allow(dead_code, reason = "the fields are only read")]

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChartLock {
    generated: String,
    digest: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Dependency {
    name: String,
    version: String,
    repository: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportMap {
    imports: Option<BTreeMap<String, String>>,
    scopes: Option<BTreeMap<String, BTreeMap<String, String>>>,
}
