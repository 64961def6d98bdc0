//! Converting between doubles and short decimals, without a text in between.
//!
//! ```text
//! 0.25    25 × 10^-2, since 25 / 100 is this double
//! 1e300   has no short decimal, and is converted by its text
//! ```
//!
//! Whole numbers below 10^15 and powers of ten up to 10^22 are doubles. Their quotient is rounded only once, so it is
//! the double that is nearest to the decimal. No other decimal of at most 15 digits is read as the same double, so the
//! first one that is found is the shortest.

/// The powers of ten to divide by.
const POWERS: [f64; 12] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11];

/// Whole numbers below this are short.
const MOST: f64 = 1e15;

/// The double that is nearest to `mantissa × 10^exponent`, if the decimal is short.
pub(super) fn nearest(mantissa: i128, exponent: i32) -> Option<f64> {
    let mantissa = i64::try_from(mantissa).ok()?;
    let power = POWERS.get(usize::try_from(exponent.checked_neg()?).ok()?)?;
    #[expect(clippy::cast_precision_loss, reason = "what is lost is not short")]
    let double = mantissa as f64;
    (double.abs() < MOST).then_some(double / power)
}

/// The shortest decimal that is read as this double, if it has few digits after the point.
pub(super) fn short_decimal(double: f64) -> Option<(i64, i32)> {
    let mut exponent = 0;
    for power in POWERS {
        let mantissa = (double * power).round();
        if mantissa.is_nan() || mantissa.abs() >= MOST {
            return None;
        }
        if (mantissa / power).total_cmp(&double).is_eq() {
            #[expect(clippy::cast_possible_truncation, reason = "whole, and below 10^15")]
            return Some((mantissa as i64, exponent));
        }
        exponent -= 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{nearest, short_decimal};

    /// Doubles of all sizes, with few and with many digits.
    fn doubles() -> impl Iterator<Item = f64> {
        let whole = (-2000..2000).map(f64::from);
        let mixed = whole.clone().flat_map(|n| [n / 8.0, n / 100.0, n / 3.0, n * 1e9, n / 1e9]);
        let odd = [1e15, 1e15 - 1.0, 123_456_789.125, 0.1 + 0.2, 1e300, 5e-324, f64::MAX, 1e22];
        whole.chain(mixed).chain(odd)
    }

    #[test]
    fn a_short_decimal_is_what_the_long_way_finds() {
        for double in doubles() {
            let Some((mantissa, exponent)) = short_decimal(double) else { continue };
            assert_eq!(format!("{mantissa}e{exponent}").parse(), Ok(double), "{double}");
            let shortest: String =
                format!("{double:e}").chars().take_while(|c| *c != 'e').collect();
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
            let significant = mantissa.to_string();
            let significant = significant.trim_start_matches('-').trim_end_matches('0');
            assert!(double == 0.0 || significant.len() == digits(&shortest), "{double}");
        }
    }

    #[test]
    fn most_doubles_with_few_digits_are_found() {
        for double in [0.0, 1.0, -7.0, 0.1, 0.25, 99.9, -12.345, 1e14] {
            assert!(short_decimal(double).is_some(), "{double}");
        }
        for double in [f64::NAN, f64::INFINITY, 1e15, 1e-12, 1.0 / 3.0] {
            assert_eq!(short_decimal(double), None, "{double}");
        }
    }

    #[test]
    fn the_nearest_double_is_what_the_text_reads_as() {
        assert!(nearest(-999_999_999_999_999, -11).is_some());
        assert!(nearest(1_000_000_000_000_000, -11).is_none());
        for mantissa in (-3000..3000).chain([i128::from(i64::MAX), 999_999_999_999_999]) {
            for exponent in [-30, -12, -11, -5, -1, 0, 1, 5] {
                let Some(double) = nearest(mantissa, exponent) else { continue };
                assert_eq!(format!("{mantissa}e{exponent}").parse(), Ok(double));
            }
        }
    }
}
