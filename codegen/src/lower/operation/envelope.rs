//! The parts of a reply: each must be a property that the response lists, and callers must get to
//! see every named property.
//!
//! ```text
//! { "code": "/errcode", "message": "/errmsg", "payload": "/data" }
//!
//! Operation { code: "errcode", message: "errmsg", reply: Property { name: "data", .. }, .. }
//! ```

use crate::lower::{Lowered, Lowering};
use crate::model::{Body, Direction, Model, Operation, Property, Reply, Type, TypeExpr, TypeId};
use crate::schema::{Endpoint, EnvelopeParts, Keyword, Located, Named, PayloadPointer};
use crate::util::{Map, Set};

impl<'a> Lowering<'a, '_> {
    /// What a successful call returns. Reports parts of the envelope that the response does not
    /// list.
    pub(super) fn reply(&self, endpoint: &Endpoint<'a>, response: TypeExpr) -> Option<Reply> {
        let envelope = endpoint.envelope.as_ref()?;
        let code = self.part(endpoint, &response, &envelope.code);
        let message = self.part(endpoint, &response, &envelope.message);
        let payload = match &envelope.payload {
            PayloadPointer::Property(payload) => Some(self.part(endpoint, &response, payload)?),
            PayloadPointer::Nothing | PayloadPointer::Root => None,
        };
        self.report_types(envelope, code?, message?);
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

    /// The property that a part of the envelope points to. It must not have `aliases`: the runtime
    /// finds it by its name alone.
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
            if !self.may_list(response, part.name) {
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
            ty => self.model.object(ty).map_or(&[], |object| &object.properties),
        }
    }

    /// Whether a schema lists a property, or may list it by a `$ref` that leads nowhere. If the
    /// property is missing nevertheless, an error in it, or the `$ref`, was reported before.
    pub(super) fn may_list(&self, schema: &Located<'a>, name: &str) -> bool {
        let lists = |part: &Located<'_>| {
            let properties = part.keyword(Keyword::Properties);
            properties.is_some_and(|properties| properties.node.step(name).is_some())
        };
        let leads_nowhere = |part: &Located<'a>| {
            let reference = part.keyword(Keyword::Ref);
            reference.is_some_and(|it| !matches!(self.references.known_target(&it), Some(Ok(_))))
        };
        let parts = self.references.parts_of(schema);
        parts.iter().any(|part| lists(part) || leads_nowhere(part))
    }

    fn report_types(&self, envelope: &EnvelopeParts<'_>, code: &Property, message: &Property) {
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
        match self.model.underlying(ty) {
            TypeExpr::Integer(..) | TypeExpr::Time(..) => true,
            ty => self.is_enum(ty, false),
        }
    }

    fn is_message(&self, ty: &TypeExpr) -> bool {
        match self.model.underlying(ty) {
            TypeExpr::Text(_) => true,
            ty => self.is_enum(ty, true),
        }
    }

    /// Whether a type is an enum of strings or of integers, or may become one.
    fn is_enum(&self, ty: &TypeExpr, of_text: bool) -> bool {
        match self.model.body(ty) {
            Some(Body::Enum(values)) => values.of_text == of_text,
            Some(Body::Pending) => true,
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
                let message = "lies beside the payload, where no caller gets to see it";
                let help =
                    "make the reply itself the payload, `\"payload\": \"\"`, or take this out";
                let error = self.reporter.error(&property.place, message).help(help);
                error.label(&envelope.place, "this envelope");
            }
        }
    }
}

impl Lowered<'_> {
    /// Removes code and message from replies that are their own payload, as the runtime does. If the
    /// type of such a reply is also a part of another type, the reply gets a type of its own.
    pub(crate) fn remove_envelopes_from_replies(&mut self) {
        let parts = self.model.parts();
        let Model { operations, types, .. } = &mut self.model;
        let mut copies: Map<TypeId, TypeId> = Map::default();
        for Operation { reply, code, message, .. } in operations {
            let Reply::Root(TypeExpr::Named(id)) = reply else { continue };
            let Some(mut object) = types[id.0].object().cloned() else { continue };
            if parts.contains(id) {
                *id = *copies.entry(*id).get_or_insert_with(|| {
                    self.schemas.push(self.schemas[id.0].clone());
                    types.push(types[id.0].with(Body::Pending));
                    TypeId(types.len() - 1)
                });
            }
            object.properties.retain(|it| it.name != *code && it.name != *message);
            types[id.0].body = Body::Object(object);
        }
    }
}

impl Model {
    /// The types that are parts of others, or a property of a reply.
    fn parts<'m>(&'m self) -> Set<TypeId> {
        let of_reply = |operation: &'m Operation| match &operation.reply {
            Reply::Property { ty, .. } => Some(ty),
            Reply::Nothing | Reply::Root(_) => None,
        };
        let of_replies = self.operations.iter().filter_map(of_reply);
        let types = self.types.iter().flat_map(Type::types).chain(of_replies);
        types.filter_map(TypeExpr::named_within).collect()
    }
}
