//! Formats operations as a table.

use std::fmt::Write as _;

use wechat_bizwifi_codegen::OperationSummary;

const HEADINGS: [&str; 6] = ["OPERATION", "METHOD", "PATH", "REQUEST", "REPLY", "IDEMPOTENT"];

type Row = [String; HEADINGS.len()];

/// A table of headings and a line for each operation; its columns are as wide as their widest cell.
pub(super) fn operations(operations: &[OperationSummary]) -> String {
    let rows: Vec<Row> =
        std::iter::once(HEADINGS.map(str::to_owned)).chain(operations.iter().map(row)).collect();
    let widths: [usize; HEADINGS.len()] =
        std::array::from_fn(|column| rows.iter().map(|row| width(&row[column])).max().unwrap_or(0));
    rows.iter().map(|row| line(row, &widths)).collect()
}

fn row(operation: &OperationSummary) -> Row {
    let idempotent = if operation.idempotent { "yes" } else { "no" };
    [
        operation.operation_id.clone(),
        operation.method.to_owned(),
        operation.path.clone(),
        operation.request.clone(),
        operation.reply.clone(),
        idempotent.to_owned(),
    ]
}

fn width(text: &str) -> usize {
    text.chars().count()
}

fn line(row: &Row, widths: &[usize]) -> String {
    let mut line = String::new();
    for (cell, width) in row.iter().zip(widths) {
        // Writing to a string cannot fail.
        let _ = write!(line, "{cell:width$}  ");
    }
    format!("{}\n", line.trim_end())
}
