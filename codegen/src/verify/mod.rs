//! The fifth stage: every default, example and named value keeps its own schema.

#[expect(unreachable_pub, reason = "alike to the runtime's, to the letter")]
mod format;

mod doubt;

pub(crate) use doubt::Doubtful;
pub(crate) use format::Format;

use std::collections::HashSet;

use crate::lower::Lowered;
use crate::model::{
    Body, Claim, CountRules, Enum, Integer, IntegerRules, ListRules, Literal, MapRules, Member,
    MemberKey, MemberRules, Model, NumberRules, Object, Others, Pattern, Shape, TextRules, TypeId,
    Union,
};
use crate::report::Report;
use crate::schema::Spot;
use crate::source::{Node, Number, Value};

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
                    self.value(shape, spot, report);
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
                self.value(shape, spot, report);
            }
            _ => {}
        }
    }

    /// Whether a value keeps a shape.
    fn holds(&self, shape: &Shape, spot: &Spot<'_>) -> bool {
        let mut report = Report::default();
        self.value(shape, spot, &mut report);
        report.is_empty()
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

/// What is counted: the word for one, and for any other number.
type Unit = (&'static str, &'static str);

const ITEMS: Unit = ("item", "items");
const CONTAINED: Unit = ("item of the kind under `contains`", "items of the kind under `contains`");
const PROPERTIES: Unit = ("property", "properties");
const CHARACTERS: Unit = ("character", "characters");

fn check_count(
    rules: &CountRules,
    found: usize,
    (one, others): &Unit,
    spot: &Spot<'_>,
    report: &mut Report,
) {
    if found < rules.least || rules.most.is_some_and(|most| found > most) {
        let unit = if found == 1 { one } else { others };
        breaks(spot, &format!("it has {found} {unit}"), report);
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
    if let Some(step) = rules.multiple_of.filter(|step| !number.is_multiple_of(*step)) {
        breaks(spot, &format!("it is no multiple of {step}"), report);
    }
}

fn check_text(rules: &TextRules, text: &str, spot: &Spot<'_>, report: &mut Report) {
    let length = CountRules { least: rules.min_length, most: rules.max_length };
    check_count(&length, text.chars().count(), &CHARACTERS, spot, report);
    if let Some(format) = rules.format.filter(|format| !format.matches(text)) {
        breaks(spot, &format!("it is not of the format `{}`", format.name()), report);
    }
    if let Some(pattern) = rules.pattern.as_ref().filter(|pattern| !is_match(pattern, text)) {
        breaks(spot, &format!("it does not match `{}`", pattern.source), report);
    }
}

/// Whether a text matches a pattern, which was tried when it was translated.
fn is_match(pattern: &Pattern, text: &str) -> bool {
    crate::pattern::compile(&pattern.translated).is_some_and(|regex| regex.is_match(text))
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
