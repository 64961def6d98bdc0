//! Reading strings and secrets.
//!
//! ```text
//! 10, as a String     "10" in a reply; in a request, an error
//! 10, as a Secret     the same, and the error does not show the 10
//! ```

use std::fmt;

use serde::de::{Deserializer, Error, MapAccess, Unexpected, Visitor};

use super::context::Context;
use super::decode::{Decode, read_in_place};
use super::scalar::number_in_map;
use crate::secret::{HIDDEN, Secret};

impl Decode for String {
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(input: D, cx: &Context) -> Result<Self, D::Error> {
        read_in_place(|place| read_text(input, Words { cx, may_be_null: false, place }))
    }

    #[inline]
    fn decode_into<'de, D: Deserializer<'de>>(
        input: D,
        cx: &Context,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        read_text(input, Words { cx, may_be_null: false, place })
    }

    #[inline]
    fn decode_or_nothing<'de, D: Deserializer<'de>>(
        input: D,
        cx: &Context,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        read_text(input, Words { cx, may_be_null: true, place })
    }
}

fn read_text<'de, D>(input: D, words: Words<'_, String>) -> Result<(), D::Error>
where
    D: Deserializer<'de>,
{
    if words.cx.takes_either() {
        input.deserialize_any(words)
    } else {
        input.deserialize_string(words)
    }
}

/// A secret never shows in the error: what was found instead is named by its type alone.
impl Decode for Secret {
    fn decode<'de, D: Deserializer<'de>>(input: D, cx: &Context) -> Result<Self, D::Error> {
        // Not `deserialize_string`, where it can be helped: its own error for a number would show the
        // number.
        let secret: Self = read_in_place(|place| {
            let words = Words { cx, may_be_null: false, place };
            if cx.has_every_field() {
                input.deserialize_string(words)
            } else {
                input.deserialize_any(words)
            }
        })?;
        if secret.expose() == HIDDEN {
            return Err(D::Error::custom("was serialised without its value: use `reveal_secrets`"));
        }
        Ok(secret)
    }
}

/// A type that is made of a string.
trait Text: From<String> {
    /// What an error may show of a number in its place.
    fn shown(found: Unexpected<'_>) -> Unexpected<'_>;
}

impl Text for String {
    fn shown(found: Unexpected<'_>) -> Unexpected<'_> {
        found
    }
}

impl Text for Secret {
    fn shown(_: Unexpected<'_>) -> Unexpected<'_> {
        Unexpected::Other("a number")
    }
}

/// Reads a string. In a reply, a number is taken for the string that it would be in quotes.
struct Words<'a, T> {
    cx: &'a Context,
    /// Whether `null` is no string instead of an error.
    may_be_null: bool,
    place: &'a mut Option<T>,
}

impl<T: Text> Words<'_, T> {
    #[cold]
    fn number<E: Error>(self, number: impl fmt::Display, found: Unexpected<'_>) -> Result<(), E> {
        if self.cx.is_tolerant() {
            return self.visit_string(number.to_string());
        }
        Err(E::invalid_type(T::shown(found), &self))
    }
}

impl<'de, T: Text> Visitor<'de> for Words<'_, T> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a string")
    }

    #[cold]
    fn visit_unit<E: Error>(self) -> Result<(), E> {
        if self.may_be_null {
            return Ok(());
        }
        Err(E::invalid_type(Unexpected::Unit, &self))
    }

    #[cold]
    fn visit_map<A: MapAccess<'de>>(self, input: A) -> Result<(), A::Error> {
        number_in_map(self, input)
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        *self.place = Some(T::from(text.to_owned()));
        Ok(())
    }

    fn visit_string<E>(self, text: String) -> Result<(), E> {
        *self.place = Some(T::from(text));
        Ok(())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.number(number, Unexpected::Signed(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.number(number, Unexpected::Unsigned(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        Err(E::invalid_type(T::shown(Unexpected::Float(number)), &self))
    }
}

/// Reads a string that is one of several, without a copy of it.
///
/// # Errors
///
/// When the input is no string, or none of them.
pub fn decode_listed_text<'de, T, D>(input: D, cx: &Context) -> Result<T, D::Error>
where
    T: for<'t> TryFrom<&'t str, Error: fmt::Display>,
    D: Deserializer<'de>,
{
    read_in_place(|place| {
        let mut choose = |text: &str| match T::try_from(text) {
            Ok(value) => {
                *place = Some(value);
                Ok(())
            }
            Err(error) => Err(error.to_string()),
        };
        read_listed_text(input, ListedText { cx, choose: &mut choose })
    })
}

fn read_listed_text<'de, D>(input: D, text: ListedText<'_>) -> Result<(), D::Error>
where
    D: Deserializer<'de>,
{
    if text.cx.takes_either() { input.deserialize_any(text) } else { input.deserialize_str(text) }
}

/// What reads a string that is one of several is compiled once for all types of them.
struct ListedText<'a> {
    cx: &'a Context,
    /// Keeps the value of this text, or says why there is none.
    choose: &'a mut dyn FnMut(&str) -> Result<(), String>,
}

impl ListedText<'_> {
    fn words<'a>(&'a self, place: &'a mut Option<String>) -> Words<'a, String> {
        Words { cx: self.cx, may_be_null: false, place }
    }
}

impl<'de> Visitor<'de> for ListedText<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.words(&mut None).expecting(out)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        (self.choose)(text).map_err(E::custom)
    }

    #[cold]
    fn visit_map<A: MapAccess<'de>>(self, input: A) -> Result<(), A::Error> {
        let text = read_in_place(|place| self.words(place).visit_map(input))?;
        self.visit_str(&text)
    }

    #[cold]
    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        let text = read_in_place(|place| self.words(place).visit_i64(number))?;
        self.visit_str(&text)
    }

    #[cold]
    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        let text = read_in_place(|place| self.words(place).visit_u64(number))?;
        self.visit_str(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;
    use crate::wire::{strict, tolerant};

    #[test]
    fn a_number_is_a_secret_in_replies_alone_and_no_error_shows_it() {
        let read = |json| tolerant::<Secret, _>(&mut serde_json::Deserializer::from_str(json));
        assert_eq!(read("-12345").unwrap().expose(), "-12345");
        assert_eq!(read("18446744073709551615").unwrap().expose(), "18446744073709551615");
        let error = read("12345.5").unwrap_err().to_string();
        assert_eq!(error, "invalid type: a number, expected a string at line 1 column 7");
        let sent = strict::<Secret, _>(&mut serde_json::Deserializer::from_str("12345"));
        let error = sent.unwrap_err().to_string();
        assert_eq!(error, "invalid type: a number, expected a string at line 1 column 5");
        let hidden = r#""(hidden: see wechat_bizwifi::reveal_secrets)""#;
        assert_eq!(format!("\"{}\"", Secret::new("s3cret").written()), hidden);
        assert_eq!(
            read(hidden).unwrap_err().to_string(),
            "was serialised without its value: use `reveal_secrets`"
        );
    }
}
