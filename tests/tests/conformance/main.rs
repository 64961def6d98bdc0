//! The official JSON-Schema-Test-Suite, group by group: generated code gives every verdict that the
//! suite gives, or the generator refuses the schema and says why. What it does with each group is
//! in `tests/conformance/*.txt`; to accept a change there, run with `UPDATE_GOLDENS=1`.
//!
//! The suite comes from the Python package index at test time and is kept in the target directory.
#![expect(clippy::unwrap_used, reason = "only tests")]

mod keywords;
mod rules;
mod suite;
mod table;
mod tables;
mod trial;
mod typed;

use std::path::{Path, PathBuf};

use jsonschema::Draft;
use suite::Group;
use table::Row;
use trial::{Outcome, Trial};
use wechat_bizwifi_tests::differs;

/// A part of the suite: its golden file, its draft, its folder, its files.
const PARTS: &[(&str, Draft, &str, &[&str])] = &[
    ("draft7", Draft::Draft7, "draft7", &["*"]),
    ("draft2020-12", Draft::Draft202012, "draft2020-12", &["*"]),
    (
        "formats",
        Draft::Draft202012,
        "draft2020-12/optional/format",
        &["date", "date-time", "email", "hostname", "ipv4", "ipv6", "time", "uri", "uuid"],
    ),
    ("draft4", Draft::Draft4, "draft4", &["*"]),
    ("draft6", Draft::Draft6, "draft6", &["*"]),
    ("draft2019-09", Draft::Draft201909, "draft2019-09", &["*"]),
];

#[test]
fn every_group_is_enforced_or_refused() {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let Some(suite) = suite::folder(scratch) else { return };
    let groups: Vec<Vec<Group>> =
        PARTS.iter().map(|(_, _, folder, names)| suite::groups(&suite, folder, names)).collect();
    let trials: Vec<Trial> = PARTS.iter().zip(&groups).flat_map(trials).collect();
    let target = scratch.parent().unwrap();
    let remotes = suite.join("../remotes");
    let outcomes = trial::run((&trials, &remotes), &scratch.join("conformance"), target);

    let pairs: Vec<(&Trial, &Outcome)> = trials.iter().zip(&outcomes).collect();
    let mut complaints: Vec<String> = pairs.iter().filter_map(wrong).collect();
    complaints.extend(differences(&groups, &pairs));
    assert!(complaints.is_empty(), "{}\n{} in all", complaints.join("\n"), complaints.len());
}

/// Where the golden files, the page of keywords and the README say something else than what was found.
fn differences(groups: &[Vec<Group>], pairs: &[(&Trial, &Outcome)]) -> Vec<String> {
    let mut pairs = pairs.chunks(2);
    let parts: Vec<Vec<Row<'_>>> =
        groups.iter().map(|groups| groups.iter().zip(pairs.by_ref()).map(row).collect()).collect();
    let named = PARTS.iter().zip(&parts);
    let mut differences: Vec<String> = named
        .filter_map(|((name, ..), rows)| {
            let golden = here(&format!("conformance/{name}.txt"));
            differs(&golden, &table::table(name, rows))
        })
        .collect();
    let page = keywords::page(&parts[1], &parts[2]);
    differences.extend(differs(&here("../codegen/KEYWORDS.md"), &page));
    let file = here("../README.md");
    let readme = std::fs::read_to_string(&file).unwrap();
    match keywords::with_line(&readme, &keywords::line(&parts[1])) {
        Some(wanted) => differences.extend(differs(&file, &wanted)),
        None => differences.push("README.md has no marks around its line on the suite".to_owned()),
    }
    differences
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Each group in both forms.
fn trials(part: (&(&str, Draft, &str, &[&str]), &Vec<Group>)) -> Vec<Trial> {
    let ((_, draft, ..), groups) = part;
    let both = |group| [Trial::as_it_is(group, *draft), Trial::typed(group, *draft)];
    groups.iter().flat_map(both).collect()
}

fn row<'t>((group, pair): (&'t Group, &[(&'t Trial, &'t Outcome)])) -> Row<'t> {
    Row { group, as_it_is: pair[0], typed: pair[1] }
}

fn wrong((trial, outcome): &(&Trial, &Outcome)) -> Option<String> {
    match outcome {
        Outcome::Wrong(how) => Some(format!("{}\n    {}", trial.name, how.join("\n    "))),
        _ => None,
    }
}
