//! Reading JSON as a Rust type, strictly where it will be sent, tolerantly where it was received.
//!
//! ```text
//! {"shop_id": "7"}    strict: /shop_id: invalid type: string "7", expected a whole number that fits i64
//!                     tolerant: 7
//! ```

use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, Expected, IgnoredAny, MapAccess, Unexpected, Visitor,
};

use serde_json::Value as Json;

use super::by_tag::Begun;
use super::check::{Check, validate, validate_read};
use super::context::Context;
use super::format::Format;
use super::json::{decode_json, decode_json_by_table};
use super::table::Table;

/// A type that can be read from JSON, in either mode.
///
/// Unlike serde's `Deserialize`, it is passed a [`Context`], since the same type may be part of a request, which is
/// read strictly, and of a reply, which is read as servers really send it.
pub trait Decode: Sized {
    /// Whether the type is `serde_json::Value`, or an array or map of such values: it is read in one pass, and tables
    /// are evaluated on it directly.
    const IS_JSON: bool = false;

    /// Converts JSON that was read, if [`Self::IS_JSON`].
    fn from_json(_: Json) -> Option<Self> {
        None
    }

    /// Reads a value.
    ///
    /// # Errors
    ///
    /// When the input is not such a value.
    fn decode<'de, D: Deserializer<'de>>(input: D, cx: &Context) -> Result<Self, D::Error>;

    /// Reads a value into its place, so that a large value is not moved.
    ///
    /// # Errors
    ///
    /// When the input is not such a value.
    #[inline]
    fn decode_into<'de, D: Deserializer<'de>>(
        input: D,
        cx: &Context,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        *place = Some(Self::decode(input, cx)?);
        Ok(())
    }

    /// Reads a value into its place. A placeholder, such as `null`, leaves the place empty.
    ///
    /// # Errors
    ///
    /// When the input is neither such a value nor a placeholder.
    #[inline]
    fn decode_or_nothing<'de, D: Deserializer<'de>>(
        input: D,
        cx: &Context,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        input.deserialize_option(OrNothing { cx, place })
    }

    /// Reads a value strictly from JSON, and evaluates a table on that JSON.
    ///
    /// # Errors
    ///
    /// When the input is no such value, or is not valid.
    fn decode_by_table<'de, D>(input: D, cx: &Context, table: &Table) -> Result<Self, D::Error>
    where
        D: Deserializer<'de>,
    {
        if Self::IS_JSON {
            let json = decode_json_by_table(input, cx, table)?;
            return Self::from_json(json).ok_or_else(|| D::Error::custom("is of another type"));
        }
        let tree = table.read(input, cx)?;
        Self::decode(&tree, cx).map_err(D::Error::custom)
    }

    /// Reads an object whose first properties were read before.
    ///
    /// # Errors
    ///
    /// When it is no such value.
    fn decode_begun<'de, A: MapAccess<'de>>(
        input: Begun<'de, A>,
        cx: &Context,
    ) -> Result<Self, A::Error> {
        Self::decode(&input.kept()?, cx).map_err(A::Error::custom)
    }

    /// The value of a required property that is absent in a reply; `None` if there is no such value.
    fn absent() -> Option<Self> {
        None
    }
}

/// Reads a value of a type that has a table.
///
/// # Errors
///
/// When the input is no such value.
pub fn decode_by_table<'de, T, D>(input: D, cx: &Context, table: &Table) -> Result<T, D::Error>
where
    T: Decode,
    D: Deserializer<'de>,
{
    if cx.is_tolerant() || !cx.is_json() {
        return T::decode(input, cx);
    }
    T::decode_by_table(input, cx, table)
}

/// Reads a value that will be sent, which must be valid against its schema. The body of `Deserialize`.
///
/// # Errors
///
/// With the place and the rule, when the input is not valid against the schema.
pub fn strict<'de, T: Decode + Check, D: Deserializer<'de>>(input: D) -> Result<T, D::Error> {
    let format = Format::of_input(&input);
    let cx = &Context::strict(format);
    read_in_place(|place| {
        T::decode_into(input, cx, place).map_err(|error| cx.explain(error))?;
        let Some(value) = place else { return Ok(()) };
        // Tables were evaluated on the input only if that is JSON.
        let outcome = if format == Format::Json { validate_read(value) } else { validate(value) };
        outcome.map_err(D::Error::custom)
    })
}

/// Reads a value that was received. The body of `Deserialize`.
///
/// # Errors
///
/// With the place, when the input cannot be read as such a value.
pub fn tolerant<'de, T: Decode, D: Deserializer<'de>>(input: D) -> Result<T, D::Error> {
    let format = Format::of_input(&input);
    let cx = &Context::tolerant(format);
    read_in_place(|place| T::decode_into(input, cx, place).map_err(|error| cx.explain(error)))
}

/// A serde seed that reads the next value by [`Decode`].
pub(super) struct Seed<'cx, T>(&'cx Context, PhantomData<T>);

impl<'cx, T> Seed<'cx, T> {
    pub(super) const fn new(cx: &'cx Context) -> Self {
        Self(cx, PhantomData)
    }
}

impl<'de, T: Decode> DeserializeSeed<'de> for Seed<'_, T> {
    type Value = T;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<T, D::Error> {
        T::decode(input, self.0)
    }
}

/// A serde seed that reads the next value into its place.
pub(crate) struct SeedInto<'a, T> {
    pub(crate) cx: &'a Context,
    pub(crate) place: &'a mut Option<T>,
}

impl<'de, T: Decode> DeserializeSeed<'de> for SeedInto<'_, T> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        T::decode_into(input, self.cx, self.place)
    }
}

