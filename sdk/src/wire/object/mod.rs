//! Reading a JSON object: one loop for every type, which brings a call for each property.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

mod names;
mod reading;

pub use reading::Other;
use reading::read_properties;

use super::decode::{Context, Decode};
use super::rules::Members;

/// A struct that is read from a JSON object.
pub trait Object: Sized {
    /// What has been read so far: a slot for each property.
    type Draft;
    /// Its name, its properties, and what becomes of others.
    const SHAPE: Shape;
    /// Rules on which properties there are, if there are any.
    const MEMBERS: Option<Members> = None;

    /// A draft with nothing in it.
    fn begin() -> Self::Draft;

    /// Shows `slots` every slot, in the order of [`Shape::keys`].
    ///
    /// Each is one call that returns nothing: a `?` or an `if` for each property would be paid for
    /// by whoever compiles the generated code.
    fn visit<S: Slots>(draft: &mut Self::Draft, slots: &mut S);

    /// Reads the value of a property that is not listed, where those are kept.
    ///
    /// # Errors
    ///
    /// When the input is no value of the type that those have.
    fn read_other<'de, A: MapAccess<'de>>(
        draft: &mut Self::Draft,
        name: String,
        other: Other<'_, A>,
    ) -> Result<(), A::Error> {
        let _ = (draft, name);
        other.skip()
    }

    /// Makes the whole of what was read, unless the slot of a property that must be there is empty.
    fn finish(draft: Self::Draft) -> Option<Self>;
}

/// What is done with the slots of a draft: each method is for the properties of one presence.
pub trait Slots {
    /// The slot of a property that must be there.
    fn required<T: Decode>(&mut self, slot: &mut Option<T>);

    /// The slot of a property that must be there and has one possible value.
    fn fixed<T: Decode + Default>(&mut self, slot: &mut Option<T>) {
        self.required(slot);
    }

    /// The slot of a property that may be left out.
    fn optional<T: Decode>(&mut self, slot: &mut Option<T>);
}

/// What is known of an object type before one is read.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The Rust type's name, for messages.
    pub name: &'static str,
    /// Its properties, in the order of the schema.
    pub keys: &'static [Key],
    /// What becomes of other properties.
    pub others: Others,
}

/// What becomes of a property that is not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// It is passed over.
    Ignored,
    /// It is a fault, where the schema holds; in a reply it is passed over.
    Refused,
    /// It is kept, in a map beside the listed ones.
    Kept,
}

/// The spellings of one property.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The one that is sent.
    pub name: &'static str,
    /// Others that replies use.
    pub aliases: &'static [&'static str],
}

/// Looks for what is missing once all is read, and puts in its place what a reply may leave out.
struct Completing<'a> {
    cx: &'a Context,
    /// The number of slots seen.
    seen: usize,
    /// The number of the first property that is missing.
    missing: Option<usize>,
}

impl Slots for Completing<'_> {
    #[inline]
    fn required<T: Decode>(&mut self, slot: &mut Option<T>) {
        if slot.is_none() && self.cx.is_tolerant() {
            *slot = T::absent();
        }
        if slot.is_none() {
            self.missing.get_or_insert(self.seen);
        }
        self.seen += 1;
    }

    #[inline]
    fn optional<T: Decode>(&mut self, _: &mut Option<T>) {
        self.seen += 1;
    }
}

/// Fills what has one possible value.
struct Fixing;

impl Slots for Fixing {
    fn required<T: Decode>(&mut self, _: &mut Option<T>) {}

    fn fixed<T: Decode + Default>(&mut self, slot: &mut Option<T>) {
        *slot = Some(T::default());
    }

    fn optional<T: Decode>(&mut self, _: &mut Option<T>) {}
}

/// What a builder begins with: nothing but what can only have one value.
pub fn begin_fixed<T: Object>() -> T::Draft {
    let mut draft = T::begin();
    T::visit(&mut draft, &mut Fixing);
    draft
}

/// Makes the whole of what was read.
///
/// # Errors
///
/// The name of a required property that is missing.
#[inline]
fn finish<T: Object>(mut draft: T::Draft, cx: &Context) -> Result<T, &'static str> {
    let mut completing = Completing { cx, seen: 0, missing: None };
    T::visit(&mut draft, &mut completing);
    let missing = completing.missing.and_then(|index| T::SHAPE.keys.get(index));
    T::finish(draft).ok_or(missing.map_or("", |key| key.name))
}

/// Reads an object.
///
/// # Errors
///
/// When the input is no such object.
#[inline]
pub fn decode_object<'de, T, D>(input: D, cx: &Context) -> Result<T, D::Error>
where
    T: Object,
    D: Deserializer<'de>,
{
    input.deserialize_map(Whole::<T>(cx, PhantomData))
}

/// Reads an object of a reply, or nothing: `null`, `[]`, and `{}` where something is required.
///
/// # Errors
///
/// When the input is neither.
#[inline]
pub fn decode_object_or_nothing<'de, T, D>(input: D, cx: &Context) -> Result<Option<T>, D::Error>
where
    T: Object,
    D: Deserializer<'de>,
{
    input.deserialize_any(WholeOrNothing::<T>(cx, PhantomData))
}

struct Whole<'cx, T>(&'cx Context, PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for Whole<'_, T> {
    type Value = T;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "an object ({})", T::SHAPE.name)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<T, A::Error> {
        let mut draft = T::begin();
        read_properties::<T, A>(&mut draft, &mut input, self.0)?;
        finish(draft, self.0).map_err(lacks)
    }
}

struct WholeOrNothing<'cx, T>(&'cx Context, PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for WholeOrNothing<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "an object ({}) or nothing", T::SHAPE.name)
    }

    fn visit_unit<E>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_none<E>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<Option<T>, D::Error> {
        decode_object_or_nothing(input, self.0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut input: A) -> Result<Option<T>, A::Error> {
        match input.next_element::<IgnoredAny>()? {
            None => Ok(None),
            Some(_) => Err(A::Error::invalid_type(serde::de::Unexpected::Seq, &self)),
        }
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<Option<T>, A::Error> {
        let mut draft = T::begin();
        let is_any = read_properties::<T, A>(&mut draft, &mut input, self.0)?;
        match finish(draft, self.0) {
            Ok(object) => Ok(Some(object)),
            Err(_) if !is_any => Ok(None),
            Err(missing) => Err(lacks(missing)),
        }
    }
}

fn lacks<E: Error>(property: &'static str) -> E {
    E::custom(format_args!("the required property `{property}` is missing"))
}
