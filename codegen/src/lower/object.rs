//! Objects: with named properties, or maps from any name to values of one type.
//!
//! ```text
//! { "type": "object", "required": ["a"], "properties": { "a": { "type": "integer" } } }
//!
//! Object { properties: [a: Integer(..), required], additional: Ignored, .. }
//!
//! { "type": "object", "additionalProperties": { "type": "integer" } }
//!
//! Map(Integer(..), ..)
//! ```

use super::Lowering;
use super::array::{counts, refuse_deep, stated_counts};
use super::context::{SchemaReader, TypeContext, TypeResult};
use crate::diagnostics::{Place, Reported};
use crate::model::{AdditionalProperties, Body, Object, Property, TypeExpr};
use crate::names;
use crate::schema::{Keyword, Located, Subject};
use crate::source::Value;
use crate::util::{Map, PushAll as _, Set};

impl<'a> Lowering<'a, '_> {
    pub(super) fn object_or_map(
        &mut self,
        schema: &SchemaReader<'a>,
        suggestion: &str,
    ) -> TypeResult {
        if !is_object(schema) {
            return self.map(schema, suggestion);
        }
        let name = Self::type_name(schema, suggestion)?;
        let id = self.begin_type(schema, name.clone());
        let object = self.object(schema, &name);
        self.finish_type(id, Body::Object(object));
        Ok(TypeExpr::Named(id))
    }

    /// An object with named properties.
    pub(super) fn object(&mut self, schema: &SchemaReader<'a>, name: &str) -> Object {
        let required = required(schema);
        let described = schema.keywords.properties(Keyword::Properties);
        let mut properties = Vec::new();
        for (property, located) in &described {
            let owner = Owner { name, required: required.contains_key(property) };
            properties.push_all(self.property(property, located, &owner).ok());
        }
        let additional = self.additional(schema, name);
        let names: Set<&str> = described.iter().map(|(name, _)| *name).collect();
        let undescribed = required.iter().filter(|(name, _)| !names.contains(*name));
        for (name, place) in undescribed.clone() {
            if !schema.is_document() || matches!(additional, AdditionalProperties::Refused) {
                schema
                    .lint_at(place, format!("`{name}` is required, but no property"))
                    .help("add it to `properties`");
            }
        }
        if undescribed.count() == 0 {
            schema.keywords.mark_enforced(Keyword::Required);
        }
        let counts = (described.len(), required.iter().count());
        report_impossible_count(schema, counts, &additional);
        let residuals = self.residuals_on_properties(schema);
        names::make_unique(&mut properties);
        let object = Object { properties, additional, residuals };
        object.report_duplicates(self.reporter);
        object
    }

    /// What becomes of properties that are not named.
    fn additional(&mut self, schema: &SchemaReader<'a>, name: &str) -> AdditionalProperties {
        // Rules check these properties, by their names or by other schemas: the type holds any
        // value.
        if has_rules_on_additional(schema) {
            return AdditionalProperties::Kept(TypeExpr::Any);
        }
        let Some(entry) = schema.keywords.read(Keyword::AdditionalProperties) else {
            return AdditionalProperties::Ignored;
        };
        if matches!(entry.value.node.value, Value::Bool(false)) {
            return AdditionalProperties::Refused;
        }
        match self.schema(&entry.value, TypeContext::named(&value_name(name))) {
            Ok(ty) => AdditionalProperties::Kept(ty),
            Err(_) => AdditionalProperties::Ignored,
        }
    }

    /// The type of an object without named properties.
    fn map(&mut self, schema: &SchemaReader<'a>, suggestion: &str) -> TypeResult {
        schema.keywords.set_subject(Subject::Map);
        if has_no_property_keywords(schema) && !schema.is_document() {
            schema
                .error("says nothing of its properties")
                .help("add `properties`, or `additionalProperties` with the schema of each value");
        }
        let count = counts(schema, Keyword::MinProperties, Keyword::MaxProperties);
        let values = match only_pattern(schema) {
            Some(values) => self.schema(&values, TypeContext::named(&value_name(suggestion)))?,
            None => match self.additional(schema, suggestion) {
                AdditionalProperties::Kept(ty) => ty,
                AdditionalProperties::Ignored | AdditionalProperties::Refused => TypeExpr::Any,
            },
        };
        refuse_deep(schema, &values)?;
        Ok(TypeExpr::Map(Box::new(values), count))
    }

    fn property(
        &mut self,
        name: &str,
        located: &Located<'a>,
        owner: &Owner<'_>,
    ) -> Result<Property, Reported> {
        let is_payload = self.payload.as_ref().is_some_and(|it| *it == located.identity());
        let suggestion =
            if is_payload { owner.name.to_owned() } else { format!("{} {name}", owner.name) };
        self.read(located, |lowering, schema| {
            let ty = lowering.type_expr(schema, TypeContext::property(&suggestion))?;
            lowering.add_samples(schema);
            Ok(lowering.annotated_property((name, owner.required), schema, ty)?)
        })
    }
}

