//! `unevaluatedItems` and `unevaluatedProperties`. They need to know which items or properties other rules have
//! evaluated, which is noted only if a schema has one of the two.
//!
//! ```text
//! {"anyOf": [{"properties": {"a": true}}], "unevaluatedProperties": false}   {"a": 1, "b": 2}
//!
//! /b is not allowed
//! ```

use crate::evaluate::{Evaluator, Target};
use crate::schema::{Rule, SchemaRef};
use crate::view::View;

impl Rule<'_> {
    pub(crate) const fn is_unevaluated(&self) -> bool {
        matches!(self, Self::UnevaluatedItems(_) | Self::UnevaluatedProperties(_))
    }
}

impl<'s> Evaluator<'s> {
    /// Notes that an item or property has been evaluated, if a rule needs to know.
    pub(crate) fn mark(&mut self, index: usize) {
        if let Some(evaluated) = &mut self.evaluated {
            evaluated.mark(index);
        }
    }

    /// Evaluates all rules of a schema, and then its `unevaluated` rules.
    pub(crate) fn with_unevaluated<'v>(
        &mut self,
        rules: &'s [Rule<'s>],
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        let outer = self.evaluated.replace(Box::default());
        let mut valid = self.rules(rules, target);
        for rule in rules {
            if valid || !self.is_silent() {
                valid &= self.unevaluated(rule, target);
            }
        }
        let own = std::mem::replace(&mut self.evaluated, outer);
        if let (Some(evaluated), Some(own)) = (&mut self.evaluated, &own) {
            evaluated.merge(own);
        }
        valid
    }

    fn unevaluated<'v>(&mut self, rule: &Rule<'s>, target: &Target<'_, impl View<'v>>) -> bool {
        let mut valid = true;
        match rule {
            Rule::UnevaluatedItems(schema) => {
                for (index, item) in target.value.items().enumerate() {
                    valid &= self.left_over(index, *schema, &target.item(index, item));
                }
            }
            Rule::UnevaluatedProperties(schema) => {
                for (index, (name, value)) in target.value.properties().enumerate() {
                    valid &= self.left_over(index, *schema, &target.property(name, value));
                }
            }
            _ => {}
        }
        valid
    }

    fn left_over<'v>(
        &mut self,
        index: usize,
        schema: SchemaRef<'s>,
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        if self.evaluated.as_ref().is_none_or(|evaluated| evaluated.has(index)) {
            return true;
        }
        self.mark(index);
        self.within(schema, target)
    }
}
