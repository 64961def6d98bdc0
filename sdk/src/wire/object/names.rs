//! Whose turn it is: which property a name in the input belongs to.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, Unexpected, Visitor};

use super::{Key, Others, Shape};
use crate::wire::decode::Context;
use crate::wire::scalar::NUMBER;

/// The turn of a property that is not listed.
pub(super) const OTHER: usize = usize::MAX - 1;
/// Nobody's turn: the object has ended, or cannot be read on.
pub(super) const END: usize = usize::MAX;

/// Looks properties' names up, without copying them.
pub(super) struct Names<'cx> {
    shape: &'static Shape,
    cx: &'cx Context,
    /// The number of the slot whose value comes next in the input, or [`OTHER`], or [`END`].
    pub(super) turn: usize,
    /// The slot whose name is next, if the object keeps the schema's order.
    expected: usize,
    /// The spelling that was found, if it is not the first.
    pub(super) alias: Option<&'static str>,
    /// The name that was found, if it is not listed and is kept.
    pub(super) other: Option<String>,
}

impl<'cx> Names<'cx> {
    pub(super) const fn new(shape: &'static Shape, cx: &'cx Context) -> Self {
        Self { shape, cx, turn: END, expected: 0, alias: None, other: None }
    }

    /// Notes that the value of the slot whose turn it was has been read.
    #[inline]
    pub(super) const fn expect_next(&mut self) {
        self.expected = self.turn + 1;
    }

    /// Out of line, so that what is usual stays small.
    #[cold]
    fn look_up<E: Error>(&mut self, name: &str) -> Result<(), E> {
        let keys = self.shape.keys;
        self.turn = OTHER;
        if name == NUMBER {
            // Not an object at all.
            return Err(E::invalid_type(Unexpected::Other("number"), &"an object"));
        }
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

    /// Notes that the value of the slot whose turn it was cannot be read.
    #[cold]
    pub(super) fn at<E>(&self, fault: E) -> E {
        let first = self.shape.keys.get(self.turn).map(|key| key.name);
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
