//! Diagnostics as JSON, for editors and CI.

use std::path::{Path, PathBuf};

use serde::Serialize;
use wechat_bizwifi_codegen::diagnostics::{Diagnostic, Diagnostics, Place, Severity};

/// The diagnostics of a folder as one JSON object, also if there are none.
pub(super) fn diagnostics(folder: &Path, diagnostics: &Diagnostics) -> String {
    let base = base(folder);
    let shown =
        Shown { diagnostics: diagnostics.all().iter().map(|error| shown(&base, error)).collect() };
    // Strings and numbers can always be written.
    let text = serde_json::to_string_pretty(&shown).unwrap_or_default();
    format!("{text}\n")
}

#[derive(Debug, Serialize)]
struct Shown<'a> {
    diagnostics: Vec<ShownDiagnostic<'a>>,
}

#[derive(Debug, Serialize)]
struct ShownDiagnostic<'a> {
    #[serde(flatten)]
    place: ShownPlace<'a>,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    labels: Vec<ShownLabel<'a>>,
}

#[derive(Debug, Serialize)]
struct ShownLabel<'a> {
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

fn shown<'a>(base: &Path, error: &'a Diagnostic) -> ShownDiagnostic<'a> {
    let label = |(place, label): &'a (Place, String)| ShownLabel {
        place: shown_place(base, place),
        message: label,
    };
    ShownDiagnostic {
        place: match &error.place {
            Some(place) => shown_place(base, place),
            None => ShownPlace { file: error.file.clone(), ..ShownPlace::default() },
        },
        severity: match error.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        },
        message: &error.message,
        help: error.help.as_deref(),
        labels: error.labels.iter().map(label).collect(),
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

/// The folder that the paths of diagnostics are relative to: they begin with the name of `folder`,
/// if it has one.
fn base(folder: &Path) -> PathBuf {
    match folder.file_name() {
        Some(_) => folder.parent().map(Path::to_owned).unwrap_or_default(),
        None => folder.to_owned(),
    }
}
