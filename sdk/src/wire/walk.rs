//! A walk through a JSON text without building a tree: a function is called for everything that the text holds.
//!
//! ```text
//! {"a": [1, "b"]}    Object; /a: Name("a"), Array; /a/0: Number("1"); /a/1: Text("b")
//! ```

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use wechat_bizwifi_rules::ValuePath;

use super::scalar::NUMBER;

/// Something in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ShownJson<'a> {
    /// The name of a property, before its value.
    Name(&'a str),
    Null,
    Bool(bool),
    Number(&'a str),
    Text(&'a str),
    /// An array, before its items.
    Array,
    /// An object, before its properties.
    Object,
}

/// The function that is called. It is not a type parameter, so that a program contains one walk.
pub(crate) type Look<'a> = dyn FnMut(&ValuePath<'_>, ShownJson<'_>) + 'a;

/// Calls a function for everything that a JSON text holds, in order.
///
/// # Errors
///
/// When the text is not JSON. The function was called for what comes before the error.
pub(crate) fn walk(json: &str, look: &mut Look<'_>) -> serde_json::Result<()> {
    Step { place: &ValuePath::ROOT, look }
        .deserialize(&mut serde_json::Deserializer::from_str(json))
}

struct Step<'a, 'l> {
    place: &'a ValuePath<'a>,
    look: &'a mut Look<'l>,
}

impl Step<'_, '_> {
    fn show(&mut self, shown: ShownJson<'_>) {
        (self.look)(self.place, shown);
    }

    fn number(mut self, number: impl fmt::Display) {
        self.show(ShownJson::Number(&number.to_string()));
    }
}

impl<'de> DeserializeSeed<'de> for Step<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Step<'_, '_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_unit<E>(mut self) -> Result<(), E> {
        self.show(ShownJson::Null);
        Ok(())
    }

    fn visit_bool<E>(mut self, flag: bool) -> Result<(), E> {
        self.show(ShownJson::Bool(flag));
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.number(number);
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.number(number);
        Ok(())
    }

    /// In the form of JSON, `1e+30`: `Display` writes all the zeros.
    fn visit_f64<E: Error>(mut self, number: f64) -> Result<(), E> {
        self.show(ShownJson::Number(&serde_json::to_string(&number).map_err(E::custom)?));
        Ok(())
    }

    fn visit_str<E>(mut self, text: &str) -> Result<(), E> {
        self.show(ShownJson::Text(text));
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut input: A) -> Result<(), A::Error> {
        self.show(ShownJson::Array);
        let mut index = 0;
        loop {
            let step = Step { place: &self.place.index(index), look: &mut *self.look };
            if input.next_element_seed(step)?.is_none() {
                return Ok(());
            }
            index += 1;
        }
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut input: A) -> Result<(), A::Error> {
        let mut next = input.next_key::<String>()?;
        if next.as_deref() == Some(NUMBER) {
            self.number(input.next_value::<String>()?);
            return Ok(());
        }
        self.show(ShownJson::Object);
        while let Some(name) = next {
            let mut step = Step { place: &self.place.property(&name), look: &mut *self.look };
            step.show(ShownJson::Name(&name));
            input.next_value_seed(step)?;
            next = input.next_key()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(json: &str) -> (Vec<String>, bool) {
        let mut all = Vec::new();
        let walked = walk(json, &mut |place, shown| {
            all.push(format!("{} {shown:?}", place.pointer()));
        });
        (all, walked.is_ok())
    }

    #[test]
    fn all_that_json_holds_is_shown_in_its_order() {
        let (all, is_json) = shown(r#"{"a":[1,-2,1.5e30,"b\n"],"n":null,"o":{"f":true}}"#);
        let expected = [
            " Object",
            r#"/a Name("a")"#,
            "/a Array",
            r#"/a/0 Number("1")"#,
            r#"/a/1 Number("-2")"#,
            r#"/a/2 Number("1.5e+30")"#,
            r#"/a/3 Text("b\n")"#,
            r#"/n Name("n")"#,
            "/n Null",
            r#"/o Name("o")"#,
            "/o Object",
            r#"/o/f Name("f")"#,
            "/o/f Bool(true)",
        ];
        assert_eq!((all, is_json), (expected.map(str::to_owned).to_vec(), true));
    }

    #[test]
    fn what_stands_before_an_error_is_shown() {
        let (all, is_json) = shown(r#"{"a":"x","#);
        assert_eq!((all.len(), is_json), (3, false));
    }
}
