//! Reading numbers and booleans.
//!
//! ```text
//! 10.0, as an i64     10
//! "10", as an i64     10 in a reply; in a request, an error
//! ```

use std::fmt;
use std::sync::OnceLock;

use serde::Serialize;
use serde::de::{Deserializer, Error, MapAccess, Unexpected, Visitor};
use serde_json::Number;
use wechat_bizwifi_rules::INEXACT;

use super::context::Context;
use super::decode::{Decode, Target, decode_by};
use super::unix_time::{UnixTime, UnixTimeMillis};

/// The name in front of a number's text, where some crate of the program has switched on `serde_json`'s
/// feature `arbitrary_precision`: then `5.0` comes as a map of one entry, `{NUMBER: "5.0"}`.
pub(super) const NUMBER: &str = "$serde_json::private::Number";

/// Whether that feature is on.
pub(super) fn are_numbers_texts() -> bool {
    static ARE_TEXTS: OnceLock<bool> = OnceLock::new();
    let is_text = || serde_json::from_str("1.10").is_ok_and(|it: Number| it.to_string() == "1.10");
    *ARE_TEXTS.get_or_init(is_text)
}

/// Reads a number that comes as a map, as it would be read without that feature.
pub(super) fn number_in_map<'de, V, A>(visitor: V, mut input: A) -> Result<V::Value, A::Error>
where
    V: Visitor<'de>,
    A: MapAccess<'de>,
{
    if input.next_key::<String>()?.is_none_or(|name| name != NUMBER) {
        return Err(A::Error::invalid_type(Unexpected::Map, &visitor));
    }
    let text: String = input.next_value()?;
    match Written::of(&text) {
        Some(Written::Unsigned(number)) => visitor.visit_u64(number),
        Some(Written::Signed(number)) => visitor.visit_i64(number),
        Some(Written::Double(number)) => visitor.visit_f64(number),
        None => Err(A::Error::custom("number out of range")),
    }
}

/// A number by its text.
enum Written {
    Unsigned(u64),
    Signed(i64),
    Double(f64),
}

impl Written {
    /// A double is read as `serde_json` reads one: a program has that already.
    #[cold]
    fn of(text: &str) -> Option<Self> {
        // -0 is a double: no integer has that sign.
        if text != "-0" {
            if let Ok(number) = text.parse() {
                return Some(Self::Unsigned(number));
            }
            if let Ok(number) = text.parse() {
                return Some(Self::Signed(number));
            }
        }
        serde_json::from_str(text).ok().map(Self::Double)
    }
}

/// Reads a whole number: `10`, `10.0` and `1e1` are the same.
fn read_integer<'de, T, D>(input: D, number: Target<'_, T>) -> Result<(), D::Error>
where
    T: Integer,
    D: Deserializer<'de>,
{
    if number.cx.is_json() || number.cx.takes_either() {
        input.deserialize_any(WholeNumber(number))
    } else {
        T::ask(input, WholeNumber(number))
    }
}

/// A type of whole numbers.
pub(super) trait Integer: TryFrom<i64> + TryFrom<u64> + TryFrom<i128> {
    /// Calls the deserializer's method for this type. Formats that are not self-describing, or that hold only text,
    /// need to know the type.
    fn ask<'de, D, V>(input: D, visitor: V) -> Result<V::Value, D::Error>
    where
        D: Deserializer<'de>,
        V: Visitor<'de>;
}

struct WholeNumber<'a, T>(Target<'a, T>);

impl<T: Integer> WholeNumber<'_, T> {
    #[cold]
    fn refuse<E: Error>(&self, found: Unexpected<'_>) -> Result<(), E> {
        Err(E::invalid_value(found, self))
    }

    fn fit<N, E: Error>(self, number: N, found: Unexpected<'_>) -> Result<(), E>
    where
        T: TryFrom<N>,
    {
        match T::try_from(number) {
            Ok(number) => *self.0.place = Some(number),
            Err(_) => return self.refuse(found),
        }
        Ok(())
    }
}

