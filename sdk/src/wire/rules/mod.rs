//! The rules of a schema, as data: generated code states them, here they are kept.

mod list;
mod listed;
mod members;
mod number;
mod text;

use std::fmt::Display;

pub use list::{List, Positions};
pub use listed::{Listed, Only};
pub use members::{Entries, Members};
pub use number::{Integer, Number};
pub use text::{Names, Text};

use super::check::Checker;

/// Something that a value must keep.
pub trait Rule<T: ?Sized> {
    /// Reports to `at` what `value` breaks.
    fn check(&self, value: &T, at: &mut Checker);
}

/// Both rules.
#[derive(Clone, Copy, Debug)]
pub struct Both<A, B>(pub A, pub B);

impl<T: ?Sized, A: Rule<T>, B: Rule<T>> Rule<T> for Both<A, B> {
    fn check(&self, value: &T, at: &mut Checker) {
        self.0.check(value, at);
        self.1.check(value, at);
    }
}

/// The rule of a value that may be null.
#[derive(Clone, Copy, Debug)]
pub struct OrNull<R>(pub R);

impl<T, R: Rule<T>> Rule<Option<T>> for OrNull<R> {
    fn check(&self, value: &Option<T>, at: &mut Checker) {
        if let Some(value) = value {
            self.0.check(value, at);
        }
    }
}

/// No rule.
impl<T: ?Sized> Rule<T> for () {
    fn check(&self, _: &T, _: &mut Checker) {}
}

fn wants(relation: &str, bound: impl Display, found: impl Display) -> String {
    format!("must be {relation} {bound}, is {found}")
}

fn wants_count(relation: &str, bound: usize, unit: &str, found: usize) -> String {
    let plural = if bound == 1 { "" } else { "s" };
    format!("must have {relation} {bound} {unit}{plural}, has {found}")
}
