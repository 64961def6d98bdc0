//! Objects: with listed properties, or maps from any name to values of one type.
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

use std::collections::{HashMap, HashSet};

use super::array::counts;
use super::compose::refuse_deep;
use super::context::{NoType, Schema, TypeContext, TypeResult};
use super::type_hint::TypeHint;
use super::{Lowering, scalar};
use crate::diagnostics::{Place, Reported};
use crate::model::{
    AdditionalProperties, Body, Direction, MapRules, Object, Property, PropertyRules, TextRules,
    TypeExpr,
};
use crate::names;
use crate::schema::{JsonType, Keyword, KeywordEntry, Located, Subject};
use crate::source::Value;

impl<'a> Lowering<'a, '_> {
    pub(super) fn object_or_map(
        &mut self,
        schema: &Schema<'a>,
        suggestion: &str,
    ) -> TypeResult<TypeExpr> {
        if !is_object(schema) {
            return self.map(schema, suggestion);
        }
        let name = Self::type_name(schema, suggestion)?;
        let id = self.begin_type(schema, name.clone());
        let object = self.object(schema, &name);
        self.finish_type(id, Body::Object(object));
        Ok(TypeExpr::Named(id))
    }

    /// An object with listed properties.
    pub(super) fn object(&mut self, schema: &Schema<'a>, name: &str) -> Object {
        let required = required(schema);
        let listed = schema.keywords.properties(Keyword::Properties);
        let mut properties = Vec::new();
        for (property, located) in &listed {
            let owner = Owner { name, required: required.contains_key(property) };
            properties.extend(self.property(property, located, &owner).ok());
        }
        let mut rules = property_rules(schema);
        let additional = self.additional(schema, name);
        let names: HashSet<&str> = listed.iter().map(|(name, _)| *name).collect();
        for (name, place) in required.iter().filter(|(name, _)| !names.contains(*name)) {
            if !self.is_document || matches!(additional, AdditionalProperties::Refused) {
                self.reporter
                    .error(place, format!("`{name}` is required, but no property"))
                    .help("add it to `properties`");
            }
            rules.required.push((*name).to_owned());
        }
        rules.required.sort();
        let mut object = Object { properties, additional, rules };
        report_impossible_count(schema, &object);
        if !object.rules.is_empty() && matches!(object.additional, AdditionalProperties::Ignored) {
            object.additional = AdditionalProperties::Kept(TypeExpr::Any);
        }
        names::settle(&mut object.properties);
        object.report_duplicates(self.reporter);
        object
    }

    fn additional(&mut self, schema: &Schema<'a>, name: &str) -> AdditionalProperties {
        let Some(entry) = schema.keywords.read(Keyword::AdditionalProperties) else {
            return AdditionalProperties::Ignored;
        };
        if matches!(entry.value.node.value, Value::Bool(false)) {
            return AdditionalProperties::Refused;
        }
        let name = format!("{name} value");
        match self.schema(&entry.value, TypeContext::named(&name)) {
            Ok(ty) => AdditionalProperties::Kept(ty),
            Err(_) => AdditionalProperties::Ignored,
        }
    }

    /// An object whose properties are not listed.
    fn map(&mut self, schema: &Schema<'a>, suggestion: &str) -> TypeResult<TypeExpr> {
        schema.keywords.set_subject(Subject::Map);
        if says_nothing_of_properties(schema) && !self.is_document {
            schema
                .error("says nothing of its properties")
                .help("add `properties`, or `additionalProperties` with the schema of each value");
        }
        let mut properties = property_rules(schema);
        properties.required.extend(required(schema).keys().map(|name| (*name).to_owned()));
        properties.required.sort();
        let names = match schema.keywords.read(Keyword::PropertyNames) {
            Some(entry) => Some(self.property_names(&entry, suggestion)?),
            None => None,
        };
        let by_pattern = self.by_pattern(schema, suggestion)?;
        let additional = self.additional(schema, suggestion);
        let (names, values) = match (additional, by_pattern) {
            (AdditionalProperties::Refused, Some((pattern, values))) => (Some(pattern), values),
            (AdditionalProperties::Kept(ty), _) => (names, ty),
            (AdditionalProperties::Ignored | AdditionalProperties::Refused, _) => {
                (names, TypeExpr::Any)
            }
        };
        refuse_deep(schema, &values)?;
        Ok(TypeExpr::Map(Box::new(values), Box::new(MapRules { properties, names })))
    }

    /// Names that match a pattern, and the type of their values: one pattern, and no other names.
    fn by_pattern(
        &mut self,
        schema: &Schema<'a>,
        suggestion: &str,
    ) -> TypeResult<Option<(TypeExpr, TypeExpr)>> {
        let Some(entry) = schema.keywords.read(Keyword::PatternProperties) else {
            return Ok(None);
        };
        let patterns = entry.value.properties();
        let is_alone = is_closed(schema) && !schema.keywords.has(Keyword::PropertyNames);
        let ([(pattern, located)], true) = (patterns.as_slice(), is_alone) else {
            let reason = "is supported with one pattern, and no other names".to_owned();
            let help = "write one pattern, `additionalProperties: false`, and no `properties` or `propertyNames`";
            return NoType { place: entry.key, reason, help }.into();
        };
        let names = scalar::pattern_of(pattern, located)?;
        let name = format!("{suggestion} value");
        let values = self.schema(located, TypeContext::named(&name))?;
        let names = TypeExpr::Text(TextRules { pattern: Some(names), ..TextRules::default() });
        Ok(Some((names, values)))
    }

    /// Names are strings: rules on them, or a list of them.
    fn property_names(
        &mut self,
        entry: &KeywordEntry<'a>,
        suggestion: &str,
    ) -> TypeResult<TypeExpr> {
        let name = format!("{suggestion} name");
        let hint = Some(TypeHint::just(JsonType::String));
        let names = self.schema(&entry.value, TypeContext { name: &name, hint })?;
        match &names {
            TypeExpr::Text(_) => return Ok(names),
            TypeExpr::Named(id) => match &self.model.get(*id).body {
                Body::Newtype(TypeExpr::Text(rules), _) => {
                    return Ok(TypeExpr::Text(rules.clone()));
                }
                Body::Enum(of) if of.of_text => return Ok(names),
                _ => {}
            },
            _ => {}
        }
        let place = entry.value.place.clone();
        let reason = "`propertyNames` must describe strings".to_owned();
        NoType { place, reason, help: "give it the schema of a string" }.into()
    }

    fn property(
        &mut self,
        name: &str,
        located: &Located<'a>,
        owner: &Owner<'_>,
    ) -> Result<Property, Reported> {
        let suggestion = format!("{} {name}", owner.name);
        self.read(located, |lowering, schema| {
            let aliases = schema.keywords.read(Keyword::Aliases);
            let aliases = aliases.map_or_else(Vec::new, |entry| entry.value.texts());
            let only = direction(schema);
            let field = field_name(name, schema);
            let ty = lowering.type_expr(schema, TypeContext::named(&suggestion))?;
            lowering.sample(schema);
            let annotations = &schema.annotations;
            Ok(Property {
                name: name.to_owned(),
                field: field?,
                place: located.place.clone(),
                docs: annotations.docs.clone().or_else(|| lowering.docs_of(&ty)),
                deprecated: annotations.deprecated,
                aliases,
                default: annotations.default.as_ref().map(|value| value.node.to_json()),
                only,
                required: owner.required,
                ty,
            })
        })
    }
}

