//! Reading and writing a union, a value of one of several types. The value is kept as a tree until its variant is
//! known.
//!
//! ```text
//! case INTEGER = Number(i64);    12                     by the JSON type
//! case "card" = Card(Card);      {"kind": "card", …}    by the tag "kind"
//! case 0 = Page(Page);           {"template_id": 0, …}  by the tag (number "template_id")
//! case ["url"] = Link(Link);     {"url": "…", …}        by its required properties
//! ```
//!
//! Binary formats that are not self-describing cannot be read as a tree, so there the variant is written before the
//! value.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, Unexpected, VariantAccess, Visitor,
};
use serde::{Serialize, Serializer};
use serde_json::Value as Json;
use wechat_bizwifi_rules::message::{
    ALL_OF_THESE, ANY_OF_THESE, Arg, MUST_BE, MUST_HAVE, Message, NAME, NO_TAG, NOT_ALLOWED,
};
use wechat_bizwifi_rules::{Types, Value, View};

use super::builder::valid;
use super::check::Check;
use super::context::Context;
use super::decode::{Decode, Seed};
use super::format::Format;
use super::table::Table;
use crate::secret::{HIDDEN, are_revealed};

/// Reads a value as a tree.
///
/// # Errors
///
/// The error of the input.
pub fn buffer<'de, D: Deserializer<'de>>(input: D) -> Result<Value<'de>, D::Error> {
    serde::Deserialize::deserialize(input)
}

/// Reads a value as a tree, and evaluates a table on it, unless it is part of a reply.
///
/// # Errors
///
/// The error of the input, or the violations.
pub fn buffer_by_table<'de, D: Deserializer<'de>>(
    input: D,
    cx: &Context,
    table: &Table,
) -> Result<Value<'de>, D::Error> {
    if cx.is_tolerant() { buffer(input) } else { table.read(input, cx) }
}

/// Reads a kept value as a variant that was chosen.
///
/// # Errors
///
/// When it is not such a value.
pub fn decode_buffered<T: Decode, E: Error>(value: &Value<'_>, cx: &Context) -> Result<T, E> {
    T::decode(value, cx).map_err(E::custom)
}

/// Tries to read a kept value as a variant. In a request, it must also be valid as that.
///
/// # Errors
///
/// When it is not such a value, or not valid. The error is complete in itself, since another variant may be tried
/// next.
pub fn decode_checked<T: Decode + Check, E: Error>(
    value: &Value<'_>,
    cx: &Context,
) -> Result<T, E> {
    let read = T::decode(value, cx).map_err(|error| E::custom(cx.explain(error)))?;
    if cx.is_tolerant() { Ok(read) } else { valid(read).map_err(E::custom) }
}

/// Whether a kept value has all of these properties.
pub fn has_all(value: &Value<'_>, names: &[&str]) -> bool {
    names.iter().all(|name| value.get(name).is_some())
}

/// A copy of a value in which the secret properties are masked.
#[inline]
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

/// Writes the value of a variant.
///
/// # Errors
///
/// The error of the output.
pub fn serialize_variant<U: Union, T: Serialize, S: Serializer>(
    variant: &'static str,
    value: &T,
    output: S,
) -> Result<S::Ok, S::Error> {
    if Format::of_output(&output) != Format::Binary {
        return value.serialize(output);
    }
    let index = U::VARIANTS.iter().position(|known| *known == variant);
    let index = index.and_then(|index| u32::try_from(index).ok()).unwrap_or(u32::MAX);
    output.serialize_newtype_variant(U::NAME, index, variant, value)
}

/// Writes a value of the variant `Unknown`, without its secrets unless they are revealed. In binary formats, it is a
/// string of JSON.
///
/// # Errors
///
/// The error of the output.
pub fn serialize_unknown<U: Union, S: Serializer>(
    value: &Json,
    secrets: &[&str],
    output: S,
) -> Result<S::Ok, S::Error> {
    let hidden;
    let shown = if secrets.is_empty() || are_revealed() {
        value
    } else {
        hidden = without_secrets(value, secrets);
        &hidden
    };
    if Format::of_output(&output) != Format::Binary {
        return shown.serialize(output);
    }
    serialize_variant::<U, _, S>(UNKNOWN, &shown.to_string(), output)
}

/// The variant for values that the description does not list.
const UNKNOWN: &str = "Unknown";

/// An enum with a variant for each of several types.
pub trait Union: Sized {
    /// The name of the enum.
    const NAME: &'static str;
    /// The names of its variants, in their order.
    const VARIANTS: &'static [&'static str];

    /// Reads the value of the variant of this name.
    ///
    /// # Errors
    ///
    /// When the input is not such a value.
    fn read<'de, A: VariantAccess<'de>>(
        variant: &str,
        input: A,
        cx: &Context,
    ) -> Result<Self, A::Error>;
}

/// Reads a variant and its value.
///
/// # Errors
///
/// When the input is not such a value.
pub fn decode_variant<'de, U, D>(input: D, cx: &Context) -> Result<U, D::Error>
where
    U: Union,
    D: Deserializer<'de>,
{
    input.deserialize_enum(U::NAME, U::VARIANTS, OneOf(cx, PhantomData))
}

