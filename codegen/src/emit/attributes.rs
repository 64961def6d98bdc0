//! Attributes of items: what they derive, and deprecation.
//!
//! ```text
//! #[deprecated]
//! #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
//! ```

use syn::{Attribute, parse_quote};

use crate::plan::Traits;
use crate::util::CollectVec as _;

/// The attributes of an item that a macro makes. The macro adds the derives itself.
pub(super) fn marks(is_deprecated: bool) -> Vec<String> {
    is_deprecated.then(|| "#[deprecated]".to_owned()).into_iter().collect_vec()
}

pub(super) fn deprecated(is: bool) -> Option<Attribute> {
    is.then(|| parse_quote!(#[deprecated]))
}

/// An attribute that derives the traits of a type, and additional ones.
pub(super) fn derives(traits: Traits, additional: &[&str]) -> Attribute {
    derive(derived(traits, additional).into_iter())
}

/// An attribute that derives traits.
pub(super) fn derive<'a>(names: impl Iterator<Item = &'a str>) -> Attribute {
    let names = names.filter_map(|name| syn::parse_str::<syn::Path>(name).ok());
    parse_quote!(#[derive(#(#names),*)])
}

pub(super) fn derived<'a>(traits: Traits, additional: &[&'a str]) -> Vec<&'a str> {
    let all = [
        ("Clone", true),
        ("Copy", traits.copy),
        ("Debug", true),
        ("PartialEq", true),
        ("Eq", traits.eq),
        ("Hash", traits.hash),
    ];
    let names = all.iter().filter(|(_, has)| *has).map(|(name, _)| *name);
    names.chain(additional.iter().copied()).collect_vec()
}
