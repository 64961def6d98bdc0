//! Finding the values of secret properties in JSON, wherever in it they are.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::secret::Secret;
use crate::transport::{Outgoing, Payload, pairs};

/// The values of a request's properties of these names.
pub(super) fn in_request<'n>(
    request: &Outgoing,
    names: impl Iterator<Item = &'n str>,
) -> Vec<Secret> {
    match &request.payload {
        Payload::Body(body) => in_json(body, names),
        Payload::Query(query) => in_pairs(pairs(query).into_iter(), names),
    }
}

/// The values of the properties with these names, in JSON that may be cut off or broken: then those
/// before that place.
pub(super) fn in_json<'n>(json: &[u8], names: impl Iterator<Item = &'n str>) -> Vec<Secret> {
    let names: Vec<&str> = names.collect();
    let mut found = Vec::new();
    let text = String::from_utf8_lossy(json);
    // Raw control characters are seen inside strings, and would end the search.
    let text = text.trim_start_matches('\u{feff}').replace(|c: char| c < ' ', " ");
    let search = Search { names: &names, found: &mut found, is_secret: false };
    // What is broken has been told, or will be.
    let _ = search.deserialize(&mut serde_json::Deserializer::from_str(&text));
    found
}

/// The values of the pairs with these names.
fn in_pairs<'n, N: AsRef<str>, V: Into<String>>(
    pairs: impl Iterator<Item = (N, V)>,
    names: impl Iterator<Item = &'n str>,
) -> Vec<Secret> {
    let names: Vec<&str> = names.collect();
    let secret = |name: &str| is_among(&names, name);
    pairs.filter(|(name, _)| secret(name.as_ref())).map(|(_, value)| Secret::new(value)).collect()
}

fn is_among(names: &[&str], name: &str) -> bool {
    names.iter().any(|secret| secret.eq_ignore_ascii_case(name))
}

/// A walk through JSON, without a copy of what is not searched for.
struct Search<'a> {
    names: &'a [&'a str],
    found: &'a mut Vec<Secret>,
    /// Whether it is within the value of a secret property.
    is_secret: bool,
}

impl Search<'_> {
    fn inner(&mut self, is_secret: bool) -> Search<'_> {
        Search { names: self.names, found: self.found, is_secret }
    }

    fn meet(self, value: impl fmt::Display) {
        if self.is_secret {
            self.found.push(Secret::new(value.to_string()));
        }
    }
}

impl<'de> DeserializeSeed<'de> for Search<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Search<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.meet(text);
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.meet(number);
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.meet(number);
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.meet(number);
        Ok(())
    }

    /// What has two values or one tells nothing.
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut input: A) -> Result<(), A::Error> {
        let is_secret = self.is_secret;
        while input.next_element_seed(self.inner(is_secret))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut input: A) -> Result<(), A::Error> {
        while let Some(name) = input.next_key::<String>()? {
            let is_secret = self.is_secret || is_among(self.names, &name);
            input.next_value_seed(self.inner(is_secret))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(json: &str) -> Vec<String> {
        let found = in_json(json.as_bytes(), ["pin"].into_iter());
        found.iter().map(|secret| secret.expose().to_owned()).collect()
    }

    #[test]
    fn values_are_found_at_any_depth_and_under_any_spelling_of_the_name() {
        assert_eq!(
            found(r#"{"a":[{"pin":"x"}],"p\u0069n":["y",{"z":1.5}],"b":"no","PIN":-1}"#),
            ["x", "y", "1.5", "-1"]
        );
        assert_eq!(found("\u{feff}{\"a\":\"\u{1}\",\"pin\":\"x\"}"), ["x"]);
        assert_eq!(found(r#"{"pin":true,"n":null}"#), [] as [&str; 0]);
    }

    #[test]
    fn what_stands_before_an_error_is_found() {
        assert_eq!(found(r#"{"pin":"x","#), ["x"]);
        assert_eq!(found("<html>"), [] as [&str; 0]);
    }

    #[test]
    fn pairs_are_found_by_name() {
        let pairs = [("pin", "x"), ("n", "1")].into_iter();
        let found = in_pairs(pairs, ["pin"].into_iter());
        assert!(found == [Secret::new("x")]);
    }
}
