//! One pace for all workers: so many calls a minute, and a pause for all of them when the service
//! asks for one.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

/// What paces and pauses are counted in.
pub(crate) const MINUTE: Duration = Duration::from_secs(60);

/// Hands out the moments at which calls may begin.
#[derive(Debug)]
pub(crate) struct Pace {
    interval: Duration,
    next: Mutex<Instant>,
}

impl Pace {
    /// So many calls a minute at the most, at even distances.
    pub(crate) fn per_minute(calls: u32) -> Self {
        let interval = MINUTE / calls.max(1);
        Self { interval, next: Mutex::new(Instant::now()) }
    }

    /// Waits until the next call may begin.
    pub(crate) async fn wait(&self) {
        let moment = {
            let mut next = self.next.lock().await;
            let moment = (*next).max(Instant::now());
            *next = moment + self.interval;
            moment
        };
        tokio::time::sleep_until(moment).await;
    }

    /// Lets no call begin before this time has passed.
    pub(crate) async fn pause(&self, time: Duration) {
        let mut next = self.next.lock().await;
        *next = (*next).max(Instant::now() + time);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn calls_begin_at_even_distances() {
        let (pace, start) = (Pace::per_minute(60), Instant::now());
        for _ in 0..11 {
            pace.wait().await;
        }
        assert_eq!(start.elapsed(), Duration::from_secs(10));
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_not_used_is_not_made_up_for() {
        let pace = Pace::per_minute(60);
        tokio::time::sleep(Duration::from_secs(30)).await;
        let start = Instant::now();
        pace.wait().await;
        pace.wait().await;
        assert_eq!(start.elapsed(), Duration::from_secs(1));
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_holds_for_every_worker() {
        let (pace, start) = (Pace::per_minute(60_000), Instant::now());
        pace.pause(Duration::from_secs(60)).await;
        tokio::join!(pace.wait(), pace.wait());
        assert_eq!(start.elapsed().as_secs(), 60);
    }
}
