//! Arrays.

use super::Lowering;
use super::shape::Site;
use crate::model::{CountRules, ListRules, Shape};
use crate::report::Report;
use crate::schema::Ledger;
use crate::source::Value;

impl<'a> Lowering<'a, '_> {
    pub(super) fn list(
        &mut self,
        ledger: &Ledger<'a>,
        suggestion: &str,
        report: &mut Report,
    ) -> Option<Shape> {
        ledger.set_kind("an array");
        let count = counts(ledger, "minItems", "maxItems", report);
        let unique = ledger.flag("uniqueItems", report);
        let name = format!("{suggestion}Item");
        let mut rules = ListRules { count, unique };
        let first = self.first_items(ledger, suggestion, report)?;
        let rest = self.rest_of_items(ledger, &name, &first, &mut rules, report)?;
        if unique && first.is_empty() {
            self.compared.push((ledger.spot.place.clone(), rest.clone()));
        }
        Some(if first.is_empty() {
            Shape::List(Box::new(rest), rules)
        } else {
            Shape::Positions(first, Box::new(rest), rules)
        })
    }

    /// Items whose place says what they are: `prefixItems`, or what it was called before 2020-12.
    fn first_items(
        &mut self,
        ledger: &Ledger<'a>,
        suggestion: &str,
        report: &mut Report,
    ) -> Option<Vec<Shape>> {
        let spots = if has_listed_items(ledger) {
            ledger.items("items", report)
        } else {
            ledger.items("prefixItems", report)
        };
        let mut shapes = Vec::new();
        for (index, spot) in spots.iter().enumerate() {
            let name = format!("{suggestion} item {index}");
            shapes.push(self.schema(spot, Site::named(&name), report)?);
        }
        Some(shapes)
    }

    /// The items after those: none at all, where their schema is `false`.
    fn rest_of_items(
        &mut self,
        ledger: &Ledger<'a>,
        name: &str,
        first: &[Shape],
        rules: &mut ListRules,
        report: &mut Report,
    ) -> Option<Shape> {
        let word = if has_listed_items(ledger) { "additionalItems" } else { "items" };
        let Some(taken) = ledger.take(word) else { return Some(Shape::Any) };
        if !matches!(taken.spot.node.value, Value::Bool(false)) {
            return self.schema(&taken.spot, Site::named(name), report);
        }
        if rules.count.least > first.len() {
            report
                .fault(
                    &taken.spot.place,
                    "allows nothing: `minItems` asks for more than are listed",
                )
                .cure("list more, or lower `minItems`");
        }
        rules.count.most = Some(rules.count.most.unwrap_or(usize::MAX).min(first.len()));
        Some(Shape::Any)
    }
}

/// Whether `items` is an array, as it could be before 2020-12.
fn has_listed_items(ledger: &Ledger<'_>) -> bool {
    ledger.spot.node.at("/items").is_some_and(|items| matches!(items.value, Value::Array(_)))
}

/// Takes a least and a greatest number of something; without the first, any number will do.
pub(super) fn counts(
    ledger: &Ledger<'_>,
    least_word: &'static str,
    most_word: &'static str,
    report: &mut Report,
) -> CountRules {
    counts_or(ledger, least_word, most_word, 0, report)
}

/// As [`counts`], with another least number where none is stated.
pub(super) fn counts_or(
    ledger: &Ledger<'_>,
    least_word: &'static str,
    most_word: &'static str,
    least: usize,
    report: &mut Report,
) -> CountRules {
    let least = ledger.take(least_word).and_then(|taken| taken.spot.count(report)).unwrap_or(least);
    let most = ledger.take(most_word);
    let count =
        CountRules { least, most: most.as_ref().and_then(|taken| taken.spot.count(report)) };
    if let Some(most) = most.filter(|_| count.most.is_some_and(|most| most < least)) {
        report
            .fault(&most.spot.place, format!("allows nothing: it is less than `{least_word}`"))
            .cure(format!("make it {least} or more"));
    }
    count
}
