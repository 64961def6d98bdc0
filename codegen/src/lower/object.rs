//! Objects: with listed properties, or maps from any name to values of one kind.

use std::collections::{HashMap, HashSet};

use super::kind::Kind;
use super::list::counts;
use super::shape::Site;
use super::{Lowering, Notes, report_clash};
use crate::model::{
    Body, Direction, JsonType, MapRules, MemberRules, OTHERS_FIELD, Object, Others, Property,
    Shape, TextRules,
};
use crate::names;
use crate::report::{Place, Report};
use crate::schema::{Ledger, Spot};
use crate::source::Value;

impl<'a> Lowering<'a, '_> {
    pub(super) fn object_or_map(
        &mut self,
        ledger: &Ledger<'a>,
        suggestion: &str,
        notes: &Notes<'a>,
        report: &mut Report,
    ) -> Option<Shape> {
        ledger.set_kind("an object");
        if !is_object(ledger) {
            return self.map(ledger, suggestion, report);
        }
        let name = Self::type_name(ledger, suggestion, report)?;
        let id = self.begin_type(&ledger.spot, name.clone(), notes);
        let object = self.object(ledger, &name, report);
        self.finish_type(id, Body::Object(object));
        Some(Shape::Named(id))
    }

    /// An object with listed properties.
    pub(super) fn object(
        &mut self,
        ledger: &Ledger<'a>,
        name: &str,
        report: &mut Report,
    ) -> Object {
        let required = required(ledger, report);
        let mut properties = Vec::new();
        let listed = ledger.take("properties");
        let listed = listed.map_or_else(Vec::new, |taken| taken.spot.properties(report));
        for (property, spot) in &listed {
            let required = required.contains_key(property);
            properties.extend(self.property(property, spot, required, name, report));
        }
        let mut members = member_rules(ledger, report);
        let names: HashSet<&str> = listed.iter().map(|(name, _)| *name).collect();
        let mut others = self.others(ledger, name, report);
        for (name, place) in required.iter().filter(|(name, _)| !names.contains(*name)) {
            if !self.is_document || matches!(others, Others::Refused) {
                report
                    .fault(place, format!("`{name}` is required, but no property"))
                    .cure("add it to `properties`");
            }
            members.required.push((*name).to_owned());
        }
        members.required.sort();
        report_impossible_count(ledger, &properties, &others, &members, report);
        if !members.is_empty() && matches!(others, Others::Ignored) {
            others = Others::Kept(Shape::Any);
        }
        report_twins(&properties, &others, report);
        Object { properties, others, members }
    }

    fn others(&mut self, ledger: &Ledger<'a>, name: &str, report: &mut Report) -> Others {
        let Some(taken) = ledger.take("additionalProperties") else { return Others::Ignored };
        if matches!(taken.spot.node.value, Value::Bool(false)) {
            return Others::Refused;
        }
        let name = format!("{name} value");
        match self.schema(&taken.spot, Site::named(&name), report) {
            Some(shape) => Others::Kept(shape),
            None => Others::Ignored,
        }
    }

    /// An object whose properties are not listed.
    fn map(&mut self, ledger: &Ledger<'a>, suggestion: &str, report: &mut Report) -> Option<Shape> {
        ledger.set_kind("an object without `properties`");
        if is_silent(ledger) && !self.is_document {
            report
                .fault(&ledger.spot.place, "says nothing of its properties")
                .cure("add `properties`, or `additionalProperties` with the schema of each value");
        }
        let mut members = member_rules(ledger, report);
        members.required.extend(required(ledger, report).keys().map(|name| (*name).to_owned()));
        members.required.sort();
        let name = format!("{suggestion} name");
        let names = match ledger.take("propertyNames") {
            Some(taken) => {
                let site = Site { name: &name, inherited: Some(Kind::just(JsonType::String)) };
                Some(self.schema(&taken.spot, site, report)?)
            }
            None => None,
        };
        let by_pattern = self.by_pattern(ledger, suggestion, report);
        let values = match (self.others(ledger, suggestion, report), &by_pattern) {
            (Others::Refused, Some((_, values))) => values.clone(),
            (Others::Kept(shape), _) => shape,
            (Others::Ignored | Others::Refused, _) => Shape::Any,
        };
        let names = by_pattern.map(|(names, _)| names).or(names);
        let names = self.names(names, &ledger.spot, report)?;
        Some(Shape::Map(Box::new(values), Box::new(MapRules { members, names })))
    }

    /// Names that match a pattern, and the shape of their values: one pattern, and no other names.
    fn by_pattern(
        &mut self,
        ledger: &Ledger<'a>,
        suggestion: &str,
        report: &mut Report,
    ) -> Option<(Shape, Shape)> {
        let taken = ledger.take("patternProperties")?;
        let patterns = taken.spot.properties(report);
        let is_closed = is_closed(ledger);
        let ([(pattern, spot)], true, false) =
            (patterns.as_slice(), is_closed, ledger.has("propertyNames"))
        else {
            report
                .fault(&taken.word, "is supported with one pattern, and no other names")
                .cure("write one pattern, `additionalProperties: false`, and no `properties` or `propertyNames`");
            return None;
        };
        let names = super::scalar::pattern_of(pattern, &spot.place, report)?;
        let name = format!("{suggestion} value");
        let values = self.schema(spot, Site::named(&name), report)?;
        Some((Shape::Text(TextRules { pattern: Some(names), ..TextRules::default() }), values))
    }

    /// Names are strings: rules on them, or a list of them.
    fn names(
        &self,
        names: Option<Shape>,
        spot: &Spot<'a>,
        report: &mut Report,
    ) -> Option<Option<Shape>> {
        match &names {
            None => return Some(None),
            Some(Shape::Text(_)) => return Some(names),
            Some(Shape::Named(id)) => match &self.model.get(*id).body {
                Body::Newtype(Shape::Text(rules), _) => {
                    return Some(Some(Shape::Text(rules.clone())));
                }
                Body::Enum(listed) if listed.of_text => return Some(names),
                _ => {}
            },
            Some(_) => {}
        }
        report.fault(&spot.place, "`propertyNames` must describe strings");
        None
    }

    fn property(
        &mut self,
        name: &str,
        spot: &Spot<'a>,
        required: bool,
        owner: &str,
        report: &mut Report,
    ) -> Option<Property> {
        let suggestion = format!("{owner} {name}");
        let site = Site::named(&suggestion);
        self.read(spot, report, |lowering, ledger, report| {
            let notes = lowering.notes(ledger, report);
            let aliases = aliases(ledger, report);
            let only = direction(ledger, report);
            let field = field_name(name, ledger, report);
            let shape = lowering.shape(ledger, site, &notes, report)?;
            lowering.sample(&notes, &shape);
            Some(Property {
                name: name.to_owned(),
                field: field?,
                place: spot.place.clone(),
                docs: notes.docs.or_else(|| lowering.docs_of(&shape)),
                deprecated: notes.deprecated,
                aliases,
                default: notes.default.map(|value| value.node.to_json()),
                only,
                required,
                shape,
            })
        })
    }

    /// What is said of a property that says nothing itself: what is said of its type.
    pub(super) fn docs_of(&self, shape: &Shape) -> Option<String> {
        match shape {
            Shape::Named(id) => self.model.get(*id).docs.clone(),
            _ => None,
        }
    }
}

