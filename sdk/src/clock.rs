//! Time, which tests bring along themselves.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

/// A clock for tests of your own: everything that the client does by time asks it.
///
/// Expiry of tokens, pauses between attempts, timeouts and the daily limits all follow it, except
/// the time to connect, which reqwest keeps. Without one a client uses tokio's time, which
/// `tokio::time::pause` also stops.
///
/// ```
/// use std::pin::Pin;
/// use std::sync::Mutex;
/// use std::time::{Duration, Instant};
/// use wechat_bizwifi::Clock;
///
/// /// A clock on which waiting takes no time, but is counted.
/// #[derive(Debug)]
/// struct Hurried(Mutex<Instant>);
///
/// impl Clock for Hurried {
///     fn now(&self) -> Instant {
///         *self.0.lock().unwrap()
///     }
///
///     fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
///         *self.0.lock().unwrap() += time;
///         Box::pin(std::future::ready(()))
///     }
/// }
/// ```
///
/// (On that one every call times out at once, since its timeouts pass in no time too.)
pub trait Clock: fmt::Debug + Send + Sync {
    /// The present moment. It never goes back.
    fn now(&self) -> Instant;

    /// Ends when `time` has passed.
    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>>;
}

/// The clock that a client goes by.
#[derive(Clone, Debug, Default)]
pub(crate) enum Time {
    #[default]
    Tokio,
    Given(Arc<dyn Clock>),
}

/// The time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Elapsed;

impl Time {
    pub(crate) fn now(&self) -> Instant {
        match self {
            Self::Tokio => tokio::time::Instant::now().into_std(),
            Self::Given(clock) => clock.now(),
        }
    }

    pub(crate) async fn sleep(&self, time: Duration) {
        match self {
            Self::Tokio => tokio::time::sleep(time).await,
            Self::Given(clock) => clock.sleep(time).await,
        }
    }

    /// Runs `work` for at most `limit`; `None` is no limit.
    pub(crate) async fn timeout<F: Future>(
        &self,
        limit: Option<Duration>,
        work: F,
    ) -> Result<F::Output, Elapsed> {
        let Some(limit) = limit else {
            return Ok(work.await);
        };
        match self {
            Self::Tokio => tokio::time::timeout(limit, work).await.map_err(|_| Elapsed),
            Self::Given(clock) => race(work, clock.sleep(limit)).await,
        }
    }
}

async fn race<F: Future>(work: F, alarm: impl Future<Output = ()>) -> Result<F::Output, Elapsed> {
    let (mut work, mut alarm) = (pin!(work), pin!(alarm));
    poll_fn(|cx| match work.as_mut().poll(cx) {
        Poll::Ready(output) => Poll::Ready(Ok(output)),
        Poll::Pending => alarm.as_mut().poll(cx).map(|()| Err(Elapsed)),
    })
    .await
}

/// When a call has to be over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Deadline(Option<Instant>);

impl Deadline {
    /// A time too long to count is no limit.
    pub(crate) fn after(now: Instant, time: Duration) -> Self {
        Self(now.checked_add(time))
    }

    /// How long is left; `None` is for ever.
    pub(crate) fn left(self, now: Instant) -> Option<Duration> {
        self.0.map(|end| end.saturating_duration_since(now))
    }

    /// Whether something that takes `time` would be over before it.
    pub(crate) fn allows(self, now: Instant, time: Duration) -> bool {
        self.left(now).is_none_or(|left| time < left)
    }

    /// `time`, or what is left if that is less.
    pub(crate) fn cap(self, now: Instant, time: Duration) -> Duration {
        self.left(now).map_or(time, |left| left.min(time))
    }
}

#[cfg(test)]
pub(crate) mod manual {
    //! A clock that stands still until the test moves it.

    use std::future::poll_fn;
    use std::sync::{Mutex, PoisonError};
    use std::task::Waker;

    use super::{Arc, Clock, Duration, Future, Instant, Pin, Poll, Time};

    #[derive(Clone, Debug)]
    pub(crate) struct ManualClock(Arc<Mutex<Hands>>);

    #[derive(Debug)]
    struct Hands {
        now: Instant,
        /// Whether a sleep moves the clock itself, instead of waiting for the test to do so.
        eager: bool,
        slept: Vec<Duration>,
        sleepers: Vec<(Instant, Waker)>,
    }

    impl ManualClock {
        pub(crate) fn new() -> Self {
            Self::start(false)
        }

        /// A clock whose sleeps are over at once and have moved it by their time.
        pub(crate) fn eager() -> Self {
            Self::start(true)
        }

        fn start(eager: bool) -> Self {
            let hands = Hands { now: Instant::now(), eager, slept: vec![], sleepers: vec![] };
            Self(Arc::new(Mutex::new(hands)))
        }

        pub(crate) fn time(&self) -> Time {
            Time::Given(Arc::new(self.clone()))
        }

        pub(crate) fn advance(&self, time: Duration) {
            let mut hands = self.hands();
            hands.now += time;
            let now = hands.now;
            let (due, asleep) = hands.sleepers.drain(..).partition(|(end, _)| *end <= now);
            hands.sleepers = asleep;
            drop(hands);
            let due: Vec<(Instant, Waker)> = due;
            for (_, waker) in due {
                waker.wake();
            }
        }

        pub(crate) fn slept(&self) -> Vec<Duration> {
            self.hands().slept.clone()
        }

        fn hands(&self) -> std::sync::MutexGuard<'_, Hands> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner)
        }

        fn poll(&self, end: Instant, waker: &Waker) -> Poll<()> {
            let mut hands = self.hands();
            if hands.now >= end {
                return Poll::Ready(());
            }
            hands.sleepers.push((end, waker.clone()));
            Poll::Pending
        }
    }

    impl Clock for ManualClock {
        fn now(&self) -> Instant {
            self.hands().now
        }

        fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
            let end = self.now() + time;
            let clock = self.clone();
            Box::pin(async move {
                {
                    let mut hands = clock.hands();
                    if hands.slept.len() < 100 {
                        hands.slept.push(time);
                    }
                    if hands.eager {
                        hands.now = hands.now.max(end);
                    }
                }
                poll_fn(|cx| clock.poll(end, cx.waker())).await;
            })
        }
    }
}
