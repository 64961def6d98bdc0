//! Reading one of several types: the value is kept until it is known which.

use serde::de::{Deserializer, Error};
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::decode::{Context, Decode};
use crate::secret::{HIDDEN, are_revealed};

/// The JSON type that tells a union's variants apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonType {
    /// `true` or `false`
    Boolean,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl JsonType {
    /// Whether a value is of this type.
    pub fn matches(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Boolean, Value::Bool(_))
            | (Self::Number, Value::Number(_))
            | (Self::String, Value::String(_))
            | (Self::Array, Value::Array(_))
            | (Self::Object, Value::Object(_)) => true,
            (Self::Integer, Value::Number(number)) => {
                number.as_f64().is_some_and(|double| double.fract() == 0.0)
            }
            _ => false,
        }
    }
}

/// Reads a value as it is.
///
/// # Errors
///
/// Those of the input.
pub fn buffer<'de, D: Deserializer<'de>>(input: D) -> Result<Value, D::Error> {
    serde::Deserialize::deserialize(input)
}

/// Reads a kept value as what it has turned out to be.
///
/// # Errors
///
/// When it is no such value.
pub fn decode_buffered<T: Decode, E: Error>(value: Value, cx: &Context) -> Result<T, E> {
    T::decode(value, cx).map_err(E::custom)
}

/// What the tag of a kept value says.
pub fn tag_of<'v>(value: &'v Value, tag: &str) -> Option<&'v str> {
    value.get(tag).and_then(Value::as_str)
}

/// A value that was kept, without the values of its secret properties.
pub fn without_secrets(value: &Value, secrets: &[&str]) -> Value {
    match value {
        Value::Array(items) => {
            items.iter().map(|item| without_secrets(item, secrets)).collect::<Vec<_>>().into()
        }
        Value::Object(properties) => {
            let shown = properties.iter().map(|(name, value)| {
                let is_secret = secrets.contains(&name.as_str());
                let hidden = || Value::from(HIDDEN);
                let value = if is_secret { hidden() } else { without_secrets(value, secrets) };
                (name.clone(), value)
            });
            Value::Object(shown.collect())
        }
        plain => plain.clone(),
    }
}

/// Writes a value that was kept as it came, but for the secrets that are not to be revealed.
///
/// # Errors
///
/// Those of the output.
pub fn serialize_kept<S: Serializer>(
    value: &Value,
    secrets: &[&str],
    output: S,
) -> Result<S::Ok, S::Error> {
    if secrets.is_empty() || are_revealed() {
        return value.serialize(output);
    }
    without_secrets(value, secrets).serialize(output)
}

/// Says that a value is none of a union's.
pub fn no_variant<E: Error>(expected: &[&str]) -> E {
    E::custom(format_args!("must be one of {}", expected.join(", ")))
}
