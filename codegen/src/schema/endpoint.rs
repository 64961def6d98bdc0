//! An endpoint's description: where it is, what is sent and what comes back.

use std::collections::HashMap;

use heck::ToLowerCamelCase as _;

use super::keyword_reader::{KeywordEntry, KeywordReader};
use super::located::Located;
use super::path::url_path;
use crate::diagnostics::{Diagnostics, Place};
use crate::names;

/// An endpoint, as its file describes it; its schemas are still to be lowered. What is `None` and may
/// not be left out was reported.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "what a description says yes or no to")]
pub(crate) struct Endpoint<'a> {
    pub(crate) operation_id: Named<'a>,
    pub(crate) summary: &'a str,
    pub(crate) description: Option<&'a str>,
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
    pub(crate) errors: Vec<(i64, Place)>,
    pub(crate) examples: Vec<Example<'a>>,
}

/// A name, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Named<'a> {
    pub(crate) name: &'a str,
    pub(crate) place: Place,
}

/// Where the endpoint is documented.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    pub(crate) url: &'a str,
    pub(crate) description: Option<&'a str>,
}

/// The HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Post,
}

/// Where a reply keeps its return code, its message and its payload.
#[derive(Clone, Debug)]
pub(crate) struct EnvelopeParts<'a> {
    pub(crate) place: Place,
    pub(crate) code: Named<'a>,
    pub(crate) message: Named<'a>,
    pub(crate) payload: Payload<'a>,
}

/// Where the payload is.
#[derive(Clone, Debug)]
pub(crate) enum Payload<'a> {
    Nothing,
    Root,
    Property(Named<'a>),
}

/// A documented request and its response.
#[derive(Debug)]
pub(crate) struct Example<'a> {
    pub(crate) name: Option<Named<'a>>,
    pub(crate) request: Option<Located<'a>>,
    pub(crate) response: Option<Located<'a>>,
}

/// Reads an endpoint's description.
pub(super) fn read<'a>(
    located: &Located<'a>,
    diagnostics: &mut Diagnostics,
) -> Option<Endpoint<'a>> {
    KeywordReader::open(located, diagnostics, |keywords, diagnostics| {
        endpoint(keywords, diagnostics)
    })?
}

/// Every word is taken, whichever of them are at fault. What was reported gets a stand-in, so that
/// the schemas are looked at too: nothing will be generated.
fn endpoint<'a>(
    keywords: &KeywordReader<'a>,
    diagnostics: &mut Diagnostics,
) -> Option<Endpoint<'a>> {
    keywords.text("$schema", diagnostics);
    keywords.text("$comment", diagnostics);
    let operation_id =
        keywords.require("operationId", diagnostics).and_then(|id| operation_id(&id, diagnostics));
    let summary = keywords.require_such_as("summary", "\"Opens a shop.\"", diagnostics);
    let method = keywords.require_such_as("method", "\"POST\"", diagnostics);
    let path = keywords.require_such_as("path", "\"/shop/open\"", diagnostics);
    let request = keywords.require_such_as("request", "{ \"type\": \"object\" }", diagnostics);
    let response = keywords.require_such_as("response", "{ \"type\": \"object\" }", diagnostics);
    let envelope = keywords.require_such_as("envelope", ENVELOPE, diagnostics);
    let source = keywords.read("externalDocs");
    let security = keywords.read("security");
    Some(Endpoint {
        operation_id: operation_id?,
        summary: summary.and_then(|text| text.value.text(diagnostics)).unwrap_or_default(),
        description: keywords.text("description", diagnostics),
        source: source.and_then(|docs| self::source(&docs.value, diagnostics)),
        deprecated: keywords.flag("deprecated", diagnostics),
        internal: keywords.flag("internal", diagnostics),
        method: method
            .and_then(|word| self::method(&word.value, diagnostics))
            .unwrap_or(Method::Post),
        path: path.and_then(|path| url_path(&path.value, diagnostics)).unwrap_or("/"),
        needs_token: security.is_none_or(|word| self::security(&word.value, diagnostics)),
        idempotent: keywords.flag("idempotent", diagnostics),
        request: request.map(|entry| entry.value),
        response: response.map(|entry| entry.value),
        envelope: envelope.and_then(|parts| self::envelope(&parts.value, diagnostics)),
        errors: errors(&keywords.items("errors", diagnostics), diagnostics),
        examples: examples(&keywords.items("examples", diagnostics), diagnostics),
    })
}

