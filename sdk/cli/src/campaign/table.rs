//! A CSV file as rows with the lines that they begin on.
//!
//! ```text
//! shop_id;card_id        separator `;`, taken from the header alone
//! 429620;pBnT…           Row { line: 2, record: 1, cells: ["429620", "pBnT…"] }
//! ;;                     passed over: all its cells are blank
//! ```

use std::cell::Cell;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::mem;
use std::path::Path;
use std::rc::Rc;
use std::time::SystemTime;

use csv::{ReaderBuilder, StringRecord, Terminator};

use super::encoding;
use crate::language::{self, counted, say};
use crate::output::printable;

/// What may stand between two cells.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// A row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// The line of the file on which it begins, counted from 1.
    pub(crate) line: u64,
    /// Its number among the rows that are not blank, counted from 1; the header is none.
    pub(crate) record: u64,
    /// A cell for each column that was asked for, in that order.
    pub(crate) cells: Vec<String>,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TableError {
    /// The line, where it is about one.
    pub(crate) line: Option<u64>,
    /// What is wrong, and what to do.
    pub(crate) message: String,
}

impl TableError {
    fn at(line: u64, message: impl Into<String>) -> Self {
        Self { line: Some(line), message: message.into() }
    }
}

impl fmt::Display for TableError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            out.write_str(&say!("line {line}: ", "第 {line} 行："))?;
        }
        out.write_str(&self.message)
    }
}

impl std::error::Error for TableError {}

impl From<io::Error> for TableError {
    fn from(error: io::Error) -> Self {
        Self { line: None, message: language::of_system(&error) }
    }
}

impl From<csv::Error> for TableError {
    fn from(error: csv::Error) -> Self {
        let line = error.position().map(csv::Position::line);
        let message = match error.kind() {
            csv::ErrorKind::Io(error) => language::of_system(error),
            _ => error.to_string(),
        };
        Self { line, message }
    }
}

/// A file that is being read, row by row.
pub(crate) struct Table {
    file: File,
    reader: csv::Reader<CountQuotes<Box<dyn Read>>>,
    quotes: Rc<Cell<u64>>,
    /// The record that is next: whether it is the last one has to be known.
    upcoming: Option<StringRecord>,
    /// The room of one that is over, to read the next into.
    spare: StringRecord,
    /// The encoding that the file was found to be in.
    pub(crate) encoding: &'static str,
    /// For each column that was asked for, which cell of a record it is.
    columns: Vec<usize>,
    width: usize,
    record: u64,
}

impl Table {
    /// Opens a file and finds these columns in its header. `separator` is taken from the header
    /// where none is given.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or its header lacks a column or has one twice.
    pub(crate) fn open(
        path: &Path,
        columns: &[&str],
        separator: Option<u8>,
    ) -> Result<Self, TableError> {
        let first = first_line(path)?;
        let stated = stated(&first);
        let separator = separator.or(stated).unwrap_or_else(|| guess_separator(&first, columns));
        let decoded = encoding::open(path)?;
        let quotes = Rc::new(Cell::new(0));
        let text: Box<dyn Read> = Box::new(decoded.text);
        let counted = CountQuotes { inner: text, quotes: quotes.clone() };
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            // With `\r\n` as one end of a line, the next row would count from the line before it.
            .terminator(Terminator::Any(b'\n'))
            .from_reader(counted);
        if stated.is_some() {
            next_record(&mut reader, StringRecord::new())?;
        }
        let header = next_record(&mut reader, StringRecord::new())?
            .ok_or_else(|| TableError { line: None, message: say!("is empty", "是空文件") })?;
        let names: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
        let upcoming = next_record(&mut reader, StringRecord::new())?;
        Ok(Self {
            reader,
            upcoming,
            spare: StringRecord::new(),
            quotes,
            file: decoded.file,
            encoding: decoded.encoding,
            columns: find_columns(&names, columns)?,
            width: names.len(),
            record: 0,
        })
    }

