//! Chance, which spreads out what many would do at the same time.
//!
//! ```text
//! pause.mul_f64(jitter::fraction())    anything from nothing to the pause
//! ```

use std::cell::Cell;
use std::hash::{BuildHasher as _, RandomState};

thread_local! {
    /// Where it begins is random, as the standard library's hashers are.
    static STATE: Cell<u64> = Cell::new(RandomState::new().hash_one(0_u8));
}

/// A number from 0 up to 1.
pub(crate) fn fraction() -> f64 {
    /// As bits, from 1 up to 2 whatever the last 52 are.
    const ONE: u64 = 1.0_f64.to_bits();
    f64::from_bits(ONE | (next() >> 12)) - 1.0
}

/// The next number, by the algorithm that is called `SplitMix64`. It is for nothing that has to be secret.
fn next() -> u64 {
    STATE.with(|state| {
        state.set(state.get().wrapping_add(0x9e37_79b9_7f4a_7c15));
        let number = state.get();
        let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        number ^ (number >> 31)
    })
}

/// Has this thread draw the same from now on as at other times.
#[cfg(test)]
pub(crate) fn seed(seed: u64) {
    STATE.set(seed);
}

#[cfg(test)]
mod tests {
    use super::{STATE, fraction, next};

    #[test]
    fn numbers_are_those_of_the_algorithm() {
        STATE.set(1_234_567);
        // As the author's own program prints them.
        assert_eq!([next(), next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }

    #[test]
    fn fractions_fill_the_range_evenly() {
        STATE.set(2);
        let mut tenths = [0; 10];
        for _ in 0..10_000 {
            let fraction = fraction();
            let tenth = (1..10).find(|tenth| fraction < f64::from(*tenth) / 10.0).unwrap_or(10);
            assert!((0.0..1.0).contains(&fraction));
            tenths[usize::try_from(tenth).unwrap() - 1] += 1;
        }
        assert!(tenths.iter().all(|count| (900..1100).contains(count)), "{tenths:?}");
    }

    #[test]
    fn two_threads_draw_other_numbers() {
        let draw = || std::thread::spawn(|| (next(), next())).join().unwrap();
        assert_ne!(draw(), draw());
    }
}
