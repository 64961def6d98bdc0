//! The suite by the rules that schemas are compiled to and by the evaluator alone: every main group
//! of every draft has all its verdicts; which of the optional ones have is in
//! `tests/conformance/rules.txt`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use wechat_bizwifi_codegen::{Draft, Validator};

use super::suite::{self, Group};
use super::{differs, here};

/// The suite's folders, their drafts, and how many main groups each has.
const DRAFTS: &[(&str, Draft, usize)] = &[
    ("draft4", Draft::Draft4, 159),
    ("draft6", Draft::Draft6, 231),
    ("draft7", Draft::Draft7, 254),
    ("draft2019-09", Draft::Draft201909, 361),
    ("draft2020-12", Draft::Draft202012, 368),
];

/// Where the suite has it that its remote schemas are.
pub(crate) const REMOTES: &str = "http://localhost:1234";

#[test]
fn every_main_group_has_its_verdicts_by_the_rules_and_the_evaluator() {
    let Some(suite) = suite::folder(Path::new(env!("CARGO_TARGET_TMPDIR"))) else { return };
    let mut page = "# The suite by the rules and the evaluator alone\n".to_owned();
    let mut complaints = Vec::new();
    for (folder, draft, count) in DRAFTS {
        let remotes = remotes(&suite.join("../remotes"), folder);
        let wrong = |group: &Group| wrong(group, *draft, &remotes);
        let groups = suite::groups(&suite, folder, &["*"]);
        assert_eq!(groups.len(), *count, "main groups of {folder}");
        complaints
            .extend(groups.iter().filter_map(|group| Some(format!("{folder} {}", wrong(group)?))));
        writeln!(page, "\n## {folder}\n{count} main groups of {count}").unwrap();
        for optional in ["optional", "optional/format"] {
            let groups = suite::groups(&suite, &format!("{folder}/{optional}"), &["*"]);
            let wrong: Vec<String> = groups.iter().filter_map(wrong).collect();
            let right = groups.len() - wrong.len();
            let which = if wrong.is_empty() { "" } else { "; not these" };
            writeln!(page, "\n{optional}: {right} groups of {}{which}", groups.len()).unwrap();
            for wrong in &wrong {
                writeln!(page, "- {}", first_line(wrong)).unwrap();
            }
        }
    }
    assert!(complaints.is_empty(), "{}\n{} in all", complaints.join("\n"), complaints.len());
    let difference = differs(&here("conformance/rules.txt"), &page);
    assert_eq!(difference, None);
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// What is wrong with a group, in words.
fn wrong(group: &Group, draft: Draft, remotes: &[(String, String)]) -> Option<String> {
    const URI: &str = "test:///group";
    let mut validator = Validator::new(draft);
    if group.asserts_formats {
        validator.assert_formats();
    }
    for (uri, text) in remotes {
        validator.add(uri, text);
    }
    validator.add(URI, group.schema.get());
    let values: Vec<&str> = group.tests.iter().map(|test| test.data.get()).collect();
    let name = format!("{}: {}", group.file, group.description);
    let found = match validator.validate(URI, &values) {
        Ok(found) => found,
        Err(failure) => return Some(format!("{name}: {failure}")),
    };
    let differ =
        group.tests.iter().zip(&found).filter(|(test, found)| test.valid != found.is_empty());
    let differ: Vec<String> =
        differ.map(|(test, found)| format!("\n    {} {found:?}", test.data.get())).collect();
    (!differ.is_empty()).then(|| format!("{name}: {} verdicts{}", differ.len(), differ.concat()))
}

/// The remote schemas that a draft's groups refer to, those of other drafts apart.
fn remotes(folder: &Path, draft: &str) -> Vec<(String, String)> {
    let mut left: Vec<PathBuf> = vec![folder.to_owned()];
    let mut remotes = Vec::new();
    while let Some(path) = left.pop() {
        let relative = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        let of_draft = relative.split('/').next().filter(|first| first.starts_with("draft"));
        // Drafts refer to each other in some optional groups.
        let is_known = |of: &str| of == draft || DRAFTS.iter().any(|(known, ..)| *known == of);
        if !of_draft.is_none_or(is_known) {
            continue;
        }
        if path.is_dir() {
            left.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            remotes.push((format!("{REMOTES}/{relative}"), fs::read_to_string(&path).unwrap()));
        }
    }
    remotes
}