/// Reads the value of a variant.
///
/// # Errors
///
/// When the input is not such a value.
pub fn read_variant<'de, T, A>(input: A, cx: &Context) -> Result<T, A::Error>
where
    T: Decode,
    A: VariantAccess<'de>,
{
    input.newtype_variant_seed(Seed::new(cx))
}

/// Reads a value of the variant `Unknown`, from a string of JSON.
///
/// # Errors
///
/// When the input is not JSON.
pub fn read_unknown<'de, A: VariantAccess<'de>>(input: A) -> Result<Json, A::Error> {
    let json: String = input.newtype_variant()?;
    serde_json::from_str(&json).map_err(A::Error::custom)
}

struct OneOf<'cx, U>(&'cx Context, PhantomData<U>);

impl<'de, U: Union> Visitor<'de> for OneOf<'_, U> {
    type Value = U;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "a variant ({})", U::NAME)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, input: A) -> Result<U, A::Error> {
        let (variant, value) = input.variant_seed(VariantName(U::VARIANTS))?;
        U::read(variant, value, self.0).map_err(|error| self.0.at(variant, error))
    }
}

/// Reads the name or the index of a variant.
struct VariantName(&'static [&'static str]);

impl VariantName {
    fn find<E: Error>(
        self,
        found: Unexpected<'_>,
        is_it: impl Fn(usize, &str) -> bool,
    ) -> Result<&'static str, E> {
        let mut known = self.0.iter().enumerate();
        let name = known.find_map(|(index, name)| is_it(index, name).then_some(*name));
        name.ok_or_else(|| E::invalid_value(found, &self))
    }
}

impl<'de> DeserializeSeed<'de> for VariantName {
    type Value = &'static str;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<&'static str, D::Error> {
        input.deserialize_identifier(self)
    }
}

impl Visitor<'_> for VariantName {
    type Value = &'static str;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "one of {}", self.0.join(", "))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<&'static str, E> {
        self.find(Unexpected::Unsigned(number), |index, _| index as u64 == number)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<&'static str, E> {
        self.find(Unexpected::Str(name), |_, known| known == name)
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<&'static str, E> {
        self.find(Unexpected::Bytes(name), |_, known| known.as_bytes() == name)
    }
}

/// The message for a value whose JSON type is not that of any variant.
pub fn no_type(types: &[Types]) -> Message {
    MUST_BE.with([Arg::Message(&types.iter().copied().fold(Types::NONE, Types::or).into())])
}

/// The message for a value whose tag is not that of any variant.
pub fn no_tag(tag: &str, values: &[impl fmt::Debug]) -> Message {
    let values: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
    NO_TAG.with([Arg::Text(&tag), Arg::Text(&values.join(", "))])
}

/// The message for a value that lacks the required properties of every variant.
#[inline]
pub fn no_required(all: &[&[&str]]) -> Message {
    let quoted = |names: &&[&str]| {
        let names = names.iter().map(|name| NAME.with([Arg::Text(&name)]));
        names.reduce(|all, next| ALL_OF_THESE.join(&all, &next))
    };
    let all = all.iter().filter_map(quoted).reduce(|any, next| ANY_OF_THESE.join(&any, &next));
    all.map_or_else(|| NOT_ALLOWED.into(), |all| MUST_HAVE.with([Arg::Message(&all)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_hidden_within_lists_and_objects() {
        let value =
            serde_json::json!({ "k": 1, "n": [{ "k": [2] }, 3], "o": { "k": null, "l": "k" } });
        let hidden = serde_json::json!({
            "k": HIDDEN, "n": [{ "k": HIDDEN }, 3], "o": { "k": HIDDEN, "l": "k" }
        });
        assert_eq!(without_secrets(&value, &["k"]), hidden);
        assert_eq!(without_secrets(&value, &[]), value);
    }

    #[test]
    fn a_variant_is_one_of_all_its_required_properties() {
        let value = Value::parse(br#"{"a":1,"b":null}"#).unwrap();
        for (names, has) in [(&["a", "b"][..], true), (&["a", "c"], false), (&["c"], false)] {
            assert_eq!(has_all(&value, names), has, "{names:?}");
        }
    }

    #[test]
    fn what_no_variant_takes_is_reported_in_both_languages() {
        let said = |message| {
            let invalid = super::super::Invalid::new("oneOf", message);
            [crate::Language::En, crate::Language::Zh].map(|it| invalid.message_in(it))
        };
        let all: &[&[&str]] = &[&["a", "b"], &["c"]];
        for (message, texts) in [
            (
                no_type(&[Types::NULL, Types::STRING]),
                ["must be null or a string", "必须是 null或字符串"],
            ),
            (
                no_tag("a", &["b", "c"]),
                [r#"must have a `a` that is one of "b", "c""#, r#"`a` 必须是以下之一："b", "c""#],
            ),
            (no_required(all), ["must have `a` and `b`, or `c`", "必须有 `a` 与 `b`，或 `c`"]),
        ] {
            assert_eq!(said(message), texts);
        }
    }
}
