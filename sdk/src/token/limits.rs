//! How often the token endpoints allow fetches, counted by the client.
//!
//! ```text
//! legacy endpoint: 50 fetches at once, then one a minute
//! forced refreshes: 30 s apart, 20 within a day
//! ```

use std::time::{Duration, Instant};

use super::auth::TokenEndpoint;

const DAY: Duration = Duration::from_secs(24 * 3600);

/// What an endpoint allows to one account.
pub(crate) struct Limits {
    pub(crate) fetches: Bucket,
    pub(crate) forced: Forced,
}

impl Limits {
    pub(crate) fn of(endpoint: TokenEndpoint) -> Self {
        Self { fetches: Bucket::of(endpoint), forced: Forced::default() }
    }
}

/// A token bucket: so many at once, and then one after each pause.
#[derive(Debug)]
pub(crate) struct Bucket {
    burst: u32,
    every: Duration,
    left: u32,
    counted: Option<Instant>,
}

impl Bucket {
    /// The fetches that an endpoint allows.
    pub(super) fn of(endpoint: TokenEndpoint) -> Self {
        match endpoint {
            // 10,000 a minute and 500,000 a day are allowed; this is 433,000 a day.
            TokenEndpoint::Stable => Self::new(1000, Duration::from_millis(200)),
            // 2,000 a day are allowed; this is 1,490, which leaves room for repeated attempts.
            TokenEndpoint::Legacy => Self::new(50, Duration::from_secs(60)),
        }
    }

    const fn new(burst: u32, every: Duration) -> Self {
        Self { burst, every, left: burst, counted: None }
    }

    /// The part of it that is left to one of so many.
    pub(super) fn shared_by(self, count: u32) -> Self {
        let count = count.max(1);
        Self::new((self.burst / count).max(1), self.every.saturating_mul(count))
    }

    /// Takes one, if there is one.
    pub(crate) fn take(&mut self, now: Instant) -> bool {
        self.refill(now);
        let taken = self.left > 0;
        self.left = self.left.saturating_sub(1);
        taken
    }

    fn refill(&mut self, now: Instant) {
        let counted = *self.counted.get_or_insert(now);
        let passed = now.saturating_duration_since(counted);
        let due = u32::try_from(passed.as_nanos() / self.every.as_nanos()).unwrap_or(u32::MAX);
        if due >= self.burst - self.left {
            (self.left, self.counted) = (self.burst, Some(now));
        } else {
            self.left += due;
            self.counted = Some(counted + self.every * due);
        }
    }
}

/// Forced refreshes: 30 s apart, 20 within a day.
#[derive(Debug, Default)]
pub(crate) struct Forced {
    recent: Vec<Instant>,
}

impl Forced {
    const APART: Duration = Duration::from_secs(30);
    const A_DAY: usize = 20;

    /// Takes one, if it is time for one.
    pub(crate) fn take(&mut self, now: Instant) -> bool {
        let since = |then: &Instant| now.saturating_duration_since(*then);
        self.recent.retain(|then| since(then) < DAY);
        let too_soon = self.recent.last().is_some_and(|last| since(last) < Self::APART);
        if too_soon || self.recent.len() >= Self::A_DAY {
            return false;
        }
        self.recent.push(now);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(count: u64) -> Duration {
        Duration::from_secs(count)
    }

    #[test]
    fn a_bucket_gives_its_burst_and_then_one_at_a_time() {
        let start = Instant::now();
        let mut bucket = Bucket::new(3, seconds(10));
        let taken: Vec<bool> =
            [0, 0, 0, 0, 9, 10, 11, 19, 20, 20].map(|at| bucket.take(start + seconds(at))).to_vec();
        let expected = [true, true, true, false, false, true, false, false, true, false];
        assert_eq!(taken, expected);
        let later = start + seconds(1_000_000);
        assert_eq!((0..10).filter(|_| bucket.take(later)).count(), 3);
        // Of the time in which it became full, nothing counts for the next one.
        let taken = [35, 35, 35, 44, 45].map(|at| bucket.take(later + seconds(at)));
        assert_eq!(taken, [true, true, true, false, true]);
    }

    #[test]
    fn an_endpoint_is_asked_for_no_more_than_it_allows_and_a_fleet_shares_that() {
        let in_a_day = |mut bucket: Bucket| {
            let start = Instant::now();
            let at_once = (0..2000).filter(|_| bucket.take(start)).count();
            let tenths = (1..=864_000).map(|at| start + Duration::from_millis(at * 100));
            (at_once, tenths.filter(|at| bucket.take(*at)).count())
        };
        let [stable, legacy] = [TokenEndpoint::Stable, TokenEndpoint::Legacy];
        assert_eq!(in_a_day(Bucket::of(stable)), (1000, 432_000));
        assert_eq!(in_a_day(Bucket::of(legacy)), (50, 1440));
        assert_eq!(in_a_day(Bucket::of(legacy).shared_by(4)), (12, 360));
        assert_eq!(in_a_day(Bucket::of(legacy).shared_by(100)), (1, 14));
        assert_eq!(in_a_day(Bucket::of(legacy).shared_by(0)), (50, 1440));
    }

    #[test]
    fn forced_refreshes_are_thirty_seconds_apart_and_twenty_a_day() {
        let start = Instant::now();
        let mut forced = Forced::default();
        assert!(forced.take(start));
        assert!(!forced.take(start + seconds(29)));
        assert!(forced.take(start + seconds(30)));
        assert!(!forced.take(start + seconds(30)), "it counts from the last one");
        let day = (0..86_400).filter(|at| forced.take(start + seconds(31 + at))).count();
        assert_eq!(day, 18 + 2, "the first two leave the window in the last minute");
    }
}
