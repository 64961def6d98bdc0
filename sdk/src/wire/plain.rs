//! What a body cannot say in plain UTF-8.
//!
//! JSON has no other way to write most control characters than as `\u0001`, and WeChat answers a
//! body with such an escape with 40033, whatever field it is in. So a request with one is refused
//! before it is sent, with its place; `\n`, `\t` and the like are written in two characters and go
//! out as ever.
//!
//! This is a rule of the body and not of any type: strings reach it by properties, maps, unions and
//! values of any kind, names of properties among them. A query has its own escapes and no such rule.

use wechat_bizwifi_rules::{Leaf, Value, View as _};

use super::check::{Checker, Found};
use super::invalid::Invalid;

/// Whether a request stands in its body without such escapes.
///
/// # Errors
///
/// Every string that has one, with its place.
pub(crate) fn check_plain(body: &[u8]) -> Result<(), Invalid> {
    if !has_unicode_escape(body) {
        return Ok(());
    }
    // The body says that there is one, the value where it is.
    let mut found = Found::default();
    match Value::parse(body) {
        Ok(value) => check_value(&value, &mut found.checker()),
        Err(error) => found.checker().report(
            "type",
            format!("holds a control character at a place that cannot be told: {error}"),
        ),
    }
    found.finish()
}

/// Whether JSON has an escape that begins with `\u`.
pub(crate) fn has_unicode_escape(body: &[u8]) -> bool {
    // Nearly every body has no escape at all, which is known sooner.
    if !body.contains(&b'\\') {
        return false;
    }
    let mut bytes = body.iter();
    while bytes.any(|byte| *byte == b'\\') {
        // What is escaped is passed over: it may be a backslash itself.
        if bytes.next() == Some(&b'u') {
            return true;
        }
    }
    false
}

fn check_value(value: &Value<'_>, at: &mut Checker<'_>) {
    if let Leaf::String(text) = value.leaf() {
        check_text(text, "", at);
    }
    for (index, item) in value.items().enumerate() {
        at.index(index, |at| check_value(item, at));
    }
    for (name, value) in value.properties() {
        at.key(name, |at| {
            check_text(name, "has a name that ", at);
            check_value(value, at);
        });
    }
}

/// The value is not shown: it may be a secret.
fn check_text(text: &str, whose: &str, at: &mut Checker<'_>) {
    if let Some(found) = text.chars().find(|c| is_escaped(*c)) {
        let found = u32::from(found);
        at.report(
            "type",
            format!(
                "{whose}holds the control character U+{found:04X}, which JSON can write as an \
                 escape only and the service refuses as one (40033): leave it out"
            ),
        );
    }
}

fn is_escaped(c: char) -> bool {
    c < ' ' && !matches!(c, '\u{8}' | '\t' | '\n' | '\u{c}' | '\r')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn places(request: &serde_json::Value) -> Vec<String> {
        let body = serde_json::to_vec(request).unwrap();
        let found = check_plain(&body).err().map(Invalid::into_violations);
        found.unwrap_or_default().into_iter().map(|found| found.pointer).collect()
    }

    #[test]
    fn a_string_is_refused_exactly_where_its_body_would_have_an_escaped_unit() {
        for c in (0..0x500).filter_map(char::from_u32) {
            let body = serde_json::to_string(&json!([c])).unwrap();
            assert_eq!(places(&json!([c])).is_empty(), !body.contains("\\u"), "{c:?}: {body}");
        }
    }

    #[test]
    fn line_breaks_quotes_and_backslashes_go_out() {
        assert!(places(&json!({ "a": "1\n2\r\n3\t\"4\" \\u0001 \u{7f}\u{2028}" })).is_empty());
    }

    #[test]
    fn every_place_is_named_be_it_a_name() {
        let request =
            json!({ "a": ["x y", "\u{0}"], "e f": "g h", "b": { "c\u{1f}": 1 }, "d": "\u{1}" });
        assert_eq!(places(&request), ["/a/1", "/b/c\u{1f}", "/d"]);
    }
}
