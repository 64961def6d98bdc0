//! Where a reply keeps its parts: each of them a property that the response lists, and none of the
//! listed ones out of reach.
//!
//! ```text
//! { "code": "/errcode", "message": "/errmsg", "payload": "/data" }
//!
//! Operation { code: "errcode", message: "errmsg", reply: Property { name: "data", .. }, .. }
//! ```

use crate::diagnostics::Place;
use crate::lower::Lowering;
use crate::model::{Body, Direction, Model, Property, Reply, TypeExpr};
use crate::schema::{Endpoint, EnvelopeParts, Located, Named, PayloadPointer};
use crate::source::Value;

impl<'a> Lowering<'a, '_> {
    /// What a successful call returns, and whether all parts of the reply are where they are said to
    /// be.
    pub(super) fn reply(&self, endpoint: &Endpoint<'a>, response: TypeExpr) -> Option<Reply> {
        let envelope = endpoint.envelope.as_ref()?;
        let code = self.part(endpoint, &response, &envelope.code);
        let message = self.part(endpoint, &response, &envelope.message);
        let payload = match &envelope.payload {
            PayloadPointer::Property(payload) => Some(self.part(endpoint, &response, payload)?),
            PayloadPointer::Nothing | PayloadPointer::Root => None,
        };
        self.report_kinds(envelope, code?, message?);
        self.report_unreachable(envelope, &response);
        match (&envelope.payload, payload) {
            (PayloadPointer::Root, _) => Some(Reply::Root(response)),
            (_, Some(payload)) => Some(Reply::Property {
                name: payload.name.clone(),
                ty: payload.ty.clone(),
                required: payload.required,
            }),
            (_, None) => Some(Reply::Nothing),
        }
    }

    /// The property that a part of the envelope is. The runtime goes by its name, and by no other
    /// spelling.
    fn part<'s>(
        &'s self,
        endpoint: &Endpoint<'a>,
        response: &TypeExpr,
        part: &Named<'_>,
    ) -> Option<&'s Property> {
        let properties = self.properties(response);
        let found = properties.iter().find(|property| property.name == part.name);
        let Some(property) = found else {
            let response = endpoint.response.as_ref()?;
            if !self.may_list(response, part.name, &mut Vec::new()) {
                self.reporter
                    .error(&part.place, format!("the response has no property `{}`", part.name))
                    .help("list it in the response's `properties`, or correct the pointer")
                    .label(&response.place, "this response");
            }
            return None;
        };
        if !property.aliases.is_empty() {
            self.reporter
                .error(&property.place, "has other spellings, and is a part of the envelope")
                .help(
                    "take `aliases` out: an envelope's parts are found by the name in its pointer",
                )
                .label(&part.place, "this part");
        }
        Some(property)
    }

    fn properties(&self, ty: &TypeExpr) -> &[Property] {
        match ty {
            TypeExpr::Constrained(ty, _) => self.properties(ty),
            TypeExpr::Named(id) => match &self.model.get(*id).body {
                Body::Object(object) => &object.properties,
                _ => &[],
            },
            _ => &[],
        }
    }

    /// Whether a schema lists a property, for all that is known: one that does but has an error was
    /// reported already.
    pub(super) fn may_list(&self, schema: &Located<'a>, name: &str, seen: &mut Vec<Place>) -> bool {
        let Value::Object(keywords) = &schema.node.value else { return false };
        let is_seen = |place: &Place| {
            place.pointer == schema.place.pointer && place.file.path == schema.place.file.path
        };
        if seen.iter().any(is_seen) {
            return false;
        }
        seen.push(schema.place.clone());
        if schema.node.at("/properties").is_some_and(|listed| is_listed(&listed.value, name)) {
            return true;
        }
        let reference = keywords.get("$ref").map(|node| schema.below("$ref", node));
        if let Some(reference) = reference {
            // What leads nowhere was reported, and may have listed anything.
            let target = self.references.known_target(&reference).and_then(Result::ok);
            if target.is_none_or(|target| self.may_list(&target, name, seen)) {
                return true;
            }
        }
        let Some(all) = keywords.get("allOf").map(|node| schema.below("allOf", node)) else {
            return false;
        };
        let is_array = matches!(all.node.value, Value::Array(_));
        is_array && all.items().iter().any(|branch| self.may_list(branch, name, seen))
    }

    fn report_kinds(&self, envelope: &EnvelopeParts<'_>, code: &Property, message: &Property) {
        if !self.is_code(&code.ty) {
            self.reporter
                .error(&code.place, "holds the return code, and is no whole number")
                .help("write `\"type\": \"integer\"`")
                .label(&envelope.code.place, "by this pointer");
        }
        if !self.is_message(&message.ty) {
            self.reporter
                .error(&message.place, "holds the message, and is no string that may be shown")
                .help("write `\"type\": \"string\"`, without `sensitive`")
                .label(&envelope.message.place, "by this pointer");
        }
    }

    fn is_code(&self, ty: &TypeExpr) -> bool {
        match ty {
            TypeExpr::Integer(..) | TypeExpr::Time(..) => true,
            TypeExpr::Nullable(ty) | TypeExpr::Constrained(ty, _) => self.is_code(ty),
            TypeExpr::Named(id) => match &self.model.get(*id).body {
                Body::Newtype(ty, _) => self.is_code(ty),
                Body::Enum(values) => !values.of_text,
                Body::Pending => true,
                _ => false,
            },
            _ => false,
        }
    }

    fn is_message(&self, ty: &TypeExpr) -> bool {
        match ty {
            TypeExpr::Text(_) => true,
            TypeExpr::Nullable(ty) | TypeExpr::Constrained(ty, _) => self.is_message(ty),
            TypeExpr::Named(id) => match &self.model.get(*id).body {
                Body::Newtype(ty, _) => self.is_message(ty),
                Body::Enum(values) => values.of_text,
                Body::Pending => true,
                _ => false,
            },
            _ => false,
        }
    }

    /// Reports properties that no caller would ever see: beside code and message, callers get the
    /// payload and nothing else.
    fn report_unreachable(&self, envelope: &EnvelopeParts<'_>, response: &TypeExpr) {
        let payload = match &envelope.payload {
            PayloadPointer::Root => return,
            PayloadPointer::Property(payload) => Some(payload.name),
            PayloadPointer::Nothing => None,
        };
        let parts = [Some(envelope.code.name), Some(envelope.message.name), payload];
        for property in self.properties(response) {
            let is_part = parts.contains(&Some(&*property.name));
            if !is_part && property.only != Some(Direction::Sent) {
                self.reporter
                    .error(
                        &property.place,
                        "lies beside the payload, where no caller gets to see it",
                    )
                    .help(
                        "make the reply itself the payload, `\"payload\": \"\"`, or take this out",
                    )
                    .label(&envelope.place, "this envelope");
            }
        }
    }
}

fn is_listed(properties: &Value, name: &str) -> bool {
    matches!(properties, Value::Object(listed) if listed.get(name).is_some())
}

impl Model {
    /// Takes code and message out of the replies that are their own payload, as the runtime does.
    /// Several operations may have a reply in common, so this waits until all were looked at.
    pub(crate) fn take_envelopes_out(&mut self) {
        for operation in &self.operations {
            if let Reply::Root(TypeExpr::Named(id)) = &operation.reply
                && let Body::Object(object) = &mut self.types[id.0].body
            {
                let parts = [&operation.code, &operation.message];
                object.properties.retain(|property| !parts.contains(&&property.name));
            }
        }
    }
}
