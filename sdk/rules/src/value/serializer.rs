//! A tree of what serde would write as JSON.
//!
//! ```text
//! Shop { id: 1, at: None }    Object([("id", Number(1)), ("at", Null)])
//! ```

use std::borrow::Cow;
use std::fmt;

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::deserialize::written;
use super::{DEEPEST, NUMBER, RAW_VALUE, Repr, TOO_DEEP, Value};
use crate::decimal::Decimal;

/// Why a value cannot be written as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteError(String);

impl fmt::Display for WriteError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for WriteError {}

impl serde::ser::Error for WriteError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl serde::de::Error for WriteError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl Value<'static> {
    /// What a value would be as JSON.
    ///
    /// # Errors
    ///
    /// When it cannot be written as JSON, or would be nested deeper than 128 levels.
    pub fn of(value: &(impl Serialize + ?Sized)) -> Result<Self, WriteError> {
        value.serialize(Tree { depth: 0 })
    }
}

type Written = Result<Value<'static>, WriteError>;

/// Writes a value that so many others are around.
#[derive(Clone, Copy)]
struct Tree {
    depth: usize,
}

impl Tree {
    fn inner(self, value: &(impl Serialize + ?Sized)) -> Written {
        if self.depth >= DEEPEST {
            return Err(WriteError(TOO_DEEP.to_owned()));
        }
        value.serialize(Self { depth: self.depth + 1 })
    }

    const fn many(self, variant: Option<&'static str>) -> Many {
        Many { tree: self, variant, items: Vec::new(), name: None, properties: Vec::new() }
    }
}

macro_rules! serialize_integers {
    ($($serialize:ident: $ty:ty),*) => { $(
        fn $serialize(self, number: $ty) -> Written {
            Ok(Value(Repr::Number(Decimal::new(number.into(), 0))))
        }
    )* };
}

impl Serializer for Tree {
    type Ok = Value<'static>;
    type Error = WriteError;
    type SerializeSeq = Many;
    type SerializeTuple = Many;
    type SerializeTupleStruct = Many;
    type SerializeTupleVariant = Many;
    type SerializeMap = Many;
    type SerializeStruct = Many;
    type SerializeStructVariant = Many;

    serialize_integers!(
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64
    );

    fn serialize_u128(self, number: u128) -> Written {
        Ok(Value::from(number))
    }

    /// By the digits that JSON would have: `0.1_f32` is 0.1.
    fn serialize_f32(self, number: f32) -> Written {
        self.serialize_f64(number.to_string().parse().unwrap_or(f64::NAN))
    }

    fn serialize_f64(self, number: f64) -> Written {
        let decimal = Decimal::of_written(number).map(|number| Value(Repr::Number(number)));
        decimal
            .ok_or_else(|| WriteError(format!("must be a number that JSON can write, is {number}")))
    }

    fn serialize_bool(self, bool: bool) -> Written {
        Ok(Value(Repr::Bool(bool)))
    }

    fn serialize_char(self, char: char) -> Written {
        self.serialize_str(char.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, string: &str) -> Written {
        Ok(Value(Repr::String(Cow::Owned(string.to_owned()))))
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Written {
        self.collect_seq(bytes)
    }

    fn serialize_none(self) -> Written {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        Ok(Value(Repr::Null))
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        Ok(of_variant(Some(variant), self.inner(value)?))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Many, WriteError> {
        Ok(self.many(None))
    }

    fn serialize_tuple(self, _: usize) -> Result<Many, WriteError> {
        Ok(self.many(None))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Many, WriteError> {
        Ok(self.many(None))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Many, WriteError> {
        Ok(self.many(Some(variant)))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Many, WriteError> {
        Ok(self.many(None))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Many, WriteError> {
        Ok(self.many(None))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Many, WriteError> {
        Ok(self.many(Some(variant)))
    }
}

fn of_variant(variant: Option<&'static str>, value: Value<'static>) -> Value<'static> {
    match variant {
        Some(variant) => Value(Repr::Object(vec![(Cow::Borrowed(variant), value)])),
        None => value,
    }
}

/// An array or an object under way.
struct Many {
    tree: Tree,
    variant: Option<&'static str>,
    items: Vec<Value<'static>>,
    name: Option<Cow<'static, str>>,
    properties: Vec<(Cow<'static, str>, Value<'static>)>,
}

impl Many {
    fn item(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), WriteError> {
        self.items.push(self.tree.inner(value)?);
        Ok(())
    }

    fn property(
        &mut self,
        name: Cow<'static, str>,
        value: &(impl Serialize + ?Sized),
    ) -> Result<(), WriteError> {
        let value = self.tree.inner(value)?;
        self.properties.push((name, value));
        Ok(())
    }

    fn array(self) -> Value<'static> {
        of_variant(self.variant, Value(Repr::Array(self.items)))
    }

    fn object(self) -> Written {
        // A number or a text of JSON that is passed on as it is written.
        if let [(name, Value(Repr::String(json)))] = &self.properties[..]
            && matches!(&**name, NUMBER | RAW_VALUE)
        {
            return written(json);
        }
        let twice = |name| WriteError(format!("has the property `{name}` twice"));
        Ok(of_variant(self.variant, Value::object(self.properties).map_err(twice)?))
    }
}

macro_rules! serialize_items {
    ($($compound:ident::$item:ident),*) => { $(impl $compound for Many {
        type Ok = Value<'static>;
        type Error = WriteError;

        fn $item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WriteError> {
            self.item(value)
        }

        fn end(self) -> Written {
            Ok(self.array())
        }
    })* };
}
serialize_items!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);

macro_rules! serialize_fields {
    ($($compound:ident),*) => { $(impl $compound for Many {
        type Ok = Value<'static>;
        type Error = WriteError;

        fn serialize_field<T: Serialize + ?Sized>(
            &mut self,
            name: &'static str,
            value: &T,
        ) -> Result<(), WriteError> {
            self.property(Cow::Borrowed(name), value)
        }

        fn end(self) -> Written {
            self.object()
        }
    })* };
}
serialize_fields!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for Many {
    type Ok = Value<'static>;
    type Error = WriteError;

    /// Names that are numbers or booleans are written as strings, as `serde_json` does.
    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), WriteError> {
        self.name = Some(match self.tree.inner(name)?.0 {
            Repr::String(name) => name,
            Repr::Number(number) => number.to_string().into(),
            Repr::Bool(bool) => bool.to_string().into(),
            _ => return Err(WriteError("has a name that is no string".to_owned())),
        });
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WriteError> {
        let name = self.name.take().unwrap_or_default();
        self.property(name, value)
    }

    fn end(self) -> Written {
        self.object()
    }
}
