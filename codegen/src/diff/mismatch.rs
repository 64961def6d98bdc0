//! Compares types of different forms, which may have values in common.
//!
//! ```text
//! received: { "type": "integer" } -> { "type": "string" }   wider: a number is read as a text
//! sent:     the same                                        different: no value is in both
//! ```

use super::at::At;
use super::numbers::Bounds;
use super::scalars::is_text;
use super::side::Side;
use super::verdict::Relation;
use super::wire::{Pair, Wire};
use crate::model::{Body, Enum, Literal, TimeUnit, TypeExpr};
use crate::schema::Keyword;
use crate::source::Number;

impl Wire<'_> {
    /// Compares types of different forms.
    pub(super) fn mismatch(&mut self, at: &At, (old, new): Pair<'_>) {
        let message = format!("{} -> {}", form(self.old, old), form(self.new, new));
        let (sent, received) = match (old, new) {
            (TypeExpr::Any, _) => (Some(Relation::Narrower), Some(Relation::Narrower)),
            (_, TypeExpr::Any) => (Some(Relation::Wider), Some(Relation::Wider)),
            // A number of one unit is another time in the other one.
            (TypeExpr::Time(..), TypeExpr::Time(..)) => {
                (Some(Relation::Different), Some(Relation::Different))
            }
            _ => (self.sent_mismatch(old, new), self.received_mismatch(old, new)),
        };
        match if at.is_sent() { sent } else { received } {
            None => self.unknown(at, &format!("{message} cannot be compared")),
            Some(relation) => self.add(at, ("type", message), at.effect(relation)),
        }
    }

    fn sent_mismatch(&self, old: &TypeExpr, new: &TypeExpr) -> Option<Relation> {
        let (before, after) = (self.old.json_types(old), self.new.json_types(new));
        if before.and(after).is_empty() {
            return Some(Relation::Different);
        }
        match (self.old.model().enumeration(old), self.new.model().enumeration(new)) {
            (Some(values), None) => fits(values, new)
                .map(|fits| if fits { Relation::Wider } else { Relation::Different }),
            (None, Some(values)) => fits(values, old)
                .map(|fits| if fits { Relation::Narrower } else { Relation::Different }),
            _ => None,
        }
    }

    /// Replies are read tolerantly, so that values of several JSON types are read as one Rust type.
    fn received_mismatch(&self, old: &TypeExpr, new: &TypeExpr) -> Option<Relation> {
        let (before, after) = (read_as(self.old, old), read_as(self.new, new));
        Some(match (before, after) {
            (_, ReadAs::OpenUnion) => Relation::Wider,
            (ReadAs::OpenUnion, _) => Relation::Narrower,
            (ReadAs::Text, ReadAs::Text) | (ReadAs::Integer, ReadAs::Integer) => Relation::Same,
            // A number is read as a string too.
            (ReadAs::Integer, ReadAs::Text | ReadAs::Number) => Relation::Wider,
            (ReadAs::Other, ReadAs::Other) => return None,
            _ => Relation::Different,
        })
    }
}

/// How the values of a received type are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ReadAs {
    Text,
    Integer,
    Number,
    Boolean,
    /// As one of several types, or as `Unknown`.
    OpenUnion,
    Other,
}

fn read_as(side: &Side<'_>, ty: &TypeExpr) -> ReadAs {
    match ty {
        TypeExpr::Text(_) => ReadAs::Text,
        TypeExpr::Integer(..) | TypeExpr::Time(..) => ReadAs::Integer,
        TypeExpr::Number(_) => ReadAs::Number,
        TypeExpr::Boolean => ReadAs::Boolean,
        TypeExpr::Named(id) => match &side.model().get(*id).body {
            Body::Enum(values) if values.of_text => ReadAs::Text,
            Body::Enum(_) => ReadAs::Integer,
            Body::Union(_) => ReadAs::OpenUnion,
            _ => ReadAs::Other,
        },
        _ => ReadAs::Other,
    }
}

/// Whether a type that is no enum allows all values of an enum; `None` if its rules cannot be
/// compared.
fn fits(values: &Enum, ty: &TypeExpr) -> Option<bool> {
    let mut values = values.variants.iter().map(|variant| &variant.value);
    if is_text(ty) {
        let rules = ty.rules();
        if rules.get(Keyword::Format).or(rules.get(Keyword::Pattern)).is_some() {
            return None;
        }
        let bounds = [Keyword::MinLength, Keyword::MaxLength].map(|keyword| rules.number(keyword));
        return Some(values.all(|value| match value {
            Literal::Text(text) => {
                let length = Number::from(text.chars().count() as u64);
                let [least, most] = bounds;
                least.is_none_or(|least| length >= least) && most.is_none_or(|most| length <= most)
            }
            _ => false,
        }));
    }
    let bounds = Bounds::of(ty, true)?;
    Some(values.all(|value| match value {
        Literal::Number(number) => bounds.allows(*number),
        _ => false,
    }))
}

/// The form of a type, as messages name it.
fn form(side: &Side<'_>, ty: &TypeExpr) -> &'static str {
    match ty {
        TypeExpr::Any => "any JSON",
        TypeExpr::Null => "null",
        TypeExpr::Boolean => "boolean",
        TypeExpr::Text(_) | TypeExpr::Secret(_) => "string",
        TypeExpr::Integer(..) => "integer",
        TypeExpr::Time(TimeUnit::Seconds, _) => "integer (unix-time)",
        TypeExpr::Time(TimeUnit::Milliseconds, _) => "integer (unix-time-ms)",
        TypeExpr::Number(_) => "number",
        TypeExpr::List(..) => "array",
        TypeExpr::Map(..) => "object without listed properties",
        TypeExpr::Nullable(_) => "something or null",
        TypeExpr::Constrained(ty, _) => form(side, ty),
        TypeExpr::Named(id) => match &side.model().get(*id).body {
            Body::Pending => "nothing",
            Body::Newtype(ty, _) => form(side, ty),
            Body::Object(_) => "object",
            Body::Enum(values) if values.of_text => "enum of strings",
            Body::Enum(_) => "enum of integers",
            Body::Union(_) => "one of several types",
        },
    }
}
