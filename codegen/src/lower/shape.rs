//! From a schema to the set of values that it allows.

use std::cell::Cell;

use super::kind::{Kind, json_types};
use super::values::{has_mixed_values, lists_null, lists_only_null, only_null};
use super::{Lowering, Notes, identity, scalar};
use crate::model::{Body, Integer, JsonType, Literal, NamedValue, Shape};
use crate::report::Report;
use crate::schema::{Ledger, Spot, is_constant_name, is_never_taken, untaken};
use crate::source::{Node, Object, Value};

/// The drafts that a document may state; nothing that stands beside a `$ref` counts in the last two.
const DRAFTS: &[(&str, bool)] = &[
    ("https://json-schema.org/draft/2020-12/schema", false),
    ("https://json-schema.org/draft/2019-09/schema", false),
    ("http://json-schema.org/draft-07/schema", true),
    ("http://json-schema.org/draft-06/schema", true),
];

/// Where a schema stands, as far as it matters to what it means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site<'s> {
    /// The name that its place suggests for a type.
    pub(super) name: &'s str,
    /// What its values are if it states no type: that of the schema whose `allOf` it is part of.
    pub(super) inherited: Option<Kind>,
}

impl<'s> Site<'s> {
    pub(super) fn named(name: &'s str) -> Self {
        Self { name, inherited: None }
    }
}

/// Schemas within schemas, counted through `$ref`s too: what the stack bears, and then some more.
const DEEPEST: usize = 1000;

/// Whether a document's draft has it that what stands beside a `$ref` does not count.
fn has_lone_references(ledger: &Ledger<'_>, report: &mut Report) -> Option<bool> {
    let Some(taken) = ledger.take("$schema") else { return Some(false) };
    let stated = taken.spot.text(report)?;
    let stated = stated.strip_suffix('#').unwrap_or(stated);
    let known = DRAFTS.iter().find(|(draft, _)| *draft == stated);
    if known.is_none() {
        let known: Vec<&str> = DRAFTS.iter().map(|(draft, _)| *draft).collect();
        report
            .fault(&taken.spot.place, "is no draft of JSON Schema that is known here")
            .cure(format!("take it out, or state one of {}", known.join(", ")));
    }
    known.map(|(_, lone)| *lone)
}

/// What `true` says: nothing.
static ANYTHING: Node = Node { value: Value::Object(Object::new()), span: 0..0 };

