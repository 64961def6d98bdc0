//! Rules on arrays.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;

use super::listed::canonical;
use super::{Rule, wants_count};
use crate::secret::revealing;
use crate::wire::check::Checker;
use crate::wire::claim::Assertion;

/// Rules on an array, and on each of its items.
#[derive(Clone, Copy, Debug, Default)]
pub struct List<R = ()> {
    min_items: usize,
    max_items: Option<usize>,
    unique: bool,
    items: R,
}

impl List {
    /// Any array.
    #[must_use]
    pub const fn new() -> Self {
        Self { min_items: 0, max_items: None, unique: false, items: () }
    }
}

impl<R: Copy> List<R> {
    /// At least this many items.
    #[must_use]
    pub const fn min_items(mut self, count: usize) -> Self {
        self.min_items = count;
        self
    }

    /// At most this many items.
    #[must_use]
    pub const fn max_items(mut self, count: usize) -> Self {
        self.max_items = Some(count);
        self
    }

    /// No two items that are equal as JSON.
    #[must_use]
    pub const fn unique(mut self) -> Self {
        self.unique = true;
        self
    }

    /// Each item keeps these rules.
    #[must_use]
    pub const fn items<S: Copy>(self, items: S) -> List<S> {
        List { min_items: self.min_items, max_items: self.max_items, unique: self.unique, items }
    }
}

impl<T: Serialize, R: Rule<T>> Rule<Vec<T>> for List<R> {
    fn check(&self, value: &Vec<T>, at: &mut Checker) {
        let count = value.len();
        if count < self.min_items {
            at.report("minItems", wants_count("at least", self.min_items, "item", count));
        }
        if let Some(most) = self.max_items.filter(|most| count > *most) {
            at.report("maxItems", wants_count("at most", most, "item", count));
        }
        if self.unique {
            check_unique(value, at);
        }
        for (index, item) in value.iter().enumerate() {
            at.index(index, |at| self.items.check(item, at));
        }
    }
}

/// Rules on an array whose first items have a meaning each: those, in their order, and the rest.
#[derive(Clone, Copy, Debug)]
pub struct Positions {
    first: &'static [Assertion],
    rest: Assertion,
}

impl Positions {
    /// These rules.
    #[must_use]
    pub const fn new(first: &'static [Assertion], rest: Assertion) -> Self {
        Self { first, rest }
    }
}

impl Rule<Vec<Value>> for Positions {
    fn check(&self, value: &Vec<Value>, at: &mut Checker) {
        for (index, item) in value.iter().enumerate() {
            let assertion = self.first.get(index).unwrap_or(&self.rest);
            at.index(index, |at| assertion(item, at));
        }
    }
}

/// Reports the first item that equals one before it.
fn check_unique<T: Serialize>(items: &[T], at: &mut Checker) {
    let mut seen = HashMap::new();
    for (index, item) in items.iter().enumerate() {
        let Ok(json) = revealing(|| serde_json::to_value(item)) else { continue };
        if let Some(first) = seen.insert(canonical(json), index) {
            at.report(
                "uniqueItems",
                format!("must not repeat an item, and item {index} equals item {first}"),
            );
            return;
        }
    }
}
