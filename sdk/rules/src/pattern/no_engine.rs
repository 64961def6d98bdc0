//! Patterns where no engine is compiled in: there is no value of the type.

use std::convert::Infallible;
use std::marker::PhantomData;

/// A regular expression. There is none without the feature `regex` or `regex-lite`.
#[derive(Debug)]
pub struct Pattern<'s>(Infallible, PhantomData<&'s str>);

impl<'s> Pattern<'s> {
    /// As the schema writes it.
    pub const fn source(&self) -> &'s str {
        match self.0 {}
    }

    /// In the syntax of `regex`.
    pub const fn translated(&self) -> &'s str {
        match self.0 {}
    }

    /// Whether a string matches.
    pub const fn matches(&self, _: &str) -> bool {
        match self.0 {}
    }
}
