//! What may be seen of a request: what its description knows, and does not mark as `sensitive`.

use std::fmt;
use std::str::EscapeDebug;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use crate::any_operation::AnyOperation;
use crate::generated::OPERATIONS;

const HIDDEN: &str = "(hidden)";

/// What may be seen of the requests to one path: nothing, if no description knows it.
pub(super) struct Shown(Option<&'static AnyOperation>);

impl Shown {
    pub(super) fn of(path: &str) -> Self {
        Self(OPERATIONS.iter().find(|operation| operation.operation().path == path))
    }

    /// A named value of a query.
    pub(super) fn value<'a>(&self, name: &str, value: &'a str) -> EscapeDebug<'a> {
        if self.is_known(name) { value.escape_debug() } else { HIDDEN.escape_debug() }
    }

    /// A body: as JSON without the values that are not shown, or its length if it is no JSON object.
    pub(super) fn body(&self, body: &[u8]) -> String {
        // What is valid has nothing in it that the description does not know.
        let is_valid = self.0.is_some_and(|operation| operation.check(body).is_ok());
        match serde_json::from_slice(body) {
            Ok(InOrder(properties)) => {
                let shown =
                    properties.into_iter().map(|property| self.property(property, is_valid));
                format!("{{{}}}", shown.collect::<Vec<_>>().join(","))
            }
            Err(_) => format!("({} bytes)", body.len()),
        }
    }

    fn property(&self, (name, mut value): (String, Value), is_valid: bool) -> String {
        let is_plain = !value.is_array() && !value.is_object();
        if self.is_known(&name) && (is_valid || is_plain) {
            self.hide_within(&mut value);
        } else {
            value = HIDDEN.into();
        }
        format!("{}:{value}", Value::from(name))
    }

    fn hide_within(&self, value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.hide_within(item)),
            Value::Object(properties) => {
                for (name, value) in properties {
                    if self.is_secret(name) {
                        *value = HIDDEN.into();
                    } else {
                        self.hide_within(value);
                    }
                }
            }
            _ => {}
        }
    }

    /// Whether it is a property of the request itself, and not a secret.
    fn is_known(&self, name: &str) -> bool {
        self.0.is_some_and(|operation| operation.properties().contains(&name))
            && !self.is_secret(name)
    }

    fn is_secret(&self, name: &str) -> bool {
        self.0.is_none_or(|operation| operation.operation().secrets.contains(&name))
    }
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
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_a_description_knows_is_shown_and_no_secret() {
        let shown = Shown::of("/cgi-bin/stable_token");
        assert_eq!(
            shown.body(br#"{"appid":"wx1","secret":"s3","new":["s3"]}"#),
            r#"{"appid":"wx1","secret":"(hidden)","new":"(hidden)"}"#
        );
        assert_eq!(shown.body(b"secret=s3"), "(9 bytes)");
        assert_eq!(shown.value("access_token", "t").to_string(), HIDDEN);
        assert_eq!(Shown::of("/elsewhere").body(br#"{"appid":"wx1"}"#), r#"{"appid":"(hidden)"}"#);
    }

    #[test]
    fn lists_are_shown_where_the_request_is_valid() {
        let shown = Shown::of("/card/batchget");
        let valid = r#"{"offset":0,"count":1,"status_list":["CARD_STATUS_DELETE"]}"#;
        assert_eq!(shown.body(valid.as_bytes()), valid);
        assert_eq!(
            shown.body(br#"{"offset":0,"status_list":[{"secret":"s3"}]}"#),
            r#"{"offset":0,"status_list":"(hidden)"}"#
        );
    }

    #[test]
    fn within_a_value_secrets_alone_are_hidden() {
        let mut value = json!([{ "appid": "wx1", "more": { "secret": "s3", "count": 1 } }]);
        Shown::of("/cgi-bin/stable_token").hide_within(&mut value);
        let shown = json!([{ "appid": "wx1", "more": { "secret": HIDDEN, "count": 1 } }]);
        assert_eq!(value, shown);
    }
}
