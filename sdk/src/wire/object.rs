//! Reading a JSON object: one loop for every type, which brings a line a property.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::decode::{Context, Decode, Seed, SeedOrNothing};
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

/// Reads an object's properties. It is shown the slots in the order of the schema, and fills each
/// whose turn it is in the input: where both have one order, that is one pass.
struct Reading<'a, A, E> {
    input: &'a mut A,
    names: Names<'a>,
    /// The number of the slot that is shown next.
    slot: usize,
    outcome: Result<(), E>,
}

/// The turn of a property that is not listed.
const OTHER: usize = usize::MAX - 1;
/// Nobody's turn: the object has ended, or cannot be read on.
const END: usize = usize::MAX;

impl<'de, A: MapAccess<'de>> Slots for Reading<'_, A, A::Error> {
    #[inline]
    fn required<T: Decode>(&mut self, slot: &mut Option<T>) {
        if self.names.turn == self.slot {
            let outcome = self.read(slot);
            self.go_on(outcome);
        }
        self.slot += 1;
    }

    /// In a reply, `null` says that it is left out.
    #[inline]
    fn optional<T: Decode>(&mut self, slot: &mut Option<T>) {
        if self.names.turn == self.slot {
            let outcome = self.read_or_nothing(slot);
            self.go_on(outcome);
        }
        self.slot += 1;
    }
}

impl<'de, A: MapAccess<'de>> Reading<'_, A, A::Error> {
    #[inline]
    fn read<T: Decode>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error> {
        if slot.is_some() && self.keeps()? {
            return self.skip();
        }
        *slot = Some(self.input.next_value_seed(Seed::new(self.names.cx))?);
        Ok(())
    }

    #[inline]
    fn read_or_nothing<T: Decode>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error> {
        if slot.is_some() && self.keeps()? {
            return self.skip();
        }
        let value = self.input.next_value_seed(SeedOrNothing(self.names.cx, PhantomData))?;
        // Nothing under one spelling does not take back what came under another.
        if value.is_some() {
            *slot = value;
        }
        Ok(())
    }

    /// Whether an earlier spelling's value stays: the first spelling wins over the others.
    #[cold]
    fn keeps(&self) -> Result<bool, A::Error> {
        if self.names.cx.is_tolerant() {
            Ok(self.names.alias.is_some())
        } else {
            Err(A::Error::custom("appears twice"))
        }
    }

    fn read_other<T: Object>(&mut self, draft: &mut T::Draft) -> Result<(), A::Error> {
        let Some(name) = self.names.other.take() else { return self.skip() };
        let other = Other { input: &mut *self.input, cx: self.names.cx };
        T::read_other(draft, name.clone(), other).map_err(|fault| self.names.cx.at(name, fault))
    }

    fn skip(&mut self) -> Result<(), A::Error> {
        self.input.next_value::<IgnoredAny>().map(drop)
    }

    /// Goes on to the next property, once the value of a slot was read.
    #[inline]
    fn go_on(&mut self, outcome: Result<(), A::Error>) {
        match outcome {
            Ok(()) => {
                self.names.expected = self.names.turn + 1;
                self.find_next();
            }
            Err(fault) => self.stop(self.names.at(self.names.turn, fault)),
        }
    }

    #[inline]
    fn find_next(&mut self) {
        match self.input.next_key_seed(&mut self.names) {
            Ok(Some(())) => {}
            Ok(None) => self.names.turn = END,
            Err(fault) => self.stop(fault),
        }
    }

    #[cold]
    fn stop(&mut self, fault: A::Error) {
        self.names.turn = END;
        self.outcome = Err(fault);
    }
}

/// The value of a property that is not listed, about to be read.
#[derive(Debug)]
pub struct Other<'a, A> {
    input: &'a mut A,
    cx: &'a Context,
}

impl<'de, A: MapAccess<'de>> Other<'_, A> {
    /// Keeps it.
    ///
    /// # Errors
    ///
    /// When the input is no such value, or the property has been read already.
    pub fn keep<T: Decode>(
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

    /// Passes over it.
    ///
    /// # Errors
    ///
    /// When the input is broken.
    pub fn skip(self) -> Result<(), A::Error> {
        self.input.next_value::<IgnoredAny>().map(drop)
    }
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

/// Reads every property, and returns whether there was any.
fn read_properties<'de, T, A>(
    draft: &mut T::Draft,
    input: &mut A,
    cx: &Context,
) -> Result<bool, A::Error>
where
    T: Object,
    A: MapAccess<'de>,
{
    let names = Names { shape: &T::SHAPE, cx, turn: END, expected: 0, alias: None, other: None };
    let mut reading = Reading { input, names, slot: 0, outcome: Ok(()) };
    reading.find_next();
    let is_any = reading.names.turn != END;
    while reading.names.turn != END {
        if reading.names.turn == OTHER {
            match reading.read_other::<T>(draft) {
                Ok(()) => reading.find_next(),
                Err(fault) => reading.stop(fault),
            }
        } else {
            reading.slot = 0;
            T::visit(draft, &mut reading);
        }
    }
    reading.outcome.map(|()| is_any)
}

/// Looks properties' names up, without copying them.
struct Names<'cx> {
    shape: &'static Shape,
    cx: &'cx Context,
    /// The number of the slot whose value comes next in the input, or [`OTHER`], or [`END`].
    turn: usize,
    /// The slot whose name is next, if the object keeps the schema's order.
    expected: usize,
    /// The spelling that was found, if it is not the first.
    alias: Option<&'static str>,
    /// The name that was found, if it is not listed and is kept.
    other: Option<String>,
}

impl Names<'_> {
    /// Out of line, so that what is usual stays small.
    #[cold]
    fn look_up<E: Error>(&mut self, name: &str) -> Result<(), E> {
        let keys = self.shape.keys;
        self.turn = OTHER;
        if let Some(slot) = keys.iter().position(|key| key.name == name) {
            self.turn = slot;
        } else if self.cx.is_tolerant()
            && let Some((slot, alias)) = self.find_alias(name)
        {
            self.turn = slot;
            self.alias = Some(alias);
        } else if self.shape.others == Others::Kept {
            self.other = Some(name.to_owned());
        } else if self.shape.others == Others::Refused && !self.cx.is_tolerant() {
            return Err(self.cx.at(name, E::custom(Unknown(keys))));
        }
        Ok(())
    }

    fn find_alias(&self, name: &str) -> Option<(usize, &'static str)> {
        let named = |key: &Key| key.aliases.iter().find(|alias| **alias == name).copied();
        let mut keys = self.shape.keys.iter().enumerate();
        keys.find_map(|(slot, key)| Some((slot, named(key)?)))
    }

    /// Notes that reading a slot's value has failed.
    #[cold]
    fn at<E>(&self, slot: usize, fault: E) -> E {
        let first = self.shape.keys.get(slot).map(|key| key.name);
        self.cx.at(self.alias.or(first).unwrap_or_default(), fault)
    }
}

impl<'de> DeserializeSeed<'de> for &mut Names<'_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        input.deserialize_str(self)
    }
}

impl Visitor<'_> for &mut Names<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a property's name")
    }

    /// A property nearly always comes where the schema has it.
    #[inline]
    fn visit_str<E: Error>(self, name: &str) -> Result<(), E> {
        self.alias = None;
        self.turn = self.expected;
        match self.shape.keys.get(self.expected) {
            Some(key) if key.name == name => Ok(()),
            _ => self.look_up(name),
        }
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
