//! The endpoint descriptions, as far as tests look into them.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

/// An endpoint's description.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Description {
    /// Where it lies below the schema crate's folder.
    #[serde(skip)]
    pub file: &'static str,
    /// The operation's name, in camel case.
    pub operation_id: String,
    /// Whether the client has no method for it.
    #[serde(default)]
    pub internal: bool,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path below the base URL.
    pub path: String,
    /// What lets a call in.
    pub security: String,
    /// Whether sending it twice has the effect of sending it once.
    pub idempotent: bool,
    /// The request's schema.
    pub request: Box<RawValue>,
    /// The whole reply's schema.
    pub response: Box<RawValue>,
    /// Where a reply keeps what.
    pub envelope: Envelope,
    /// The return codes that belong to it in particular.
    #[serde(default)]
    pub errors: Vec<i64>,
    /// The documented requests and replies.
    #[serde(default)]
    pub examples: Vec<Example>,
}

/// Where a reply keeps what, as JSON pointers.
#[derive(Debug, Deserialize)]
pub struct Envelope {
    /// The return code.
    pub code: String,
    /// The message.
    pub message: String,
    /// The payload: the whole reply if empty.
    pub payload: Option<String>,
}

/// A documented request and its reply.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Example {
    /// What it is called; `documented` is the page's own.
    pub name: String,
    /// The request.
    pub request: Box<RawValue>,
    /// The whole reply.
    pub response: Box<RawValue>,
    #[serde(default)]
    as_printed: AsPrinted,
}

/// What a page prints, and what to read instead.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct AsPrinted {
    request: Option<String>,
    request_erratum: Option<String>,
    response: Option<String>,
    response_erratum: Option<String>,
}

/// A text that is kept as its page prints it, because it is not JSON.
#[derive(Debug)]
pub struct Printed<'a> {
    /// Request or response.
    pub side: &'static str,
    /// The page's text.
    pub text: &'a str,
    /// What is wrong with it: "For `this` read `that`".
    pub erratum: &'a str,
    /// What the example made of it.
    pub example: &'a str,
}

impl Example {
    /// The texts that are kept as the page prints them.
    pub fn printed(&self) -> Vec<Printed<'_>> {
        let AsPrinted { request, request_erratum, response, response_erratum } = &self.as_printed;
        let sides = [
            ("request", request, request_erratum, &self.request),
            ("response", response, response_erratum, &self.response),
        ];
        let mut printed = Vec::new();
        for (side, text, erratum, example) in sides {
            match (text, erratum) {
                (Some(text), Some(erratum)) => {
                    printed.push(Printed { side, text, erratum, example: example.get() });
                }
                (None, None) => {}
                _ => panic!("{}: a printed {side} and its erratum go together", self.name),
            }
        }
        printed
    }
}

impl Description {
    /// The operation's name in snake case: what its call and its test module are called.
    pub fn snake_name(&self) -> String {
        let mut name = String::new();
        for character in self.operation_id.chars() {
            if character.is_ascii_uppercase() {
                name.push('_');
            }
            name.push(character.to_ascii_lowercase());
        }
        name
    }

    /// The text of the payload of a reply, if there is one.
    pub fn payload<'a>(&self, reply: &'a RawValue) -> Option<&'a str> {
        match self.envelope.payload.as_deref()? {
            "" => Some(reply.get()),
            pointer => {
                let name = pointer.strip_prefix('/').unwrap();
                let reply: BTreeMap<String, &RawValue> = serde_json::from_str(reply.get()).unwrap();
                reply.get(name).map(|payload| payload.get())
            }
        }
    }
}

/// Every endpoint's description. What has no `operationId` describes something else.
pub fn descriptions() -> Vec<Description> {
    let files = wechat_bizwifi_schema::FILES.iter();
    files.filter(|(_, text)| text.contains("\"operationId\"")).map(parse).collect()
}

fn parse(&(file, text): &(&'static str, &str)) -> Description {
    let parsed: Description =
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{file}: {error}"));
    Description { file, ..parsed }
}

/// The description of this operation.
pub fn description(operation_id: &str) -> Description {
    let mut all = descriptions().into_iter();
    all.find(|description| description.operation_id == operation_id)
        .unwrap_or_else(|| panic!("no description has the operationId {operation_id}"))
}
