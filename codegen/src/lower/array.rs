//! Arrays.
//!
//! ```text
//! { "type": "array", "items": { "type": "string" }, "maxItems": 3, "uniqueItems": true }
//!
//! List(Text(..), [Number(MaxItems, 3), UniqueItems])
//! ```

use super::Lowering;
use super::context::{SchemaReader, TypeContext, TypeHint, TypeResult};
use crate::model::{Rule, Rules, TypeExpr};
use crate::names;
use crate::schema::Keyword;
use crate::source::{Number, Value};

impl<'a> Lowering<'a, '_> {
    /// The type of an array. Schemas of items at a position (`prefixItems`) are left to the rules.
    pub(super) fn array(
        &mut self,
        schema: &SchemaReader<'a>,
        context: TypeContext<'_>,
    ) -> TypeResult {
        let count = counts(schema, Keyword::MinItems, Keyword::MaxItems);
        let has_prefix = schema.keywords.has(Keyword::PrefixItems);
        let items = schema.keywords.peek(Keyword::Items).filter(|_| !has_prefix);
        let items = match items.map(|node| &node.value) {
            None | Some(Value::Array(_) | Value::Bool(false)) => TypeExpr::Any,
            Some(_) => self.items(schema, context)?,
        };
        refuse_deep(schema, &items)?;
        let unique = self.unique_items(schema, &items);
        let rules = count.iter().cloned().chain(unique).collect();
        Ok(TypeExpr::List(Box::new(items), rules))
    }

    /// `uniqueItems` as a rule of the list, if its items are scalars. For other items it is a rule
    /// of the table.
    fn unique_items(&self, schema: &SchemaReader<'a>, items: &TypeExpr) -> Option<Rule> {
        let stated = schema.keywords.peek(Keyword::UniqueItems)?;
        if stated.is_true() && !self.model.is_leaf(items) {
            return None;
        }
        schema.keywords.flag(Keyword::UniqueItems).then_some(Rule::UniqueItems)
    }

    fn items(&mut self, schema: &SchemaReader<'a>, context: TypeContext<'_>) -> TypeResult {
        let Some(entry) = schema.keywords.read(Keyword::Items) else { return Ok(TypeExpr::Any) };
        let name = names::item_of(context.name);
        let hint = context.hint.and_then(|hint| hint.items).map(TypeHint::just);
        Ok(self.schema(&entry.value, TypeContext { hint, ..TypeContext::named(&name) })?)
    }
}

/// The rules for a least and a greatest count, such as `minItems` and `maxItems`.
pub(super) fn counts(schema: &SchemaReader<'_>, least: Keyword, most: Keyword) -> Rules {
    let (at_least, at_most) = stated_counts(schema, least, most);
    for keyword in [least, most] {
        schema.keywords.mark_enforced(keyword);
    }
    let rule = |keyword, count: usize| Rule::Number(keyword, Number::from(count as u64));
    let at_least = (at_least > 0).then(|| rule(least, at_least));
    at_least.into_iter().chain(at_most.map(|count| rule(most, count))).collect()
}

/// The least and the greatest count that two keywords state; neither keyword is used by that. A greatest
/// count below the least one is reported.
pub(super) fn stated_counts(
    schema: &SchemaReader<'_>,
    least: Keyword,
    most: Keyword,
) -> (usize, Option<usize>) {
    let stated = |keyword| {
        let value = schema.keywords.peek_entry(keyword)?.value;
        value.count().ok().map(|count| (value, count))
    };
    let at_least = stated(least).map_or(0, |(_, count)| count);
    let at_most = stated(most);
    if let Some((value, count)) = &at_most
        && *count < at_least
    {
        value
            .lint(format!("allows nothing: it is less than `{}`", least.name()))
            .help(format!("make it {at_least} or more"));
    }
    (at_least, at_most.map(|(_, count)| count))
}

/// How deep lists may be nested. For deeper types rustdoc does not come to an end with their
/// traits.
const DEEPEST: usize = 32;

/// Refuses an array or a map that is nested too deep without a named type in between.
pub(super) fn refuse_deep(schema: &SchemaReader<'_>, inner: &TypeExpr) -> TypeResult<()> {
    if depth(inner) < DEEPEST {
        return Ok(());
    }
    schema.no_type(
        format!("is nested too deep: {DEEPEST} arrays or {} maps are the most", DEEPEST / MAP),
        "put an object in between, which is a type of its own",
    )
}

/// How many levels a map counts for: its type has more parameters, each with traits of its own.
const MAP: usize = 4;

fn depth(ty: &TypeExpr) -> usize {
    match ty {
        TypeExpr::List(inner, _) | TypeExpr::Nullable(inner) => 1 + depth(inner),
        TypeExpr::Map(inner, _) => MAP + depth(inner),
        TypeExpr::Constrained(inner, _) => depth(inner),
        _ => 0,
    }
}
