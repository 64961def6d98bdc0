//! Decimal numbers, exact and of any length: the numbers of JSON, and the values of doubles.
//!
//! ```text
//! 0.1          1 × 10^-1, by value
//! 5, 5.0       5 × 10^0 and 50 × 10^-1, by value: equal, but only the first is written without a point
//! 1e999999999  1 × 10^999999999, by value: no power is ever written out
//! 1234567890123456789012345678901234567890   as its text
//! ```

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

mod double;
mod written;

use written::Written;

/// A number. `10` and `1e1` are equal.
#[derive(Clone, Copy)]
pub struct Decimal<'s>(Repr<'s>);

#[derive(Clone, Copy)]
enum Repr<'s> {
    /// The halves of the mantissa are separate fields, so that the type needs no alignment of 16 bytes. The exponent is
    /// 0 if and only if the number is written without a point or exponent.
    Small { exponent: i32, low: u64, high: i64 },
    /// A number that does not fit, as it is written in JSON.
    Text(&'s str),
}

/// 2^53. A whole number from here on may have been rounded to a double: 2^53 + 1 becomes 2^53.
pub const INEXACT: f64 = 9_007_199_254_740_992.0;

/// The digits of an `i128`, without its sign.
type Buffer = [u8; 40];

impl<'s> Decimal<'s> {
    /// `mantissa × 10^exponent`.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "splits it in two")]
    pub const fn new(mantissa: i128, exponent: i32) -> Self {
        Self(Repr::Small { exponent, low: mantissa as u64, high: (mantissa >> 64) as i64 })
    }

    /// Reads a number of JSON; `None` if it is not one, or its exponent has more than 30 digits.
    pub fn parse(text: &'s str) -> Option<Self> {
        if let Some(number) = parse_short(text) {
            return Some(Self::new(number.into(), 0));
        }
        let written = Written::parse(text)?;
        Some(written.small().unwrap_or(Self(Repr::Text(text))))
    }

    /// The text of the number, if it does not fit [`new`](Self::new).
    pub const fn text(&self) -> Option<&'s str> {
        match self.0 {
            Repr::Small { .. } => None,
            Repr::Text(text) => Some(text),
        }
    }

    /// The mantissa and the exponent, if they fit [`new`](Self::new).
    pub const fn parts(&self) -> Option<(i128, i32)> {
        match self.0 {
            Repr::Small { exponent, low, high } => {
                Some((((high as i128) << 64) | low as i128, exponent))
            }
            Repr::Text(_) => None,
        }
    }

    /// The number, if it was made from an integer.
    #[inline]
    pub(crate) const fn whole(&self) -> Option<i128> {
        match self.0 {
            Repr::Small { exponent: 0, low, high } => Some(((high as i128) << 64) | low as i128),
            _ => None,
        }
    }

    /// Whether it has no fraction.
    pub fn is_integer(&self) -> bool {
        match self.parts() {
            Some((_, 0..)) => true,
            Some((mantissa, _)) if mantissa % 10 != 0 => false,
            _ => self.digits(&mut [0; 40]).is_none_or(|digits| digits.last >= 0),
        }
    }

    /// Whether the number is written without a point and an exponent. A number that was made from a mantissa and an
    /// exponent is, if the exponent is 0.
    pub fn is_in_digits(&self) -> bool {
        match self.0 {
            Repr::Small { exponent, .. } => exponent == 0,
            Repr::Text(text) => !text.contains(['.', 'e', 'E']),
        }
    }

    /// The same number, written with a point if it has none: `5.0` for `5`.
    fn with_point(self) -> Self {
        match self.parts() {
            Some((mantissa, 0)) => mantissa.checked_mul(10).map_or(self, |it| Self::new(it, -1)),
            _ => self,
        }
    }

    /// The number, if it has no fraction and fits.
    pub fn to_i128(&self) -> Option<i128> {
        if let Some((mantissa, 0)) = self.parts() {
            return Some(mantissa);
        }
        let mut buffer = [0; 40];
        let Some(digits) = self.digits(&mut buffer) else { return Some(0) };
        // None, if it has a fraction. That it is too large is known before they are all counted.
        let zeros = usize::try_from(digits.last).ok()?;
        let mut all = digits.iter().chain(std::iter::repeat_n(0, zeros));
        let sign = if digits.is_negative { -1 } else { 1 };
        all.try_fold(0_i128, |sum, digit| {
            sum.checked_mul(10)?.checked_add(sign * i128::from(digit))
        })
    }

    /// The double that is nearest to it: infinite, if it is too large for any.
    pub fn to_f64(&self) -> f64 {
        let number = match self.parts() {
            Some((mantissa, exponent)) => {
                if let Some(double) = double::nearest(mantissa, exponent) {
                    return double;
                }
                format!("{mantissa}e{exponent}").parse()
            }
            None => self.text().unwrap_or_default().parse(),
        };
        number.unwrap_or(f64::NAN)
    }

    /// Whether it is a multiple of `step`. Only zero is a multiple of zero.
    pub fn is_multiple_of(&self, step: &Decimal<'_>) -> bool {
        let (mut buffer, mut step_buffer) = ([0; 40], [0; 40]);
        let Some(number) = self.digits(&mut buffer) else { return true };
        let Some(step) = step.digits(&mut step_buffer) else { return false };
        // The last digit of neither is zero, so what has more places is no multiple.
        let Ok(zeros) = u128::try_from(number.last - step.last) else { return false };
        // More zeros than this change nothing: 2^n and 5^n divide no number of fewer digits.
        let enough = 4 * step.count();
        let zeros = usize::try_from(zeros).map_or(enough, |zeros| zeros.min(enough));
        let digits = number.iter().chain(std::iter::repeat_n(0, zeros));
        match step.small() {
            Some(step) => digits.fold(0, |rest, digit| (rest * 10 + u128::from(digit)) % step) == 0,
            None => is_long_multiple(digits, &step.iter().collect::<Vec<_>>()),
        }
    }

    /// Its digits without zeros at the beginning and the end; `None` for zero.
    fn digits<'a>(&'a self, buffer: &'a mut Buffer) -> Option<Digits<'a>> {
        match self.0 {
            Repr::Text(text) => Written::parse(text)?.digits(),
            Repr::Small { .. } => {
                let (mantissa, exponent) = self.parts()?;
                let start = write_digits(mantissa.unsigned_abs(), buffer);
                Written {
                    is_negative: mantissa < 0,
                    significand: &buffer[start..],
                    exponent: exponent.into(),
                    is_in_digits: exponent == 0,
                }
                .digits()
            }
        }
    }

    /// The mantissas of both numbers for the same exponent, if they fit.
    fn aligned(&self, other: &Decimal<'_>) -> Option<(i128, i128)> {
        let ((a, a_exponent), (b, b_exponent)) = (self.parts()?, other.parts()?);
        let exponent = a_exponent.min(b_exponent);
        Some((scaled(a, a_exponent, exponent)?, scaled(b, b_exponent, exponent)?))
    }
}

