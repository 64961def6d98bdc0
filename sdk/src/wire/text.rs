//! Reading strings and secrets.
//!
//! ```text
//! 10, read as a String    "10" in a reply, an error in a request
//! 10, read as a Secret    the same, but the error does not show the 10
//! ```

use std::fmt;

use serde::de::{Deserializer, Error, MapAccess, Unexpected, Visitor};

use super::context::Context;
use super::decode::{Decode, Target, decode_by, read_in_place};
use super::scalar::number_in_map;
use crate::secret::{HIDDEN, Secret};

impl Decode for String {
    decode_by!(read_text);
}

fn read_text<'de, D>(input: D, text: Target<'_, String>) -> Result<(), D::Error>
where
    D: Deserializer<'de>,
{
    if text.cx.takes_either() {
        input.deserialize_any(TextVisitor(text))
    } else {
        input.deserialize_string(TextVisitor(text))
    }
}

/// An error never shows a secret. It only names the type of the value that was found.
impl Decode for Secret {
    fn decode<'de, D: Deserializer<'de>>(input: D, cx: &Context) -> Result<Self, D::Error> {
        // If possible, not `deserialize_string`: its own error for a number would show the number.
        let secret: Self = read_in_place(|place| {
            let text = TextVisitor(Target::new(cx, place));
            if cx.has_every_field() {
                input.deserialize_string(text)
            } else {
                input.deserialize_any(text)
            }
        })?;
        if secret.expose() == HIDDEN {
            return Err(D::Error::custom("was serialised without its value: use `reveal_secrets`"));
        }
        Ok(secret)
    }
}

/// A type that is made from a string.
trait Text: From<String> {
    /// What an error shows of a number that was found instead.
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

/// Reads a string. In a reply, a number is read as the string of its digits.
struct TextVisitor<'a, T>(Target<'a, T>);

impl<T: Text> TextVisitor<'_, T> {
    #[cold]
    fn number<E: Error>(self, number: impl fmt::Display, found: Unexpected<'_>) -> Result<(), E> {
        if self.0.cx.is_tolerant() {
            return self.visit_string(number.to_string());
        }
        Err(E::invalid_type(T::shown(found), &self))
    }
}

impl<'de, T: Text> Visitor<'de> for TextVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a string")
    }

    #[cold]
    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.0.read_null(&self)
    }

    #[cold]
    fn visit_map<A: MapAccess<'de>>(self, input: A) -> Result<(), A::Error> {
        number_in_map(self, input)
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        *self.0.place = Some(T::from(text.to_owned()));
        Ok(())
    }

    fn visit_string<E>(self, text: String) -> Result<(), E> {
        *self.0.place = Some(T::from(text));
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

/// Reads one of the strings of an enum, without copying it.
///
/// # Errors
///
/// When the input is not one of them.
pub fn decode_text_enum<'de, T, D>(input: D, cx: &Context) -> Result<T, D::Error>
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
        read_text_enum(input, EnumTexts { cx, choose: &mut choose })
    })
}

fn read_text_enum<'de, D>(input: D, text: EnumTexts<'_>) -> Result<(), D::Error>
where
    D: Deserializer<'de>,
{
    if text.cx.takes_either() { input.deserialize_any(text) } else { input.deserialize_str(text) }
}

/// Reads one of the strings of an enum. It has no type parameter, so that it is compiled once for all enums.
struct EnumTexts<'a> {
    cx: &'a Context,
    /// Keeps the value of a text, or returns the error message.
    choose: &'a mut dyn FnMut(&str) -> Result<(), String>,
}

impl EnumTexts<'_> {
    fn visitor<'a>(&'a self, place: &'a mut Option<String>) -> TextVisitor<'a, String> {
        TextVisitor(Target::new(self.cx, place))
    }
}

impl<'de> Visitor<'de> for EnumTexts<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor(&mut None).expecting(out)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        (self.choose)(text).map_err(E::custom)
    }

    #[cold]
    fn visit_map<A: MapAccess<'de>>(self, input: A) -> Result<(), A::Error> {
        let text = read_in_place(|place| self.visitor(place).visit_map(input))?;
        self.visit_str(&text)
    }

    #[cold]
    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        let text = read_in_place(|place| self.visitor(place).visit_i64(number))?;
        self.visit_str(&text)
    }

    #[cold]
    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        let text = read_in_place(|place| self.visitor(place).visit_u64(number))?;
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
