//! An endpoint's description: where it is, what is sent and what comes back.

use std::collections::HashMap;

use heck::ToLowerCamelCase as _;

use super::ledger::{Ledger, Taken};
use super::path::url_path;
use super::spot::Spot;
use crate::names;
use crate::report::{Place, Report};

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
    pub(crate) request: Option<Spot<'a>>,
    pub(crate) response: Option<Spot<'a>>,
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
    pub(crate) request: Option<Spot<'a>>,
    pub(crate) response: Option<Spot<'a>>,
}

/// Reads an endpoint's description.
pub(super) fn read<'a>(spot: &Spot<'a>, report: &mut Report) -> Option<Endpoint<'a>> {
    Ledger::read(spot, report, |ledger, report| endpoint(ledger, report))?
}

/// Every word is taken, whichever of them are at fault. What was reported gets a stand-in, so that
/// the schemas are looked at too: nothing will be generated.
fn endpoint<'a>(ledger: &Ledger<'a>, report: &mut Report) -> Option<Endpoint<'a>> {
    ledger.text("$schema", report);
    ledger.text("$comment", report);
    let operation_id = ledger.need("operationId", report).and_then(|id| operation_id(&id, report));
    let summary = ledger.need_such_as("summary", "\"Opens a shop.\"", report);
    let method = ledger.need_such_as("method", "\"POST\"", report);
    let path = ledger.need_such_as("path", "\"/shop/open\"", report);
    let request = ledger.need_such_as("request", "{ \"type\": \"object\" }", report);
    let response = ledger.need_such_as("response", "{ \"type\": \"object\" }", report);
    let envelope = ledger.need_such_as("envelope", ENVELOPE, report);
    let source = ledger.take("externalDocs");
    let security = ledger.take("security");
    Some(Endpoint {
        operation_id: operation_id?,
        summary: summary.and_then(|text| text.spot.text(report)).unwrap_or_default(),
        description: ledger.text("description", report),
        source: source.and_then(|docs| self::source(&docs.spot, report)),
        deprecated: ledger.flag("deprecated", report),
        internal: ledger.flag("internal", report),
        method: method.and_then(|word| self::method(&word.spot, report)).unwrap_or(Method::Post),
        path: path.and_then(|path| url_path(&path.spot, report)).unwrap_or("/"),
        needs_token: security.is_none_or(|word| self::security(&word.spot, report)),
        idempotent: ledger.flag("idempotent", report),
        request: request.map(|taken| taken.spot),
        response: response.map(|taken| taken.spot),
        envelope: envelope.and_then(|parts| self::envelope(&parts.spot, report)),
        errors: errors(&ledger.items("errors", report), report),
        examples: examples(&ledger.items("examples", report), report),
    })
}

const ENVELOPE: &str = "{ \"code\": \"/errcode\", \"message\": \"/errmsg\" }";

/// A name that is no good is reported, and names what else there is to report all the same, where
/// Rust's names can be made of it.
fn operation_id<'a>(taken: &Taken<'a>, report: &mut Report) -> Option<Named<'a>> {
    let spot = &taken.spot;
    let name = spot.text(report)?;
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric());
    let named = Named { name, place: spot.place.clone() };
    if plain && name.starts_with(|first: char| first.is_ascii_lowercase()) {
        return Some(named);
    }
    let better: String =
        name.to_lower_camel_case().chars().filter(char::is_ascii_alphanumeric).collect();
    let is_better = better.starts_with(|first: char| first.is_ascii_lowercase());
    let better = if is_better { better } else { "getCouponPlacement".to_owned() };
    spot.must_be("a name in camel case", report).cure(format!("such as \"{better}\""));
    names::type_name(name).map(|_| named)
}

fn source<'a>(spot: &Spot<'a>, report: &mut Report) -> Option<Source<'a>> {
    Ledger::read(spot, report, |ledger, report| {
        let url = ledger.need_such_as("url", "\"https://example.com/docs\"", report);
        let description = ledger.text("description", report);
        let url = url?.spot;
        let text = url.text(report)?;
        if text.starts_with("https://") || text.starts_with("http://") {
            return Some(Source { url: text, description });
        }
        url.must_be("a URL", report).cure("it begins with `https://`");
        None
    })?
}

fn method(spot: &Spot<'_>, report: &mut Report) -> Option<Method> {
    spot.one_of(&[("GET", Method::Get), ("POST", Method::Post)], report)
}

/// Whether a call needs a token; if that cannot be told, nothing shall follow from it.
fn security(spot: &Spot<'_>, report: &mut Report) -> bool {
    spot.one_of(&[("accessToken", true), ("none", false)], report).unwrap_or(false)
}

