//! Keywords of arrays.
//!
//! ```text
//! { "prefixItems": [A], "items": B }      [Items { prefix: [A], rest: B }]
//! { "items": [A], "additionalItems": B }  the same, before 2020-12
//! ```

use wechat_bizwifi_rules::{Contains, Items, Rule};

use super::rule_builder::RuleBuilder;
use crate::schema::{Draft, Keyword};
use crate::util::CollectVec as _;

/// Before 2020-12, `items` could be an array, with `additionalItems` for all items after it.
pub(super) fn items(builder: &mut RuleBuilder<'_, '_>) {
    let tuple = builder.get(Keyword::Items).filter(|items| items.node.is_array());
    // A document that states no draft may be of an older one.
    let (prefix, rest) = if let Some(tuple) = tuple {
        let items = tuple.items().into_iter();
        let items = items.map(|item| builder.child(item, Keyword::Items)).collect_vec();
        (builder.slice(&items), builder.child_of(Keyword::AdditionalItems))
    } else {
        let has_prefix = Keyword::PrefixItems.exists_in(builder.draft());
        let prefix = if has_prefix { builder.children_of(Keyword::PrefixItems) } else { None };
        (prefix.unwrap_or_default(), builder.child_of(Keyword::Items))
    };
    if !prefix.is_empty() || rest.is_some() {
        let items = builder.alloc(Items { prefix, rest });
        builder.add(Rule::Items(items));
    }
}

pub(super) fn unique_items(builder: &mut RuleBuilder<'_, '_>) {
    if builder.flag(Keyword::UniqueItems) == Some(true) {
        builder.add(Rule::UniqueItems);
    }
}

pub(super) fn contains(builder: &mut RuleBuilder<'_, '_>) {
    let Some(contained) = builder.child_of(Keyword::Contains) else { return };
    let dialect = builder.dialect();
    // `minContains` and `maxContains` are new in 2019-09.
    let counts = dialect.validates && Keyword::MinContains.exists_in(dialect.draft);
    let mut count = |keyword| if counts { builder.count(keyword) } else { None };
    let (min, max) = (count(Keyword::MinContains), count(Keyword::MaxContains));
    let contains = Contains { schema: contained, min: min.unwrap_or(1), max };
    let contains = Rule::Contains(builder.alloc(contains));
    // In 2019-09, `contains` evaluates no items, and neither does a schema under `not`. Its messages
    // are poorer, so that is done only where a document asks for unevaluated items.
    let evaluates = dialect.draft != Draft::Draft201909
        || !builder.compiler.documents.ask_for_unevaluated_items;
    if evaluates {
        return builder.add(contains);
    }
    let is_missing = builder.part(contains);
    let is_there = builder.part(Rule::Not(is_missing));
    builder.add(Rule::Not(is_there));
}