impl<'de, T: Integer> Visitor<'de> for WholeNumber<'_, T> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "a whole number that fits {}", std::any::type_name::<T>())
    }

    #[cold]
    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.0.read_null(&self)
    }

    #[cold]
    fn visit_map<A: MapAccess<'de>>(self, input: A) -> Result<(), A::Error> {
        number_in_map(self, input)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.fit(number, Unexpected::Signed(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.fit(number, Unexpected::Unsigned(number))
    }

    #[cold]
    #[expect(clippy::cast_possible_truncation, reason = "whole, and 2^53 at most")]
    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        // 2^53 itself may be a rounded number. JSON Schema takes it as it is, so a request may have it. In a reply it
        // is refused, since the server may have written another number.
        let is_limit = number.abs().total_cmp(&INEXACT).is_eq();
        let is_exact = number.abs() < INEXACT || (is_limit && !self.0.cx.is_tolerant());
        if number.fract() == 0.0 && is_exact {
            return self.fit(number as i128, Unexpected::Float(number));
        }
        Err(E::invalid_value(Unexpected::Float(number), &self))
    }

    #[cold]
    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        match text.trim().parse::<i128>() {
            Ok(number) if self.0.cx.is_tolerant() => self.fit(number, Unexpected::Str(text)),
            _ => Err(E::invalid_type(Unexpected::Str(text), &self)),
        }
    }
}

/// Reads one of the numbers of an enum.
///
/// # Errors
///
/// When the input is not one of them.
pub fn decode_integer_enum<'de, N, T, D>(input: D, cx: &Context) -> Result<T, D::Error>
where
    N: Decode,
    T: TryFrom<N, Error: fmt::Display>,
    D: Deserializer<'de>,
{
    T::try_from(N::decode(input, cx)?).map_err(D::Error::custom)
}

/// The value of a schema that only allows `null`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Null;

impl Serialize for Null {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_unit()
    }
}

impl Decode for Null {
    fn decode<'de, D: Deserializer<'de>>(input: D, _: &Context) -> Result<Self, D::Error> {
        <() as serde::Deserialize>::deserialize(input).map(|()| Self)
    }

    fn absent() -> Option<Self> {
        Some(Self)
    }
}

impl Decode for bool {
    fn decode<'de, D: Deserializer<'de>>(input: D, _: &Context) -> Result<Self, D::Error> {
        serde::Deserialize::deserialize(input)
    }
}

macro_rules! integers {
    ($($ty:ty: $ask:ident),*) => { $(
        impl Decode for $ty {
            decode_by!(read_integer);
        }

        impl Integer for $ty {
            fn ask<'de, D, V>(input: D, visitor: V) -> Result<V::Value, D::Error>
            where
                D: Deserializer<'de>,
                V: Visitor<'de>,
            {
                input.$ask(visitor)
            }
        }
    )* };
}
integers!(
    i32: deserialize_i32, i64: deserialize_i64, u32: deserialize_u32, u64: deserialize_u64
);

macro_rules! times {
    ($($ty:ty: $of_number:ident),*) => { $(
        impl Decode for $ty {
            fn decode<'de, D: Deserializer<'de>>(input: D, cx: &Context) -> Result<Self, D::Error> {
                i64::decode(input, cx).map(Self::$of_number)
            }

            #[inline]
            fn decode_or_nothing<'de, D: Deserializer<'de>>(
                input: D,
                cx: &Context,
                place: &mut Option<Self>,
            ) -> Result<(), D::Error> {
                let mut number = None;
                i64::decode_or_nothing(input, cx, &mut number)?;
                *place = number.map(Self::$of_number).or(*place);
                Ok(())
            }
        }
    )* };
}
times!(UnixTime: from_seconds, UnixTimeMillis: from_millis);

impl Decode for f64 {
    fn decode<'de, D: Deserializer<'de>>(input: D, cx: &Context) -> Result<Self, D::Error> {
        if cx.is_json() || cx.takes_either() {
            input.deserialize_any(RealNumber(cx))
        } else {
            input.deserialize_f64(RealNumber(cx))
        }
    }
}

struct RealNumber<'cx>(&'cx Context);

