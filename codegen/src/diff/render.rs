//! Writes the changes as text, as JSON and as Markdown.
//!
//! ```text
//! major  SetCouponPlacement.card_describe (sent): `maxLength`: 18 -> 10
//!          wire: narrower: a request that was valid may be refused
//!          old: schema/couponput/set.json:29:24 /request/properties/card_describe
//!          new: schema/couponput/set.json:29:24 /request/properties/card_describe
//! ```

use std::fmt::Write as _;

use serde::{Serialize, Serializer};

use super::{Change, Diff, Direction, Verdict};
use crate::diagnostics::Place;

/// The changes for people.
pub(super) fn text(diff: &Diff) -> String {
    let mut text = String::new();
    for change in diff.changes() {
        push(&mut text, &format!("{:<6} {}", change.verdict().name(), headline(change)));
        for (name, effect) in [("code", &change.code), ("wire", &change.wire)] {
            for note in &effect.notes {
                push(&mut text, &format!("         {name}: {note}"));
            }
        }
        for (name, place) in [("old", &change.before), ("new", &change.after)] {
            if let Some(place) = place {
                let line = format!("         {name}: {} {}", place.position(), place.pointer);
                push(&mut text, line.trim_end());
            }
        }
    }
    if !text.is_empty() {
        text.push('\n');
    }
    push(&mut text, &summary(diff));
    text
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn headline(change: &Change) -> String {
    let direction = match change.direction {
        Some(Direction::Sent) => " (sent)",
        Some(Direction::Received) => " (received)",
        None => "",
    };
    format!("{}{direction}: {}", change.subject, change.message)
}

/// The last line: the verdict, and what it means for the next version.
fn summary(diff: &Diff) -> String {
    let (code, wire) = (diff.code().name(), diff.wire().name());
    let next = match diff.verdict() {
        Verdict::None => "nothing changes",
        Verdict::Patch => "the next version is x.y.z+1",
        Verdict::Minor => "the next version is x.y+1.0, below 1.0 it is 0.x.z+1",
        Verdict::Major => "the next version is x+1.0.0, below 1.0 it is 0.x+1.0",
    };
    format!("{}: {next} (Rust code: {code}, wire: {wire})", diff.verdict().name())
}

/// The changes for a changelog.
pub(super) fn markdown(diff: &Diff) -> String {
    let groups = [
        (Verdict::Major, "Breaking changes"),
        (Verdict::Minor, "Added"),
        (Verdict::Patch, "Changed in documentation alone"),
    ];
    let mut text = String::new();
    for (verdict, heading) in groups {
        let mut changes =
            diff.changes().iter().filter(|change| change.verdict() == verdict).peekable();
        if changes.peek().is_none() {
            continue;
        }
        let _ = write!(text, "### {heading}\n\n");
        changes.for_each(|change| push(&mut text, &item(change)));
        text.push('\n');
    }
    if text.is_empty() {
        text.push_str("No changes.\n");
    }
    format!("{}\n", text.trim_end())
}

/// A change as an item of a list.
fn item(change: &Change) -> String {
    let direction = match change.direction {
        Some(Direction::Sent) => ", sent",
        Some(Direction::Received) => ", received",
        None => "",
    };
    let notes = change.code.notes.iter().chain(&change.wire.notes);
    let notes: Vec<&str> =
        notes.map(String::as_str).filter(|note| *note != change.message).collect();
    let mut line = format!("- `{}`{direction}: {}", change.subject, change.message);
    if !notes.is_empty() {
        let _ = write!(line, " ({})", notes.join("; "));
    }
    line
}

/// The changes as one JSON object.
pub(super) fn json(diff: &Diff) -> String {
    let shown = Shown {
        verdict: diff.verdict(),
        code: diff.code(),
        wire: diff.wire(),
        changes: diff
            .changes()
            .iter()
            .map(|change| ShownChange { verdict: change.verdict(), change })
            .collect(),
    };
    // Strings, numbers and lists of them can always be written.
    let text = serde_json::to_string_pretty(&shown).unwrap_or_default();
    format!("{text}\n")
}

#[derive(Debug, Serialize)]
struct Shown<'d> {
    verdict: Verdict,
    code: Verdict,
    wire: Verdict,
    changes: Vec<ShownChange<'d>>,
}

#[derive(Debug, Serialize)]
struct ShownChange<'d> {
    verdict: Verdict,
    #[serde(flatten)]
    change: &'d Change,
}

/// A place in JSON.
#[expect(clippy::ref_option, reason = "serde calls it with a reference to an option")]
pub(super) fn place<S: Serializer>(
    place: &Option<Place>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Shown<'p> {
        file: &'p str,
        line: usize,
        column: usize,
        pointer: &'p str,
    }
    let place = place.as_ref().map(|place| {
        let (line, column) = place.line_and_column();
        Shown { file: &place.file.path, line, column, pointer: &place.pointer }
    });
    place.serialize(serializer)
}
