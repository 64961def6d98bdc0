//! Whole numbers of any size. The schema `{ "type": "integer" }` sets no limit.
//!
//! ```text
//! 12          Exact(12)
//! 12.0, 1e30  Double(12.0) and Double(1e30), so that they are written as they were read
//! ```

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Unexpected, Visitor};
use serde::ser::{Error as _, Serialize, Serializer};
use wechat_bizwifi_rules::message::{Arg, DOES_NOT_FIT, NOT_IN_DIGITS};
use wechat_bizwifi_rules::{Decimal, INEXACT, Leaf};

use super::check::Check;
use super::checker::{Checker, Levels};
use super::context::Context;
use super::decode::{Decode, strict};
use super::format::Format;
use super::invalid::Invalid;
use super::scalar::number_in_map;

/// A whole number of any size. It converts from Rust's integers, and back where it fits.
///
/// A number that does not fit 64 bits is read from JSON as the nearest double, as `serde_json` does.
///
/// ```
/// use wechat_bizwifi::Integer;
///
/// let count = Integer::from(12);
/// assert_eq!(count, 12);
/// assert_eq!(i64::try_from(count)?, 12);
///
/// let large: Integer = "1e30".parse()?;
/// assert!(large > count && i64::try_from(large).is_err());
/// assert_eq!(large.to_f64(), 1e30);
/// # Ok::<(), wechat_bizwifi::Invalid>(())
/// ```
#[derive(Clone, Copy)]
pub struct Integer(Repr);

#[derive(Clone, Copy)]
enum Repr {
    Exact(i128),
    /// A whole and finite number.
    Double(f64),
}

/// The smallest double above `i128::MAX`.
const BEYOND: f64 = 170_141_183_460_469_231_731_687_303_715_884_105_728.0;

impl Integer {
    /// The number as an `Integer`. Can be used in constants.
    pub const fn new(number: i64) -> Self {
        Self(Repr::Exact(number as i128))
    }

    /// The number stays a double, so that it is written as it was read: in draft 4, `12.0` is not an integer.
    fn of_double(number: f64) -> Option<Self> {
        (number.is_finite() && number.fract() == 0.0).then_some(Self(Repr::Double(number)))
    }

    /// The number, if an `i128` holds it.
    #[expect(clippy::cast_possible_truncation, reason = "whole, and within the range")]
    fn exact(self) -> Option<i128> {
        match self.0 {
            Repr::Exact(number) => Some(number),
            Repr::Double(number) if (-BEYOND..BEYOND).contains(&number) => Some(number as i128),
            Repr::Double(_) => None,
        }
    }

    /// The nearest double.
    #[expect(clippy::cast_precision_loss, reason = "the nearest is asked for")]
    pub fn to_f64(self) -> f64 {
        match self.0 {
            Repr::Exact(number) => number as f64,
            Repr::Double(number) => number,
        }
    }
}

macro_rules! converts {
    ($($any:ident)*; $($some:ident)*) => {
        $( impl From<$any> for Integer {
            fn from(number: $any) -> Self { Self(Repr::Exact(number.into())) }
        } )*

        $( impl TryFrom<Integer> for $some {
            type Error = Invalid;

            fn try_from(number: Integer) -> Result<Self, Invalid> {
                let fitting = number.exact().and_then(|number| Self::try_from(number).ok());
                fitting.ok_or_else(|| does_not_fit(stringify!($some)))
            }
        }

        impl PartialEq<$some> for Integer {
            fn eq(&self, other: &$some) -> bool {
                self.exact().is_some_and(|number| Self(Repr::Exact(number)) == Self::from(*other))
            }
        } )*
    };
}

#[cold]
fn does_not_fit(ty: &str) -> Invalid {
    Invalid::new("type", DOES_NOT_FIT.with([Arg::Text(&ty)]))
}

converts!(i8 i16 i32 i64 i128 u8 u16 u32 u64; i32 i64 i128 u32 u64);

impl PartialEq for Integer {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Integer {}

impl PartialOrd for Integer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Integer {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.exact(), other.exact()) {
            (Some(one), Some(other)) => one.cmp(&other),
            (None, None) => self.to_f64().total_cmp(&other.to_f64()),
            // A number that does not fit `i128` is greater or less than all that do, by its sign.
            (None, Some(_)) => self.to_f64().total_cmp(&0.0),
            (Some(_), None) => 0.0_f64.total_cmp(&other.to_f64()),
        }
    }
}

impl Hash for Integer {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.exact() {
            Some(number) => number.hash(state),
            None => self.to_f64().to_bits().hash(state),
        }
    }
}

impl fmt::Display for Integer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0, self.exact()) {
            (Repr::Double(number), exact) if exact.is_none() || number.abs() >= INEXACT => {
                write!(out, "{number:e}")
            }
            (_, exact) => exact.unwrap_or_default().fmt(out),
        }
    }
}

impl fmt::Debug for Integer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl FromStr for Integer {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let exact = text.parse::<i128>().ok().map(Self::from);
        let double = || text.parse().ok().and_then(Self::of_double);
        exact.or_else(double).ok_or_else(|| Invalid::new("type", NOT_IN_DIGITS.into()))
    }
}

impl Check for Integer {
    const IS_PLAIN: bool = true;

    fn leaf(&self) -> Leaf<'_> {
        match self.0 {
            Repr::Exact(number) => Leaf::Number(number.into()),
            Repr::Double(number) => Decimal::of_written(number).map_or(Leaf::Null, Leaf::Number),
        }
    }

    fn check_by(&self, rules: Levels, at: &mut Checker<'_>) {
        at.leaf(rules, self.leaf());
    }
}

