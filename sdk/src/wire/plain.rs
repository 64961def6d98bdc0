//! What a body cannot say in plain UTF-8.
//!
//! ```text
//! { "name": "a\u0001" }
//!
//! /name holds the control character U+0001, which JSON can only write as an escape, ..
//! ```
//!
//! JSON has no other way to write most control characters than as `\u0001`, and WeChat answers a
//! body with such an escape with 40033, whatever field it is in. So a request with one is refused
//! before it is sent, with its place; `\n`, `\t` and the like are written in two characters and are
//! sent as usual.
//!
//! This is a rule of the body and not of any type: strings reach it by properties, maps, unions and
//! values of any kind, names of properties among them. A query has its own escapes and no such rule.

use wechat_bizwifi_rules::message::{
    Arg, CONTROL_AT_UNKNOWN_PLACE, CONTROL_CHARACTER, CONTROL_IN_NAME, Message,
};

use super::invalid::{Invalid, Violation};
use super::walk::{ShownJson, walk};

/// Whether a request stands in its body without such escapes.
///
/// # Errors
///
/// Every string that has one, with its place.
pub(crate) fn check_plain(body: &[u8]) -> Result<(), Invalid> {
    if !has_unicode_escape(body) {
        return Ok(());
    }
    // The body says that there is one, a walk through it where it is.
    let mut violations = Vec::new();
    let walked = walk(&String::from_utf8_lossy(body), &mut |place, shown| {
        let message = match shown {
            ShownJson::Name(name) => {
                problem_with(name).map(|message| CONTROL_IN_NAME.with([Arg::Message(&message)]))
            }
            ShownJson::Text(text) => problem_with(text),
            _ => None,
        };
        let violation = message.map(|message| Violation::of(place.pointer(), "type", message));
        violations.extend(violation);
    });
    if let Err(error) = walked {
        let message = CONTROL_AT_UNKNOWN_PLACE.with([Arg::Text(&error)]);
        violations.push(Violation::of(String::new(), "type", message));
    }
    if violations.is_empty() { Ok(()) } else { Err(Invalid::from_violations(violations)) }
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

/// The value is not shown: it may be a secret.
fn problem_with(text: &str) -> Option<Message> {
    let found = u32::from(text.chars().find(|c| is_escaped(*c))?);
    Some(CONTROL_CHARACTER.with([Arg::Text(&format!("U+{found:04X}"))]))
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
        let said = |request: serde_json::Value| {
            check_plain(&serde_json::to_vec(&request).unwrap()).unwrap_err().to_string()
        };
        let why = "which JSON can only write as an escape, and the service refuses that escape (40033): \
                   remove it";
        assert_eq!(
            said(json!(["\u{1f}"])),
            format!("/0 holds the control character U+001F, {why}")
        );
        assert_eq!(
            said(json!({ "a": { "b\u{0}": 1 } })),
            format!("/a/b\0 has a name that holds the control character U+0000, {why}")
        );
        assert!(said(json!(["a\u{2}\u{1}"])).contains("U+0002"), "the first one is named");
        let broken = check_plain(br#"["\u0001""#).unwrap_err().to_string();
        assert!(
            broken.contains("holds a control character, but its place cannot be determined: EOF"),
            "{broken}"
        );
    }

    #[test]
    fn a_control_character_breaks_the_rule_of_the_type() {
        for body in [r#"["\u0001"]"#, r#"{"\u0001":1}"#, r#"["\u0001""#] {
            let refused = check_plain(body.as_bytes()).unwrap_err();
            assert!(refused.violations().iter().all(|it| it.keyword == "type"), "{refused:?}");
        }
    }
}
