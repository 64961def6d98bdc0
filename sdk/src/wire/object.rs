//! Reading a JSON object: one loop for every type, which brings a line a property.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::decode::{Context, Decode, Seed, SeedOrNothing};
use super::rules::Members;

/// A struct that is read from a JSON object.
pub trait Object: Sized {
    /// What has been read so far.
    type Draft: Default;
    /// Its name, its properties, and what becomes of others.
    const SHAPE: Shape;
    /// Rules on which properties there are, if there are any.
    const MEMBERS: Option<Members> = None;

    /// Reads the value of property number `index`.
    ///
    /// # Errors
    ///
    /// When the input is no value of that property's type.
    fn set<'de, A: MapAccess<'de>>(
        draft: &mut Self::Draft,
        index: usize,
        value: Property<'_, A>,
    ) -> Result<(), A::Error>;

    /// Reads the value of a property that is not listed, where those are kept.
    ///
    /// # Errors
    ///
    /// When the input is no value of the type that those have.
    fn set_other<'de, A: MapAccess<'de>>(
        draft: &mut Self::Draft,
        name: String,
        value: Property<'_, A>,
    ) -> Result<(), A::Error> {
        let _ = (draft, name);
        value.skip()
    }

    /// Makes the whole of what was read.
    ///
    /// # Errors
    ///
    /// The name of a required property that is missing.
    fn finish(draft: Self::Draft, cx: &Context) -> Result<Self, &'static str>;
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

/// A property's value, about to be read.
#[derive(Debug)]
pub struct Property<'a, A> {
    input: &'a mut A,
    cx: &'a Context,
    /// Whether it came under another spelling than the first.
    alias: bool,
}

impl<'de, A: MapAccess<'de>> Property<'_, A> {
    /// Reads a property that must be there.
    ///
    /// # Errors
    ///
    /// When the input is no such value, or the property has been read already.
    pub fn required<T: Decode>(self, slot: &mut Option<T>) -> Result<(), A::Error> {
        if self.keeps(slot.as_ref())? {
            return self.skip();
        }
        *slot = Some(self.input.next_value_seed(Seed::new(self.cx))?);
        Ok(())
    }

    /// Reads a property with one possible value.
    ///
    /// # Errors
    ///
    /// When the input is no such value, or the property has been read already.
    pub fn fixed<T: Decode>(self, slot: &mut Option<T>) -> Result<(), A::Error> {
        self.required(slot)
    }

    /// Reads a property that may be left out: in a reply, `null` says that too.
    ///
    /// # Errors
    ///
    /// When the input is no such value, or the property has been read already.
    pub fn optional<T: Decode>(self, slot: &mut Option<T>) -> Result<(), A::Error> {
        if !self.cx.is_tolerant() {
            return self.required(slot);
        }
        if self.keeps(slot.as_ref())? {
            return self.skip();
        }
        // Nothing under one spelling does not take back what came under another.
        if let Some(value) = self.input.next_value_seed(SeedOrNothing(self.cx, PhantomData))? {
            *slot = Some(value);
        }
        Ok(())
    }

    /// Reads a property that is not listed.
    ///
    /// # Errors
    ///
    /// When the input is no such value, or the property has been read already.
    pub fn other<T: Decode>(
        self,
        name: String,
        others: &mut BTreeMap<String, T>,
    ) -> Result<(), A::Error> {
        let value = self.input.next_value_seed(Seed::new(self.cx))?;
        if others.insert(name, value).is_some() && !self.cx.is_tolerant() {
            return Err(A::Error::custom("appears twice"));
        }
        Ok(())
    }

    /// Whether an earlier spelling's value stays: the first spelling wins over the others.
    fn keeps<T>(&self, slot: Option<&T>) -> Result<bool, A::Error> {
        if slot.is_some() && !self.cx.is_tolerant() {
            return Err(A::Error::custom("appears twice"));
        }
        Ok(slot.is_some() && self.alias)
    }

    /// Passes over the value.
    ///
    /// # Errors
    ///
    /// When the input is broken.
    pub fn skip(self) -> Result<(), A::Error> {
        self.input.next_value::<IgnoredAny>().map(drop)
    }
}

