//! The one error of this crate: a closed box with questions.
//!
//! What a caller wants to know is what to do next, so that is what the methods of [`Error`]
//! answer. What other crates report stays behind `source()`: it is for reading, not for matching,
//! so a change of HTTP library breaks nobody.

mod kind;
mod refused;

use std::error::Error as StdError;
use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::Arc;
use std::time::Duration;

pub use kind::ErrorKind;
pub(crate) use refused::Refused;

use crate::endpoint::{CodeClass, ReturnCode};
use crate::language::Language;
use crate::text::one_line;
use crate::wire::{Invalid, Violation, all_in_chinese};

/// Why a call, or the building of a client or of a request, failed.
///
/// [`kind`](Self::kind) says what sort of failure it is and, in [`ErrorKind`]'s documentation, what
/// to do about it; the other methods tell the details that programs need. `Display` is one line
/// without its cause; the cause is in `source()`. Neither token nor secret is in any of them.
///
/// ```
/// use wechat_bizwifi::{Error, ErrorKind, ReturnCode};
///
/// fn explain(error: &Error) -> &'static str {
///     match (error.kind(), error.code()) {
///         (ErrorKind::Invalid, _) => "see violations(): nothing was sent",
///         (ErrorKind::Api, Some(code)) if code == ReturnCode::new(9_008_001) => "no such card",
///         (ErrorKind::Auth, _) => "an administrator has to act",
///         _ if error.is_retryable() => "later, perhaps",
///         _ => "look at the log",
///     }
/// }
/// # let _ = explain;
/// ```
#[derive(Clone)]
pub struct Error(Arc<Inner>);

/// The foreign error behind one of ours.
pub(crate) type Cause = Arc<dyn StdError + Send + Sync>;

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    message: String,
    chinese: Chinese,
    /// What went wrong beside it, as the message in Chinese ends.
    trouble: String,
    operation: Option<&'static str>,
    refusal: Option<Refusal>,
    status: Option<u16>,
    retry_after: Option<Duration>,
    attempts: u32,
    may_have_been_sent: bool,
    is_retryable: bool,
    /// Shared, so that no program has what clones them.
    violations: Option<Arc<Vec<Violation>>>,
    source: Option<Cause>,
}

/// What an error says in Chinese. It is put together when it is asked for: a program that never asks
/// need not contain what does that.
#[derive(Clone)]
enum Chinese {
    /// What kind it is, and the message in English.
    Kind,
    Text(String),
    Refused(Arc<Refused>),
    /// Its violations.
    Violations,
    /// That there is no token, and what its source says.
    NoToken,
}

/// What a reply said when it refused the call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: ReturnCode,
    pub(crate) class: CodeClass,
    pub(crate) rid: Option<String>,
}

impl Error {
    /// What sort of failure it is, and so what to do next.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The return code with which WeChat refused the call, where it came to that.
    ///
    /// For [`ErrorKind::Auth`] it may be the code with which the token endpoint refused.
    pub fn code(&self) -> Option<ReturnCode> {
        self.0.refusal.as_ref().map(|refusal| refusal.code)
    }

    /// What kind of outcome [`code`](Self::code) stands for, by the API's table of return codes;
    /// [`CodeClass::Other`] for one that is not in it.
    pub fn class(&self) -> Option<CodeClass> {
        self.0.refusal.as_ref().map(|refusal| refusal.class)
    }

    /// The request id in WeChat's reply, which its support asks for.
    pub fn rid(&self) -> Option<&str> {
        self.0.refusal.as_ref()?.rid.as_deref()
    }

    /// The HTTP status, where it was not 200. A return code counts whatever the status, so there
    /// may be a [`code`](Self::code) as well.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// How long the service, or a gateway before it, asks to wait before the next attempt
    /// (`Retry-After`). The client waits by itself where the call's time allows it.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// How many times the operation was sent, or was tried to be: 0 when it did not come to that.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether the same call may succeed later.
    ///
    /// The client has made its own attempts by then. Before repeating an operation that is not
    /// idempotent, look at [`may_have_been_sent`](Self::may_have_been_sent) as well.
    pub fn is_retryable(&self) -> bool {
        self.0.is_retryable
    }

    /// Whether any attempt may have reached WeChat, which may then have acted on it.
    ///
    /// `false` is certain: nothing was sent, and the call can be repeated without harm. `true` with
    /// a [`code`](Self::code) means that WeChat received the call and refused it.
    pub fn may_have_been_sent(&self) -> bool {
        self.0.may_have_been_sent
    }