/// The object that a property belongs to.
struct Owner<'n> {
    name: &'n str,
    /// Whether it requires the property.
    required: bool,
}

/// The name of a property's field: the one that the schema gives it, or the one that its own makes.
fn field_name(name: &str, schema: &Schema<'_>) -> Result<String, Reported> {
    if let Some(entry) = schema.keywords.read(Keyword::RustFieldName) {
        let name = entry.value.text()?;
        let is_free = !names::is_taken_by_methods(name);
        if is_free && names::field_name(name).as_deref() == Some(name) {
            return Ok(name.to_owned());
        }
        return entry.value.wants("a free name for a Rust field, such as \"start_date\"");
    }
    Ok(names::made_field(name))
}

fn required<'a>(schema: &Schema<'a>) -> HashMap<&'a str, Place> {
    let mut required: HashMap<&'a str, Place> = HashMap::new();
    for item in schema.keywords.items(Keyword::Required) {
        let Ok(name) = item.text() else { continue };
        if let Some(first) = required.insert(name, item.place.clone()) {
            item.error(format!("`{name}` is listed twice")).label(&first, "the first");
        }
    }
    required
}

/// Whether properties are listed; an object that must be empty lists none.
fn is_object(schema: &Schema<'_>) -> bool {
    schema.keywords.has(Keyword::Properties)
        || (is_closed(schema) && !schema.keywords.has(Keyword::PatternProperties))
}

fn is_closed(schema: &Schema<'_>) -> bool {
    let additional = schema.keywords.peek(Keyword::AdditionalProperties);
    additional.is_some_and(|additional| matches!(additional.value, Value::Bool(false)))
}

/// The rules on which properties there are, but for `required`.
fn property_rules(schema: &Schema<'_>) -> PropertyRules {
    let count = counts(schema, Keyword::MinProperties, Keyword::MaxProperties);
    let dependent = schema.keywords.properties(Keyword::DependentRequired);
    let dependent =
        dependent.iter().map(|(name, more)| ((*name).to_owned(), more.texts())).collect();
    PropertyRules { count, required: Vec::new(), dependent }
}

/// An object may have too few properties for its `minProperties`, or too many that are required.
fn report_impossible_count(schema: &Schema<'_>, object: &Object) {
    let error = |keyword: Keyword, message: String| match schema.keywords.peek(keyword) {
        Some(node) => schema.keywords.located.below(keyword.name(), node).error(message),
        None => schema.error(message),
    };
    let (listed, count) = (object.properties.len(), &object.rules.count);
    if matches!(object.additional, AdditionalProperties::Refused) && count.least > listed {
        error(Keyword::MinProperties, format!("allows nothing: {listed} are all there is"))
            .help("lower it, list more properties, or allow additional ones");
    }
    let required = object.properties.iter().filter(|property| property.required).count();
    let required = required + object.rules.required.len();
    if count.most.is_some_and(|most| count.least <= most && most < required) {
        error(Keyword::MaxProperties, format!("allows nothing: {required} are required"))
            .help("raise it, or require fewer properties");
    }
}

/// Whether an object says nothing of its properties, and nothing says it in its place: the schemas
/// that it is put together with, or the one that it is a part of, whose type it takes for granted.
fn says_nothing_of_properties(schema: &Schema<'_>) -> bool {
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

/// The one direction in which a property is there: `readOnly` ones are not sent, `writeOnly` ones
/// not received.
fn direction(schema: &Schema<'_>) -> Option<Direction> {
    let read_only = schema.keywords.flag(Keyword::ReadOnly);
    let write_only = schema.keywords.flag(Keyword::WriteOnly);
    match (read_only, write_only) {
        (true, true) => {
            schema.error("is both `readOnly` and `writeOnly`").help("keep the one that is meant");
            None
        }
        (true, false) => Some(Direction::Received),
        (false, true) => Some(Direction::Sent),
        (false, false) => None,
    }
}
