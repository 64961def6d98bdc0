//! A hook around each attempt, for metrics.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::clock::Time;
use crate::error::Error;

/// Is called before each attempt begins and after it ends: for metrics that do not come from
/// `tracing`.
///
/// [`ClientBuilder::observer`](crate::ClientBuilder::observer) takes it. It sees the fetches of tokens
/// as well, and nothing secret: neither URL nor header nor body. Its methods run within the call, so
/// they had better be quick.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::collections::BTreeMap;
/// use std::sync::{Arc, Mutex};
/// use wechat_bizwifi::testing::{Endpoint, TestServer};
/// use wechat_bizwifi::{AttemptEnd, AttemptStart, GetCouponPlacement, Observer};
///
/// /// Counts attempts by operation and outcome, where a crate for metrics would do so.
/// #[derive(Default)]
/// struct Counters(Mutex<BTreeMap<String, u32>>);
///
/// impl Observer for Counters {
///     fn after(&self, attempt: &AttemptStart, end: &AttemptEnd<'_>) {
///         let name = format!("{} {}", attempt.operation(), end.outcome());
///         // metrics::counter!("wechat_attempts", "operation" => …, "outcome" => …).increment(1)
///         // metrics::histogram!("wechat_attempt_seconds", …).record(end.duration())
///         *self.0.lock().unwrap().entry(name).or_default() += 1;
///     }
/// }
///
/// let server = TestServer::start().await?;
/// server.fault(Endpoint::GET_COUPON_PLACEMENT).reply_status(502);
/// let counters = Arc::new(Counters::default());
/// let client = server.client_builder().observer(counters.clone()).build()?;
/// client.get_coupon_placement(&GetCouponPlacement::new(429_620)).await?;
///
/// let counted: Vec<_> = counters.0.lock().unwrap().clone().into_iter().collect();
/// assert_eq!(counted, [
///     ("getCouponPlacement http".to_owned(), 1),
///     ("getCouponPlacement ok".to_owned(), 1),
///     ("getStableAccessToken ok".to_owned(), 1),
/// ]);
/// # Ok(())
/// # }
/// ```
pub trait Observer: Send + Sync {
    /// An attempt begins.
    fn before(&self, attempt: &AttemptStart) {
        let _ = attempt;
    }

    /// An attempt has ended, or its call was dropped.
    fn after(&self, attempt: &AttemptStart, end: &AttemptEnd<'_>) {
        let _ = (attempt, end);
    }
}

impl<T: Observer + ?Sized> Observer for Arc<T> {
    fn before(&self, attempt: &AttemptStart) {
        (**self).before(attempt);
    }

    fn after(&self, attempt: &AttemptStart, end: &AttemptEnd<'_>) {
        (**self).after(attempt, end);
    }
}

/// One attempt of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttemptStart {
    operation: &'static str,
    number: u32,
}

impl AttemptStart {
    /// The operation, by the `operationId` of its description.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Which attempt of its call it is, counted from 1.
    pub fn number(&self) -> u32 {
        self.number
    }
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug)]
pub struct AttemptEnd<'a> {
    duration: Duration,
    status: Option<u16>,
    outcome: Outcome<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Outcome<'a> {
    Success,
    Failure(&'a Error),
    Dropped,
}

impl<'a> AttemptEnd<'a> {
    /// How long it took, from connecting to the last byte of the reply.
    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// Why it failed, if it did.
    pub fn error(&self) -> Option<&'a Error> {
        match self.outcome {
            Outcome::Failure(error) => Some(error),
            Outcome::Success | Outcome::Dropped => None,
        }
    }

    /// The HTTP status of the reply; `None` if none came to its end.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The outcome in a word, as spans have it: `ok`, the error's [kind](crate::ErrorKind), or
    /// `dropped` where the call was given up meanwhile.
    pub fn outcome(&self) -> &'static str {
        match self.outcome {
            Outcome::Success => "ok",
            Outcome::Failure(error) => error.kind().as_str(),
            Outcome::Dropped => "dropped",
        }
    }
}

/// The observer of a client, if it has one.
#[derive(Clone, Default)]
pub(crate) struct Observers(Option<Arc<dyn Observer>>);

impl Observers {
    pub(crate) fn one(observer: impl Observer + 'static) -> Self {
        Self(Some(Arc::new(observer)))
    }

    /// Reports that an attempt begins. What is returned reports its end.
    pub(crate) fn begin<'a>(
        &'a self,
        operation: &'static str,
        number: u32,
        time: &'a Time,
    ) -> Watch<'a> {
        let begun = self.0.as_deref().map(|observer| {
            let attempt = AttemptStart { operation, number };
            observer.before(&attempt);
            Begun { observer, attempt, time, start: time.now() }
        });
        Watch(begun)
    }
}

impl fmt::Debug for Observers {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(if self.0.is_some() { "Observer(..)" } else { "None" })
    }
}

/// An attempt under way. If it is dropped with its call, that is reported as its end.
pub(crate) struct Watch<'a>(Option<Begun<'a>>);

struct Begun<'a> {
    observer: &'a dyn Observer,
    attempt: AttemptStart,
    time: &'a Time,
    start: Instant,
}

impl Begun<'_> {
    fn report_end(&self, status: Option<u16>, outcome: Outcome<'_>) {
        let duration = self.time.now().saturating_duration_since(self.start);
        self.observer.after(&self.attempt, &AttemptEnd { duration, status, outcome });
    }
}

impl Watch<'_> {
    pub(crate) fn end(mut self, status: Option<u16>, error: Option<&Error>) {
        if let Some(begun) = self.0.take() {
            begun.report_end(status, error.map_or(Outcome::Success, Outcome::Failure));
        }
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if let Some(begun) = self.0.take() {
            begun.report_end(None, Outcome::Dropped);
        }
    }
}

#[cfg(all(test, feature = "testing"))]
#[path = "observer_tests.rs"]
mod tests;
