//! What is supported, what is refused, and why: as text for a golden file.

use std::fmt::Write as _;

use crate::suite::Group;
use crate::trial::{Outcome, Reason, Trial};

/// A group, with what became of it as it is and with types written in.
pub(crate) struct Row<'t> {
    pub(crate) group: &'t Group,
    pub(crate) as_it_is: (&'t Trial, &'t Outcome),
    pub(crate) typed: (&'t Trial, &'t Outcome),
}

/// The table of a part of the suite, counts on top.
pub(crate) fn table(title: &str, rows: &[Row<'_>]) -> String {
    let instances: usize = rows.iter().map(|row| row.group.tests.len()).sum();
    let mut text = format!("{title}: {} groups, {instances} instances\n\n", rows.len());
    push_counts(&mut text, "as it is", rows.iter().map(|row| row.as_it_is));
    push_counts(&mut text, "typed", rows.iter().map(|row| row.typed));
    let mut file = "";
    for row in rows {
        if file != row.group.file {
            file = &row.group.file;
            let _ = writeln!(text, "\n{file}");
        }
        push_row(&mut text, row);
    }
    text
}

fn push_counts<'t>(
    text: &mut String,
    form: &str,
    outcomes: impl Iterator<Item = (&'t Trial, &'t Outcome)>,
) {
    let (mut right, mut refused, mut wrong, mut checked, mut dropped) = (0, 0, 0, 0, 0);
    for (trial, outcome) in outcomes {
        match outcome {
            Outcome::Right => right += 1,
            Outcome::Refused(_) => refused += 1,
            Outcome::Wrong(_) => wrong += 1,
        }
        if !matches!(outcome, Outcome::Refused(_)) {
            checked += trial.checked();
            dropped += trial.dropped;
        }
    }
    let _ = writeln!(
        text,
        "{form:<9} {right:>4} fully right {refused:>4} refused {wrong:>2} wrong; \
         {checked} instances checked, {dropped} dropped",
    );
}

fn push_row(text: &mut String, row: &Row<'_>) {
    let _ = writeln!(text, "  {}", row.group.description);
    let (as_it_is, typed) = (describe(row.as_it_is.1), describe(row.typed.1));
    if as_it_is == typed {
        let _ = writeln!(text, "    {as_it_is}");
    } else {
        let _ = writeln!(text, "    as it is: {as_it_is}\n    typed:    {typed}");
    }
}

fn describe(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Right => "right".to_owned(),
        Outcome::Refused(reason) => format!("refused: {}", sentence(reason)),
        Outcome::Wrong(_) => "WRONG".to_owned(),
    }
}

fn sentence(reason: &Reason) -> String {
    let Reason { pointer, message, help } = reason;
    let place = if pointer.is_empty() { String::new() } else { format!("{pointer} ") };
    match help {
        Some(help) => format!("{place}{message}; {help}"),
        None => format!("{place}{message}"),
    }
}
