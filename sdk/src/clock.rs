//! Time: that of tokio, or of a clock that a test brings.

use std::fmt;
use std::future::{Future, pending, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use tokio::time::{Sleep, sleep_until};

use crate::runtime::Boxed;

/// A clock for tests of your own: all time limits, pauses and lifetimes of tokens go by it.
///
/// Expiry of tokens, pauses between attempts, timeouts and the daily limits all follow it. Three things do
/// not: the time to connect, which reqwest keeps, the time limit of a `RedisStore`, and a
/// [`MemoryStore`](crate::token::MemoryStore) that is not given [the same
/// clock](crate::token::MemoryStore::on). Without one a client uses tokio's time, which
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

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> Instant {
        (**self).now()
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        (**self).sleep(time)
    }
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
            // By the clock, whether or not the runtime's timer still runs.
            Self::Tokio => self.timeout(Some(time), pending()).await.unwrap_or(()),
            Self::Given(clock) => clock.sleep(time).await,
        }
    }

    /// Runs `work` for at most `limit`; `None` is no limit.
    ///
    /// Whenever `work` is polled tokio's clock is read too, so that the limit holds even if the timer
    /// never fires because its thread is blocked or has ended.
    pub(crate) fn timeout<F: Future>(
        &self,
        limit: Option<Duration>,
        work: F,
    ) -> impl Future<Output = Result<F::Output, Elapsed>> {
        self.until(limit.and_then(|limit| Some((self.now().checked_add(limit)?, limit))), work)
    }

    /// The same, counted from a moment that was just now.
    pub(crate) fn timeout_from<F: Future>(
        &self,
        now: Instant,
        limit: Duration,
        work: F,
    ) -> impl Future<Output = Result<F::Output, Elapsed>> {
        self.until(now.checked_add(limit).map(|end| (end, limit)), work)
    }

    /// Runs `work` until a moment that is so far away; `None` is no limit.
    async fn until<F: Future>(
        &self,
        end: Option<(Instant, Duration)>,
        work: F,
    ) -> Result<F::Output, Elapsed> {
        let (mut work, mut sleep) = (pin!(work), pin!(None));
        let mut alarm = Alarm { sleep: sleep.as_mut(), given: None };
        poll_fn(|cx| match (work.as_mut().poll(cx), end) {
            (Poll::Ready(output), _) => Poll::Ready(Ok(output)),
            (Poll::Pending, Some(end)) => alarm.poll(self, end, cx).map(Err),
            (Poll::Pending, None) => Poll::Pending,
        })
        .await
    }
}

/// Ends work whose time is over. It is made when it is needed: not for work that is done at once. It
/// does not depend on the type of the work, so that a program has one copy of it.
struct Alarm<'a> {
    sleep: Pin<&'a mut Option<Sleep>>,
    given: Option<Boxed<'static, ()>>,
}

impl Alarm<'_> {
    fn poll(
        &mut self,
        time: &Time,
        (end, limit): (Instant, Duration),
        cx: &mut Context<'_>,
    ) -> Poll<Elapsed> {
        let rung = match time {
            Time::Tokio => {
                if self.sleep.is_none() {
                    self.sleep.set(Some(sleep_until(end.into())));
                } else if time.now() >= end {
                    return Poll::Ready(Elapsed);
                }
                self.sleep.as_mut().as_pin_mut().map_or(Poll::Pending, |sleep| sleep.poll(cx))
            }
            Time::Given(clock) => {
                self.given.get_or_insert_with(|| clock.sleep(limit)).as_mut().poll(cx)
            }
        };
        rung.map(|()| Elapsed)
    }
}

/// How long something may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TimeLimit<'a> {
    pub(crate) time: &'a Time,
    pub(crate) end: Deadline,
}

impl TimeLimit<'_> {
    pub(crate) fn is_over(&self) -> bool {
        self.end.left(self.time.now()).is_some_and(|left| left.is_zero())
    }

    /// Runs `work` for half of the time that is left, at most for `most`.
    pub(crate) fn half<F: Future>(
        &self,
        most: Duration,
        work: F,
    ) -> impl Future<Output = Result<F::Output, Elapsed>> {
        let limit = self.end.cap(self.time.now(), most.saturating_mul(2)) / 2;
        self.time.timeout(Some(limit), work)
    }
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
mod tests {
    use super::*;

    fn seconds(count: u64) -> Duration {
        Duration::from_secs(count)
    }

    #[test]
    fn a_deadline_says_what_is_left_and_what_still_fits() {
        let now = Instant::now();
        let end = Deadline::after(now, seconds(10));
        for (passed, left, fits, capped) in [
            (0, 10, true, 5),
            (4, 6, true, 5),
            (5, 5, false, 5),
            (9, 1, false, 1),
            (10, 0, false, 0),
        ] {
            let at = now + seconds(passed);
            assert_eq!(end.left(at), Some(seconds(left)), "{passed}");
            assert_eq!(end.allows(at, seconds(5)), fits, "{passed}");
            assert_eq!(end.cap(at, seconds(5)), seconds(capped), "{passed}");
        }
        assert_eq!(end.left(now + seconds(11)), Some(Duration::ZERO));
        let never = Deadline::after(now, Duration::MAX);
        assert_eq!((never.left(now), never.allows(now, Duration::MAX)), (None, true));
        assert_eq!(never.cap(now, seconds(5)), seconds(5));
    }

