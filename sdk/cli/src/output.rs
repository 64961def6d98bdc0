//! Replies for people and for programs.

use std::io::{self, Write};
use std::ops::RangeInclusive;

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{ContentArrangement, Table};
use jiff::Timestamp;
use jiff::tz::Offset;
use serde_json::Value;

use crate::exit::Failure;
use crate::language::{self, say};

/// What comes of printing data. A reader that has seen enough, such as `head`, is no failure.
///
/// # Errors
///
/// When the data could not be written.
pub(crate) fn printed(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let error = language::of_system(&error);
            Err(Failure::stopped(say!("the standard output: {error}", "标准输出：{error}")))
        }
        _ => Ok(()),
    }
}

/// Prints a reply to the standard output: as JSON, or as a table where it is one.
///
/// # Errors
///
/// When the output is closed.
pub(crate) fn print(reply: &Value, as_json: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if as_json {
        serde_json::to_writer_pretty(&mut out, reply)?;
        return writeln!(out);
    }
    match reply {
        Value::Null => writeln!(out, "ok"),
        Value::Array(rows) => writeln!(out, "{}", rows_text(rows, terminal_width())),
        Value::Object(object) => {
            // Rows within an object, such as a page of stores, are what a reader wants to see.
            let (rows, facts): (Vec<_>, Vec<_>) =
                object.iter().partition(|(_, value)| is_rows(value));
            let mut table = new_table();
            for (name, value) in facts {
                table.add_row([name.clone(), cell(value)]);
            }
            if !table.is_empty() {
                writeln!(out, "{table}")?;
            }
            for (_, rows) in rows {
                let rows = rows.as_array().map_or(&[][..], Vec::as_slice);
                writeln!(out, "{}", rows_text(rows, terminal_width()))?;
            }
            Ok(())
        }
        scalar => writeln!(out, "{}", cell(scalar)),
    }
}

/// A table that is as wide as the terminal at the most.
fn new_table() -> Table {
    let mut table = Table::new();
    table.load_preset(UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
    if let Some(width) = terminal_width() {
        table.set_width(width);
    }
    table
}

/// How wide the terminal is, if the standard output is one.
fn terminal_width() -> Option<u16> {
    console::Term::stdout().size_checked().map(|(_, columns)| columns)
}

/// A time as people read it: by China's clock, which is the service's.
pub(crate) fn time(seconds: i64) -> String {
    let time = Timestamp::from_second(seconds);
    time.map_or_else(|_| seconds.to_string(), |time| time.display_with_offset(CHINA).to_string())
}

/// What China's clocks are ahead of UTC.
pub(crate) const CHINA: Offset = jiff::tz::offset(8);

/// Names with numbers, as a table.
pub(crate) fn counts(counts: &[(&str, u64)]) -> String {
    let mut table = new_table();
    for (name, count) in counts {
        table.add_row([(*name).to_owned(), count.to_string()]);
    }
    table.to_string()
}

fn is_rows(value: &Value) -> bool {
    value.as_array().is_some_and(|items| items.first().is_some_and(Value::is_object))
}

/// The narrowest column that is easier to read than none.
const COLUMN: usize = 12;

/// Objects as rows of a table; one below the other where the terminal is too narrow for that.
fn rows_text(rows: &[Value], width: Option<u16>) -> String {
    let columns = columns(rows);
    let is_narrow = width.is_some_and(|width| columns.len() * COLUMN > usize::from(width));
    if is_narrow {
        let records = rows.iter().map(|row| record(row, &columns));
        return records.collect::<Vec<_>>().join("\n");
    }
    rows_table(rows, &columns).to_string()
}

/// A line for each property that the row has.
fn record(row: &Value, columns: &[&str]) -> String {
    let lines = columns.iter().map(|column| (column, cell(&row[*column])));
    let lines = lines.filter(|(_, text)| !text.is_empty());
    lines.map(|(column, text)| format!("{column}: {text}\n")).collect::<Vec<_>>().concat()
}

/// Each property that any of the rows has.
fn columns(rows: &[Value]) -> Vec<&str> {
    let mut columns: Vec<&str> = Vec::new();
    for name in rows.iter().filter_map(Value::as_object).flat_map(|row| row.keys()) {
        if !columns.contains(&name.as_str()) {
            columns.push(name);
        }
    }
    columns
}

fn rows_table(rows: &[Value], columns: &[&str]) -> Table {
    let mut table = new_table();
    if columns.is_empty() {
        for row in rows {
            table.add_row([cell(row)]);
        }
        return table;
    }
    table.set_header(columns);
    for row in rows {
        table.add_row(columns.iter().map(|column| cell(&row[*column])));
    }
    table
}

/// A value in one line, without what drives terminals.
fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            items.iter().map(cell).collect::<Vec<_>>().join(", ")
        }
        value => value.to_string(),
    };
    printable(&text)
}

