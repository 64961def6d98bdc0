//! `unevaluatedItems` and `unevaluatedProperties`, and what must be known for them: which items or
//! properties other rules have evaluated. That is noted only where one of the two asks for it.
//!
//! ```text
//! {"anyOf": [{"properties": {"a": true}}], "unevaluatedProperties": false}   {"a": 1, "b": 2}
//!
//! /b is not allowed
//! ```

use crate::evaluate::{Evaluator, Target};
use crate::{Rule, Schema, View};

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
    /// All rules of a schema, and then those on what they have left over.
    pub(crate) fn with_unevaluated<'v, V: View<'v>>(
        &mut self,
        schema: &'s Schema<'s>,
        target: Target<'_, V>,
        outer: Option<&mut Evaluated>,
    ) -> bool {
        let mut own = Evaluated::default();
        let mut valid = self.rules(schema, target, Some(&mut own));
        for rule in schema.0 {
            if !valid && self.is_silent() {
                return false;
            }
            valid &= self.unevaluated(rule, target, &mut own);
        }
        if let Some(outer) = outer {
            outer.merge(&own);
        }
        valid
    }

    fn unevaluated<'v, V: View<'v>>(
        &mut self,
        rule: &Rule<'s>,
        target: Target<'_, V>,
        evaluated: &mut Evaluated,
    ) -> bool {
        let mut valid = true;
        match rule {
            Rule::UnevaluatedItems(schema) => {
                for (index, item) in target.value.items().enumerate() {
                    if !evaluated.has(index) {
                        valid &= self.inner(*schema, target.item(index, item), None);
                        evaluated.mark(index);
                    }
                }
            }
            Rule::UnevaluatedProperties(schema) => {
                for (index, (name, value)) in target.value.properties().enumerate() {
                    if !evaluated.has(index) {
                        valid &= self.inner(*schema, target.property(name, value), None);
                        evaluated.mark(index);
                    }
                }
            }
            _ => {}
        }
        valid
    }
}
