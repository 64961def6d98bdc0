//! Rules on arrays.
//!
//! ```text
//! {"items": {"minimum": 1}}   [1, 0]   /1 must be at least 1, is 0
//! {"uniqueItems": true}       [1, 1.0] must not repeat an item, but item 1 equals item 0
//! ```

use crate::evaluate::{Evaluator, Target};
use crate::message::{
    Arg, ITEM_UNDER_CONTAINS, ITEMS_UNDER_CONTAINS, MAX_COUNT, MIN_COUNT, Message, Template,
    UNIQUE_ITEMS,
};
use crate::schema::{Contains, Items};
use crate::string::wants_count;
use crate::unique::first_repeated;
use crate::view::{Leaf, View};
use crate::violation::Violation;

impl<'s> Evaluator<'s> {
    pub(crate) fn items<'v>(
        &mut self,
        items: &Items<'s>,
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        let mut valid = true;
        for (index, item) in target.value.items().enumerate() {
            let Some(schema) = items.prefix.get(index).copied().or(items.rest) else { break };
            valid &= self.within(schema, &target.item(index, item));
            self.mark(index);
            if !valid && self.is_silent() {
                return false;
            }
        }
        valid
    }

    pub(crate) fn contains<'v>(
        &mut self,
        contains: &Contains<'s>,
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        let Leaf::Array(_) = target.value.leaf() else { return true };
        let mut count = 0;
        for (index, item) in target.value.items().enumerate() {
            let inner = target.item(index, item);
            if self.silently(|it| it.within(contains.schema, &inner)) {
                count += 1;
                self.mark(index);
            }
        }
        if count < contains.min {
            let message = || wants_count(MIN_COUNT, contains.min, UNDER_CONTAINS, &count);
            return self.report(target, min_keyword(contains.min), message);
        }
        match contains.max {
            Some(most) if count > most => {
                let message = || wants_count(MAX_COUNT, most, UNDER_CONTAINS, &count);
                self.report(target, "maxContains", message)
            }
            _ => true,
        }
    }

    pub(crate) fn unique_items<'v>(&mut self, target: &Target<'_, impl View<'v>>) -> bool {
        let repeated = match target.value.leaf() {
            Leaf::Array(count @ 2..) => first_repeated(count, target.value.items()),
            _ => None,
        };
        match repeated {
            None => true,
            Some(pair) => self.report(target, KEYWORD, || repeated_message(pair)),
        }
    }
}

const KEYWORD: &str = "uniqueItems";
const UNDER_CONTAINS: [Template<0>; 2] = [ITEM_UNDER_CONTAINS, ITEMS_UNDER_CONTAINS];

/// The violation of an array in which an item appears twice.
pub fn repeated_item<'v>(items: impl ExactSizeIterator<Item = impl View<'v>>) -> Option<Violation> {
    let message = repeated_message(first_repeated(items.len(), items)?);
    Some(Violation::of(String::new(), KEYWORD, message))
}

fn repeated_message((second, first): (usize, usize)) -> Message {
    UNIQUE_ITEMS.with([Arg::Text(&second), Arg::Text(&first)])
}

const fn min_keyword(least: u64) -> &'static str {
    if least == 1 { "contains" } else { "minContains" }
}
