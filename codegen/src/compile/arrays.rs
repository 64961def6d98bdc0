//! Keywords of arrays.
//!
//! ```text
//! { "prefixItems": [A], "items": B }      [Items { prefix: [A], rest: B }]
//! { "items": [A], "additionalItems": B }  the same, before 2020-12
//! ```

use wechat_bizwifi_rules::{Contains, Items, Rule, SchemaRef};

use super::schema::Schema;
use crate::schema::{Draft, Keyword, Located};

pub(super) fn items(schema: &mut Schema<'_, '_>) {
    // A document that states no draft may be an older one.
    let is_tuple = |items: Located<'_>| items.node.is_array();
    if schema.get(Keyword::Items).is_some_and(is_tuple) {
        return items_or_tuple(schema);
    }
    let prefix = schema.children_of(Keyword::PrefixItems).unwrap_or_default();
    let rest = schema.child_of(Keyword::Items);
    add_items(schema, prefix, rest);
}

/// Before 2020-12, `items` could be an array, with `additionalItems` for all items after it.
pub(super) fn items_or_tuple(schema: &mut Schema<'_, '_>) {
    let Some(value) = schema.get(Keyword::Items) else { return };
    if !value.node.is_array() {
        let rest = schema.child(value, Keyword::Items);
        return add_items(schema, &[], Some(rest));
    }
    let items = value.items();
    let prefix = items.into_iter().map(|item| schema.child(item, Keyword::Items)).collect();
    let prefix = schema.slice(prefix);
    let rest = schema.child_of(Keyword::AdditionalItems);
    add_items(schema, prefix, rest);
}

fn add_items<'s>(
    schema: &mut Schema<'_, 's>,
    prefix: &'s [SchemaRef<'s>],
    rest: Option<SchemaRef<'s>>,
) {
    if !prefix.is_empty() || rest.is_some() {
        let items = schema.alloc(Items { prefix, rest });
        schema.add(Rule::Items(items));
    }
}

pub(super) fn unique_items(schema: &mut Schema<'_, '_>) {
    if schema.flag(Keyword::UniqueItems) == Some(true) {
        schema.add(Rule::UniqueItems);
    }
}

/// Before 2019-09, there was nothing to say how many.
pub(super) fn contains_one(schema: &mut Schema<'_, '_>) {
    if let Some(contained) = schema.child_of(Keyword::Contains) {
        add_contains(schema, Contains { schema: contained, min: 1, max: None });
    }
}

pub(super) fn contains(schema: &mut Schema<'_, '_>) {
    let Some(contained) = schema.child_of(Keyword::Contains) else { return };
    let dialect = schema.compiler.documents.dialect(schema.position.resource);
    let (min, max) = if dialect.validates {
        (schema.count(Keyword::MinContains), schema.count(Keyword::MaxContains))
    } else {
        (None, None)
    };
    let contains = Contains { schema: contained, min: min.unwrap_or(1), max };
    if dialect.draft == Draft::Draft201909 {
        return add_contains_that_evaluates_nothing(schema, contains);
    }
    add_contains(schema, contains);
}

fn add_contains<'s>(schema: &mut Schema<'_, 's>, contains: Contains<'s>) {
    let contains = schema.alloc(contains);
    schema.add(Rule::Contains(contains));
}

/// In 2019-09, an item that `contains` looked at is still unevaluated: what is under a `not` is.
/// That makes for a poorer message, so it is done only where it tells.
fn add_contains_that_evaluates_nothing<'s>(schema: &mut Schema<'_, 's>, contains: Contains<'s>) {
    if !schema.position.schema.file.text.text.contains("unevaluatedItems") {
        return add_contains(schema, contains);
    }
    let contains = Rule::Contains(schema.alloc(contains));
    let is_missing = schema.part(contains);
    let is_there = schema.part(Rule::Not(is_missing));
    schema.add(Rule::Not(is_there));
}
