//! Reading arrays and maps.
//!
//! Some servers do not distinguish empty arrays from empty objects, so in a reply either may stand for the other:
//!
//! ```text
//! "items": {}     an empty Vec, or None where it is optional
//! ```

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};

use serde_json::Value as Json;
use wechat_bizwifi_rules::message::TWICE;

use super::context::Context;
use super::decode::{Decode, SeedInto, Target, decode_by, read_in_place};
use super::scalar::NUMBER;

impl<T: Decode> Decode for Vec<T> {
    const IS_JSON: bool = T::IS_JSON;

    fn from_json(json: Json) -> Option<Self> {
        let Json::Array(items) = json else { return None };
        items.into_iter().map(T::from_json).collect()
    }

    decode_by!(read_items);
}

fn read_items<'de, T, D>(input: D, items: Target<'_, Vec<T>>) -> Result<(), D::Error>
where
    T: Decode,
    D: Deserializer<'de>,
{
    if items.cx.is_tolerant() && items.cx.is_json() {
        input.deserialize_any(Items(items))
    } else {
        input.deserialize_seq(Items(items))
    }
}

/// The largest capacity that is reserved before the first element is read, whatever length the input announces.
const MOST_ROOM: usize = 1024;

struct Items<'a, T>(Target<'a, Vec<T>>);

impl<'de, T: Decode> Visitor<'de> for Items<'_, T> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(if self.0.may_be_nothing { "an array or nothing" } else { "an array" })
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.0.read_null(&self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut input: A) -> Result<(), A::Error> {
        let mut items = Vec::with_capacity(input.size_hint().unwrap_or(0).min(MOST_ROOM));
        let mut item = None;
        loop {
            match input.next_element_seed(SeedInto { cx: self.0.cx, place: &mut item }) {
                Ok(Some(())) => {
                    if let Some(item) = item.take() {
                        items.push(item);
                    }
                }
                Ok(None) => break,
                Err(error) => return Err(self.0.cx.at(items.len(), error)),
            }
        }
        *self.0.place = Some(items);
        Ok(())
    }

    // A tree calls the visitor by what it is, whatever was requested.
    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<(), A::Error> {
        if !self.0.cx.is_tolerant() || input.next_key::<IgnoredAny>()?.is_some() {
            return Err(A::Error::invalid_type(Unexpected::Map, &self));
        }
        if !self.0.may_be_nothing {
            *self.0.place = Some(Vec::new());
        }
        Ok(())
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    const IS_JSON: bool = T::IS_JSON;

    fn from_json(json: Json) -> Option<Self> {
        let Json::Object(properties) = json else { return None };
        properties.into_iter().map(|(name, value)| Some((name, T::from_json(value)?))).collect()
    }

    decode_by!(read_entries);
}

fn read_entries<'de, T, D>(
    input: D,
    entries: Target<'_, BTreeMap<String, T>>,
) -> Result<(), D::Error>
where
    T: Decode,
    D: Deserializer<'de>,
{
    if entries.cx.is_tolerant() && entries.cx.is_json() {
        input.deserialize_any(Entries(entries))
    } else {
        input.deserialize_map(Entries(entries))
    }
}

/// Adds an entry that was read. A name that appears twice is an error in a request; in a reply the last one counts.
pub(super) fn insert<T, E: Error>(
    entries: &mut BTreeMap<String, T>,
    name: String,
    value: T,
    cx: &Context,
) -> Result<(), E> {
    match entries.entry(name) {
        Entry::Vacant(entry) => drop(entry.insert(value)),
        Entry::Occupied(mut entry) if cx.is_tolerant() => drop(entry.insert(value)),
        Entry::Occupied(entry) => return Err(cx.at(entry.key(), cx.fail("type", TWICE.into()))),
    }
    Ok(())
}

struct Entries<'a, T>(Target<'a, BTreeMap<String, T>>);

impl<'de, T: Decode> Visitor<'de> for Entries<'_, T> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(if self.0.may_be_nothing { "an object or nothing" } else { "an object" })
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.0.read_null(&self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut input: A) -> Result<(), A::Error> {
        if !self.0.cx.is_tolerant() || input.next_element::<IgnoredAny>()?.is_some() {
            return Err(A::Error::invalid_type(Unexpected::Seq, &self));
        }
        if !self.0.may_be_nothing {
            *self.0.place = Some(BTreeMap::new());
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<(), A::Error> {
        let mut entries = BTreeMap::new();
        while let Some(name) = input.next_key::<String>()? {
            if name == NUMBER {
                return Err(A::Error::invalid_type(Unexpected::Other("number"), &self));
            }
            let value =
                read_in_place(|place| input.next_value_seed(SeedInto { cx: self.0.cx, place }));
            let value = value.map_err(|error| self.0.cx.at(&name, error))?;
            insert(&mut entries, name, value, self.0.cx)?;
        }
        *self.0.place = Some(entries);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Check, strict, tolerant};

    type Map = BTreeMap<String, i64>;

    fn received<T: Decode>(json: &str) -> Option<T> {
        tolerant(&mut serde_json::Deserializer::from_str(json)).ok()
    }

    fn sent<T: Decode + Check>(json: &str) -> Option<T> {
        strict(&mut serde_json::Deserializer::from_str(json)).ok()
    }

    #[test]
    fn an_empty_object_is_an_empty_list_and_the_reverse_in_replies_alone() {
        assert_eq!(received("{}"), Some(Vec::<i64>::new()));
        assert_eq!(received("[]"), Some(Map::new()));
        assert_eq!(received("{}"), Some(None::<Vec<i64>>));
        assert_eq!(received("[]"), Some(None::<Map>));
        assert_eq!(received("[]"), Some(Some(Vec::<i64>::new())));
        assert_eq!(received("{}"), Some(Some(Map::new())));
        assert_eq!((sent::<Vec<i64>>("{}"), sent::<Map>("[]")), (None, None));
        assert_eq!((sent::<Option<Vec<i64>>>("{}"), sent::<Option<Map>>("[]")), (None, None));
        let kept = |json: &str| {
            Box::new(wechat_bizwifi_rules::Value::parse(json.as_bytes()).unwrap().into_owned())
        };
        assert!(strict::<Vec<i64>, _>(&*kept("{}")).is_err());
        assert!(strict::<Map, _>(&*kept("[]")).is_err());
    }

    #[test]
    fn one_of_the_other_kind_that_is_not_empty_is_an_error() {
        for json in ["{\"a\":1}", "1", "\"\""] {
            assert_eq!(received::<Vec<i64>>(json), None, "{json}");
            assert_eq!(received::<Option<Vec<i64>>>(json), None, "{json}");
        }
        for json in ["[1]", "1", "\"\""] {
            assert_eq!(received::<Map>(json), None, "{json}");
            assert_eq!(received::<Option<Map>>(json), None, "{json}");
        }
    }
}
