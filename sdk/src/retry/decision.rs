//! The decision: what an attempt's error says about the next one.

use crate::endpoint::{CodeClass, ReturnCode};
use crate::error::{Error, ErrorKind};

/// The quota per minute is used up: the only limit that a pause of seconds helps against.
const MINUTE_QUOTA: ReturnCode = ReturnCode::new(45_011);

/// A failed attempt, apart from its error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// Which attempt it was, counted from 1. The repetition after a refused token does not count.
    pub number: u32,
    /// Whether sending the operation twice has the effect of sending it once: by its description,
    /// or as [`CallOptions::idempotent`](crate::CallOptions::idempotent) says.
    pub idempotent: bool,
}

impl Attempt {
    /// The attempt with this number of an operation that is not idempotent.
    pub const fn new(number: u32) -> Self {
        Self { number, idempotent: false }
    }

    /// States whether the operation is idempotent.
    #[must_use]
    pub const fn idempotent(mut self, idempotent: bool) -> Self {
        self.idempotent = idempotent;
        self
    }
}

/// What to do after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Decision {
    /// The error is the call's result.
    Stop,
    /// Once more, after a short pause: from nothing to
    /// [`base`](crate::retry::RetryPolicy::base), which doubles with every attempt.
    Retry,
    /// Once more, after a longer pause, because we send too much: its base is
    /// [`throttled_base`](crate::retry::RetryPolicy::throttled_base).
    RetryThrottled,
}

/// The decision that policies make unless they are given another.
///
/// A failure that [may pass by itself](Error::is_retryable) is followed by another attempt, if the
/// operation is idempotent or the failed attempt [had no effect](Error::may_have_taken_effect).
/// These failures may pass: a connection that fails (unless its certificate or its proxy is at fault), a
/// time-out, a reply that breaks off, the HTTP statuses 408, 429 and 5xx, an empty reply or an HTML page, a
/// return code of class [`Busy`](CodeClass::Busy), the quota per minute (45011). A daily quota does not.
///
/// How many attempts there may be is the policy's affair, not this function's.
///
/// ```
/// use wechat_bizwifi::Error;
/// use wechat_bizwifi::retry::{Attempt, Decision, decide};
///
/// fn would_be_repeated(error: &Error) -> bool {
///     decide(error, Attempt::new(1).idempotent(true)) != Decision::Stop
/// }
/// # let _ = would_be_repeated;
/// ```
pub fn decide(error: &Error, attempt: Attempt) -> Decision {
    if !error.is_retryable() || (error.may_have_taken_effect() && !attempt.idempotent) {
        return Decision::Stop;
    }
    match error.kind() {
        ErrorKind::Throttled => Decision::RetryThrottled,
        _ => Decision::Retry,
    }
}

/// Whether a refusal with this code may pass by itself within a call's time.
pub(crate) fn is_transient(code: ReturnCode, class: CodeClass) -> bool {
    match class {
        CodeClass::Busy => true,
        CodeClass::RateLimit | CodeClass::Other => code == MINUTE_QUOTA,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(error: &Error, idempotent: bool) -> Decision {
        decide(error, Attempt::new(1).idempotent(idempotent))
    }

    #[test]
    fn what_was_not_sent_is_repeated_even_if_it_is_not_idempotent() {
        let error = Error::new(ErrorKind::Connect, "refused").retryable(true);
        assert_eq!(decided(&error, false), Decision::Retry);
    }

    #[test]
    fn what_may_have_taken_effect_is_repeated_only_if_idempotent() {
        let error = Error::new(ErrorKind::Transport, "cut").retryable(true).maybe_sent();
        assert_eq!(decided(&error, false), Decision::Stop);
        assert_eq!(decided(&error, true), Decision::Retry);
    }

    #[test]
    fn an_attempt_is_of_an_operation_that_is_not_idempotent_unless_it_is_said_to_be() {
        let attempt = Attempt::new(1);
        assert!(!attempt.idempotent && attempt.idempotent(true).idempotent);
        let error = Error::new(ErrorKind::Transport, "cut").retryable(true).maybe_sent();
        assert_eq!(decide(&error, attempt), Decision::Stop);
    }

    #[test]
    fn throttling_asks_for_the_longer_pause() {
        let error = Error::new(ErrorKind::Throttled, "slower").retryable(true).maybe_sent();
        assert_eq!(decided(&error, true), Decision::RetryThrottled);
    }

    #[test]
    fn only_the_quota_per_minute_passes_by_itself() {
        assert!(is_transient(45_011.into(), CodeClass::RateLimit));
        assert!(is_transient(45_011.into(), CodeClass::Other), "where it is not documented");
        assert!(!is_transient(45_011.into(), CodeClass::NotFound), "where it means something else");
        assert!(!is_transient(45_009.into(), CodeClass::RateLimit));
        assert!(is_transient((-1).into(), CodeClass::Busy));
        assert!(!is_transient(9_008_001.into(), CodeClass::NotFound));
    }
}
