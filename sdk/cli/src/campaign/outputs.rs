//! Where the rows of a run are shown: the standard output, a report, a plan.

use std::io::{self, IsTerminal as _};
use std::path::Path;

use wechat_bizwifi::Placement;

use super::outcome::Summary;
use super::progress::Progress;
use super::report::{Line, Report};
use super::rows::{Rows, Show};
use super::saved_plan::{PlanTarget, PlanWriter};
use crate::exit::{Exit, Failure};
use crate::language::{self, say};

/// How many rows with spaces around their cells are named.
const NAMED: u64 = 10;

/// All of them. One that cannot be written any more is given up, and the rows go on: what was
/// begun in the stores counts for more.
pub(crate) struct Outputs {
    rows: Rows,
    report: Option<Report>,
    plan: Option<PlanWriter>,
    failure: Option<String>,
    trimmed: u64,
    /// Whether rows are shown in the order of the file, and not as they end.
    pub(crate) keeps_order: bool,
}

impl Outputs {
    /// Begins the report, if one is wanted, before any call is made.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(crate) fn begin(
        show: Show,
        keeps_order: bool,
        report: Option<&Path>,
        about: String,
    ) -> Result<Self, Failure> {
        let begun =
            report.map(|path| Report::begin(path, about).map_err(|error| unwritable(path, &error)));
        let report = begun.transpose()?;
        let rows = Rows::new(show);
        Ok(Self { rows, report, plan: None, failure: None, trimmed: 0, keeps_order })
    }

    /// Begins a file with the plan.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(crate) fn save_plan(&mut self, path: &Path, made_for: PlanTarget) -> Result<(), Failure> {
        let begun = PlanWriter::begin(path, made_for);
        self.plan = Some(begun.map_err(|error| unwritable(path, &error))?);
        Ok(())
    }

    /// Whether people read of every row on the standard output.
    pub(crate) fn shows_lines(&self) -> bool {
        self.rows.shows_lines()
    }

    /// Whether people read of the counts alone, at the end, on a terminal.
    pub(crate) fn shows_counts_on_terminal(&self) -> bool {
        self.rows.shows_nothing() && io::stdout().is_terminal()
    }

    /// Tells of a row, and of what was seen in its store.
    pub(crate) fn row(&mut self, line: &Line, seen: Option<(i64, Option<Placement>)>) {
        self.rows.write(line);
        let reported = self.report.as_mut().map_or(Ok(()), |report| report.write(line));
        if !self.note(reported) {
            self.report = None;
        }
        let planned = match (&mut self.plan, seen) {
            (Some(plan), Some((store, placed))) => plan.row(store, placed.as_ref()),
            _ => Ok(()),
        };
        if !self.note(planned) {
            self.plan = None;
        }
    }

    /// Says of the first rows which spaces were taken off.
    pub(crate) fn trimmed(&mut self, progress: &Progress, line: &Line, columns: &[String]) {
        if columns.is_empty() {
            return;
        }
        self.trimmed += 1;
        let (number, columns) = (line.number, columns.join("`, `"));
        if self.trimmed <= NAMED {
            progress.say(&say!(
                "line {number}: spaces around `{columns}` were taken off",
                "第 {number} 行：已去除 `{columns}` 两端的空格"
            ));
        } else if self.trimmed == NAMED + 1 {
            progress.say(&say!("and of more rows", "更多行从略"));
        }
    }

    /// Ends the files: from now on they stand under their names.
    ///
    /// # Errors
    ///
    /// When one of them, or the standard output, could not be written.
    pub(crate) fn end(mut self, summary: &Summary) -> Result<(), Failure> {
        let ended = self.report.take().map_or(Ok(()), |report| report.end(summary));
        self.note(ended);
        let ended = self.plan.take().map_or(Ok(()), PlanWriter::end);
        self.note(ended);
        match self.failure {
            None => self.rows.end(),
            Some(message) => Err(Failure { exit: Exit::SomeFailed, message }),
        }
    }

    /// Whether it was written; if not, the end will say so.
    fn note(&mut self, written: io::Result<()>) -> bool {
        let Err(error) = written else { return true };
        let error = language::of_system(&error);
        self.failure = Some(say!(
            "the report or the plan could not be written: {error}",
            "无法写出报告或计划：{error}"
        ));
        false
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => say!(
            "its folder does not exist: create it, or name another",
            "所在文件夹不存在：请先创建，或另选一个"
        ),
        _ => language::of_system(error),
    };
    Failure::usage(format!("{}: {reason}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::super::outcome::{Outcome, Verdict};
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_cannot_be_written_is_given_up_and_the_end_says_so() {
        let full = Path::new("/dev/full");
        // What is long fails while rows are written, what is short at the end.
        for (is_report, length) in [(true, 10_000), (true, 1), (false, 10_000), (false, 1)] {
            let report = is_report.then_some(full);
            let mut outputs = Outputs::begin(Show::Nothing, false, report, String::new()).unwrap();
            if !is_report {
                let made_for = PlanTarget { file: "f".to_owned(), account: "wx1".to_owned() };
                outputs.save_plan(full, made_for).unwrap();
            }
            let text = "a".repeat(length);
            let placed = serde_json::json!({ "shop_id": 1, "card_status": 0, "card_id": text });
            let placed: Placement = serde_json::from_value(placed).unwrap();
            let (shop, card) = ("1".to_owned(), "p1".to_owned());
            let outcome = Outcome::new(Verdict::Change, text);
            let line = Line { number: 2, record: 1, shop, card, outcome };
            for _ in 0..2 {
                outputs.row(&line, Some((1, Some(placed.clone()))));
                assert_eq!(outputs.report.is_some(), is_report && length == 1);
                assert_eq!(outputs.plan.is_some(), !is_report && length == 1);
            }
            let failure = outputs.end(&Summary::default()).unwrap_err();
            assert_eq!(failure.exit, Exit::SomeFailed);
            assert!(failure.message.contains("No space left"), "{}", failure.message);
        }
    }
}
