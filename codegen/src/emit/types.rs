//! The Rust type of a shape.

use syn::{Ident, Type, parse_quote};

use crate::model::{Shape, TypeId};
use crate::plan::Plan;

/// An identifier: every name in the model was checked to be one.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, proc_macro2::Span::call_site())
}

/// The Rust type that holds a shape's values.
pub(crate) fn rust_type(plan: &Plan<'_>, shape: &Shape) -> Type {
    match shape {
        Shape::Named(id) => {
            let name = ident(&plan.model.get(*id).name);
            parse_quote!(#name)
        }
        Shape::Any | Shape::Listed(_) => parse_quote!(rt::Value),
        Shape::Positions(..) => parse_quote!(Vec<rt::Value>),
        Shape::Null => parse_quote!(rt::Null),
        Shape::Number(_) => parse_quote!(f64),
        Shape::Boolean(_) => parse_quote!(bool),
        Shape::Text(_) => parse_quote!(String),
        Shape::Secret(_) => parse_quote!(rt::Secret),
        Shape::Integer(kind, _) => {
            let name = ident(kind.name());
            parse_quote!(#name)
        }
        Shape::Time(_) => parse_quote!(rt::UnixTime),
        Shape::List(items, _) => {
            let items = rust_type(plan, items);
            parse_quote!(Vec<#items>)
        }
        Shape::Map(values, _) => {
            let values = rust_type(plan, values);
            parse_quote!(rt::BTreeMap<String, #values>)
        }
        Shape::Also(shape, _) => rust_type(plan, shape),
        Shape::Nullable(shape) => {
            let inner = rust_type(plan, shape);
            parse_quote!(Option<#inner>)
        }
    }
}

/// The Rust type of a property: boxed where the object would otherwise contain itself.
pub(crate) fn field_type(plan: &Plan<'_>, owner: TypeId, shape: &Shape) -> Type {
    let plain = rust_type(plan, shape);
    match shape {
        Shape::Also(shape, _) => field_type(plan, owner, shape),
        _ if !is_boxed(plan, owner, shape) => plain,
        Shape::Nullable(inner) => {
            let inner = rust_type(plan, inner);
            parse_quote!(Option<Box<#inner>>)
        }
        _ => parse_quote!(Box<#plain>),
    }
}

/// Whether a property's type is the object's own, or leads back to it.
pub(super) fn is_boxed(plan: &Plan<'_>, owner: TypeId, shape: &Shape) -> bool {
    match shape {
        Shape::Named(id) => plan.contains(*id, owner),
        Shape::Also(shape, _) => is_boxed(plan, owner, shape),
        Shape::Nullable(inner) => {
            matches!(&**inner, Shape::Named(id) if plan.contains(*id, owner))
        }
        _ => false,
    }
}

/// Tokens as a line of source.
pub(super) fn to_line(tokens: &impl quote::ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    text.replace(" :: ", "::")
        .replace(":: ", "::")
        .replace(" ::", "::")
        .replace(" <", "<")
        .replace("< ", "<")
        .replace(" >", ">")
        .replace(" ,", ",")
}
