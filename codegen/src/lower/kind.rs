//! What is known of the type of values: from what a schema states, and from the outside.

use super::Lowering;
use super::shape::Site;
use super::values::listed_type;
use crate::model::{Body, JsonType, Shape};
use crate::report::Report;
use crate::schema::Ledger;
use crate::source::{Node, Value};

const JSON_TYPES: &[(&str, JsonType)] = &[
    ("boolean", JsonType::Boolean),
    ("integer", JsonType::Integer),
    ("number", JsonType::Number),
    ("string", JsonType::String),
    ("array", JsonType::Array),
    ("object", JsonType::Object),
    ("null", JsonType::Null),
];

/// What values are known to be before a schema is asked: of a type, or `null` perhaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) json_type: JsonType,
    /// Keywords of the type say nothing of `null`, so it matters whether there may be one.
    pub(super) or_null: bool,
}

impl Kind {
    /// Values of this type alone.
    pub(super) fn just(json_type: JsonType) -> Self {
        Self { json_type, or_null: false }
    }

    fn types(self) -> Vec<JsonType> {
        match self.json_type {
            JsonType::Null => vec![JsonType::Null],
            json_type if self.or_null => vec![json_type, JsonType::Null],
            json_type => vec![json_type],
        }
    }
}

impl Lowering<'_, '_> {
    /// What values of a shape are, if they are of one type.
    pub(super) fn kind_of(&self, shape: &Shape) -> Option<Kind> {
        let json_type = self.json_type_of(shape)?;
        Some(Kind { json_type, or_null: self.allows_null(shape) })
    }

    /// Whether `null` may be a value of a shape.
    pub(super) fn allows_null(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Any | Shape::Null | Shape::Nullable(_) => true,
            Shape::Listed(values) => values.iter().any(|value| value == "null"),
            Shape::Also(shape, _) => self.allows_null(shape),
            Shape::Named(id) => match &self.model.get(*id).body {
                Body::Pending => true,
                Body::Newtype(shape, _) => self.allows_null(shape),
                Body::Object(_) | Body::Enum(_) | Body::Union(_) => false,
            },
            _ => false,
        }
    }

    pub(super) fn json_type_of(&self, shape: &Shape) -> Option<JsonType> {
        Some(match shape {
            Shape::Any | Shape::Listed(_) => return None,
            Shape::Null => JsonType::Null,
            Shape::Boolean(_) => JsonType::Boolean,
            Shape::Text(_) | Shape::Secret(_) => JsonType::String,
            Shape::Integer(..) | Shape::Time(_) => JsonType::Integer,
            Shape::Number(_) => JsonType::Number,
            Shape::List(..) | Shape::Positions(..) => JsonType::Array,
            Shape::Map(..) => JsonType::Object,
            Shape::Nullable(shape) | Shape::Also(shape, _) => return self.json_type_of(shape),
            Shape::Named(id) => match &self.model.get(*id).body {
                Body::Pending => return None,
                Body::Newtype(shape, _) => return self.json_type_of(shape),
                Body::Object(_) => JsonType::Object,
                Body::Enum(listed) if listed.of_text => JsonType::String,
                Body::Enum(_) => JsonType::Integer,
                Body::Union(_) => return None,
            },
        })
    }
}

/// The types that a schema states.
pub(super) fn json_types(
    ledger: &Ledger<'_>,
    site: Site<'_>,
    report: &mut Report,
) -> Option<Vec<JsonType>> {
    let Some(taken) = ledger.take("type") else {
        let kind = site.inherited.or_else(|| listed_type(ledger).map(Kind::just));
        if kind.is_none() {
            report.fault(&ledger.spot.place, "`type` is missing").cure(
                "one of \"boolean\", \"integer\", \"number\", \"string\", \"array\", \"object\"",
            );
        }
        return kind.map(Kind::types);
    };
    if !matches!(taken.spot.node.value, Value::Array(_)) {
        return Some(vec![taken.spot.one_of(JSON_TYPES, report)?]);
    }
    let stated = taken.spot.items(report);
    let stated =
        stated.iter().map(|item| item.one_of(JSON_TYPES, report)).collect::<Option<Vec<_>>>()?;
    let is_repeated = |(index, json_type): (usize, &JsonType)| stated[..index].contains(json_type);
    if stated.is_empty() || stated.iter().enumerate().any(is_repeated) {
        return taken.spot.wants("a type, or several, none twice", report);
    }
    Some(stated)
}

/// The type that the schema itself states, if it is one, or one and `null`.
pub(super) fn stated_kind(ledger: &Ledger<'_>) -> Option<Kind> {
    let named = |node: &Node| match &node.value {
        Value::String(word) => {
            JSON_TYPES.iter().find(|(name, _)| name == word).map(|(_, named)| *named)
        }
        _ => None,
    };
    let stated = ledger.spot.node.at("/type")?;
    let Value::Array(stated) = &stated.value else { return named(stated).map(Kind::just) };
    match stated.iter().map(named).collect::<Option<Vec<_>>>()?.as_slice() {
        [json_type] => Some(Kind::just(*json_type)),
        [JsonType::Null, json_type] | [json_type, JsonType::Null] => {
            Some(Kind { json_type: *json_type, or_null: true })
        }
        _ => None,
    }
}

/// Whether the schema states a type, or none.
pub(super) fn states_one_type(ledger: &Ledger<'_>) -> bool {
    let stated = ledger.spot.node.at("/type");
    stated.is_none_or(|stated| matches!(stated.value, Value::String(_)))
}
