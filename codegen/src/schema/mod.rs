//! The second stage: what the files describe, each word taken from a ledger that reports the rest.

mod codes;
mod endpoint;
mod format;
mod keywords;
mod ledger;
mod path;
mod spot;

pub(crate) use codes::{ReturnCode, is_constant_name, known_code};
pub(crate) use endpoint::{Endpoint, EnvelopeParts, Method, Named, Payload};
pub use format::meta_schema;
pub(crate) use keywords::{Holds, KEYWORDS, is_enforced, is_never_taken, untaken};
pub(crate) use ledger::Ledger;
pub(crate) use spot::Spot;

use crate::report::Report;
use crate::source::{Sources, Value};

/// Everything that a folder's files describe.
#[derive(Debug, Default)]
pub(crate) struct Descriptions<'a> {
    /// The endpoints, in the order of their files' paths.
    pub(crate) endpoints: Vec<Endpoint<'a>>,
    /// The files of shared definitions: the `$defs` of each.
    pub(crate) definitions: Vec<Spot<'a>>,
    /// Plain JSON Schema documents, each a type for itself.
    pub(crate) documents: Vec<Spot<'a>>,
    /// The return codes, sorted.
    pub(crate) codes: Vec<ReturnCode>,
}

/// Reads what each file describes: an endpoint, shared definitions, or return codes.
pub(crate) fn read<'a>(sources: &'a Sources, report: &mut Report) -> Descriptions<'a> {
    let mut descriptions = Descriptions::default();
    let mut table = codes::Table { has_gaps: !sources.broken.is_empty(), ..Default::default() };
    for file in &sources.files {
        let spot = Spot::new(file);
        let Value::Object(object) = &spot.node.value else {
            report
                .fault(&spot.place, format!("must be an object, found {}", spot.node.describe()))
                .cure("a file describes one endpoint, or holds `$defs`, or `returnCodes`");
            table.has_gaps = true;
            continue;
        };
        if object.get("operationId").is_some() {
            descriptions.endpoints.extend(endpoint::read(&spot, report));
        } else if object.get("returnCodes").is_some() {
            codes::read(&spot, &mut table, report);
        } else if object.get("$defs").is_some() {
            descriptions.definitions.extend(definitions(&spot, report));
        } else {
            table.has_gaps = true;
            report.fault(&spot.place, "describes nothing")
                .cure("a file needs `operationId` (an endpoint), `$defs` (shared definitions) or `returnCodes`");
        }
    }
    for endpoint in &descriptions.endpoints {
        codes::report_unknown(&endpoint.errors, &table, report);
    }
    Descriptions { codes: table.codes, ..descriptions }
}

/// Takes each file as a plain JSON Schema document.
pub(crate) fn documents(sources: &Sources) -> Descriptions<'_> {
    Descriptions {
        documents: sources.files.iter().map(Spot::new).collect(),
        ..Descriptions::default()
    }
}

/// A file of shared definitions holds nothing else.
fn definitions<'a>(spot: &Spot<'a>, report: &mut Report) -> Option<Spot<'a>> {
    Ledger::read(spot, report, |ledger, report| {
        ledger.text("$schema", report);
        ledger.text("$comment", report);
        ledger.take("$defs").map(|defs| defs.spot)
    })?
}
