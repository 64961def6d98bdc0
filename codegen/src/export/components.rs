//! Schemas that have a name become components. Wherever they are used, a reference to the component
//! is written, so that recursive schemas end.
//!
//! ```text
//! { "$ref": "common.json#/$defs/ShopId" }
//!
//! { "$ref": "#/components/schemas/ShopId" }
//! ```

use std::collections::{BTreeMap, HashMap, VecDeque};

use super::json::{Fields, Json};
use crate::diagnostics::Reporter;
use crate::model::{Body, Literal, Type, TypeId, Union, VariantKey};
use crate::names;
use crate::pipeline::Api;
use crate::schema::{Identity, Located};
use crate::source::uri;

/// Writes schemas, and collects those that become components.
pub(super) struct SchemaWriter<'a, 'd> {
    pub(super) api: &'d Api<'d, 'a>,
    pub(super) reporter: &'d Reporter,
    /// The named types, by the schemas that they were made of.
    types: HashMap<Identity, TypeId>,
    /// The names of components, by their schemas.
    names: HashMap<Identity, String>,
    /// The schema of each component's name.
    taken: HashMap<String, Located<'a>>,
    /// The components that are still to be written.
    pending: VecDeque<(String, Located<'a>)>,
}

impl<'a, 'd> SchemaWriter<'a, 'd> {
    pub(super) fn new(api: &'d Api<'d, 'a>, reporter: &'d Reporter) -> Self {
        let mut types = HashMap::new();
        for id in api.plan.types.keys() {
            // A `const` is written where it is used, since there it may distinguish alternatives.
            let schema = api.lowered.schemas.get(id.0);
            if let Some(schema) = schema.filter(|schema| schema.node.at("/const").is_none()) {
                types.entry(schema.identity()).or_insert(id);
            }
        }
        let (names, taken, pending) = Default::default();
        Self { api, reporter, types, names, taken, pending }
    }

    /// The named type that was made of a schema.
    fn type_of(&self, schema: &Located<'_>) -> Option<&'d Type> {
        self.types.get(&schema.identity()).map(|id| self.api.lowered.model.get(*id))
    }

    /// Whether a schema is or will be a component.
    pub(super) fn has_name(&self, schema: &Located<'_>) -> bool {
        let identity = schema.identity();
        self.names.contains_key(&identity) || self.types.contains_key(&identity)
    }

    /// A reference to a schema, which becomes a component if it is none yet.
    pub(super) fn reference(&mut self, schema: &Located<'a>) -> Fields {
        let name = self.type_of(schema).map_or_else(|| name_of(schema), |ty| ty.name.clone());
        self.reference_as(schema, &name)
    }

    /// A reference to a schema, which becomes a component of this name if it is none yet.
    pub(super) fn reference_as(&mut self, schema: &Located<'a>, name: &str) -> Fields {
        let identity = schema.identity();
        let name = match self.names.get(&identity) {
            Some(name) => name.clone(),
            None => {
                let name = component_name(name);
                self.take(&name, schema);
                self.names.insert(identity, name.clone());
                name
            }
        };
        Fields::new().with("$ref", &format!("#/components/schemas/{name}"))
    }

    fn take(&mut self, name: &str, schema: &Located<'a>) {
        match self.taken.get(name) {
            None => {
                self.taken.insert(name.to_owned(), schema.clone());
                self.pending.push_back((name.to_owned(), schema.clone()));
            }
            Some(other) if is_same(other, schema) => {}
            Some(other) => {
                let message =
                    format!("would be the component `{name}`, which another schema is already");
                let help =
                    "give one of the two another name: that of its definition, or a `rustName`";
                let error = self.reporter.error(&schema.place, message).help(help);
                error.label(&other.place, "the other one");
            }
        }
    }

    /// The components, in the order of their names.
    pub(super) fn take_components(&mut self) -> Fields {
        let mut components = BTreeMap::new();
        while let Some((name, schema)) = self.pending.pop_front() {
            let component = self.component(&schema);
            components.insert(name, component);
        }
        let mut fields = Fields::new();
        fields.extend(components);
        fields
    }

    fn component(&mut self, schema: &Located<'a>) -> Json {
        let written = self.written(schema, true);
        match (self.type_of(schema).map(|ty| &ty.body), written) {
            (Some(Body::Union(union)), Json::Object(fields)) => with_discriminator(fields, union),
            (_, written) => written,
        }
    }
}

/// Whether two schemas have the same text. One with a `$ref` may mean another schema elsewhere.
fn is_same(a: &Located<'_>, b: &Located<'_>) -> bool {
    let text = a.node.to_json();
    !text.contains("\"$ref\"") && text == b.node.to_json()
}

/// The name of a schema that no type was made of: that of its definition, or of its property.
fn name_of(schema: &Located<'_>) -> String {
    let name = schema.place.pointer.rsplit('/').next().unwrap_or_default();
    names::type_name_for(&uri::unescaped(name))
}

/// A name with only characters that OpenAPI allows in names of components. Rust's names have no
/// hyphen and no full stop, so that two different names stay different.
fn component_name(name: &str) -> String {
    let mut encoded = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || c == '_' {
            encoded.push(c);
        } else {
            encoded.push_str(&format!("-{:X}.", u32::from(c)));
        }
    }
    encoded
}

/// Adds a `discriminator` if a required string distinguishes the branches, and each is a component.
fn with_discriminator(fields: Fields, union: &Union) -> Json {
    let branches = fields.get("oneOf").or_else(|| fields.get("anyOf"));
    let (Some(tag), Some(Json::Array(branches))) = (&union.tag, branches) else {
        return fields.into();
    };
    let mut mapping = Fields::new();
    for (branch, variant) in branches.iter().zip(&union.variants) {
        if let (Some(reference), VariantKey::Tag(Literal::Text(tag))) =
            (branch.lone_reference(), &variant.key)
        {
            mapping.set(tag, reference.clone());
        }
    }
    if mapping.len() != branches.len() || branches.len() != union.variants.len() {
        return fields.into();
    }
    let discriminator = Fields::new().with("propertyName", tag).with("mapping", mapping);
    fields.with("discriminator", discriminator).into()
}
