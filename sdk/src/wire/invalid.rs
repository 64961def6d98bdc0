//! The error of a value that is not valid: every violation, each with its place.
//!
//! ```text
//! SetName::builder().name("much too long").build()
//!
//! /name must have at most 4 characters, has 13
//! ```

use std::convert::Infallible;
use std::fmt;
use std::num::{IntErrorKind, ParseIntError, TryFromIntError};

pub use wechat_bizwifi_rules::Violation;
pub(crate) use wechat_bizwifi_rules::all_in_chinese;
use wechat_bizwifi_rules::message::{Message, NOT_IN_DIGITS, OUT_OF_RANGE};

use crate::language::Language;

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
    pub(crate) fn new(keyword: &'static str, message: Message) -> Self {
        Self::from_violations(vec![Violation::of(String::new(), keyword, message)])
    }

    pub(crate) fn from_violations(violations: Vec<Violation>) -> Self {
        Self { violations }
    }

    /// The violations, in the order in which the schema lists the properties; never empty.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// The message in a language; in English, it is that of `Display`.
    ///
    /// ```
    /// use wechat_bizwifi::{Language, ListShops};
    ///
    /// let invalid = ListShops::builder().pagesize(21).build().unwrap_err();
    /// assert_eq!(invalid.message_in(Language::En), "/pagesize must be at most 20, is 21");
    /// assert_eq!(invalid.message_in(Language::Zh), "/pagesize 不得大于 20，现为 21");
    /// ```
    pub fn message_in(&self, language: Language) -> String {
        match language {
            Language::En => self.to_string(),
            Language::Zh => all_in_chinese(&self.violations),
        }
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
        Self::new("type", OUT_OF_RANGE.into())
    }
}

/// The text is not shown: it may be a secret.
impl From<ParseIntError> for Invalid {
    fn from(error: ParseIntError) -> Self {
        match error.kind() {
            IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => {
                Self::new("type", OUT_OF_RANGE.into())
            }
            _ => Self::new("type", NOT_IN_DIGITS.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use wechat_bizwifi_rules::message::NOT_ALLOWED;

    use super::*;

    #[test]
    fn what_is_no_number_of_a_property_says_so_without_showing_it() {
        let range = "is out of this property's integer range";
        let digits = "must be a whole number written with digits only";
        for (text, message) in
            [("128", range), ("-129", range), ("", digits), ("-", digits), ("1.0", digits)]
        {
            let error = Invalid::from(text.parse::<i8>().unwrap_err());
            assert_eq!(error.violations().len(), 1);
            assert_eq!((error.violations()[0].keyword, &*error.to_string()), ("type", message));
        }
        let converted = Invalid::from(i8::try_from(128).unwrap_err());
        assert_eq!((converted.violations()[0].keyword, &*converted.to_string()), ("type", range));
        let both = ["a", "b"].map(|at| Violation::of(format!("/{at}"), "not", NOT_ALLOWED.into()));
        let both = Invalid::from_violations(both.to_vec());
        assert_eq!(both.to_string(), "/a is not allowed; /b is not allowed");
        assert_eq!(both.message_in(Language::Zh), "/a 不允许；/b 不允许");
    }
}
