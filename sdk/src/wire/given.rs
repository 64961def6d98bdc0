//! Reading JSON that was parsed before, such as the request of a call by name, with errors that are data.
//!
//! ```text
//! {"shop_id": "7"}    /shop_id must be a whole number that fits i64, is a string
//! ```

use std::any::type_name;
use std::fmt::{self, Display};

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, Error, Expected, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value as Json;
use wechat_bizwifi_rules::message::{Arg, Message, NOT_READ, OBJECT, TYPE, words};
use wechat_bizwifi_rules::{Types, View as _};

use super::check::{Check, validate_read};
use super::context::Context;
use super::decode::Decode;
use super::format::Format;
use super::invalid::Invalid;
use super::seen::Seen;

/// Reads an object that will be sent, which must be valid against its schema.
///
/// # Errors
///
/// Every violation, as far as the value could be read.
pub(crate) fn read_given<T: Decode + Check>(json: &Json) -> Result<T, Invalid> {
    let types = Seen::Json(json).leaf().types();
    if types != Types::OBJECT {
        let message = TYPE.with([Arg::Words(OBJECT), Arg::Message(&types.into())]);
        return Err(Invalid::new("type", message));
    }
    let cx = &Context::strict(Format::Json);
    let refused = |error: GivenError| Invalid::from_violations(cx.take_refusal(error.0));
    let value = T::decode(Given(json), cx).map_err(refused)?;
    validate_read(&value).map(|()| value)
}

/// Why JSON cannot be read as a type.
#[derive(Debug)]
pub(super) struct GivenError(Message);

impl GivenError {
    /// Whether this is the type of an error.
    pub(super) fn is<E>() -> bool {
        type_name::<E>() == type_name::<Self>()
    }
}

impl Error for GivenError {
    fn custom<T: Display>(message: T) -> Self {
        Self(NOT_READ.with([Arg::Text(&message)]))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        // serde has what was expected as a text alone.
        let expected = expected.to_string();
        let expected = words(&expected).map_or(Arg::Text(&expected), Arg::Words);
        Self(match &found {
            Unexpected::Signed(number) => TYPE.with([expected, Arg::Text(number)]),
            Unexpected::Unsigned(number) => TYPE.with([expected, Arg::Text(number)]),
            Unexpected::Float(number) => TYPE.with([expected, Arg::Text(number)]),
            found => TYPE.with([expected, Arg::Message(&type_of(found).into())]),
        })
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }
}

/// Strings are not shown, since they may be secrets.
fn type_of(found: &Unexpected<'_>) -> Types {
    match found {
        Unexpected::Bool(_) => Types::BOOLEAN,
        Unexpected::Seq => Types::ARRAY,
        Unexpected::Map => Types::OBJECT,
        Unexpected::Unit | Unexpected::Option => Types::NULL,
        _ => Types::STRING,
    }
}

impl Display for GivenError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0.english())
    }
}

impl std::error::Error for GivenError {}

#[derive(Clone, Copy)]
struct Given<'de>(&'de Json);

impl<'de> IntoDeserializer<'de, GivenError> for Given<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Given<'de> {
    type Error = GivenError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GivenError> {
        match self.0 {
            Json::Null => visitor.visit_unit(),
            Json::Bool(flag) => visitor.visit_bool(*flag),
            Json::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(number), ..) => visitor.visit_u64(number),
                (_, Some(number), _) => visitor.visit_i64(number),
                (.., Some(number)) => visitor.visit_f64(number),
                _ => Err(GivenError::custom("number out of range")),
            },
            Json::String(text) => visitor.visit_borrowed_str(text),
            Json::Array(items) => visitor.visit_seq(SeqDeserializer::new(items.iter().map(Given))),
            Json::Object(properties) => {
                let properties = properties.iter().map(|(name, value)| (&**name, Given(value)));
                visitor.visit_map(MapDeserializer::new(properties))
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GivenError> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, GivenError> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
