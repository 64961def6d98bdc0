//! What may be seen of a request: only what is known to be harmless, by name.

use std::borrow::Cow;
use std::str::EscapeDebug;

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
pub(super) fn body(body: &[u8]) -> Cow<'static, str> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(mut object)) => {
            for (name, value) in &mut object {
                if !SHOWN.contains(&name.as_str()) {
                    *value = Value::from(HIDDEN);
                }
            }
            Value::Object(object).to_string().into()
        }
        _ => format!("({} bytes)", body.len()).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_known_is_shown() {
        let shown = body(br#"{"appid":"wx1","secret":"s3","new":["s3"]}"#);
        assert_eq!(shown, r#"{"appid":"wx1","new":"(hidden)","secret":"(hidden)"}"#);
        assert_eq!(body(b"secret=s3"), "(9 bytes)");
        assert_eq!(value("access_token", "t").to_string(), HIDDEN);
    }
}
