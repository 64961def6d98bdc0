//! Rules on which properties an object has.

use std::collections::BTreeMap;

use super::Rule;
use crate::wire::check::Checker;

/// Rules on a map: on how many entries there are, on their names and on their values.
#[derive(Clone, Copy, Debug)]
pub struct Entries<N = (), R = ()> {
    members: Members,
    names: N,
    values: R,
}

impl<N: Copy, R: Copy> Entries<N, R> {
    /// These rules.
    #[must_use]
    pub const fn new(members: Members, names: N, values: R) -> Self {
        Self { members, names, values }
    }
}

impl<T, N: Rule<str>, R: Rule<T>> Rule<BTreeMap<String, T>> for Entries<N, R> {
    fn check(&self, value: &BTreeMap<String, T>, at: &mut Checker) {
        self.members.check(&|name| value.contains_key(name), value.len(), at);
        for (name, value) in value {
            at.key(name, |at| {
                self.names.check(name, at);
                self.values.check(value, at);
            });
        }
    }
}

/// Rules on which properties an object has, and how many.
#[derive(Clone, Copy, Debug, Default)]
pub struct Members {
    min_properties: usize,
    max_properties: Option<usize>,
    required: &'static [&'static str],
    dependent: &'static [(&'static str, &'static [&'static str])],
}

impl Members {
    /// Any properties.
    #[must_use]
    pub const fn new() -> Self {
        Self { min_properties: 0, max_properties: None, required: &[], dependent: &[] }
    }

    /// At least this many properties.
    #[must_use]
    pub const fn min_properties(mut self, count: usize) -> Self {
        self.min_properties = count;
        self
    }

    /// At most this many properties.
    #[must_use]
    pub const fn max_properties(mut self, count: usize) -> Self {
        self.max_properties = Some(count);
        self
    }

    /// These properties.
    #[must_use]
    pub const fn required(mut self, names: &'static [&'static str]) -> Self {
        self.required = names;
        self
    }

    /// With the first of each, all of the others.
    #[must_use]
    pub const fn dependent(
        mut self,
        names: &'static [(&'static str, &'static [&'static str])],
    ) -> Self {
        self.dependent = names;
        self
    }

    /// Reports what an object of `count` properties breaks.
    pub fn check(&self, has: &dyn Fn(&str) -> bool, count: usize, at: &mut Checker) {
        if count < self.min_properties {
            at.report("minProperties", wants_properties("at least", self.min_properties, count));
        }
        if let Some(most) = self.max_properties.filter(|most| count > *most) {
            at.report("maxProperties", wants_properties("at most", most, count));
        }
        for name in self.required.iter().filter(|name| !has(name)) {
            at.report("required", format!("must have the property `{name}`"));
        }
        for (name, others) in self.dependent.iter().filter(|(name, _)| has(name)) {
            for other in others.iter().filter(|other| !has(other)) {
                at.report("dependentRequired", format!("has `{name}`, so it must have `{other}`"));
            }
        }
    }
}

fn wants_properties(relation: &str, bound: usize, found: usize) -> String {
    let plural = if bound == 1 { "y" } else { "ies" };
    format!("must have {relation} {bound} propert{plural}, has {found}")
}
