//! The schemas of the cases in replies, and in requests and replies alike: a type that goes another
//! way is made of other tables, which have to compile, and to read what is valid.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use wechat_bizwifi_codegen::Builder;
use wechat_bizwifi_tests::compiled::{self, Case, Outcome, Verdict};

use crate::cases::types;
use crate::instances::{folder, instances};

#[test]
fn every_schema_is_read_in_replies_and_where_it_is_sent_as_well() {
    let cases: Vec<Case> = documents()
        .iter()
        .flat_map(|(name, schema)| [case(name, "received", schema), case(name, "both", schema)])
        .collect();
    let scratch = scratch();
    let outcomes = compiled::run(&scratch.join("directions"), scratch.parent().unwrap(), &cases);
    let complaints: Vec<String> =
        cases.iter().zip(&outcomes).flat_map(|(case, outcome)| complaints(case, outcome)).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

fn scratch() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
}

/// What documents may leave unsaid, and descriptions may not.
const NO_DESCRIPTIONS: [&str; 17] = [
    "all-of-items-later",
    "all-of-untyped",
    "bundled-by-url",
    "draft-4-integers",
    "dynamic-ref",
    // Its own `Root` is what the code below calls the reply.
    "names-of-types",
    "names-of-variants",
    "one-of-values",
    "open-within-rules",
    "property-false",
    "recursive-ref",
    "ref-components",
    "ref-to-a-property",
    "rules-beside-alternatives",
    "type-beside-ref-of-draft-7",
    "type-missing",
    "values-of-other-types",
];

/// The cases that are one JSON Schema document each.
fn documents() -> Vec<(&'static str, Value)> {
    let document = |case: &'static str| {
        if NO_DESCRIPTIONS.contains(&case) {
            return None;
        }
        let text = fs::read_to_string(folder().join(format!("{case}.json"))).ok()?;
        Some((case, serde_json::from_str(&text).unwrap()))
    };
    let mut documents: Vec<_> = types().iter().filter_map(|(case, ..)| document(case)).collect();
    documents.dedup();
    documents
}

/// A schema's code in another place, with the values that it allows.
fn case(name: &str, direction: &str, schema: &Value) -> Case {
    let folder = scratch().join(format!("descriptions/{direction}/{name}"));
    fs::create_dir_all(&folder).unwrap();
    write(&folder.join("subject.json"), &definitions(schema));
    write(&folder.join("get_it.json"), &endpoint(direction == "both"));
    let code = Builder::new(&folder).generate().unwrap_or_else(|error| panic!("{name}: {error}"));
    let code = format!("{code}\npub type Root = Reply;\n");
    let valid = instances(name).into_iter().filter(|instance| instance.valid);
    let instances = valid.map(|instance| in_reply(instance.value.get())).collect();
    Case { name: format!("{name}, {direction}"), code, instances }
}

/// The property of the reply that the document describes.
fn in_reply(value: &str) -> String {
    format!("{{\"subject\":{}}}", value.replace('\n', " "))
}

fn write(file: &Path, value: &Value) {
    fs::write(file, value.to_string()).unwrap();
}

/// The document as a definition, its `$ref`s pointing to where things are then.
fn definitions(schema: &Value) -> Value {
    let mut schema = schema.clone();
    rebase(&mut schema);
    if let Value::Object(keywords) = &mut schema {
        keywords.remove("$schema");
    }
    json!({ "$defs": { "Subject": schema } })
}

fn rebase(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(rebase),
        Value::Object(keywords) => {
            if let Some(Value::String(target)) = keywords.get_mut("$ref")
                && let Some(pointer) = target.strip_prefix('#')
                && (pointer.is_empty() || pointer.starts_with('/'))
            {
                *target = format!("#/$defs/Subject{pointer}");
            }
            keywords.values_mut().for_each(rebase);
        }
        _ => {}
    }
}

fn endpoint(is_sent: bool) -> Value {
    let subject = json!({ "$ref": "subject.json#/$defs/Subject" });
    let properties = if is_sent { json!({ "subject": subject }) } else { json!({}) };
    json!({
        "operationId": "getIt",
        "summary": "Reads it.",
        "method": "POST",
        "path": "/it",
        "request": { "type": "object", "properties": properties, "additionalProperties": false },
        "response": {
            "type": "object",
            "properties": {
                "errcode": { "type": "integer" },
                "errmsg": { "type": "string" },
                "data": {
                    "type": "object",
                    "rustName": "Reply",
                    "properties": { "subject": subject },
                    "required": ["subject"],
                },
            },
        },
        "envelope": { "code": "/errcode", "message": "/errmsg", "payload": "/data" },
    })
}

fn complaints(case: &Case, outcome: &Outcome) -> Vec<String> {
    let name = &case.name;
    let verdicts = match outcome {
        Outcome::NotCompiled(error) => return vec![format!("{name}: {error}")],
        Outcome::Verdicts(verdicts) => verdicts,
    };
    let refused = case.instances.iter().zip(verdicts).filter_map(|(instance, verdict)| {
        let is_read = matches!(verdict, Verdict::Accepted(_));
        (!is_read).then(|| format!("{name}: {instance} is valid, and {verdict:?}"))
    });
    refused.collect()
}
