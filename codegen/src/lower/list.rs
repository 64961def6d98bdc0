//! Arrays.

use super::Lowering;
use super::shape::Site;
use crate::model::{CountRules, ListRules, Shape};
use crate::report::Report;
use crate::schema::Ledger;

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
        let items = match ledger.take("items") {
            Some(items) => self.schema(&items.spot, Site::named(&name), report)?,
            None => Shape::Any,
        };
        Some(Shape::List(Box::new(items), ListRules { count, unique }))
    }
}

/// Takes a least and a greatest number of something.
pub(super) fn counts(
    ledger: &Ledger<'_>,
    least_word: &'static str,
    most_word: &'static str,
    report: &mut Report,
) -> CountRules {
    let least = ledger.take(least_word).and_then(|taken| taken.spot.count(report)).unwrap_or(0);
    let most = ledger.take(most_word);
    let count =
        CountRules { least, most: most.as_ref().and_then(|taken| taken.spot.count(report)) };
    if let Some(most) = most.filter(|_| count.most.is_some_and(|most| most < least)) {
        report.fault(&most.spot.place, format!("allows nothing: it is less than `{least_word}`"));
    }
    count
}