const ENVELOPE: &str = "{ \"code\": \"/errcode\", \"message\": \"/errmsg\" }";

/// A name that is no good is reported, and names what else there is to report all the same, where
/// Rust's names can be made of it.
fn operation_id<'a>(entry: &KeywordEntry<'a>, diagnostics: &mut Diagnostics) -> Option<Named<'a>> {
    let located = &entry.value;
    let name = located.text(diagnostics)?;
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric());
    let named = Named { name, place: located.place.clone() };
    if plain && name.starts_with(|first: char| first.is_ascii_lowercase()) {
        return Some(named);
    }
    let better: String =
        name.to_lower_camel_case().chars().filter(char::is_ascii_alphanumeric).collect();
    let is_better = better.starts_with(|first: char| first.is_ascii_lowercase());
    let better = if is_better { better } else { "getCouponPlacement".to_owned() };
    located.must_be("a name in camel case", diagnostics).help(format!("such as \"{better}\""));
    names::type_name(name).map(|_| named)
}

fn source<'a>(located: &Located<'a>, diagnostics: &mut Diagnostics) -> Option<Source<'a>> {
    KeywordReader::open(located, diagnostics, |keywords, diagnostics| {
        let url = keywords.require_such_as("url", "\"https://example.com/docs\"", diagnostics);
        let description = keywords.text("description", diagnostics);
        let url = url?.value;
        let text = url.text(diagnostics)?;
        if text.starts_with("https://") || text.starts_with("http://") {
            return Some(Source { url: text, description });
        }
        url.must_be("a URL", diagnostics).help("it begins with `https://`");
        None
    })?
}

fn method(located: &Located<'_>, diagnostics: &mut Diagnostics) -> Option<Method> {
    located.one_of(&[("GET", Method::Get), ("POST", Method::Post)], diagnostics)
}

/// Whether a call needs a token; if that cannot be told, nothing shall follow from it.
fn security(located: &Located<'_>, diagnostics: &mut Diagnostics) -> bool {
    located.one_of(&[("accessToken", true), ("none", false)], diagnostics).unwrap_or(false)
}

fn envelope<'a>(located: &Located<'a>, diagnostics: &mut Diagnostics) -> Option<EnvelopeParts<'a>> {
    KeywordReader::open(located, diagnostics, |keywords, diagnostics| {
        let code = keywords.require_such_as("code", "\"/errcode\"", diagnostics);
        let code = code.and_then(|code| property(&code.value, diagnostics));
        let message = keywords.require_such_as("message", "\"/errmsg\"", diagnostics);
        let message = message.and_then(|text| property(&text.value, diagnostics));
        let payload = match keywords.read("payload") {
            None => Some(Payload::Nothing),
            Some(entry) => payload(&entry.value, diagnostics),
        };
        let parts = EnvelopeParts {
            place: located.place.clone(),
            code: code?,
            message: message?,
            payload: payload?,
        };
        report_duplicate_parts(&parts, diagnostics);
        Some(parts)
    })?
}

/// Each part of an envelope is a property of its own.
fn report_duplicate_parts(parts: &EnvelopeParts<'_>, diagnostics: &mut Diagnostics) {
    let mut seen = vec![&parts.code, &parts.message];
    if let Payload::Property(payload) = &parts.payload {
        seen.push(payload);
    }
    report_duplicates(seen, "another part of the envelope is this property too", diagnostics);
}