impl Serialize for Integer {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        if Format::of_output(&output) == Format::Binary {
            let number = self.exact().ok_or_else(|| S::Error::custom("does not fit 128 bits"))?;
            return output.serialize_i128(number);
        }
        match self.0 {
            Repr::Double(number) => output.serialize_f64(number),
            Repr::Exact(number) => match (i64::try_from(number), u64::try_from(number)) {
                (Ok(number), _) => output.serialize_i64(number),
                (_, Ok(number)) => output.serialize_u64(number),
                _ => output.serialize_i128(number),
            },
        }
    }
}

impl<'de> Deserialize<'de> for Integer {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        strict(input)
    }
}

impl Decode for Integer {
    fn decode<'de, D: Deserializer<'de>>(input: D, cx: &Context) -> Result<Self, D::Error> {
        if cx.is_json() || cx.takes_either() {
            input.deserialize_any(IntegerVisitor(cx))
        } else if cx.is_binary() {
            input.deserialize_i128(IntegerVisitor(cx))
        } else {
            input.deserialize_i64(IntegerVisitor(cx))
        }
    }
}

/// Reads one of the integers of an enum of draft 4, where an integer must be written without a fraction or exponent.
///
/// # Errors
///
/// When the input is not one of them.
pub fn decode_integer_enum_in_digits<'de, N, T, D>(input: D, cx: &Context) -> Result<T, D::Error>
where
    N: TryFrom<Integer, Error: fmt::Display>,
    T: TryFrom<N, Error: fmt::Display>,
    D: Deserializer<'de>,
{
    let number = Integer::decode(input, cx)?;
    match number.0 {
        Repr::Double(double) if !cx.is_tolerant() => Err(D::Error::custom(format_args!(
            "must be an integer written with digits only, is {double:?}"
        ))),
        _ => T::try_from(N::try_from(number).map_err(D::Error::custom)?).map_err(D::Error::custom),
    }
}

struct IntegerVisitor<'cx>(&'cx Context);

impl<'de> Visitor<'de> for IntegerVisitor<'_> {
    type Value = Integer;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a whole number")
    }

    fn visit_i64<E>(self, number: i64) -> Result<Integer, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Integer, E> {
        Ok(number.into())
    }

    fn visit_i128<E>(self, number: i128) -> Result<Integer, E> {
        Ok(number.into())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Integer, E> {
        let whole = Integer::of_double(number);
        whole.ok_or_else(|| E::invalid_value(Unexpected::Float(number), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Integer, E> {
        match text.trim().parse() {
            Ok(number) if self.0.is_tolerant() => Ok(number),
            _ => Err(E::invalid_type(Unexpected::Str(text), &self)),
        }
    }

    #[cold]
    fn visit_map<A: MapAccess<'de>>(self, input: A) -> Result<Integer, A::Error> {
        number_in_map(self, input)
    }
}

#[cfg(test)]
mod tests {
    use super::Integer;
    use crate::wire::{strict, tolerant};

    fn read(json: &str) -> Option<Integer> {
        serde_json::from_str(json).ok()
    }

    #[test]
    fn any_whole_number_is_read_and_written_again() {
        for json in ["0", "-7", "9223372036854775807", "18446744073709551615", "1e30", "-1e+300"] {
            let number = read(json).unwrap();
            let written = serde_json::to_string(&number).unwrap();
            assert_eq!(read(&written), Some(number), "{json}");
            assert_eq!(number.to_string().parse::<Integer>().unwrap(), number, "{json}");
        }
        assert_eq!(read("5.0"), Some(Integer::from(5)));
        assert_eq!(serde_json::to_string(&read("5.0")).unwrap(), "5.0");
        assert_eq!(read("5.0").unwrap().to_string(), "5");
        assert_eq!(serde_json::to_string(&read("1e30")).unwrap(), "1e+30");
        for json in ["0.5", "1e-3", "\"1\"", "null", "[]", "{}"] {
            assert_eq!(read(json), None, "{json}");
        }
    }

    #[test]
    fn a_whole_number_in_quotes_is_one_in_replies_alone() {
        let read =
            |json| tolerant::<Integer, _>(&mut serde_json::Deserializer::from_str(json)).ok();
        assert_eq!(read("\" 36893488147419103232 \""), super::tests::read("36893488147419103232"));
        assert_eq!(
            (read("\"-7\""), read("\"\""), read("\"7.5\"")),
            (Some((-7).into()), None, None)
        );
        let sent = strict::<Integer, _>(&mut serde_json::Deserializer::from_str("\"-7\""));
        assert!(sent.is_err());
    }

    #[test]
    fn numbers_are_equal_and_ordered_by_their_values() {
        let mut numbers = ["-1e300", "-5", "5", "1e20", "1e39"].map(|json| read(json).unwrap());
        numbers.reverse();
        numbers.sort();
        assert_eq!(format!("{numbers:?}"), "[-1e300, -5, 5, 1e20, 1e39]");
        assert_eq!(read("1e20").unwrap(), 100_000_000_000_000_000_000_i128);
        assert_eq!(u64::try_from(read("18446744073709551615").unwrap()).unwrap(), u64::MAX);
        for (json, exact) in [
            ("1e39", None),
            ("1.70141183460469231731687303715884105728e38", None),
            ("1.7014118346046922e38", Some(i128::MAX - ((1 << 74) - 1))),
            ("-1.70141183460469231731687303715884105728e38", Some(i128::MIN)),
            ("-1.7014118346046927e38", None),
        ] {
            assert_eq!(i128::try_from(read(json).unwrap()).ok(), exact, "{json}");
        }
    }
}
