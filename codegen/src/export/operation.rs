//! Writes endpoints as operations, by path and method.
//!
//! ```text
//! { "operationId": "openShop", "method": "POST", "path": "/shop/open", .. }
//!
//! { "/shop/open": { "post": { "operationId": "openShop", "requestBody": { .. }, .. } } }
//! ```

use std::collections::BTreeMap;

use super::components::SchemaWriter;
use super::json::{Fields, Json};
use super::{TOKEN_SCHEME, prose, return_code};
use crate::model::AdditionalProperties;
use crate::names;
use crate::schema::{
    Endpoint, EnvelopeParts, Example, Located, Method, Named, PagingParts, PayloadPointer,
    known_code,
};

/// The operations of all endpoints, by path and method.
pub(super) fn paths(writer: &mut SchemaWriter<'_, '_>) -> Fields {
    let mut paths: BTreeMap<&str, Fields> = BTreeMap::new();
    for endpoint in &writer.api.descriptions.endpoints {
        // If one of them is missing, that was reported.
        if let (Some(request), Some(response)) = (&endpoint.request, &endpoint.response) {
            let operation = writer.operation(endpoint, [request, response]);
            let methods = paths.entry(endpoint.path).or_default();
            match methods.get(method(endpoint)) {
                None => methods.set(method(endpoint), operation),
                Some(_) => report_same_path(endpoint, writer),
            }
        }
    }
    let mut fields = Fields::new();
    fields.extend(paths.into_iter().map(|(path, methods)| (path.to_owned(), methods.into())));
    fields
}

