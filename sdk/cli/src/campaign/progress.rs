//! How far a run has come: a bar where there is a terminal, a line every few seconds elsewhere.

use std::io::{self, IsTerminal as _};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::outcome::{Summary, Verdict};
use super::report::Line;
use crate::language::say;
use crate::output::{note, printable};

/// How often a line is written where there is no terminal.
const EVERY: Duration = Duration::from_secs(5);

/// What a person sees of a run. All of it goes to the standard error stream.
pub(crate) struct Progress {
    bar: ProgressBar,
    is_terminal: bool,
    start: Instant,
    last: Instant,
    total: u64,
    done: u64,
    /// How many of them took no call: they say nothing about how fast the others go.
    idle: u64,
    /// Whether what went wrong is said here, and not on the standard output.
    lists_failures: bool,
}

impl Progress {
    /// Begins to show a run of so many rows; and which of them went wrong, unless that is shown
    /// elsewhere.
    pub(crate) fn begin(total: u64, lists_failures: bool) -> Self {
        let is_dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
        let target =
            if is_dumb { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(Some(total), target);
        // Where there is no terminal, it hides itself.
        let is_terminal = !bar.is_hidden();
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {msg}") {
            bar.set_style(style.progress_chars("=> "));
        }
        let now = Instant::now();
        Self { bar, is_terminal, start: now, last: now, total, done: 0, idle: 0, lists_failures }
    }

    /// A row has ended.
    pub(crate) fn row(&mut self, line: &Line) {
        self.done += 1;
        self.idle += u64::from(line.outcome.is_idle);
        self.bar.inc(1);
        if self.is_terminal {
            self.bar.set_message(self.text());
        } else if self.last.elapsed() >= EVERY {
            self.last = Instant::now();
            self.say(&self.text());
        }
        let outcome = &line.outcome;
        let is_wrong = matches!(outcome.verdict, Verdict::Refused | Verdict::Failed);
        if is_wrong && self.lists_failures {
            let (number, record) = (line.number, line.record);
            let (shown, reason) = (outcome.verdict.shown(), &outcome.detail);
            let text = say!(
                "line {number} (row {record}): {shown}: {reason}",
                "第 {number} 行（第 {record} 条）：{shown}：{reason}"
            );
            self.say(&printable(&text));
        }
    }

    /// `120/500 rows, 300 a minute, 1 min 16 s left`
    fn text(&self) -> String {
        let (done, total) = (self.done, self.total);
        let worked = self.done - self.idle;
        let elapsed = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        if worked == 0 || elapsed < 1000 {
            return say!("{done}/{total} rows", "{done}/{total} 行");
        }
        let a_minute = worked.saturating_mul(60_000) / elapsed;
        let left = total.saturating_sub(done).saturating_mul(elapsed) / worked;
        let left = duration(left.div_ceil(1000));
        say!(
            "{done}/{total} rows, {a_minute}/min, {left} left",
            "{done}/{total} 行，{a_minute} 行/分，剩余 {left}"
        )
    }

    /// The run has ended. Where the counts follow on a terminal, they are not said there twice.
    pub(crate) fn end(&self, summary: &Summary, counts_follow: bool) {
        self.bar.finish_and_clear();
        if !(counts_follow && io::stderr().is_terminal()) {
            self.say(&summary.line());
        }
    }

    /// Writes a line.
    pub(crate) fn say(&self, text: &str) {
        self.above(|| note(text));
    }

    /// Writes something without tearing the bar.
    pub(crate) fn above<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }
}

/// `1 h 5 min`, `1 min 16 s`, `9 s`.
pub(crate) fn duration(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes) {
        (0, 0) => say!("{seconds} s", "{seconds} 秒"),
        (0, _) => say!("{minutes} min {seconds} s", "{minutes} 分 {seconds} 秒"),
        _ => say!("{hours} h {minutes} min", "{hours} 小时 {minutes} 分"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::outcome::Outcome;

    fn progress(done: u64, idle: u64) -> Progress {
        let start = Instant::now().checked_sub(Duration::from_millis(60_500)).unwrap();
        Progress { start, done, idle, ..Progress::begin(500, true) }
    }

    #[test]
    fn rows_that_were_placed_before_do_not_count_for_the_rate() {
        assert_eq!(progress(460, 400).text(), "460/500 rows, 59/min, 41 s left");
        assert_eq!(progress(400, 400).text(), "400/500 rows");
    }

    #[test]
    fn a_run_that_has_just_begun_has_no_rate() {
        let begun = Progress { done: 3, ..Progress::begin(500, true) };
        assert_eq!(begun.text(), "3/500 rows");
    }

    #[test]
    fn the_bar_is_full_when_all_rows_have_ended() {
        let outcome = Outcome::idle(Verdict::Left, "");
        let (shop, card) = (String::new(), String::new());
        let line = Line { number: 2, record: 1, shop, card, outcome };
        let mut progress = Progress::begin(2, true);
        for _ in 0..2 {
            progress.row(&line);
        }
        assert_eq!((progress.bar.position(), progress.bar.length()), (2, Some(2)));
    }

    #[test]
    fn a_row_is_counted_and_a_line_is_due_every_five_seconds() {
        let idle = Outcome::idle(Verdict::Left, "");
        for (waited, is_due, outcome, idle_rows) in
            [(4900, false, idle, 1), (5000, true, Outcome::new(Verdict::Left, ""), 0)]
        {
            let (shop, card) = (String::new(), String::new());
            let line = Line { number: 2, record: 1, shop, card, outcome };
            let last = Instant::now().checked_sub(Duration::from_millis(waited)).unwrap();
            let mut progress = Progress { last, is_terminal: false, ..progress(1, 0) };
            progress.row(&line);
            assert_eq!((progress.done, progress.idle), (2, idle_rows));
            assert_eq!(progress.last != last, is_due, "{waited}");
        }
    }

    #[test]
    fn a_time_is_said_in_two_units() {
        let said: Vec<String> = [0, 59, 60, 76, 3599, 3600, 3900, 90_000].map(duration).into();
        let expected = ["0 s", "59 s", "1 min 0 s", "1 min 16 s", "59 min 59 s"];
        assert_eq!(said[..5], expected);
        assert_eq!(said[5..], ["1 h 0 min", "1 h 5 min", "25 h 0 min"]);
    }
}