/// The name of a property's field: the one that the schema gives it, or the one that its own makes.
fn field_name(name: &str, ledger: &Ledger<'_>, report: &mut Report) -> Option<String> {
    if let Some(taken) = ledger.take("rustFieldName") {
        let name = taken.spot.text(report)?;
        let is_free = !names::is_taken_by_methods(name);
        if is_free && names::field_name(name).as_deref() == Some(name) {
            return Some(name.to_owned());
        }
        return taken.spot.wants("a free name for a Rust field, such as \"start_date\"", report);
    }
    let field = names::field_name(name);
    if field.is_none() {
        report
            .fault(&ledger.spot.place, format!("no Rust name can be made of `{name}`"))
            .cure("give it a `rustFieldName`");
    }
    field.map(|field| if names::is_taken_by_methods(&field) { format!("{field}_") } else { field })
}

fn required<'a>(ledger: &Ledger<'a>, report: &mut Report) -> HashMap<&'a str, Place> {
    let mut required: HashMap<&'a str, Place> = HashMap::new();
    for item in ledger.items("required", report) {
        let Some(name) = item.text(report) else { continue };
        if let Some(first) = required.insert(name, item.place.clone()) {
            report
                .fault(&item.place, format!("`{name}` is listed twice"))
                .related(&first, "the first");
        }
    }
    required
}

/// Whether properties are listed; an object that must be empty lists none.
fn is_object(ledger: &Ledger<'_>) -> bool {
    ledger.has("properties") || (is_closed(ledger) && !ledger.has("patternProperties"))
}

