//! Checking every property of an object, with one call for each.
//!
//! ```text
//! required str name: String as "name", [MaxLength(4)];
//!
//! visitor.required(&self.name)    checks it: its name and its rules are in lists
//! ```

use super::builder::{RefusedValues, finish_built};
use super::check::Check;
use super::checker::{Checker, Found, Levels};
use super::encode::json_of;
use super::invalid::Invalid;
use super::object::{
    AdditionalOf, AdditionalProperties as _, FieldVisitor, Object, Partial as _,
    PartialFields as _, Property, PropertyVisitor,
};
use super::sent::Sent;
use super::written::partial_json;

impl<T: Object> Check for T {
    #[inline]
    fn check(&self, at: &mut Checker<'_>) {
        self.check_all(at);
    }
}

/// The names and the rules of the properties, in the order in which they are visited. The compiler knows each index,
/// so an optional property that is absent costs nothing.
struct Facts {
    keys: &'static [&'static str],
    rules: &'static [Levels],
    seen: usize,
}

impl Facts {
    #[inline]
    fn of<T: Object>() -> Self {
        Self { keys: T::INFO.keys, rules: T::rules(), seen: 0 }
    }

    /// The name and the rules of the next property.
    #[inline]
    fn next(&mut self) -> (&'static str, Levels) {
        let key = self.keys.get(self.seen).copied().unwrap_or_default();
        let rules = self.rules.get(self.seen).copied().unwrap_or_default();
        self.skip();
        (key, rules)
    }

    /// Passes over the next property.
    #[inline]
    const fn skip(&mut self) {
        self.seen += 1;
    }
}

/// Checks a value: its properties, their order, and what the type's table says.
#[inline]
pub(super) fn check_object<T: Object>(value: &T, at: &mut Checker<'_>) {
    let count_before = at.count();
    value.show(&mut Checked { facts: Facts::of::<T>(), at });
    if let Some(additional) = value.additional() {
        check_additional::<T>(additional, at);
    }
    for order in T::ORDERS {
        order.check(|pair| value.show(pair), at);
    }
    // As a constant, the branch that no object of this type takes is not compiled.
    if const { T::EVALUATION.is_some() } && at.evaluates_tables() {
        let sent = Sent { refused: &RefusedValues::NONE, count_before };
        sent.evaluate::<T>(|it| value.show(it), value.additional(), || json_of(value), at);
    }
}

/// Checks the properties of a builder that are set.
#[inline]
pub(super) fn check_partial<T: Object>(
    partial: &mut T::Partial,
    refused: &RefusedValues,
    at: &mut Checker<'_>,
) {
    partial.visit(&mut PartialChecked { facts: Facts::of::<T>(), refused, at });
    let partial = &*partial;
    let additional = partial.additional();
    check_additional::<T>(additional, at);
    for order in T::ORDERS {
        // A property that is not set, or was refused, has no order with others.
        order.check(|pair| partial.show(pair), at);
    }
    if const { T::EVALUATION.is_some() } {
        let sent = Sent { refused, count_before: 0 };
        let json = || partial_json::<T>(partial);
        sent.evaluate::<T>(|it| partial.show(it), Some(additional), json, at);
    }
}

#[inline]
fn check_additional<T: Object>(additional: &AdditionalOf<T>, at: &mut Checker<'_>) {
    let rules = T::rules().get(T::INFO.keys.len()).copied().unwrap_or_default();
    additional.check(&T::INFO, rules, at);
}

struct Checked<'a, 'f> {
    facts: Facts,
    at: &'a mut Checker<'f>,
}

impl PropertyVisitor<'_> for Checked<'_, '_> {
    #[inline]
    fn required<T: Property>(&mut self, value: &T) {
        let (name, rules) = self.facts.next();
        self.at.required(name, value, rules);
    }

    #[inline]
    fn absent(&mut self) {
        self.facts.skip();
    }
}

struct PartialChecked<'a, 'f> {
    facts: Facts,
    refused: &'a RefusedValues,
    at: &'a mut Checker<'f>,
}

impl FieldVisitor for PartialChecked<'_, '_> {
    #[inline]
    fn required<T: Property>(&mut self, field: &mut Option<T>) {
        self.check(true, field.as_ref());
    }

    #[inline]
    fn optional<T: Property>(&mut self, field: &mut Option<T>) {
        self.check(false, field.as_ref());
    }
}

impl PartialChecked<'_, '_> {
    #[inline]
    fn check<T: Check>(&mut self, is_required: bool, value: Option<&T>) {
        let (name, rules) = self.facts.next();
        match value {
            Some(value) if value.is_plainly_valid(rules) => {}
            _ => self.refused.check((name, is_required), value, rules, self.at),
        }
    }
}

/// Builds a value.
///
/// # Errors
///
/// Every violation.
#[inline]
pub fn build<T: Object>(mut partial: T::Partial, refused: &RefusedValues) -> Result<T, Invalid> {
    let mut found = Found::default();
    check_partial::<T>(&mut partial, refused, &mut found.checker());
    finish_built(found, partial)
}
