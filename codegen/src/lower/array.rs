//! Arrays.
//!
//! ```text
//! { "type": "array", "prefixItems": [{ "type": "integer" }], "items": { "type": "string" } }
//!
//! Tuple([Integer(..)], Text(..), ArrayRules { .. })
//! ```

use super::Lowering;
use super::compose::refuse_deep;
use super::context::{Schema, TypeContext, TypeResult};
use crate::diagnostics::Reported;
use crate::model::{CountRules, ListRules, TypeExpr};
use crate::schema::Keyword;
use crate::source::Value;

impl<'a> Lowering<'a, '_> {
    pub(super) fn array(&mut self, schema: &Schema<'a>, suggestion: &str) -> TypeResult<TypeExpr> {
        let count = counts(schema, Keyword::MinItems, Keyword::MaxItems);
        let unique = schema.keywords.flag(Keyword::UniqueItems);
        let mut rules = ListRules { count, unique };
        let first = self.first_items(schema, suggestion)?;
        let rest = self.other_items(schema, suggestion, (first.len(), &mut rules))?;
        if unique && first.is_empty() {
            self.compared.push((schema.place().clone(), rest.clone()));
        }
        refuse_deep(schema, &rest)?;
        Ok(if first.is_empty() {
            TypeExpr::List(Box::new(rest), rules)
        } else {
            TypeExpr::Tuple(first, Box::new(rest), rules)
        })
    }

    /// Items whose place says what they are: `prefixItems`, or what it was called before 2020-12.
    fn first_items(
        &mut self,
        schema: &Schema<'a>,
        suggestion: &str,
    ) -> Result<Vec<TypeExpr>, Reported> {
        let keyword = if is_tuple(schema) { Keyword::Items } else { Keyword::PrefixItems };
        let items = schema.keywords.items(keyword);
        let lower = |(index, item)| {
            self.schema(item, TypeContext::named(&format!("{suggestion} item {index}")))
        };
        items.iter().enumerate().map(lower).collect()
    }

    /// The items after those: none at all, where their schema is `false`.
    fn other_items(
        &mut self,
        schema: &Schema<'a>,
        suggestion: &str,
        (before, rules): (usize, &mut ListRules),
    ) -> Result<TypeExpr, Reported> {
        let keyword = if is_tuple(schema) { Keyword::AdditionalItems } else { Keyword::Items };
        let Some(entry) = schema.keywords.read(keyword) else { return Ok(TypeExpr::Any) };
        if !matches!(entry.value.node.value, Value::Bool(false)) {
            let name = format!("{suggestion}Item");
            return self.schema(&entry.value, TypeContext::named(&name));
        }
        if rules.count.least > before {
            entry
                .value
                .error("allows nothing: `minItems` asks for more than are listed")
                .help("list more, or lower `minItems`");
        }
        rules.count.most = Some(rules.count.most.unwrap_or(usize::MAX).min(before));
        Ok(TypeExpr::Any)
    }
}

/// Whether `items` is an array, as it could be before 2020-12.
fn is_tuple(schema: &Schema<'_>) -> bool {
    schema.keywords.peek(Keyword::Items).is_some_and(|items| matches!(items.value, Value::Array(_)))
}

/// A least and a greatest number of something; without the first, any number will do.
pub(super) fn counts(schema: &Schema<'_>, least: Keyword, most: Keyword) -> CountRules {
    counts_or(schema, (least, 0), most)
}

/// As [`counts`], with another least number where none is stated.
pub(super) fn counts_or(
    schema: &Schema<'_>,
    (least_keyword, least): (Keyword, usize),
    most: Keyword,
) -> CountRules {
    let stated = schema.keywords.read(least_keyword);
    let least = stated.and_then(|entry| entry.value.count().ok()).unwrap_or(least);
    let entry = schema.keywords.read(most);
    let most = entry.as_ref().and_then(|entry| entry.value.count().ok());
    if let Some(entry) = entry.filter(|_| most.is_some_and(|most| most < least)) {
        entry
            .value
            .error(format!("allows nothing: it is less than `{}`", least_keyword.name()))
            .help(format!("make it {least} or more"));
    }
    CountRules { least, most }
}
