//! One pace for all workers: so many calls a minute, and a pause for all of them when the service
//! asks for one.

use std::sync::Mutex;
use std::time::Duration;

use tokio::time::Instant;
use wechat_bizwifi::{Error, ErrorKind};

use super::lock::lock;
use super::progress::duration;
use crate::language::say;

/// What paces and pauses are counted in.
const MINUTE: Duration = Duration::from_secs(60);
/// The longest pause that a run makes. After a longer one is asked for, the run ends and says so.
const LONGEST_PAUSE: Duration = Duration::from_secs(15 * 60);

/// Hands out the moments at which calls may begin.
#[derive(Debug)]
pub(crate) struct Pace {
    interval: Duration,
    schedule: Mutex<Schedule>,
}

#[derive(Debug)]
struct Schedule {
    /// When the next call may begin.
    next: Instant,
    /// When the pause ends, if there is one.
    paused_until: Instant,
}

impl Pace {
    /// So many calls a minute at the most, at even distances.
    pub(crate) fn per_minute(calls: u32) -> Self {
        let (interval, now) = (MINUTE / calls.max(1), Instant::now());
        Self { interval, schedule: Mutex::new(Schedule { next: now, paused_until: now }) }
    }

    /// Waits until the next call may begin. A caller whose moment falls into a pause gets another one.
    pub(crate) async fn wait(&self) {
        loop {
            let Some(moment) = self.next_start() else { return };
            tokio::time::sleep_until(moment).await;
            if lock(&self.schedule).paused_until <= moment {
                return;
            }
        }
    }

    /// Waits until there is no pause, for a caller that has had its moment and was held up.
    pub(crate) async fn pause_over(&self) {
        let until = lock(&self.schedule).paused_until;
        if until > Instant::now() {
            tokio::time::sleep_until(until).await;
        }
    }

    /// Reserves the next moment; `None` if that is now. A timer is a millisecond late even if there is
    /// nothing to wait for.
    fn next_start(&self) -> Option<Instant> {
        let (now, mut schedule) = (Instant::now(), lock(&self.schedule));
        let moment = schedule.next.max(now);
        schedule.next = moment + self.interval;
        (moment > now).then_some(moment)
    }

    /// Makes the pause that the service asks for, if a run makes such pauses.
    pub(crate) fn pause_after(&self, error: &Error) {
        if let Some(time) = asked(error).filter(|time| *time <= LONGEST_PAUSE) {
            self.pause(time);
        }
    }

    /// Lets no call begin before this time has passed.
    fn pause(&self, time: Duration) {
        let mut schedule = lock(&self.schedule);
        schedule.paused_until = schedule.paused_until.max(Instant::now() + time);
        schedule.next = schedule.next.max(schedule.paused_until);
    }
}

/// How long a pause the service asks for: a minute, where a quota is used up and it names none.
fn asked(error: &Error) -> Option<Duration> {
    let is_throttled = error.kind() == ErrorKind::Throttled;
    error.retry_after().or(is_throttled.then_some(MINUTE))
}

/// What is said of a pause that is longer than a run makes, if the service asks for one.
pub(super) fn too_long(error: &Error) -> Option<String> {
    let time = asked(error).filter(|time| *time > LONGEST_PAUSE)?;
    let [time, longest] = [time, LONGEST_PAUSE].map(|time| duration(time.as_secs()));
    Some(say!(
        "the service asks for a pause of {time}, and a run pauses for {longest} at the most",
        "服务要求暂停 {time}，而一次运行最多暂停 {longest}"
    ))
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

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
    async fn one_call_a_minute_is_the_slowest_pace() {
        for calls in [0, 1] {
            let (pace, start) = (Pace::per_minute(calls), Instant::now());
            pace.wait().await;
            pace.wait().await;
            assert_eq!(start.elapsed(), MINUTE);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_moment_that_has_come_is_reserved_at_once() {
        let pace = Pace::per_minute(60);
        assert!(pace.wait().now_or_never().is_some());
        assert!(pace.wait().now_or_never().is_none());
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert!(pace.wait().now_or_never().is_some());
        assert!(pace.pause_over().now_or_never().is_some());
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
        pace.pause(Duration::from_secs(60));
        tokio::join!(pace.wait(), pace.wait());
        // One as the pause ends, and the other at its turn after that.
        assert_eq!(start.elapsed().as_millis(), 60_001);
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_holds_for_those_that_wait_already() {
        let (pace, start) = (Pace::per_minute(60), Instant::now());
        pace.wait().await;
        tokio::join!(pace.wait(), async { pace.pause(Duration::from_secs(60)) });
        assert_eq!(start.elapsed().as_secs(), 60);
        pace.pause(Duration::from_secs(5));
        pace.pause_over().await;
        pace.pause_over().await;
        assert_eq!(start.elapsed().as_secs(), 65);
    }
}
