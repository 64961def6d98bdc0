//! What came of each row, as a file: CSV that a spreadsheet opens, or a page for a browser. Rows
//! are written as they come, so that a report of any length takes no memory.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::apply::Outcome;
use crate::output::printable;

/// The outcomes that a summary counts, in its order.
pub(crate) const OUTCOMES: [&str; 7] =
    ["placed", "changed", "left", "recovered", "refused", "failed", "not-tried"];

/// A row of a report.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Its number in the campaign's file.
    pub(crate) number: u64,
    /// The store, if the row got as far as naming one.
    pub(crate) shop: String,
    /// The card.
    pub(crate) card: String,
    /// What came of it.
    pub(crate) outcome: Outcome,
}

/// How many rows ended how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Summary([u64; OUTCOMES.len()]);

impl Summary {
    /// Counts a row.
    pub(crate) fn add(&mut self, outcome: &Outcome) {
        if let Some(index) = OUTCOMES.iter().position(|name| *name == outcome.name()) {
            self.0[index] += 1;
        }
    }

    /// Each outcome with its number.
    pub(crate) fn counts(&self) -> impl Iterator<Item = (&'static str, u64)> + '_ {
        OUTCOMES.into_iter().zip(self.0)
    }

    /// How many rows there are.
    pub(crate) fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// How many rows are not in effect.
    pub(crate) fn not_in_effect(&self) -> u64 {
        self.0[4..].iter().sum()
    }
}

/// A report that is being written. It appears under its name when it is whole.
pub(crate) struct Report {
    out: BufWriter<File>,
    path: PathBuf,
    temporary: PathBuf,
    is_html: bool,
}

impl Report {
    /// Begins a report: a page if the name ends in `.html`, else CSV.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub(crate) fn begin(path: &Path) -> io::Result<Self> {
        let mut temporary = path.as_os_str().to_owned();
        temporary.push(".part");
        let temporary = PathBuf::from(temporary);
        let mut out = BufWriter::new(File::create(&temporary)?);
        let is_html = path.extension().is_some_and(|extension| extension == "html");
        let head = if is_html { HTML_HEAD } else { CSV_HEAD };
        out.write_all(head.as_bytes())?;
        Ok(Self { out, path: path.to_owned(), temporary, is_html })
    }

    /// Writes a row.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub(crate) fn write(&mut self, line: &Line) -> io::Result<()> {
        let code = match &line.outcome {
            Outcome::Refused(_, Some(code)) => code.to_string(),
            _ => String::new(),
        };
        let number = line.number.to_string();
        let (name, reason) = (line.outcome.name(), line.outcome.reason());
        let cells = [&number, &line.shop, &line.card, name, &code, reason];
        let row = if self.is_html { html_row(cells) } else { csv_row(cells) };
        self.out.write_all(row.as_bytes())
    }

    /// Ends the report: from now on it stands under its name.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub(crate) fn end(mut self, summary: &Summary) -> io::Result<()> {
        if self.is_html {
            self.out.write_all(html_end(summary).as_bytes())?;
        }
        self.out.flush()?;
        self.out.get_ref().sync_all()?;
        std::fs::rename(&self.temporary, &self.path)
    }
}

/// With a byte order mark: without one, spreadsheets in China read UTF-8 as GBK.
const CSV_HEAD: &str = "\u{feff}line,shop_id,card_id,outcome,code,reason\r\n";

fn csv_row(cells: [&str; 6]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| csv_cell(&printable(cell))).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell in quotes where it needs them. One that a spreadsheet would take for a formula gets an
/// apostrophe in front.
fn csv_cell(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t']) && cell.parse::<i64>().is_err();
    let cell = if is_formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains(['"', ',', ';', '\'', ' ']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

fn html_row(cells: [&str; 6]) -> String {
    let outcome = cells[3];
    let cells = cells.map(|cell| format!("<td>{}</td>", escaped(cell))).concat();
    format!("<tr class=\"{outcome}\">{cells}</tr>\n")
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

const HTML_HEAD: &str = "<!DOCTYPE html>
<html lang=\"en\"><head><meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width\"><title>Campaign</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem;
  display: flex; flex-direction: column; color: #1b1f24; }
#summary { order: -1; margin-bottom: 2rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .2rem .6rem; }
td { border-top: 1px solid #d8dee4; overflow-wrap: anywhere; }
.refused td:nth-child(4), .failed td:nth-child(4) { color: #b42318; font-weight: 600; }
.placed td:nth-child(4), .changed td:nth-child(4) { color: #1a7f37; font-weight: 600; }
</style></head><body><table>
<thead><tr><th>Line</th><th>Store</th><th>Card</th><th>Outcome</th><th>Code</th><th>Reason</th></tr></thead>
<tbody>
";

/// The summary with its chart stands at the end of the file, and at the top of the page.
fn html_end(summary: &Summary) -> String {
    let total = summary.total().max(1);
    let bars = summary.counts().enumerate().map(|(index, (name, count))| {
        let (y, width) = (index * 26, count * 400 / total);
        let text = y + 15;
        format!(
            "<text x=\"0\" y=\"{text}\">{name}</text><rect x=\"100\" y=\"{y}\" width=\"{width}\" \
             height=\"20\" fill=\"#2f6feb\"/><text x=\"{}\" y=\"{text}\">{count}</text>\n",
            110 + width
        )
    });
    let bars: String = bars.collect();
    format!(
        "</tbody></table>\n<section id=\"summary\"><h1>Campaign</h1><p>{} of {} rows are in \
         effect.</p>\n<svg width=\"600\" height=\"190\" font-size=\"14\" role=\"img\">\n{bars}</svg>\
         </section></body></html>\n",
        summary.total() - summary.not_in_effect(),
        summary.total()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(name: &str, reason: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        let mut report = Report::begin(&path).unwrap();
        assert!(!path.exists(), "a report that is not whole has no name yet");
        let outcome = Outcome::Refused(reason.to_owned(), Some(9_008_001));
        let line = Line { number: 2, shop: "-1".to_owned(), card: "p1".to_owned(), outcome };
        report.write(&line).unwrap();
        let mut summary = Summary::default();
        summary.add(&line.outcome);
        report.end(&summary).unwrap();
        std::fs::read_to_string(path).unwrap()
    }

    #[test]
    fn a_spreadsheet_takes_no_cell_for_a_formula() {
        assert_eq!(
            written("a.csv", "=cmd(\"x\")\u{1b}[2J"),
            "\u{feff}line,shop_id,card_id,outcome,code,reason\r\n\
             2,-1,p1,refused,9008001,\"'=cmd(\"\"x\"\") [2J\"\r\n"
        );
    }

    #[test]
    fn a_page_shows_text_as_text() {
        let page = written("a.html", "</script><b>");
        assert!(page.contains("<td>&lt;/script&gt;&lt;b&gt;</td>"), "{page}");
        assert!(page.contains("0 of 1 rows are in effect."), "{page}");
    }
}
