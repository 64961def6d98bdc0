//! Reading arrays and maps.
//!
//! In a reply, an empty one of the other kind is nothing, since some servers do not distinguish them:
//!
//! ```text
//! "items": {}     an empty Vec, or None where it is optional
//! ```

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};

use serde_json::Value as Json;

use super::decode::{Context, Decode, Seed};
use super::scalar::NUMBER;

impl<T: Decode> Decode for Vec<T> {
    const IS_JSON: bool = T::IS_JSON;

    fn from_json(json: Json) -> Option<Self> {
        let Json::Array(items) = json else { return None };
        items.into_iter().map(T::from_json).collect()
    }

    fn decode<'de, D: Deserializer<'de>>(input: D, cx: &Context) -> Result<Self, D::Error> {
        if cx.is_tolerant() && cx.is_json() {
            input.deserialize_any(Items(cx, PhantomData))
        } else {
            input.deserialize_seq(Items(cx, PhantomData))
        }
    }

    fn decode_or_nothing<'de, D: Deserializer<'de>>(
        input: D,
        cx: &Context,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        if let Some(items) = input.deserialize_any(ItemsOrNothing(cx, PhantomData))? {
            *place = Some(items);
        }
        Ok(())
    }
}

/// How much room an array or a map gets before its first element is seen, whatever it announces.
const MOST_ROOM: usize = 1024;

struct Items<'cx, T>(&'cx Context, PhantomData<T>);

impl<'de, T: Decode> Visitor<'de> for Items<'_, T> {
    type Value = Vec<T>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut input: A) -> Result<Vec<T>, A::Error> {
        let mut items = Vec::with_capacity(input.size_hint().unwrap_or(0).min(MOST_ROOM));
        loop {
            match input.next_element_seed(Seed::new(self.0)) {
                Ok(Some(item)) => items.push(item),
                Ok(None) => return Ok(items),
                Err(error) => return Err(self.0.at(items.len(), error)),
            }
        }
    }

    /// A value that has been kept as a tree shows what it is, whatever is asked for.
    fn visit_map<A: MapAccess<'de>>(self, input: A) -> Result<Vec<T>, A::Error> {
        if !self.0.is_tolerant() {
            return Err(A::Error::invalid_type(Unexpected::Map, &self));
        }
        let nothing = ItemsOrNothing::<T>(self.0, PhantomData).visit_map(input)?;
        Ok(nothing.unwrap_or_default())
    }
}

struct ItemsOrNothing<'cx, T>(&'cx Context, PhantomData<T>);

impl<'de, T: Decode> Visitor<'de> for ItemsOrNothing<'_, T> {
    type Value = Option<Vec<T>>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an array or nothing")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<Self::Value, D::Error> {
        input.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, input: A) -> Result<Self::Value, A::Error> {
        Items(self.0, PhantomData).visit_seq(input).map(Some)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<Self::Value, A::Error> {
        match input.next_key::<IgnoredAny>()? {
            None => Ok(None),
            Some(_) => Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    const IS_JSON: bool = T::IS_JSON;

    fn from_json(json: Json) -> Option<Self> {
        let Json::Object(properties) = json else { return None };
        properties.into_iter().map(|(name, value)| Some((name, T::from_json(value)?))).collect()
    }

    fn decode<'de, D: Deserializer<'de>>(input: D, cx: &Context) -> Result<Self, D::Error> {
        if cx.is_tolerant() && cx.is_json() {
            input.deserialize_any(Entries(cx, PhantomData))
        } else {
            input.deserialize_map(Entries(cx, PhantomData))
        }
    }

    fn decode_or_nothing<'de, D: Deserializer<'de>>(
        input: D,
        cx: &Context,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        if let Some(entries) = input.deserialize_any(EntriesOrNothing(cx, PhantomData))? {
            *place = Some(entries);
        }
        Ok(())
    }
}

/// Adds an entry that was read. A name that there is already is an error, where the schema holds.
pub(super) fn insert<T, E: Error>(
    entries: &mut BTreeMap<String, T>,
    name: String,
    value: T,
    cx: &Context,
) -> Result<(), E> {
    match entries.entry(name) {
        Entry::Vacant(entry) => drop(entry.insert(value)),
        Entry::Occupied(mut entry) if cx.is_tolerant() => drop(entry.insert(value)),
        Entry::Occupied(entry) => return Err(cx.at(entry.key(), E::custom("appears twice"))),
    }
    Ok(())
}

struct EntriesOrNothing<'cx, T>(&'cx Context, PhantomData<T>);

impl<'de, T: Decode> Visitor<'de> for EntriesOrNothing<'_, T> {
    type Value = Option<BTreeMap<String, T>>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object or nothing")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<Self::Value, D::Error> {
        input.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut input: A) -> Result<Self::Value, A::Error> {
        match input.next_element::<IgnoredAny>()? {
            None => Ok(None),
            Some(_) => Err(A::Error::invalid_type(Unexpected::Seq, &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, input: A) -> Result<Self::Value, A::Error> {
        Entries(self.0, PhantomData).visit_map(input).map(Some)
    }
}

struct Entries<'cx, T>(&'cx Context, PhantomData<T>);

impl<'de, T: Decode> Visitor<'de> for Entries<'_, T> {
    type Value = BTreeMap<String, T>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, input: A) -> Result<Self::Value, A::Error> {
        if !self.0.is_tolerant() {
            return Err(A::Error::invalid_type(Unexpected::Seq, &self));
        }
        let nothing = EntriesOrNothing::<T>(self.0, PhantomData).visit_seq(input)?;
        Ok(nothing.unwrap_or_default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<Self::Value, A::Error> {
        let mut entries = BTreeMap::new();
        while let Some(name) = input.next_key::<String>()? {
            if name == NUMBER {
                return Err(A::Error::invalid_type(Unexpected::Other("number"), &self));
            }
            let value = input
                .next_value_seed(Seed::new(self.0))
                .map_err(|error| self.0.at(&name, error))?;
            insert(&mut entries, name, value, self.0)?;
        }
        Ok(entries)
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
