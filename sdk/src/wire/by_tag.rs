//! Reading a union whose variants are objects, distinguished by the value of one property, the tag.
//!
//! Properties before the tag are kept. Once the tag is known, the rest is read directly as that variant.
//!
//! ```text
//! case "card" = Card(Card);    {"kind": "card", "id": 7}    once `kind` is known, a `Card` is read
//! ```

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, MapAccess, Visitor};
use wechat_bizwifi_rules::{Leaf, Text, Value, View};

use super::by_type::ByType;
use super::context::Context;
use super::decode::Decode;

/// A union whose variants a property distinguishes.
pub trait ByTag: ByType {
    /// The name of the tag property.
    const TAG: &'static str;

    /// Reads the variant that has this tag.
    ///
    /// # Errors
    ///
    /// When no variant has it, or the input is not valid as that variant.
    fn decode_tagged<'de, A: MapAccess<'de>>(
        tag: Tag<'_>,
        input: Begun<'de, A>,
        cx: &Context,
    ) -> Result<Self, A::Error>;
}

/// The value of the tag property, if it was found.
#[derive(Clone, Copy, Debug)]
pub struct Tag<'t>(Option<Leaf<'t>>);

impl<'t> Tag<'t> {
    /// The tag of a value that was read before.
    pub fn of(value: &'t Value<'_>, name: &str) -> Self {
        Self(value.get(name).map(View::leaf))
    }

    /// Whether it is this string or number.
    pub fn is<'l>(self, value: impl Into<Leaf<'l>>) -> bool {
        match (self.0, value.into()) {
            (Some(Leaf::String(found)), Leaf::String(known)) => found == known,
            (Some(Leaf::Number(found)), Leaf::Number(known)) => found == known,
            _ => false,
        }
    }
}

/// An object of which the first properties were read and kept, and the rest is still input.
#[derive(Debug)]
pub struct Begun<'de, A> {
    pub(super) first: Vec<(Cow<'de, str>, Value<'de>)>,
    pub(super) rest: A,
}

impl<'de, A: MapAccess<'de>> Begun<'de, A> {
    /// Reads the whole object as a value of a type.
    ///
    /// # Errors
    ///
    /// When the object is not such a value.
    pub fn read<T: Decode>(self, cx: &Context) -> Result<T, A::Error> {
        T::decode_begun(self, cx)
    }

    /// Reads and keeps the properties up to and including the one of this name.
    fn until(tag: &str, mut input: A) -> Result<Self, A::Error> {
        let mut first = Vec::new();
        while let Some(name) = input.next_key_seed(Text)? {
            let is_last = name == tag;
            first.push((name, input.next_value()?));
            if is_last {
                break;
            }
        }
        Ok(Self { first, rest: input })
    }

    /// Reads and keeps the whole object.
    pub(super) fn kept(mut self) -> Result<Value<'de>, A::Error> {
        while let Some(name) = self.rest.next_key_seed(Text)? {
            self.first.push((name, self.rest.next_value()?));
        }
        self.first()
    }

    /// The object of the properties that were kept.
    pub(super) fn first(self) -> Result<Value<'de>, A::Error> {
        let twice = |name| A::Error::custom(format_args!("has the property `{name}` twice"));
        Value::object(self.first).map_err(twice)
    }
}

/// Reads an object of a union by its tag.
///
/// # Errors
///
/// When the input is no such value.
pub fn decode_by_tag<'de, U: ByTag, D: Deserializer<'de>>(
    input: D,
    cx: &Context,
) -> Result<U, D::Error> {
    input.deserialize_map(Tagged(cx, PhantomData))
}

struct Tagged<'cx, U>(&'cx Context, PhantomData<U>);

impl<'de, U: ByTag> Visitor<'de> for Tagged<'_, U> {
    type Value = U;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "an object ({})", U::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, input: A) -> Result<U, A::Error> {
        let begun = Begun::until(U::TAG, input)?;
        let last = begun.first.last().filter(|(name, _)| name == U::TAG);
        let value = last.map(|(_, value)| value.clone());
        U::decode_tagged(Tag(value.as_ref().map(View::leaf)), begun, self.0)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value as Json, json};
    use wechat_bizwifi_rules::Types;

    use super::*;
    use crate::wire::decode::strict;
    use crate::wire::union_tests::union_in_tests;

    #[derive(Debug, PartialEq)]
    enum Either {
        Named(Json),
        Numbered(Json),
    }

    union_in_tests!(Either, decode_by_tag);

    impl ByType for Either {
        fn decode_as<'de, D: Deserializer<'de>>(
            _: Types,
            _: D,
            _: &Context,
        ) -> Result<Self, D::Error> {
            Err(D::Error::custom("is read by its tag"))
        }
    }

    impl ByTag for Either {
        const TAG: &'static str = "kind";

        fn decode_tagged<'de, A: MapAccess<'de>>(
            tag: Tag<'_>,
            input: Begun<'de, A>,
            cx: &Context,
        ) -> Result<Self, A::Error> {
            if tag.is("a") {
                return input.read(cx).map(Self::Named);
            }
            if tag.is(1) {
                return input.read(cx).map(Self::Numbered);
            }
            Err(A::Error::custom("has another tag"))
        }
    }

    #[expect(clippy::needless_pass_by_value, reason = "the form that `map_err` takes")]
    fn said(error: serde_json::Error) -> String {
        error.to_string().split(" at line ").next().unwrap().to_owned()
    }

    #[test]
    fn an_object_is_read_by_its_tag_wherever_that_stands_and_nothing_of_it_is_lost() {
        let read = |text: &str| {
            let mut json = serde_json::Deserializer::from_str(text);
            strict::<Either, _>(&mut json).map_err(said)
        };
        let whole = |kind: Json| json!({ "x": 1, "kind": kind, "y": [2] });
        for text in [r#"{"x":1,"kind":"a","y":[2]}"#, r#"{"kind":"a","x":1,"y":[2]}"#] {
            assert_eq!(read(text), Ok(Either::Named(whole("a".into()))), "{text}");
        }
        let numbered = read(r#"{"x":1,"y":[2],"kind":1.0}"#);
        assert_eq!(numbered, Ok(Either::Numbered(whole(json!(1.0)))));
        for (text, error) in [
            (r#"{"kind":"b"}"#, "has another tag"),
            (r#"{"kind":2}"#, "has another tag"),
            (r#"{"kind":true}"#, "has another tag"),
            (r#"{"king":"a"}"#, "has another tag"),
            (r#"{"x":1,"x":1,"kind":"a"}"#, "has the property `x` twice"),
            (r#"{"kind":"a","x":1,"x":1}"#, "has the property `x` twice"),
            ("[]", "invalid type: sequence, expected an object (Either)"),
        ] {
            assert_eq!(read(text), Err(error.to_owned()), "{text}");
        }
        let Ok(Either::Named(Json::Object(empty))) = read(r#"{"kind":"a"}"#) else {
            panic!("it is one")
        };
        assert_eq!(empty, Map::from_iter([("kind".to_owned(), "a".into())]));
    }
}
