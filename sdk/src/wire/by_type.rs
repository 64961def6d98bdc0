//! Reading a union whose variants have different JSON types. The value is not kept first.
//!
//! ```text
//! case STRING = One(String);
//! case ARRAY = Many(Vec<String>);    ["a", "b"]    the input is at an array: its items are read at once
//! ```
//!
//! If the union has a table, it is evaluated on the variant where that is JSON, and else on the input.

use std::any::type_name;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use wechat_bizwifi_rules::{Leaf, Types, Value, View as _};

use super::context::Context;
use super::scalar::are_numbers_texts;
use super::seen::Seen;
use super::table::Table;
use super::union::{Union, decode_variant};

/// A union whose variants have different JSON types.
pub trait ByType: Union {
    /// Reads the variant of this JSON type.
    ///
    /// # Errors
    ///
    /// When no variant has it, or the input is not valid as that variant.
    fn decode_as<'de, D: Deserializer<'de>>(
        found: Types,
        input: D,
        cx: &Context,
    ) -> Result<Self, D::Error>;

    /// The table of the union, if it has one.
    #[inline]
    fn table() -> Option<&'static Table> {
        None
    }

    /// Whether the variant of this JSON type holds JSON, so that the table can be evaluated on the variant itself.
    fn is_json(_: Types) -> bool {
        false
    }

    /// The value that the table is evaluated on, of a variant that holds JSON.
    fn seen(&self) -> Seen<'_> {
        Seen::Leaf(Leaf::Null)
    }
}

/// Reads a value of a union by its JSON type.
///
/// # Errors
///
/// When the input is no such value.
pub fn decode_by_type<'de, U: ByType, D: Deserializer<'de>>(
    input: D,
    cx: &Context,
) -> Result<U, D::Error> {
    if cx.is_binary() {
        return decode_variant(input, cx);
    }
    input.deserialize_any(Any(cx, PhantomData))
}

struct Any<'cx, U>(&'cx Context, PhantomData<U>);

impl<U: ByType> Any<'_, U> {
    /// Reads a value by way of a tree. Scalars always take this way, so that each union is compiled for fewer
    /// kinds of input.
    fn kept<'de, D: Deserializer<'de>>(self, input: D) -> Result<U, D::Error> {
        let value: Value<'de> = Deserialize::deserialize(input)?;
        if let Some(table) = self.table() {
            self.evaluate(table, Seen::Tree(&value))?;
        }
        U::decode_as(value.leaf().types(), &value, self.0).map_err(D::Error::custom)
    }

    /// Reads an array or an object: directly, unless there is a table and the variant does not hold JSON.
    fn read<'de, D: Deserializer<'de>>(self, found: Types, input: D) -> Result<U, D::Error> {
        let Some(table) = self.table() else { return U::decode_as(found, input, self.0) };
        if !U::is_json(found) || !self.0.is_json() || are_numbers_texts() {
            return self.kept(input);
        }
        let read = U::decode_as(found, input, self.0)?;
        self.evaluate(table, read.seen())?;
        Ok(read)
    }

    /// The table, if it is to be evaluated. Replies are not evaluated.
    #[inline]
    fn table(&self) -> Option<&'static Table> {
        U::table().filter(|_| !self.0.is_tolerant())
    }

    #[inline]
    fn evaluate<E: Error>(&self, table: &Table, value: Seen<'_>) -> Result<(), E> {
        let found = table.violations(value);
        if found.is_empty() { Ok(()) } else { Err(self.0.refuse(found)) }
    }
}

macro_rules! kept {
    ($($visit:ident($ty:ty))*) => { $(
        fn $visit<E: Error>(self, value: $ty) -> Result<U, E> {
            self.kept(value.into_deserializer())
        }
    )* };
}

impl<'de, U: ByType> Visitor<'de> for Any<'_, U> {
    type Value = U;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "a value ({})", U::NAME)
    }

    kept! {
        visit_bool(bool) visit_i64(i64) visit_i128(i128) visit_u64(u64) visit_u128(u128)
        visit_f64(f64) visit_str(&str) visit_string(String)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<U, E> {
        self.kept(serde::de::value::BorrowedStrDeserializer::new(text))
    }

    fn visit_unit<E: Error>(self) -> Result<U, E> {
        self.kept(().into_deserializer())
    }

    fn visit_none<E: Error>(self) -> Result<U, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<U, D::Error> {
        input.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, input: D) -> Result<U, D::Error> {
        input.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, input: A) -> Result<U, A::Error> {
        self.read(Types::ARRAY, SeqAccessDeserializer::new(input))
    }

    fn visit_map<A: MapAccess<'de>>(self, input: A) -> Result<U, A::Error> {
        let input = MapAccessDeserializer::new(input);
        if is_object::<A>() { self.read(Types::OBJECT, input) } else { self.kept(input) }
    }
}

