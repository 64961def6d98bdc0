//! Emits unions: enums with a variant for each of several types.
//!
//! ```text
//! { "anyOf": [{ "type": "string" }, { "type": "integer" }] }
//!
//! pub enum Either { String(String), Integer(i64) }
//! rt::union! { closed Either { case STRING = String(String); case INTEGER = Integer(i64); } }
//! ```

use syn::parse_quote;

use super::attributes::{derive, derived};
use super::enums::{EnumHead, enum_item};
use super::text::type_text;
use super::types::{ident, rust_type};
use super::{Chunk, Line, Table, docs, rules, secrets};
use crate::model::{Literal, TypeId, Union, UnionVariant, VariantKey};
use crate::plan::{Plan, Planned};
use crate::util::CollectVec as _;

/// Emits a union. If it is received, it has a variant for all other values.
pub(super) fn union(plan: &Plan<'_>, id: TypeId, planned: Planned, union: &Union) -> Vec<Chunk> {
    let named_type = plan.model.get(id);
    let openness = match (planned.sent, planned.received) {
        (true, true) => "open",
        (false, true) => "received",
        _ => "closed",
    };
    let by = by(union);
    let table = plan.table(id).map_or_else(String::new, |table| format!(", table {table}"));
    let hiding = hiding(plan, planned, union);
    // The macro implements `Debug` if a value that is kept as it came may have secrets, to hide
    // them.
    let is_derived = |name: &&str| hiding.is_empty() || *name != "Debug";
    let head = EnumHead {
        named_type,
        derives: derive(derived(planned.traits, &[]).into_iter().filter(is_derived)),
        is_large: union.variants.iter().any(|variant| plan.is_large(&variant.ty)),
        other_values: planned.received.then(|| parse_quote!(rt::Value)),
    };
    let item = enum_item(&head, union.variants.iter().map(|it| variant(plan, it)));
    let lines = union.variants.iter().map(|variant| line(plan, id, variant));
    let text = format!("{openness} {}{by}{hiding}{table} {{", named_type.name);
    let head = Line::plain(text);
    vec![item, Chunk::Table(Table::item("union", &head, lines.collect_vec()))]
}

fn variant(plan: &Plan<'_>, variant: &UnionVariant) -> syn::Variant {
    let (name, ty) = (ident(&variant.name), rust_type(plan, &variant.ty));
    let text = docs::named(variant.docs.as_ref(), &docs::limits(&variant.ty));
    let attributes = docs::attributes(&text);
    parse_quote!(#(#attributes)* #name(#ty))
}

/// Names the secret properties that a value which is kept as it came may have.
fn hiding(plan: &Plan<'_>, planned: Planned, union: &Union) -> String {
    let names = secrets::names_within(plan, union);
    if !planned.received || names.is_empty() {
        return String::new();
    }
    format!(" hiding {}", secrets::list(&names))
}

/// What identifies the variants, unless it is the JSON type.
fn by(union: &Union) -> String {
    let first = union.variants.first().map(|variant| &variant.key);
    match (&union.tag, first) {
        (Some(tag), Some(VariantKey::Tag(Literal::Number(_)))) => format!(" by (number {tag:?})"),
        (Some(tag), _) => format!(" by {tag:?}"),
        (None, Some(VariantKey::Required(_))) => " by required".to_owned(),
        (None, _) => String::new(),
    }
}

fn line(plan: &Plan<'_>, owner: TypeId, variant: &UnionVariant) -> Line {
    let key = match &variant.key {
        VariantKey::Tag(Literal::Text(value)) => format!("{value:?}"),
        VariantKey::Tag(value) => docs::literal(value),
        VariantKey::Required(names) => format!("{names:?}"),
        VariantKey::Type(json_type) => format!("{json_type:?}").to_uppercase(),
    };
    let ty = type_text(&rust_type(plan, &variant.ty));
    let head = vec![format!("case {key} = {}({ty})", variant.name)];
    Line::plain(rules::line(plan, owner, head, &variant.ty))
}