fn method(endpoint: &Endpoint<'_>) -> &'static str {
    match endpoint.method {
        Method::Get => "get",
        Method::Post => "post",
    }
}

/// Reports two operations of one path and method. The service tells them apart by the request,
/// which OpenAPI has no words for.
fn report_same_path(endpoint: &Endpoint<'_>, writer: &SchemaWriter<'_, '_>) {
    let endpoints = &writer.api.descriptions.endpoints;
    let is_first = |it: &&Endpoint<'_>| it.path == endpoint.path && it.method == endpoint.method;
    let error = writer
        .reporter
        .error(
            &endpoint.operation_id.place,
            "has the method and the path of another operation, which OpenAPI takes for one",
        )
        .help("describe the two as one operation, or leave one of them out");
    if let Some(first) = endpoints.iter().find(is_first) {
        error.label(&first.operation_id.place, "the other one");
    }
}

impl<'a> SchemaWriter<'a, '_> {
    fn operation(
        &mut self,
        endpoint: &Endpoint<'a>,
        [request, response]: [&Located<'a>; 2],
    ) -> Fields {
        let area = request.file.path.rsplit_once('/').map(|(folder, _)| Json::from(folder));
        let security = endpoint
            .needs_token
            .then(|| Fields::new().with(TOKEN_SCHEME, Json::Array(Vec::new())).into());
        let fields = Fields::new()
            .with_list("tags", area.into_iter().collect())
            .with("operationId", endpoint.operation_id.name)
            .with("summary", endpoint.summary)
            .with_some("description", self.description(endpoint).as_deref())
            .with_some("externalDocs", external_docs(endpoint))
            .with_flag("deprecated", endpoint.deprecated)
            .with("security", Json::Array(security.into_iter().collect()));
        let fields = match endpoint.method {
            Method::Get => self.query(fields, endpoint, request),
            Method::Post => fields.with("requestBody", self.body(endpoint, request)),
        };
        let answer = self.response(endpoint, response);
        fields
            .with("responses", Fields::new().with("200", answer))
            .with("x-idempotent", endpoint.idempotent)
            .with_some("x-paging", endpoint.paging.as_ref().map(paging))
    }

    fn body(&mut self, endpoint: &Endpoint<'a>, request: &Located<'a>) -> Fields {
        let content = Fields::new()
            .with("schema", self.schema(request))
            .with_some("examples", examples(endpoint, |example| example.request.as_ref()));
        Fields::new()
            .with("description", prose::BODY)
            .with("required", true)
            .with("content", Fields::new().with("application/json", content))
    }

    fn response(&mut self, endpoint: &Endpoint<'a>, response: &Located<'a>) -> Fields {
        let Some(envelope) = &endpoint.envelope else { return Fields::new() };
        let description = prose::reply(envelope.code.name, envelope.message.name);
        let branches =
            vec![self.success(endpoint, envelope, response).into(), refusal(envelope).into()];
        let content = Fields::new()
            .with("schema", Fields::new().with_list("anyOf", branches))
            .with_some("examples", examples(endpoint, |example| example.response.as_ref()));
        Fields::new()
            .with("description", &description)
            .with("content", Fields::new().with("application/json", content))
            .with_list("x-return-codes", self.return_codes(endpoint))
            .with("x-envelope", parts(envelope))
    }

    /// The schema of a successful reply: the described response, whose return code is 0 or absent.
    fn success(
        &mut self,
        endpoint: &Endpoint<'a>,
        envelope: &EnvelopeParts<'a>,
        response: &Located<'a>,
    ) -> Fields {
        let name = names::type_name_for(&format!("{} response", endpoint.operation_id.name));
        let is_reference = response.node.at("/$ref").is_some();
        let is_named = is_reference || response.node.at("/rustName").is_some();
        let described = if is_named {
            self.schema(response)
        } else {
            self.reference_as(response, &name).into()
        };
        let zero = Fields::new().with("type", "integer").with("const", Json::raw(0));
        let code = Fields::new().with("properties", Fields::new().with(envelope.code.name, zero));
        Fields::new().with("title", "Success").with_list("allOf", vec![described, code.into()])
    }

    fn description(&self, endpoint: &Endpoint<'_>) -> Option<String> {
        let is_closed = endpoint.method == Method::Get
            && self
                .request_object(endpoint)
                .is_some_and(|(_, it)| matches!(it.additional, AdditionalProperties::Refused));
        let parts = endpoint.description.into_iter().chain(is_closed.then_some(prose::CLOSED));
        let parts: Vec<&str> = parts.collect();
        (!parts.is_empty()).then(|| parts.join("\n\n"))
    }

    fn return_codes(&self, endpoint: &Endpoint<'_>) -> Vec<Json> {
        let codes = &self.api.descriptions.codes;
        let known = endpoint.errors.iter().filter_map(|(code, _)| known_code(codes, *code));
        known.map(return_code).collect()
    }
}

/// The schema of a refusal. It has none of the response's rules, since a refusal has no payload.
fn refusal(envelope: &EnvelopeParts<'_>) -> Fields {
    let zero = Fields::new().with("const", Json::raw(0));
    let code = Fields::new().with("type", "integer").with("not", zero);
    let message = Fields::new().with("type", "string");
    let properties =
        Fields::new().with(envelope.code.name, code).with(envelope.message.name, message);
    Fields::new()
        .with("title", "Refusal")
        .with("type", "object")
        .with("properties", properties)
        .with_list("required", vec![Json::from(envelope.code.name)])
}

/// The parts of a description's `paging`.
fn paging(parts: &PagingParts<'_>) -> Fields {
    let fields = Fields::new().with("name", parts.name.name);
    let named = parts.named.iter();
    named.fold(fields, |fields, (keyword, named)| fields.with(keyword.name(), named.name))
}

/// Where the parts of a reply are, as JSON pointers.
fn parts(envelope: &EnvelopeParts<'_>) -> Fields {
    let pointer = |named: &Named<'_>| Json::from(&format!("/{}", named.name));
    let payload = match &envelope.payload {
        PayloadPointer::Nothing => None,
        PayloadPointer::Root => Some(Json::from("")),
        PayloadPointer::Property(payload) => Some(pointer(payload)),
    };
    Fields::new()
        .with("code", pointer(&envelope.code))
        .with("message", pointer(&envelope.message))
        .with_some("payload", payload)
}

fn external_docs(endpoint: &Endpoint<'_>) -> Option<Fields> {
    let source = endpoint.source?;
    let docs = Fields::new().with_some("description", source.description);
    Some(docs.with("url", source.url))
}

/// The named examples of a media type. `asPrinted` texts are left out, since they need not be JSON.
fn examples<'e, 'a>(
    endpoint: &'e Endpoint<'a>,
    part: impl Fn(&'e Example<'a>) -> Option<&'e Located<'a>>,
) -> Option<Fields> {
    let mut examples = Fields::new();
    for example in &endpoint.examples {
        if let (Some(name), Some(value)) = (&example.name, part(example)) {
            let written = Fields::new()
                .with_some("description", example.description)
                .with("value", Json::from(value.node));
            examples.set(name.name, written);
        }
    }
    (!examples.is_empty()).then_some(examples)
}
