//! An endpoint's description: where it is, what is sent and what comes back.

use super::ledger::{Ledger, Taken};
use super::spot::Spot;
use crate::report::{Place, Report};

/// An endpoint, as its file describes it; its schemas are still to be lowered.
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
    pub(crate) request: Spot<'a>,
    pub(crate) response: Spot<'a>,
    pub(crate) envelope: EnvelopeParts<'a>,
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
    pub(crate) code: &'a str,
    pub(crate) message: &'a str,
    pub(crate) payload: Payload<'a>,
}

/// Where the payload is.
#[derive(Clone, Debug)]
pub(crate) enum Payload<'a> {
    Nothing,
    Root,
    Property(&'a str, Place),
}

/// A documented request and its response.
#[derive(Debug)]
pub(crate) struct Example<'a> {
    pub(crate) request: Option<Spot<'a>>,
    pub(crate) response: Option<Spot<'a>>,
}

/// Reads an endpoint's description.
pub(super) fn read<'a>(spot: &Spot<'a>, report: &mut Report) -> Option<Endpoint<'a>> {
    Ledger::read(spot, report, |ledger, report| endpoint(ledger, report))?
}

/// Every word is taken before the first missing one ends it, so that all faults are reported.
fn endpoint<'a>(ledger: &Ledger<'a>, report: &mut Report) -> Option<Endpoint<'a>> {
    ledger.text("$schema", report);
    ledger.text("$comment", report);
    let operation_id = ledger.need("operationId", report).and_then(|id| operation_id(&id, report));
    let summary = ledger.need("summary", report).and_then(|text| text.spot.text(report));
    let description = ledger.text("description", report);
    let source = ledger.take("externalDocs").and_then(|docs| source(&docs.spot, report));
    let deprecated = ledger.flag("deprecated", report);
    let internal = ledger.flag("internal", report);
    let method = ledger.need("method", report).and_then(|word| method(&word.spot, report));
    let path = ledger.need("path", report).and_then(|path| url_path(&path.spot, report));
    let needs_token = ledger.take("security").is_none_or(|word| security(&word.spot, report));
    let idempotent = ledger.flag("idempotent", report);
    let request = ledger.need("request", report);
    let response = ledger.need("response", report);
    let envelope = ledger.need("envelope", report).and_then(|parts| envelope(&parts.spot, report));
    let errors = ledger.items("errors", report);
    let errors = errors.iter().filter_map(|code| error_code(code, report)).collect();
    let examples = ledger.items("examples", report);
    let examples = examples.iter().filter_map(|example| self::example(example, report)).collect();
    Some(Endpoint {
        operation_id: operation_id?,
        summary: summary?,
        description,
        source,
        deprecated,
        internal,
        method: method?,
        path: path?,
        needs_token,
        idempotent,
        request: request?.spot,
        response: response?.spot,
        envelope: envelope?,
        errors,
        examples,
    })
}

fn operation_id<'a>(taken: &Taken<'a>, report: &mut Report) -> Option<Named<'a>> {
    let name = taken.spot.text(report)?;
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric());
    if plain && name.starts_with(|first: char| first.is_ascii_lowercase()) {
        return Some(Named { name, place: taken.spot.place.clone() });
    }
    taken.spot.wants("a name in camel case, such as \"getCouponPlacement\"", report)
}

fn source<'a>(spot: &Spot<'a>, report: &mut Report) -> Option<Source<'a>> {
    Ledger::read(spot, report, |ledger, report| {
        let url = ledger.need("url", report);
        let description = ledger.text("description", report);
        let url = url?.spot;
        let text = url.text(report)?;
        if text.starts_with("https://") || text.starts_with("http://") {
            return Some(Source { url: text, description });
        }
        url.wants("a URL that begins with https://", report)
    })?
}

fn method(spot: &Spot<'_>, report: &mut Report) -> Option<Method> {
    spot.one_of(&[("GET", Method::Get), ("POST", Method::Post)], report)
}

fn url_path<'a>(spot: &Spot<'a>, report: &mut Report) -> Option<&'a str> {
    let path = spot.text(report)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-._~".contains(c);
    if path.starts_with('/') && path.chars().all(plain) {
        return Some(path);
    }
    spot.wants("a path that begins with `/` and has no query", report)
}

fn security(spot: &Spot<'_>, report: &mut Report) -> bool {
    spot.one_of(&[("accessToken", true), ("none", false)], report).unwrap_or(true)
}

fn envelope<'a>(spot: &Spot<'a>, report: &mut Report) -> Option<EnvelopeParts<'a>> {
    Ledger::read(spot, report, |ledger, report| {
        let code = ledger.need("code", report).and_then(|code| property(&code.spot, report));
        let message = ledger.need("message", report).and_then(|text| property(&text.spot, report));
        let payload = match ledger.take("payload") {
            None => Some(Payload::Nothing),
            Some(taken) => payload(&taken.spot, report),
        };
        Some(EnvelopeParts { code: code?, message: message?, payload: payload? })
    })?
}

fn payload<'a>(spot: &Spot<'a>, report: &mut Report) -> Option<Payload<'a>> {
    if spot.text(report)?.is_empty() {
        return Some(Payload::Root);
    }
    property(spot, report).map(|name| Payload::Property(name, spot.place.clone()))
}

/// A pointer to a property of the reply itself.
fn property<'a>(spot: &Spot<'a>, report: &mut Report) -> Option<&'a str> {
    let pointer = spot.text(report)?;
    match pointer.strip_prefix('/') {
        Some(name) if !name.is_empty() && !name.contains(['/', '~']) => Some(name),
        _ => spot.wants("a pointer to a property of the response, such as \"/data\"", report),
    }
}

fn error_code(spot: &Spot<'_>, report: &mut Report) -> Option<(i64, Place)> {
    match i64::try_from(spot.whole(report)?) {
        Ok(code) => Some((code, spot.place.clone())),
        Err(_) => spot.wants("a 64-bit number", report),
    }
}

fn example<'a>(spot: &Spot<'a>, report: &mut Report) -> Option<Example<'a>> {
    Ledger::read(spot, report, |ledger, report| {
        ledger.need("name", report).and_then(|name| name.spot.text(report));
        ledger.text("description", report);
        if let Some(printed) = ledger.take("asPrinted") {
            as_printed(&printed.spot, report);
        }
        let request = ledger.take("request").map(|taken| taken.spot);
        let response = ledger.take("response").map(|taken| taken.spot);
        Example { request, response }
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
