//! How often an account may call an endpoint.

use std::collections::HashMap;
use std::time::Duration;

use super::endpoint::Endpoint;
use super::refusal::{Outcome, Refusal};

/// Days begin at midnight in China.
const CHINA: Duration = Duration::from_secs(8 * 3600);

const DAY: u64 = 24 * 3600;
const MINUTE: u64 = 60;

/// The number of the day that `now` lies in.
pub(super) fn day(now: Duration) -> u64 {
    now.saturating_add(CHINA).as_secs() / DAY
}

/// The limits of every endpoint, the same for each account.
#[derive(Debug)]
pub(super) struct Quotas(HashMap<Endpoint, Limits>);

#[derive(Clone, Copy, Debug, Default)]
struct Limits {
    daily: Option<u64>,
    by_minute: Option<u64>,
}

impl Default for Quotas {
    /// Those that are documented.
    fn default() -> Self {
        let stable = Limits { daily: Some(500_000), by_minute: Some(10_000) };
        let plain = Limits { daily: Some(2_000), by_minute: None };
        Self(HashMap::from([(Endpoint::STABLE_TOKEN, stable), (Endpoint::TOKEN, plain)]))
    }
}

impl Quotas {
    pub(super) fn set_daily(&mut self, endpoint: Endpoint, calls: u64) {
        self.0.entry(endpoint).or_default().daily = Some(calls);
    }

    pub(super) fn set_by_minute(&mut self, endpoint: Endpoint, calls: u64) {
        self.0.entry(endpoint).or_default().by_minute = Some(calls);
    }

    /// Counts a call, or refuses it.
    pub(super) fn charge(&self, usage: &mut Usage, path: &str, now: Duration) -> Outcome {
        for (endpoint, limits) in self.0.iter().filter(|(endpoint, _)| endpoint.covers(path)) {
            usage.0.entry(endpoint.clone()).or_default().charge(*limits, now)?;
        }
        Ok(())
    }
}

/// What one account has used.
#[derive(Debug, Default)]
pub(super) struct Usage(HashMap<Endpoint, Windows>);

#[derive(Debug, Default)]
struct Windows {
    day: Window,
    minute: Window,
}

impl Windows {
    fn charge(&mut self, limits: Limits, now: Duration) -> Outcome {
        if !self.minute.allows(now.as_secs() / MINUTE, limits.by_minute) {
            return Err(Refusal::new(45011));
        }
        if !self.day.allows(day(now), limits.daily) {
            return Err(Refusal::new(45009));
        }
        Ok(())
    }
}

/// The calls in the latest of many equal stretches of time.
#[derive(Debug, Default)]
pub(super) struct Window {
    number: u64,
    calls: u64,
}

impl Window {
    /// Counts a call in stretch `number`, unless that would be one too many.
    pub(super) fn allows(&mut self, number: u64, limit: Option<u64>) -> bool {
        if self.number != number {
            *self = Self { number, calls: 0 };
        }
        if limit.is_some_and(|limit| self.calls >= limit) {
            return false;
        }
        self.calls = self.calls.saturating_add(1);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "/cgi-bin/token";

    fn charge(quotas: &Quotas, usage: &mut Usage, seconds: u64) -> Result<(), i64> {
        let now = Duration::from_secs(seconds);
        quotas.charge(usage, PATH, now).map_err(|refusal| refusal.code)
    }

    #[test]
    fn tokens_are_fetched_no_more_often_than_is_documented() {
        let quotas = Quotas::default();
        // How many calls are accepted, at this many a minute, and the code that refuses the next one.
        let let_in = |path: &str, a_minute: u64| {
            let mut usage = Usage::default();
            let refused = (0_u64..).find_map(|call| {
                let now = Duration::from_secs(call / a_minute * 60);
                let refusal = quotas.charge(&mut usage, path, now).err()?;
                Some((call, refusal.code))
            });
            refused.unwrap()
        };
        assert_eq!(let_in("/cgi-bin/stable_token", 10_001), (10_000, 45011));
        assert_eq!(let_in("/cgi-bin/stable_token", 10_000), (500_000, 45009));
        assert_eq!(let_in(PATH, 10_000), (2_000, 45009));
    }

    #[test]
    fn a_minutes_quota_comes_back_with_the_next_minute() {
        let (mut quotas, mut usage) = (Quotas::default(), Usage::default());
        quotas.set_by_minute(Endpoint::TOKEN, 1);
        assert_eq!(charge(&quotas, &mut usage, 0), Ok(()));
        assert_eq!(charge(&quotas, &mut usage, 59), Err(45011));
        assert_eq!(charge(&quotas, &mut usage, 60), Ok(()));
    }

    #[test]
    fn a_days_quota_comes_back_at_midnight_in_china() {
        let (mut quotas, mut usage) = (Quotas::default(), Usage::default());
        quotas.set_daily(Endpoint::ANY, 1);
        assert_eq!(charge(&quotas, &mut usage, 0), Ok(()));
        assert_eq!(charge(&quotas, &mut usage, 16 * 3600 - 1), Err(45009));
        assert_eq!(charge(&quotas, &mut usage, 16 * 3600), Ok(()));
    }
}
