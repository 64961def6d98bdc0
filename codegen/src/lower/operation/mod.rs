//! Lowers endpoints to operations.
//!
//! ```text
//! { "operationId": "openShop", "method": "POST", "request": { .. }, "response": { .. }, .. }
//!
//! Operation { id: "openShop", method_name: "open_shop", request: TypeId(0), reply: Nothing, .. }
//! ```

mod envelope;
mod paging;
mod query;

pub(super) use paging::report_duplicate_methods;

use super::context::TypeContext;
use super::{Identity, Lowering, report_clash};
use crate::diagnostics::{Reported, Reporter};
use crate::model::{Body, Direction, Operation, OperationDocs, Sample, TypeExpr, TypeId};
use crate::names;
use crate::schema::{
    Descriptions, Endpoint, Example, Keyword, Located, Method, Named, PayloadPointer, joined,
};
use crate::util::{CollectVec as _, PushAll as _, repeated};

impl<'a> Lowering<'a, '_> {
    pub(super) fn operation(&mut self, endpoint: &Endpoint<'a>) {
        let id = endpoint.operation_id.name;
        let request = endpoint.request.as_ref().and_then(|it| self.request(endpoint, it).ok());
        let name = format!("{id} reply");
        let context = TypeContext::named(&name);
        self.payload = payload(endpoint);
        let response = endpoint.response.as_ref().and_then(|it| self.schema(it, context).ok());
        self.examples(endpoint);
        let reply = response.and_then(|response| self.reply(endpoint, response));
        let (Some(request), Some(reply), Some(envelope)) = (request, reply, &endpoint.envelope)
        else {
            return;
        };
        let Some(method_name) = self.method_name(endpoint) else { return };
        let paging = self.paging(endpoint, request, &reply);
        self.model.operations.push(Operation {
            id: id.to_owned(),
            place: endpoint.operation_id.place.clone(),
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
            paging,
            errors: endpoint.errors.iter().map(|(code, _)| *code).collect_vec(),
        });
    }

    /// The name of the client's method; `None` where no Rust name can be made, which was reported.
    fn method_name(&self, endpoint: &Endpoint<'a>) -> Option<String> {
        let help = "say in the name what the operation is about, such as \"sendMessage\"";
        self.client_method_name(endpoint, &endpoint.operation_id, help)
    }

    /// The name of a method of the client. One that the client has already is reported.
    fn client_method_name(
        &self,
        endpoint: &Endpoint<'a>,
        name: &Named<'_>,
        help: &str,
    ) -> Option<String> {
        let method_name = names::field_name(name.name)?;
        if names::is_taken_by_client(&method_name) && !endpoint.internal {
            self.reporter
                .error(&name.place, format!("the client has a method `{method_name}` already"))
                .help(help);
        }
        Some(method_name)
    }

    /// Lowers a request, which must be an object. Its type has the operation's name.
    fn request(
        &mut self,
        endpoint: &Endpoint<'a>,
        located: &Located<'a>,
    ) -> Result<TypeId, Reported> {
        let ty = self.schema(located, TypeContext::named(endpoint.operation_id.name))?;
        if let TypeExpr::Named(id) = ty
            && let Body::Object(_) = self.model.get(id).body
            && self.named.contains_key(&located.identity())
        {
            if endpoint.method == Method::Get {
                self.check_query(endpoint, located, id);
            }
            return Ok(id);
        }
        located
            .error("a request must be an object with `properties`, described in place")
            .help("write the object here; its properties may be `$ref`s")
            .fail()
    }

    fn examples(&mut self, endpoint: &Endpoint<'a>) {
        for example in &endpoint.examples {
            let pairs = [
                (&example.request, &endpoint.request, Direction::Sent),
                (&example.response, &endpoint.response, Direction::Received),
            ];
            self.samples.push_all(pairs.into_iter().filter_map(|(value, schema, direction)| {
                let (value, schema) = (value.clone()?, schema.clone()?);
                Some(Sample { value, schema, direction: Some(direction) })
            }));
        }
    }
}

/// The schema of the property that holds a reply's payload.
fn payload(endpoint: &Endpoint<'_>) -> Option<Identity> {
    let (response, envelope) = (endpoint.response.as_ref()?, endpoint.envelope.as_ref()?);
    let PayloadPointer::Property(payload) = &envelope.payload else { return None };
    let payload_schema = response.keyword(Keyword::Properties)?.node.step(payload.name)?;
    Some(response.below(payload.name, payload_schema).identity())
}

/// Reports operations that share a name, which would be one type and one method.
pub(super) fn report_duplicate_operations(descriptions: &Descriptions<'_>, reporter: &Reporter) {
    let ids = descriptions.endpoints.iter().map(|endpoint| &endpoint.operation_id).collect_vec();
    for (index, first) in repeated(ids.iter().map(|id| id.name)) {
        report_clash(
            "operation",
            ids[index].name,
            [&ids[index].place, &ids[first].place],
            reporter,
        )
        .help("give one of the two another name");
    }
}

fn docs(endpoint: &Endpoint<'_>) -> OperationDocs {
    OperationDocs {
        summary: endpoint.summary.to_owned(),
        description: description(endpoint),
        source: endpoint
            .source
            .map(|source| (source.url.to_owned(), source.description.map(str::to_owned))),
        exchanges: endpoint.examples.iter().map(exchange).collect_vec(),
    }
}

/// The documentation below the summary, in English and then in Chinese.
fn description(endpoint: &Endpoint<'_>) -> Option<String> {
    let [summary, description] = endpoint.in_chinese;
    let chinese = joined(summary, description);
    joined(endpoint.description, chinese.as_deref())
}

/// An example's request and reply, as JSON.
fn exchange(example: &Example<'_>) -> [Option<String>; 2] {
    [&example.request, &example.response].map(|it| Some(it.as_ref()?.node.to_json()))
}