    /// Length and time of the file that is read, also where another one has taken its name.
    pub(crate) fn stamp(&self) -> Option<(u64, SystemTime)> {
        let facts = self.file.metadata().ok()?;
        Some((facts.len(), facts.modified().ok()?))
    }

    fn row(&mut self, record: &StringRecord) -> Result<Row, TableError> {
        self.record += 1;
        let line = line_of(record);
        if record.len() != self.width {
            let (found, width) = (record.len(), self.width);
            let record = self.record;
            let (cells, columns) =
                (counted(found as i128, "cell"), counted(width as i128, "column"));
            let message = say!(
                "record {record} has {cells}, the header has {columns}",
                "第 {record} 条记录有 {found} 个单元格，表头有 {width} 列"
            );
            return Err(TableError::at(line, message));
        }
        let cell = |index: &usize| {
            record.get(*index).unwrap_or_default().trim_end_matches('\r').to_owned()
        };
        Ok(Row { line, record: self.record, cells: self.columns.iter().map(cell).collect() })
    }
}

impl Iterator for Table {
    type Item = Result<Row, TableError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let record = self.upcoming.take()?;
            self.upcoming = match next_record(&mut self.reader, mem::take(&mut self.spare)) {
                Ok(upcoming) => upcoming,
                Err(error) => return Some(Err(error)),
            };
            // An open quotation mark takes in all that follows: its record is the last one.
            if self.upcoming.is_none() && self.quotes.get() % 2 == 1 {
                let message = say!("a quotation mark is opened and not closed", "引号没有闭合");
                return Some(Err(TableError::at(line_of(&record), message)));
            }
            let is_blank = record.iter().all(|cell| cell.trim().is_empty());
            let row = (!is_blank).then(|| self.row(&record));
            self.spare = record;
            if row.is_some() {
                return row;
            }
        }
    }
}

fn line_of(record: &StringRecord) -> u64 {
    record.position().map_or(0, csv::Position::line)
}

/// Reads the next record, into the room of one that is over.
fn next_record<R: Read>(
    reader: &mut csv::Reader<R>,
    mut record: StringRecord,
) -> Result<Option<StringRecord>, TableError> {
    Ok(reader.read_record(&mut record)?.then_some(record))
}

