//! The fifth stage: every default, example and named value keeps its own schema.

use crate::lower::Lowered;
use crate::model::{
    Body, CountRules, Enum, Integer, IntegerRules, JsonType, ListRules, Literal, MapRules, Member,
    MemberKey, MemberRules, Model, NumberRules, Object, Others, Shape, TextRules, TypeId, Union,
};
use crate::report::Report;
use crate::schema::Spot;
use crate::source::{Entry, Node, Number, Value};

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
            (Shape::Number(rules), Value::Number(number)) => {
                check_number(rules, *number, spot, report);
            }
            (Shape::List(items, rules), Value::Array(_)) => self.list(items, rules, spot, report),
            (Shape::Map(values, rules), Value::Object(_)) => self.map(values, rules, spot, report),
            _ => drop(spot.wants::<()>(describe(shape), report)),
        }
    }

    fn named(&self, id: TypeId, spot: &Spot<'_>, report: &mut Report) {
        match &self.model.get(id).body {
            Body::Pending => {}
            Body::Newtype(shape, _) => self.value(shape, spot, report),
            Body::Object(object) => self.object(object, spot, report),
            Body::Enum(listed) => check_enum(listed, spot, report),
            Body::Union(union) => self.union(union, spot, report),
        }
    }

    fn union(&self, union: &Union, spot: &Spot<'_>, report: &mut Report) {
        let is = |member: &&Member| match (&member.key, &union.tag) {
            (MemberKey::Type(json_type), _) => is_of_type(*json_type, spot.node),
            (MemberKey::Tag(value), Some(tag)) => match &spot.node.value {
                Value::Object(object) => object.get(tag).is_some_and(
                    |node| matches!(&node.value, Value::String(found) if found == value),
                ),
                _ => false,
            },
            (MemberKey::Tag(_), None) => false,
        };
        match union.members.iter().find(is) {
            Some(member) => self.value(&member.shape, spot, report),
            None => breaks(spot, "it is of none of the types that are listed", report),
        }
    }

    fn list(&self, items: &Shape, rules: &ListRules, spot: &Spot<'_>, report: &mut Report) {
        let found = spot.items(report);
        check_count(&rules.count, found.len(), "items", spot, report);
        let mut seen = std::collections::HashSet::new();
        for item in &found {
            if rules.unique && !seen.insert(canonical(item.node)) {
                breaks(item, "it is there twice", report);
            }
            self.value(items, item, report);
        }
    }

    fn map(&self, values: &Shape, rules: &MapRules, spot: &Spot<'_>, report: &mut Report) {
        check_members(&rules.members, spot, report);
        for (name, spot) in spot.properties(report) {
            if let Some(names) = &rules.names {
                let node =
                    Node { value: Value::String(name.to_owned()), span: spot.node.span.clone() };
                self.value(
                    names,
                    &Spot { node: &node, file: spot.file, place: spot.place.clone() },
                    report,
                );
            }
            self.value(values, &spot, report);
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
        check_members(&object.members, spot, report);
        for entry in &found.entries {
            let spot = spot.below(&entry.key, &entry.node);
            if object.properties.iter().any(|property| property.name == entry.key) {
                continue;
            }
            match &object.others {
                Others::Ignored => {}
                Others::Refused => breaks(&spot, "no such property is allowed", report),
                Others::Kept(shape) => self.value(shape, &spot, report),
            }
        }
    }
}

fn is_of_type(json_type: JsonType, node: &Node) -> bool {
    match (json_type, &node.value) {
        (JsonType::Null, Value::Null)
        | (JsonType::Boolean, Value::Bool(_))
        | (JsonType::Number, Value::Number(_))
        | (JsonType::String, Value::String(_))
        | (JsonType::Array, Value::Array(_))
        | (JsonType::Object, Value::Object(_)) => true,
        (JsonType::Integer, Value::Number(number)) => number.to_whole().is_some(),
        _ => false,
    }
}

fn check_members(rules: &MemberRules, spot: &Spot<'_>, report: &mut Report) {
    let Some(found) = spot.object(report) else { return };
    check_count(&rules.count, found.entries.len(), "properties", spot, report);
    for name in rules.required.iter().filter(|name| found.get(name).is_none()) {
        breaks(spot, &format!("`{name}` is missing"), report);
    }
    for (name, others) in rules.dependent.iter().filter(|(name, _)| found.get(name).is_some()) {
        for other in others.iter().filter(|other| found.get(other).is_none()) {
            breaks(spot, &format!("it has `{name}`, and `{other}` is missing"), report);
        }
    }
}

fn check_count(rules: &CountRules, found: usize, unit: &str, spot: &Spot<'_>, report: &mut Report) {
    if found < rules.least || rules.most.is_some_and(|most| found > most) {
        breaks(spot, &format!("it has {found} {unit}"), report);
    }
}

/// JSON in which equal values are equal: an object's properties in the order of their names.
fn canonical(node: &Node) -> String {
    match &node.value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(object) => {
            let property = |entry: &Entry| format!("{:?}:{}", entry.key, canonical(&entry.node));
            let mut properties: Vec<String> = object.entries.iter().map(property).collect();
            properties.sort();
            format!("{{{}}}", properties.join(","))
        }
        _ => node.to_json(),
    }
}

fn check_number(rules: &NumberRules, number: Number, spot: &Spot<'_>, report: &mut Report) {
    let is = |bound: Option<Number>, broken: fn(std::cmp::Ordering) -> bool| {
        bound.filter(|bound| broken(number.compare(*bound)))
    };
    if let Some(bound) = is(rules.minimum, std::cmp::Ordering::is_lt) {
        breaks(spot, &format!("{bound} is the least"), report);
    }
    if let Some(bound) = is(rules.above, std::cmp::Ordering::is_le) {
        breaks(spot, &format!("it must be above {bound}"), report);
    }
    if let Some(bound) = is(rules.maximum, std::cmp::Ordering::is_gt) {
        breaks(spot, &format!("{bound} is the most"), report);
    }
    if let Some(bound) = is(rules.below, std::cmp::Ordering::is_ge) {
        breaks(spot, &format!("it must be below {bound}"), report);
    }
    if let Some(step) = rules.multiple_of.filter(|step| number.is_multiple_of(*step) != Some(true))
    {
        breaks(spot, &format!("it is no multiple of {step}"), report);
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
        Shape::Null => "null",
        Shape::Number(_) => "a number",
        Shape::Boolean => "true or false",
        Shape::Text(_) | Shape::Secret(_) => "a string",
        Shape::Integer(..) | Shape::Time(_) => "a whole number",
        Shape::List(..) => "an array",
        Shape::Map(..) => "an object",
    }
}
