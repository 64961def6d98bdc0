//! Types around one value: newtypes and enums.

use quote::quote;
use syn::{Attribute, Item, parse_quote};

use super::docs::{self, grouped};
use super::rules;
use super::types::{ident, rust_type, to_line};
use super::{Chunk, Line, Table};
use crate::model::{Enum, Literal, NamedValue, Shape, Type, Variant};
use crate::plan::{Plan, Planned, Traits};

/// A name for another type.
pub(super) fn newtype(
    plan: &Plan<'_>,
    made: &Type,
    planned: Planned,
    shape: &Shape,
    values: &[NamedValue],
) -> Vec<Chunk> {
    let name = ident(&made.name);
    let inner = rust_type(plan, shape);
    let text = docs::named(made.docs.as_ref(), &docs::limits(plan, shape));
    let attributes = docs::attributes(&text);
    let deprecated = deprecated(made.deprecated);
    let is_scalar = matches!(shape, Shape::Text(_) | Shape::Integer(..));
    let derives = derives(planned.traits, if is_scalar { &["PartialOrd", "Ord"] } else { &[] });
    let item = parse_quote! { #(#attributes)* #deprecated #derives pub struct #name(#inner); };
    let behaviour = match shape {
        Shape::Text(_) => format!("text!({name}"),
        Shape::Integer(..) => format!("integer!({name}({})", to_line(&inner)),
        _ => format!("wrapper!({name}({})", to_line(&inner)),
    };
    let rule = plan.has_rules(shape).then(|| format!(", {}", rules::expression(plan, shape)));
    let mut chunks =
        vec![Chunk::item(item), call(format!("rt::{behaviour}{});", rule.unwrap_or_default()))];
    chunks.extend(constants(made, values));
    chunks
}

fn constants(made: &Type, values: &[NamedValue]) -> Option<Chunk> {
    let name = ident(&made.name);
    let constant = |value: &NamedValue| -> syn::ImplItem {
        let constant = ident(&value.name);
        let attributes = docs::attributes(&docs::named(value.docs.as_ref(), &[]));
        let number = number(&value.value);
        parse_quote! { #(#attributes)* pub const #constant: Self = Self(#number); }
    };
    let constants: Vec<_> = values.iter().map(constant).collect();
    (!constants.is_empty()).then(|| Chunk::item(parse_quote! { impl #name { #(#constants)* } }))
}

/// A number as a literal without a suffix.
fn number(value: &Literal) -> syn::Expr {
    let text = docs::literal(value);
    syn::parse_str(&text).unwrap_or_else(|_| parse_quote!(0))
}

/// An enum, with a variant for values that are not listed if it is received.
pub(super) fn enumeration(made: &Type, planned: Planned, listed: &Enum) -> Vec<Chunk> {
    let name = ident(&made.name);
    let attributes = docs::attributes(&docs::named(made.docs.as_ref(), &[]));
    let deprecated = deprecated(made.deprecated);
    let is_constant = listed.variants.len() == 1;
    let derives =
        derives(planned.traits, if is_constant && !planned.received { &["Default"] } else { &[] });
    let variants =
        listed.variants.iter().map(|listed| variant(listed, is_constant && !planned.received));
    let unknown = planned.received.then(|| unknown(listed.of_text));
    let non_exhaustive: Option<Attribute> =
        planned.received.then(|| parse_quote!(#[non_exhaustive]));
    let item: Item = parse_quote! {
        #(#attributes)* #deprecated #derives #non_exhaustive
        pub enum #name { #(#variants,)* #unknown }
    };
    vec![Chunk::item(item), Chunk::Table(table(made, planned, listed))]
}

fn variant(variant: &Variant, is_default: bool) -> syn::Variant {
    let name = ident(&variant.name);
    let value = match &variant.value {
        Literal::Text(text) => format!("`{text}`"),
        Literal::Number(number) => format!("`{number}`"),
        Literal::Bool(value) => format!("`{value}`"),
    };
    let text = match &variant.docs {
        Some(docs) => format!("{docs}\n\nOn the wire: {value}."),
        None => format!("On the wire: {value}."),
    };
    let attributes = docs::attributes(&text);
    let default: Option<Attribute> = is_default.then(|| parse_quote!(#[default]));
    parse_quote! { #(#attributes)* #default #name }
}

fn unknown(of_text: bool) -> syn::Variant {
    let inner = if of_text { quote!(String) } else { quote!(i64) };
    parse_quote! {
        /// A value that the description does not list, kept as it came.
        Unknown(#inner)
    }
}

fn table(made: &Type, planned: Planned, listed: &Enum) -> Table {
    let kind = if planned.received { "open" } else { "closed" };
    let open = if listed.of_text {
        format!("rt::text_enum!({kind} {} {{", made.name)
    } else {
        format!("rt::integer_enum!({kind} {}(i64) {{", made.name)
    };
    let line = |variant: &Variant| Line {
        text: format!("{} = {};", docs::literal(&variant.value), variant.name),
        ..Line::default()
    };
    Table {
        open: vec![open],
        indent: 1,
        lines: listed.variants.iter().map(line).collect(),
        close: vec!["});".to_owned()],
    }
}

/// A macro call on one line.
pub(super) fn call(text: String) -> Chunk {
    Chunk::Table(Table { open: vec![text], indent: 0, lines: Vec::new(), close: Vec::new() })
}

pub(super) fn deprecated(is: bool) -> Option<Attribute> {
    is.then(|| parse_quote!(#[deprecated]))
}

/// The derives that a type's parts allow, and some more.
pub(super) fn derives(traits: Traits, more: &[&str]) -> Attribute {
    let all = [
        ("Clone", true),
        ("Copy", traits.copy),
        ("Debug", true),
        ("PartialEq", true),
        ("Eq", traits.eq),
        ("Hash", traits.hash),
    ];
    let listed = all.iter().filter(|(_, has)| *has).map(|(name, _)| *name);
    let names = listed.chain(more.iter().copied());
    let names = names.filter_map(|name| syn::parse_str::<syn::Path>(name).ok());
    parse_quote!(#[derive(#(#names),*)])
}

/// A whole number's literal, for tables.
pub(super) fn code(number: i64) -> String {
    grouped(crate::source::Number::whole(number.into()))
}
