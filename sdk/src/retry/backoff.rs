//! How long to pause: full jitter, so that many callers do not come back together.
//!
//! ```text
//! base 1 s, cap 5 s   after attempt 1: 0 to 1 s, after 2: 0 to 2 s, after 3: 0 to 4 s, then 0 to 5 s
//! ```

use std::time::Duration;

/// A pause before the attempt after number `attempt`: anything from nothing to
/// `base` · 2^(`attempt` - 1), but no more than `cap`.
pub(super) fn pause(base: Duration, cap: Duration, attempt: u32) -> Duration {
    ceiling(base, cap, attempt).mul_f64(fastrand::f64())
}

fn ceiling(base: Duration, cap: Duration, attempt: u32) -> Duration {
    let factor = 2_u32.saturating_pow(attempt.saturating_sub(1));
    base.saturating_mul(factor).min(cap)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: Duration = Duration::from_millis(50);
    const CAP: Duration = Duration::from_secs(20);

    #[test]
    fn the_ceiling_doubles_up_to_the_cap() {
        let ceilings = [1, 2, 3, 9, 10, 40, u32::MAX].map(|n| ceiling(BASE, CAP, n).as_millis());
        assert_eq!(ceilings, [50, 100, 200, 12_800, 20_000, 20_000, 20_000]);
    }

    #[test]
    fn pauses_fill_the_whole_range() {
        let pauses: Vec<Duration> = (0..1000).map(|_| pause(BASE, CAP, 1)).collect();
        assert!(pauses.iter().all(|pause| *pause <= BASE));
        assert!(pauses.iter().any(|pause| *pause < BASE / 10));
        assert!(pauses.iter().any(|pause| *pause > BASE * 9 / 10));
    }
}
