//! How far a run has come: a bar where there is a terminal, a line every few seconds elsewhere.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::apply::Outcome;
use super::report::{Line, Summary};
use crate::language::Language;

/// How often a line is written where there is no terminal.
const EVERY: Duration = Duration::from_secs(5);

/// What a person sees of a run. All of it goes to the standard error stream.
pub(crate) struct Progress {
    bar: ProgressBar,
    is_terminal: bool,
    last: Instant,
    total: u64,
    language: Language,
}

impl Progress {
    /// Begins to show a run of so many rows.
    pub(crate) fn begin(total: u64, language: Language) -> Self {
        let is_terminal = io::stderr().is_terminal();
        let target =
            if is_terminal { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(total), target);
        let style = "{wide_bar} {pos}/{len} {per_sec} {eta}";
        bar.set_style(
            ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        Self { bar, is_terminal, last: Instant::now(), total, language }
    }

    /// A row has ended.
    pub(crate) fn row(&mut self, line: &Line, summary: &Summary) {
        self.bar.inc(1);
        if let Outcome::Refused(reason, _) | Outcome::Failed(reason) = &line.outcome {
            let (number, name) = (line.number, line.outcome.name());
            self.say(&format!("line {number}: {name}: {reason}"));
        }
        if !self.is_terminal && self.last.elapsed() >= EVERY {
            self.last = Instant::now();
            let (done, total) = (summary.total(), self.total);
            self.say(&format!("{done}/{total} {}", self.language.say("rows", "行")));
        }
    }

    /// The run has ended.
    pub(crate) fn end(&self, summary: &Summary) {
        self.bar.finish_and_clear();
        let counts: Vec<String> = summary
            .counts()
            .filter(|(_, count)| *count > 0)
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        self.say(&counts.join(", "));
    }

    /// A closed terminal is no reason to stop a run.
    fn say(&self, text: &str) {
        self.bar.suspend(|| drop(writeln!(io::stderr(), "{text}")));
    }
}
