//! What is said of every property of what is sent, with one call for each: whoever compiles generated
//! code pays for each call in it.
//!
//! ```text
//! required str name: String as "name", [MaxLength(4)];
//!
//! visitor.required(&self.name)    checks it, or writes it: its name and its rules are in lists
//! ```

use super::builder::RefusedValues;
use super::check::{Check, Checker, Levels};
use super::encode::Encode;
use super::object::Object;
use super::written::WriteVisitor;

/// A struct that is sent: all that it holds has rules and can be written.
pub trait Sent: Object {
    /// The rules of each property, in the order of its names.
    fn rules() -> &'static [Levels];

    /// Shows a visitor every property that has a field, in the order of their names.
    fn show<V: PropertyVisitor>(&self, visitor: &mut V);

    /// Shows a visitor what a builder holds of each, in the same order.
    fn show_partial<V: PartialVisitor>(partial: &Self::Partial, visitor: &mut V);

    /// Reports everything that is wrong: with its properties, and by the type's table, if it has one.
    #[inline]
    fn check_all(&self, at: &mut Checker<'_>) {
        check_properties(self, at);
    }
}

impl<T: Sent> Check for T {
    #[inline]
    fn check(&self, at: &mut Checker<'_>) {
        self.check_all(at);
    }
}

/// What is done with the properties of a value: each method is for those of one presence.
pub trait PropertyVisitor {
    /// A property that must be there.
    fn required<T: Check + Encode>(&mut self, value: &T);

    /// A property that must be there and has one possible value.
    #[inline]
    fn fixed<T: Check + Encode>(&mut self, value: &T) {
        self.required(value);
    }

    /// A property that may be left out.
    fn optional<T: Check + Encode>(&mut self, value: &Option<T>);
}

/// Whoever writes is shown what has rules as well, and passes over these.
impl<V: WriteVisitor> PropertyVisitor for V {
    #[inline]
    fn required<T: Check + Encode>(&mut self, value: &T) {
        WriteVisitor::required(self, value);
    }

    #[inline]
    fn optional<T: Check + Encode>(&mut self, value: &Option<T>) {
        WriteVisitor::optional(self, value);
    }
}

/// What is done with the properties that a builder holds: each method is for those of one presence.
pub trait PartialVisitor {
    /// A property that must be there.
    fn required<T: Check>(&mut self, value: &Option<T>);

    /// A property that must be there and has one possible value.
    #[inline]
    fn fixed<T: Check>(&mut self, value: &Option<T>) {
        self.required(value);
    }

    /// A property that may be left out.
    fn optional<T: Check>(&mut self, value: &Option<T>);
}

/// The names and the rules of properties, which are counted as they are shown: the compiler knows the number
/// of each then, and nothing is done for what is left out.
struct Facts {
    keys: &'static [&'static str],
    rules: &'static [Levels],
    seen: usize,
}

impl Facts {
    #[inline]
    fn of<T: Sent>() -> Self {
        Self { keys: T::INFO.keys, rules: T::rules(), seen: 0 }
    }

    /// Those of the next property.
    #[inline]
    fn next(&mut self) -> (&'static str, Levels) {
        let key = self.keys.get(self.seen).copied().unwrap_or_default();
        let rules = self.rules.get(self.seen).copied().unwrap_or_default();
        self.pass();
        (key, rules)
    }

    /// Passes over the next property.
    #[inline]
    const fn pass(&mut self) {
        self.seen += 1;
    }
}

/// Checks every property of a value by its rules.
#[inline]
pub fn check_properties<T: Sent>(value: &T, at: &mut Checker<'_>) {
    value.show(&mut Checked { facts: Facts::of::<T>(), at });
}

struct Checked<'a, 'f> {
    facts: Facts,
    at: &'a mut Checker<'f>,
}

impl PropertyVisitor for Checked<'_, '_> {
    #[inline]
    fn required<T: Check + Encode>(&mut self, value: &T) {
        let (name, rules) = self.facts.next();
        self.at.required(name, value, rules);
    }

    #[inline]
    fn optional<T: Check + Encode>(&mut self, value: &Option<T>) {
        match value {
            Some(value) => PropertyVisitor::required(self, value),
            None => self.facts.pass(),
        }
    }
}

/// Checks what a builder holds, as far as it is set.
#[inline]
pub fn check_partial<T: Sent>(partial: &T::Partial, refused: &RefusedValues, at: &mut Checker<'_>) {
    T::show_partial(partial, &mut PartialChecked { facts: Facts::of::<T>(), refused, at });
}

struct PartialChecked<'a, 'f> {
    facts: Facts,
    refused: &'a RefusedValues,
    at: &'a mut Checker<'f>,
}

impl PartialVisitor for PartialChecked<'_, '_> {
    #[inline]
    fn required<T: Check>(&mut self, value: &Option<T>) {
        self.check(true, value.as_ref());
    }

    #[inline]
    fn optional<T: Check>(&mut self, value: &Option<T>) {
        self.check(false, value.as_ref());
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
