//! Endpoints.

mod envelope;
mod query;

use super::shape::Site;
use super::{Lowering, Sample, identity, report_clash};
use crate::model::{Body, Literal, Operation, OperationDocs, Shape, TypeId};
use crate::names;
use crate::report::Report;
use crate::schema::{Descriptions, Endpoint, Method, Spot};
use crate::source::Value;

impl<'a> Lowering<'a, '_> {
    pub(super) fn operation(&mut self, endpoint: &Endpoint<'a>, report: &mut Report) {
        let id = endpoint.operation_id.name;
        let request = endpoint.request.as_ref().and_then(|it| self.request(endpoint, it, report));
        let name = format!("{id} reply");
        let site = Site::named(&name);
        let response =
            endpoint.response.as_ref().and_then(|response| self.schema(response, site, report));
        self.examples(endpoint, request, response.as_ref());
        let reply = response.and_then(|response| self.reply(endpoint, response, report));
        let (Some(request), Some(reply), Some(envelope)) = (request, reply, &endpoint.envelope)
        else {
            return;
        };
        let Some(method_name) = names::field_name(id) else { return };
        if names::is_taken_by_client(&method_name) && !endpoint.internal {
            report
                .fault(
                    &endpoint.operation_id.place,
                    format!("would be called by `{method_name}`, which the client does already"),
                )
                .cure("say in the name what the operation is about, such as \"sendMessage\"");
        }
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
            code: envelope.code.name.to_owned(),
            message: envelope.message.name.to_owned(),
            reply,
            errors: endpoint.errors.iter().map(|(code, _)| *code).collect(),
        });
    }

    /// A request is an object, and has the operation's name.
    fn request(
        &mut self,
        endpoint: &Endpoint<'a>,
        spot: &Spot<'a>,
        report: &mut Report,
    ) -> Option<TypeId> {
        let shape = self.schema(spot, Site::named(endpoint.operation_id.name), report)?;
        if let Shape::Named(id) = shape
            && let Body::Object(_) = self.model.get(id).body
            && self.named.contains_key(&identity(spot))
        {
            if endpoint.method == Method::Get {
                self.report_what_no_query_holds(endpoint, spot, id, report);
            }
            return Some(id);
        }
        if matches!(shape, Shape::Also(..)) {
            report
                .fault(&spot.place, "a request cannot say more of itself than its properties and rules on their number and names")
                .cure("say it of an object that is a property of the request, or in the description");
            return None;
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
}

/// Two operations of one name would be one type and one method.
pub(super) fn report_twin_operations(descriptions: &Descriptions<'_>, report: &mut Report) {
    let mut seen: Vec<&Endpoint<'_>> = Vec::new();
    for endpoint in &descriptions.endpoints {
        let id = &endpoint.operation_id;
        if let Some(other) = seen.iter().find(|other| other.operation_id.name == id.name) {
            let places = [&id.place, &other.operation_id.place];
            report_clash("operation", id.name, places, "give one of the two another name", report);
        }
        seen.push(endpoint);
    }
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
