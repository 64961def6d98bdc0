//! Descriptions, read from JSON. Keywords are read through a [`KeywordReader`], which reports those
//! that nothing reads.
//!
//! ```text
//! shop/open.json: { "operationId": "openShop", .. }    endpoints: [Endpoint { .. }]
//! common.json: { "$defs": { "ShopId": .. } }           definitions: [the value of `$defs`]
//! codes.json: { "returnCodes": [..] }                  codes: [ReturnCode { .. }, ..]
//! ```

mod codes;
mod distance;
mod draft;
mod endpoint;
mod keyword_facts;
mod keyword_reader;
mod keywords;
mod located;
#[cfg(feature = "tools")]
mod meta_schema;
mod named;
mod paging;
mod path;
mod same_value;
mod subject;
mod unused;

pub(crate) use codes::{ReturnCode, class_name, is_constant_name, known_code};
pub use draft::Draft;
pub(crate) use draft::known_drafts;
pub(crate) use endpoint::{Endpoint, EnvelopeParts, Example, Method, PayloadPointer};
pub(crate) use keyword_facts::{Holds, Mark, On, Support};
pub(crate) use keyword_reader::{KeywordEntry, KeywordReader, is_property_order, joined};
pub(crate) use keywords::{Keyword, of_schemas};
pub(crate) use located::{Identity, Located};
#[cfg(feature = "tools")]
pub use meta_schema::meta_schema;
pub(crate) use named::Named;
pub(crate) use paging::PagingParts;
pub(crate) use same_value::SameValue;
pub(crate) use subject::Subject;
pub(crate) use unused::{has_partner, is_never_used, report_ignored, report_unused};

use crate::diagnostics::{Reported, Reporter};
use crate::source::{Input, Sources, Value};
use crate::util::{CollectVec as _, PushAll as _};

/// Everything that a folder's files describe.
#[derive(Default)]
pub(crate) struct Descriptions<'a> {
    /// The endpoints, in the order of their files' paths.
    pub(crate) endpoints: Vec<Endpoint<'a>>,
    /// The files of shared definitions: the `$defs` of each.
    pub(crate) definitions: Vec<Located<'a>>,
    /// Plain JSON Schema documents, each of which becomes a type.
    pub(crate) documents: Vec<Located<'a>>,
    /// The return codes, sorted.
    pub(crate) codes: Vec<ReturnCode>,
}

impl<'a> Descriptions<'a> {
    /// The schemas that are not within other schemas.
    pub(crate) fn schemas(&self) -> Vec<Located<'a>> {
        let endpoints = self.endpoints.iter();
        let of_endpoints = endpoints.flat_map(|it| it.request.iter().chain(&it.response)).cloned();
        let defined = self.definitions.iter().flat_map(Located::properties);
        let documents = self.documents.iter().cloned();
        of_endpoints.chain(defined.map(|(_, schema)| schema)).chain(documents).collect_vec()
    }
}

/// Reads what each file describes: an endpoint, shared definitions, or return codes. A plain JSON
/// Schema document is taken as it is.
pub(crate) fn read<'a>(sources: &'a Sources, reporter: &'a Reporter) -> Descriptions<'a> {
    let mut descriptions = Descriptions::default();
    let mut table = codes::Table { has_gaps: !sources.broken.is_empty(), ..Default::default() };
    for file in &sources.files {
        let located = Located::root(file, reporter);
        if file.input == Input::Document {
            report_no_keywords(&located);
            descriptions.documents.push(located);
            continue;
        }
        let Value::Object(object) = &located.node.value else {
            located
                .must_be("an object")
                .help("a file describes one endpoint, or holds `$defs`, or `returnCodes`");
            table.has_gaps = true;
            continue;
        };
        if object.get("operationId").is_some() {
            descriptions.endpoints.push_all(endpoint::read(&located).ok());
        } else if object.get("returnCodes").is_some() {
            codes::read(&located, &mut table);
        } else if object.get("$defs").is_some() {
            descriptions.definitions.push_all(definitions(&located).ok().flatten());
        } else {
            table.has_gaps = true;
            located.error("describes nothing")
                .help("a file needs `operationId` (an endpoint), `$defs` (shared definitions) or `returnCodes`");
        }
    }
    codes::report_duplicates(&table.codes, reporter);
    for endpoint in &descriptions.endpoints {
        codes::report_unknown(&endpoint.errors, &table, reporter);
    }
    Descriptions { codes: table.codes, ..descriptions }
}

/// Warns of a document that is probably no JSON Schema: it has properties, and none is a keyword.
fn report_no_keywords(document: &Located<'_>) {
    let Value::Object(object) = &document.node.value else { return };
    let is_keyword = |name: &str| Keyword::of_schema(name).is_some();
    if object.entries.is_empty() || object.entries.iter().any(|entry| is_keyword(&entry.key)) {
        return;
    }
    let help = if object.get("openapi").is_some() {
        let name = document.file.path.rsplit('/').next().unwrap_or_default();
        format!(
            "it is an OpenAPI document: refer to the schema that you mean, in a file beside it, as in \
             `{{\"$ref\": \"{name}#/components/schemas/Name\"}}`"
        )
    } else {
        "check that it is a schema, and how its keywords are spelt".to_owned()
    };
    document.lint("has no keyword of JSON Schema, so that every value is valid").help(help);
}

/// Reads a file of shared definitions, which holds nothing else.
fn definitions<'a>(located: &Located<'a>) -> Result<Option<Located<'a>>, Reported> {
    KeywordReader::read_all(located, |keywords| {
        keywords.text(Keyword::MetaSchema);
        keywords.text(Keyword::Comment);
        Ok(keywords.read(Keyword::Defs).map(|defs| defs.value))
    })
}
