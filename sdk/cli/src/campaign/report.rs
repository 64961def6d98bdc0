//! What came of each row, as a file: CSV that a spreadsheet opens, or a page for a browser. Rows
//! are written as they come, so that a report of any length takes no memory.

use std::io::{self, Write};
use std::path::Path;

use super::outcome::{Outcome, Summary, Verdict};
use super::whole_file::WholeFile;
use crate::language::{self, say};
use crate::output::printable;

/// The columns of a report: their names in CSV, the same in every language, and their headings on a
/// page. The last three hold what a status tells.
const COLUMNS: [(&str, &str, &str); 10] = [
    ("line", "Line", "行"),
    ("record", "Row", "序号"),
    ("shop_id", "Store", "门店"),
    ("card_id", "Card", "卡券"),
    ("outcome", "Outcome", "结果"),
    ("code", "Code", "返回码"),
    ("reason", "Reason", "说明"),
    ("total_user", "Joined", "连接人数"),
    ("wxconnect_user", "By WeChat", "微信连接"),
    ("new_fans", "New fans", "新增粉丝"),
];
/// Which of them names the outcome.
const OUTCOME: usize = 4;

/// A row of a report.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// The line of the campaign's file.
    pub(crate) number: u64,
    /// The number of the row in that file.
    pub(crate) record: u64,
    /// The store as the row names it.
    pub(crate) shop: String,
    /// The card, if the row got as far as naming one.
    pub(crate) card: String,
    /// What came of it.
    pub(crate) outcome: Outcome,
}

impl Line {
    fn cells(&self) -> [String; COLUMNS.len()] {
        let number = |number: Option<i64>| number.map(|it| it.to_string()).unwrap_or_default();
        let Outcome { verdict, detail, code, guests, .. } = &self.outcome;
        [
            self.number.to_string(),
            self.record.to_string(),
            self.shop.clone(),
            self.card.clone(),
            verdict.name().to_owned(),
            number(*code),
            detail.clone(),
            number(guests.map(|guests| guests.total_user)),
            number(guests.map(|guests| guests.wxconnect_user)),
            number(guests.map(|guests| guests.new_fans)),
        ]
    }
}

/// A report that is being written. It appears under its name when it is whole.
pub(crate) struct Report {
    out: WholeFile,
    is_html: bool,
    has_guests: bool,
    /// Which file's rows it tells of, whose and when.
    about: String,
}

impl Report {
    /// Begins a report: a page if the name ends in `.html`, else CSV.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub(crate) fn begin(path: &Path, about: String) -> io::Result<Self> {
        let mut out = WholeFile::create(path)?;
        let is_html = path.extension().is_some_and(|extension| {
            ["html", "htm"].iter().any(|html| extension.eq_ignore_ascii_case(html))
        });
        let head = if is_html { html_head() } else { csv_head() };
        out.write_all(head.as_bytes())?;
        Ok(Self { out, is_html, has_guests: false, about })
    }

    /// Writes a row.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub(crate) fn write(&mut self, line: &Line) -> io::Result<()> {
        let cells = line.cells();
        self.has_guests |= line.outcome.guests.is_some();
        let row =
            if self.is_html { html_row(&cells, line.outcome.verdict) } else { csv_row(&cells) };
        self.out.write_all(row.as_bytes())
    }

    /// Ends the report: from now on it stands under its name.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub(crate) fn end(mut self, summary: &Summary) -> io::Result<()> {
        if self.is_html {
            if !self.has_guests {
                self.out.write_all(WITHOUT_GUESTS.as_bytes())?;
            }
            self.out.write_all(html_end(summary, &self.about).as_bytes())?;
        }
        self.out.end()
    }
}

/// With a byte order mark: without one, spreadsheets in China read UTF-8 as GBK.
fn csv_head() -> String {
    format!("\u{feff}{}\r\n", COLUMNS.map(|(name, ..)| name).join(","))
}

fn csv_row(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| csv_cell(&printable(cell))).collect();
    format!("{}\r\n", cells.join(","))
}

