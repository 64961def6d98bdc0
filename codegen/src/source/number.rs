//! Numbers as they were written: no double in between.

use std::fmt;

/// A JSON number, exact: `mantissa × 10^exponent`, without trailing zeros in the mantissa.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Number {
    mantissa: i128,
    exponent: i32,
}

impl Number {
    /// Reads a JSON number; `None` when it has more digits than an `i128` holds.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (significand, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = significand.split_once('.').unwrap_or((significand, ""));
        let fraction = fraction.trim_end_matches('0');
        let mantissa = format!("{whole}{fraction}").parse().ok()?;
        let shift = i32::try_from(fraction.len()).ok()?;
        let exponent = exponent.parse::<i32>().ok()?.checked_sub(shift)?;
        Some(Self { mantissa, exponent }.normal())
    }

    /// This whole number.
    pub(crate) fn whole(number: i128) -> Self {
        Self { mantissa: number, exponent: 0 }.normal()
    }

    /// Its mantissa and its power of ten.
    pub(crate) fn parts(self) -> (i128, i32) {
        (self.mantissa, self.exponent)
    }

    /// The whole number that it is; `None` if it has a fraction or is out of range.
    pub(crate) fn to_whole(self) -> Option<i128> {
        let power = u32::try_from(self.exponent).ok()?;
        self.mantissa.checked_mul(10_i128.checked_pow(power)?)
    }

    /// The greatest whole number that is not above it.
    pub(crate) fn floor(self) -> Option<i128> {
        if self.exponent >= 0 {
            return self.to_whole();
        }
        let power = u32::try_from(-i64::from(self.exponent)).ok()?;
        match 10_i128.checked_pow(power) {
            Some(divisor) => Some(self.mantissa.div_euclid(divisor)),
            None => Some(if self.mantissa < 0 { -1 } else { 0 }),
        }
    }

    /// The least whole number that is not below it.
    pub(crate) fn ceiling(self) -> Option<i128> {
        let opposite = Self { mantissa: self.mantissa.checked_neg()?, exponent: self.exponent };
        opposite.floor()?.checked_neg()
    }

    /// What a whole number is a multiple of, if it is a multiple of this: 1 for 0.01, 5 for 2.5.
    pub(crate) fn whole_step(self) -> Option<i128> {
        if self.exponent >= 0 {
            return self.to_whole();
        }
        let power = 10_i128.checked_pow(u32::try_from(-i64::from(self.exponent)).ok()?)?;
        // The least k for which k × mantissa / power is whole is power / gcd(mantissa, power).
        let (mut a, mut b) = (self.mantissa.checked_abs()?, power);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        (a != 0).then(|| self.mantissa / a)
    }

    /// Whether it is a multiple of `step`, which is above zero.
    pub(crate) fn is_multiple_of(self, step: Self) -> bool {
        if self.mantissa == 0 {
            return true;
        }
        if let Some((number, step)) = self.aligned(step) {
            return number.checked_rem(step) == Some(0);
        }
        // Too far apart for both to fit: only a number that is larger by powers of ten can be one.
        let modulus = i64::try_from(step.mantissa).ok().filter(|modulus| *modulus > 0);
        let Some(modulus) = modulus.filter(|_| self.exponent > step.exponent).map(i128::from)
        else {
            return false;
        };
        let power = power_of_ten(i64::from(self.exponent) - i64::from(step.exponent), modulus);
        self.mantissa % modulus * power % modulus == 0
    }

    /// How it compares with `other`.
    pub(crate) fn compare(self, other: Self) -> std::cmp::Ordering {
        match self.aligned(other) {
            Some((a, b)) => a.cmp(&b),
            // So far apart in size that the signs and exponents decide.
            None => self.magnitude().cmp(&other.magnitude()),
        }
    }

    /// Both as whole numbers of the smaller of their powers of ten.
    fn aligned(self, other: Self) -> Option<(i128, i128)> {
        let exponent = self.exponent.min(other.exponent);
        Some((self.scaled(exponent)?, other.scaled(exponent)?))
    }

    fn scaled(self, exponent: i32) -> Option<i128> {
        let power = u32::try_from(self.exponent.checked_sub(exponent)?).ok()?;
        self.mantissa.checked_mul(10_i128.checked_pow(power)?)
    }

    /// Sign times the number of digits before the decimal point.
    fn magnitude(self) -> i64 {
        let digits = self.mantissa.unsigned_abs().checked_ilog10().map_or(0, |log| log + 1);
        let size = (i64::from(digits) + i64::from(self.exponent)) + i64::from(i32::MAX);
        size * i64::try_from(self.mantissa.signum()).unwrap_or(0)
    }

    fn normal(mut self) -> Self {
        if self.mantissa == 0 {
            return Self { mantissa: 0, exponent: 0 };
        }
        while self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.exponent = self.exponent.saturating_add(1);
        }
        self
    }
}

