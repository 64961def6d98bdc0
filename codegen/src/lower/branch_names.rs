//! The names that the branches of a union suggest for their variants, and for the types of these.
//!
//! ```text
//! [{ "title": "Circle" }, { "properties": { "kind": { "const": "dot" } }, "required": ["kind"] },
//!     { "required": ["side"] }, { "type": "string" }, { "type": "string" }]
//!
//! Circle, Dot, Side, String, String_2
//! ```
//!
//! A branch that is added at the end renames none, unless it repeats the value of a tag.

use wechat_bizwifi_rules::JsonType;

use super::type_hint::stated_hint;
use crate::names;
use crate::schema::Located;
use crate::source::Node;
use crate::util::{CollectVec as _, Set};

/// A name for each branch, the first of these that no earlier branch has: its title, the value of
/// its tag, its only required property, its JSON type. If all are taken, the last gets a number.
pub(super) fn branch_names(branches: &[Located<'_>]) -> Vec<String> {
    let mut taken = Set::default();
    let name = |branch: &Located<'_>| {
        let title = branch.node.text_at("/title").map(str::to_owned);
        let json_type = stated_hint(branch).map(|hint| format!("{:?}", hint.json_type));
        let names =
            [title, tag_value(branch.node, branches), only_required(branch.node), json_type];
        let names = names.into_iter().flatten().collect_vec();
        let last = names.last().map_or("variant", String::as_str).to_owned();
        let free = names::first_free(names, &mut taken);
        free.unwrap_or_else(|| names::numbered(&last, &mut taken))
    };
    branches.iter().map(name).collect_vec()
}

/// The first value of a required property that is the property's only one, and no other branch's.
fn tag_value(branch: &Node, branches: &[Located<'_>]) -> Option<String> {
    let value = required(branch).find_map(|name| {
        let value_in = |branch: &Node| only_value(branch.at("/properties")?.step(name)?);
        let value = value_in(branch)?;
        let has_it = |other: &&Located<'_>| value_in(other.node).as_ref() == Some(&value);
        (branches.iter().filter(has_it).count() == 1).then_some(value)
    })?;
    Some(names::variant_name_for(&value))
}

/// The only string or integer that a schema lists.
fn only_value(schema: &Node) -> Option<String> {
    let enum_values = || schema.at("/enum").map(Node::items).filter(|values| values.len() == 1);
    let value = schema.at("/const").or_else(|| enum_values()?.first())?;
    let whole = || value.is_of(JsonType::Integer).then(|| value.canonical());
    value.as_text().map(str::to_owned).or_else(whole)
}

fn only_required(branch: &Node) -> Option<String> {
    let mut names = required(branch);
    let only = names.next().filter(|_| names.next().is_none())?;
    Some(names::variant_name_for(only))
}

fn required(branch: &Node) -> impl Iterator<Item = &str> {
    let names = branch.at("/required").map(Node::items).unwrap_or_default();
    names.iter().filter_map(Node::as_text)
}