impl Decimal<'static> {
    /// The shortest decimal that is read as this double, as JSON writes it; `None` for infinite and NaN.
    pub fn of(double: f64) -> Option<Self> {
        if let Some((mantissa, exponent)) = double::short_decimal(double) {
            return Some(Self::new(mantissa.into(), exponent));
        }
        let text = format!("{double:e}");
        Written::parse(&text)?.small()
    }

    /// The same, but a whole number has a point: a reader that knows both would have passed `5` as an integer.
    pub fn of_written(double: f64) -> Option<Self> {
        Self::of(double).map(Self::with_point)
    }
}

/// Most numbers are whole and short.
fn parse_short(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    if !matches!(digits, [b'1'..=b'9', rest @ ..] if rest.len() < 18) {
        return None;
    }
    let number = digits.iter().try_fold(0, |sum, byte| match byte {
        b'0'..=b'9' => Some(sum * 10 + i64::from(byte - b'0')),
        _ => None,
    })?;
    Some(if text.starts_with('-') { -number } else { number })
}

fn scaled(mantissa: i128, from: i32, to: i32) -> Option<i128> {
    let power = u32::try_from(from.checked_sub(to)?).ok()?;
    mantissa.checked_mul(10_i128.checked_pow(power)?)
}

/// Writes a number to the end of the buffer, and returns the index at which it starts.
fn write_digits(mut number: u128, buffer: &mut Buffer) -> usize {
    let mut start = buffer.len();
    while number > 0 {
        start -= 1;
        buffer[start] = b'0' + u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
    }
    start
}

/// Long division by a number of any length. Only the remainder is kept.
fn is_long_multiple(digits: impl Iterator<Item = u8>, step: &[u8]) -> bool {
    // As long as the step and one digit more; the largest digit first.
    let mut rest = vec![0_u8; step.len() + 1];
    for digit in digits {
        rest.remove(0);
        rest.push(digit);
        while rest[0] > 0 || rest[1..] >= *step {
            subtract(&mut rest, step);
        }
    }
    rest.iter().all(|digit| *digit == 0)
}

