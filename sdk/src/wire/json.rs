//! Reading a `serde_json::Value` in one pass, and evaluating a table on it.
//!
//! ```text
//! wrapper!(Root(rt::Value), table ROOT_RULES);    {"a": 1}    a `serde_json::Value`, by ROOT_RULES
//! ```

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value as Json};

use super::context::Context;
use super::scalar::NUMBER;
use super::table::Table;

/// Reads a value.
pub(super) fn decode_json<'de, D: Deserializer<'de>>(
    input: D,
    cx: &Context,
) -> Result<Json, D::Error> {
    let has_texts = Cell::new(false);
    AnyJson { is_strict: !cx.is_tolerant(), has_texts: &has_texts }.deserialize(input)
}

/// Reads a value strictly, and evaluates a table on it.
pub(super) fn decode_json_by_table<'de, D: Deserializer<'de>>(
    input: D,
    cx: &Context,
    table: &Table,
) -> Result<Json, D::Error> {
    let has_texts = Cell::new(false);
    let json = AnyJson { is_strict: true, has_texts: &has_texts }.deserialize(input)?;
    let found = table.evaluate_json(&json, has_texts.get());
    if found.is_empty() { Ok(json) } else { Err(cx.refuse(found)) }
}

/// Reads any JSON value.
#[derive(Clone, Copy)]
struct AnyJson<'c> {
    /// Whether a property that appears twice is an error; otherwise the last one counts.
    is_strict: bool,
    /// Whether there was a number whose text was read, as with `arbitrary_precision`.
    has_texts: &'c Cell<bool>,
}

impl<'de> DeserializeSeed<'de> for AnyJson<'_> {
    type Value = Json;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Json, D::Error> {
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnyJson<'_> {
    type Value = Json;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Json, E> {
        Ok(Json::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Json, E> {
        let number = Number::from_f64(number).map(Json::Number);
        number.ok_or_else(|| E::custom("is a number that JSON cannot write"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Json, E> {
        Ok(Json::String(text))
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_none<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<Json, D::Error> {
        self.deserialize(input)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, input: D) -> Result<Json, D::Error> {
        self.deserialize(input)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut input: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = input.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<Json, A::Error> {
        let mut properties = Map::new();
        while let Some(name) = input.next_key::<String>()? {
            if name == NUMBER {
                self.has_texts.set(true);
                let text: String = input.next_value()?;
                return serde_json::from_str(&text).map_err(A::Error::custom);
            }
            match properties.entry(name) {
                Entry::Vacant(entry) => drop(entry.insert(input.next_value_seed(self)?)),
                Entry::Occupied(mut entry) if !self.is_strict => {
                    entry.insert(input.next_value_seed(self)?);
                }
                Entry::Occupied(entry) => {
                    let name = entry.key();
                    return Err(A::Error::custom(format_args!("has the property `{name}` twice")));
                }
            }
        }
        Ok(Json::Object(properties))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::wire::decode::decode_by_table;
    use crate::wire::{Check, Decode, strict, tolerant};
    use wechat_bizwifi_rules::{Decimal, Rule, Schema};

    static RULES: Schema<'static> =
        Schema(&[Rule::MinItems(2), Rule::MinProperties(2), Rule::MultipleOf(&Decimal::new(2, 0))]);
    static TABLE: Table = Table::new(&RULES);

    struct ByTable<T>(T);

    impl<T: Decode> Decode for ByTable<T> {
        fn decode<'de, D: Deserializer<'de>>(input: D, cx: &Context) -> Result<Self, D::Error> {
            decode_by_table(input, cx, &TABLE).map(Self)
        }
    }

    impl<T> Check for ByTable<T> {}

    fn read<T: Decode>(json: &str) -> Option<T> {
        let read = strict::<ByTable<T>, _>(&mut serde_json::Deserializer::from_str(json));
        read.ok().map(|read| read.0)
    }

    #[test]
    fn a_property_that_is_there_twice_is_refused_unless_it_is_received() {
        let twice = r#"{"a":[{"b":1,"b":2}]}"#;
        let sent = strict::<Json, _>(&mut serde_json::Deserializer::from_str(twice));
        assert!(sent.unwrap_err().to_string().contains("has the property `b` twice"));
        let received = tolerant::<Json, _>(&mut serde_json::Deserializer::from_str(twice));
        assert_eq!(received.unwrap(), serde_json::json!({"a": [{"b": 2}]}));
    }

    #[test]
    fn a_number_that_json_cannot_write_is_no_value() {
        let read = |number: f64| {
            let input = serde::de::value::F64Deserializer::<serde_json::Error>::new(number);
            strict::<Json, _>(input).map_err(|error| error.to_string())
        };
        assert_eq!(read(1.5), Ok(Json::from(1.5)));
        assert_eq!(read(f64::NAN), Err("is a number that JSON cannot write".to_owned()));
    }

    #[test]
    fn a_value_is_read_as_it_is() {
        let text = r#"{"a":[true,false,null,-1,18446744073709551615,1.5,"t"],"b":{}}"#;
        let read = strict::<Json, _>(&mut serde_json::Deserializer::from_str(text)).unwrap();
        assert_eq!(read.to_string(), text);
    }

    #[test]
    fn what_is_json_alone_is_evaluated_as_it_came() {
        type Map<T> = BTreeMap<String, T>;
        let (one, two) = (Json::from(1), Json::from(2));
        assert_eq!(read::<Vec<Json>>("[1,2]"), Some(vec![one.clone(), two.clone()]));
        assert_eq!(read::<Vec<Json>>("[1]"), None);
        assert_eq!(read::<Vec<Json>>("2"), None);
        let map = Map::from([("a".to_owned(), vec![one]), ("b".to_owned(), vec![two])]);
        assert_eq!(read::<Map<Vec<Json>>>(r#"{"b":[2],"a":[1]}"#), Some(map));
        assert_eq!(read::<Map<Json>>(r#"{"b":1}"#), None);
        assert_eq!(read::<Map<Json>>(r#"{"b":1,"a":1,"b":1}"#), None);
        assert_eq!(read::<Map<Json>>("[1,2]"), None);
        assert_eq!(read::<Option<Vec<Json>>>("null"), Some(None));
        assert_eq!(read::<Option<Vec<Json>>>("[1]"), None);
        assert_eq!((read::<Json>("4"), read::<Json>("5")), (Some(Json::from(4)), None));
        let received = tolerant::<ByTable<Json>, _>(&mut serde_json::Deserializer::from_str("5"));
        assert_eq!(received.unwrap().0, Json::from(5), "a table is for what is sent");
    }
}