impl<'a> Lowering<'a, '_> {
    /// Lowers a schema that stands for itself, such as an array's items.
    pub(super) fn schema(
        &mut self,
        spot: &Spot<'a>,
        site: Site<'_>,
        report: &mut Report,
    ) -> Option<Shape> {
        self.read(spot, report, |lowering, ledger, report| {
            let notes = lowering.notes(ledger, report);
            let shape = lowering.shape(ledger, site, &notes, report)?;
            lowering.sample(&notes, &shape);
            Some(shape)
        })
    }

    /// Opens a schema's ledger, and reports what nobody takes from it.
    pub(super) fn read<T>(
        &mut self,
        spot: &Spot<'a>,
        report: &mut Report,
        read: impl FnOnce(&mut Self, &Ledger<'a>, &mut Report) -> Option<T>,
    ) -> Option<T> {
        let spot = match &spot.node.value {
            Value::Bool(true) => &Spot { node: &ANYTHING, ..spot.clone() },
            Value::Bool(false) => {
                report.fault(&spot.place, "allows nothing").cure("take it out");
                return None;
            }
            _ => spot,
        };
        if self.depth == DEEPEST {
            report
                .fault(&spot.place, format!("lies deeper than {DEEPEST} schemas, through `$ref`s"))
                .cure("let fewer schemas lead to each other");
            return None;
        }
        self.depth += 1;
        let before = report.faults().len();
        // A schema that was refused halfway leaves words that it would have taken.
        let is_refused = Cell::new(false);
        let result = Ledger::read_with(
            spot,
            report,
            |ledger, report| {
                let result = read(self, ledger, report);
                is_refused.set(result.is_none() && report.faults().len() > before);
                result
            },
            |ledger, left, report| {
                if !is_refused.get() || is_never_taken(left) {
                    untaken(ledger, left, report);
                }
            },
        );
        self.depth -= 1;
        result?
    }

    /// Lowers a schema of `$defs`: a named type, unless a name would add nothing.
    pub(super) fn definition(
        &mut self,
        spot: &Spot<'a>,
        name: &str,
        report: &mut Report,
    ) -> Option<Shape> {
        if let Some(shape) = self.named.get(&identity(spot)) {
            return Some(shape.clone());
        }
        if self.refused.contains(&identity(spot)) {
            return None;
        }
        let shape = self.read(spot, report, |lowering, ledger, report| {
            let notes = lowering.notes(ledger, report);
            let shape = lowering.shape(ledger, Site::named(name), &notes, report)?;
            let shape = match shape {
                Shape::Text(_) | Shape::Integer(..) => {
                    lowering.newtype(ledger, shape, name, &notes, report)?
                }
                _ => shape,
            };
            lowering.sample(&notes, &shape);
            Some(shape)
        })?;
        self.named.insert(identity(spot), shape.clone());
        Some(shape)
    }

    /// Lowers a plain JSON Schema document: a type named `Root`, whatever it is.
    pub(super) fn document(&mut self, spot: &Spot<'a>, report: &mut Report) -> Option<Shape> {
        self.is_document = true;
        self.read(spot, report, |lowering, ledger, report| {
            lowering.lone_references = has_lone_references(ledger, report)?;
            ledger.text("$id", report);
            let notes = lowering.notes(ledger, report);
            let shape = lowering.shape(ledger, Site::named("Root"), &notes, report)?;
            let shape = if matches!(shape, Shape::Named(_)) {
                shape
            } else {
                lowering.make_room_for_root(&shape);
                lowering.newtype(ledger, shape, "Root", &notes, report)?
            };
            lowering.sample(&notes, &shape);
            Some(shape)
        })
    }

    /// A document that is a type or `null`, or a type and more that its values must keep, is a type
    /// around that: what is within cannot be `Root` too.
    fn make_room_for_root(&mut self, shape: &Shape) {
        match shape {
            Shape::Nullable(inner) | Shape::Also(inner, _) => self.make_room_for_root(inner),
            Shape::Named(id) if self.model.get(*id).name == "Root" => {
                "RootValue".clone_into(&mut self.model.types[id.0].name);
            }
            _ => {}
        }
    }

    /// The set of values that a schema allows. What it says to people was taken before.
    pub(super) fn shape(
        &mut self,
        ledger: &Ledger<'a>,
        site: Site<'_>,
        notes: &Notes<'a>,
        report: &mut Report,
    ) -> Option<Shape> {
        if lists_no_schemas(ledger, report) {
            return None;
        }
        self.open.push((identity(&ledger.spot), None));
        let shape = if ledger.has("$ref") || ledger.has("allOf") {
            self.composed(ledger, site, notes, report)
        } else {
            self.own_shape(ledger, site, notes, report)
        };
        let told = self.open.pop().and_then(|(_, told)| told);
        self.unless_circle(ledger, told, shape?, report)
    }

    /// What a schema allows, but for its `$ref` and its `allOf`.
    pub(super) fn own_shape(
        &mut self,
        ledger: &Ledger<'a>,
        site: Site<'_>,
        notes: &Notes<'a>,
        report: &mut Report,
    ) -> Option<Shape> {
        if is_empty(ledger) && site.inherited.is_none() {
            return Some(Shape::Any);
        }
        let base = self.base_shape(ledger, site, notes, report)?;
        self.with_claims(ledger, base, site, report)
    }

    /// What a schema allows, but for what it claims besides.
    fn base_shape(
        &mut self,
        ledger: &Ledger<'a>,
        site: Site<'_>,
        notes: &Notes<'a>,
        report: &mut Report,
    ) -> Option<Shape> {
        if ledger.has("anyOf") || is_union(ledger) {
            return self.union(ledger, site, notes, report);
        }
        if only_claims(ledger) && site.inherited.is_none() {
            return Some(Shape::Any);
        }
        if has_mixed_values(ledger, site) {
            return Self::mixed_values(ledger, report);
        }
        self.own_types(ledger, site, notes, report)
    }

    /// What the types that a schema states allow, with the keywords that apply to each.
    pub(super) fn own_types(
        &mut self,
        ledger: &Ledger<'a>,
        site: Site<'_>,
        notes: &Notes<'a>,
        report: &mut Report,
    ) -> Option<Shape> {
        let types = json_types(ledger, site, report)?;
        if lists_only_null(ledger) {
            return only_null(ledger, &types, report);
        }
        let or_null = types.len() > 1 && types.contains(&JsonType::Null) && lists_null(ledger);
        if or_null {
            self.or_null.insert(identity(&ledger.spot));
        }
        let shape = match types.as_slice() {
            [json_type] | [JsonType::Null, json_type] | [json_type, JsonType::Null] => {
                self.typed(ledger, *json_type, site, notes, report)?
            }
            _ => self.union_of_types(ledger, &types, site, notes, report)?,
        };
        Some(if or_null { Shape::Nullable(Box::new(shape)) } else { shape })
    }

    pub(super) fn typed(
        &mut self,
        ledger: &Ledger<'a>,
        json_type: JsonType,
        site: Site<'_>,
        notes: &Notes<'a>,
        report: &mut Report,
    ) -> Option<Shape> {
        match json_type {
            _ if LISTS.iter().any(|word| ledger.has(word)) && !is_union(ledger) => {
                self.enumeration(ledger, json_type, site.name, notes, report)
            }
            JsonType::Null => {
                ledger.set_kind("null");
                Some(Shape::Null)
            }
            JsonType::Boolean => {
                ledger.set_kind("a boolean");
                Some(Shape::Boolean(None))
            }
            JsonType::Integer => scalar::integer(ledger, report),
            JsonType::Number => Some(scalar::number(ledger, report)),
            JsonType::String => Some(scalar::text(ledger, report)),
            JsonType::Array => self.list(ledger, site.name, report),
            JsonType::Object => self.object_or_map(ledger, site.name, notes, report),
        }
    }

    /// Gives a shape a type of its own, so that its name says what it is.
    fn newtype(
        &mut self,
        ledger: &Ledger<'a>,
        shape: Shape,
        suggestion: &str,
        notes: &Notes<'a>,
        report: &mut Report,
    ) -> Option<Shape> {
        let name = Self::type_name(ledger, suggestion, report)?;
        let values = ledger.take("namedValues");
        let values =
            values.map_or_else(Vec::new, |taken| self.named_values(&taken.spot, &shape, report));
        let id = self.begin_type(&ledger.spot, name, notes);
        self.finish_type(id, Body::Newtype(shape, values));
        Some(Shape::Named(id))
    }

    fn named_values(
        &mut self,
        spot: &Spot<'a>,
        shape: &Shape,
        report: &mut Report,
    ) -> Vec<NamedValue> {
        let mut values = Vec::new();
        for (name, spot) in spot.properties(report) {
            if !is_constant_name(name) {
                report
                    .fault(&spot.place, format!("`{name}` is no constant's name"))
                    .cure("use capitals, as in `ALL`");
            }
            values.extend(
                Ledger::read(&spot, report, |ledger, report| {
                    let docs = ledger.text("description", report).map(str::to_owned);
                    let value = ledger.need("value", report)?.spot;
                    let literal = constant(&value, shape, report)?;
                    self.samples.push(super::Sample { value, shape: shape.clone() });
                    Some(NamedValue { name: name.to_owned(), value: literal, docs })
                })
                .flatten(),
            );
        }
        values
    }
}

