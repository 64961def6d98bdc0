//! The numbers with which WeChat says how a call ended.

use std::fmt;

/// A return code (`errcode`): how WeChat says a call ended.
///
/// The codes that callers of this API may meet are named constants. There are over 1,800 and new
/// ones appear, so any number can be one: an unknown code is kept as it came. What kind of outcome
/// a code stands for is [`Error::class`](crate::Error::class).
///
/// ```
/// use wechat_bizwifi::ReturnCode;
///
/// let code = ReturnCode::new(9_008_001);
/// assert_eq!(code.get(), 9_008_001);
/// assert_eq!(code.to_string(), "9008001");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReturnCode(i64);

impl ReturnCode {
    /// The return code with this number.
    pub const fn new(value: i64) -> Self {
        Self(value)
    }

    /// The number.
    pub const fn value(self) -> i64 {
        self.0
    }

    /// The number: [`value`](Self::value), under the name that it has in generated types.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for ReturnCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl From<i64> for ReturnCode {
    fn from(value: i64) -> Self {
        Self(value)
    }
}

impl From<ReturnCode> for i64 {
    fn from(code: ReturnCode) -> Self {
        code.0
    }
}

/// What kind of outcome a return code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CodeClass {
    /// Success.
    Ok,
    /// The service is busy or broken for now: repeat after a pause.
    Busy,
    /// The access token was refused: replaced, expired, or not a token.
    Token,
    /// The credentials, or the address they are used from, were refused.
    Credential,
    /// The account lacks the right.
    Permission,
    /// Too many calls.
    RateLimit,
    /// The request is wrong and will stay wrong.
    InvalidArgument,
    /// What the request names does not exist.
    NotFound,
    /// Anything else, a code that the table does not list included.
    Other,
}
