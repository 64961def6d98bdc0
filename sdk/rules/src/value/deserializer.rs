//! Reading Rust types from a tree.
//!
//! ```text
//! Array([Number(1), Number(2)])    Vec<i64>: vec![1, 2]
//! ```

use serde::de::value::{
    BorrowedStrDeserializer, Error, MapAccessDeserializer, MapDeserializer, SeqDeserializer,
};
use serde::de::{Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::{Repr, Value};
use crate::decimal::{Decimal, INEXACT};
use crate::view::{Leaf, View};

impl<'de> Deserializer<'de> for &'de Value<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.0 {
            Repr::Null => visitor.visit_unit(),
            Repr::Bool(bool) => visitor.visit_bool(*bool),
            Repr::Number(number) => visit_number(*number, visitor),
            Repr::LongNumber(_) => visit_double(self, visitor),
            Repr::String(string) => visitor.visit_borrowed_str(string),
            Repr::Array(items) => SeqDeserializer::new(items.iter()).deserialize_any(visitor),
            Repr::Object(_) => self.map().deserialize_any(visitor),
        }
    }

    fn deserialize_i128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.leaf() {
            Leaf::Number(number) => match number.to_i128() {
                Some(number) => visitor.visit_i128(number),
                None => visit_double(self, visitor),
            },
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_u128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Leaf::Number(number) = self.leaf() else { return self.deserialize_any(visitor) };
        let whole = match number.text() {
            Some(text) => text.parse().ok(),
            None => number.to_i128().and_then(|number| u128::try_from(number).ok()),
        };
        match whole {
            Some(number) => visitor.visit_u128(number),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Repr::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match &self.0 {
            Repr::String(string) => {
                BorrowedStrDeserializer::new(string).deserialize_enum(name, variants, visitor)
            }
            Repr::Object(properties) if properties.len() == 1 => {
                MapAccessDeserializer::new(self.map()).deserialize_enum(name, variants, visitor)
            }
            _ => Err(Error::custom("must be a string or an object of one property")),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

impl<'v> Value<'v> {
    fn map<'de>(
        &'de self,
    ) -> MapDeserializer<
        'de,
        impl Iterator<Item = (BorrowedStrDeserializer<'de, Error>, &'de Self)> + use<'de, 'v>,
        Error,
    > {
        let properties = match &self.0 {
            Repr::Object(properties) => &properties[..],
            _ => &[],
        };
        MapDeserializer::new(
            properties.iter().map(|(name, value)| (BorrowedStrDeserializer::new(name), value)),
        )
    }
}

impl<'de> IntoDeserializer<'de, Error> for &'de Value<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Passes a number as JSON readers do: as an integer, if it is one and fits, and else as the nearest double.
fn visit_number<'de, V: Visitor<'de>>(number: Decimal<'_>, visitor: V) -> Result<V::Value, Error> {
    if let Some((mantissa, 0)) = number.parts()
        && let Ok(number) = i64::try_from(mantissa)
    {
        return match u64::try_from(number) {
            Ok(number) => visitor.visit_u64(number),
            Err(_) => visitor.visit_i64(number),
        };
    }
    let is_written_whole = number.parts().is_some_and(|(_, exponent)| exponent >= 0);
    let double = number.to_f64();
    if is_written_whole || double.abs() >= INEXACT {
        let whole = number.to_i128();
        if let Some(number) = whole.and_then(|number| u64::try_from(number).ok()) {
            return visitor.visit_u64(number);
        }
        if let Some(number) = whole.and_then(|number| i64::try_from(number).ok()) {
            return visitor.visit_i64(number);
        }
    }
    visit_finite(double, visitor)
}

fn visit_double<'de, V: Visitor<'de>>(value: &Value<'_>, visitor: V) -> Result<V::Value, Error> {
    match value.leaf() {
        Leaf::Number(number) => visit_finite(number.to_f64(), visitor),
        _ => Err(Error::custom("must be a number")),
    }
}

fn visit_finite<'de, V: Visitor<'de>>(double: f64, visitor: V) -> Result<V::Value, Error> {
    if double.is_finite() {
        visitor.visit_f64(double)
    } else {
        Err(Error::custom("is a number that is too large"))
    }
}
