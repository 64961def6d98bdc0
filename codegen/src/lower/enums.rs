//! Types with a handful of values: `const`, `enum`, and `oneOf` with a title for each.

use std::collections::HashMap;

use super::{Lowering, Notes, report_clash};
use crate::model::{Body, Enum, Integer, JsonType, Literal, Shape, Variant};
use crate::names;
use crate::report::Report;
use crate::schema::{Ledger, Spot};
use crate::source::Value;

impl<'a> Lowering<'a, '_> {
    pub(super) fn enumeration(
        &mut self,
        ledger: &Ledger<'a>,
        json_type: JsonType,
        suggestion: &str,
        notes: &Notes<'a>,
        report: &mut Report,
    ) -> Option<Shape> {
        ledger.set_kind("a list of values");
        let of_text = match json_type {
            JsonType::String => true,
            JsonType::Integer => false,
            _ => return listed(ledger, json_type, report),
        };
        let name = Self::type_name(ledger, suggestion, report)?;
        let variants = variants(ledger, of_text, report);
        report_twins(&variants, report);
        let id = self.begin_type(&ledger.spot, name, notes);
        self.finish_type(id, Body::Enum(Enum { of_text, variants }));
        Some(Shape::Named(id))
    }
}

impl Lowering<'_, '_> {
    /// Values of several types: JSON, one of these.
    pub(super) fn mixed_values(ledger: &Ledger<'_>, report: &mut Report) -> Option<Shape> {
        ledger.set_kind("a list of values");
        let values = listed_spots(ledger, report);
        let values: Vec<String> = values.iter().map(|spot| spot.node.canonical()).collect();
        (!values.is_empty()).then_some(Shape::Listed(values))
    }
}

/// The spots of what `const` or `enum` lists. One of them can list values: the other is left.
fn listed_spots<'a>(ledger: &Ledger<'a>, report: &mut Report) -> Vec<Spot<'a>> {
    if let Some(only) = ledger.take("const") {
        return vec![only.spot];
    }
    let Some(several) = ledger.take("enum") else { return Vec::new() };
    let values = several.spot.items(report);
    report_empty(&several.spot, values.len(), report);
    values
}

/// Values that no Rust enum can hold: JSON, one of these.
fn listed(ledger: &Ledger<'_>, json_type: JsonType, report: &mut Report) -> Option<Shape> {
    let mut values = listed_spots(ledger, report);
    let is_null = |spot: &Spot<'_>| matches!(spot.node.value, Value::Null);
    values.retain(|spot| json_type == JsonType::Null || !is_null(spot));
    let is_of_type = |spot: &&Spot<'_>| json_type.allows(spot.node);
    if let Some(stray) = values.iter().find(|spot| !is_of_type(spot)) {
        report.fault(&stray.place, "is not of the schema's own `type`");
    }
    match (json_type, values.as_slice()) {
        (JsonType::Null, _) => Some(Shape::Null),
        (JsonType::Boolean, values) => Some(Shape::Boolean(only_boolean(values))),
        (_, []) => None,
        (_, values) => {
            Some(Shape::Listed(values.iter().map(|spot| spot.node.canonical()).collect()))
        }
    }
}

/// The one of `true` and `false` that is listed, unless both are.
fn only_boolean(values: &[Spot<'_>]) -> Option<bool> {
    let lists = |wanted| {
        values.iter().any(|spot| matches!(spot.node.value, Value::Bool(it) if it == wanted))
    };
    (lists(true) != lists(false)).then_some(lists(true))
}

/// The listed values. Only one of the three words can list them.
fn variants(ledger: &Ledger<'_>, of_text: bool, report: &mut Report) -> Vec<Variant> {
    if let Some(taken) = ledger.take("oneOf") {
        let members = taken.spot.items(report);
        report_empty(&taken.spot, members.len(), report);
        return members.iter().filter_map(|member| titled(member, of_text, report)).collect();
    }
    if let Some(taken) = ledger.take("enum") {
        let values = taken.spot.items(report);
        report_empty(&taken.spot, values.len(), report);
        // `null` is told apart before.
        let values = values.iter().filter(|value| !matches!(value.node.value, Value::Null));
        return values.filter_map(|value| untitled(value, of_text, report)).collect();
    }
    let constant = ledger.take("const");
    constant.iter().filter_map(|taken| untitled(&taken.spot, of_text, report)).collect()
}

fn report_empty(spot: &Spot<'_>, count: usize, report: &mut Report) {
    if count == 0 && matches!(spot.node.value, Value::Array(_)) {
        report.fault(&spot.place, "allows nothing").cure("list the values");
    }
}

/// A member of `oneOf`: a value with a name and a description.
fn titled(spot: &Spot<'_>, of_text: bool, report: &mut Report) -> Option<Variant> {
    Ledger::read(spot, report, |ledger, report| {
        let title = ledger.need("title", report);
        let docs = ledger.text("description", report).map(str::to_owned);
        ledger.text("$comment", report);
        let value = ledger.need("const", report)?.spot;
        let title = title?.spot;
        let Some(name) = names::type_name(title.text(report)?) else {
            return title.wants("a name that Rust can have, such as \"InEffect\"", report);
        };
        Some(Variant { name, value: literal(&value, of_text, report)?, docs, place: title.place })
    })?
}

/// A value alone: its name is made of it.
fn untitled(spot: &Spot<'_>, of_text: bool, report: &mut Report) -> Option<Variant> {
    let value = literal(spot, of_text, report)?;
    let name = match &value {
        Literal::Text(text) => names::type_name(text),
        Literal::Number(number) => Some(format!("Value{number}").replace('-', "Minus")),
        Literal::Bool(_) => None,
    };
    let Some(name) = name else {
        report
            .fault(&spot.place, format!("no Rust name can be made of {}", spot.node.describe()))
            .cure("list the values with `oneOf`, each a `const` with a `title`");
        return None;
    };
    Some(Variant { name, value, docs: None, place: spot.place.clone() })
}

fn literal(spot: &Spot<'_>, of_text: bool, report: &mut Report) -> Option<Literal> {
    if of_text {
        return spot.text(report).map(|text| Literal::Text(text.to_owned()));
    }
    let (least, most) = Integer::I64.range();
    match spot.whole(report)? {
        whole if whole < least || whole > most => spot.wants("a number that fits i64", report),
        whole => Some(Literal::Number(crate::source::Number::whole(whole))),
    }
}

fn report_twins(variants: &[Variant], report: &mut Report) {
    let mut names: HashMap<&str, &Variant> = HashMap::new();
    let mut values: HashMap<&Literal, &Variant> = HashMap::new();
    for variant in variants {
        if let Some(other) = values.insert(&variant.value, variant) {
            report
                .fault(&variant.place, "this value is listed twice")
                .related(&other.place, "the first");
        } else if let Some(other) = names.insert(&variant.name, variant) {
            let cure = "list the values under `oneOf`, each with a `title` that makes its name";
            let places = [&variant.place, &other.place];
            report_clash("variant name", &variant.name, places, cure, report);
        }
        if variant.name == "Unknown" {
            report
                .fault(
                    &variant.place,
                    "the variant name `Unknown` is kept for values that are not listed",
                )
                .cure("give it another title");
        }
    }
}
