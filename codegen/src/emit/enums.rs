//! Emits enums: the item as written by hand, and a macro call that implements its behaviour.
//!
//! ```text
//! #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
//! #[non_exhaustive]
//! pub enum Status {
//!     /// On the wire: `0`.
//!     Open,
//!     /// A value that the description does not list, kept as it came.
//!     Unknown(i64),
//! }
//!
//! rt::integer_enum! { open Status(i64) { 0 = Open; } }
//! ```

use syn::{Attribute, parse_quote};

use super::attributes::{deprecated, derives};
use super::types::ident;
use super::{Chunk, Line, Table, docs};
use crate::model::{Enum, Literal, Type, Variant};
use crate::plan::Planned;
use crate::util::{CollectVec as _, code};

/// Emits an enum. If it is received it is open: it has a variant for all other values.
pub(super) fn enumeration(named_type: &Type, planned: Planned, values: &Enum) -> Vec<Chunk> {
    let is_constant = values.variants.len() == 1 && planned.sent;
    let default: Option<Attribute> = is_constant.then(|| parse_quote!(#[default]));
    let variant = |variant: &Variant| -> syn::Variant {
        let name = ident(&variant.name);
        let wire = match &variant.value {
            Literal::Text(text) => code(text),
            value => code(&docs::literal(value)),
        };
        let text = docs::named(variant.docs.as_ref(), &[]);
        let text = docs::with_lines(text, &[format!("On the wire: {wire}.")]);
        let attributes = docs::attributes(&text);
        parse_quote!(#(#attributes)* #default #name)
    };
    let value_type: syn::Type =
        if values.of_text { parse_quote!(String) } else { parse_quote!(i64) };
    let default_trait: &[&str] = if is_constant { &["Default"] } else { &[] };
    let head = EnumHead {
        named_type,
        derives: derives(planned.traits, default_trait),
        is_large: false,
        other_values: planned.received.then_some(value_type),
    };
    let item = enum_item(&head, values.variants.iter().map(variant));
    let openness = if planned.received { "open" } else { "closed" };
    let (macro_name, value_type) = match values {
        Enum { of_text: true, .. } => ("text_enum", ""),
        Enum { in_digits: true, .. } => ("integer_enum", "(i64, in_digits)"),
        _ => ("integer_enum", "(i64)"),
    };
    let line = |variant: &Variant| {
        Line::plain(format!("{} = {};", docs::literal(&variant.value), variant.name))
    };
    let head = Line::plain(format!("{openness} {}{value_type} {{", named_type.name));
    let table = Table::item(macro_name, &head, values.variants.iter().map(line).collect_vec());
    vec![item, Chunk::Table(table)]
}

/// What an enum has besides the variants of its values.
pub(super) struct EnumHead<'t> {
    pub(super) named_type: &'t Type,
    pub(super) derives: Attribute,
    /// Whether clippy could ask for a box around a variant.
    pub(super) is_large: bool,
    /// The type that holds values which the enum does not list.
    pub(super) other_values: Option<syn::Type>,
}

/// An enum as written by hand, since rustc shows it where a `match` lacks a variant.
pub(super) fn enum_item(
    head: &EnumHead<'_>,
    variants: impl Iterator<Item = syn::Variant>,
) -> Chunk {
    let EnumHead { named_type, derives, is_large, other_values } = head;
    let name = ident(&named_type.name);
    let facts = docs::limits_beside_alternatives(&named_type.residuals);
    let attributes = docs::attributes(&docs::named(named_type.docs.as_ref(), &facts));
    let deprecated = deprecated(named_type.deprecated);
    let open: Option<Attribute> = other_values.is_some().then(|| parse_quote!(#[non_exhaustive]));
    let large: Option<Attribute> =
        is_large.then(|| parse_quote!(#[allow(clippy::large_enum_variant)]));
    let unknown = other_values.as_ref().map(|ty| -> syn::Variant {
        parse_quote! {
            /// A value that the description does not list, kept as it came.
            Unknown(#ty)
        }
    });
    let variants = variants.chain(unknown);
    Chunk::item(parse_quote! {
        #(#attributes)* #deprecated #derives #large #open pub enum #name { #(#variants),* }
    })
}
