//! The form of the files, as types: they mirror what the other modules of `schema` read.
#![expect(dead_code, reason = "only the schemas of these types are of use")]

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde_json::Value;

use super::{AcceptedSchema, Class};

/// What a file describes: an endpoint, definitions that others share, or return codes.
#[derive(JsonSchema)]
#[schemars(untagged, title = "A description of a part of an API")]
pub(super) enum File {
    Endpoint(Box<EndpointFile>),
    Definitions(Definitions),
    ReturnCodes(ReturnCodes),
}

/// An endpoint: where it is, what is sent and what comes back.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Endpoint", rename_all = "camelCase")]
pub(super) struct EndpointFile {
    /// The schema that this file is valid against; for editors.
    #[schemars(rename = "$schema")]
    schema: Option<String>,
    /// A note for whoever maintains the description.
    #[schemars(rename = "$comment")]
    comment: Option<String>,
    /// The operation's name in camel case: the request type's name, and that of the call.
    #[schemars(regex(pattern = r"^[a-z][A-Za-z0-9]*$"))]
    operation_id: String,
    /// What it does, in one sentence.
    summary: String,
    /// The same in Chinese.
    summary_zh: Option<String>,
    /// More about it, in Markdown.
    description: Option<String>,
    /// The same in Chinese.
    description_zh: Option<String>,
    /// Where it is documented.
    external_docs: Option<ExternalDocs>,
    /// Whether it should no longer be used.
    deprecated: Option<bool>,
    /// Whether it serves the runtime alone, so that the client has no method for it.
    internal: Option<bool>,
    /// The HTTP method. With GET the request becomes the query.
    method: Method,
    /// The path that it is called under: no template, no query, percent escapes for other letters.
    #[schemars(regex(pattern = r"^/([A-Za-z0-9/\-._~]|%[0-9A-Fa-f]{2})*$"))]
    path: String,
    /// What a call needs to be let in. An access token, if this is left out.
    security: Option<Security>,
    /// Whether sending the request twice has the effect of sending it once.
    idempotent: Option<bool>,
    /// What is sent: an object, described in place.
    request: AcceptedSchema,
    /// What comes back.
    response: AcceptedSchema,
    /// Where the reply keeps its return code, its message and its payload.
    envelope: Envelope,
    /// How the items that it lists are read page by page.
    paging: Option<Paging>,
    /// The return codes that belong to this endpoint in particular.
    errors: Option<Vec<i64>>,
    /// Documented requests and responses.
    examples: Option<Vec<Example>>,
}

/// A page that documents something.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ExternalDocs {
    /// Where it is.
    #[schemars(regex(pattern = r"^https?://"))]
    url: String,
    /// Its title.
    description: Option<String>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "UPPERCASE")]
enum Method {
    Get,
    Post,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
enum Security {
    AccessToken,
    None,
}

/// Where a reply keeps its parts, as JSON pointers to properties that the response lists.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Envelope {
    /// The return code: absent or 0 means success.
    #[schemars(regex(pattern = r"^/[^/~]+$"))]
    code: String,
    /// The message.
    #[schemars(regex(pattern = r"^/[^/~]+$"))]
    message: String,
    /// The payload: an empty pointer is the reply itself; without this, there is none.
    #[schemars(regex(pattern = r"^(/[^/~]+)?$"))]
    payload: Option<String>,
}

/// How pages are asked for, by names of the request's properties (`page` or `offset`, `size`), and
/// where each ends, by names of the payload's (`items`, `pages` or `total`). An empty page is the
/// last.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Paging {
    /// What the items are called together, in camel case: the name of the call that yields them.
    #[schemars(regex(pattern = r"^[a-z][A-Za-z0-9]*$"))]
    name: String,
    /// The request's property with the number of the page. The first page is its `minimum`, or 1.
    page: Option<String>,
    /// The request's property that says how many items to pass over.
    offset: Option<String>,
    /// The request's property that says how many items to return at the most.
    size: Option<String>,
    /// The payload's property that lists the items; without it, the payload is the list.
    items: Option<String>,
    /// The payload's property that says how many pages there are.
    pages: Option<String>,
    /// The payload's property that says how many items there are.
    total: Option<String>,
    /// The property that identifies an item, where items are objects.
    key: Option<String>,
}

/// A documented request and its response.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "camelCase")]
struct Example {
    /// What it is called; `documented` is the documentation's own.
    name: String,
    /// What it shows.
    description: Option<String>,
    /// The same in Chinese.
    description_zh: Option<String>,
    /// The request.
    request: Option<Value>,
    /// The response.
    response: Option<Value>,
    /// The documentation's own text, where that is not valid JSON.
    as_printed: Option<AsPrinted>,
}

/// The texts as a page prints them, and what is wrong with them.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "camelCase")]
struct AsPrinted {
    /// The request as it is printed.
    request: Option<String>,
    /// How to read it: "For `this` read `that`", and why.
    request_erratum: Option<String>,
    /// The response as it is printed.
    response: Option<String>,
    /// How to read it: "For `this` read `that`", and why.
    response_erratum: Option<String>,
}

/// Definitions that other files refer to.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(clippy::zero_sized_map_values, reason = "what matters of a schema is its schema")]
pub(super) struct Definitions {
    /// The schema that this file is valid against; for editors.
    #[schemars(rename = "$schema")]
    schema: Option<String>,
    /// A note for whoever maintains the description.
    #[schemars(rename = "$comment")]
    comment: Option<String>,
    /// The definitions, by name.
    #[schemars(rename = "$defs")]
    schemas: BTreeMap<String, AcceptedSchema>,
}

/// The numbers with which a service says how a call ended.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ReturnCodes {
    /// The schema that this file is valid against; for editors.
    #[schemars(rename = "$schema")]
    schema: Option<String>,
    /// A note for whoever maintains the description.
    #[schemars(rename = "$comment")]
    comment: Option<String>,
    /// The codes.
    #[schemars(rename = "returnCodes")]
    codes: Vec<ReturnCode>,
}

/// A return code.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ReturnCode {
    /// The number on the wire.
    code: i64,
    /// The name of its constant, for a code that callers match on.
    #[schemars(regex(pattern = r"^[A-Z][A-Z0-9_]*$"))]
    name: Option<String>,
    /// What can be done about it.
    class: Class,
    /// What it means.
    meaning: String,
    /// The same in Chinese.
    #[schemars(rename = "meaningZh")]
    meaning_zh: Option<String>,
    /// Which part of the API it belongs to.
    group: Option<String>,
    /// A note for whoever maintains the description.
    #[schemars(rename = "$comment")]
    comment: Option<String>,
}

/// A value that has a name.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct NamedValue {
    /// The value.
    value: i64,
    /// What it stands for.
    description: Option<String>,
    /// The same in Chinese.
    #[schemars(rename = "descriptionZh")]
    description_zh: Option<String>,
}
