//! `unevaluatedItems` and `unevaluatedProperties`, and what must be known for them: which items or
//! properties other rules have evaluated. That is noted only where one of the two asks for it.
//!
//! ```text
//! {"anyOf": [{"properties": {"a": true}}], "unevaluatedProperties": false}   {"a": 1, "b": 2}
//!
//! /b is not allowed
//! ```

use crate::evaluate::{Evaluator, Target};
use crate::{Rule, Schema, SchemaRef, View};

/// Which items or properties of a value have been evaluated, by their index.
#[derive(Default)]
pub(crate) struct Evaluated {
    first: u128,
    more: Vec<u128>,
    /// A rule with alternatives has failed: what it would have evaluated is not known.
    is_unknown: bool,
}

impl Evaluated {
    pub(crate) fn mark(&mut self, index: usize) {
        *self.word(index / 128) |= 1 << (index % 128);
    }

    pub(crate) const fn mark_unknown(&mut self) {
        self.is_unknown = true;
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.first |= other.first;
        for (index, word) in other.more.iter().enumerate() {
            *self.word(index + 1) |= word;
        }
        self.is_unknown |= other.is_unknown;
    }

    fn has(&self, index: usize) -> bool {
        let word = match index / 128 {
            0 => self.first,
            more => self.more.get(more - 1).copied().unwrap_or(0),
        };
        self.is_unknown || word & (1 << (index % 128)) != 0
    }

    fn word(&mut self, index: usize) -> &mut u128 {
        let Some(more) = index.checked_sub(1) else { return &mut self.first };
        if self.more.len() <= more {
            self.more.resize(more + 1, 0);
        }
        &mut self.more[more]
    }
}

impl Rule<'_> {
    pub(crate) const fn is_unevaluated(&self) -> bool {
        matches!(self, Self::UnevaluatedItems(_) | Self::UnevaluatedProperties(_))
    }
}

impl<'s> Evaluator<'s> {
    /// Notes that an item or property has been evaluated, if a rule asks.
    pub(crate) fn mark(&mut self, index: usize) {
        if let Some(evaluated) = &mut self.evaluated {
            evaluated.mark(index);
        }
    }

    /// All rules of a schema, and then those on what they have left over.
    pub(crate) fn with_unevaluated<'v>(
        &mut self,
        schema: &'s Schema<'s>,
        target: Target<'_, impl View<'v>>,
    ) -> bool {
        let outer = self.evaluated.replace(Evaluated::default());
        let mut valid = self.rules(schema, target);
        for rule in schema.0 {
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

    fn unevaluated<'v>(&mut self, rule: &Rule<'s>, target: Target<'_, impl View<'v>>) -> bool {
        let mut valid = true;
        match rule {
            Rule::UnevaluatedItems(schema) => {
                for (index, item) in target.value.items().enumerate() {
                    valid &= self.left_over(index, *schema, target.item(index, item));
                }
            }
            Rule::UnevaluatedProperties(schema) => {
                for (index, (name, value)) in target.value.properties().enumerate() {
                    valid &= self.left_over(index, *schema, target.property(name, value));
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
        target: Target<'_, impl View<'v>>,
    ) -> bool {
        if self.evaluated.as_ref().is_none_or(|evaluated| evaluated.has(index)) {
            return true;
        }
        self.mark(index);
        self.inner(schema, target)
    }
}
