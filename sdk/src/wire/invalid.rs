//! What is wrong with a value: every violation, each with its place.

use std::convert::Infallible;
use std::fmt;
use std::num::TryFromIntError;

pub use wechat_bizwifi_rules::Violation;

/// A value that is not valid against its schema: every violation, each with its place.
///
/// Nothing was sent when a call returns this. It converts into [`Error`](crate::Error), so `?`
/// works in functions that return that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    violations: Vec<Violation>,
}

impl Invalid {
    /// One violation, of the value itself.
    #[doc(hidden)]
    pub fn new(keyword: &'static str, message: impl Into<String>) -> Self {
        Self { violations: vec![Violation::new(String::new(), keyword, message)] }
    }

    pub(crate) fn from_violations(violations: Vec<Violation>) -> Self {
        Self { violations }
    }

    /// The violations, in the order in which the schema lists the properties; never empty.
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
