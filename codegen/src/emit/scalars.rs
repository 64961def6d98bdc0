//! Emits newtypes: types around one value.
//!
//! ```text
//! { "type": "string", "minLength": 1 }    with the name `CardId`
//!
//! pub struct CardId(String);
//! rt::text!(CardId, [MinLength(1)]);
//! ```

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse_quote;

use super::attributes::{deprecated, derives};
use super::docs::{self, grouped};
use super::examples::Examples;
use super::rules;
use super::text::{folded, type_text};
use super::types::{ident, rust_type};
use super::{Chunk, Table};
use crate::model::{Body, Integer, NamedValue, Type, TypeExpr, TypeId};
use crate::plan::{Plan, Planned};
use crate::util::{CollectVec as _, PushAll as _};

/// Emits a newtype, its behaviour and its named values.
pub(super) fn newtype(
    examples: &Examples<'_>,
    id: TypeId,
    planned: Planned,
    (ty, values): (&TypeExpr, &[NamedValue]),
) -> Vec<Chunk> {
    let plan = examples.plan;
    let named_type = plan.model.get(id);
    let name = ident(&named_type.name);
    let inner = rust_type(plan, ty);
    let text = docs::named(named_type.docs.as_ref(), &docs::limits(ty));
    let text = docs::with_lines(text, &examples.newtype(id, ty));
    let attributes = docs::attributes(&text);
    let deprecated = deprecated(named_type.deprecated);
    let is_scalar = matches!(ty, TypeExpr::Text(_) | TypeExpr::Integer(..));
    let order: &[&str] = if is_scalar { &["PartialOrd", "Ord"] } else { &[] };
    let derives = derives(planned.traits, order);
    let item = parse_quote! { #(#attributes)* #deprecated #derives pub struct #name(#inner); };
    let behaviour = match ty {
        TypeExpr::Text(_) => format!("text!({name}"),
        TypeExpr::Integer(integer, _) if *integer != Integer::Any => {
            format!("integer!({name}({})", type_text(&inner))
        }
        _ => format!("wrapper!({name}({})", type_text(&inner)),
    };
    let mut chunks = vec![Chunk::item(item), call(behaviour_call(plan, id, &behaviour, ty))];
    chunks.push_all(constants(named_type, values));
    chunks
}

/// The macro call that implements a newtype, with its rules or its table.
fn behaviour_call(plan: &Plan<'_>, id: TypeId, behaviour: &str, ty: &TypeExpr) -> String {
    let rules = match plan.table(id) {
        Some(table) => vec![vec![format!("table {table}")]],
        None => rules::stated(ty),
    };
    let checked = (rules.is_empty() && plan.has_rules(ty)).then(|| vec!["checked".to_owned()]);
    let rules = rules.into_iter().chain(checked).collect_vec();
    folded(0, &rules::ended(vec![format!("rt::{behaviour}")], rules, ");"))
}

fn constants(named_type: &Type, values: &[NamedValue]) -> Option<Chunk> {
    let name = ident(&named_type.name);
    let constant = |value: &NamedValue| -> syn::ImplItem {
        let constant = ident(&value.name);
        let attributes = docs::attributes(&docs::named(value.docs.as_ref(), &[]));
        let number: TokenStream = docs::literal(&value.value).parse().unwrap_or_default();
        let number = match &named_type.body {
            Body::Newtype(TypeExpr::Integer(Integer::Any, _), _) => {
                quote!(rt::Integer::new(#number))
            }
            _ => number,
        };
        parse_quote! { #(#attributes)* pub const #constant: Self = Self(#number); }
    };
    let constants = values.iter().map(constant).collect_vec();
    (!constants.is_empty()).then(|| Chunk::item(parse_quote! { impl #name { #(#constants)* } }))
}

/// A macro call on one line.
pub(super) fn call(text: String) -> Chunk {
    Chunk::Table(Table { open: vec![text], indent: 0, lines: Vec::new(), close: Vec::new() })
}

/// An integer's literal, for tables.
pub(super) fn integer_literal(number: i64) -> String {
    grouped(number.into())
}