/// Whether a map is certainly an object. With the feature `arbitrary_precision`, `serde_json` passes a number as a
/// map too, of another type, and a tree that was kept by another crate does not tell the two apart.
fn is_object<A>() -> bool {
    let name = type_name::<A>();
    name.starts_with("serde_json::de::MapAccess<") || name.contains("wechat_bizwifi_rules::value::")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::de::value::{Error as ReadError, MapDeserializer};

    use super::*;
    use crate::wire::scalar::NUMBER;
    use crate::wire::union_tests::union_in_tests;
    use crate::wire::{Decode, strict, tolerant};
    use wechat_bizwifi_rules::{Rule, Schema};

    #[derive(Debug, PartialEq)]
    enum Either {
        Number(i64),
        Object(BTreeMap<String, i64>),
    }

    union_in_tests!(Either, decode_by_type);

    impl ByType for Either {
        fn decode_as<'de, D: Deserializer<'de>>(
            found: Types,
            input: D,
            cx: &Context,
        ) -> Result<Self, D::Error> {
            if Types::INTEGER.contains(found) {
                return Decode::decode(input, cx).map(Self::Number);
            }
            if Types::OBJECT.contains(found) {
                return Decode::decode(input, cx).map(Self::Object);
            }
            Err(D::Error::custom("must be an integer or an object"))
        }
    }

    fn read<'de, D: Deserializer<'de>>(input: D) -> Option<Either> {
        strict(input).ok()
    }

    static PAIR: Schema<'static> = Schema(&[Rule::MinItems(2), Rule::MinProperties(2)]);
    static TABLE: Table = Table::new(&PAIR);

    /// One that has a table, and shows nothing of itself.
    #[derive(Debug, PartialEq)]
    enum Several {
        List(Vec<i64>),
        Object(BTreeMap<String, i64>),
    }

    union_in_tests!(Several, decode_by_type);

    impl ByType for Several {
        fn decode_as<'de, D: Deserializer<'de>>(
            found: Types,
            input: D,
            cx: &Context,
        ) -> Result<Self, D::Error> {
            if found == Types::ARRAY {
                return Decode::decode(input, cx).map(Self::List);
            }
            Decode::decode(input, cx).map(Self::Object)
        }

        fn table() -> Option<&'static Table> {
            Some(&TABLE)
        }
    }

    #[test]
    fn a_table_is_evaluated_on_what_came_where_the_variant_does_not_show_that() {
        let object = |names: &[&str]| {
            Several::Object(names.iter().map(|name| ((*name).to_owned(), 1)).collect())
        };
        for (json, sent, received) in [
            ("[1]", None, Some(Several::List(vec![1]))),
            ("[1,2]", Some(Several::List(vec![1, 2])), Some(Several::List(vec![1, 2]))),
            (r#"{"a":1}"#, None, Some(object(&["a"]))),
            (r#"{"a":1,"b":1}"#, Some(object(&["a", "b"])), Some(object(&["a", "b"]))),
        ] {
            let mut input = serde_json::Deserializer::from_str(json);
            assert_eq!(strict(&mut input).ok(), sent, "{json}");
            let mut input = serde_json::Deserializer::from_str(json);
            assert_eq!(tolerant(&mut input).ok(), received, "{json}");
        }
    }

    #[test]
    fn a_number_that_comes_as_a_map_is_no_object() {
        let in_map = |name| MapDeserializer::<_, ReadError>::new([(name, "5")].into_iter());
        assert_eq!(read(in_map(NUMBER)), Some(Either::Number(5)));
        assert_eq!(read(in_map("a")), None);
    }

    #[test]
    fn a_variant_is_found_by_its_type_in_json_and_in_what_was_kept_of_it() {
        let object = Either::Object([("a".to_owned(), 1)].into());
        for (json, wanted) in [
            ("5", Some(Either::Number(5))),
            (r#"{"a":1}"#, Some(object)),
            (r#"{"a":"b"}"#, None),
            (r#"{"a":1,"a":1}"#, None),
            ("[]", None),
            ("null", None),
        ] {
            assert_eq!(read(&mut serde_json::Deserializer::from_str(json)), wanted, "{json}");
            let kept = Value::parse(json.as_bytes()).ok();
            assert_eq!(kept.as_ref().and_then(read), wanted, "{json}");
        }
    }
}
