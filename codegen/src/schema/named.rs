//! Names that a description gives.
//!
//! ```text
//! "operationId": "Get_placement"     must be a name in camel case; such as "getPlacement"
//! ```

use heck::ToLowerCamelCase as _;

use super::keyword_reader::KeywordEntry;
use super::located::Located;
use crate::diagnostics::{Place, Reported};
use crate::names;

/// A name, and its place.
#[derive(Clone)]
pub(crate) struct Named<'a> {
    pub(crate) name: &'a str,
    pub(crate) place: Place,
}

impl<'a> Named<'a> {
    /// Reads a string as a name.
    pub(super) fn of(located: &Located<'a>) -> Result<Self, Reported> {
        Ok(Self { name: located.text()?, place: located.place.clone() })
    }
}

/// Reads a name in camel case. Another name is reported, but used all the same if Rust names can be
/// made of it, so that further errors are reported too.
pub(super) fn operation_id<'a>(entry: &KeywordEntry<'a>) -> Result<Named<'a>, Reported> {
    let located = &entry.value;
    let named = Named::of(located)?;
    let name = named.name;
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric());
    if plain && name.starts_with(|first: char| first.is_ascii_lowercase()) {
        return Ok(named);
    }
    let better: String =
        name.to_lower_camel_case().chars().filter(char::is_ascii_alphanumeric).collect();
    let is_better = better.starts_with(|first: char| first.is_ascii_lowercase());
    let better = if is_better { better } else { "getCouponPlacement".to_owned() };
    let error = located.must_be("a name in camel case").help(format!("such as \"{better}\""));
    names::type_name(name).map_or_else(|| error.fail(), |_| Ok(named))
}
