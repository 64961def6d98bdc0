//! The fifth stage: every default, example and named value keeps its own schema.

use crate::lower::Lowered;
use crate::model::{
    Body, CountRules, Enum, Integer, IntegerRules, Literal, Model, Object, Shape, TextRules, TypeId,
};
use crate::report::Report;
use crate::schema::Spot;
use crate::source::{Number, Value};

/// Checks the values that descriptions give against the model, and hands the model on.
pub(crate) fn verify(lowered: Lowered<'_>, report: &mut Report) -> Model {
    let check = Check { model: &lowered.model };
    for sample in &lowered.samples {
        check.value(&sample.shape, &sample.value, report);
    }
    lowered.model
}

/// Judges JSON values by the model, as the generated code will.
struct Check<'m> {
    model: &'m Model,
}

impl Check<'_> {
    fn value(&self, shape: &Shape, spot: &Spot<'_>, report: &mut Report) {
        match (shape, &spot.node.value) {
            (Shape::Any, _)
            | (Shape::Boolean, Value::Bool(_))
            | (Shape::Nullable(_), Value::Null) => {}
            (Shape::Named(id), _) => self.named(*id, spot, report),
            (Shape::Nullable(shape), _) => self.value(shape, spot, report),
            (Shape::Text(rules) | Shape::Secret(rules), Value::String(text)) => {
                check_text(rules, text, spot, report);
            }
            (Shape::Integer(kind, rules), Value::Number(number)) => {
                check_integer(*kind, rules, *number, spot, report);
            }
            (Shape::Time(rules), Value::Number(number)) => {
                check_integer(Integer::I64, rules, *number, spot, report);
            }
            (Shape::List(items, count), Value::Array(_)) => self.list(items, count, spot, report),
            (Shape::Map(values), Value::Object(_)) => {
                for (_, spot) in spot.properties(report) {
                    self.value(values, &spot, report);
                }
            }
            _ => drop(spot.wants::<()>(describe(shape), report)),
        }
    }

    fn named(&self, id: TypeId, spot: &Spot<'_>, report: &mut Report) {
        match &self.model.get(id).body {
            Body::Pending => {}
            Body::Newtype(shape, _) => self.value(shape, spot, report),
            Body::Object(object) => self.object(object, spot, report),
            Body::Enum(listed) => check_enum(listed, spot, report),
        }
    }

    fn list(&self, items: &Shape, count: &CountRules, spot: &Spot<'_>, report: &mut Report) {
        let found = spot.items(report);
        if found.len() < count.least || count.most.is_some_and(|most| found.len() > most) {
            breaks(spot, &format!("it has {} items", found.len()), report);
        }
        for item in &found {
            self.value(items, item, report);
        }
    }

    fn object(&self, object: &Object, spot: &Spot<'_>, report: &mut Report) {
        let Some(found) = spot.object(report) else { return };
        for property in &object.properties {
            match found.get(&property.name) {
                Some(node) => {
                    self.value(&property.shape, &spot.below(&property.name, node), report)
                }
                None if property.required => {
                    breaks(spot, &format!("`{}` is missing", property.name), report);
                }
                None => {}
            }
        }
        for entry in found.entries.iter().filter(|_| object.closed) {
            if !object.properties.iter().any(|property| property.name == entry.key) {
                let spot = spot.below(&entry.key, &entry.node);
                breaks(&spot, "no such property is allowed", report);
            }
        }
    }
}

fn check_text(rules: &TextRules, text: &str, spot: &Spot<'_>, report: &mut Report) {
    let length = text.chars().count();
    if length < rules.min_length || rules.max_length.is_some_and(|most| length > most) {
        breaks(spot, &format!("it has {length} characters"), report);
    }
}

fn check_integer(
    kind: Integer,
    rules: &IntegerRules,
    number: Number,
    spot: &Spot<'_>,
    report: &mut Report,
) {
    let (lowest, highest) = kind.range();
    let least = rules.minimum.unwrap_or(lowest);
    let most = rules.maximum.unwrap_or(highest);
    match number.to_whole() {
        None => drop(spot.wants::<()>("a whole number", report)),
        Some(whole) if whole < least => breaks(spot, &format!("{least} is the least"), report),
        Some(whole) if whole > most => breaks(spot, &format!("{most} is the most"), report),
        Some(whole) => {
            if let Some(step) = rules.multiple_of.filter(|step| whole.checked_rem(*step) != Some(0))
            {
                breaks(spot, &format!("it is no multiple of {step}"), report);
            }
        }
    }
}

fn check_enum(listed: &Enum, spot: &Spot<'_>, report: &mut Report) {
    let found = match &spot.node.value {
        Value::Number(number) => Some(Literal::Number(*number)),
        Value::String(text) => Some(Literal::Text(text.clone())),
        _ => None,
    };
    if !listed.variants.iter().any(|variant| Some(&variant.value) == found.as_ref()) {
        breaks(spot, "it is none of the values that are listed", report);
    }
}

fn breaks(spot: &Spot<'_>, why: &str, report: &mut Report) {
    report.fault(&spot.place, format!("breaks its schema: {why}"));
}

fn describe(shape: &Shape) -> &'static str {
    match shape {
        Shape::Named(_) | Shape::Any | Shape::Nullable(_) => "what the schema says",
        Shape::Boolean => "true or false",
        Shape::Text(_) | Shape::Secret(_) => "a string",
        Shape::Integer(..) | Shape::Time(_) => "a whole number",
        Shape::List(..) => "an array",
        Shape::Map(_) => "an object",
    }
}
