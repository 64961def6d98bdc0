//! Objects: with listed properties, or maps from any name to values of one kind.

use std::collections::{HashMap, HashSet};

use super::array::counts;
use super::type_expr::TypeContext;
use super::type_hint::TypeHint;
use super::{Lowering, Notes, report_clash};
use crate::diagnostics::{Diagnostics, Place};
use crate::model::{
    ADDITIONAL_FIELD, AdditionalProperties, Body, Direction, JsonType, MapRules, Object, Property,
    PropertyRules, TextRules, TypeExpr,
};
use crate::names;
use crate::schema::{KeywordReader, Located};
use crate::source::Value;

impl<'a> Lowering<'a, '_> {
    pub(super) fn object_or_map(
        &mut self,
        keywords: &KeywordReader<'a>,
        suggestion: &str,
        notes: &Notes<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        keywords.set_subject("an object");
        if !is_object(keywords) {
            return self.map(keywords, suggestion, diagnostics);
        }
        let name = Self::type_name(keywords, suggestion, diagnostics)?;
        let id = self.begin_type(&keywords.schema, name.clone(), notes);
        let object = self.object(keywords, &name, diagnostics);
        self.finish_type(id, Body::Object(object));
        Some(TypeExpr::Named(id))
    }

    /// An object with listed properties.
    pub(super) fn object(
        &mut self,
        keywords: &KeywordReader<'a>,
        name: &str,
        diagnostics: &mut Diagnostics,
    ) -> Object {
        let required = required(keywords, diagnostics);
        let mut properties = Vec::new();
        let listed = keywords.read("properties");
        let listed = listed.map_or_else(Vec::new, |entry| entry.value.properties(diagnostics));
        for (property, located) in &listed {
            let required = required.contains_key(property);
            properties.extend(self.property(property, located, required, name, diagnostics));
        }
        let mut members = property_rules(keywords, diagnostics);
        let names: HashSet<&str> = listed.iter().map(|(name, _)| *name).collect();
        let mut additional = self.additional(keywords, name, diagnostics);
        for (name, place) in required.iter().filter(|(name, _)| !names.contains(*name)) {
            if !self.is_document || matches!(additional, AdditionalProperties::Refused) {
                diagnostics
                    .error(place, format!("`{name}` is required, but no property"))
                    .help("add it to `properties`");
            }
            members.required.push((*name).to_owned());
        }
        members.required.sort();
        report_impossible_count(keywords, &properties, &additional, &members, diagnostics);
        if !members.is_empty() && matches!(additional, AdditionalProperties::Ignored) {
            additional = AdditionalProperties::Kept(TypeExpr::Any);
        }
        report_duplicates(&properties, &additional, diagnostics);
        Object { properties, additional, members }
    }

    fn additional(
        &mut self,
        keywords: &KeywordReader<'a>,
        name: &str,
        diagnostics: &mut Diagnostics,
    ) -> AdditionalProperties {
        let Some(entry) = keywords.read("additionalProperties") else {
            return AdditionalProperties::Ignored;
        };
        if matches!(entry.value.node.value, Value::Bool(false)) {
            return AdditionalProperties::Refused;
        }
        let name = format!("{name} value");
        match self.schema(&entry.value, TypeContext::named(&name), diagnostics) {
            Some(ty) => AdditionalProperties::Kept(ty),
            None => AdditionalProperties::Ignored,
        }
    }

    /// An object whose properties are not listed.
    fn map(
        &mut self,
        keywords: &KeywordReader<'a>,
        suggestion: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        keywords.set_subject("an object without `properties`");
        if is_silent(keywords) && !self.is_document {
            diagnostics
                .error(&keywords.schema.place, "says nothing of its properties")
                .help("add `properties`, or `additionalProperties` with the schema of each value");
        }
        let mut members = property_rules(keywords, diagnostics);
        members
            .required
            .extend(required(keywords, diagnostics).keys().map(|name| (*name).to_owned()));
        members.required.sort();
        let name = format!("{suggestion} name");
        let names = match keywords.read("propertyNames") {
            Some(entry) => {
                let context =
                    TypeContext { name: &name, inherited: Some(TypeHint::just(JsonType::String)) };
                Some(self.schema(&entry.value, context, diagnostics)?)
            }
            None => None,
        };
        let by_pattern = self.by_pattern(keywords, suggestion, diagnostics);
        let values = match (self.additional(keywords, suggestion, diagnostics), &by_pattern) {
            (AdditionalProperties::Refused, Some((_, values))) => values.clone(),
            (AdditionalProperties::Kept(ty), _) => ty,
            (AdditionalProperties::Ignored | AdditionalProperties::Refused, _) => TypeExpr::Any,
        };
        let names = by_pattern.map(|(names, _)| names).or(names);
        let names = self.names(names, &keywords.schema, diagnostics)?;
        Some(TypeExpr::Map(Box::new(values), Box::new(MapRules { members, names })))
    }

    /// Names that match a pattern, and the type of their values: one pattern, and no other names.
    fn by_pattern(
        &mut self,
        keywords: &KeywordReader<'a>,
        suggestion: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<(TypeExpr, TypeExpr)> {
        let entry = keywords.read("patternProperties")?;
        let patterns = entry.value.properties(diagnostics);
        let is_closed = is_closed(keywords);
        let ([(pattern, located)], true, false) =
            (patterns.as_slice(), is_closed, keywords.has("propertyNames"))
        else {
            diagnostics
                .error(&entry.key, "is supported with one pattern, and no other names")
                .help("write one pattern, `additionalProperties: false`, and no `properties` or `propertyNames`");
            return None;
        };
        let names = super::scalar::pattern_of(pattern, &located.place, diagnostics)?;
        let name = format!("{suggestion} value");
        let values = self.schema(located, TypeContext::named(&name), diagnostics)?;
        Some((TypeExpr::Text(TextRules { pattern: Some(names), ..TextRules::default() }), values))
    }

    /// Names are strings: rules on them, or a list of them.
    fn names(
        &self,
        names: Option<TypeExpr>,
        located: &Located<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Option<TypeExpr>> {
        match &names {
            None => return Some(None),
            Some(TypeExpr::Text(_)) => return Some(names),
            Some(TypeExpr::Named(id)) => match &self.model.get(*id).body {
                Body::Newtype(TypeExpr::Text(rules), _) => {
                    return Some(Some(TypeExpr::Text(rules.clone())));
                }
                Body::Enum(listed) if listed.of_text => return Some(names),
                _ => {}
            },
            Some(_) => {}
        }
        diagnostics.error(&located.place, "`propertyNames` must describe strings");
        None
    }

    fn property(
        &mut self,
        name: &str,
        located: &Located<'a>,
        required: bool,
        owner: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Property> {
        let suggestion = format!("{owner} {name}");
        let context = TypeContext::named(&suggestion);
        self.read(located, diagnostics, |lowering, keywords, diagnostics| {
            let notes = lowering.notes(keywords, diagnostics);
            let aliases = aliases(keywords, diagnostics);
            let only = direction(keywords, diagnostics);
            let field = field_name(name, keywords, diagnostics);
            let ty = lowering.ty(keywords, context, &notes, diagnostics)?;
            lowering.sample(&notes, &ty);
            Some(Property {
                name: name.to_owned(),
                field: field?,
                place: located.place.clone(),
                docs: notes.docs.or_else(|| lowering.docs_of(&ty)),
                deprecated: notes.deprecated,
                aliases,
                default: notes.default.map(|value| value.node.to_json()),
                only,
                required,
                ty,
            })
        })
    }

    /// What is said of a property that says nothing itself: what is said of its type.
    pub(super) fn docs_of(&self, ty: &TypeExpr) -> Option<String> {
        match ty {
            TypeExpr::Named(id) => self.model.get(*id).docs.clone(),
            _ => None,
        }
    }
}

/// The name of a property's field: the one that the schema gives it, or the one that its own makes.
fn field_name(
    name: &str,
    keywords: &KeywordReader<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    if let Some(entry) = keywords.read("rustFieldName") {
        let name = entry.value.text(diagnostics)?;
        let is_free = !names::is_taken_by_methods(name);
        if is_free && names::field_name(name).as_deref() == Some(name) {
            return Some(name.to_owned());
        }
        return entry
            .value
            .wants("a free name for a Rust field, such as \"start_date\"", diagnostics);
    }
    let field = names::field_name(name);
    if field.is_none() {
        diagnostics
            .error(&keywords.schema.place, format!("no Rust name can be made of `{name}`"))
            .help("give it a `rustFieldName`");
    }
    field.map(|field| if names::is_taken_by_methods(&field) { format!("{field}_") } else { field })
}

fn required<'a>(
    keywords: &KeywordReader<'a>,
    diagnostics: &mut Diagnostics,
) -> HashMap<&'a str, Place> {
    let mut required: HashMap<&'a str, Place> = HashMap::new();
    for item in keywords.items("required", diagnostics) {
        let Some(name) = item.text(diagnostics) else { continue };
        if let Some(first) = required.insert(name, item.place.clone()) {
            diagnostics
                .error(&item.place, format!("`{name}` is listed twice"))
                .label(&first, "the first");
        }
    }
    required
}

