//! The fifth stage: every default, example and named value keeps its own schema.

#[expect(unreachable_pub, reason = "alike to the runtime's, to the letter")]
mod format;

mod doubt;
mod rules;

pub(crate) use doubt::Doubtful;
pub(crate) use format::Format;

use std::collections::HashSet;

use rules::{
    CONTAINED, ITEMS, PROPERTIES, any_whole, check_count, check_integer, check_number, check_text,
};

use crate::lower::Lowered;
use crate::model::{
    Body, Claim, Enum, Integer, ListRules, Literal, MapRules, Member, MemberKey, MemberRules,
    Model, Object, Others, Shape, TypeId, Union,
};
use crate::report::Report;
use crate::schema::Spot;
use crate::source::{Node, Value};

/// Checks the values that descriptions give against the model, and hands the model on. Where a
/// schema is doubtful, what breaks it may be right.
pub(crate) fn verify(lowered: Lowered<'_>, doubtful: &Doubtful, report: &mut Report) -> Model {
    let check = Check { model: &lowered.model };
    for sample in lowered.samples.iter().filter(|sample| !doubtful.concerns(&sample.value)) {
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
            | (Shape::Boolean(None), Value::Bool(_))
            | (Shape::Null | Shape::Nullable(_), Value::Null) => {}
            (Shape::Named(id), _) => self.named(*id, spot, report),
            (Shape::Nullable(shape), _) => self.value(shape, spot, report),
            (Shape::Also(shape, claims), _) => {
                self.value(shape, spot, report);
                for claim in claims {
                    self.claim(claim, spot, report);
                }
            }
            (Shape::Text(rules) | Shape::Secret(rules), Value::String(text)) => {
                check_text(rules, text, spot, report);
            }
            (Shape::Integer(kind, rules), Value::Number(number)) => {
                check_integer(*kind, rules, *number, spot, report);
            }
            (Shape::Time(rules), Value::Number(number)) => {
                check_integer(Integer::I64, rules, *number, spot, report);
            }
            (Shape::Boolean(Some(only)), Value::Bool(found)) => {
                if found != only {
                    breaks(spot, &format!("it must be {only}"), report);
                }
            }
            (Shape::Listed(listed), _) => {
                if !listed.contains(&spot.node.canonical()) {
                    breaks(spot, "it is none of the values that are listed", report);
                }
            }
            (Shape::Positions(first, rest, rules), Value::Array(_)) => {
                self.list(&|index| first.get(index).unwrap_or(rest), rules, spot, report);
            }
            (Shape::Number(rules), Value::Number(number)) => {
                check_number(rules, *number, spot, report);
            }
            (Shape::List(items, rules), Value::Array(_)) => {
                self.list(&|_| items, rules, spot, report)
            }
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

    fn claim(&self, claim: &Claim, spot: &Spot<'_>, report: &mut Report) {
        let kept = |shapes: &[Shape]| shapes.iter().filter(|shape| self.holds(shape, spot)).count();
        match (claim, &spot.node.value) {
            (Claim::Not(shape), _) if self.holds(shape, spot) => {
                breaks(spot, "it keeps what is under `not`", report)
            }
            (Claim::AnyOf(shapes), _) if kept(shapes) == 0 => {
                breaks(spot, "it keeps nothing that is under `anyOf`", report)
            }
            (Claim::OneOf(shapes), _) if kept(shapes) != 1 => {
                breaks(
                    spot,
                    &format!("it keeps {} of the schemas under `oneOf`", kept(shapes)),
                    report,
                );
            }
            (Claim::If { condition, then, otherwise }, _) => {
                let branch = if self.holds(condition, spot) { then } else { otherwise };
                if let Some(shape) = branch {
                    self.asserted(shape, spot, report);
                }
            }
            (Claim::Contains { shape, count }, Value::Array(_)) => {
                let found =
                    spot.items(report).iter().filter(|item| self.holds(shape, item)).count();
                check_count(count, found, &CONTAINED, spot, report);
            }
            (Claim::Dependent(property, shape), Value::Object(object))
                if object.get(property).is_some() =>
            {
                self.asserted(shape, spot, report);
            }
            _ => {}
        }
    }

    /// Whether a value keeps a shape.
    fn holds(&self, shape: &Shape, spot: &Spot<'_>) -> bool {
        let mut report = Report::default();
        self.asserted(shape, spot, &mut report);
        report.is_empty()
    }

    /// What a claim asserts, of values whose own type may be a wider one: a whole number is an
    /// integer whether or not it fits 64 bits.
    fn asserted(&self, shape: &Shape, spot: &Spot<'_>, report: &mut Report) {
        match (shape, &spot.node.value) {
            (Shape::Integer(Integer::I64, rules), Value::Number(number)) => {
                check_number(&any_whole(rules), *number, spot, report);
            }
            _ => self.value(shape, spot, report),
        }
    }

    fn union(&self, union: &Union, spot: &Spot<'_>, report: &mut Report) {
        let is = |member: &&Member| match (&member.key, &union.tag) {
            (MemberKey::Type(json_type), _) => json_type.allows(spot.node),
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

    fn list<'s>(
        &self,
        shape_of: &dyn Fn(usize) -> &'s Shape,
        rules: &ListRules,
        spot: &Spot<'_>,
        report: &mut Report,
    ) {
        let found = spot.items(report);
        check_count(&rules.count, found.len(), &ITEMS, spot, report);
        let mut seen = HashSet::new();
        for (index, item) in found.iter().enumerate() {
            if rules.unique && !seen.insert(item.node.canonical()) {
                breaks(item, "it is there twice", report);
            }
            self.value(shape_of(index), item, report);
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
        let listed: HashSet<&str> =
            object.properties.iter().map(|property| &*property.name).collect();
        for entry in &found.entries {
            let spot = spot.below(&entry.key, &entry.node);
            if listed.contains(&*entry.key) {
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

fn check_members(rules: &MemberRules, spot: &Spot<'_>, report: &mut Report) {
    let Some(found) = spot.object(report) else { return };
    check_count(&rules.count, found.entries.len(), &PROPERTIES, spot, report);
    for name in rules.required.iter().filter(|name| found.get(name).is_none()) {
        breaks(spot, &format!("`{name}` is missing"), report);
    }
    for (name, others) in rules.dependent.iter().filter(|(name, _)| found.get(name).is_some()) {
        for other in others.iter().filter(|other| found.get(other).is_none()) {
            breaks(spot, &format!("it has `{name}`, and `{other}` is missing"), report);
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
        Shape::Named(_) | Shape::Any | Shape::Listed(_) | Shape::Nullable(_) | Shape::Also(..) => {
            "what the schema says"
        }
        Shape::Null => "null",
        Shape::Number(_) => "a number",
        Shape::Boolean(_) => "true or false",
        Shape::Text(_) | Shape::Secret(_) => "a string",
        Shape::Integer(..) | Shape::Time(_) => "a whole number",
        Shape::List(..) | Shape::Positions(..) => "an array",
        Shape::Map(..) => "an object",
    }
}
