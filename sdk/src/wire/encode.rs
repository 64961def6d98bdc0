//! Writing a JSON object: what `#[derive(Serialize)]` would do, with secrets written as well.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::Secret;

/// A property's value as it is sent. Secrets implement this and not [`Serialize`], so that nobody
/// writes one down by accident.
pub trait Encode {
    /// Writes the value.
    ///
    /// # Errors
    ///
    /// Those of the output.
    fn encode<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error>;
}

impl<T: Serialize> Encode for T {
    fn encode<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        self.serialize(output)
    }
}

impl Encode for Secret {
    fn encode<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(self.expose())
    }
}

/// Lets serde write what is encoded.
struct Encoded<'a, T>(&'a T);

impl<T: Encode> Serialize for Encoded<'_, T> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        self.0.encode(output)
    }
}

/// An object that is being written.
#[derive(Debug)]
pub struct Fields<M>(M);

/// Begins an object of so many properties.
///
/// # Errors
///
/// Those of the output.
pub fn begin_object<S: Serializer>(
    output: S,
    properties: usize,
) -> Result<Fields<S::SerializeMap>, S::Error> {
    output.serialize_map(Some(properties)).map(Fields)
}

impl<M: SerializeMap> Fields<M> {
    /// Writes a property that is there.
    ///
    /// # Errors
    ///
    /// Those of the output.
    pub fn required<T: Encode>(&mut self, name: &str, value: &T) -> Result<(), M::Error> {
        self.0.serialize_entry(name, &Encoded(value))
    }

    /// Writes a property with one possible value.
    ///
    /// # Errors
    ///
    /// Those of the output.
    pub fn fixed<T: Encode>(&mut self, name: &str, value: &T) -> Result<(), M::Error> {
        self.required(name, value)
    }

    /// Writes a property, unless it is left out.
    ///
    /// # Errors
    ///
    /// Those of the output.
    pub fn optional<T: Encode>(&mut self, name: &str, slot: &Option<T>) -> Result<(), M::Error> {
        slot.as_ref().map_or(Ok(()), |value| self.required(name, value))
    }

    /// Writes the properties that are not listed.
    ///
    /// # Errors
    ///
    /// Those of the output.
    pub fn others<T: Encode>(&mut self, others: &BTreeMap<String, T>) -> Result<(), M::Error> {
        others.iter().try_for_each(|(name, value)| self.required(name, value))
    }

    /// Ends the object.
    ///
    /// # Errors
    ///
    /// Those of the output.
    pub fn end(self) -> Result<M::Ok, M::Error> {
        self.0.end()
    }
}