    /// The operation that failed, by the `operationId` of its description.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// Every rule that the request breaks, each with the JSON pointer to its place; empty for all
    /// kinds but [`ErrorKind::Invalid`].
    pub fn violations(&self) -> &[Violation] {
        self.0.violations.as_ref().map_or(&[], |violations| violations)
    }

    /// The message in a language; in English, it is that of `Display`. What WeChat, or the HTTP
    /// library, says is not translated.
    ///
    /// ```
    /// use wechat_bizwifi::{Error, Language, ListShops};
    ///
    /// let error: Error = ListShops::builder().pagesize(21).build().unwrap_err().into();
    /// assert_eq!(error.message_in(Language::Zh), "请求无效：/pagesize 不得大于 20，现为 21");
    /// ```
    pub fn message_in(&self, language: Language) -> String {
        match language {
            Language::En => self.to_string(),
            Language::Zh => self.chinese(),
        }
    }

    fn chinese(&self) -> String {
        let inner = &*self.0;
        let operation = inner.operation.map(|name| format!("{name}：")).unwrap_or_default();
        let message = one_line(&self.chinese_message());
        let attempts = match inner.attempts {
            0 | 1 => String::new(),
            several => format!("（尝试 {several} 次）"),
        };
        format!("{operation}{message}{attempts}")
    }

    fn chinese_message(&self) -> String {
        let inner = &*self.0;
        let message = match &inner.chinese {
            Chinese::Kind => {
                return format!("{}（{}）", inner.kind.message_in(Language::Zh), inner.message);
            }
            Chinese::Text(text) => text.clone(),
            Chinese::Refused(refused) => refused.chinese(),
            Chinese::Violations => format!("请求无效：{}", all_in_chinese(self.violations())),
            Chinese::NoToken => {
                let reason = self.source().and_then(|reason| reason.downcast_ref::<Self>());
                let reason = reason.map(Self::chinese).unwrap_or_default();
                format!("无法取得访问令牌（{reason}）")
            }
        };
        message + &inner.trouble
    }
}

/// How the runtime makes errors.
impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl AsRef<str>) -> Self {
        Self::of(kind, message.as_ref())
    }

    #[cold]
    fn of(kind: ErrorKind, message: &str) -> Self {
        Self(Arc::new(Inner {
            kind,
            message: one_line(message),
            chinese: Chinese::Kind,
            trouble: String::new(),
            operation: None,
            refusal: None,
            status: None,
            retry_after: None,
            attempts: 0,
            may_have_been_sent: false,
            is_retryable: false,
            violations: None,
            source: None,
        }))
    }

    pub(crate) fn config(message: impl AsRef<str>) -> Self {
        Self::new(ErrorKind::Config, message)
    }

    pub(crate) fn caused_by(self, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.with_source(cause.into().into())
    }

    fn with_source(self, source: Cause) -> Self {
        self.with(|inner| inner.source = Some(source))
    }

    /// The message in Chinese.
    pub(crate) fn in_chinese(self, message: impl Into<String>) -> Self {
        self.with(|inner| inner.chinese = Chinese::Text(message.into()))
    }

    pub(crate) fn refused(self, refusal: Refusal) -> Self {
        self.with(|inner| inner.refusal = Some(refusal))
    }

    /// What it says in Chinese: of this refusal.
    pub(crate) fn describing(self, refused: Refused) -> Self {
        self.with(|inner| inner.chinese = Chinese::Refused(Arc::new(refused)))
    }

    pub(crate) fn with_status(self, status: u16) -> Self {
        self.with(|inner| inner.status = Some(status))
    }

    pub(crate) fn with_retry_after(self, wait: Option<Duration>) -> Self {
        self.with(|inner| inner.retry_after = wait)
    }

    pub(crate) fn retryable(self, retryable: bool) -> Self {
        self.with(|inner| inner.is_retryable = retryable)
    }

    pub(crate) fn sent(self) -> Self {
        self.with(|inner| inner.may_have_been_sent = true)
    }

    /// The error as part of a call: which operation, how many attempts, and whether any of them,
    /// this one or an earlier one, may have been sent.
    pub(crate) fn during(self, operation: &'static str, attempts: u32, sent: bool) -> Self {
        self.with(|inner| {
            inner.operation = Some(operation);
            inner.attempts = attempts;
            inner.may_have_been_sent |= sent;
        })
    }

    /// What a call reports that got no token: the reason's answers, as far as they concern the
    /// call, which itself was not sent for want of one.
    pub(crate) fn no_token(reason: &Self) -> Self {
        let inner = &reason.0;
        let error = Self::new(inner.kind, "no access token could be had");
        error.with_source(Arc::new(reason.clone())).with(|error| {
            error.chinese = Chinese::NoToken;
            error.refusal.clone_from(&inner.refusal);
            error.is_retryable = inner.is_retryable;
        })
    }

    /// The error of a call whose token was refused, and that got no other: with the code of that
    /// refusal, if it has none of its own.
    pub(crate) fn after_refusal(self, refusal: &Self) -> Self {
        let refusal = self.0.refusal.clone().or_else(|| refusal.0.refusal.clone());
        self.with(|inner| inner.refusal = refusal)
    }

    /// The error, and what went wrong beside it.
    pub(crate) fn beside(self, trouble: &str) -> Self {
        self.with(|inner| {
            inner.message = one_line(&format!("{}; {trouble}", inner.message));
            inner.trouble.extend(["；", trouble]);
        })
    }

    fn with(mut self, change: impl FnOnce(&mut Inner)) -> Self {
        change(self.inner());
        self
    }

    /// Not part of each change, since a copy of what is shared takes much code.
    #[cold]
    fn inner(&mut self) -> &mut Inner {
        Arc::make_mut(&mut self.0)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            write!(out, "{operation}: ")?;
        }
        out.write_str(&self.0.message)?;
        if self.0.attempts > 1 {
            write!(out, " ({} attempts)", self.0.attempts)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        out.debug_struct("Error")
            .field("kind", &inner.kind)
            .field("message", &self.to_string())
            .field("code", &self.code())
            .field("class", &self.class())
            .field("rid", &self.rid())
            .field("status", &inner.status)
            .field("attempts", &inner.attempts)
            .field("may_have_been_sent", &inner.may_have_been_sent)
            .field("is_retryable", &inner.is_retryable)
            .field("source", &inner.source)
            .finish_non_exhaustive()
    }
}