/// What a formula begins with. Where full-width characters are common, spreadsheets take these too.
const FORMULA: [char; 9] = ['=', '+', '-', '@', '\t', '＝', '＋', '－', '＠'];

/// A cell in quotes where it needs them. One that a spreadsheet would take for a formula gets an
/// apostrophe in front.
fn csv_cell(cell: &str) -> String {
    let is_formula = cell.starts_with(FORMULA) && cell.parse::<i64>().is_err();
    let cell = if is_formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains(['"', ',', ';', '\'', ' ']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

/// The headings of the page.
fn headings() -> [&'static str; COLUMNS.len()] {
    COLUMNS.map(|(_, english, chinese)| language::current().say(english, chinese))
}

fn html_row(cells: &[String], verdict: Verdict) -> String {
    let class = if verdict.is_good() { verdict.name() } else { "bad" };
    let cells = cells.iter().zip(headings()).enumerate().map(|(index, (cell, heading))| {
        let text = if index == OUTCOME { verdict.shown() } else { cell };
        let text = escaped(text);
        // A cell without text takes no room on a phone.
        if text.is_empty() {
            "<td></td>".to_owned()
        } else {
            format!("<td data-name=\"{heading}\">{text}</td>")
        }
    });
    let cells: String = cells.collect();
    format!("<tr class=\"{class}\">{cells}</tr>\n")
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in printable(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            character => escaped.push(character),
        }
    }
    escaped
}

/// On a phone each row is a card of its own: ten columns do not fit.
const STYLE: &str = "
body { font: 15px/1.5 system-ui, 'Noto Sans CJK SC', sans-serif; margin: 2rem auto; max-width: 72rem;
  padding: 0 1rem; display: flex; flex-direction: column; color: #1b1f24; background: #fff; }
#summary { order: -1; margin-bottom: 2rem; } #summary h1 { margin: 0; }
#chart { display: grid; grid-template-columns: max-content 1fr max-content; gap: .4rem .8rem;
  align-items: center; max-width: 40rem; }
#chart i { display: block; height: 1.1rem; background: #2f6feb; border-radius: 2px; min-width: 3px; }
#chart i.bad { background: #b42318; }
#summary label { display: block; margin-top: 1rem; } .about { color: #59636e; overflow-wrap: anywhere; }
body:has(#wrong:checked) tbody tr:not(.bad) { display: none; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .25rem .6rem; vertical-align: top; }
th { white-space: nowrap; } td { border-top: 1px solid #d8dee4; overflow-wrap: anywhere; }
td:nth-child(-n+4) { overflow-wrap: normal; }
td:nth-child(5) { white-space: nowrap; font-weight: 600; color: #1a7f37; }
.bad td:nth-child(5) { color: #b42318; }
@media (max-width: 50rem) {
  thead { display: none; } table, tbody, tr, td { display: block; }
  tr { border-top: 1px solid #d8dee4; padding: .5rem 0; } td { border: 0; padding: 0; }
  td:empty { display: none; } td::before { content: attr(data-name) ' '; color: #59636e;
    font-weight: 400; }
}
";

/// Columns that no row has anything in take no room.
const WITHOUT_GUESTS: &str =
    "<style>th:nth-child(n+8), td:nth-child(n+8) { display: none; }</style>\n";

fn html_head() -> String {
    let lang = language::current().say("en", "zh-CN");
    let title = say!("Campaign", "投放结果");
    let headings = headings().map(|heading| format!("<th>{heading}</th>")).concat();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\">\n<meta \
         name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title>\n\
         <style>{STYLE}</style></head><body><table>\n<thead><tr>{headings}</tr></thead>\n<tbody>\n"
    )
}

/// The summary with its chart stands at the end of the file, and at the top of the page.
fn html_end(summary: &Summary, about: &str) -> String {
    let (title, total) = (say!("Campaign", "投放结果"), summary.total());
    let good = total - summary.bad();
    let largest = summary.counts().map(|(_, count)| count).max().unwrap_or(1).max(1);
    let bars = summary.counts().map(|(verdict, count)| {
        let (name, width) = (verdict.shown(), count * 100 / largest);
        let class = if verdict.is_good() { "" } else { " class=\"bad\"" };
        format!("<span>{name}</span><i{class} style=\"width: {width}%\"></i><span>{count}</span>\n")
    });
    let bars: String = bars.collect();
    let text =
        say!("{good} of {total} rows are as wanted.", "共 {total} 行，其中 {good} 行符合预期。");
    let (about, only) = (escaped(about), only_wrong(summary));
    format!(
        "</tbody></table>\n<section id=\"summary\"><h1>{title}</h1><p class=\"about\">{about}</p>\
         <p>{text}</p>\n<div id=\"chart\">\n{bars}</div>{only}</section></body></html>\n"
    )
}

/// Hides the rows that nobody needs to look at, where there are others.
fn only_wrong(summary: &Summary) -> String {
    if summary.bad() == 0 || summary.bad() == summary.total() {
        return String::new();
    }
    let text = say!("Only rows that are not as wanted", "仅显示不符合预期的行");
    format!("<label><input type=\"checkbox\" id=\"wrong\"> {text}</label>")
}

#[cfg(test)]
mod tests {
    use super::super::outcome::Guests;
    use super::*;

    fn written(name: &str, reason: &str) -> String {
        let outcome = Outcome { code: Some(9_008_001), ..Outcome::new(Verdict::Refused, reason) };
        written_of(name, outcome)
    }

    fn written_of(name: &str, outcome: Outcome) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        let mut report = Report::begin(&path, "a.csv".to_owned()).unwrap();
        let (shop, card) = ("-1".to_owned(), "p1".to_owned());
        let line = Line { number: 2, record: 1, shop, card, outcome };
        report.write(&line).unwrap();
        let mut summary = Summary::default();
        summary.add(line.outcome.verdict);
        report.end(&summary).unwrap();
        std::fs::read_to_string(path).unwrap()
    }

    #[test]
    fn a_spreadsheet_takes_no_cell_for_a_formula() {
        let report = written("a.csv", "=cmd(\"x\")\u{1b}[2J");
        let (head, row) = report.split_once("\r\n").unwrap();
        assert!(head.starts_with("\u{feff}line,record,shop_id,card_id,outcome,code,reason,"));
        assert_eq!(row, "2,1,-1,p1,refused,9008001,\"'=cmd(\"\"x\"\") [2J\",,,\r\n");
        for formula in ["+a", "-a", "@a", "＝a", "＋a", "－a", "＠a"] {
            assert!(written("a.csv", formula).contains(&format!("\"'{formula}\"")), "{formula}");
        }
    }

    #[test]
    fn a_page_shows_text_as_text() {
        assert_eq!(escaped("<b a=\"'&amp;\u{7}\">"), "&lt;b a=&quot;'&amp;amp; &quot;&gt;");
        let page = written("a.HTML", "</script><b>");
        assert!(page.contains(">&lt;/script&gt;&lt;b&gt;</td>"), "{page}");
        assert!(page.contains("0 of 1 rows are as wanted."), "{page}");
        assert!(page.contains(">a.csv</p>"), "{page}");
        assert!(!page.contains("checkbox"), "there is nothing to leave out: {page}");
        let head = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<meta \
                    name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
                    <title>Campaign</title>\n<style>";
        assert!(page.starts_with(head), "{page}");
        assert!(written("a.htm", "").starts_with(head) && !written("html", "").contains('<'));
        assert!(!page.contains("http"), "a page needs no network");
    }

    #[test]
    fn the_columns_of_statistics_are_shown_where_there_are_some() {
        let guests = Guests { total_user: 4, wxconnect_user: 12, new_fans: 1 };
        let counted = Outcome { guests: Some(guests), ..Outcome::new(Verdict::InEffect, "") };
        for (name, row) in [("a.csv", "in-effect,,,4,12,1\r\n"), ("a.html", ">12</td>")] {
            let with = written_of(name, counted.clone());
            assert!(with.contains(row) && !with.contains(WITHOUT_GUESTS), "{with}");
        }
        assert!(written("a.html", "").contains(WITHOUT_GUESTS));
    }
}
