//! Masking what follows a name, in whatever notation: `name=value`, `"name": "value"`,
//! `\"name\":\"value\"`, `<name>value`.

use std::ops::Range;

use super::MASK;

/// Masks the values that follow a name.
pub(super) fn mask_values(text: &str, name: &str) -> String {
    // A property may have an empty name, which is found everywhere.
    if name.is_empty() {
        return text.to_owned();
    }
    // Of the same length, so that places in it are places in the text.
    let lower = text.to_ascii_lowercase();
    let name = name.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let (mut copied, mut searched) = (0, 0);
    while let Some(at) = lower[searched..].find(&name) {
        let start = searched + at;
        searched = start + name.len();
        if let Some(value) = value_after(text, start..searched) {
            out.push_str(&text[copied..value.start]);
            out.push_str(MASK);
            copied = value.end;
            searched = value.end;
        }
    }
    out.push_str(&text[copied..]);
    out
}

/// Where the value is that belongs to the name at this place, if there is one.
fn value_after(text: &str, name: Range<usize>) -> Option<Range<usize>> {
    // `spin` is not `pin`, but `sim_pin` may be one.
    if text.as_bytes()[..name.start].last().is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    let value = text[name.end..].trim_start_matches(ends_name).strip_prefix(['=', ':', '>'])?;
    let value = value.trim_start_matches(begins_value);
    let start = text.len() - value.len();
    let (lead, length) = extent(value);
    (length > 0).then_some(start + lead..start + lead + length)
}

/// How long what leads to the value is, such as a quote, and how long the value.
fn extent(value: &str) -> (usize, usize) {
    let unescaped = value.trim_start_matches('\\');
    let depth = value.len() - unescaped.len();
    if let Some(quote) = unescaped.chars().next().filter(|c| is_quote(*c)) {
        return (depth + 1, quoted(&unescaped[1..], quote, depth));
    }
    if value.starts_with(['[', '{']) {
        // In a text that is not JSON, the end of a list or an object is not known.
        return (0, value.len());
    }
    (0, value.find(ends_value).unwrap_or(value.len()))
}

/// The length of a text in quotes, to its end if it is cut off. Its quotes have so many backslashes
/// in front of them; one within it has at least as many, and one more.
fn quoted(text: &str, quote: char, depth: usize) -> usize {
    let mut backslashes = 0;
    for (at, c) in text.char_indices() {
        if c == quote && backslashes % (2 * (depth + 1)) == depth {
            return at - depth;
        }
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
    }
    text.len()
}

/// Whether a character may stand between a name and what leads to its value.
fn ends_name(c: char) -> bool {
    is_quote(c) || is_space(c) || matches!(c, '\\' | ']')
}

/// Whether a character may stand between what leads to a value and the value: of `=>` and `: =`, too.
fn begins_value(c: char) -> bool {
    is_space(c) || matches!(c, '=' | '>')
}

fn ends_value(c: char) -> bool {
    is_space(c) || is_quote(c) || matches!(c, '&' | '\\' | '<' | '>' | ',' | '}' | ']' | ';')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'')
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        ["pin", "access_token", ""]
            .into_iter()
            .fold(text.to_owned(), |text, name| mask_values(&text, name))
    }

    #[test]
    fn values_are_masked_in_every_notation() {
        for (text, shown) in [
            ("/x?access_token=abc&y=1", "/x?access_token=***&y=1"),
            (r#"{"access_token": "abc", "n": 1}"#, r#"{"access_token": "***", "n": 1}"#),
            (r#"{\"pin\":\"abc\",\"n\":1}"#, r#"{\"pin\":\"***\",\"n\":1}"#),
            (r#"{"pin":1234,"n":1}"#, r#"{"pin":***,"n":1}"#),
            ("pin: abc, and more", "pin: ***, and more"),
            ("PIN=abc", "PIN=***"),
            ("pin=1&y=1", "pin=***&y=1"),
            ("<pin>abc</pin>", "<pin>***</pin>"),
            ("sim_pin=abc", "sim_pin=***"),
            ("{'pin' => 'a b'}", "{'pin' => '***'}"),
            (r#"{"pin":["abc","def"]}"#, r#"{"pin":***"#),
        ] {
            assert_eq!(masked(text), shown);
        }
    }

    #[test]
    fn a_value_ends_where_its_quotes_end() {
        for (text, shown) in [
            (r#""pin":"a, b; c}","n":1"#, r#""pin":"***","n":1"#),
            (r#""pin":"a\"b","n":1"#, r#""pin":"***","n":1"#),
            (r#""pin":"a\\","n":1"#, r#""pin":"***","n":1"#),
            (r#"\"pin\":\"a\\\"b\\\\\",\"n\":1"#, r#"\"pin\":\"***\",\"n\":1"#),
            (r#""pin":"my pin=12","n":1"#, r#""pin":"***","n":1"#),
            (r#"{"pin":{"pin":1},"n":1}"#, r#"{"pin":***"#),
            (r#""pin":"cut o"#, r#""pin":"***"#),
            (r#""pin":"","n":1"#, r#""pin":"","n":1"#),
        ] {
            assert_eq!(masked(text), shown);
        }
    }

    #[test]
    fn a_name_alone_is_no_value() {
        for text in ["access_token missing rid: 1-2", "access_token=", "spin=1", "pins=1", "pin"] {
            assert_eq!(masked(text), text);
        }
    }
}
