//! No breaking edit passes as compatible.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use jsonschema::Validator;
use serde_json::{Value, json};
use wechat_bizwifi_codegen::{Builder, Diff, Verdict};
use wechat_bizwifi_tests::compiled::{self, Case, Outcome};

use crate::dependent::dependent;
use crate::edits::{Described, Edited, edits, shipped};
use crate::instances::instances;

/// How many edits of one description are tried at most.
const EDITS: usize = 150;

/// An edit that generates, and what `diff` says of it.
struct Compared<'d> {
    before: &'d Described,
    edited: Edited,
    diff: Diff,
}

fn checked(all: &[Described]) -> Vec<Compared<'_>> {
    let mut checked = Vec::new();
    for before in all {
        let edits = edits(before);
        // Evenly from all of them: each takes two runs of the generator.
        let step = edits.len().div_ceil(EDITS).max(1);
        for edited in edits.into_iter().step_by(step) {
            // What does not generate is an error, and no diff.
            if let Ok(diff) = Diff::of_texts(before.files(), edited.after.files()) {
                checked.push(Compared { before, edited, diff });
            }
        }
    }
    checked
}

#[test]
fn verdicts_agree_with_a_validator_and_with_rustc() {
    let all = shipped();
    let checked = checked(&all);
    assert!(checked.len() >= 400, "{} edits generate", checked.len());
    let complaints: Vec<String> = checked.iter().filter_map(on_the_wire).collect();
    assert!(
        complaints.is_empty(),
        "{} of {}:\n{}",
        complaints.len(),
        checked.len(),
        complaints.join("\n")
    );
    let complaints = in_rust(&checked);
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// What is wrong with the verdict on the wire, by what a validator says of instances.
fn on_the_wire(checked: &Compared<'_>) -> Option<String> {
    let Compared { before, edited, diff } = checked;
    let after = &edited.after;
    let sent = relation(|_| "/request".to_owned(), before, after);
    let received = relation(payload, before, after);
    let complaint = |why: &str| Some(format!("{}: {why}\n{}", edited.name, diff.to_text()));
    if sent.is_narrower && diff.wire() != Verdict::Major {
        return complaint("a request that was valid is invalid, which is breaking");
    }
    if sent.is_wider && diff.wire() < Verdict::Minor {
        return complaint("a request that was invalid is valid, which is a change");
    }
    if (received.is_wider || received.is_narrower) && diff.changes().is_empty() {
        return complaint("a reply is valid in one alone, which is a change");
    }
    None
}

struct Relation {
    is_narrower: bool,
    is_wider: bool,
}

/// Where the payload is: what is around it is read by the runtime itself.
fn payload(described: &Described) -> String {
    match described.endpoint["envelope"]["payload"].as_str() {
        None => "/none".to_owned(),
        Some("") => "/response".to_owned(),
        Some(name) => format!("/response/properties{name}"),
    }
}

fn relation(pointer: fn(&Described) -> String, before: &Described, after: &Described) -> Relation {
    let part = |described: &Described| {
        described.endpoint.pointer(&pointer(described)).map(|part| described.inlined(part))
    };
    let [Some(old), Some(new)] = [before, after].map(part) else {
        return Relation { is_narrower: false, is_wider: false };
    };
    let same = Relation { is_narrower: false, is_wider: false };
    if old == new {
        return same;
    }
    let validators = [validator(&old), validator(&new)];
    instances([&old, &new]).iter().fold(same, |found, value| {
        let [was, is] = [validators[0].is_valid(value), validators[1].is_valid(value)];
        Relation {
            is_narrower: found.is_narrower || (was && !is),
            is_wider: found.is_wider || (!was && is),
        }
    })
}

fn validator(schema: &Value) -> Validator {
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
    options.should_validate_formats(false).build(&bare(schema)).unwrap()
}

/// Keywords of this project that a validator could take for others.
const OWN: [&str; 2] = ["namedValues", "propertyOrder"];

/// A schema without the keywords that are this project's own.
fn bare(schema: &Value) -> Value {
    match schema {
        Value::Object(object) if OWN.iter().any(|keyword| object.contains_key(*keyword)) => {
            let mut object = object.clone();
            object.retain(|keyword, _| !OWN.contains(&keyword.as_str()));
            bare(&object.into())
        }
        Value::Object(object) => {
            object.iter().map(|(name, value)| (name.clone(), bare(value))).collect()
        }
        Value::Array(items) => items.iter().map(bare).collect(),
        other => other.clone(),
    }
}

/// How many edits of one sort of code rustc is shown.
const SAMPLE: usize = 25;

/// What is wrong with the verdict on code, by what rustc says of a program that uses all of the old.
fn in_rust(checked: &[Compared<'_>]) -> Vec<String> {
    // Code that is the same compiles the same.
    let mut compatible: BTreeMap<(String, String), &Compared<'_>> = BTreeMap::new();
    let mut breaking: BTreeMap<(String, String), &Compared<'_>> = BTreeMap::new();
    for checked in checked {
        let kept = checked.diff.code() < Verdict::Major;
        let sort: Vec<&str> = checked.diff.changes().iter().map(|change| change.what).collect();
        let key = (sort.join(","), if kept { checked.edited.name.clone() } else { String::new() });
        if kept { &mut compatible } else { &mut breaking }.entry(key).or_insert(checked);
    }
    let step = compatible.len().div_ceil(SAMPLE).max(1);
    let chosen: Vec<&Compared<'_>> =
        compatible.into_values().step_by(step).chain(breaking.into_values()).collect();
    let chosen: Vec<&Compared<'_>> = chosen.into_iter().take(2 * SAMPLE).collect();
    let cases: Vec<Case> = chosen.iter().map(|checked| case(checked)).collect();
    let scratch = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let outcomes = compiled::run(&scratch.join("diff"), scratch.parent().unwrap(), &cases);
    chosen
        .iter()
        .zip(&outcomes)
        .filter_map(|(checked, outcome)| complaint(checked, outcome))
        .collect()
}

fn complaint(checked: &Compared<'_>, outcome: &Outcome) -> Option<String> {
    let (name, text) = (&checked.edited.name, checked.diff.to_text());
    match (checked.diff.code() < Verdict::Major, outcome) {
        (true, Outcome::NotCompiled(said)) => {
            Some(format!("{name}: does not compile\n{text}\n{said}"))
        }
        // The generated crates have the feature `pattern`, which others may not have.
        (false, Outcome::Verdicts(_)) if !name.contains(" pattern is ") => {
            Some(format!("{name}: compiles all the same\n{text}"))
        }
        _ => None,
    }
}

/// The new code, and what uses every item of the old.
fn case(checked: &Compared<'_>) -> Case {
    let [old, new] = [checked.before, &checked.edited.after].map(code);
    let code = format!("{new}\npub type Root = serde_json::Value;\n{}", dependent(&old));
    Case { name: checked.edited.name.clone(), code, instances: vec![json!({}).to_string()] }
}

fn code(described: &Described) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("diff-descriptions");
    fs::create_dir_all(folder.join("area")).unwrap();
    for (path, text) in described.files() {
        fs::write(folder.join(path), text).unwrap();
    }
    Builder::new(folder).crate_name("api").generate().unwrap()
}
