//! Arrays.
//!
//! ```text
//! { "type": "array", "items": { "type": "string" }, "maxItems": 3, "uniqueItems": true }
//!
//! Constrained(List(Text(..), 0..=3), the rule `uniqueItems`)
//! ```

use super::Lowering;
use super::compose::refuse_deep;
use super::context::{Schema, TypeContext, TypeResult};
use crate::model::{CountRules, TypeExpr};
use crate::names;
use crate::schema::Keyword;
use crate::source::Value;

impl<'a> Lowering<'a, '_> {
    /// An array. What items must be by their place is for the rules to say.
    pub(super) fn array(&mut self, schema: &Schema<'a>, suggestion: &str) -> TypeResult {
        let count = counts(schema, Keyword::MinItems, Keyword::MaxItems);
        if matches!(schema.keywords.peek(Keyword::UniqueItems), Some(node) if !node.is_true()) {
            schema.keywords.flag(Keyword::UniqueItems);
        }
        let has_places = schema.keywords.has(Keyword::PrefixItems);
        let items = schema.keywords.peek(Keyword::Items).filter(|_| !has_places);
        let items = match items.map(|node| &node.value) {
            None | Some(Value::Array(_) | Value::Bool(false)) => TypeExpr::Any,
            Some(_) => self.items(schema, suggestion)?,
        };
        refuse_deep(schema, &items)?;
        Ok(TypeExpr::List(Box::new(items), count))
    }

    fn items(&mut self, schema: &Schema<'a>, suggestion: &str) -> TypeResult {
        let Some(entry) = schema.keywords.read(Keyword::Items) else { return Ok(TypeExpr::Any) };
        let name = names::item_of(suggestion);
        Ok(self.schema(&entry.value, TypeContext::named(&name))?)
    }
}

/// A least and a greatest number of something.
pub(super) fn counts(
    schema: &Schema<'_>,
    least_keyword: Keyword,
    most_keyword: Keyword,
) -> CountRules {
    let stated = schema.keywords.read(least_keyword);
    let least = stated.and_then(|entry| entry.value.count().ok()).unwrap_or_default();
    let entry = schema.keywords.read(most_keyword);
    let most = entry.as_ref().and_then(|entry| entry.value.count().ok());
    if let Some(entry) = entry.filter(|_| most.is_some_and(|most| most < least)) {
        entry
            .value
            .doubt(format!("allows nothing: it is less than `{}`", least_keyword.name()))
            .help(format!("make it {least} or more"));
    }
    CountRules { least, most }
}
