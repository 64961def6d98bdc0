//! The table of keywords in the project's README, made from what the suite has shown.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::table::Row;
use crate::trial::{Outcome, Reason};

pub(crate) const BEGIN: &str = "<!-- begin: made by tests/tests/conformance -->\n";
pub(crate) const END: &str = "<!-- end -->\n";

/// The suite's files that are not called as the keyword that they are about.
const KEYWORDS: &[(&str, &str)] = &[
    ("anchor", "`$anchor`"),
    ("boolean_schema", "`true` and `false` as schemas"),
    ("content", "`contentEncoding`, `contentMediaType`, `contentSchema`"),
    ("defs", "`$defs`"),
    ("dynamicRef", "`$dynamicRef`"),
    ("if-then-else", "`if`, `then`, `else`"),
    ("infinite-loop-detection", ""),
    ("ref", "`$ref`"),
    ("refRemote", "`$ref` to elsewhere"),
    ("unknownKeyword", "words that are no keywords"),
    ("vocabulary", "`$vocabulary`"),
];

/// The table, a line for each of the suite's files.
pub(crate) fn table(rows: &[Row<'_>], formats: &[Row<'_>]) -> String {
    let mut text =
        "| keyword | groups of the suite kept | refused otherwise, for example because |\n\
                    |---|---|---|\n"
            .to_owned();
    push(&mut text, rows, keyword);
    push(&mut text, formats, |file| format!("`format`: `{file}`"));
    text
}

fn push(text: &mut String, rows: &[Row<'_>], name: impl Fn(&str) -> String) {
    let mut files: BTreeMap<&str, Vec<&Outcome>> = BTreeMap::new();
    for row in rows {
        files.entry(&row.group.file).or_default().push(row.typed.1);
    }
    for (file, outcomes) in files {
        let name = name(file);
        if !name.is_empty() {
            let kept = outcomes.iter().filter(|outcome| ***outcome == Outcome::Right).count();
            let reason = most_frequent(&outcomes).replace('|', "\\|");
            let _ = writeln!(text, "| {name} | {kept} of {} | {reason} |", outcomes.len());
        }
    }
}

fn keyword(file: &str) -> String {
    let named = KEYWORDS.iter().find(|(name, _)| *name == file);
    named.map_or_else(|| format!("`{file}`"), |(_, keyword)| (*keyword).to_owned())
}

/// The reason that is given most often; the first of those.
fn most_frequent(outcomes: &[&Outcome]) -> String {
    let reasons: Vec<String> = outcomes.iter().filter_map(|outcome| reason(outcome)).collect();
    let count = |reason: &String| reasons.iter().filter(|other| *other == reason).count();
    let mut best: Option<(&String, usize)> = None;
    for reason in &reasons {
        if best.is_none_or(|(_, most)| count(reason) > most) {
            best = Some((reason, count(reason)));
        }
    }
    best.map(|(reason, _)| reason.clone()).unwrap_or_default()
}

fn reason(outcome: &Outcome) -> Option<String> {
    let Outcome::Refused(Reason { pointer, message, cure }) = outcome else { return None };
    let word = pointer.rsplit('/').next().unwrap_or_default();
    let subject = if word.is_empty() { String::new() } else { format!("`{word}` ") };
    let cure = cure.as_ref().map_or_else(String::new, |cure| format!("; {cure}"));
    Some(format!("{subject}{message}{cure}"))
}

/// The README with this table between its marks; `None` if it has no marks.
pub(crate) fn with_table(readme: &str, table: &str) -> Option<String> {
    let (before, rest) = readme.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}{table}{END}{after}"))
}