/// The file's first line, as far as it says what separates the columns.
fn first_line(path: &Path) -> Result<String, TableError> {
    let mut start = Vec::new();
    let decoded = encoding::open(path);
    let decoded =
        decoded.map_err(|error| TableError { line: None, message: language::of_input(&error) });
    decoded?.text.take(64 * 1024).read_to_end(&mut start)?;
    let text = String::from_utf8_lossy(&start);
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

/// The separator that a first line `sep=;` states, which Excel writes and reads.
fn stated(first: &str) -> Option<u8> {
    let stated = first.trim_end_matches('\r').strip_prefix("sep=")?.as_bytes();
    SEPARATORS.into_iter().find(|separator| stated == [*separator])
}

/// The separator by which the header has most of the columns that are asked for.
fn guess_separator(header: &str, columns: &[&str]) -> u8 {
    let found = |separator: &u8| {
        let cells = header.split(char::from(*separator));
        cells.filter(|cell| columns.contains(&cell.trim().trim_matches('"'))).count()
    };
    SEPARATORS.into_iter().rev().max_by_key(found).unwrap_or(b',')
}

fn find_columns(names: &[String], columns: &[&str]) -> Result<Vec<usize>, TableError> {
    for name in columns {
        let mut places = (1..).zip(names).filter(|(_, other)| other == name);
        if let (Some((first, _)), Some((second, _))) = (places.next(), places.next()) {
            let message = say!(
                "columns {first} and {second} are both called `{name}`",
                "第 {first} 列与第 {second} 列同名：`{name}`"
            );
            return Err(TableError::at(1, message));
        }
    }
    let missing: Vec<&str> = columns
        .iter()
        .filter(|column| !names.iter().any(|name| name == *column))
        .copied()
        .collect();
    if !missing.is_empty() {
        let (missing, names) = (missing.join("`, `"), printable(&names.join(", ")));
        let message = say!(
            "the header lacks `{missing}`; it has: {names}",
            "表头缺少 `{missing}`；现有：{names}"
        );
        return Err(TableError::at(1, message));
    }
    let place = |column: &&str| names.iter().position(|name| name == column);
    Ok(columns.iter().filter_map(place).collect())
}

/// Counts the quotation marks that pass through.
struct CountQuotes<R> {
    inner: R,
    quotes: Rc<Cell<u64>>,
}

impl<R: Read> Read for CountQuotes<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        let found = buffer[..length].split(|byte| *byte == b'"').count() - 1;
        self.quotes.set(self.quotes.get() + found as u64);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[&str] = &["shop_id", "card_id"];

    fn read(text: &str) -> Result<Vec<Row>, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let table = Table::open(file.path(), COLUMNS, None).map_err(|error| error.to_string())?;
        table.map(|row| row.map_err(|error| error.to_string())).collect()
    }

    fn row(line: u64, record: u64, cells: [&str; 2]) -> Row {
        Row { line, record, cells: cells.map(str::to_owned).to_vec() }
    }

    #[test]
    fn the_header_alone_decides_what_separates_cells() {
        let expected = Ok(vec![row(2, 1, ["1", "p,5"])]);
        assert_eq!(read("shop_id;card_id\n1;p,5\n"), expected);
        assert_eq!(read("shop_id\tcard_id\n1\tp,5\n"), expected);
        assert_eq!(read(" shop_id ; card_id \n1;p,5\n"), expected);
        assert_eq!(read("\"shop_id\",\"card_id\"\r\n1,\"p,5\"\r\n"), expected);
        // As many columns by each of them: the comma is what most files have.
        assert_eq!(
            read("shop_id,a;card_id\n").unwrap_err(),
            "line 1: the header lacks `card_id`; it has: shop_id, a;card_id"
        );
    }

    #[test]
    fn a_first_line_that_states_the_separator_is_no_header() {
        assert_eq!(
            read("sep=;\r\nshop_id;card_id\r\n1;p,5\r\n"),
            Ok(vec![row(3, 1, ["1", "p,5"])])
        );
    }

    #[test]
    fn columns_are_found_by_name_and_others_are_passed_over() {
        let unnamed = "shop_id,card_id,note,note,,\n1,p,x,y,,\n";
        assert_eq!(read(unnamed), Ok(vec![row(2, 1, ["1", "p"])]));
        let text = "note,card_id,shop_id\nx,p,1\n";
        assert_eq!(read(text), Ok(vec![row(2, 1, ["1", "p"])]));
    }

    #[test]
    fn rows_are_named_by_the_line_that_they_begin_on() {
        let text = "shop_id,card_id\n1,\"a\nb\"\n , \t, ,\n2,c\n";
        assert_eq!(read(text), Ok(vec![row(2, 1, ["1", "a\nb"]), row(5, 2, ["2", "c"])]));
    }

    #[test]
    fn a_short_row_is_refused_with_its_line() {
        let error = read("shop_id,card_id\n1,p\n2\n").unwrap_err();
        assert_eq!(error, "line 3: record 2 has 1 cell, the header has 2 columns");
    }

    #[test]
    fn an_open_quotation_mark_is_named_by_the_line_that_opens_it() {
        let error = read("shop_id,card_id\n1,p\n2,\"q\n3,r\n").unwrap_err();
        assert_eq!(error, "line 3: a quotation mark is opened and not closed");
    }

    #[test]
    fn a_column_that_is_missing_or_there_twice_is_refused() {
        assert_eq!(
            read("shop,card_id\n1,p\n").unwrap_err(),
            "line 1: the header lacks `shop_id`; it has: shop, card_id"
        );
        assert_eq!(
            read("shop_id,card_id,shop_id\n").unwrap_err(),
            "line 1: columns 1 and 3 are both called `shop_id`"
        );
        assert_eq!(read("").unwrap_err(), "is empty");
    }
}
