//! Arrays.

use super::Lowering;
use super::type_expr::TypeContext;
use crate::diagnostics::Diagnostics;
use crate::model::{CountRules, ListRules, TypeExpr};
use crate::schema::KeywordReader;
use crate::source::Value;

impl<'a> Lowering<'a, '_> {
    pub(super) fn list(
        &mut self,
        keywords: &KeywordReader<'a>,
        suggestion: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        keywords.set_subject("an array");
        let count = counts(keywords, "minItems", "maxItems", diagnostics);
        let unique = keywords.flag("uniqueItems", diagnostics);
        let name = format!("{suggestion}Item");
        let mut rules = ListRules { count, unique };
        let first = self.first_items(keywords, suggestion, diagnostics)?;
        let rest = self.rest_of_items(keywords, &name, &first, &mut rules, diagnostics)?;
        if unique && first.is_empty() {
            self.compared.push((keywords.schema.place.clone(), rest.clone()));
        }
        Some(if first.is_empty() {
            TypeExpr::List(Box::new(rest), rules)
        } else {
            TypeExpr::Tuple(first, Box::new(rest), rules)
        })
    }

    /// Items whose place says what they are: `prefixItems`, or what it was called before 2020-12.
    fn first_items(
        &mut self,
        keywords: &KeywordReader<'a>,
        suggestion: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<TypeExpr>> {
        let schemas = if has_listed_items(keywords) {
            keywords.items("items", diagnostics)
        } else {
            keywords.items("prefixItems", diagnostics)
        };
        let mut types_within = Vec::new();
        for (index, located) in schemas.iter().enumerate() {
            let name = format!("{suggestion} item {index}");
            types_within.push(self.schema(located, TypeContext::named(&name), diagnostics)?);
        }
        Some(types_within)
    }

    /// The items after those: none at all, where their schema is `false`.
    fn rest_of_items(
        &mut self,
        keywords: &KeywordReader<'a>,
        name: &str,
        first: &[TypeExpr],
        rules: &mut ListRules,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        let word = if has_listed_items(keywords) { "additionalItems" } else { "items" };
        let Some(entry) = keywords.read(word) else { return Some(TypeExpr::Any) };
        if !matches!(entry.value.node.value, Value::Bool(false)) {
            return self.schema(&entry.value, TypeContext::named(name), diagnostics);
        }
        if rules.count.least > first.len() {
            diagnostics
                .error(
                    &entry.value.place,
                    "allows nothing: `minItems` asks for more than are listed",
                )
                .help("list more, or lower `minItems`");
        }
        rules.count.most = Some(rules.count.most.unwrap_or(usize::MAX).min(first.len()));
        Some(TypeExpr::Any)
    }
}

/// Whether `items` is an array, as it could be before 2020-12.
fn has_listed_items(keywords: &KeywordReader<'_>) -> bool {
    keywords.schema.node.at("/items").is_some_and(|items| matches!(items.value, Value::Array(_)))
}

/// Takes a least and a greatest number of something; without the first, any number will do.
pub(super) fn counts(
    keywords: &KeywordReader<'_>,
    least_word: &'static str,
    most_word: &'static str,
    diagnostics: &mut Diagnostics,
) -> CountRules {
    counts_or(keywords, least_word, most_word, 0, diagnostics)
}

/// As [`counts`], with another least number where none is stated.
pub(super) fn counts_or(
    keywords: &KeywordReader<'_>,
    least_word: &'static str,
    most_word: &'static str,
    least: usize,
    diagnostics: &mut Diagnostics,
) -> CountRules {
    let least =
        keywords.read(least_word).and_then(|entry| entry.value.count(diagnostics)).unwrap_or(least);
    let most = keywords.read(most_word);
    let count =
        CountRules { least, most: most.as_ref().and_then(|entry| entry.value.count(diagnostics)) };
    if let Some(most) = most.filter(|_| count.most.is_some_and(|most| most < least)) {
        diagnostics
            .error(&most.value.place, format!("allows nothing: it is less than `{least_word}`"))
            .help(format!("make it {least} or more"));
    }
    count
}