/// Says something that is no data. A closed terminal is no reason to stop.
pub(crate) fn note(text: &str) {
    let _ = writeln!(io::stderr(), "{}", printable_lines(text));
}

/// Text without what drives terminals, or has it shown in another order or on another line.
pub(crate) fn printable(text: &str) -> String {
    let is_seen = |c: char| !c.is_control() && !MOVING.iter().any(|range| range.contains(&c));
    text.chars().map(|character| if is_seen(character) { character } else { ' ' }).collect()
}

/// Unicode's marks and separators that move the text around them.
const MOVING: [RangeInclusive<char>; 4] = [
    '\u{61c}'..='\u{61c}',
    '\u{200e}'..='\u{200f}',
    '\u{2028}'..='\u{202e}',
    '\u{2066}'..='\u{2069}',
];

/// The same for text of several lines.
fn printable_lines(text: &str) -> String {
    text.lines().map(printable).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[test]
    fn what_moves_text_around_is_not_printed_and_what_joins_letters_is() {
        let moving = "a\u{1b}\u{9b}\u{61c}\u{200f}\u{2028}\u{202e}\u{2066}\u{2069}b";
        assert_eq!(printable(moving), "a        b");
        for kept in ["👨\u{200d}👩", "\u{200c}店", "a\u{301}"] {
            assert_eq!(printable(kept), kept);
        }
    }

    #[test]
    fn every_line_of_a_table_is_as_wide_as_the_others_whatever_the_script() {
        let rows = [json!({"shop_name": "南山店", "shop_id": 1}), json!({"shop_name": "a"})];
        let table = rows_text(&rows, Some(80));
        let widths: Vec<usize> = table.lines().map(UnicodeWidthStr::width).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{table}");
    }

    #[test]
    fn a_terminal_that_is_too_narrow_for_the_columns_has_a_line_for_each() {
        let rows = [json!({"shop_name": "南山店", "shop_id": 1}), json!({"shop_name": "a"})];
        let expected = "shop_id: 1\nshop_name: 南山店\n\nshop_name: a\n";
        assert_eq!(rows_text(&rows, Some(20)), expected);
        assert_eq!(rows_text(&rows, Some(23)), expected);
        let table = rows_text(&rows, Some(24));
        assert!(table.starts_with('┌'), "{table}");
        assert_eq!(rows_text(&rows, None).lines().count(), table.lines().count());
    }

    /// What a table shows, row by row.
    fn shown(table: &str) -> Vec<Vec<&str>> {
        let rows = table.lines().filter(|line| line.starts_with('│'));
        rows.map(|row| row.trim_matches('│').split('┆').map(str::trim).collect()).collect()
    }

    #[test]
    fn a_table_has_the_names_of_all_properties_and_a_row_for_each_object() {
        let rows = [json!({"shop_name": "南山店", "shop_id": 1}), json!({"shop_name": "a"})];
        let expected = [["shop_id", "shop_name"], ["1", "南山店"], ["", "a"]];
        assert_eq!(shown(&rows_text(&rows, None)), expected);
    }

    #[test]
    fn objects_without_properties_have_a_row_each() {
        assert_eq!(shown(&rows_text(&[json!({}), json!({})], None)), [["{}"], ["{}"]]);
    }

    #[test]
    fn a_list_of_lists_or_objects_is_shown_as_json() {
        for list in [json!([[1, 2], 3]), json!([1, { "a": 2 }])] {
            assert_eq!(cell(&list), list.to_string());
        }
    }

    #[test]
    fn text_of_the_service_drives_no_terminal() {
        assert_eq!(cell(&json!("\u{1b}[2Ja\nb")), " [2Ja b");
        assert_eq!(cell(&json!(["a", 1])), "a, 1");
    }

    #[test]
    fn rows_are_a_list_of_objects_that_has_some() {
        let values = [json!([{ "a": 1 }]), json!([]), json!([1]), json!({ "a": 1 })];
        assert_eq!(values.map(|value| is_rows(&value)), [true, false, false, false]);
    }
}
