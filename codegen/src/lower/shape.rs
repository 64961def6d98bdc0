//! From a schema to the set of values that it allows.

use super::{Lowering, Notes, identity};
use crate::model::{Body, CountRules, Integer, Literal, NamedValue, Shape};
use crate::report::Report;
use crate::schema::{Ledger, Spot, is_constant_name, untaken};
use crate::source::Value;

/// The JSON types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JsonType {
    Boolean,
    Integer,
    String,
    Array,
    Object,
}

const JSON_TYPES: &[(&str, JsonType)] = &[
    ("boolean", JsonType::Boolean),
    ("integer", JsonType::Integer),
    ("string", JsonType::String),
    ("array", JsonType::Array),
    ("object", JsonType::Object),
];

/// Whether `null` is allowed besides.
type OrNull = bool;

impl<'a> Lowering<'a, '_> {
    /// Lowers a schema that stands for itself, such as an array's items.
    pub(super) fn schema(
        &mut self,
        spot: &Spot<'a>,
        suggestion: &str,
        report: &mut Report,
    ) -> Option<Shape> {
        self.read(spot, report, |lowering, ledger, report| {
            let notes = lowering.notes(ledger, report);
            let shape = lowering.shape(ledger, suggestion, &notes, report)?;
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
        match &spot.node.value {
            Value::Bool(true) => {
                report
                    .fault(&spot.place, "allows anything")
                    .cure("say what it is: an object with a `type`");
                None
            }
            Value::Bool(false) => {
                report.fault(&spot.place, "allows nothing").cure("take it out");
                None
            }
            _ => Ledger::read_with(
                spot,
                report,
                |ledger, report| read(self, ledger, report),
                |ledger, left, report| untaken(left, ledger.kind(), report),
            )?,
        }
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
        let shape = self.read(spot, report, |lowering, ledger, report| {
            let notes = lowering.notes(ledger, report);
            let shape = lowering.shape(ledger, name, &notes, report)?;
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
        self.read(spot, report, |lowering, ledger, report| {
            ledger.text("$schema", report);
            let notes = lowering.notes(ledger, report);
            let shape = lowering.shape(ledger, "Root", &notes, report)?;
            let shape = match shape {
                Shape::Named(_) => shape,
                _ => lowering.newtype(ledger, shape, "Root", &notes, report)?,
            };
            lowering.sample(&notes, &shape);
            Some(shape)
        })
    }

    /// The set of values that a schema allows. What it says to people was taken before.
    pub(super) fn shape(
        &mut self,
        ledger: &Ledger<'a>,
        suggestion: &str,
        notes: &Notes<'a>,
        report: &mut Report,
    ) -> Option<Shape> {
        if let Some(reference) = ledger.take("$ref") {
            ledger.set_kind("what a `$ref` leads to");
            return self.reference(&reference.spot, report);
        }
        let (json_type, or_null) = self.json_type(ledger, report)?;
        let shape = match json_type {
            _ if ["const", "enum", "oneOf"].iter().any(|word| ledger.has(word)) => {
                self.enumeration(ledger, json_type, suggestion, notes, report)
            }
            JsonType::Boolean => {
                ledger.set_kind("a boolean");
                Some(Shape::Boolean)
            }
            JsonType::Integer => self.integer(ledger, report),
            JsonType::String => self.text(ledger, report),
            JsonType::Array => self.list(ledger, suggestion, report),
            JsonType::Object => self.object_or_map(ledger, suggestion, notes, report),
        }?;
        Some(if or_null { Shape::Nullable(Box::new(shape)) } else { shape })
    }

    fn json_type(
        &mut self,
        ledger: &Ledger<'a>,
        report: &mut Report,
    ) -> Option<(JsonType, OrNull)> {
        let Some(taken) = ledger.take("type") else {
            report
                .fault(&ledger.spot.place, "`type` is missing")
                .cure("one of \"boolean\", \"integer\", \"string\", \"array\", \"object\"");
            return None;
        };
        if !matches!(taken.spot.node.value, Value::Array(_)) {
            return Some((taken.spot.one_of(JSON_TYPES, report)?, false));
        }
        let items = taken.spot.items(report);
        let is_null =
            |spot: &Spot<'_>| matches!(&spot.node.value, Value::String(word) if word == "null");
        let (nulls, types): (Vec<_>, Vec<_>) = items.iter().partition(|item| is_null(item));
        match (nulls.as_slice(), types.as_slice()) {
            ([_], [json_type]) => Some((json_type.one_of(JSON_TYPES, report)?, true)),
            _ => taken.spot.wants("a type, or a type and \"null\"", report),
        }
    }

    fn reference(&mut self, reference: &Spot<'a>, report: &mut Report) -> Option<Shape> {
        let target = self.references.target(reference)?.clone();
        if let Some(shape) = self.named.get(&identity(&target)) {
            return Some(shape.clone());
        }
        let mut steps = target.place.pointer.rsplit('/');
        let name = steps.next().unwrap_or_default().replace("~1", "/").replace("~0", "~");
        if steps.next() == Some("$defs") {
            return self.definition(&target, &name, report);
        }
        report
            .fault(&reference.place, "leads to a schema that has no name of its own")
            .cure("move it to `$defs` and refer to that")
            .related(&target.place, "this one");
        None
    }

    fn list(
        &mut self,
        ledger: &Ledger<'a>,
        suggestion: &str,
        report: &mut Report,
    ) -> Option<Shape> {
        ledger.set_kind("an array");
        let least = ledger.take("minItems").and_then(|taken| taken.spot.count(report)).unwrap_or(0);
        let most = ledger.take("maxItems");
        let count =
            CountRules { least, most: most.as_ref().and_then(|taken| taken.spot.count(report)) };
        if let Some(most) = most.filter(|_| count.most.is_some_and(|most| most < least)) {
            report.fault(&most.spot.place, "allows nothing: it is less than `minItems`");
        }
        let items = ledger.need("items", report)?;
        let items = self.schema(&items.spot, &format!("{suggestion}Item"), report)?;
        Some(Shape::List(Box::new(items), count))
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
    match shape {
        Shape::Integer(kind, _) => whole_in(*kind, spot, report).map(Literal::Number),
        _ => {
            report
                .fault(&spot.place, "only a whole number can have a name")
                .cure("use `oneOf` with titles");
            None
        }
    }
}

fn whole_in(kind: Integer, spot: &Spot<'_>, report: &mut Report) -> Option<crate::source::Number> {
    let whole = spot.whole(report)?;
    let (least, most) = kind.range();
    if whole < least || whole > most {
        return spot.wants(&format!("a number that fits {}", kind.name()), report);
    }
    Some(crate::source::Number::whole(whole))
}
