//! A file: its text, and the JSON in it.
//!
//! ```text
//! shop/open.json: {"operationId": "openShop"}
//!
//! File { path: "shop/open.json", root: Object of `operationId` at 0..27, .. }
//! ```

use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use super::json::Node;
use super::parse::parse;
use crate::diagnostics::{Place, Reported, Reporter, Text};

/// One file.
pub(crate) struct File {
    /// Its path below the folder, with `/` as the separator.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: Arc<Text>,
    /// The JSON value in it.
    pub(crate) root: Node,
    /// Where it comes from.
    pub(crate) input: Input,
    /// The `$schema` of the file that refers to it: its draft applies, unless this file states one.
    pub(crate) referrer_schema: Option<Arc<str>>,
}

/// Where a file comes from, which decides how strictly it is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Input {
    /// A description, written for this generator: unknown keywords are errors.
    Description,
    /// A JSON Schema document: unknown keywords are annotations, as JSON Schema has it.
    Document,
    /// A document that was not given: another one refers to it.
    Referred,
    /// A document of a `Validator`: no file lies beside it.
    Added,
}

impl File {
    /// Its `$schema`, or that of the file that refers to it.
    pub(crate) fn stated_schema(&self) -> Option<&str> {
        self.root.text_at("/$schema").or(self.referrer_schema.as_deref())
    }

    /// Its `$id`, which is `id` in draft 4.
    pub(crate) fn stated_id(&self) -> Option<&str> {
        ["/$id", "/id"].into_iter().find_map(|pointer| self.root.text_at(pointer))
    }

    /// The whole file as a place.
    pub(crate) fn place(&self) -> Place {
        Place { file: Arc::clone(&self.text), span: self.root.span.range(), pointer: "".into() }
    }
}

/// The most bytes of a file. A larger one was put there by mistake.
const LARGEST: u64 = 16 * 1024 * 1024;

/// Parses a file's text.
pub(super) fn parse_text(
    shown: String,
    text: String,
    reporter: &Reporter,
) -> Result<(Arc<Text>, Node), Reported> {
    if text.len() as u64 > LARGEST {
        let error = too_large(text.len() as u64);
        return reporter
            .error_without_place(format!("`{shown}` cannot be read: {error}"))
            .in_file(shown)
            .fail();
    }
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    let text = Arc::new(Text::new(shown, text));
    let root = Place { file: Arc::clone(&text), span: 0..0, pointer: "".into() };
    let node = parse(&root, reporter)?;
    Ok((text, node))
}

pub(super) fn read(path: &Path, reporter: &Reporter) -> Result<String, Reported> {
    read_text(path).map_err(|error| report_unread(path, &error, reporter))
}

/// The text of a description's file; an error, if it is too large or not UTF-8.
///
/// # Errors
///
/// As for any file, and where it is not UTF-8.
pub fn read_text(path: &Path) -> io::Result<String> {
    let file = fs::File::open(path)?;
    let size = file.metadata()?.len();
    if size > LARGEST {
        return Err(io::Error::other(too_large(size)));
    }
    read_text_from(file)
}

/// The text of a description; an error, if it is too large or not UTF-8.
///
/// # Errors
///
/// As for any reader, and where it is not UTF-8.
pub fn read_text_from(input: impl Read) -> io::Result<String> {
    let mut bytes = Vec::new();
    input.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::other(format!(
            "it goes on after {LARGEST} bytes, which are the most"
        )));
    }
    // The text is kept until the end, so its spare capacity is freed.
    bytes.shrink_to_fit();
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        io::Error::new(
            io::ErrorKind::InvalidData,
            format!("it is not UTF-8 from byte {valid} on: save it as UTF-8"),
        )
    })
}

fn too_large(size: u64) -> String {
    format!("{size} bytes, and {LARGEST} are the most")
}

pub(super) fn report_unread(path: &Path, error: &io::Error, reporter: &Reporter) -> Reported {
    reporter
        .error_without_place(format!("`{}` cannot be read: {error}", path.display()))
        .in_file(path.display().to_string())
        .reported()
}

/// Whether a file is one of an editor or of cargo: a package from a registry has a
/// `.cargo_vcs_info.json`.
pub(super) fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.') || name == "target")
}