/// Reports every name that was there before.
fn report_duplicates<'n>(
    names: impl IntoIterator<Item = &'n Named<'n>>,
    message: &str,
    diagnostics: &mut Diagnostics,
) {
    let mut seen: HashMap<&str, &Place> = HashMap::new();
    for Named { name, place } in names {
        if let Some(first) = seen.get(name) {
            diagnostics
                .error(place, message)
                .help("give each one of its own")
                .label(first, "the first");
        }
        seen.entry(name).or_insert(place);
    }
}

fn payload<'a>(located: &Located<'a>, diagnostics: &mut Diagnostics) -> Option<Payload<'a>> {
    if located.text(diagnostics)?.is_empty() {
        return Some(Payload::Root);
    }
    property(located, diagnostics).map(Payload::Property)
}

/// A pointer to a property of the reply itself.
fn property<'a>(located: &Located<'a>, diagnostics: &mut Diagnostics) -> Option<Named<'a>> {
    let pointer = located.text(diagnostics)?;
    let (wrong, help) = match pointer.strip_prefix('/') {
        Some(name) if !name.is_empty() && !name.contains(['/', '~']) => {
            return Some(Named { name, place: located.place.clone() });
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
    diagnostics.error(&located.place, format!("{} {wrong}", located.node.describe())).help(help);
    None
}

/// The return codes that belong to an endpoint.
fn errors(items: &[Located<'_>], diagnostics: &mut Diagnostics) -> Vec<(i64, Place)> {
    let mut errors: Vec<(i64, Place)> = Vec::new();
    for item in items {
        let Some(code) = error_code(item, diagnostics) else { continue };
        if code == 0 {
            diagnostics
                .error(&item.place, "0 is no error: it says that a call succeeded")
                .help("take it out");
        } else if let Some((_, first)) = errors.iter().find(|(other, _)| *other == code) {
            diagnostics
                .error(&item.place, format!("the code {code} is listed twice"))
                .help("take one of the two out")
                .label(first, "the first");
        } else {
            errors.push((code, item.place.clone()));
        }
    }
    errors
}

fn error_code(located: &Located<'_>, diagnostics: &mut Diagnostics) -> Option<i64> {
    i64::try_from(located.whole(diagnostics)?)
        .ok()
        .or_else(|| located.wants("a 64-bit number", diagnostics))
}

/// The documented requests and responses.
fn examples<'a>(items: &[Located<'a>], diagnostics: &mut Diagnostics) -> Vec<Example<'a>> {
    let examples: Vec<_> = items.iter().filter_map(|item| example(item, diagnostics)).collect();
    let names = examples.iter().filter_map(|example| example.name.as_ref());
    report_duplicates(names, "another example has this name", diagnostics);
    examples
}

fn example<'a>(located: &Located<'a>, diagnostics: &mut Diagnostics) -> Option<Example<'a>> {
    KeywordReader::open(located, diagnostics, |keywords, diagnostics| {
        let name =
            keywords.require_such_as("name", "\"documented\"", diagnostics).and_then(|name| {
                Some(Named { name: name.value.text(diagnostics)?, place: name.value.place.clone() })
            });
        keywords.text("description", diagnostics);
        if let Some(printed) = keywords.read("asPrinted") {
            as_printed(&printed.value, diagnostics);
        }
        let request = keywords.read("request").map(|entry| entry.value);
        let response = keywords.read("response").map(|entry| entry.value);
        Example { name, request, response }
    })
}

/// The texts as the page prints them, where they are no JSON: the tests read them.
fn as_printed(located: &Located<'_>, diagnostics: &mut Diagnostics) {
    KeywordReader::open(located, diagnostics, |keywords, diagnostics| {
        for word in ["request", "requestErratum", "response", "responseErratum"] {
            keywords.text(word, diagnostics);
        }
    });
}