/// Whether properties are listed; an object that must be empty lists none.
fn is_object(keywords: &KeywordReader<'_>) -> bool {
    keywords.has("properties") || (is_closed(keywords) && !keywords.has("patternProperties"))
}

fn is_closed(keywords: &KeywordReader<'_>) -> bool {
    let additional = keywords.schema.node.at("/additionalProperties");
    additional.is_some_and(|additional| matches!(additional.value, Value::Bool(false)))
}

/// Takes the rules on which properties there are, but for `required`.
fn property_rules(keywords: &KeywordReader<'_>, diagnostics: &mut Diagnostics) -> PropertyRules {
    let count = counts(keywords, "minProperties", "maxProperties", diagnostics);
    let dependent = keywords.read("dependentRequired");
    let dependent = dependent.map_or_else(Vec::new, |entry| entry.value.properties(diagnostics));
    let mut additional = |located: &Located<'_>| -> Vec<String> {
        let items = located.items(diagnostics);
        items.iter().filter_map(|item| item.text(diagnostics)).map(str::to_owned).collect()
    };
    let dependent =
        dependent.iter().map(|(name, located)| ((*name).to_owned(), additional(located))).collect();
    PropertyRules { count, required: Vec::new(), dependent }
}

/// An object may have too few properties for its `minProperties`, or too many that are required.
fn report_impossible_count(
    keywords: &KeywordReader<'_>,
    properties: &[Property],
    additional: &AdditionalProperties,
    members: &PropertyRules,
    diagnostics: &mut Diagnostics,
) {
    let place_of = |word: &str| match keywords.schema.node.at(&format!("/{word}")) {
        Some(node) => keywords.schema.below(word, node).place,
        None => keywords.schema.place.clone(),
    };
    let (listed, count) = (properties.len(), &members.count);
    if matches!(additional, AdditionalProperties::Refused) && count.least > listed {
        diagnostics
            .error(&place_of("minProperties"), format!("allows nothing: {listed} are all there is"))
            .help("lower it, list more properties, or allow others");
    }
    let required = properties.iter().filter(|property| property.required).count();
    let required = required + members.required.len();
    if count.most.is_some_and(|most| count.least <= most && most < required) {
        diagnostics
            .error(&place_of("maxProperties"), format!("allows nothing: {required} are required"))
            .help("raise it, or require fewer properties");
    }
}

