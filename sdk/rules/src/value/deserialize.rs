//! Reading a tree by serde, from any format.
//!
//! ```text
//! {"a": 1}, from `serde_json`, a form, MessagePack    Object([("a", Number(1))])
//! ```

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{DEEPEST, NUMBER, Repr, TOO_DEEP, Value};
use crate::decimal::Decimal;

impl<'de: 'v, 'v> Deserialize<'de> for Value<'v> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Tree { depth: 0 }.deserialize(input)
    }
}

/// Reads a value that is nested in this many others.
#[derive(Clone, Copy)]
struct Tree {
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Tree {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Value<'de>, D::Error> {
        if self.depth > DEEPEST {
            return Err(D::Error::custom(TOO_DEEP));
        }
        input.deserialize_any(self)
    }
}

macro_rules! visit_integers {
    ($($visit:ident: $ty:ty),*) => { $(
        fn $visit<E>(self, number: $ty) -> Result<Value<'de>, E> {
            Ok(Value(Repr::Number(Decimal::from(number))))
        }
    )* };
}

impl<'de> Visitor<'de> for Tree {
    type Value = Value<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    visit_integers!(visit_i64: i64, visit_u64: u64, visit_i128: i128);

    fn visit_u128<E>(self, number: u128) -> Result<Value<'de>, E> {
        Ok(Value(match i128::try_from(number) {
            Ok(number) => Repr::Number(number.into()),
            Err(_) => Repr::LongNumber(number.to_string().into()),
        }))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value<'de>, E> {
        let decimal = Decimal::of_written(number).map(|number| Value(Repr::Number(number)));
        decimal.ok_or_else(|| E::custom("is a number that JSON cannot write"))
    }

    fn visit_bool<E>(self, bool: bool) -> Result<Value<'de>, E> {
        Ok(Value(Repr::Bool(bool)))
    }

    fn visit_borrowed_str<E>(self, string: &'de str) -> Result<Value<'de>, E> {
        Ok(Value(Repr::String(string.into())))
    }

    fn visit_str<E: Error>(self, string: &str) -> Result<Value<'de>, E> {
        self.visit_string(string.to_owned())
    }

    fn visit_string<E>(self, string: String) -> Result<Value<'de>, E> {
        Ok(Value(Repr::String(string.into())))
    }

    fn visit_unit<E>(self) -> Result<Value<'de>, E> {
        Ok(Value(Repr::Null))
    }

    fn visit_none<E: Error>(self) -> Result<Value<'de>, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<Value<'de>, D::Error> {
        self.deserialize(input)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, input: D) -> Result<Value<'de>, D::Error> {
        self.deserialize(input)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut input: A) -> Result<Value<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = input.next_element_seed(self.inner())? {
            items.push(item);
        }
        Ok(Value(Repr::Array(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<Value<'de>, A::Error> {
        let mut properties: Vec<(Cow<'de, str>, _)> = Vec::new();
        while let Some(name) = input.next_key_seed(Text)? {
            if properties.is_empty() && name == NUMBER {
                let number = input.next_value_seed(Text)?;
                let number = Value::parse(number.as_bytes()).map(Value::into_owned);
                return number.map_err(A::Error::custom);
            }
            properties.push((name, input.next_value_seed(self.inner())?));
        }
        let twice = |name| A::Error::custom(format_args!("has the property `{name}` twice"));
        Value::object(properties).map_err(twice)
    }
}

impl Tree {
    const fn inner(self) -> Self {
        Self { depth: self.depth + 1 }
    }
}

/// Reads a string, borrowed where it can be.
#[derive(Clone, Copy, Debug)]
pub struct Text;

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Self::Value, D::Error> {
        input.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Text {
    type Value = Cow<'de, str>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, string: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(string))
    }

    fn visit_str<E>(self, string: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(string.to_owned()))
    }

    fn visit_string<E>(self, string: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(string))
    }
}
