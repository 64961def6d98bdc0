//! What came of each row, on the standard output, as it comes: lines for people, or a line of JSON
//! each for programs.

use std::io::{self, Write};

use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::outcome::{Guests, Verdict};
use super::report::Line;
use crate::exit::Failure;
use crate::language::{self, Language};
use crate::output::{printable, printed};

/// A row as programs read it.
#[derive(Serialize)]
struct Row<'r> {
    line: u64,
    record: u64,
    shop_id: &'r str,
    card_id: &'r str,
    outcome: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<i64>,
    reason: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    statistics: Option<Guests>,
}

/// Which rows are shown, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Show {
    /// Every row, as JSON.
    Json,
    /// What a person wants to see: not those that are left as they are.
    Lines,
    /// None: what went wrong is said elsewhere.
    Nothing,
}

/// The standard output, as long as it can be written.
pub(crate) struct Rows {
    show: Show,
    written: io::Result<()>,
}

impl Rows {
    /// Shows these rows.
    pub(crate) fn new(show: Show) -> Self {
        let mut rows = Self { show, written: Ok(()) };
        if show == Show::Lines {
            let titles = match language::current() {
                Language::En => ["line", "store", "outcome", "details"],
                Language::Zh => ["行", "门店", "结果", "说明"],
            };
            rows.print(&columns(titles));
        }
        rows
    }

    /// Whether people read of every row here.
    pub(crate) fn shows_lines(&self) -> bool {
        self.show == Show::Lines && self.written.is_ok()
    }

    /// Whether no row is shown here.
    pub(crate) fn shows_nothing(&self) -> bool {
        self.show == Show::Nothing
    }

    /// Shows a row. A reader that has seen enough is no reason to stop a run.
    pub(crate) fn write(&mut self, line: &Line) {
        let text = match self.show {
            _ if self.written.is_err() => return,
            Show::Nothing => return,
            Show::Lines if line.outcome.verdict == Verdict::Leave => return,
            Show::Lines => shown(line),
            Show::Json => json(line),
        };
        self.print(&text);
    }

    fn print(&mut self, text: &str) {
        self.written = writeln!(io::stdout(), "{text}");
    }

    /// What came of it.
    ///
    /// # Errors
    ///
    /// When a row could not be shown, though somebody wants to see it.
    pub(crate) fn end(self) -> Result<(), Failure> {
        printed(self.written)
    }
}

fn json(line: &Line) -> String {
    let outcome = &line.outcome;
    let row = Row {
        line: line.number,
        record: line.record,
        shop_id: &line.shop,
        card_id: &line.card,
        outcome: outcome.verdict.name(),
        code: outcome.code,
        reason: &outcome.detail,
        statistics: outcome.guests,
    };
    serde_json::to_string(&row).unwrap_or_default()
}

/// `   2  429620      change        card_describe: 10元代金券 -> 20元代金券`
fn shown(line: &Line) -> String {
    let outcome = &line.outcome;
    let guests = outcome.guests.map(|Guests { total_user, wxconnect_user, new_fans }| {
        language::say!(
            "joined {total_user}, by WeChat {wxconnect_user}, new fans {new_fans}",
            "连接 {total_user}，微信连接 {wxconnect_user}，新增粉丝 {new_fans}"
        )
    });
    let details: Vec<&str> =
        [Some(outcome.detail.as_str()), guests.as_deref()].into_iter().flatten().collect();
    let details: Vec<&str> = details.into_iter().filter(|text| !text.is_empty()).collect();
    let (number, details) = (line.number.to_string(), details.join("; "));
    printable(&columns([&number, &line.shop, outcome.verdict.shown(), &details]))
}

fn columns([number, store, verdict, details]: [&str; 4]) -> String {
    let before = " ".repeat(6_usize.saturating_sub(number.width()));
    let (store, verdict) = (padded(store, 10), padded(verdict, 13));
    format!("{before}{number}  {store}  {verdict}  {details}").trim_end().to_owned()
}

/// Text that takes so many columns of a terminal: a Chinese character takes two.
fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(missing))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::outcome::Outcome;

    fn line(detail: &str) -> Line {
        let outcome = Outcome::new(Verdict::Change, detail);
        let (shop, card) = ("429620".to_owned(), "p1".to_owned());
        Line { number: 2, record: 1, shop, card, outcome }
    }

    #[test]
    fn a_row_is_a_line_of_json_or_a_line_to_read() {
        assert_eq!(
            json(&line("a")),
            r#"{"line":2,"record":1,"shop_id":"429620","card_id":"p1","outcome":"change","reason":"a"}"#
        );
        assert_eq!(shown(&line("a\u{1b}")), "     2  429620      change         a ");
    }

    #[test]
    fn columns_are_as_wide_as_they_look() {
        assert_eq!(padded("待更改", 8), "待更改  ");
        assert_eq!(padded("a very long one", 8), "a very long one");
    }

    #[test]
    fn what_could_not_be_written_is_not_forgotten_over_what_comes_after_it() {
        let mut rows = Rows { show: Show::Json, written: Err(io::Error::other("full")) };
        rows.write(&line("a"));
        assert!(rows.end().is_err());
    }
}
