//! Reading one of several types: the value is kept until it is known which.
//!
//! ```text
//! case INTEGER = Number(i64);    12      told apart by the JSON type
//! case "card" = Card(Card);      {"kind": "card", …}, by "kind"
//! ```

use serde::de::{Deserializer, Error};
use serde::{Serialize, Serializer};
use serde_json::Value as Json;
use wechat_bizwifi_rules::{Leaf, Types, Value, View};

use super::decode::{Context, Decode};
use super::table::Table;
use crate::secret::{HIDDEN, are_revealed};

/// Reads a value as it is.
///
/// # Errors
///
/// Those of the input.
pub fn buffer<'de, D: Deserializer<'de>>(input: D) -> Result<Value<'de>, D::Error> {
    serde::Deserialize::deserialize(input)
}

/// Reads a value as it is, of a type that has a table.
///
/// # Errors
///
/// Those of the input; and when the value is not valid, where it is read strictly.
pub fn buffer_by_table<'de, D: Deserializer<'de>>(
    input: D,
    cx: &Context,
    table: &Table,
) -> Result<Value<'de>, D::Error> {
    if cx.is_tolerant() { buffer(input) } else { table.read(input, cx) }
}

/// Reads a kept value as what it has turned out to be.
///
/// # Errors
///
/// When it is no such value.
pub fn decode_buffered<T: Decode, E: Error>(value: &Value<'_>, cx: &Context) -> Result<T, E> {
    T::decode(value, cx).map_err(E::custom)
}

/// Whether a kept value is of these types.
pub fn is_of(types: Types, value: &Value<'_>) -> bool {
    types.contains(value.leaf().types())
}

/// What the tag of a kept value says.
pub fn tag_of<'v>(value: &'v Value<'_>, tag: &str) -> Option<&'v str> {
    match value.get(tag)?.leaf() {
        Leaf::String(text) => Some(text),
        _ => None,
    }
}

/// A value that was kept, without the values of its secret properties.
pub fn without_secrets(value: &Json, secrets: &[&str]) -> Json {
    match value {
        Json::Array(items) => {
            items.iter().map(|item| without_secrets(item, secrets)).collect::<Vec<_>>().into()
        }
        Json::Object(properties) => {
            let shown = properties.iter().map(|(name, value)| {
                let is_secret = secrets.contains(&name.as_str());
                let hidden = || Json::from(HIDDEN);
                let value = if is_secret { hidden() } else { without_secrets(value, secrets) };
                (name.clone(), value)
            });
            Json::Object(shown.collect())
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
    value: &Json,
    secrets: &[&str],
    output: S,
) -> Result<S::Ok, S::Error> {
    if secrets.is_empty() || are_revealed() {
        return value.serialize(output);
    }
    without_secrets(value, secrets).serialize(output)
}

/// What is wrong with a value that is none of a union's types.
pub fn no_type(types: &[Types]) -> String {
    format!("must be {}", types.iter().copied().fold(Types::NONE, Types::or))
}

/// What is wrong with a value whose tag is none of a union's.
pub fn no_tag(tag: &str, values: &[&str]) -> String {
    let values: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
    format!("must have a `{tag}` that is one of {}", values.join(", "))
}
