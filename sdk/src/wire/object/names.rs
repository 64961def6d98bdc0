//! Which property a name in the input belongs to.
//!
//! ```text
//! keys: ["name", "size"]    {"size": 1, "colour": 2}
//!
//! current: 1, then ADDITIONAL, then END
//! ```

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, Unexpected, Visitor};

use super::{Additional, ObjectInfo};
use crate::wire::decode::Context;
use crate::wire::scalar::NUMBER;

/// In place of a field's number: an additional property.
pub(super) const ADDITIONAL: usize = usize::MAX - 1;
/// In place of a field's number: the object has ended, or cannot be read on.
pub(super) const END: usize = usize::MAX;

/// Looks properties' names up, without copying them.
pub(super) struct Names<'cx> {
    info: &'static ObjectInfo,
    cx: &'cx Context,
    /// The number of the field whose value comes next in the input, or [`ADDITIONAL`], or [`END`].
    pub(super) current: usize,
    /// The field whose name is next, if the object has the schema's order.
    expected: usize,
    /// The spelling that was found, if it is not the first.
    pub(super) alias: Option<&'static str>,
    /// The name that was found, if it is an additional property's and those are kept.
    pub(super) additional: Option<String>,
}

impl<'cx> Names<'cx> {
    pub(super) const fn new(info: &'static ObjectInfo, cx: &'cx Context) -> Self {
        Self { info, cx, current: END, expected: 0, alias: None, additional: None }
    }

    /// Notes that the value of the current field has been read.
    #[inline]
    pub(super) const fn expect_next(&mut self) {
        self.expected = self.current + 1;
    }

    /// Out of line, so that what is usual stays small.
    #[cold]
    fn look_up<E: Error>(&mut self, name: &str) -> Result<(), E> {
        let keys = self.info.keys;
        self.current = ADDITIONAL;
        if name == NUMBER {
            return Err(E::invalid_type(Unexpected::Other("number"), &"an object"));
        }
        if let Some(field) = keys.iter().position(|key| *key == name) {
            self.current = field;
        } else if self.cx.is_tolerant()
            && let Some((field, alias)) = self.find_alias(name)
        {
            self.current = field;
            self.alias = Some(alias);
        } else if self.info.additional == Additional::Kept {
            self.additional = Some(name.to_owned());
        } else if self.info.additional == Additional::Refused && !self.cx.is_tolerant() {
            return Err(self.cx.at(name, E::custom(Unknown(keys))));
        }
        Ok(())
    }

    fn find_alias(&self, name: &str) -> Option<(usize, &'static str)> {
        let named =
            |aliases: &[&'static str]| aliases.iter().find(|alias| **alias == name).copied();
        let mut aliases = self.info.aliases.iter().enumerate();
        aliases.find_map(|(field, aliases)| Some((field, named(aliases)?)))
    }

    /// Notes that the value of the current field cannot be read.
    #[cold]
    pub(super) fn at<E>(&self, error: E) -> E {
        let first = self.info.keys.get(self.current).copied();
        self.cx.at(self.alias.or(first).unwrap_or_default(), error)
    }
}

impl<'de> DeserializeSeed<'de> for &mut Names<'_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        // A map has strings, a struct identifiers: some formats write these in another way.
        if self.info.additional == Additional::Kept {
            return input.deserialize_str(self);
        }
        input.deserialize_identifier(self)
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
        self.current = self.expected;
        match self.info.keys.get(self.expected) {
            Some(key) if *key == name => Ok(()),
            _ => self.look_up(name),
        }
    }

    #[cold]
    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<(), E> {
        match std::str::from_utf8(name) {
            Ok(name) => self.visit_str(name),
            Err(_) => Err(E::invalid_value(Unexpected::Bytes(name), &self)),
        }
    }

    /// Some formats write a field's number in place of its name.
    #[cold]
    fn visit_u64<E: Error>(self, field: u64) -> Result<(), E> {
        let name = usize::try_from(field).ok().and_then(|field| self.info.keys.get(field));
        match name {
            Some(name) => self.visit_str(name),
            None => Err(E::invalid_value(Unexpected::Unsigned(field), &self)),
        }
    }
}

struct Unknown(&'static [&'static str]);

impl fmt::Display for Unknown {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("is not a property of this object, which has ")?;
        for (index, key) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(out, "{separator}`{key}`")?;
        }
        Ok(())
    }
}
