//! The Rust types of the model's types.
//!
//! ```text
//! { "type": ["integer", "null"] }                      Option<i64>
//! { "type": "array", "items": { "$ref": "#/$defs/Shop" } }  Vec<Shop>
//! ```

use syn::{Ident, Type, parse_quote};

use crate::model::{Integer, TimeUnit, TypeExpr, TypeId};
use crate::plan::Plan;

/// An identifier: every name in the model was checked to be one.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, proc_macro2::Span::call_site())
}

/// The Rust type that holds a type's values.
pub(crate) fn rust_type(plan: &Plan<'_>, ty: &TypeExpr) -> Type {
    match ty {
        TypeExpr::Named(id) => {
            let name = ident(&plan.model.get(*id).name);
            parse_quote!(#name)
        }
        TypeExpr::Any => parse_quote!(rt::Value),
        TypeExpr::Null => parse_quote!(rt::Null),
        TypeExpr::Number(_) => parse_quote!(f64),
        TypeExpr::Boolean => parse_quote!(bool),
        TypeExpr::Text(_) => parse_quote!(String),
        TypeExpr::Secret(_) => parse_quote!(rt::Secret),
        TypeExpr::Integer(Integer::Any, _) => parse_quote!(rt::Integer),
        TypeExpr::Integer(integer, _) => {
            let name = ident(integer.name());
            parse_quote!(#name)
        }
        TypeExpr::Time(TimeUnit::Seconds, _) => parse_quote!(rt::UnixTime),
        TypeExpr::Time(TimeUnit::Milliseconds, _) => parse_quote!(rt::UnixTimeMillis),
        TypeExpr::List(items, _) => {
            let items = rust_type(plan, items);
            parse_quote!(Vec<#items>)
        }
        TypeExpr::Map(values, _) => {
            let values = rust_type(plan, values);
            parse_quote!(rt::BTreeMap<String, #values>)
        }
        TypeExpr::Constrained(ty, _) => rust_type(plan, ty),
        TypeExpr::Nullable(ty) => {
            let inner = rust_type(plan, ty);
            parse_quote!(Option<#inner>)
        }
    }
}

/// The Rust type of a property, which may be boxed.
pub(crate) fn field_type(plan: &Plan<'_>, owner: TypeId, ty: &TypeExpr) -> Type {
    let plain = rust_type(plan, ty);
    match ty {
        TypeExpr::Constrained(ty, _) => field_type(plan, owner, ty),
        _ if !plan.is_boxed(owner, ty) => plain,
        TypeExpr::Nullable(inner) => {
            let inner = rust_type(plan, inner);
            parse_quote!(Option<Box<#inner>>)
        }
        _ => parse_quote!(Box<#plain>),
    }
}
