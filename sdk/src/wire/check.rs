//! Walking a value to find every rule it breaks.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::invalid::{Invalid, Violation};
use super::rules::Rule;
use crate::secret::Secret;

/// A type that knows the rules of its schema.
pub trait Check {
    /// Reports every rule that `self` breaks to `at`.
    fn check(&self, at: &mut Checker);
}

/// Whether `value` keeps every rule of its schema.
///
/// # Errors
///
/// Every broken rule, each with its place.
pub(crate) fn validate<T: Check + ?Sized>(value: &T) -> Result<(), Invalid> {
    let mut checker = Checker::default();
    value.check(&mut checker);
    checker.finish()
}

/// Where in a value a check is, and what it has found.
#[derive(Debug, Default)]
pub struct Checker {
    path: Vec<Step>,
    found: Vec<Violation>,
}

/// One step down into a value. Names are copied only when something is found.
#[derive(Debug)]
enum Step {
    Property(&'static str),
    Key(String),
    Index(usize),
}

impl Checker {
    /// Reports a broken rule at the present place.
    pub fn report(&mut self, keyword: &'static str, message: impl Into<String>) {
        let pointer = self.pointer();
        self.found.push(Violation { pointer, keyword, message: message.into() });
    }

    /// Takes over what a value has reported of itself.
    pub fn adopt(&mut self, invalid: Invalid) {
        let place = self.pointer();
        for mut violation in invalid.into_violations() {
            violation.pointer.insert_str(0, &place);
            self.found.push(violation);
        }
    }

    /// Checks a property by its rule. A closure for each property would cost rustc a function each.
    pub fn required<T>(&mut self, name: &'static str, value: &T, rule: &impl Rule<T>) {
        self.property(name, |at| rule.check(value, at));
    }

    /// Checks a property with one possible value.
    pub fn fixed<T>(&mut self, name: &'static str, value: &T, rule: &impl Rule<T>) {
        self.required(name, value, rule);
    }

    /// Checks a property by its rule, if it is there.
    pub fn optional<T>(&mut self, name: &'static str, slot: &Option<T>, rule: &impl Rule<T>) {
        if let Some(value) = slot {
            self.required(name, value, rule);
        }
    }

    /// Checks a property.
    pub fn property(&mut self, name: &'static str, check: impl FnOnce(&mut Self)) {
        self.step(Step::Property(name), check);
    }

    /// Checks a map's value.
    pub fn key(&mut self, name: &str, check: impl FnOnce(&mut Self)) {
        self.step(Step::Key(name.to_owned()), check);
    }

    /// Checks an array's item.
    pub fn index(&mut self, index: usize, check: impl FnOnce(&mut Self)) {
        self.step(Step::Index(index), check);
    }

    /// What was found.
    ///
    /// # Errors
    ///
    /// When anything was.
    pub fn finish(self) -> Result<(), Invalid> {
        if self.found.is_empty() { Ok(()) } else { Err(Invalid::from_violations(self.found)) }
    }

    fn step(&mut self, step: Step, check: impl FnOnce(&mut Self)) {
        self.path.push(step);
        check(self);
        self.path.pop();
    }

    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in &self.path {
            match step {
                Step::Property(name) => push_name(&mut pointer, name),
                Step::Key(name) => push_name(&mut pointer, name),
                Step::Index(index) => {
                    // Writing to a string cannot fail.
                    let _ = write!(pointer, "/{index}");
                }
            }
        }
        pointer
    }
}

/// Adds a name to a JSON pointer, escaped as RFC 6901 says.
pub(super) fn push_name(pointer: &mut String, name: &str) {
    pointer.push('/');
    pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
}

/// Types whose every value is valid.
macro_rules! always_valid {
    ($($ty:ty),*) => { $(impl Check for $ty { fn check(&self, _: &mut Checker) {} })* };
}
always_valid!(
    (),
    super::Null,
    bool,
    i32,
    i64,
    u32,
    u64,
    f64,
    String,
    Secret,
    super::UnixTime,
    super::Whole,
    serde_json::Value
);

impl<T: Check> Check for Option<T> {
    fn check(&self, at: &mut Checker) {
        if let Some(value) = self {
            value.check(at);
        }
    }
}

impl<T: Check + ?Sized> Check for Box<T> {
    fn check(&self, at: &mut Checker) {
        (**self).check(at);
    }
}

impl<T: Check> Check for Vec<T> {
    fn check(&self, at: &mut Checker) {
        for (index, item) in self.iter().enumerate() {
            at.index(index, |at| item.check(at));
        }
    }
}

impl<T: Check> Check for BTreeMap<String, T> {
    fn check(&self, at: &mut Checker) {
        for (name, value) in self {
            at.key(name, |at| value.check(at));
        }
    }
}
