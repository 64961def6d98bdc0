//! The one error of this crate: an opaque struct, whose methods say what went wrong and what to do.
//!
//! A caller needs to know what to do next, so the methods of [`Error`] answer that. Errors of other
//! crates are only in `source()`: they are for reading, not for matching, so a change of HTTP library
//! breaks no caller.

mod chinese;
mod constructors;
mod kind;
mod refusal;

use std::error::Error as StdError;
use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::Arc;
use std::time::Duration;

use chinese::Chinese;
pub use kind::ErrorKind;
pub(crate) use refusal::Refusal;

use crate::endpoint::{CodeClass, ReturnCode};
use crate::language::Language;
use crate::wire::Violation;

/// Why a call, or the building of a client or of a request, failed.
///
/// [`kind`](Self::kind) says what sort of failure it is and, in [`ErrorKind`]'s documentation, what
/// to do about it; the other methods return the details that programs need. `Display` is one line
/// without the cause; the cause is in `source()`. None of them contains a token or a secret.
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
    /// What else went wrong: the end of the message in Chinese.
    chinese_end: String,
    operation: Option<&'static str>,
    refusal: Option<Arc<Refusal>>,
    status: Option<u16>,
    retry_after: Option<Duration>,
    attempts: u32,
    effect: Effect,
    is_retryable: bool,
    /// Shared, so that no program contains the code that clones violations.
    violations: Option<Arc<Vec<Violation>>>,
    source: Option<Cause>,
}

/// What a failed call may have done, from the least to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Effect {
    /// Nothing was sent.
    NotSent,
    /// A reply says that the call was refused.
    Refused,
    /// It was sent, and no reply says that it was refused.
    Possible,
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

    /// What WeChat says beside the [`code`](Self::code) (`errmsg`), as one line without secrets.
    pub fn service_message(&self) -> Option<&str> {
        self.0.refusal.as_ref().map(|refusal| &*refusal.message)
    }

    /// The request id in WeChat's reply, which its support asks for.
    pub fn rid(&self) -> Option<&str> {
        self.0.refusal.as_ref()?.rid()
    }

    /// The HTTP status of the last reply; `None` if none came to its end. A return code counts whatever the
    /// status, so there may be a [`code`](Self::code) as well.
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
    /// idempotent, look at [`may_have_taken_effect`](Self::may_have_taken_effect) as well.
    pub fn is_retryable(&self) -> bool {
        self.0.is_retryable
    }

    /// Whether any attempt may have reached WeChat. `false` is certain: nothing was sent.
    pub fn may_have_been_sent(&self) -> bool {
        self.0.effect > Effect::NotSent
    }

    /// Whether WeChat may have carried the call out: an attempt was sent, and its reply, if any, does not
    /// say that the call was refused.
    ///
    /// `false` is certain: nothing has changed, and the call can be repeated without harm. After
    /// `true`, read back before you repeat a call that is not idempotent. A return code of class
    /// [`Busy`](CodeClass::Busy), and an undocumented one with an HTTP status such as 502, do not
    /// tell whether the call was carried out.
    pub fn may_have_taken_effect(&self) -> bool {
        self.0.effect == Effect::Possible
    }

    /// Whether the message says that nothing was sent: a failed connection leaves that open.
    fn says_nothing_was_sent(&self) -> bool {
        self.0.kind == ErrorKind::Connect
            && self.0.operation.is_some()
            && !self.may_have_been_sent()
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
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            write!(out, "{operation}: ")?;
        }
        out.write_str(&self.0.message)?;
        match (self.0.attempts, self.says_nothing_was_sent()) {
            (0 | 1, false) => Ok(()),
            (0 | 1, true) => out.write_str(" (nothing was sent)"),
            (several, false) => write!(out, " ({several} attempts)"),
            (several, true) => write!(out, " ({several} attempts, nothing was sent)"),
        }
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
            .field("effect", &inner.effect)
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

#[cfg(test)]
mod tests {
    use wechat_bizwifi_rules::message::{Arg, MUST_BE, NOT_ALLOWED, NULL};

    use super::*;
    use crate::endpoint::Endpoint;
    use crate::generated::GetCouponPlacement;
    use crate::wire::Invalid;

    fn refusal(code: i64) -> Refusal {
        Refusal::new(GetCouponPlacement::OPERATION, code, String::new())
    }

