//! What may be seen of a request: only what is known to be harmless, by name.

use std::fmt;
use std::str::EscapeDebug;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

/// The properties whose values are shown.
const SHOWN: [&str; 9] = [
    "appid",
    "card_describe",
    "card_id",
    "card_quantity",
    "end_time",
    "force_refresh",
    "grant_type",
    "shop_id",
    "start_time",
];

const HIDDEN: &str = "(hidden)";

/// A named value of a query.
pub(super) fn value<'a>(name: &str, value: &'a str) -> EscapeDebug<'a> {
    if SHOWN.contains(&name) { value.escape_debug() } else { HIDDEN.escape_debug() }
}

/// A body: as JSON without the values that are not shown, or its length if it is no JSON object.
pub(super) fn body(body: &[u8]) -> String {
    match serde_json::from_slice(body) {
        Ok(InOrder(properties)) => {
            let shown: Vec<_> = properties.iter().map(property).collect();
            format!("{{{}}}", shown.join(","))
        }
        Err(_) => format!("({} bytes)", body.len()),
    }
}

fn property((name, value): &(String, Value)) -> String {
    let shown = SHOWN.contains(&name.as_str());
    let value = if shown { value.to_string() } else { Value::from(HIDDEN).to_string() };
    format!("{}:{value}", Value::from(name.as_str()))
}

/// An object's properties as they came: `serde_json`'s own map would sort them.
struct InOrder(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for InOrder {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_map(Properties)
    }
}

struct Properties;

impl<'de> Visitor<'de> for Properties {
    type Value = InOrder;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<InOrder, A::Error> {
        let mut properties = Vec::new();
        while let Some(property) = input.next_entry()? {
            properties.push(property);
        }
        Ok(InOrder(properties))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_known_is_shown() {
        let shown = body(br#"{"appid":"wx1","secret":"s3","new":["s3"]}"#);
        assert_eq!(shown, r#"{"appid":"wx1","secret":"(hidden)","new":"(hidden)"}"#);
        assert_eq!(body(b"secret=s3"), "(9 bytes)");
        assert_eq!(value("access_token", "t").to_string(), HIDDEN);
    }
}
