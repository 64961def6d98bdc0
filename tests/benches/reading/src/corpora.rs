//! Schemas and documents, prepared for the programs.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::mutate::mutated;

/// A schema and its documents.
pub(crate) struct Corpus {
    pub(crate) name: String,
    pub(crate) documents: PathBuf,
    /// The same documents, each with one change.
    pub(crate) mutated: PathBuf,
}

impl Corpus {
    /// How many documents there are.
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    pub(crate) fn count(&self) -> f64 {
        fs::read_to_string(&self.documents).expect("the documents").lines().count() as f64
    }
}

/// Writes schemas without `format`, as the benchmark has them, and changed documents. The folder of
/// schemas is only touched where something is another, so that nothing is built without need.
pub(crate) fn prepare(schemas: &Path, wanted: &[String], scratch: &Path) -> Vec<Corpus> {
    let mut folders: Vec<PathBuf> = fs::read_dir(schemas)
        .expect("the folder `schemas`")
        .map(|entry| entry.expect("a folder").path())
        .filter(|folder| folder.join("instances.jsonl").exists())
        .collect();
    folders.sort();
    let name = |folder: &Path| folder.file_name().expect("a name").display().to_string();
    folders.retain(|folder| wanted.is_empty() || wanted.contains(&name(folder)));
    keep_only(&scratch.join("schemas"), &folders.iter().map(|it| name(it)).collect::<Vec<_>>());
    folders.iter().map(|folder| prepare_one(folder, &name(folder), scratch)).collect()
}

fn keep_only(folder: &Path, names: &[String]) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let file = entry.expect("a file").path();
        let name = file.file_stem().expect("a name").display().to_string();
        if !names.contains(&name) {
            fs::remove_file(file).expect("a file");
        }
    }
}

fn prepare_one(folder: &Path, name: &str, scratch: &Path) -> Corpus {
    let read = |file: &str| fs::read_to_string(folder.join(file)).expect("a file of the benchmark");
    let mut schema: Value = serde_json::from_str(&read("schema.json")).expect("JSON");
    remove_formats(&mut schema);
    write_if_changed(&scratch.join("schemas").join(format!("{name}.json")), &schema.to_string());
    let documents = read("instances.jsonl");
    let changed: Vec<String> = documents.lines().enumerate().map(mutated).collect();
    let file = scratch.join("mutated").join(format!("{name}.jsonl"));
    write_if_changed(&file, &changed.join("\n"));
    Corpus { name: name.to_owned(), documents: folder.join("instances.jsonl"), mutated: file }
}

fn remove_formats(schema: &mut Value) {
    match schema {
        Value::Object(keywords) => {
            keywords.retain(|keyword, value| keyword != "format" || !value.is_string());
            keywords.values_mut().for_each(remove_formats);
        }
        Value::Array(items) => items.iter_mut().for_each(remove_formats),
        _ => {}
    }
}

fn write_if_changed(file: &Path, text: &str) {
    if fs::read_to_string(file).is_ok_and(|known| known == text) {
        return;
    }
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(file, text).expect("a file");
}