/// An error is never changed once it is made, its cause included.
impl UnwindSafe for Error {}
impl RefUnwindSafe for Error {}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let cause = self.0.source.as_deref()?;
        Some(cause)
    }
}

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        let error = Self::new(ErrorKind::Invalid, format!("the request is invalid: {invalid}"));
        error.with(|inner| {
            inner.chinese = Chinese::Violations;
            inner.violations = Some(Arc::new(invalid.into_violations()));
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_one_pointer_and_can_be_sent_between_threads() {
        fn shared<T: Send + Sync + UnwindSafe + RefUnwindSafe + 'static>() -> usize {
            size_of::<T>()
        }
        assert_eq!(shared::<Error>(), size_of::<usize>());
        assert_eq!(shared::<crate::Client>(), 2 * size_of::<usize>());
    }

    #[test]
    fn display_is_one_line_and_leaves_the_cause_to_source() {
        let error = Error::new(ErrorKind::Connect, "cannot connect\nto it")
            .caused_by("the cause")
            .during("setCouponPlacement", 3, false);
        assert_eq!(error.to_string(), "setCouponPlacement: cannot connect to it (3 attempts)");
        assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("the cause"));
    }

    #[test]
    fn an_error_speaks_chinese_where_it_is_asked_to() {
        let error = Error::new(ErrorKind::Connect, "cannot connect").during("getShop", 3, false);
        assert_eq!(
            error.message_in(Language::Zh),
            "getShop：无法建立连接，没有发送任何内容（cannot connect）（尝试 3 次）"
        );
        assert_eq!(error.message_in(Language::En), error.to_string());
    }

    #[test]
    fn an_invalid_value_keeps_every_violation() {
        let error = Error::from(Invalid::new("maxLength", "is too long"));
        assert_eq!(error.kind(), ErrorKind::Invalid);
        assert_eq!(error.violations().len(), 1);
        assert_eq!(error.to_string(), "the request is invalid: is too long");
        assert!(!error.may_have_been_sent());
    }

    #[test]
    fn a_call_without_a_token_was_not_sent_even_if_the_token_request_was() {
        let reason = Error::new(ErrorKind::Auth, "wrong secret")
            .refused(Refusal { code: 40125.into(), class: CodeClass::Credential, rid: None })
            .sent()
            .during("getStableAccessToken", 1, true);
        let error = Error::no_token(&reason).during("getCouponPlacement", 0, false);
        assert!(!error.may_have_been_sent());
        assert_eq!(error.code(), Some(ReturnCode::new(40125)));
        assert_eq!(error.to_string(), "getCouponPlacement: no access token could be had");
    }
}
