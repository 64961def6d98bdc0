//! The quota of retries that all calls of a client share.
//!
//! ```text
//! 500    a retry takes 14: 486    it succeeds: 500
//!        a retry takes 14: 486    it fails: 486    a first attempt succeeds: 487
//! ```

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

const CAPACITY: u32 = 500;
const COST: u32 = 14;

/// A budget that each retry is paid from, so that a service that is down is not sent a multiple of
/// the calls.
#[derive(Clone, Debug)]
pub(crate) struct Quota(Arc<AtomicU32>);

impl Quota {
    pub(crate) fn new() -> Self {
        Self(Arc::new(AtomicU32::new(CAPACITY)))
    }

    /// Pays for a retry, if there is enough to pay with.
    pub(crate) fn take(&self) -> Option<Permit> {
        let pay = |left: u32| left.checked_sub(COST);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay).ok()?;
        Some(Permit { quota: self.clone(), refund: COST })
    }

    /// A call succeeded at its first attempt.
    pub(crate) fn refill(&self) {
        // Most of the time it is full, and then there is nothing to write.
        if self.0.load(Ordering::Relaxed) < CAPACITY {
            self.give(1);
        }
    }

    fn give(&self, units: u32) {
        let add = |left: u32| Some(left.saturating_add(units).min(CAPACITY));
        // The update always yields a value, so it cannot fail.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }
}

/// A paid retry. Whoever drops it before the retry was sent, because the call was cancelled during
/// the pause, gets the price back.
#[derive(Debug)]
pub(crate) struct Permit {
    quota: Quota,
    refund: u32,
}

impl Permit {
    /// The retry is being sent: its price is spent unless it succeeds.
    pub(crate) fn spend(mut self) -> SpentPermit {
        self.refund = 0;
        SpentPermit(self.quota.clone())
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if self.refund > 0 {
            self.quota.give(self.refund);
        }
    }
}

/// A retry that was sent.
#[derive(Debug)]
pub(crate) struct SpentPermit(Quota);

impl SpentPermit {
    /// The retry succeeded.
    pub(crate) fn succeeded(self) {
        self.0.give(COST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(quota: &Quota) -> u32 {
        quota.0.load(Ordering::Relaxed)
    }

    #[test]
    fn a_full_quota_pays_for_thirty_five_retries() {
        let quota = Quota::new();
        let paid = (0..100).filter(|_| quota.take().map(Permit::spend).is_some()).count();
        assert_eq!(paid, 35);
        assert_eq!(left(&quota), 500 - 35 * 14);
    }

    #[test]
    fn a_retry_that_succeeds_returns_its_price_and_other_successes_one_unit() {
        let quota = Quota::new();
        let (first, second) = (quota.take().unwrap(), quota.take().unwrap());
        first.spend().succeeded();
        drop(second.spend());
        assert_eq!(left(&quota), 500 - 14);
        quota.refill();
        assert_eq!(left(&quota), 500 - 13);
    }

    #[test]
    fn a_retry_that_is_cancelled_before_it_is_sent_costs_nothing() {
        let quota = Quota::new();
        drop(quota.take().unwrap());
        assert_eq!(left(&quota), 500);
    }

    #[test]
    fn it_never_holds_more_than_at_the_start() {
        let quota = Quota::new();
        let permit = quota.take().unwrap();
        (0..100).for_each(|_| quota.refill());
        permit.spend().succeeded();
        assert_eq!(left(&quota), 500);
    }
}
