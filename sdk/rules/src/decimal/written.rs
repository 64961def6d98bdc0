//! Numbers as they are written, of any length.
//!
//! ```text
//! -1.50e3    negative, the digits 1.50, the exponent 3
//! ```

use super::{Decimal, Digits};

/// The largest number of digits of an exponent.
const MOST_EXPONENT_DIGITS: usize = 30;

/// A number as it is written: sign, digits with or without a point, exponent.
pub(super) struct Written<'a> {
    pub(super) is_negative: bool,
    pub(super) significand: &'a [u8],
    pub(super) exponent: i128,
    pub(super) is_in_digits: bool,
}

impl<'a> Written<'a> {
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let (is_negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (significand, exponent) = match rest.split_once(['e', 'E']) {
            Some((significand, exponent)) => (significand, parse_exponent(exponent)?),
            None => (rest, 0),
        };
        let (whole, fraction) = significand.split_once('.').unwrap_or((significand, "0"));
        let is_right = is_digits(whole) && is_digits(fraction);
        let is_padded = whole.len() > 1 && whole.starts_with('0');
        let is_in_digits = significand.len() == rest.len() && significand.len() == whole.len();
        let significand = significand.as_bytes();
        (is_right && !is_padded).then_some(Self {
            is_negative,
            significand,
            exponent,
            is_in_digits,
        })
    }

    /// The number by value, if it fits.
    pub(super) fn small(&self) -> Option<Decimal<'static>> {
        let point = self.point();
        let places = self.significand.len().saturating_sub(point + 1);
        let exponent = self.exponent.checked_sub(i128::try_from(places).ok()?)?;
        let sign = if self.is_negative { -1 } else { 1 };
        let digits = self.significand.iter().filter(|byte| **byte != b'.');
        let mantissa = digits.copied().try_fold(0_i128, |sum, byte| {
            sum.checked_mul(10)?.checked_add(sign * i128::from(byte - b'0'))
        })?;
        let exponent = if mantissa == 0 { 0 } else { i32::try_from(exponent).ok()? };
        match (exponent, self.is_in_digits) {
            (0, false) => Some(Decimal::new(mantissa.checked_mul(10)?, -1)),
            _ => Some(Decimal::new(mantissa, exponent)),
        }
    }

    fn point(&self) -> usize {
        let point = self.significand.iter().position(|byte| *byte == b'.');
        point.unwrap_or(self.significand.len())
    }

    pub(super) fn digits(&self) -> Option<Digits<'a>> {
        let counts = |byte: &u8| !matches!(byte, b'0' | b'.');
        let first = self.significand.iter().position(counts)?;
        let last = self.significand.iter().rposition(counts)?;
        Some(Digits {
            is_negative: self.is_negative,
            written: &self.significand[first..=last],
            first: self.power(first)?,
            last: self.power(last)?,
        })
    }

    /// The power of ten of the digit at an index.
    fn power(&self, index: usize) -> Option<i128> {
        let (index, point) = (i128::try_from(index).ok()?, i128::try_from(self.point()).ok()?);
        let before = if index < point { point - 1 - index } else { point - index };
        Some(self.exponent + before)
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn parse_exponent(text: &str) -> Option<i128> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let significant = digits.trim_start_matches('0');
    let is_right = is_digits(digits) && significant.len() <= MOST_EXPONENT_DIGITS;
    let size = if significant.is_empty() { 0 } else { significant.parse::<i128>().ok()? };
    is_right.then_some(if text.starts_with('-') { -size } else { size })
}