/// The object that a property belongs to.
struct Owner<'n> {
    name: &'n str,
    /// Whether the object requires the property.
    required: bool,
}

/// The names that `required` lists.
fn required<'a>(schema: &SchemaReader<'a>) -> Map<&'a str, Place> {
    let mut required: Map<&'a str, Place> = Map::default();
    for item in schema.keywords.peek_items(Keyword::Required) {
        let Ok(name) = item.text() else { continue };
        if let Some(first) = required.insert(name, item.place.clone()) {
            item.lint(format!("`{name}` is listed twice")).label(&first, "the first");
        }
    }
    required
}

/// Whether a schema lists properties, or allows none: then it is a struct, and no map.
fn is_object(schema: &SchemaReader<'_>) -> bool {
    schema.keywords.has(Keyword::Properties)
        || (is_closed(schema) && !schema.keywords.has(Keyword::PatternProperties))
}

/// The suggested name for the type of additional properties.
fn value_name(owner: &str) -> String {
    format!("{owner} value")
}

/// The schema of a map's values, if all names must match one pattern.
fn only_pattern<'a>(schema: &SchemaReader<'a>) -> Option<Located<'a>> {
    let entry = schema.keywords.peek_entry(Keyword::PatternProperties)?;
    match entry.value.properties().as_slice() {
        [(_, values)] if is_closed(schema) => Some(values.clone()),
        _ => None,
    }
}

/// Whether there are rules on additional properties: by patterns, or by which properties other
/// schemas evaluate.
fn has_rules_on_additional(schema: &SchemaReader<'_>) -> bool {
    schema.keywords.has(Keyword::PatternProperties)
        || schema.keywords.has(Keyword::UnevaluatedProperties)
}

fn is_closed(schema: &SchemaReader<'_>) -> bool {
    let additional = schema.keywords.peek(Keyword::AdditionalProperties);
    additional.is_some_and(|additional| matches!(additional.value, Value::Bool(false)))
}

/// Reports a `minProperties` above the number of properties that there can be, and a
/// `maxProperties` below the number of required properties.
fn report_impossible_count(
    schema: &SchemaReader<'_>,
    (described, required): (usize, usize),
    additional: &AdditionalProperties,
) {
    let (least, most) = stated_counts(schema, Keyword::MinProperties, Keyword::MaxProperties);
    let report = |keyword, message: String, help| {
        if let Some(entry) = schema.keywords.peek_entry(keyword) {
            entry.value.lint(message).help(help);
        }
    };
    if least > described && matches!(additional, AdditionalProperties::Refused) {
        let message = format!("allows nothing: {described} are all there is");
        let help = "lower it, list more properties, or allow additional ones";
        report(Keyword::MinProperties, message, help);
    }
    if most.is_some_and(|most| least <= most && most < required) {
        let message = format!("allows nothing: {required} are required");
        report(Keyword::MaxProperties, message, "raise it, or require fewer properties");
    }
}

/// Whether a schema has no keywords for properties, and no `$ref` or `allOf` to schemas that have
/// them. One without `type` is part of another schema, which may have them.
fn has_no_property_keywords(schema: &SchemaReader<'_>) -> bool {
    let elsewhere = [
        Keyword::AdditionalProperties,
        Keyword::PropertyNames,
        Keyword::PatternProperties,
        Keyword::AllOf,
        Keyword::Ref,
    ];
    let has = |keyword: &Keyword| schema.keywords.has(*keyword);
    has(&Keyword::Type) && !elsewhere.iter().any(has)
}