/// Whether an object says nothing of its properties, and nothing says it in its place: the schemas
/// that it is put together with, or the one that it is a part of, whose type it takes for granted.
fn is_silent(keywords: &KeywordReader<'_>) -> bool {
    let assumed = ["additionalProperties", "propertyNames", "patternProperties", "allOf", "$ref"];
    keywords.has("type") && !assumed.iter().any(|word| keywords.has(word))
}

/// Reports two properties that would be one field, or are spelled alike.
pub(crate) fn report_duplicates(
    properties: &[Property],
    additional: &AdditionalProperties,
    diagnostics: &mut Diagnostics,
) {
    let mut fields: HashMap<&str, &Property> = HashMap::new();
    let mut spellings: HashMap<&str, &Property> = HashMap::new();
    for property in properties {
        if matches!(additional, AdditionalProperties::Kept(_)) && property.field == ADDITIONAL_FIELD
        {
            diagnostics
                .error(&property.place, format!("the field name `{ADDITIONAL_FIELD}` is taken"))
                .help("by the properties that are not listed; set `additionalProperties` to false");
        }
        if let Some(other) = fields.insert(&property.field, property) {
            let help = "give one of the two a `rustFieldName`";
            let places = [&property.place, &other.place];
            report_clash("field name", &property.field, places, help, diagnostics);
        }
        for spelling in std::iter::once(&property.name).chain(&property.aliases) {
            if let Some(other) = spellings.insert(spelling, property) {
                let help = "a property can be spelled in one way here: take one of them out";
                let places = [&property.place, &other.place];
                report_clash("spelling", spelling, places, help, diagnostics);
            }
        }
    }
}

/// The one direction in which a property is there: `readOnly` ones are not sent, `writeOnly` ones
/// not received.
fn direction(keywords: &KeywordReader<'_>, diagnostics: &mut Diagnostics) -> Option<Direction> {
    let read_only = keywords.flag("readOnly", diagnostics);
    let write_only = keywords.flag("writeOnly", diagnostics);
    match (read_only, write_only) {
        (true, true) => {
            diagnostics
                .error(&keywords.schema.place, "is both `readOnly` and `writeOnly`")
                .help("keep the one that is meant");
            None
        }
        (true, false) => Some(Direction::Received),
        (false, true) => Some(Direction::Sent),
        (false, false) => None,
    }
}

fn aliases(keywords: &KeywordReader<'_>, diagnostics: &mut Diagnostics) -> Vec<String> {
    let aliases = keywords.items("aliases", diagnostics);
    aliases.iter().filter_map(|alias| alias.text(diagnostics)).map(str::to_owned).collect()
}
