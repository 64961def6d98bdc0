//! How the runtime makes errors: a kind and a message, and then what else is known.
//!
//! ```text
//! Error::new(Connect, "cannot connect").caused_by(io_error).during("getShop", 3, effect)
//! ```

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use wechat_bizwifi_rules::message::Message;

use super::chinese::Chinese;
use super::{Cause, Effect, Error, ErrorKind, Inner, Refusal};
use crate::endpoint::CodeClass;
use crate::text::one_line;
use crate::wire::Invalid;

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
            chinese_end: String::new(),
            operation: None,
            refusal: None,
            status: None,
            retry_after: None,
            attempts: 0,
            effect: Effect::NotSent,
            is_retryable: false,
            violations: None,
            source: None,
        }))
    }

    /// An error with a message in both languages.
    pub(crate) fn said(kind: ErrorKind, message: impl Into<Message>) -> Self {
        Self::of_message(kind, message.into())
    }

    #[cold]
    fn of_message(kind: ErrorKind, message: Message) -> Self {
        let error = Self::of(kind, message.english());
        error.with(|inner| inner.chinese = Chinese::Message(message))
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

    /// The error of a reply that refuses the call.
    pub(crate) fn refused(self, refusal: Refusal) -> Self {
        self.with(|inner| {
            inner.effect = match refusal.class {
                CodeClass::Busy => Effect::Possible,
                _ => Effect::Refused,
            };
            inner.chinese = Chinese::Refusal;
            inner.refusal = Some(Arc::new(refusal));
        })
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

    /// The error of an attempt that may have been sent, without a reply that refuses it.
    pub(crate) fn maybe_sent(self) -> Self {
        self.with(|inner| inner.effect = Effect::Possible)
    }

    pub(crate) fn effect(&self) -> Effect {
        self.0.effect
    }

    /// The error as part of a call: which operation, how many attempts, and what the earlier ones may
    /// have done.
    pub(crate) fn during(self, operation: &'static str, attempts: u32, earlier: Effect) -> Self {
        self.with(|inner| {
            inner.operation = Some(operation);
            inner.attempts = attempts;
            inner.effect = inner.effect.max(earlier);
        })
    }

    /// The error of a call that was not sent because there is no token. It has the kind and the details
    /// of the reason, as far as they concern the call.
    pub(crate) fn no_token(reason: &Self) -> Self {
        let inner = &reason.0;
        let error = Self::new(inner.kind, "no access token could be obtained");
        error.with_source(Arc::new(reason.clone())).with(|error| {
            error.chinese = Chinese::NoToken;
            error.refusal.clone_from(&inner.refusal);
            error.status = inner.status;
            error.retry_after = inner.retry_after;
            error.is_retryable = inner.is_retryable;
        })
    }

    /// The error of a call whose token was refused, and that got no other: with the code of that
    /// refusal, if it has none of its own.
    pub(crate) fn after_refusal(self, refusal: &Self) -> Self {
        let refusal = self.0.refusal.clone().or_else(|| refusal.0.refusal.clone());
        self.with(|inner| inner.refusal = refusal)
    }

    /// The error, and what went wrong beside it, in both languages.
    pub(crate) fn beside(self, trouble: &str, chinese: &str) -> Self {
        self.with(|inner| {
            inner.message = one_line(&format!("{}; {trouble}", inner.message));
            inner.chinese_end.extend(["；", chinese]);
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

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        let error = Self::new(ErrorKind::Invalid, format!("the request is invalid: {invalid}"));
        error.with(|inner| {
            inner.chinese = Chinese::Violations;
            inner.violations = Some(Arc::new(invalid.into_violations()));
        })
    }
}
