//! Replies for people and for programs.

use std::io::{self, Write};

use comfy_table::Table;
use comfy_table::presets::UTF8_FULL_CONDENSED;
use serde_json::Value;

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
        Value::Array(rows) => writeln!(out, "{}", rows_table(rows)),
        Value::Object(object) => {
            // Rows within an object, such as a page of stores, are what a reader wants to see.
            let (rows, facts): (Vec<_>, Vec<_>) =
                object.iter().partition(|(_, value)| is_rows(value));
            let mut table = Table::new();
            table.load_preset(UTF8_FULL_CONDENSED);
            for (name, value) in facts {
                table.add_row([name.clone(), cell(value)]);
            }
            writeln!(out, "{table}")?;
            for (_, rows) in rows {
                writeln!(out, "{}", rows_table(rows.as_array().map_or(&[], Vec::as_slice)))?;
            }
            Ok(())
        }
        scalar => writeln!(out, "{}", cell(scalar)),
    }
}

fn is_rows(value: &Value) -> bool {
    value.as_array().is_some_and(|items| items.first().is_some_and(Value::is_object))
}

/// Objects as rows, with a column for each property that any of them has.
fn rows_table(rows: &[Value]) -> Table {
    let mut columns: Vec<&String> = Vec::new();
    for name in rows.iter().filter_map(Value::as_object).flat_map(|row| row.keys()) {
        if !columns.contains(&name) {
            columns.push(name);
        }
    }
    let mut table = Table::new();
    table.load_preset(UTF8_FULL_CONDENSED);
    if columns.is_empty() {
        for row in rows {
            table.add_row([cell(row)]);
        }
        return table;
    }
    table.set_header(columns.iter().map(ToString::to_string));
    for row in rows {
        table.add_row(columns.iter().map(|column| cell(&row[column.as_str()])));
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

/// Text without what drives terminals.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[test]
    fn every_line_of_a_table_is_as_wide_as_the_others_whatever_the_script() {
        let rows = [json!({"shop_name": "南山店", "shop_id": 1}), json!({"shop_name": "a"})];
        let table = rows_table(&rows).to_string();
        let widths: Vec<usize> = table.lines().map(UnicodeWidthStr::width).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{table}");
    }

    #[test]
    fn text_of_the_service_drives_no_terminal() {
        assert_eq!(cell(&json!("\u{1b}[2Ja\nb")), " [2Ja b");
        assert_eq!(cell(&json!(["a", 1])), "a, 1");
    }
}