fn subtract(from: &mut [u8], step: &[u8]) {
    let mut borrowed = 0;
    let padded = step.iter().rev().chain(std::iter::once(&0));
    for (digit, less) in from.iter_mut().rev().zip(padded) {
        let less = less + borrowed;
        borrowed = u8::from(*digit < less);
        *digit = *digit + 10 * borrowed - less;
    }
}

/// The digits of a number that is not zero, from its first to its last that is not zero.
struct Digits<'a> {
    is_negative: bool,
    /// The digits, perhaps with a point among them.
    written: &'a [u8],
    /// The power of ten of the first digit, and of the last.
    first: i128,
    last: i128,
}

impl Digits<'_> {
    fn iter(&self) -> impl Iterator<Item = u8> {
        self.written.iter().filter(|byte| **byte != b'.').map(|byte| byte - b'0')
    }

    fn count(&self) -> usize {
        self.iter().count()
    }

    /// All digits as one number, if ten times that number still fits.
    fn small(&self) -> Option<u128> {
        let number = self
            .iter()
            .try_fold(0_u128, |sum, digit| sum.checked_mul(10)?.checked_add(digit.into()))?;
        number.checked_mul(10)?.checked_add(9).map(|_| number)
    }
}

impl Ord for Decimal<'_> {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        // Nearly all numbers are whole and by value: then the halves say it.
        match (&self.0, &other.0) {
            (
                Repr::Small { exponent: a, low, high },
                Repr::Small { exponent: b, low: other_low, high: other_high },
            ) if a == b => (high, low).cmp(&(other_high, other_low)),
            _ => self.cmp_any(other),
        }
    }
}

impl Decimal<'_> {
    /// Compares numbers of any kind.
    fn cmp_any(&self, other: &Decimal<'_>) -> Ordering {
        if let Some((a, b)) = self.aligned(other) {
            return a.cmp(&b);
        }
        let (mut a_buffer, mut b_buffer) = ([0; 40], [0; 40]);
        let (a, b) = (self.digits(&mut a_buffer), other.digits(&mut b_buffer));
        let sign = |digits: &Option<Digits<'_>>| match digits {
            None => 0,
            Some(digits) if digits.is_negative => -1,
            Some(_) => 1,
        };
        let size = match (&a, &b) {
            (Some(a), Some(b)) => a.first.cmp(&b.first).then_with(|| a.iter().cmp(b.iter())),
            _ => Ordering::Equal,
        };
        let size = if sign(&a) < 0 { size.reverse() } else { size };
        sign(&a).cmp(&sign(&b)).then(size)
    }
}

impl PartialOrd for Decimal<'_> {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Decimal<'_> {}

impl Hash for Decimal<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let mut buffer = [0; 40];
        let Some(digits) = self.digits(&mut buffer) else { return state.write_u8(0) };
        (digits.is_negative, digits.first).hash(state);
        digits.iter().for_each(|digit| state.write_u8(digit));
    }
}

impl fmt::Display for Decimal<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST_ZEROS: i32 = 20;
        const MOST_SHOWN: usize = 60;
        let Some((mantissa, exponent)) = self.parts() else {
            let text = self.text().unwrap_or_default();
            return match text.get(..MOST_SHOWN) {
                Some(start) if start != text => write!(out, "{start}… ({} characters)", text.len()),
                _ => out.write_str(text),
            };
        };
        let (sign, digits) = (if mantissa < 0 { "-" } else { "" }, mantissa.unsigned_abs());
        match usize::try_from(-i64::from(exponent)) {
            _ if exponent.unsigned_abs() > MOST_ZEROS.unsigned_abs() => {
                write!(out, "{sign}{digits}e{exponent}")
            }
            Ok(0) => write!(out, "{sign}{digits}"),
            Ok(places) => {
                let digits = format!("{digits:0>width$}", width = places + 1);
                let (whole, fraction) = digits.split_at(digits.len() - places);
                write!(out, "{sign}{whole}.{fraction}")
            }
            Err(_) => {
                let zeros = usize::try_from(exponent).unwrap_or(0);
                write!(out, "{sign}{digits}{}", "0".repeat(zeros))
            }
        }
    }
}

impl fmt::Debug for Decimal<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

macro_rules! from_integers {
    ($($ty:ty),*) => { $(impl From<$ty> for Decimal<'_> {
        fn from(number: $ty) -> Self {
            Self::new(number.into(), 0)
        }
    })* };
}
from_integers!(i32, i64, i128, u32, u64);

#[cfg(test)]
mod tests;