impl<'de> Visitor<'de> for RealNumber<'_> {
    type Value = f64;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a number that a double holds exactly")
    }

    #[cold]
    fn visit_map<A: MapAccess<'de>>(self, input: A) -> Result<f64, A::Error> {
        number_in_map(self, input)
    }

    fn visit_f64<E>(self, number: f64) -> Result<f64, E> {
        Ok(number)
    }

    #[expect(clippy::cast_precision_loss, reason = "what is lost is compared")]
    #[expect(clippy::cast_possible_truncation, reason = "a double in i64's range")]
    fn visit_i64<E: Error>(self, number: i64) -> Result<f64, E> {
        let double = number as f64;
        if self.0.is_tolerant() || double as i128 == i128::from(number) {
            return Ok(double);
        }
        Err(E::invalid_value(Unexpected::Signed(number), &self))
    }

    #[expect(clippy::cast_precision_loss, reason = "what is lost is compared")]
    #[expect(clippy::cast_possible_truncation, reason = "a double in u64's range")]
    fn visit_u64<E: Error>(self, number: u64) -> Result<f64, E> {
        let double = number as f64;
        if self.0.is_tolerant() || double as i128 == i128::from(number) {
            return Ok(double);
        }
        Err(E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<f64, E> {
        match text.trim().parse::<f64>() {
            Ok(number) if self.0.is_tolerant() && number.is_finite() => Ok(number),
            _ => Err(E::invalid_type(Unexpected::Str(text), &self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::de::value::{Error as ReadError, MapDeserializer};

    use super::NUMBER;
    use crate::secret::Secret;
    use crate::wire::{Decode as _, strict, tolerant};

    fn integer(json: &str) -> Option<i64> {
        tolerant(&mut serde_json::Deserializer::from_str(json)).ok()
    }

    #[test]
    fn the_limit_as_a_double_is_that_number_where_the_schema_holds() {
        let read = |json| strict(&mut serde_json::Deserializer::from_str(json)).ok();
        assert_eq!(read("9007199254740992.0"), Some(9_007_199_254_740_992_i64));
        assert_eq!(read("-9007199254740992.0"), Some(-9_007_199_254_740_992_i64));
        assert_eq!(read("9007199254740994.0"), None);
    }

    #[test]
    fn a_whole_number_with_a_fraction_is_read_as_itself_or_not_at_all() {
        for number in [1, 1_457_712_000, 6_039_782_573_343_897, 9_007_199_254_740_991] {
            assert_eq!(integer(&format!("{number}.00")), Some(number));
            assert_eq!(integer(&format!("-{number}.00")), Some(-number));
        }
        assert_eq!(integer("9007199254740992.0"), None);
        assert_eq!(integer("9007199254740993.00"), None);
        assert_eq!(integer("9007199254740993"), Some(9_007_199_254_740_993));
    }

    #[test]
    fn a_number_in_quotes_is_one_in_replies_if_it_is_finite() {
        let received = |json| tolerant(&mut serde_json::Deserializer::from_str(json)).ok();
        let sent = |json| strict::<f64, _>(&mut serde_json::Deserializer::from_str(json)).ok();
        assert_eq!((received("\" 4.5 \""), sent("\"4.5\"")), (Some(4.5), None));
        for text in ["\"inf\"", "\"NaN\"", "\"1e999\"", "\"\"", "\"4,5\""] {
            assert_eq!(received(text), None, "{text}");
        }
    }

    #[test]
    fn what_a_reply_leaves_out_is_nothing_if_its_type_has_a_value_for_that() {
        assert_eq!(super::Null::absent(), Some(super::Null));
        assert_eq!((<()>::absent(), Option::<i64>::absent()), (Some(()), Some(None)));
        assert_eq!(serde_json::Value::absent(), Some(serde_json::Value::Null));
        assert_eq!((i64::absent(), bool::absent(), String::absent()), (None, None, None));
    }

    #[test]
    fn what_is_no_whole_number_is_said_to_be_none() {
        let read = |json| strict::<i32, _>(&mut serde_json::Deserializer::from_str(json));
        for (json, found) in [("2147483648", "2147483648"), ("true", "true"), ("1.5", "1.5")] {
            let error = read(json).unwrap_err().to_string();
            let expected = "expected a whole number that fits i32";
            assert!(error.contains(expected) && error.contains(found), "{error}");
        }
    }

    /// As `serde_json` hands numbers over with its feature `arbitrary_precision`.
    fn in_map(text: &str) -> MapDeserializer<'_, impl Iterator<Item = (&str, &str)>, ReadError> {
        MapDeserializer::new([(NUMBER, text)].into_iter())
    }

    #[test]
    fn a_number_that_comes_as_a_map_is_read_as_without_it() {
        for text in ["0", "-0", "5.0", "-7", "1e2", "9007199254740992.0", "18446744073709551615"] {
            let plain = || serde_json::Deserializer::from_str(text);
            assert_eq!(
                tolerant::<i64, _>(in_map(text)).ok(),
                tolerant(&mut plain()).ok(),
                "{text}"
            );
            assert_eq!(strict::<u64, _>(in_map(text)).ok(), strict(&mut plain()).ok(), "{text}");
            assert_eq!(strict::<f64, _>(in_map(text)).ok(), strict(&mut plain()).ok(), "{text}");
            let words = tolerant::<String, _>(in_map(text)).ok();
            assert_eq!(words, tolerant(&mut plain()).ok(), "{text}");
        }
        assert!(tolerant::<f64, _>(in_map("1e999")).is_err());
        let error = tolerant::<Secret, _>(in_map("12345.0")).unwrap_err();
        assert!(!error.to_string().contains("12345"), "{error}");
    }
}