/// A named value: only numbers can be constants, because strings are owned.
fn constant(spot: &Spot<'_>, shape: &Shape, report: &mut Report) -> Option<Literal> {
    if let Shape::Integer(kind, _) = shape {
        return whole_in(*kind, spot, report).map(Literal::Number);
    }
    report
        .fault(&spot.place, "only a whole number can have a name")
        .cure("use `oneOf` with titles");
    None
}

fn whole_in(kind: Integer, spot: &Spot<'_>, report: &mut Report) -> Option<crate::source::Number> {
    let whole = spot.whole(report)?;
    let (least, most) = kind.range();
    if whole < least || whole > most {
        return spot.wants(&format!("a number that fits {}", kind.name()), report);
    }
    Some(crate::source::Number::whole(whole))
}

/// The words that list the values.
const LISTS: &[&str] = &["const", "enum", "oneOf"];

/// Whether a schema says nothing of the type, only of what values must keep besides.
fn only_claims(ledger: &Ledger<'_>) -> bool {
    ledger
        .words()
        .all(|word| !crate::schema::is_enforced(word) || super::claims::CLAIMS.contains(&word))
}

/// Whether a schema says nothing but to people.
fn is_empty(ledger: &Ledger<'_>) -> bool {
    ledger.words().all(|word| !crate::schema::is_enforced(word))
}

/// Whether one of the words that list schemas lists none.
fn lists_no_schemas(ledger: &Ledger<'_>, report: &mut Report) -> bool {
    let lists_some = |node: &Node| match &node.value {
        Value::Array(schemas) => !schemas.is_empty(),
        _ => false,
    };
    let mut lists_none = false;
    for word in ["allOf", "anyOf", "oneOf"] {
        if ledger.spot.node.at(&format!("/{word}")).is_some_and(|node| !lists_some(node))
            && let Some(taken) = ledger.take(word)
        {
            report
                .fault(&taken.spot.place, "must be an array of one schema or more")
                .cure("list schemas, or take it out");
            lists_none = true;
        }
    }
    lists_none
}

/// Whether `oneOf` lists types, not values.
fn is_union(ledger: &Ledger<'_>) -> bool {
    match ledger.spot.node.at("/oneOf").map(|node| &node.value) {
        Some(Value::Array(members)) => {
            !members.is_empty() && !members.iter().any(|member| member.at("/const").is_some())
        }
        _ => false,
    }
}