/// A [`SeedInto`] for an optional property: in a reply, `null` or another placeholder leaves the place as it is.
pub(crate) struct SeedOrNothing<'a, T>(pub(crate) SeedInto<'a, T>);

impl<'de, T: Decode> DeserializeSeed<'de> for SeedOrNothing<'_, T> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        let SeedInto { cx, place } = self.0;
        if cx.is_json() && cx.is_tolerant() {
            return T::decode_or_nothing(input, cx, place);
        }
        decode_unless_left_out(input, cx, place)
    }
}

/// Reads the value of a property that is present.
#[inline(never)]
fn decode_unless_left_out<'de, T, D>(
    input: D,
    cx: &Context,
    place: &mut Option<T>,
) -> Result<(), D::Error>
where
    T: Decode,
    D: Deserializer<'de>,
{
    if cx.is_json() {
        return T::decode_into(input, cx, place);
    }
    // Formats other than JSON may write an absent property as a null of their own.
    input.deserialize_option(OrNothing { cx, place })
}

/// Runs a function that reads a value into a place, and returns the value. The place must not stay empty.
#[inline]
pub(super) fn read_in_place<T, E: serde::de::Error>(
    read: impl FnOnce(&mut Option<T>) -> Result<(), E>,
) -> Result<T, E> {
    #[cold]
    fn nothing<E: serde::de::Error>() -> E {
        E::custom("is missing")
    }
    let mut place = None;
    read(&mut place)?;
    match place {
        Some(value) => Ok(value),
        None => Err(nothing()),
    }
}

/// The place that a value is read into.
pub(super) struct Target<'a, T> {
    pub(super) cx: &'a Context,
    /// Whether the place stays empty, without an error, for a value that means "nothing" in replies.
    pub(super) may_be_nothing: bool,
    pub(super) place: &'a mut Option<T>,
}

impl<'a, T> Target<'a, T> {
    /// Where nothing is an error.
    pub(super) const fn new(cx: &'a Context, place: &'a mut Option<T>) -> Self {
        Self { cx, may_be_nothing: false, place }
    }

    /// Reads `null`, which `expected` says to be wrong where it is not nothing.
    #[cold]
    pub(super) fn read_null<E: serde::de::Error>(&self, expected: &dyn Expected) -> Result<(), E> {
        if self.may_be_nothing { Ok(()) } else { Err(E::invalid_type(Unexpected::Unit, expected)) }
    }
}

/// The methods of [`Decode`] that read, of a type that one function reads into its [`Target`].
macro_rules! decode_by {
    ($read:path) => {
        #[inline]
        fn decode<'de, D: serde::Deserializer<'de>>(
            input: D,
            cx: &crate::wire::Context,
        ) -> Result<Self, D::Error> {
            crate::wire::decode::read_in_place(|place| Self::decode_into(input, cx, place))
        }

        #[inline]
        fn decode_into<'de, D: serde::Deserializer<'de>>(
            input: D,
            cx: &crate::wire::Context,
            place: &mut Option<Self>,
        ) -> Result<(), D::Error> {
            $read(input, crate::wire::decode::Target::new(cx, place))
        }

        #[inline]
        fn decode_or_nothing<'de, D: serde::Deserializer<'de>>(
            input: D,
            cx: &crate::wire::Context,
            place: &mut Option<Self>,
        ) -> Result<(), D::Error> {
            $read(input, crate::wire::decode::Target { cx, may_be_nothing: true, place })
        }
    };
}
pub(super) use decode_by;

/// Reads a value into its place, which `null` leaves empty.
struct OrNothing<'a, T> {
    cx: &'a Context,
    place: &'a mut Option<T>,
}

impl<'de, T: Decode> Visitor<'de> for OrNothing<'_, T> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value or null")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        T::decode_into(input, self.cx, self.place)
    }
}

/// A nullable value: `null` is valid against its schema. In a reply, an absent property means the same.
impl<T: Decode> Decode for Option<T> {
    const IS_JSON: bool = T::IS_JSON;

    fn from_json(json: Json) -> Option<Self> {
        if json.is_null() { Some(None) } else { T::from_json(json).map(Some) }
    }

    fn decode<'de, D: Deserializer<'de>>(input: D, cx: &Context) -> Result<Self, D::Error> {
        read_in_place(|place| Self::decode_into(input, cx, place))
    }

    #[inline]
    fn decode_into<'de, D: Deserializer<'de>>(
        input: D,
        cx: &Context,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        let place = place.insert(None);
        if cx.is_tolerant() && cx.is_json() {
            T::decode_or_nothing(input, cx, place)
        } else {
            input.deserialize_option(OrNothing { cx, place })
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

/// The payload of an operation whose reply is a return code only. Other properties are ignored.
impl Decode for () {
    fn decode<'de, D: Deserializer<'de>>(input: D, _: &Context) -> Result<Self, D::Error> {
        input.deserialize_ignored_any(IgnoredAny).map(drop)
    }

    fn absent() -> Option<Self> {
        Some(())
    }
}

impl Decode for Json {
    const IS_JSON: bool = true;

    fn from_json(json: Json) -> Option<Self> {
        Some(json)
    }

    fn decode<'de, D: Deserializer<'de>>(input: D, cx: &Context) -> Result<Self, D::Error> {
        // A property that appears twice was refused when the tree was made.
        if Format::is_json::<D::Error>() {
            return decode_json(input, cx);
        }
        serde::Deserialize::deserialize(input)
    }

    fn absent() -> Option<Self> {
        Some(Self::Null)
    }
}
