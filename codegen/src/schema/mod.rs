//! The second stage: what the files describe, each word taken from a keyword reader that reports the rest.

mod codes;
mod endpoint;
mod keyword_reader;
mod keywords;
mod located;
mod meta_schema;
mod path;

pub(crate) use codes::{ReturnCode, is_constant_name, known_code};
pub(crate) use endpoint::{Endpoint, EnvelopeParts, Method, Named, Payload};
pub(crate) use keyword_reader::KeywordReader;
pub(crate) use keywords::{Holds, KEYWORDS, is_enforced, is_never_used, report_unused};
pub(crate) use located::Located;
pub use meta_schema::meta_schema;

use crate::diagnostics::Diagnostics;
use crate::source::{Sources, Value};

/// Everything that a folder's files describe.
#[derive(Debug, Default)]
pub(crate) struct Descriptions<'a> {
    /// The endpoints, in the order of their files' paths.
    pub(crate) endpoints: Vec<Endpoint<'a>>,
    /// The files of shared definitions: the `$defs` of each.
    pub(crate) definitions: Vec<Located<'a>>,
    /// Plain JSON Schema documents, each a type for itself.
    pub(crate) documents: Vec<Located<'a>>,
    /// The return codes, sorted.
    pub(crate) codes: Vec<ReturnCode>,
}

/// Reads what each file describes: an endpoint, shared definitions, or return codes.
pub(crate) fn read<'a>(sources: &'a Sources, diagnostics: &mut Diagnostics) -> Descriptions<'a> {
    let mut descriptions = Descriptions::default();
    let mut table = codes::Table { has_gaps: !sources.broken.is_empty(), ..Default::default() };
    for file in &sources.files {
        let located = Located::new(file);
        let Value::Object(object) = &located.node.value else {
            diagnostics
                .error(
                    &located.place,
                    format!("must be an object, found {}", located.node.describe()),
                )
                .help("a file describes one endpoint, or holds `$defs`, or `returnCodes`");
            table.has_gaps = true;
            continue;
        };
        if object.get("operationId").is_some() {
            descriptions.endpoints.extend(endpoint::read(&located, diagnostics));
        } else if object.get("returnCodes").is_some() {
            codes::read(&located, &mut table, diagnostics);
        } else if object.get("$defs").is_some() {
            descriptions.definitions.extend(definitions(&located, diagnostics));
        } else {
            table.has_gaps = true;
            diagnostics.error(&located.place, "describes nothing")
                .help("a file needs `operationId` (an endpoint), `$defs` (shared definitions) or `returnCodes`");
        }
    }
    for endpoint in &descriptions.endpoints {
        codes::report_unknown(&endpoint.errors, &table, diagnostics);
    }
    Descriptions { codes: table.codes, ..descriptions }
}

/// Takes each file as a plain JSON Schema document.
pub(crate) fn documents(sources: &Sources) -> Descriptions<'_> {
    Descriptions {
        documents: sources.files.iter().map(Located::new).collect(),
        ..Descriptions::default()
    }
}

/// A file of shared definitions holds nothing else.
fn definitions<'a>(located: &Located<'a>, diagnostics: &mut Diagnostics) -> Option<Located<'a>> {
    KeywordReader::open(located, diagnostics, |keywords, diagnostics| {
        keywords.text("$schema", diagnostics);
        keywords.text("$comment", diagnostics);
        keywords.read("$defs").map(|defs| defs.value)
    })?
}