    #[test]
    fn a_limit_is_over_at_its_end_and_never_without_one() {
        let clock = manual::ManualClock::new();
        let time = clock.time();
        let limit = |limit| TimeLimit { time: &time, end: Deadline::after(time.now(), limit) };
        let (ten, none) = (limit(seconds(10)), limit(Duration::MAX));
        for (passed, is_over) in [(0, false), (9, false), (1, true), (1, true)] {
            clock.advance(seconds(passed));
            assert_eq!((ten.is_over(), none.is_over()), (is_over, false));
        }
    }

    #[test]
    fn half_of_a_limit_is_half_of_what_is_left_and_never_more_than_the_most() {
        for (limit, half) in [(10, 4), (8, 4), (6, 3), (0, 0)] {
            let clock = manual::ManualClock::eager();
            let time = clock.time();
            let limit = TimeLimit { time: &time, end: Deadline::after(time.now(), seconds(limit)) };
            let work = limit.half(seconds(4), pending::<()>());
            assert!(crate::runtime::by_hand::now(work).is_err());
            assert_eq!(clock.slept(), [seconds(half)]);
        }
    }
}

#[cfg(test)]
pub(crate) mod manual {
    //! A clock that stands still until the test moves it.

    use std::collections::BTreeMap;
    use std::sync::{Mutex, MutexGuard};
    use std::task::Waker;

    use super::{Arc, Clock, Context, Duration, Future, Instant, Pin, Poll, Time};
    use crate::lock::lock;

    #[derive(Clone, Debug)]
    pub(crate) struct ManualClock(Arc<Mutex<Hands>>);

    #[derive(Debug)]
    struct Hands {
        now: Instant,
        /// Whether the sleep that ends first moves the clock itself, instead of waiting for the test
        /// to do so.
        eager: bool,
        /// The sleeps that came to their end.
        slept: Vec<Duration>,
        /// By the moment of their end, and their number.
        sleepers: BTreeMap<(Instant, u64), Waker>,
        sleeps: u64,
    }

    impl ManualClock {
        pub(crate) fn new() -> Self {
            Self::start(false)
        }

        /// A clock whose sleeps take no time, and move it: whichever would be over first.
        pub(crate) fn eager() -> Self {
            Self::start(true)
        }

        fn start(eager: bool) -> Self {
            let (slept, sleepers) = (Vec::new(), BTreeMap::new());
            let hands = Hands { now: Instant::now(), eager, slept, sleepers, sleeps: 0 };
            Self(Arc::new(Mutex::new(hands)))
        }

        pub(crate) fn time(&self) -> Time {
            Time::Given(Arc::new(self.clone()))
        }

        pub(crate) fn advance(&self, time: Duration) {
            let mut hands = self.hands();
            hands.now += time;
            let now = hands.now;
            let later = hands.sleepers.split_off(&(now, u64::MAX));
            let due = std::mem::replace(&mut hands.sleepers, later);
            drop(hands);
            due.into_values().for_each(Waker::wake);
        }

        pub(crate) fn slept(&self) -> Vec<Duration> {
            self.hands().slept.clone()
        }

        fn hands(&self) -> MutexGuard<'_, Hands> {
            lock(&self.0)
        }
    }

    impl Clock for ManualClock {
        fn now(&self) -> Instant {
            self.hands().now
        }

        fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
            let mut hands = self.hands();
            hands.sleeps += 1;
            let key = (hands.now + time, hands.sleeps);
            Box::pin(Sleep { clock: self.clone(), time, key })
        }
    }

    struct Sleep {
        clock: ManualClock,
        time: Duration,
        key: (Instant, u64),
    }

    impl Future for Sleep {
        type Output = ();

        fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
            let mut hands = self.clock.hands();
            // When it is polled once more, nothing else has had anything to do.
            let waited = hands.sleepers.insert(self.key, cx.waker().clone()).is_some();
            let is_first = hands.sleepers.keys().next() == Some(&self.key);
            if hands.eager && waited && is_first {
                hands.now = hands.now.max(self.key.0);
            }
            if hands.now >= self.key.0 {
                if hands.slept.len() < 100 {
                    hands.slept.push(self.time);
                }
                return Poll::Ready(());
            }
            if hands.eager {
                cx.waker().wake_by_ref();
            }
            Poll::Pending
        }
    }

    impl Drop for Sleep {
        fn drop(&mut self) {
            self.clock.hands().sleepers.remove(&self.key);
        }
    }
}
