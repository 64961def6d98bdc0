//! Where a reply keeps its parts: each of them a property that the response lists, and none of the
//! listed ones out of reach.

use crate::lower::Lowering;
use crate::model::{Body, Direction, Model, Property, Reply, Shape};
use crate::report::{Place, Report};
use crate::schema::{Endpoint, EnvelopeParts, Named, Payload, Spot};
use crate::source::Value;

impl<'a> Lowering<'a, '_> {
    /// What a successful call returns, and whether all parts of the reply are where they are said to
    /// be.
    pub(super) fn reply(
        &self,
        endpoint: &Endpoint<'a>,
        response: Shape,
        report: &mut Report,
    ) -> Option<Reply> {
        let envelope = endpoint.envelope.as_ref()?;
        let code = self.part(endpoint, &response, &envelope.code, report);
        let message = self.part(endpoint, &response, &envelope.message, report);
        let payload = match &envelope.payload {
            Payload::Property(payload) => Some(self.part(endpoint, &response, payload, report)?),
            Payload::Nothing | Payload::Root => None,
        };
        self.report_kinds(envelope, code?, message?, report);
        self.report_unreachable(envelope, &response, report);
        match (&envelope.payload, payload) {
            (Payload::Root, _) => Some(Reply::Root(response)),
            (_, Some(payload)) => Some(Reply::Property {
                name: payload.name.clone(),
                shape: payload.shape.clone(),
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
        response: &Shape,
        part: &Named<'_>,
        report: &mut Report,
    ) -> Option<&'s Property> {
        let properties = self.properties(response);
        let found = properties.iter().find(|property| property.name == part.name);
        let Some(property) = found else {
            let response = endpoint.response.as_ref()?;
            if !self.may_list(response, part.name, &mut Vec::new()) {
                report
                    .fault(&part.place, format!("the response has no property `{}`", part.name))
                    .cure("list it in the response's `properties`, or correct the pointer")
                    .related(&response.place, "this response");
            }
            return None;
        };
        if !property.aliases.is_empty() {
            report
                .fault(&property.place, "has other spellings, and is a part of the envelope")
                .cure(
                    "take `aliases` out: an envelope's parts are found by the name in its pointer",
                )
                .related(&part.place, "this part");
        }
        Some(property)
    }

    fn properties(&self, shape: &Shape) -> &[Property] {
        match shape {
            Shape::Also(shape, _) => self.properties(shape),
            Shape::Named(id) => match &self.model.get(*id).body {
                Body::Object(object) => &object.properties,
                _ => &[],
            },
            _ => &[],
        }
    }

    /// Whether a schema lists a property, for all that is known: one that does but is at fault was
    /// reported already.
    fn may_list(&self, schema: &Spot<'a>, name: &str, seen: &mut Vec<Place>) -> bool {
        let Value::Object(words) = &schema.node.value else { return false };
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
        let reference = words.get("$ref").map(|node| schema.below("$ref", node));
        if let Some(reference) = reference {
            // What leads nowhere was reported, and may have listed anything.
            let target = self.references.target(&reference, &mut Report::default());
            if target.is_none_or(|target| self.may_list(&target, name, seen)) {
                return true;
            }
        }
        let Some(all) = words.get("allOf").map(|node| schema.below("allOf", node)) else {
            return false;
        };
        let members = all.items(&mut Report::default());
        members.iter().any(|member| self.may_list(member, name, seen))
    }

    fn report_kinds(
        &self,
        envelope: &EnvelopeParts<'_>,
        code: &Property,
        message: &Property,
        report: &mut Report,
    ) {
        if !self.is_code(&code.shape) {
            report
                .fault(&code.place, "holds the return code, and is no whole number")
                .cure("write `\"type\": \"integer\"`")
                .related(&envelope.code.place, "by this pointer");
        }
        if !self.is_message(&message.shape) {
            report
                .fault(&message.place, "holds the message, and is no string that may be shown")
                .cure("write `\"type\": \"string\"`, without `sensitive`")
                .related(&envelope.message.place, "by this pointer");
        }
    }

    fn is_code(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Integer(..) | Shape::Time(_) => true,
            Shape::Nullable(shape) | Shape::Also(shape, _) => self.is_code(shape),
            Shape::Named(id) => match &self.model.get(*id).body {
                Body::Newtype(shape, _) => self.is_code(shape),
                Body::Enum(listed) => !listed.of_text,
                Body::Pending => true,
                _ => false,
            },
            _ => false,
        }
    }

    fn is_message(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Text(_) => true,
            Shape::Nullable(shape) | Shape::Also(shape, _) => self.is_message(shape),
            Shape::Named(id) => match &self.model.get(*id).body {
                Body::Newtype(shape, _) => self.is_message(shape),
                Body::Enum(listed) => listed.of_text,
                Body::Pending => true,
                _ => false,
            },
            _ => false,
        }
    }

    /// Reports properties that no caller would ever see: beside code and message, callers get the
    /// payload and nothing else.
    fn report_unreachable(
        &self,
        envelope: &EnvelopeParts<'_>,
        response: &Shape,
        report: &mut Report,
    ) {
        let payload = match &envelope.payload {
            Payload::Root => return,
            Payload::Property(payload) => Some(payload.name),
            Payload::Nothing => None,
        };
        let parts = [Some(envelope.code.name), Some(envelope.message.name), payload];
        for property in self.properties(response) {
            let is_part = parts.contains(&Some(&*property.name));
            if !is_part && property.only != Some(Direction::Sent) {
                report
                    .fault(
                        &property.place,
                        "lies beside the payload, where no caller gets to see it",
                    )
                    .cure(
                        "make the reply itself the payload, `\"payload\": \"\"`, or take this out",
                    )
                    .related(&envelope.place, "this envelope");
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
            if let Reply::Root(Shape::Named(id)) = &operation.reply
                && let Body::Object(object) = &mut self.types[id.0].body
            {
                let parts = [&operation.code, &operation.message];
                object.properties.retain(|property| !parts.contains(&&property.name));
            }
        }
    }
}
