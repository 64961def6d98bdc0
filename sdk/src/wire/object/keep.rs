//! What is kept of an object while it is read, for the table of its type: those properties that its rules
//! ask about, and that do not show themselves all that they were read from.
//!
//! ```text
//! Properties { named: [("range", ..), ("tags", ..)], .. }    {"range": {"from": 1}, "tags": ["b"]}
//!
//! {"from": 1} is kept, and the struct is read from what was kept; ["b"] is read at once, and looked at later
//! ```

use std::borrow::Cow;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Error, MapAccess};
use wechat_bizwifi_rules::Value;

use super::{Object, Property};
use crate::wire::asked::{Asked, Question};
use crate::wire::check::Check;
use crate::wire::decode::{SeedInto, SeedOrNothing};
use crate::wire::scalar::are_numbers_texts;

/// How the values of properties are read.
pub(super) trait Keep<'de> {
    /// Whether anything is kept at all.
    const KEEPS: bool = true;

    /// Whether somebody wants to know the names of additional properties.
    fn asks_about_additional(&self) -> bool {
        false
    }

    /// Notes an additional property; its value, which comes next, if somebody wants to know that too.
    fn note_additional<A>(&mut self, _: &str, _: &mut A) -> Result<Option<Value<'de>>, A::Error>
    where
        A: MapAccess<'de>,
    {
        Ok(None)
    }

    /// Keeps the value of an additional property, once it has been read.
    fn keep_additional(&mut self, _: String, _: Value<'de>) {}

    /// Reads the value of a field, which comes next.
    #[inline]
    fn read<T, A>(&mut self, _: usize, input: &mut A, seed: SeedInto<'_, T>) -> Result<(), A::Error>
    where
        T: Property,
        A: MapAccess<'de>,
    {
        input.next_value_seed(seed)
    }

    /// The same, or nothing where that stands for it in a reply.
    #[inline]
    fn read_or_nothing<T, A>(
        &mut self,
        _: usize,
        input: &mut A,
        seed: SeedInto<'_, T>,
    ) -> Result<(), A::Error>
    where
        T: Property,
        A: MapAccess<'de>,
    {
        input.next_value_seed(SeedOrNothing(seed))
    }
}

/// Whether a value of this type shows all that it was read from.
#[inline]
pub(super) fn is_seen<T: Check>() -> bool {
    T::SHOWS_ALL && !are_numbers_texts()
}

/// The same of additional properties.
#[inline]
pub(super) fn is_additional_seen<T: Object>() -> bool {
    T::SHOWS_ADDITIONAL && !are_numbers_texts()
}

/// Nothing is kept: the type has no table.
pub(super) struct KeepNothing;

impl Keep<'_> for KeepNothing {
    const KEEPS: bool = false;
}

/// What is kept for a table.
pub(super) struct Kept<'de> {
    asked: &'static Asked,
    properties: Vec<(Cow<'de, str>, Value<'de>)>,
}

impl<'de> Kept<'de> {
    pub(super) const fn new(asked: &'static Asked) -> Self {
        Self { asked, properties: Vec::new() }
    }

    /// The object, as far as its table asks about it.
    pub(super) fn into_object<E: Error>(self) -> Result<Value<'de>, E> {
        let twice = |name| E::custom(format_args!("has the property `{name}` twice"));
        Value::object(self.properties).map_err(twice)
    }

    /// Only which properties there are is asked: their values do not matter.
    fn note(&mut self, name: &str) {
        self.properties.push((Cow::Owned(name.to_owned()), Value::NULL));
    }
}

impl<'de> Keep<'de> for Kept<'de> {
    fn asks_about_additional(&self) -> bool {
        self.asked.asks_about_additional()
    }

    fn note_additional<A>(
        &mut self,
        name: &str,
        input: &mut A,
    ) -> Result<Option<Value<'de>>, A::Error>
    where
        A: MapAccess<'de>,
    {
        match self.asked.of_additional(name) {
            None => {}
            Some(Question::IsThere) => self.note(name),
            Some(Question::WhatIsIt) => return input.next_value().map(Some),
        }
        Ok(None)
    }

    fn keep_additional(&mut self, name: String, value: Value<'de>) {
        self.properties.push((Cow::Owned(name), value));
    }

    fn read<T, A>(
        &mut self,
        field: usize,
        input: &mut A,
        seed: SeedInto<'_, T>,
    ) -> Result<(), A::Error>
    where
        T: Property,
        A: MapAccess<'de>,
    {
        match self.asked.of_field(field) {
            Some((name, Question::WhatIsIt)) if !is_seen::<T>() => {
                let value: Value<'de> = input.next_value()?;
                T::decode_into(&value, seed.cx, seed.place).map_err(A::Error::custom)?;
                self.properties.push((Cow::Borrowed(name), value));
                Ok(())
            }
            _ => input.next_value_seed(seed),
        }
    }

    fn read_or_nothing<T, A>(
        &mut self,
        field: usize,
        input: &mut A,
        seed: SeedInto<'_, T>,
    ) -> Result<(), A::Error>
    where
        T: Property,
        A: MapAccess<'de>,
    {
        match self.asked.of_field(field) {
            None => input.next_value_seed(SeedOrNothing(seed)),
            Some(_) => self.read(field, input, seed),
        }
    }
}

/// Properties that were kept, as input.
pub(super) struct KeptProperties<'k, 'de> {
    rest: std::slice::Iter<'k, (Cow<'de, str>, Value<'de>)>,
    value: &'k Value<'de>,
}

impl<'k, 'de> KeptProperties<'k, 'de> {
    pub(super) fn new(properties: &'k [(Cow<'de, str>, Value<'de>)]) -> Self {
        Self { rest: properties.iter(), value: &Value::NULL }
    }
}

impl<'k> MapAccess<'k> for KeptProperties<'k, '_> {
    type Error = serde::de::value::Error;

    fn next_key_seed<S: DeserializeSeed<'k>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Self::Error> {
        let Some((name, value)) = self.rest.next() else { return Ok(None) };
        self.value = value;
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'k>>(
        &mut self,
        seed: S,
    ) -> Result<S::Value, Self::Error> {
        seed.deserialize(self.value)
    }
}

/// The value of a property that was kept, as input.
pub(super) struct KeptValue<'k, 'de>(pub(super) &'k Value<'de>);

impl<'k> MapAccess<'k> for KeptValue<'k, '_> {
    type Error = serde::de::value::Error;

    fn next_key_seed<S: DeserializeSeed<'k>>(
        &mut self,
        _: S,
    ) -> Result<Option<S::Value>, Self::Error> {
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'k>>(
        &mut self,
        seed: S,
    ) -> Result<S::Value, Self::Error> {
        seed.deserialize(self.0)
    }
}
