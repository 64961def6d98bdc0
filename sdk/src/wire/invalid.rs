//! What is wrong with a value: every broken rule, each with its place.

use std::convert::Infallible;
use std::fmt;
use std::num::TryFromIntError;

/// A value that breaks its schema: every rule it breaks, each with its place.
///
/// Nothing was sent when a call returns this. It converts into [`Error`](crate::Error), so `?`
/// works in functions that return that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    violations: Vec<Violation>,
}

impl Invalid {
    /// One broken rule of the value itself.
    #[doc(hidden)]
    pub fn new(keyword: &'static str, message: impl Into<String>) -> Self {
        Self {
            violations: vec![Violation {
                pointer: String::new(),
                keyword,
                message: message.into(),
            }],
        }
    }

    pub(crate) fn from_violations(violations: Vec<Violation>) -> Self {
        Self { violations }
    }

    /// The broken rules, in the order in which the schema lists the properties; never empty.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    pub(crate) fn into_violations(self) -> Vec<Violation> {
        self.violations
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.violations.iter().enumerate() {
            if index > 0 {
                out.write_str("; ")?;
            }
            violation.fmt(out)?;
        }
        Ok(())
    }
}

impl std::error::Error for Invalid {}

impl From<Infallible> for Invalid {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl From<TryFromIntError> for Invalid {
    fn from(_: TryFromIntError) -> Self {
        Self::new("type", "is out of this property's integer range")
    }
}

/// One broken rule.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// Where: a JSON pointer into the value, empty for the value itself.
    pub pointer: String,
    /// Which rule: the JSON Schema keyword, such as `maxLength`.
    pub keyword: &'static str,
    /// What is wrong, in words, without the place.
    pub message: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pointer.is_empty() {
            return out.write_str(&self.message);
        }
        write!(out, "{} {}", self.pointer, self.message)
    }
}