/// 10 to some power, modulo a number that fits 64 bits.
fn power_of_ten(exponent: i64, modulus: i128) -> i128 {
    let (mut power, mut base, mut left) = (1 % modulus, 10 % modulus, exponent);
    while left > 0 {
        if left % 2 == 1 {
            power = power * base % modulus;
        }
        base = base * base % modulus;
        left /= 2;
    }
    power
}

impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST_PLACES: i32 = 20;
        if let Some(whole) = self.to_whole() {
            return whole.fmt(out);
        }
        if !(-MOST_PLACES..0).contains(&self.exponent) {
            return write!(out, "{}e{}", self.mantissa, self.exponent);
        }
        let places = usize::try_from(-self.exponent).unwrap_or_default();
        let digits = format!("{:0>width$}", self.mantissa.unsigned_abs(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let sign = if self.mantissa < 0 { "-" } else { "" };
        write!(out, "{sign}{whole}.{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn one_number_has_one_form_however_it_is_written() {
        for text in ["10", "10.0", "1e1", "1.00E+1", "100e-1"] {
            assert_eq!(number(text), Number::whole(10), "{text}");
        }
        assert_eq!(number("-0.0"), Number::whole(0));
    }

    #[test]
    fn whole_numbers_beyond_a_double_stay_exact() {
        assert_eq!(number("9007199254740993").to_whole(), Some(9_007_199_254_740_993));
    }

    #[test]
    fn multiples_are_exact() {
        assert!(number("0.0075").is_multiple_of(number("0.0001")));
        assert!(!number("0.00751").is_multiple_of(number("0.0001")));
        assert!(number("1e300").is_multiple_of(number("0.5")));
        assert!(!number("1e300").is_multiple_of(number("7")));
        assert!(number("1").is_multiple_of(number("1e-2000000000")));
        assert!(!number("1e-300").is_multiple_of(number("1e300")));
    }

    #[test]
    fn bounds_become_whole_ones() {
        assert_eq!((number("1.5").floor(), number("1.5").ceiling()), (Some(1), Some(2)));
        assert_eq!((number("-1.5").floor(), number("-1.5").ceiling()), (Some(-2), Some(-1)));
        assert_eq!((number("3").floor(), number("3").ceiling()), (Some(3), Some(3)));
        assert_eq!((number("1e-99").floor(), number("1e-99").ceiling()), (Some(0), Some(1)));
    }

    #[test]
    fn steps_become_whole_ones() {
        for (step, whole) in [("0.01", 1), ("2.5", 5), ("7", 7), ("1.2", 6), ("20", 20)] {
            assert_eq!(number(step).whole_step(), Some(whole), "{step}");
        }
    }

    #[test]
    fn numbers_far_apart_still_compare() {
        assert!(number("1e300").compare(number("1e-300")).is_gt());
        assert!(number("-1e300").compare(number("1e-300")).is_lt());
        assert!(number("0").compare(number("1e-300")).is_lt());
        assert!(number("1.5").compare(number("1.25")).is_gt());
    }

    #[test]
    fn more_digits_than_fit_are_no_number() {
        assert_eq!(Number::parse(&"9".repeat(60)), None);
        assert_eq!(Number::parse("1e99999999999"), None);
    }
}
