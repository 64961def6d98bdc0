//! The page of keywords, `codegen/KEYWORDS.md`, and the README's line about it, made from what the
//! suite has shown.

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

/// What stands above the table.
const HEAD: &str = "\
# Keywords

Every keyword is enforced by the generated code, when a value is built and when it is read, or the
generator refuses the schema and says where and why. The table counts the groups of the official
JSON-Schema-Test-Suite, draft 2020-12, with types written in, for which generated code gives every
verdict that the suite gives; for no group does it give another. The keywords that only descriptions
have, such as `paging`, are listed in [schema/README.md](../schema/README.md).

One keyword is the format's own: `propertyOrder` says which of an object's properties come before
which, such as `[[\"start_time\", \"<=\", \"end_time\"]]`, or `<` where they may not be equal. Numbers
have an order, and dates and times in strings. It holds where both properties are there.

The test `conformance` makes this page; do not edit it by hand.

| keyword | groups of the suite kept | refused otherwise, for example because |
|---|---|---|
";

/// The page, a line for each of the suite's files.
pub(crate) fn page(rows: &[Row<'_>], formats: &[Row<'_>]) -> String {
    let mut text = HEAD.to_owned();
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
    let Outcome::Refused(Reason { pointer, message, help }) = outcome else { return None };
    let word = pointer.rsplit('/').next().unwrap_or_default();
    let subject = if word.is_empty() { String::new() } else { format!("`{word}` ") };
    let help = help.as_ref().map_or_else(String::new, |help| format!("; {help}"));
    Some(format!("{subject}{message}{help}"))
}

/// What the README says of the suite.
pub(crate) fn line(rows: &[Row<'_>]) -> String {
    let (kept, all) =
        (rows.iter().filter(|row| *row.typed.1 == Outcome::Right).count(), rows.len());
    format!(
        "Of the {all} groups of the official JSON-Schema-Test-Suite, draft 2020-12, it gives every\n\
         verdict of {kept}, and no wrong one: [keyword by keyword](codegen/KEYWORDS.md).\n"
    )
}

/// The README with this line between its marks; `None` if it has no marks.
pub(crate) fn with_line(readme: &str, line: &str) -> Option<String> {
    let (before, rest) = readme.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}{line}{END}{after}"))
}
