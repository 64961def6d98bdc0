//! Objects: with listed properties, or maps from any name to values of one kind.

use std::collections::HashMap;

use super::{Lowering, Notes, report_clash};
use crate::model::{Body, Object, Property, Shape};
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
        if ledger.has("properties") {
            return self.object(ledger, suggestion, notes, report);
        }
        ledger.set_kind("an object without `properties`");
        let Some(values) = ledger.take("additionalProperties") else {
            report
                .fault(&ledger.spot.place, "says nothing of its properties")
                .cure("add `properties`, or `additionalProperties` with the schema of each value");
            return None;
        };
        let values = self.schema(&values.spot, &format!("{suggestion}Value"), report)?;
        Some(Shape::Map(Box::new(values)))
    }

    fn object(
        &mut self,
        ledger: &Ledger<'a>,
        suggestion: &str,
        notes: &Notes<'a>,
        report: &mut Report,
    ) -> Option<Shape> {
        let name = Self::type_name(ledger, suggestion, report)?;
        let id = self.begin_type(&ledger.spot, name.clone(), notes);
        let required = required(ledger, report);
        let mut properties = Vec::new();
        for (property, spot) in ledger.take("properties")?.spot.properties(report) {
            let required = required.contains_key(property);
            properties.extend(self.property(property, &spot, required, &name, report));
        }
        report_unlisted(&required, &ledger.spot, report);
        report_twins(&properties, report);
        let closed = closed(ledger, report);
        self.finish_type(id, Body::Object(Object { properties, closed }));
        Some(Shape::Named(id))
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
        self.read(spot, report, |lowering, ledger, report| {
            let notes = lowering.notes(ledger, report);
            let aliases = aliases(ledger, report);
            let shape = lowering.shape(ledger, &suggestion, &notes, report)?;
            lowering.sample(&notes, &shape);
            Some(Property {
                name: name.to_owned(),
                field: field_name(name, &spot.place, report)?,
                place: spot.place.clone(),
                docs: notes.docs.or_else(|| lowering.docs_of(&shape)),
                deprecated: notes.deprecated,
                aliases,
                default: notes.default.map(|value| value.node.to_json()),
                required,
                shape,
            })
        })
    }

    /// What is said of a property that says nothing itself: what is said of its type.
    fn docs_of(&self, shape: &Shape) -> Option<String> {
        match shape {
            Shape::Named(id) => self.model.get(*id).docs.clone(),
            _ => None,
        }
    }
}

fn field_name(name: &str, place: &Place, report: &mut Report) -> Option<String> {
    let field = names::field_name(name);
    if field.is_none() {
        report
            .fault(place, format!("no Rust name can be made of `{name}`"))
            .cure("an API with such a property needs a type written by hand");
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

fn report_unlisted(required: &HashMap<&str, Place>, object: &Spot<'_>, report: &mut Report) {
    let listed = object.node.at("/properties");
    for (name, place) in required {
        let known = match listed.map(|node| &node.value) {
            Some(Value::Object(properties)) => properties.get(name).is_some(),
            _ => false,
        };
        if !known {
            report
                .fault(place, format!("`{name}` is required, but no property"))
                .cure("add it to `properties`");
        }
    }
}

/// Two properties that would be one field, or be spelled alike.
fn report_twins(properties: &[Property], report: &mut Report) {
    let mut fields: HashMap<&str, &Property> = HashMap::new();
    let mut spellings: HashMap<&str, &Property> = HashMap::new();
    for property in properties {
        if let Some(other) = fields.insert(&property.field, property) {
            report_clash("field name", &property.field, &property.place, &other.place, report);
        }
        for spelling in std::iter::once(&property.name).chain(&property.aliases) {
            if let Some(other) = spellings.insert(spelling, property) {
                report_clash("spelling", spelling, &property.place, &other.place, report);
            }
        }
    }
}

fn closed(ledger: &Ledger<'_>, report: &mut Report) -> bool {
    let Some(taken) = ledger.take("additionalProperties") else { return false };
    match &taken.spot.node.value {
        Value::Bool(false) => true,
        _ => {
            report
                .fault(&taken.spot.place, "beside `properties` only `false` is supported")
                .cure("leave it out to pass over other properties");
            false
        }
    }
}

fn aliases(ledger: &Ledger<'_>, report: &mut Report) -> Vec<String> {
    let aliases = ledger.items("aliases", report);
    aliases.iter().filter_map(|alias| alias.text(report)).map(str::to_owned).collect()
}
