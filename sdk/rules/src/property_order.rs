//! `propertyOrder`: an order between the values of two properties of one object.
//!
//! ```text
//! {"propertyOrder": [["start", "<=", "end"]]}   {"start": 2, "end": 1}
//!
//! must have `start` <= `end`, has 2 and 1
//! ```

use std::cmp::Ordering;

use crate::evaluate::{Evaluator, Target};
use crate::format::Format;
use crate::format::moment;
use crate::message::{Arg, HAS_BOTH, Message, ORDER, ORDER_OR_EQUAL};
use crate::schema::PropertyOrder;
use crate::view::{Leaf, View};
use crate::violation::Violation;

const KEYWORD: &str = "propertyOrder";

impl Evaluator<'_> {
    pub(crate) fn property_order<'v>(
        &mut self,
        orders: &[PropertyOrder<'_>],
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        let mut valid = true;
        for order in orders {
            if let Some((first, second)) = order.broken_by(target.value) {
                valid = self.report(target, KEYWORD, || order.message(&first, &second));
            }
        }
        valid
    }
}

impl PropertyOrder<'_> {
    /// Whether the properties of an object are in this order. If one is absent, they are.
    pub(crate) fn is_valid<'v>(&self, value: impl View<'v>) -> bool {
        self.broken_by(value).is_none()
    }

    /// The two properties, if they are in the wrong order.
    fn broken_by<'v>(&self, value: impl View<'v>) -> Option<(Leaf<'v>, Leaf<'v>)> {
        let first = value.get(self.first)?.leaf();
        let second = value.get(self.second)?.leaf();
        (!self.are_in_order(&first, &second)).then_some((first, second))
    }

    /// Whether two values are in this order. It is separate, so that a program that only checks fields contains nothing
    /// else of this rule.
    #[inline]
    pub fn are_in_order(&self, first: &Leaf<'_>, second: &Leaf<'_>) -> bool {
        match (first, second) {
            (Leaf::Number(first), Leaf::Number(second)) => self.allows(first.cmp(second)),
            (Leaf::String(first), Leaf::String(second)) => self.are_moments_in_order(first, second),
            _ => true,
        }
    }

    fn are_moments_in_order(&self, first: &str, second: &str) -> bool {
        compare_moments(first, second).is_none_or(|found| self.allows(found))
    }

    #[inline]
    fn allows(&self, found: Ordering) -> bool {
        found.is_lt() || (self.or_equal && found.is_eq())
    }

    /// The violation of two values that are in the wrong order. Strings are not shown, since they may be secrets.
    #[cold]
    pub fn violation(&self, first: &Leaf<'_>, second: &Leaf<'_>) -> Violation {
        Violation::of(String::new(), KEYWORD, self.message(first, second))
    }

    fn message(&self, first: &Leaf<'_>, second: &Leaf<'_>) -> Message {
        let wanted = if self.or_equal { ORDER_OR_EQUAL } else { ORDER };
        let wanted = wanted.with([Arg::Text(&self.first), Arg::Text(&self.second)]);
        match (first, second) {
            (Leaf::Number(first), Leaf::Number(second)) => {
                HAS_BOTH.with([Arg::Message(&wanted), Arg::Text(&first), Arg::Text(&second)])
            }
            _ => wanted,
        }
    }
}

/// Dates have an order, and so do dates with times. Other strings have none, so the rule does not apply to them, as
/// `minimum` does not apply to strings.
fn compare_moments(first: &str, second: &str) -> Option<Ordering> {
    let are_dates = Format::Date.matches(first) && Format::Date.matches(second);
    if are_dates {
        return Some(first.cmp(second));
    }
    Some(moment::instant(first)?.cmp(&moment::instant(second)?))
}
