//! Schemas in which something is at fault, or in what they refer to: nothing is said of the values
//! that are given for those, since it might be untrue.

use std::collections::{BTreeSet, HashMap};

use crate::diagnostics::{Diagnostics, Place};
use crate::resolve::References;
use crate::schema::Located;

/// What identifies a place: its file and its pointer.
type Id = (String, String);

/// The places that are at fault, and the `$ref`s to schemas that have such places in them.
#[derive(Debug, Default)]
pub(crate) struct Tainted(BTreeSet<Id>);

impl Tainted {
    /// The places that were reported, and all that refers to them.
    pub(crate) fn find(references: &References<'_>, diagnostics: &Diagnostics) -> Self {
        let mut left: Vec<Id> =
            diagnostics.all().iter().filter_map(|error| error.place.as_ref()).map(id).collect();
        let mut leading_to: HashMap<Id, Vec<Id>> = HashMap::new();
        for (reference, target) in &references.places {
            match target {
                Some(target) => leading_to.entry(id(target)).or_default().push(id(reference)),
                None => left.push(id(reference)),
            }
        }
        let mut tainted = Self::default();
        while let Some((file, pointer)) = left.pop() {
            for above in pointers_above(&pointer) {
                left.extend(
                    leading_to.remove(&(file.clone(), above.to_owned())).into_iter().flatten(),
                );
            }
            tainted.0.insert((file, pointer));
        }
        tainted
    }

    /// Whether something is doubtful about the schema that a value is given for.
    pub(crate) fn concerns(&self, value: &Located<'_>) -> bool {
        let schema = schema_of(&value.place.pointer);
        self.is_in(&Place { pointer: schema.to_owned(), ..value.place.clone() })
    }

    /// Whether anything in a schema is doubtful.
    fn is_in(&self, schema: &Place) -> bool {
        let (file, pointer) = id(schema);
        let within = format!("{pointer}/");
        let next = self.0.range((file.clone(), within.clone())..).next();
        next.is_some_and(|(found, place)| *found == file && place.starts_with(&within))
            || self.0.contains(&(file, pointer))
    }
}

fn id(place: &Place) -> Id {
    (place.file.path.clone(), place.pointer.clone())
}

/// A pointer, and those of all that it lies in.
fn pointers_above(pointer: &str) -> impl Iterator<Item = &str> {
    let above = pointer.match_indices('/').filter_map(|(end, _)| pointer.get(..end));
    above.chain([pointer])
}

/// The pointer of the schema that a value is given for, by the value's own: of a documented request
/// or response, and of what is under `default`, `examples` or `namedValues`.
fn schema_of(value: &str) -> &str {
    let steps: Vec<&str> = value.split('/').collect();
    let schema = match steps.as_slice() {
        ["", "examples", _, "request"] => return "/request",
        ["", "examples", _, "response"] => return "/response",
        [schema @ .., "default"] => schema,
        [schema @ .., "examples", _] => schema,
        [schema @ .., "namedValues", _, "value"] => schema,
        _ => return value,
    };
    let length: usize = schema.iter().map(|step| step.len() + 1).sum();
    value.get(..length.saturating_sub(1)).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::schema_of;

    #[test]
    fn a_value_leads_to_its_schema() {
        for (value, schema) in [
            ("/examples/0/request", "/request"),
            ("/examples/12/response", "/response"),
            ("/default", ""),
            ("/examples/0", ""),
            ("/request/properties/default/default", "/request/properties/default"),
            ("/$defs/A/examples/1", "/$defs/A"),
            ("/$defs/A/namedValues/ALL/value", "/$defs/A"),
        ] {
            assert_eq!(schema_of(value), schema, "{value}");
        }
    }
}
