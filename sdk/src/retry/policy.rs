//! The policy: how often a call is tried, and how long the pauses are.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::backoff::pause;
use super::decision::{Attempt, Decision, decide};
use crate::error::Error;

/// How often a call is tried, and how long the pauses are.
///
/// | setting | default |
/// |---|---|
/// | [`attempts`](Self::attempts) | 3 |
/// | [`base`](Self::base) | 50 ms |
/// | [`throttled_base`](Self::throttled_base) | 1 s |
/// | [`cap`](Self::cap) | 20 s |
/// | [`decide_with`](Self::decide_with) | [`decide`] |
///
/// The pause after attempt n is drawn evenly from 0 to base · 2ⁿ⁻¹, at most the cap. See the
/// [module](super) for what limits retries beside the policy.
#[derive(Clone)]
pub struct RetryPolicy {
    attempts: u32,
    base: Duration,
    throttled_base: Duration,
    cap: Duration,
    decide: Option<Arc<Decider>>,
}

type Decider = dyn Fn(&Error, Attempt) -> Decision + Send + Sync;

impl RetryPolicy {
    /// The default policy.
    pub const fn new() -> Self {
        Self {
            attempts: 3,
            base: Duration::from_millis(50),
            throttled_base: Duration::from_secs(1),
            cap: Duration::from_secs(20),
            decide: None,
        }
    }

    /// A policy that never repeats anything. (A refused token is still replaced, once.)
    pub const fn never() -> Self {
        let mut policy = Self::new();
        policy.attempts = 1;
        policy
    }

    /// How many attempts there are at most, the first included; 0 means 1. Default: 3.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The longest pause after the first attempt; it doubles with each. Default: 50 ms.
    #[must_use]
    pub const fn base(mut self, base: Duration) -> Self {
        self.base = base;
        self
    }

    /// The same for [`Decision::RetryThrottled`]. Default: 1 s.
    #[must_use]
    pub const fn throttled_base(mut self, base: Duration) -> Self {
        self.throttled_base = base;
        self
    }

    /// The longest pause of all. Default: 20 s.
    #[must_use]
    pub const fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    /// Decides by this function instead of [`decide`]. It is called after each failed attempt
    /// except the last.
    #[must_use]
    pub fn decide_with(
        mut self,
        decide: impl Fn(&Error, Attempt) -> Decision + Send + Sync + 'static,
    ) -> Self {
        self.decide = Some(Arc::new(decide));
        self
    }

    /// How long to pause before the next attempt; `None` if there is to be none.
    pub(crate) fn pause_after(&self, error: &Error, attempt: Attempt) -> Option<Duration> {
        if attempt.number >= self.attempts {
            return None;
        }
        let base = match self.decision(error, attempt) {
            Decision::Stop => return None,
            Decision::Retry => self.base,
            Decision::RetryThrottled => self.throttled_base,
        };
        Some(pause(base, self.cap, attempt.number))
    }

    fn decision(&self, error: &Error, attempt: Attempt) -> Decision {
        match &self.decide {
            Some(given) => given(error, attempt),
            None => decide(error, attempt),
        }
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for RetryPolicy {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("RetryPolicy")
            .field("attempts", &self.attempts)
            .field("base", &self.base)
            .field("throttled_base", &self.throttled_base)
            .field("cap", &self.cap)
            .field("decide", &self.decide.as_ref().map_or("default", |_| "given"))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn refused_connection() -> Error {
        Error::new(ErrorKind::Connect, "refused").retryable(true)
    }

    #[test]
    fn the_last_attempt_is_not_followed_by_another() {
        let policy = RetryPolicy::new();
        assert!(policy.pause_after(&refused_connection(), Attempt::new(2)).is_some());
        assert_eq!(policy.pause_after(&refused_connection(), Attempt::new(3)), None);
        assert_eq!(RetryPolicy::never().pause_after(&refused_connection(), Attempt::new(1)), None);
    }

    #[test]
    fn a_given_decision_replaces_the_default_one() {
        let stop = RetryPolicy::new().decide_with(|_, _| Decision::Stop);
        assert_eq!(stop.pause_after(&refused_connection(), Attempt::new(1)), None);
        let fatal = Error::new(ErrorKind::Api, "no");
        let stubborn = RetryPolicy::new().decide_with(|_, _| Decision::Retry);
        assert!(stubborn.pause_after(&fatal, Attempt::new(1)).is_some());
    }
}
