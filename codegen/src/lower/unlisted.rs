//! Rules that ask about properties which an object does not list.
//!
//! ```text
//! { "properties": { "a": .. }, "not": { "required": ["b"] } }
//!
//! `b` is kept with the additional properties, so that the rule finds it in what is written
//! ```
//!
//! Of objects within objects the rules around them ask too: `asked_within`.

use std::collections::HashSet;

use super::context::Schema;
use crate::schema::{Keyword, Mark};
use crate::source::{Node, Object, Value};

/// The keywords whose schemas are about the same value.
pub(super) const IN_PLACE: [Keyword; 7] = [
    Keyword::AllOf,
    Keyword::AnyOf,
    Keyword::OneOf,
    Keyword::Not,
    Keyword::If,
    Keyword::Then,
    Keyword::Else,
];

/// Whether a rule of an open object asks about properties that it does not list.
pub(super) fn asks_about_unlisted(schema: &Schema<'_>, listed: &HashSet<&str>) -> bool {
    const HERE: [Keyword; 3] = [Keyword::Const, Keyword::Enum, Keyword::DependentSchemas];
    HERE.iter().any(|keyword| schema.keywords.has(*keyword))
        // What `allOf` says is part of the type.
        || IN_PLACE[1..]
            .iter()
            .filter_map(|keyword| schema.keywords.peek(*keyword))
            .any(|node| asks(node, listed))
}

pub(super) fn keywords(object: &Object) -> impl Iterator<Item = Keyword> {
    object.entries.iter().filter_map(|entry| Keyword::of_schema(&entry.key))
}

fn asks(node: &Node, listed: &HashSet<&str>) -> bool {
    match &node.value {
        Value::Array(branches) => branches.iter().any(|branch| asks(branch, listed)),
        Value::Object(object) => {
            keywords(object).any(|it| it.is(Mark::OnAllProperties))
                || names_unlisted(object, listed)
                || IN_PLACE
                    .iter()
                    .filter_map(|keyword| object.get(keyword.name()))
                    .any(|node| asks(node, listed))
        }
        _ => false,
    }
}

/// Whether a schema requires or describes a property that is not listed.
pub(super) fn names_unlisted(object: &Object, listed: &HashSet<&str>) -> bool {
    let is_unlisted = |name: &str| !listed.contains(name);
    let required = object.get(Keyword::Required.name()).map_or(&[][..], Node::items);
    let described = object.get(Keyword::Properties.name()).map_or(&[][..], Node::entries);
    required.iter().filter_map(Node::as_text).any(is_unlisted)
        || described.iter().any(|entry| is_unlisted(&entry.key))
}
