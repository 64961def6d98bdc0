//! Writing a JSON object: what `#[derive(Serialize)]` would do, with secrets written as well.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};

use wechat_bizwifi_rules::Value;

use crate::secret::Secret;

/// A property's value as it is written. Secrets implement this and not [`Serialize`], and write
/// themselves only where they are revealed, so that nobody writes one down by accident.
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
        output.serialize_str(self.written())
    }
}

/// Lets serde write what is encoded.
pub(super) struct Encoded<'a, T>(pub(super) &'a T);

impl<T: Encode> Serialize for Encoded<'_, T> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        self.0.encode(output)
    }
}

/// An object that is being written. What goes wrong is kept for [`Fields::end`]: a `?` for each
/// property would be paid for by whoever compiles the generated code.
#[derive(Debug)]
pub struct Fields<M: SerializeMap> {
    map: M,
    outcome: Result<(), M::Error>,
}

/// Begins an object.
///
/// # Errors
///
/// Those of the output.
pub fn begin_object<S: Serializer>(output: S) -> Result<Fields<S::SerializeMap>, S::Error> {
    Ok(Fields { map: output.serialize_map(None)?, outcome: Ok(()) })
}

impl<M: SerializeMap> Fields<M> {
    /// Writes a property that is there.
    pub fn required<T: Encode>(&mut self, name: &str, value: &T) {
        if self.outcome.is_ok() {
            self.outcome = self.map.serialize_entry(name, &Encoded(value));
        }
    }

    /// Writes a property with one possible value.
    pub fn fixed<T: Encode>(&mut self, name: &str, value: &T) {
        self.required(name, value);
    }

    /// Writes a property, unless it is left out.
    pub fn optional<T: Encode>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(name, value);
        }
    }

    /// Writes the additional properties.
    pub fn additional<T: Encode>(&mut self, additional: &BTreeMap<String, T>) {
        for (name, value) in additional {
            self.required(name, value);
        }
    }

    /// Ends the object.
    ///
    /// # Errors
    ///
    /// Those of the output, from whichever property on.
    pub fn end(self) -> Result<M::Ok, M::Error> {
        self.outcome.and_then(|()| self.map.end())
    }
}

/// The properties of an object that is written as JSON.
pub type JsonFields<'a> =
    Fields<<&'a mut serde_json::Serializer<Vec<u8>> as Serializer>::SerializeMap>;

/// Writes an object of which not everything may be set yet.
///
/// # Errors
///
/// When a value cannot be written as JSON.
pub(super) fn object_tree(
    write: impl FnOnce(&mut JsonFields<'_>),
) -> Result<Value<'static>, String> {
    let mut output = serde_json::Serializer::new(Vec::new());
    let mut object = begin_object(&mut output).map_err(|fault| fault.to_string())?;
    write(&mut object);
    object.end().map_err(|fault| fault.to_string())?;
    let tree = Value::parse(&output.into_inner()).map(Value::into_owned);
    tree.map_err(|fault| fault.to_string())
}
