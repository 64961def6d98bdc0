//! Decimal numbers, exact: what JSON writes, and what a double stands for.

use std::cmp::Ordering;
use std::fmt;

/// `mantissa × 10^exponent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    mantissa: i128,
    exponent: i32,
}

impl Decimal {
    /// `mantissa × 10^exponent`.
    pub const fn new(mantissa: i128, exponent: i32) -> Self {
        Self { mantissa, exponent }
    }

    /// The shortest decimal that reads as this double, which is how JSON writes it; `None` for
    /// what JSON cannot write.
    pub(super) fn of(double: f64) -> Option<Self> {
        let text = format!("{double:e}");
        let (significand, exponent) = text.split_once('e')?;
        let (whole, fraction) = significand.split_once('.').unwrap_or((significand, ""));
        let mantissa = format!("{whole}{fraction}").parse().ok()?;
        let exponent = exponent.parse::<i32>().ok()? - i32::try_from(fraction.len()).ok()?;
        Some(Self { mantissa, exponent })
    }

    /// How it compares with `other`.
    pub(super) fn compare(self, other: Self) -> Ordering {
        match self.aligned(other) {
            Some((a, b)) => a.cmp(&b),
            // So far apart in size that signs and magnitudes decide.
            None => self.magnitude().cmp(&other.magnitude()),
        }
    }

    /// Whether it is a multiple of `step`. One that is too many powers of ten smaller is a
    /// multiple only if it is zero.
    pub(super) fn is_multiple_of(self, step: Self) -> bool {
        if self.mantissa == 0 {
            return true;
        }
        if self.mantissa == 0 {
            return true;
        }
        if let Some((number, step)) = self.aligned(step) {
            return number.checked_rem(step) == Some(0);
        }
        self.exponent > step.exponent && self.is_power_multiple(step)
    }

    /// As [`is_multiple_of`](Self::is_multiple_of), for a number so much larger than the step that
    /// only its remainder fits: mantissa × 10^difference, modulo the step.
    fn is_power_multiple(self, step: Self) -> bool {
        let Some(modulus) =
            i64::try_from(step.mantissa).ok().filter(|step| *step > 0).map(i128::from)
        else {
            return false;
        };
        let power = power_of_ten(i64::from(self.exponent) - i64::from(step.exponent), modulus);
        self.mantissa % modulus * power % modulus == 0
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

    /// Sign times the number of digits before the decimal point, moved above zero.
    fn magnitude(self) -> i64 {
        let digits = self.mantissa.unsigned_abs().checked_ilog10().map_or(0, |log| log + 1);
        let size = i64::from(digits) + i64::from(self.exponent) + i64::from(i32::MAX);
        match self.mantissa.cmp(&0) {
            Ordering::Less => -size,
            Ordering::Equal => 0,
            Ordering::Greater => size,
        }
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

impl fmt::Display for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST_ZEROS: i32 = 20;
        let digits = self.mantissa.unsigned_abs().to_string();
        if self.mantissa < 0 {
            out.write_str("-")?;
        }
        match usize::try_from(-i64::from(self.exponent)) {
            _ if self.exponent.abs() > MOST_ZEROS => write!(out, "{digits}e{}", self.exponent),
            Ok(0) => out.write_str(&digits),
            Ok(places) => {
                let digits = format!("{digits:0>width$}", width = places + 1);
                let (whole, fraction) = digits.split_at(digits.len() - places);
                write!(out, "{whole}.{fraction}")
            }
            Err(_) => {
                write!(out, "{digits}{}", "0".repeat(usize::try_from(self.exponent).unwrap_or(0)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    fn of(double: f64) -> Decimal {
        Decimal::of(double).unwrap()
    }

    #[test]
    fn a_double_is_the_decimal_that_json_writes() {
        for (double, text) in [
            (0.1, "0.1"),
            (-12.5, "-12.5"),
            (0.0075, "0.0075"),
            (1e15, "1000000000000000"),
            (1e300, "1e300"),
            (0.0, "0"),
        ] {
            assert_eq!(of(double).to_string(), text);
        }
        assert_eq!(Decimal::of(f64::NAN), None);
        assert_eq!(Decimal::of(f64::INFINITY), None);
    }

    #[test]
    fn multiples_are_exact_where_doubles_are_not() {
        assert!(of(0.3).is_multiple_of(Decimal::new(1, -1)));
        assert!(of(0.0075).is_multiple_of(Decimal::new(1, -4)));
        assert!(!of(0.00751).is_multiple_of(Decimal::new(1, -4)));
        assert!(of(1e300).is_multiple_of(Decimal::new(5, -1)));
        assert!(!of(1e300).is_multiple_of(Decimal::new(7, 0)));
        assert!(of(1.0).is_multiple_of(Decimal::new(1, -2_000_000_000)));
        assert!(!of(1.0).is_multiple_of(Decimal::new(3, -2_000_000_000)));
        assert!(!of(1e-300).is_multiple_of(Decimal::new(1, 300)));
        assert!(of(0.0).is_multiple_of(Decimal::new(1, 300)));
    }

    #[test]
    fn numbers_far_apart_compare_by_size() {
        assert!(of(1e300).compare(of(1e-300)).is_gt());
        assert!(of(-1e300).compare(of(1e-300)).is_lt());
        assert!(of(0.0).compare(of(1e-300)).is_lt());
        assert!(of(0.0).compare(of(-1e-300)).is_gt());
    }
}
