//! Endpoints.

use super::shape::Site;
use super::{Lowering, Sample, identity, report_clash};
use crate::model::{Body, Literal, Operation, OperationDocs, Property, Reply, Shape, TypeId};
use crate::names;
use crate::report::Report;
use crate::schema::{Descriptions, Endpoint, Method, Payload, ReturnCode, Spot, known_code};
use crate::source::Value;

impl<'a> Lowering<'a, '_> {
    pub(super) fn operation(
        &mut self,
        endpoint: &Endpoint<'a>,
        codes: &[ReturnCode],
        report: &mut Report,
    ) {
        let id = endpoint.operation_id.name;
        let request = self.request(endpoint, report);
        let name = format!("{id} reply");
        let response = self.schema(&endpoint.response, Site::named(&name), report);
        self.examples(endpoint, request, response.as_ref());
        let reply = response.and_then(|response| self.reply(endpoint, response, report));
        let errors = errors(endpoint, codes, report);
        let (Some(request), Some(reply)) = (request, reply) else { return };
        let Some(method_name) = names::field_name(id) else { return };
        self.model.operations.push(Operation {
            id: id.to_owned(),
            method_name,
            docs: docs(endpoint),
            internal: endpoint.internal,
            deprecated: endpoint.deprecated,
            is_get: endpoint.method == Method::Get,
            path: endpoint.path.to_owned(),
            needs_token: endpoint.needs_token,
            idempotent: endpoint.idempotent,
            request,
            code: endpoint.envelope.code.to_owned(),
            message: endpoint.envelope.message.to_owned(),
            reply,
            errors,
        });
    }

    /// A request is an object, and has the operation's name.
    fn request(&mut self, endpoint: &Endpoint<'a>, report: &mut Report) -> Option<TypeId> {
        let spot = &endpoint.request;
        let shape = self.schema(spot, Site::named(endpoint.operation_id.name), report)?;
        if let Shape::Named(id) = shape
            && let Body::Object(_) = self.model.get(id).body
            && self.named.contains_key(&identity(spot))
        {
            return Some(id);
        }
        report
            .fault(&spot.place, "a request must be an object with `properties`, described in place")
            .cure("write the object here; its properties may be `$ref`s");
        None
    }

    fn examples(
        &mut self,
        endpoint: &Endpoint<'a>,
        request: Option<TypeId>,
        response: Option<&Shape>,
    ) {
        for example in &endpoint.examples {
            let pairs = [
                (&example.request, request.map(Shape::Named)),
                (&example.response, response.cloned()),
            ];
            for (value, shape) in pairs {
                if let (Some(value), Some(shape)) = (value, shape) {
                    self.samples.push(Sample { value: value.clone(), shape });
                }
            }
        }
    }

    fn reply(
        &mut self,
        endpoint: &Endpoint<'a>,
        response: Shape,
        report: &mut Report,
    ) -> Option<Reply> {
        let (name, place) = match &endpoint.envelope.payload {
            Payload::Nothing => return Some(Reply::Nothing),
            Payload::Root => return Some(Reply::Root(self.without_envelope(endpoint, response))),
            Payload::Property(name, place) => (*name, place),
        };
        let properties = self.properties(&response);
        if let Some(property) = properties.iter().find(|property| property.name == name) {
            let (shape, required) = (property.shape.clone(), property.required);
            return Some(Reply::Property { name: name.to_owned(), shape, required });
        }
        report
            .fault(place, format!("the response has no property `{name}`"))
            .related(&endpoint.response.place, "this response");
        None
    }

    fn properties(&self, shape: &Shape) -> &[Property] {
        match shape {
            Shape::Named(id) => match &self.model.get(*id).body {
                Body::Object(object) => &object.properties,
                _ => &[],
            },
            _ => &[],
        }
    }

    /// A reply that is its own payload: the runtime has taken code and message out of it.
    fn without_envelope(&mut self, endpoint: &Endpoint<'a>, response: Shape) -> Shape {
        if let Shape::Named(id) = response
            && let Body::Object(object) = &mut self.model.types[id.0].body
        {
            let envelope = [endpoint.envelope.code, endpoint.envelope.message];
            object.properties.retain(|property| !envelope.contains(&&*property.name));
        }
        response
    }
}

/// Two operations of one name would be one type and one method.
pub(super) fn report_twin_operations(descriptions: &Descriptions<'_>, report: &mut Report) {
    let mut seen: Vec<&Endpoint<'_>> = Vec::new();
    for endpoint in &descriptions.endpoints {
        let id = &endpoint.operation_id;
        if let Some(other) = seen.iter().find(|other| other.operation_id.name == id.name) {
            report_clash("operation", id.name, &id.place, &other.operation_id.place, report);
        }
        seen.push(endpoint);
    }
}

fn errors(endpoint: &Endpoint<'_>, codes: &[ReturnCode], report: &mut Report) -> Vec<i64> {
    for (code, place) in &endpoint.errors {
        if known_code(codes, *code).is_none() {
            report
                .fault(place, format!("{code} is not in the table of return codes"))
                .cure("add it there, with its class and meaning");
        }
    }
    endpoint.errors.iter().map(|(code, _)| *code).collect()
}

fn docs(endpoint: &Endpoint<'_>) -> OperationDocs {
    let request = endpoint.examples.iter().find_map(|example| example.request.as_ref());
    OperationDocs {
        summary: endpoint.summary.to_owned(),
        description: endpoint.description.map(str::to_owned),
        source: endpoint
            .source
            .map(|source| (source.url.to_owned(), source.description.map(str::to_owned))),
        example: request.map_or_else(Vec::new, literals),
    }
}

/// The scalar values of an example; none if it has others.
fn literals(spot: &Spot<'_>) -> Vec<(String, Literal)> {
    let Value::Object(object) = &spot.node.value else { return Vec::new() };
    let literal = |value: &Value| match value {
        Value::Bool(flag) => Some(Literal::Bool(*flag)),
        Value::Number(number) => Some(Literal::Number(*number)),
        Value::String(text) => Some(Literal::Text(text.clone())),
        _ => None,
    };
    let pairs =
        object.entries.iter().map(|entry| Some((entry.key.clone(), literal(&entry.node.value)?)));
    pairs.collect::<Option<Vec<_>>>().unwrap_or_default()
}
