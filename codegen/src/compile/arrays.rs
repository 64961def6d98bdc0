//! Keywords of arrays.
//!
//! ```text
//! { "prefixItems": [A], "items": B }      [Items { prefix: [A], rest: B }]
//! { "items": [A], "additionalItems": B }  the same, before 2020-12
//! ```

use crate::collect_vec::CollectVec as _;
use wechat_bizwifi_rules::{Contains, Items, Rule, SchemaRef};

use super::schema::Schema;
use crate::schema::{Draft, Keyword};

/// Before 2020-12, `items` could be an array, with `additionalItems` for all items after it.
pub(super) fn items(schema: &mut Schema<'_, '_>) {
    let tuple = schema.get(Keyword::Items).filter(|items| items.node.is_array());
    // A document that states no draft may be of an older one.
    let (prefix, rest) = if let Some(tuple) = tuple {
        let items = tuple.items().into_iter();
        let items = items.map(|item| schema.child(item, Keyword::Items)).collect_vec();
        (schema.slice(&items), schema.child_of(Keyword::AdditionalItems))
    } else {
        let has_prefix = Keyword::PrefixItems.exists_in(schema.draft());
        let prefix = if has_prefix { schema.children_of(Keyword::PrefixItems) } else { None };
        (prefix.unwrap_or_default(), schema.child_of(Keyword::Items))
    };
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

pub(super) fn contains(schema: &mut Schema<'_, '_>) {
    let Some(contained) = schema.child_of(Keyword::Contains) else { return };
    let dialect = schema.dialect();
    // `minContains` and `maxContains` are new in 2019-09.
    let counts = dialect.validates && Keyword::MinContains.exists_in(dialect.draft);
    let mut count = |keyword| if counts { schema.count(keyword) } else { None };
    let (min, max) = (count(Keyword::MinContains), count(Keyword::MaxContains));
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

/// In 2019-09, `contains` evaluates no items, and neither does a schema under `not`: so this adds
/// `Not(Not(Contains))`. Its messages are poorer, so that is done only where it makes a difference.
fn add_contains_that_evaluates_nothing<'s>(schema: &mut Schema<'_, 's>, contains: Contains<'s>) {
    if !schema.position.schema.file.text.text.contains("unevaluatedItems") {
        return add_contains(schema, contains);
    }
    let contains = Rule::Contains(schema.alloc(contains));
    let is_missing = schema.part(contains);
    let is_there = schema.part(Rule::Not(is_missing));
    schema.add(Rule::Not(is_there));
}