/// Reads an object.
///
/// # Errors
///
/// When the input is no such object.
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

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<T, A::Error> {
        let mut draft = T::Draft::default();
        read_properties::<T, A>(&mut draft, &mut input, self.0)?;
        finish(draft, self.0)
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

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<Option<T>, A::Error> {
        let mut draft = T::Draft::default();
        let count = read_properties::<T, A>(&mut draft, &mut input, self.0)?;
        match T::finish(draft, self.0) {
            Ok(object) => Ok(Some(object)),
            Err(_) if count == 0 => Ok(None),
            Err(missing) => Err(lacks(missing)),
        }
    }
}

fn finish<T: Object, E: Error>(draft: T::Draft, cx: &Context) -> Result<T, E> {
    T::finish(draft, cx).map_err(lacks)
}

fn lacks<E: Error>(property: &'static str) -> E {
    E::custom(format_args!("the required property `{property}` is missing"))
}

/// Reads every property, and returns how many there were.
fn read_properties<'de, T, A>(
    draft: &mut T::Draft,
    input: &mut A,
    cx: &Context,
) -> Result<usize, A::Error>
where
    T: Object,
    A: MapAccess<'de>,
{
    let mut count = 0;
    let mut next = 0;
    while let Some(name) = input.next_key_seed(Name { shape: &T::SHAPE, next, cx })? {
        count += 1;
        match name {
            Found::Known { index, name, alias } => {
                next = index + 1;
                T::set(draft, index, Property { input, cx, alias })
                    .map_err(|fault| cx.at(name, fault))?;
            }
            Found::Kept(name) => {
                T::set_other(draft, name.clone(), Property { input, cx, alias: false })
                    .map_err(|fault| cx.at(name, fault))?;
            }
            Found::Ignored => input.next_value::<IgnoredAny>().map(drop)?,
            Found::Refused(name) => {
                return Err(cx.at(name, A::Error::custom(Unknown(T::SHAPE.keys))));
            }
        }
    }
    Ok(count)
}

/// What a property's name turns out to be.
enum Found {
    Known { index: usize, name: &'static str, alias: bool },
    Ignored,
    Kept(String),
    Refused(String),
}

/// Looks a property's name up, without copying it.
struct Name<'cx> {
    shape: &'static Shape,
    /// Where the name is, if the object keeps the schema's order.
    next: usize,
    cx: &'cx Context,
}

impl Name<'_> {
    /// A property that comes where the schema has it: nearly every one.
    #[inline]
    fn expected(&self, name: &str) -> Option<Found> {
        let key = self.shape.keys.get(self.next).filter(|key| key.name == name)?;
        Some(Found::Known { index: self.next, name: key.name, alias: false })
    }

    /// Out of line, so that what is usual stays small.
    #[cold]
    fn look_up(&self, name: &str) -> Found {
        self.find(name).unwrap_or_else(|| match self.shape.others {
            Others::Kept => Found::Kept(name.to_owned()),
            Others::Refused if !self.cx.is_tolerant() => Found::Refused(name.to_owned()),
            _ => Found::Ignored,
        })
    }

    fn find(&self, name: &str) -> Option<Found> {
        let keys = self.shape.keys;
        if let Some(index) = keys.iter().position(|key| key.name == name) {
            return Some(Found::Known { index, name: keys[index].name, alias: false });
        }
        if self.cx.is_tolerant() { self.find_alias(name) } else { None }
    }

    fn find_alias(&self, name: &str) -> Option<Found> {
        self.shape.keys.iter().enumerate().find_map(|(index, key)| {
            let name = key.aliases.iter().find(|alias| **alias == name)?;
            Some(Found::Known { index, name, alias: true })
        })
    }
}

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Found, D::Error> {
        input.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Found;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a property's name")
    }

    #[inline]
    fn visit_str<E>(self, name: &str) -> Result<Found, E> {
        Ok(self.expected(name).unwrap_or_else(|| self.look_up(name)))
    }
}

struct Unknown(&'static [Key]);

impl fmt::Display for Unknown {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("is not a property of this object, which has ")?;
        for (index, key) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(out, "{separator}`{}`", key.name)?;
        }
        Ok(())
    }
}