fn envelope<'a>(spot: &Spot<'a>, report: &mut Report) -> Option<EnvelopeParts<'a>> {
    Ledger::read(spot, report, |ledger, report| {
        let code = ledger.need_such_as("code", "\"/errcode\"", report);
        let code = code.and_then(|code| property(&code.spot, report));
        let message = ledger.need_such_as("message", "\"/errmsg\"", report);
        let message = message.and_then(|text| property(&text.spot, report));
        let payload = match ledger.take("payload") {
            None => Some(Payload::Nothing),
            Some(taken) => payload(&taken.spot, report),
        };
        let parts = EnvelopeParts {
            place: spot.place.clone(),
            code: code?,
            message: message?,
            payload: payload?,
        };
        report_twin_parts(&parts, report);
        Some(parts)
    })?
}

/// Each part of an envelope is a property of its own.
fn report_twin_parts(parts: &EnvelopeParts<'_>, report: &mut Report) {
    let mut seen = vec![&parts.code, &parts.message];
    if let Payload::Property(payload) = &parts.payload {
        seen.push(payload);
    }
    report_twins(seen, "another part of the envelope is this property too", report);
}

/// Reports every name that was there before.
fn report_twins<'n>(
    names: impl IntoIterator<Item = &'n Named<'n>>,
    message: &str,
    report: &mut Report,
) {
    let mut seen: HashMap<&str, &Place> = HashMap::new();
    for Named { name, place } in names {
        if let Some(first) = seen.get(name) {
            report
                .fault(place, message)
                .cure("give each one of its own")
                .related(first, "the first");
        }
        seen.entry(name).or_insert(place);
    }
}

fn payload<'a>(spot: &Spot<'a>, report: &mut Report) -> Option<Payload<'a>> {
    if spot.text(report)?.is_empty() {
        return Some(Payload::Root);
    }
    property(spot, report).map(Payload::Property)
}

/// A pointer to a property of the reply itself.
fn property<'a>(spot: &Spot<'a>, report: &mut Report) -> Option<Named<'a>> {
    let pointer = spot.text(report)?;
    let (wrong, cure) = match pointer.strip_prefix('/') {
        Some(name) if !name.is_empty() && !name.contains(['/', '~']) => {
            return Some(Named { name, place: spot.place.clone() });
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
    report.fault(&spot.place, format!("{} {wrong}", spot.node.describe())).cure(cure);
    None
}

/// The return codes that belong to an endpoint.
fn errors(items: &[Spot<'_>], report: &mut Report) -> Vec<(i64, Place)> {
    let mut errors: Vec<(i64, Place)> = Vec::new();
    for item in items {
        let Some(code) = error_code(item, report) else { continue };
        if code == 0 {
            report
                .fault(&item.place, "0 is no error: it says that a call succeeded")
                .cure("take it out");
        } else if let Some((_, first)) = errors.iter().find(|(other, _)| *other == code) {
            report
                .fault(&item.place, format!("the code {code} is listed twice"))
                .cure("take one of the two out")
                .related(first, "the first");
        } else {
            errors.push((code, item.place.clone()));
        }
    }
    errors
}

fn error_code(spot: &Spot<'_>, report: &mut Report) -> Option<i64> {
    i64::try_from(spot.whole(report)?).ok().or_else(|| spot.wants("a 64-bit number", report))
}

/// The documented requests and responses.
fn examples<'a>(items: &[Spot<'a>], report: &mut Report) -> Vec<Example<'a>> {
    let examples: Vec<_> = items.iter().filter_map(|item| example(item, report)).collect();
    let names = examples.iter().filter_map(|example| example.name.as_ref());
    report_twins(names, "another example has this name", report);
    examples
}

fn example<'a>(spot: &Spot<'a>, report: &mut Report) -> Option<Example<'a>> {
    Ledger::read(spot, report, |ledger, report| {
        let name = ledger.need_such_as("name", "\"documented\"", report).and_then(|name| {
            Some(Named { name: name.spot.text(report)?, place: name.spot.place.clone() })
        });
        ledger.text("description", report);
        if let Some(printed) = ledger.take("asPrinted") {
            as_printed(&printed.spot, report);
        }
        let request = ledger.take("request").map(|taken| taken.spot);
        let response = ledger.take("response").map(|taken| taken.spot);
        Example { name, request, response }
    })
}

/// The texts as the page prints them, where they are no JSON: the tests read them.
fn as_printed(spot: &Spot<'_>, report: &mut Report) {
    Ledger::read(spot, report, |ledger, report| {
        for word in ["request", "requestErratum", "response", "responseErratum"] {
            ledger.text(word, report);
        }
    });
}
