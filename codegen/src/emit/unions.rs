//! Enums of several types.

use syn::{Attribute, Item, parse_quote};

use super::scalars::{deprecated, derives};
use super::types::{ident, rust_type, to_line};
use super::{Chunk, Line, Table, docs, rules};
use crate::model::{Member, MemberKey, Type, Union};
use crate::plan::{Plan, Planned};

/// One of several types; with a variant for what is not listed, if it is received.
pub(super) fn union(plan: &Plan<'_>, made: &Type, planned: Planned, union: &Union) -> Vec<Chunk> {
    let name = ident(&made.name);
    let attributes = docs::attributes(&docs::named(made.docs.as_ref(), &[]));
    let deprecated = deprecated(made.deprecated);
    let derives = derives(planned.traits, &[]);
    let non_exhaustive: Option<Attribute> =
        planned.received.then(|| parse_quote!(#[non_exhaustive]));
    let variants = union.members.iter().map(|member| variant(plan, member));
    let unknown: Option<syn::Variant> = planned.received.then(|| {
        parse_quote! {
            /// A value that the description does not list, kept as it came.
            Unknown(rt::Value)
        }
    });
    let item: Item = parse_quote! {
        #(#attributes)* #deprecated #derives #non_exhaustive
        pub enum #name { #(#variants,)* #unknown }
    };
    vec![Chunk::item(item), Chunk::Table(table(plan, made, planned, union))]
}

fn variant(plan: &Plan<'_>, member: &Member) -> syn::Variant {
    let name = ident(&member.name);
    let ty = rust_type(plan, &member.shape);
    let attributes =
        docs::attributes(&docs::named(member.docs.as_ref(), &docs::limits(plan, &member.shape)));
    parse_quote! { #(#attributes)* #name(#ty) }
}

fn table(plan: &Plan<'_>, made: &Type, planned: Planned, union: &Union) -> Table {
    let kind = if planned.received { "open" } else { "closed" };
    let by = union.tag.as_ref().map_or_else(String::new, |tag| format!(" by {tag:?}"));
    let line = |member: &Member| {
        let key = match &member.key {
            MemberKey::Tag(value) => format!("{value:?}"),
            MemberKey::Type(json_type) => format!("{json_type:?}"),
        };
        let ty = to_line(&rust_type(plan, &member.shape));
        let rule = rules::of_property(plan, &member.shape).filter(|_| planned.sent);
        let rule = rule.map_or_else(String::new, |rule| format!(", {rule}"));
        Line { text: format!("{key} = {}({ty}){rule};", member.name), ..Line::default() }
    };
    Table {
        open: vec![format!("rt::union!({kind} {}{by} {{", made.name)],
        indent: 1,
        lines: union.members.iter().map(line).collect(),
        close: vec!["});".to_owned()],
    }
}
