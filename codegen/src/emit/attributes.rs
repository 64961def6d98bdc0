//! Attributes of items: derives, as far as a type's parts allow them, and deprecation.
//!
//! ```text
//! #[deprecated]
//! #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
//! ```

use syn::{Attribute, parse_quote};

use super::Chunk;
use super::types::ident;
use crate::model::Type;
use crate::plan::{Planned, Traits};

/// The attributes of a struct that a macro makes, all but [`eq`].
pub(super) fn attributes(named_type: &Type, planned: Planned) -> Vec<String> {
    let traits = Traits { eq: false, ..planned.traits };
    let derives = format!("#[derive({})]", derived(traits, &[]).join(", "));
    marks(named_type.deprecated).into_iter().chain([derives]).collect()
}

/// `Eq`, which is not derived: rustc would check each field once more.
pub(super) fn eq(named_type: &Type, planned: Planned) -> Option<Chunk> {
    let name = ident(&named_type.name);
    planned.traits.eq.then(|| Chunk::item(parse_quote! { impl Eq for #name {} }))
}

/// The attributes of a part of a type that a macro makes.
pub(super) fn marks(is_deprecated: bool) -> Vec<String> {
    is_deprecated.then(|| "#[deprecated]".to_owned()).into_iter().collect()
}

pub(super) fn deprecated(is: bool) -> Option<Attribute> {
    is.then(|| parse_quote!(#[deprecated]))
}

/// The derives that a type's parts allow, and some more.
pub(super) fn derives(traits: Traits, more: &[&str]) -> Attribute {
    derive(derived(traits, more).into_iter())
}

/// An attribute that derives traits.
pub(super) fn derive<'a>(names: impl Iterator<Item = &'a str>) -> Attribute {
    let names = names.filter_map(|name| syn::parse_str::<syn::Path>(name).ok());
    parse_quote!(#[derive(#(#names),*)])
}

pub(super) fn derived<'a>(traits: Traits, more: &[&'a str]) -> Vec<&'a str> {
    let all = [
        ("Clone", true),
        ("Copy", traits.copy),
        ("Debug", true),
        ("PartialEq", true),
        ("Eq", traits.eq),
        ("Hash", traits.hash),
    ];
    let names = all.iter().filter(|(_, has)| *has).map(|(name, _)| *name);
    names.chain(more.iter().copied()).collect()
}
