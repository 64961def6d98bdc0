//! Time limits and retries: of a client, or of a single call.

use std::time::Duration;

use crate::observer::Observers;
use crate::retry::RetryPolicy;

/// The least that a token fetch is given, and one attempt of it.
const LEAST_TOKEN_TIMEOUT: Duration = Duration::from_secs(30);
const LEAST_TOKEN_ATTEMPT_TIMEOUT: Duration = Duration::from_secs(2);

/// Settings for some calls that differ from the client's.
///
/// [`Client::with`](crate::Client::with) makes a handle on which they hold; what is not set here
/// stays as it is on the client.
///
/// ```
/// use std::time::Duration;
/// use wechat_bizwifi::CallOptions;
/// use wechat_bizwifi::retry::RetryPolicy;
///
/// let hurried = CallOptions::new()
///     .timeout(Duration::from_secs(2))
///     .attempt_timeout(Duration::from_secs(1))
///     .retry(RetryPolicy::never());
/// # let _ = hurried;
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct CallOptions {
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    retry: Option<RetryPolicy>,
    idempotent: Option<bool>,
}

impl CallOptions {
    /// Nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// How long the whole call may take: waiting for a token, all attempts and the pauses between
    /// them. `Duration::MAX` is no limit.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How long one attempt may take, from connecting to the last byte of the reply.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// How often and when to repeat.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Whether sending an operation twice has the effect of sending it once, where you know better
    /// than its description.
    ///
    /// With `true`, attempts that may have been sent are repeated too. Placing the same coupon twice
    /// is harmless if nobody else places another in between, for example.
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.idempotent = Some(idempotent);
        self
    }
}

/// The settings of a call.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Duration,
    pub(crate) retry: RetryPolicy,
    /// Overrides the operation's own.
    pub(crate) idempotent: Option<bool>,
    pub(crate) observers: Observers,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            attempt_timeout: Duration::from_secs(10),
            retry: RetryPolicy::new(),
            idempotent: None,
            observers: Observers::default(),
        }
    }
}

impl Settings {
    /// The settings for token fetches. They are for the calls to come as well, so they do not end
    /// with the time that one call has.
    pub(crate) fn for_tokens(&self) -> Self {
        Self {
            timeout: self.timeout.max(LEAST_TOKEN_TIMEOUT),
            attempt_timeout: self.attempt_timeout.max(LEAST_TOKEN_ATTEMPT_TIMEOUT),
            ..self.clone()
        }
    }

    pub(crate) fn with(&self, options: CallOptions) -> Self {
        Self {
            timeout: options.timeout.unwrap_or(self.timeout),
            attempt_timeout: options.attempt_timeout.unwrap_or(self.attempt_timeout),
            retry: options.retry.unwrap_or_else(|| self.retry.clone()),
            idempotent: options.idempotent.or(self.idempotent),
            observers: self.observers.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn facts(settings: &Settings) -> (Duration, Duration, Option<bool>, String) {
        let retry = format!("{:?}", settings.retry);
        (settings.timeout, settings.attempt_timeout, settings.idempotent, retry)
    }

    #[test]
    fn what_a_call_does_not_set_stays_as_the_client_has_it() {
        let policy = |policy: RetryPolicy| format!("{policy:?}");
        let client = Settings::default();
        let default = (30 * SECOND, 10 * SECOND, None, policy(RetryPolicy::new()));
        assert_eq!(facts(&client), default);
        assert_eq!(facts(&client.with(CallOptions::new())), default);
        let all = CallOptions::new()
            .timeout(3 * SECOND)
            .attempt_timeout(2 * SECOND)
            .idempotent(false)
            .retry(RetryPolicy::never());
        let set = client.with(all);
        let expected = (3 * SECOND, 2 * SECOND, Some(false), policy(RetryPolicy::never()));
        assert_eq!(facts(&set), expected);
        assert_eq!(facts(&set.with(CallOptions::new())), expected);
        assert_eq!(set.with(CallOptions::new().idempotent(true)).idempotent, Some(true));
    }

    #[test]
    fn a_token_fetch_has_its_time_however_little_a_call_has() {
        for (given, expected) in [([1, 1], [30, 2]), ([30, 2], [30, 2]), ([60, 20], [60, 20])] {
            let [timeout, attempt_timeout] = given.map(Duration::from_secs);
            let settings = Settings { timeout, attempt_timeout, ..Settings::default() };
            let fetch = settings.for_tokens();
            assert_eq!([fetch.timeout, fetch.attempt_timeout], expected.map(Duration::from_secs));
        }
    }
}
