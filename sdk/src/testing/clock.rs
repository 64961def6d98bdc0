//! The server's own time.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::clock::Clock;
use crate::lock::lock;
use crate::wire::UnixTime;

/// The server's clock, by which tokens expire, quotas are counted and placements come into effect.
///
/// It begins with the system's time and runs on. A test moves it with [`advance`](Self::advance),
/// or stops it at a time of its choice with [`stop_at`](Self::stop_at). Clones are the same clock.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// use std::time::Duration;
/// use wechat_bizwifi::testing::TestServer;
///
/// let server = TestServer::start().await?;
/// server.clock().stop_at(1_457_280_000);
/// server.clock().advance(Duration::from_secs(60));
/// assert_eq!(server.clock().now().seconds(), 1_457_280_060);
/// # Ok(())
/// # }
/// ```
///
/// Pauses that a fault scripts, such as
/// [`delay`](crate::testing::FaultBuilder::delay), are real time all the same.
#[derive(Clone, Debug)]
pub struct ServerClock(Arc<Mutex<Hands>>);

#[derive(Debug)]
struct Hands {
    /// The time since the Unix epoch when the source was last read.
    base: Duration,
    source: Source,
}

#[derive(Debug)]
enum Source {
    Stopped,
    System(Instant),
    Given(Box<dyn Clock>, Instant),
}

impl Source {
    /// How long it is since the last call.
    fn elapsed(&mut self) -> Duration {
        let (last, now) = match self {
            Self::Stopped => return Duration::ZERO,
            Self::System(last) => (last, Instant::now()),
            Self::Given(clock, last) => (last, clock.now()),
        };
        let elapsed = now.saturating_duration_since(*last);
        *last = now;
        elapsed
    }
}

impl ServerClock {
    /// The system's time, running.
    pub(super) fn system() -> Self {
        let base = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self::with(base, Source::System(Instant::now()))
    }

    fn with(base: Duration, source: Source) -> Self {
        Self(Arc::new(Mutex::new(Hands { base, source })))
    }

    /// The present time.
    pub fn now(&self) -> UnixTime {
        UnixTime::from_seconds(i64::try_from(self.since_epoch().as_secs()).unwrap_or(i64::MAX))
    }

    /// Moves the clock forward.
    pub fn advance(&self, time: Duration) {
        self.change(|hands| hands.base = hands.base.saturating_add(time));
    }

    /// Sets the clock, which stands still from now on unless it is advanced.
    ///
    /// A time before 1970 is taken as 1970.
    pub fn stop_at(&self, time: impl Into<UnixTime>) {
        let base = Duration::from_secs(u64::try_from(time.into().seconds()).unwrap_or(0));
        self.change(|hands| *hands = Hands { base, source: Source::Stopped });
    }

    /// Lets this clock move as another does, such as the one that the client under test goes by:
    /// the two then never disagree about the life of a token.
    pub fn follow(&self, clock: impl Clock + 'static) {
        let start = clock.now();
        self.change(|hands| hands.source = Source::Given(Box::new(clock), start));
    }

    pub(super) fn since_epoch(&self) -> Duration {
        self.change(|hands| hands.base)
    }

    fn change<T>(&self, change: impl FnOnce(&mut Hands) -> T) -> T {
        let mut hands = lock(&self.0);
        let elapsed = hands.source.elapsed();
        hands.base = hands.base.saturating_add(elapsed);
        change(&mut hands)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::manual::ManualClock;

    #[test]
    fn a_stopped_clock_moves_only_when_it_is_told_to() {
        let clock = ServerClock::system();
        clock.stop_at(100);
        clock.advance(Duration::from_millis(1500));
        assert_eq!(clock.since_epoch(), Duration::from_millis(101_500));
        assert_eq!(clock.now(), UnixTime::from_seconds(101));
        for (time, seconds) in [(-1, 0), (0, 0), (1, 1)] {
            clock.stop_at(time);
            assert_eq!(clock.now().seconds(), seconds, "it has no time before 1970");
        }
    }

    #[test]
    fn a_clock_that_follows_another_moves_with_it() {
        let (clock, other) = (ServerClock::system(), ManualClock::new());
        clock.stop_at(100);
        clock.follow(other.clone());
        other.advance(Duration::from_secs(5));
        assert_eq!(clock.now(), UnixTime::from_seconds(105));
        clock.advance(Duration::from_secs(5));
        assert_eq!(clock.now(), UnixTime::from_seconds(110));
    }

    #[test]
    fn a_running_clock_goes_with_the_system() {
        let clock = ServerClock::system();
        let now = UnixTime::from(SystemTime::now()).seconds();
        assert!((now - 1..=now + 1).contains(&clock.now().seconds()));
    }
}
