//! An endpoint's description: where it is, what is sent and what comes back.
//!
//! ```text
//! { "operationId": "openShop", "method": "POST", "path": "/shop/open", "request": { .. }, .. }
//!
//! Endpoint { operation_id: "openShop", method: Post, path: "/shop/open", request: the schema, .. }
//! ```

use super::keyword_reader::KeywordReader;
use super::keywords::Keyword;
use super::located::Located;
use super::named::{Named, operation_id};
use super::paging::{self, PagingParts};
use super::path::url_path;
use crate::diagnostics::{Place, Reported, Reporter};
use crate::util::{CollectVec as _, repeated};

/// An endpoint, as its file describes it; its schemas are not lowered yet. If a required part is
/// `None`, an error was reported.
#[expect(clippy::struct_excessive_bools, reason = "what a description says yes or no to")]
pub(crate) struct Endpoint<'a> {
    pub(crate) operation_id: Named<'a>,
    pub(crate) summary: &'a str,
    pub(crate) description: Option<&'a str>,
    /// The summary and the description in Chinese.
    pub(crate) in_chinese: [Option<&'a str>; 2],
    pub(crate) source: Option<Source<'a>>,
    pub(crate) deprecated: bool,
    pub(crate) internal: bool,
    pub(crate) method: Method,
    pub(crate) path: &'a str,
    pub(crate) needs_token: bool,
    pub(crate) idempotent: bool,
    pub(crate) request: Option<Located<'a>>,
    pub(crate) response: Option<Located<'a>>,
    pub(crate) envelope: Option<EnvelopeParts<'a>>,
    pub(crate) paging: Option<PagingParts<'a>>,
    pub(crate) errors: Vec<(i64, Place)>,
    pub(crate) examples: Vec<Example<'a>>,
}

/// Where the endpoint is documented.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) url: &'a str,
    pub(crate) description: Option<&'a str>,
}

/// The HTTP method.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Post,
}

/// Where a reply keeps its return code, its message and its payload.
#[derive(Clone)]
pub(crate) struct EnvelopeParts<'a> {
    pub(crate) place: Place,
    pub(crate) code: Named<'a>,
    pub(crate) message: Named<'a>,
    pub(crate) payload: PayloadPointer<'a>,
}

/// Where the payload is.
#[derive(Clone)]
pub(crate) enum PayloadPointer<'a> {
    Nothing,
    Root,
    Property(Named<'a>),
}

/// A documented request and its response.
pub(crate) struct Example<'a> {
    pub(crate) name: Option<Named<'a>>,
    pub(crate) description: Option<&'a str>,
    pub(crate) request: Option<Located<'a>>,
    pub(crate) response: Option<Located<'a>>,
}

/// Reads an endpoint's description.
pub(super) fn read<'a>(located: &Located<'a>) -> Result<Endpoint<'a>, Reported> {
    KeywordReader::read_all(located, endpoint)
}

/// Reads every keyword, even after an error. A wrong value is replaced by a default, so that errors
/// in the schemas are reported too; no code is generated in that case.
fn endpoint<'a>(keywords: &KeywordReader<'a>) -> Result<Endpoint<'a>, Reported> {
    keywords.text(Keyword::MetaSchema);
    keywords.text(Keyword::Comment);
    let operation_id = keywords.require(Keyword::OperationId).and_then(|id| operation_id(&id));
    let summary = keywords.require_such_as(Keyword::Summary, "\"Opens a shop.\"");
    let method = keywords.require_such_as(Keyword::Method, "\"POST\"");
    let path = keywords.require_such_as(Keyword::Path, "\"/shop/open\"");
    let request = keywords.require_such_as(Keyword::Request, "{ \"type\": \"object\" }");
    let response = keywords.require_such_as(Keyword::Response, "{ \"type\": \"object\" }");
    let envelope = keywords.require_such_as(Keyword::Envelope, ENVELOPE);
    let paging = keywords.read(Keyword::Paging);
    let source = keywords.read(Keyword::ExternalDocs);
    let security = keywords.read(Keyword::Security);
    Ok(Endpoint {
        operation_id: operation_id?,
        summary: summary.and_then(|text| text.value.text()).unwrap_or_default(),
        description: keywords.text(Keyword::Description),
        in_chinese: [Keyword::SummaryZh, Keyword::DescriptionZh].map(|it| keywords.text(it)),
        source: source.and_then(|docs| self::source(&docs.value).ok()),
        deprecated: keywords.flag(Keyword::Deprecated),
        internal: keywords.flag(Keyword::Internal),
        method: method.and_then(|entry| self::method(&entry.value)).unwrap_or(Method::Post),
        path: path.and_then(|path| url_path(&path.value)).unwrap_or("/"),
        needs_token: security.is_none_or(|entry| self::security(&entry.value)),
        idempotent: keywords.flag(Keyword::Idempotent),
        request: request.ok().map(|entry| entry.value),
        response: response.ok().map(|entry| entry.value),
        envelope: envelope.and_then(|parts| self::envelope(&parts.value)).ok(),
        paging: paging.and_then(|parts| paging::read(&parts.value).ok()),
        errors: errors(&keywords.items(Keyword::Errors)),
        examples: examples(&keywords.items(Keyword::Examples)),
    })
}

const ENVELOPE: &str = "{ \"code\": \"/errcode\", \"message\": \"/errmsg\" }";

fn source<'a>(located: &Located<'a>) -> Result<Source<'a>, Reported> {
    KeywordReader::read_all(located, |keywords| {
        let url = keywords.require_such_as(Keyword::Url, "\"https://example.com/docs\"");
        let description = keywords.text(Keyword::Description);
        let url = url?.value;
        let text = url.text()?;
        if text.starts_with("https://") || text.starts_with("http://") {
            return Ok(Source { url: text, description });
        }
        url.must_be("a URL").help("it begins with `https://`").fail()
    })
}