    #[test]
    fn an_error_says_its_operation_and_how_often_that_was_tried_if_it_was_more_than_once() {
        let error = Error::new(ErrorKind::Api, "refused");
        assert_eq!((error.attempts(), &*error.to_string()), (0, "refused"));
        for (attempts, said) in
            [(0, "get: refused"), (1, "get: refused"), (2, "get: refused (2 attempts)")]
        {
            let error = error.clone().during("get", attempts, Effect::NotSent);
            assert_eq!((error.attempts(), &*error.to_string()), (attempts, said));
        }
    }

    #[test]
    fn a_call_has_done_what_that_attempt_may_have_done_which_came_furthest() {
        let refused = |class| {
            let refusal = Refusal { class, ..refusal(7) };
            Error::new(ErrorKind::Api, "no").refused(refusal)
        };
        for (error, [sent, effect]) in [
            (Error::new(ErrorKind::Connect, "no route"), [false, false]),
            (Error::new(ErrorKind::Timeout, "no reply").maybe_sent(), [true, true]),
            (refused(CodeClass::NotFound), [true, false]),
            (refused(CodeClass::Other), [true, false]),
            (refused(CodeClass::Busy), [true, true]),
        ] {
            let said = |error: &Error| [error.may_have_been_sent(), error.may_have_taken_effect()];
            assert_eq!(said(&error), [sent, effect], "{error:?}");
            let call = |before| said(&error.clone().during("get", 2, before));
            assert_eq!(call(Effect::NotSent), [sent, effect], "{error:?}");
            assert_eq!(call(Effect::Refused), [true, effect], "{error:?}");
            assert_eq!(call(Effect::Possible), [true, true], "{error:?}");
        }
    }

    #[test]
    fn a_call_whose_token_was_refused_has_that_code_unless_its_error_has_one() {
        let refused = |code| Error::new(ErrorKind::Auth, "no").refused(refusal(code));
        let code = |error: Error| error.code().map(ReturnCode::value);
        let bare = Error::new(ErrorKind::Connect, "refused");
        assert_eq!(code(bare.clone().after_refusal(&refused(40001))), Some(40001));
        assert_eq!(code(refused(40164).after_refusal(&refused(40001))), Some(40164));
        assert_eq!(code(bare.clone().after_refusal(&bare)), None);
    }

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
            .during("setCouponPlacement", 3, Effect::NotSent);
        assert_eq!(
            error.to_string(),
            "setCouponPlacement: cannot connect to it (3 attempts, nothing was sent)"
        );
        assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("the cause"));
    }

    #[test]
    fn an_error_speaks_chinese_where_it_is_asked_to() {
        let connect = || Error::new(ErrorKind::Connect, "cannot connect");
        let during = |attempts| connect().during("getShop", attempts, Effect::NotSent);
        let connected = "无法建立连接（cannot connect）";
        for (error, message) in [
            (connect(), connected.to_owned()),
            (during(1), format!("getShop：{connected}（没有发送任何内容）")),
            (during(3), format!("getShop：{connected}（尝试 3 次，没有发送任何内容）")),
            (connect().in_chinese("连不上"), "连不上".to_owned()),
            (
                Invalid::new("x", MUST_BE.with([Arg::Words(NULL)])).into(),
                "请求无效：必须是 null".to_owned(),
            ),
            (Error::no_token(&connect()), format!("无法取得访问令牌（{connected}）")),
        ] {
            assert_eq!(error.message_in(Language::Zh), message);
            assert_eq!(error.message_in(Language::En), error.to_string());
        }
    }

    #[test]
    fn an_invalid_value_keeps_every_violation() {
        let error = Error::from(Invalid::new("not", NOT_ALLOWED.into()));
        assert_eq!(error.kind(), ErrorKind::Invalid);
        assert_eq!(error.violations().len(), 1);
        assert_eq!(error.to_string(), "the request is invalid: is not allowed");
        assert!(!error.may_have_been_sent());
    }

    #[test]
    fn a_call_without_a_token_was_not_sent_even_if_the_token_request_was() {
        let reason = Error::new(ErrorKind::Auth, "wrong secret").refused(refusal(40125)).during(
            "getStableAccessToken",
            1,
            Effect::Possible,
        );
        let reason = reason.with_retry_after(Some(Duration::from_secs(7))).with_status(429);
        let error = Error::no_token(&reason).during("getCouponPlacement", 0, Effect::NotSent);
        assert!(!error.may_have_been_sent());
        assert_eq!(error.code(), Some(ReturnCode::new(40125)));
        assert_eq!(
            (error.status(), error.retry_after()),
            (Some(429), Some(Duration::from_secs(7)))
        );
        assert_eq!(error.to_string(), "getCouponPlacement: no access token could be obtained");
    }
}
