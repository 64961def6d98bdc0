//! Faults as JSON, for editors and CI.

use std::path::{Path, PathBuf};

use serde::Serialize;
use wechat_bizwifi_codegen::report::{Fault, Place, Report};

/// The faults of a folder as one JSON object; no faults without a report.
pub(super) fn json(folder: &Path, report: Option<&Report>) -> String {
    let base = base(folder);
    let faults = report.map_or(&[][..], Report::faults);
    let shown = Shown { faults: faults.iter().map(|fault| shown(&base, fault)).collect() };
    // Strings and numbers alone: there is nothing that could not be written.
    let text = serde_json::to_string_pretty(&shown).unwrap_or_default();
    format!("{text}\n")
}

#[derive(Debug, Serialize)]
struct Shown<'a> {
    faults: Vec<ShownFault<'a>>,
}

#[derive(Debug, Serialize)]
struct ShownFault<'a> {
    #[serde(flatten)]
    place: ShownPlace<'a>,
    message: &'a str,
    cure: Option<&'a str>,
    related: Vec<Related<'a>>,
}

#[derive(Debug, Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    place: ShownPlace<'a>,
    message: &'a str,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownPlace<'a> {
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    pointer: Option<&'a str>,
}

fn shown<'a>(base: &Path, fault: &'a Fault) -> ShownFault<'a> {
    let related = |(place, label): &'a (Place, String)| Related {
        place: shown_place(base, place),
        message: label,
    };
    ShownFault {
        place: match &fault.place {
            Some(place) => shown_place(base, place),
            None => ShownPlace { file: fault.file.clone(), ..ShownPlace::default() },
        },
        message: &fault.message,
        cure: fault.cure.as_deref(),
        related: fault.related.iter().map(related).collect(),
    }
}

fn shown_place<'a>(base: &Path, place: &'a Place) -> ShownPlace<'a> {
    let (line, column) = place.line_and_column();
    let (end_line, end_column) = place.end_line_and_column();
    ShownPlace {
        file: Some(base.join(&place.file.path).display().to_string()),
        line: Some(line),
        column: Some(column),
        end_line: Some(end_line),
        end_column: Some(end_column),
        pointer: Some(&place.pointer),
    }
}

/// Where the paths in a report begin: they have the folder's own name, if it has one.
fn base(folder: &Path) -> PathBuf {
    match folder.file_name() {
        Some(_) => folder.parent().map(Path::to_owned).unwrap_or_default(),
        None => folder.to_owned(),
    }
}
