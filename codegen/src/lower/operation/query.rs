//! A GET's request is its query, which holds scalars and nothing else.

use std::collections::HashSet;

use crate::lower::Lowering;
use crate::model::{Body, Direction, Others, Property, Shape, TypeId};
use crate::report::Report;
use crate::schema::{Endpoint, Spot};

/// The property of the query that the runtime adds.
const TOKEN: &str = "access_token";

const TO_SCALARS: &str = "make it a string, a number or a boolean, or send it by POST";

impl<'a> Lowering<'a, '_> {
    /// Reports the properties of a GET's request that could not be written into the query.
    pub(super) fn report_what_no_query_holds(
        &self,
        endpoint: &Endpoint<'a>,
        spot: &Spot<'a>,
        request: TypeId,
        report: &mut Report,
    ) {
        let Body::Object(object) = &self.model.get(request).body else { return };
        let sent = |property: &&Property| property.only != Some(Direction::Received);
        for property in object.properties.iter().filter(sent) {
            if let Some(what) = self.unlike_a_scalar(&property.shape, &mut HashSet::new()) {
                report
                    .fault(&property.place, format!("a GET's query has no place for {what}"))
                    .cure(cure_of(what));
            }
            if endpoint.needs_token && property.name == TOKEN {
                report
                    .fault(&property.place, "has the name under which the access token is sent")
                    .cure("leave it to the client, or set `security` to \"none\"");
            }
        }
        if let Others::Kept(shape) = &object.others
            && let Some(what) = self.unlike_a_scalar(shape, &mut HashSet::new())
        {
            report
                .fault(&spot.place, format!("a GET's query has no place for {what}, which properties that are not listed may be"))
                .cure("set `additionalProperties` to false, or to the schema of a scalar");
        }
    }

    /// What else than a string, a number or a boolean a value of the shape may be.
    fn unlike_a_scalar(&self, shape: &Shape, seen: &mut HashSet<TypeId>) -> Option<&'static str> {
        match shape {
            Shape::Any => Some("any JSON"),
            Shape::Null | Shape::Nullable(_) => Some(NULL),
            Shape::List(..) | Shape::Positions(..) => Some("a list"),
            Shape::Map(..) => Some("an object"),
            Shape::Listed(values) => values.iter().find_map(|value| unlike_in_json(value)),
            Shape::Also(shape, _) => self.unlike_a_scalar(shape, seen),
            Shape::Named(id) if seen.insert(*id) => match &self.model.get(*id).body {
                Body::Object(_) => Some("an object"),
                Body::Newtype(shape, _) => self.unlike_a_scalar(shape, seen),
                Body::Union(union) => union
                    .members
                    .iter()
                    .find_map(|member| self.unlike_a_scalar(&member.shape, seen)),
                Body::Enum(_) | Body::Pending => None,
            },
            _ => None,
        }
    }
}

const NULL: &str = "`null`";

fn unlike_in_json(json: &str) -> Option<&'static str> {
    match json.chars().next() {
        Some('[') => Some("a list"),
        Some('{') => Some("an object"),
        Some('n') => Some(NULL),
        _ => None,
    }
}

fn cure_of(what: &str) -> &'static str {
    if what == NULL {
        "take `null` out: what is not `required` may be left out"
    } else {
        TO_SCALARS
    }
}
