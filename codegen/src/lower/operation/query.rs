//! Checks the request of a GET: it becomes a query, which holds only scalars.
//!
//! ```text
//! { "method": "GET", "request": { "properties": { "ids": { "type": "array", .. } }, .. } }
//!
//! /request/properties/ids: a GET's query has no place for a list; make it a string, ..
//! ```

use crate::lower::Lowering;
use crate::model::{
    AdditionalProperties, Body, Direction, Property, Type, TypeExpr, TypeId, TypeSet,
};
use crate::schema::{Endpoint, Located};

/// The property of the query that the runtime adds.
const TOKEN: &str = "access_token";

const TO_SCALARS: &str = "make it a string, a number or a boolean, or send it by POST";

impl<'a> Lowering<'a, '_> {
    /// Reports the properties of a GET's request that could not be written into the query.
    pub(super) fn check_query(
        &self,
        endpoint: &Endpoint<'a>,
        located: &Located<'a>,
        request: TypeId,
    ) {
        let Some(object) = self.model.get(request).object() else { return };
        let sent = |property: &&Property| property.only != Some(Direction::Received);
        for property in object.properties.iter().filter(sent) {
            if let Some(what) = self.non_scalar_in(&property.ty, &mut TypeSet::default()) {
                self.reporter
                    .error(&property.place, format!("a GET's query has no place for {what}"))
                    .help(help_for(what));
            }
            if endpoint.needs_token && property.name == TOKEN {
                self.reporter
                    .error(&property.place, "has the name under which the access token is sent")
                    .help("leave it to the client, or set `security` to \"none\"");
            }
        }
        if let AdditionalProperties::Kept(ty) = &object.additional
            && let Some(what) = self.non_scalar_in(ty, &mut TypeSet::default())
        {
            located
                .error(format!(
                    "a GET's query has no place for {what}, which additional properties may be"
                ))
                .help("set `additionalProperties` to false, or to the schema of a scalar");
        }
    }

    /// What a value of the type may be if it is no string, number or boolean; `None`, if it is
    /// always one.
    fn non_scalar_in(&self, ty: &TypeExpr, seen: &mut TypeSet) -> Option<&'static str> {
        match ty {
            TypeExpr::Any => Some("any JSON"),
            TypeExpr::Null | TypeExpr::Nullable(_) => Some(NULL),
            TypeExpr::List(..) => Some("a list"),
            TypeExpr::Map(..) => Some("an object"),
            TypeExpr::Constrained(ty, residuals) => {
                match residuals.iter().find_map(|residual| residual.values.as_ref()) {
                    Some(values) => values.iter().find_map(|value| non_scalar_in_json(value)),
                    None => self.non_scalar_in(ty, seen),
                }
            }
            TypeExpr::Named(id) if seen.insert(*id, ()).is_none() => match self.model.get(*id) {
                Type { body: Body::Object(_), .. } => Some("an object"),
                ty => ty.types().into_iter().find_map(|it| self.non_scalar_in(it, seen)),
            },
            _ => None,
        }
    }
}

const NULL: &str = "`null`";

fn non_scalar_in_json(json: &str) -> Option<&'static str> {
    match json.chars().next() {
        Some('[') => Some("a list"),
        Some('{') => Some("an object"),
        Some('n') => Some(NULL),
        _ => None,
    }
}

fn help_for(what: &str) -> &'static str {
    if what == NULL {
        "take `null` out: what is not `required` may be left out"
    } else {
        TO_SCALARS
    }
}