fn is_closed(ledger: &Ledger<'_>) -> bool {
    let others = ledger.spot.node.at("/additionalProperties");
    others.is_some_and(|others| matches!(others.value, Value::Bool(false)))
}

/// Takes the rules on which properties there are, but for `required`.
fn member_rules(ledger: &Ledger<'_>, report: &mut Report) -> MemberRules {
    let count = counts(ledger, "minProperties", "maxProperties", report);
    let dependent = ledger.take("dependentRequired");
    let dependent = dependent.map_or_else(Vec::new, |taken| taken.spot.properties(report));
    let mut others = |spot: &Spot<'_>| -> Vec<String> {
        let items = spot.items(report);
        items.iter().filter_map(|item| item.text(report)).map(str::to_owned).collect()
    };
    let dependent =
        dependent.iter().map(|(name, spot)| ((*name).to_owned(), others(spot))).collect();
    MemberRules { count, required: Vec::new(), dependent }
}

/// An object may have too few properties for its `minProperties`, or too many that are required.
fn report_impossible_count(
    ledger: &Ledger<'_>,
    properties: &[Property],
    others: &Others,
    members: &MemberRules,
    report: &mut Report,
) {
    let place_of = |word: &str| match ledger.spot.node.at(&format!("/{word}")) {
        Some(node) => ledger.spot.below(word, node).place,
        None => ledger.spot.place.clone(),
    };
    let (listed, count) = (properties.len(), &members.count);
    if matches!(others, Others::Refused) && count.least > listed {
        report
            .fault(&place_of("minProperties"), format!("allows nothing: {listed} are all there is"))
            .cure("lower it, list more properties, or allow others");
    }
    let required = properties.iter().filter(|property| property.required).count();
    let required = required + members.required.len();
    if count.most.is_some_and(|most| count.least <= most && most < required) {
        report
            .fault(&place_of("maxProperties"), format!("allows nothing: {required} are required"))
            .cure("raise it, or require fewer properties");
    }
}

/// Whether an object says nothing of its properties, and nothing says it in its place: the schemas
/// that it is put together with, or the one that it is a part of, whose type it takes for granted.
fn is_silent(ledger: &Ledger<'_>) -> bool {
    let told = ["additionalProperties", "propertyNames", "patternProperties", "allOf", "$ref"];
    ledger.has("type") && !told.iter().any(|word| ledger.has(word))
}

/// Reports two properties that would be one field, or are spelled alike.
pub(crate) fn report_twins(properties: &[Property], others: &Others, report: &mut Report) {
    let mut fields: HashMap<&str, &Property> = HashMap::new();
    let mut spellings: HashMap<&str, &Property> = HashMap::new();
    for property in properties {
        if matches!(others, Others::Kept(_)) && property.field == OTHERS_FIELD {
            report
                .fault(&property.place, format!("the field name `{OTHERS_FIELD}` is taken"))
                .cure("by the properties that are not listed; set `additionalProperties` to false");
        }
        if let Some(other) = fields.insert(&property.field, property) {
            let cure = "give one of the two a `rustFieldName`";
            let places = [&property.place, &other.place];
            report_clash("field name", &property.field, places, cure, report);
        }
        for spelling in std::iter::once(&property.name).chain(&property.aliases) {
            if let Some(other) = spellings.insert(spelling, property) {
                let cure = "a property can be spelled in one way here: take one of them out";
                let places = [&property.place, &other.place];
                report_clash("spelling", spelling, places, cure, report);
            }
        }
    }
}

/// The one direction in which a property is there: `readOnly` ones are not sent, `writeOnly` ones
/// not received.
fn direction(ledger: &Ledger<'_>, report: &mut Report) -> Option<Direction> {
    let read_only = ledger.flag("readOnly", report);
    let write_only = ledger.flag("writeOnly", report);
    match (read_only, write_only) {
        (true, true) => {
            report
                .fault(&ledger.spot.place, "is both `readOnly` and `writeOnly`")
                .cure("keep the one that is meant");
            None
        }
        (true, false) => Some(Direction::Received),
        (false, true) => Some(Direction::Sent),
        (false, false) => None,
    }
}

fn aliases(ledger: &Ledger<'_>, report: &mut Report) -> Vec<String> {
    let aliases = ledger.items("aliases", report);
    aliases.iter().filter_map(|alias| alias.text(report)).map(str::to_owned).collect()
}
