//! Keeping the properties of an object that the table of its type needs, while the object is read.
//!
//! A property is kept only if its Rust type does not hold everything that the table may look at.
//!
//! ```text
//! Properties { named: [("range", ..), ("tags", ..)], .. }    {"range": {"from": 1}, "tags": ["b"]}
//!
//! `range`, a struct, is kept as a tree and read from that; `tags`, a `Vec<String>`, is read directly
//! ```

use std::borrow::Cow;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Error, MapAccess};
use wechat_bizwifi_rules::Value;

use super::additional::AdditionalProperties;
use super::{AdditionalOf, Object, Property};
use crate::wire::check::Check;
use crate::wire::decode::{SeedInto, SeedOrNothing};
use crate::wire::needed::{Need, NeededProperties};
use crate::wire::scalar::are_numbers_texts;

/// How the values of properties are read.
pub(super) trait Keep<'de> {
    /// Whether any property may be kept.
    const KEEPS: bool = true;

    /// Whether the table needs additional properties.
    fn needs_additional(&self) -> bool {
        false
    }

    /// Notes an additional property. If the table needs its value, which comes next in the input, reads and returns it.
    fn note_additional<A>(&mut self, _: &str, _: &mut A) -> Result<Option<Value<'de>>, A::Error>
    where
        A: MapAccess<'de>,
    {
        Ok(None)
    }

    /// Keeps the value of an additional property, once it has been read.
    fn keep_additional(&mut self, _: String, _: Value<'de>) {}

    /// Reads the value of a field, which comes next in the input.
    #[inline]
    fn read<T, A>(&mut self, _: usize, input: &mut A, seed: SeedInto<'_, T>) -> Result<(), A::Error>
    where
        T: Property,
        A: MapAccess<'de>,
    {
        input.next_value_seed(seed)
    }

    /// Reads the value of an optional field, which a placeholder in a reply leaves empty.
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

/// Whether a table can be evaluated on a value of this type itself.
#[inline]
pub(super) fn is_seen<T: Check>() -> bool {
    T::SHOWS_ALL && !are_numbers_texts()
}

/// Whether a table can be evaluated on the additional properties of this type themselves.
#[inline]
pub(super) fn is_additional_seen<T: Object>() -> bool {
    <AdditionalOf<T> as AdditionalProperties>::SHOWS_ALL && !are_numbers_texts()
}

/// Keeps nothing, for types without a table.
pub(super) struct KeepNothing;

impl Keep<'_> for KeepNothing {
    const KEEPS: bool = false;
}

/// The properties that are kept for a table.
pub(super) struct Kept<'de> {
    needed: &'static NeededProperties,
    properties: Vec<(Cow<'de, str>, Value<'de>)>,
}

impl<'de> Kept<'de> {
    pub(super) const fn new(needed: &'static NeededProperties) -> Self {
        Self { needed, properties: Vec::new() }
    }

    /// The object of the properties that were kept.
    pub(super) fn into_object<E: Error>(self) -> Result<Value<'de>, E> {
        let twice = |name| E::custom(format_args!("has the property `{name}` twice"));
        Value::object(self.properties).map_err(twice)
    }

    /// Notes that a property is present. Its value does not matter.
    fn note(&mut self, name: &str) {
        self.properties.push((Cow::Owned(name.to_owned()), Value::NULL));
    }
}

impl<'de> Keep<'de> for Kept<'de> {
    fn needs_additional(&self) -> bool {
        self.needed.needs_additional()
    }

    fn note_additional<A>(
        &mut self,
        name: &str,
        input: &mut A,
    ) -> Result<Option<Value<'de>>, A::Error>
    where
        A: MapAccess<'de>,
    {
        match self.needed.of_additional(name) {
            None => {}
            Some(Need::Presence) => self.note(name),
            Some(Need::Value) => return input.next_value().map(Some),
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
        match self.needed.of_field(field) {
            Some((name, Need::Value)) if !is_seen::<T>() => {
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
        match self.needed.of_field(field) {
            None => input.next_value_seed(SeedOrNothing(seed)),
            Some(_) => self.read(field, input, seed),
        }
    }
}

/// Properties that were kept, as input to read from.
pub(super) struct KeptProperties<'k, 'de> {
    rest: std::slice::Iter<'k, (Cow<'de, str>, Value<'de>)>,
    value: &'k Value<'de>,
}

impl<'k, 'de> KeptProperties<'k, 'de> {
    pub(super) fn new(properties: &'k [(Cow<'de, str>, Value<'de>)]) -> Self {
        Self { rest: properties.iter(), value: &Value::NULL }
    }

    /// What comes after a name, which was read.
    pub(super) fn value(value: &'k Value<'de>) -> Self {
        Self { rest: [].iter(), value }
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
