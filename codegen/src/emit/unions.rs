//! Enums of several types.

use super::scalars::attributes;
use super::types::{rust_type, to_line};
use super::{Chunk, Line, Table, docs, rules, secrets};
use crate::model::{Type, Union, UnionVariant, VariantKey};
use crate::plan::{Plan, Planned};

/// One of several types: with a variant for all other values, if it is received.
pub(super) fn union(plan: &Plan<'_>, named_type: &Type, planned: Planned, union: &Union) -> Chunk {
    let openness = match (planned.sent, planned.received) {
        (true, true) => "open",
        (false, true) => "received",
        _ => "closed",
    };
    let by = union.tag.as_ref().map_or_else(String::new, |tag| format!(" by {tag:?}"));
    let hiding = hiding(plan, planned, union);
    let mut attributes = attributes(named_type, planned, &[]);
    if !hiding.is_empty() {
        // The macro has one of its own, without the secrets of a value that is kept as it came.
        attributes = attributes.iter().map(|derives| derives.replace("Debug, ", "")).collect();
    }
    let head = Line {
        docs: docs::wrap(&docs::named(named_type.docs.as_ref(), &[])),
        attributes,
        text: format!("pub {openness} enum {}{by}{hiding}", named_type.name),
    };
    let lines = union.variants.iter().map(|variant| line(plan, planned, variant));
    Chunk::Table(Table::item("union", head, lines.collect()))
}

/// Which properties of a value that is kept as it came are secret.
fn hiding(plan: &Plan<'_>, planned: Planned, union: &Union) -> String {
    let names = secrets::names_within(plan, union);
    if !planned.received || names.is_empty() {
        return String::new();
    }
    format!(" hiding {}", secrets::list(&names))
}

fn line(plan: &Plan<'_>, planned: Planned, variant: &UnionVariant) -> Line {
    let key = match &variant.key {
        VariantKey::Tag(value) => format!("{value:?}"),
        VariantKey::Type(json_type) => format!("{json_type:?}"),
    };
    let ty = to_line(&rust_type(plan, &variant.ty));
    let ending = rules::ending(plan, planned, &variant.ty);
    Line {
        docs: docs::wrap(&docs::named(variant.docs.as_ref(), &docs::limits(plan, &variant.ty))),
        text: format!("case {key} = {}({ty}){ending}", variant.name),
        ..Line::default()
    }
}