fn method(located: &Located<'_>) -> Result<Method, Reported> {
    located.one_of(&[("GET", Method::Get), ("POST", Method::Post)])
}

/// Whether a call needs a token. A wrong value counts as `false`, so that no further errors follow.
fn security(located: &Located<'_>) -> bool {
    located.one_of(&[("accessToken", true), ("none", false)]).unwrap_or(false)
}

fn envelope<'a>(located: &Located<'a>) -> Result<EnvelopeParts<'a>, Reported> {
    KeywordReader::read_all(located, |keywords| {
        let code = keywords.require_such_as(Keyword::Code, "\"/errcode\"");
        let code = code.and_then(|code| property(&code.value));
        let message = keywords.require_such_as(Keyword::Message, "\"/errmsg\"");
        let message = message.and_then(|text| property(&text.value));
        let payload = match keywords.read(Keyword::Payload) {
            None => Ok(PayloadPointer::Nothing),
            Some(entry) => payload(&entry.value),
        };
        let parts = EnvelopeParts {
            place: located.place.clone(),
            code: code?,
            message: message?,
            payload: payload?,
        };
        report_duplicate_parts(&parts, located.reporter);
        Ok(parts)
    })
}

/// Reports parts of an envelope that are the same property.
fn report_duplicate_parts(parts: &EnvelopeParts<'_>, reporter: &Reporter) {
    let mut seen = vec![&parts.code, &parts.message];
    if let PayloadPointer::Property(payload) = &parts.payload {
        seen.push(payload);
    }
    report_duplicates(seen, "another part of the envelope is this property too", reporter);
}

/// Reports every name that was given before.
fn report_duplicates<'n>(
    names: impl IntoIterator<Item = &'n Named<'n>>,
    message: &str,
    reporter: &Reporter,
) {
    let names = names.into_iter().collect_vec();
    for (index, first) in repeated(names.iter().map(|named| named.name)) {
        reporter
            .error(&names[index].place, message)
            .help("give each one of its own")
            .label(&names[first].place, "the first");
    }
}

fn payload<'a>(located: &Located<'a>) -> Result<PayloadPointer<'a>, Reported> {
    if located.text()?.is_empty() {
        return Ok(PayloadPointer::Root);
    }
    property(located).map(PayloadPointer::Property)
}

/// Reads a pointer to a property of the reply itself.
fn property<'a>(located: &Located<'a>) -> Result<Named<'a>, Reported> {
    let pointer = located.text()?;
    let (wrong, help) = match pointer.strip_prefix('/') {
        Some(name) if !name.is_empty() && !name.contains(['/', '~']) => {
            return Ok(Named { name, place: located.place.clone() });
        }
        Some(name) if name.contains('/') => (
            "leads into a property of the reply",
            "what is accepted is a property of the reply itself, such as \"/data\"",
        ),
        Some(name) if name.contains('~') => (
            "has an escape",
            "what is accepted is a property whose name has neither `~` nor `/`, such as \"/data\"",
        ),
        _ => {
            ("is no pointer to a property", "write `/` and the property's name, such as \"/data\"")
        }
    };
    located.error(format!("{} {wrong}", located.node.describe())).help(help).fail()
}

/// The return codes that belong to an endpoint.
fn errors(items: &[Located<'_>]) -> Vec<(i64, Place)> {
    let mut errors: Vec<(i64, Place)> = Vec::new();
    for item in items {
        let Ok(code) = item.whole_64() else { continue };
        if code == 0 {
            item.error("0 is no error: it says that a call succeeded").help("take it out");
        } else if let Some((_, first)) = errors.iter().find(|(other, _)| *other == code) {
            item.error(format!("the code {code} is listed twice"))
                .help("take one of the two out")
                .label(first, "the first");
        } else {
            errors.push((code, item.place.clone()));
        }
    }
    errors
}

/// The documented requests and responses.
fn examples<'a>(items: &[Located<'a>]) -> Vec<Example<'a>> {
    let examples = items.iter().filter_map(|item| example(item).ok()).collect_vec();
    let names = examples.iter().filter_map(|example| example.name.as_ref());
    if let Some(first) = items.first() {
        report_duplicates(names, "another example has this name", first.reporter);
    }
    examples
}

fn example<'a>(located: &Located<'a>) -> Result<Example<'a>, Reported> {
    KeywordReader::read_all(located, |keywords| {
        let name = keywords.require_such_as(Keyword::Name, "\"documented\"");
        let name = name.and_then(|name| Named::of(&name.value));
        let description = keywords.text(Keyword::Description);
        keywords.text(Keyword::DescriptionZh);
        if let Some(printed) = keywords.read(Keyword::AsPrinted) {
            as_printed(&printed.value);
        }
        let request = keywords.read(Keyword::Request).map(|entry| entry.value);
        let response = keywords.read(Keyword::Response).map(|entry| entry.value);
        Ok(Example { name: name.ok(), description, request, response })
    })
}

/// Reads the texts as the page prints them, where these are no valid JSON. Only the tests use them.
fn as_printed(located: &Located<'_>) {
    // Errors in them were reported, and have no further effect.
    let _ = KeywordReader::read_all(located, |keywords| {
        keywords.text(Keyword::Request);
        keywords.text(Keyword::RequestErratum);
        keywords.text(Keyword::Response);
        keywords.text(Keyword::ResponseErratum);
        Ok(())
    });
}
