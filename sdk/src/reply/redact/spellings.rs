//! Masking known secrets in all their spellings: JSON, Rust's messages, HTML and URLs each escape other
//! characters. A text may also hold only the beginning of a secret.
//!
//! ```text
//! secret abcdefgh/ijk    "key=abcdefgh%2Fijk", "cut: abcdefgh.."    "key=***", "cut: ***"
//! ```

use super::{MASK, is_word};
use crate::secret::Secret;
use crate::transport::{json, query_pair};

/// The length from which on a text counts as the beginning of a secret whose rest was cut off, in characters.
const BEGINNING: usize = 8;

/// How URLs begin, also within another URL's query.
const SCHEMES: [&str; 4] = ["https://", "http://", "https%3A%2F%2F", "http%3A%2F%2F"];

/// A text in which these spellings of secrets, and their beginnings, are masked.
pub(super) fn masked(text: &str, spellings: &[Secret]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut masked = 0;
    for (at, character) in text.char_indices() {
        let rest = &text[at..];
        let end = at + secret_at(rest, spellings);
        if at >= masked {
            out.push_str(if end > at { MASK } else { &rest[..character.len_utf8()] });
        }
        // Where secrets overlap, or begin alike, all of them are masked.
        masked = masked.max(end);
    }
    out
}

/// The length of the secret, or the beginning of one, that a text starts with. A beginning reaches up to a space
/// or a quote: the rest may be of another token that begins alike, or in a spelling that is not known.
fn secret_at(text: &str, spellings: &[Secret]) -> usize {
    let beginning = scheme(text) + BEGINNING;
    match spellings.iter().map(|it| common(text, it.expose(), beginning)).max() {
        None => 0,
        Some((length, true)) => length,
        Some((length, false)) => length + word(&text[length..]),
    }
}

/// The length that a text and a spelling have in common, 0 if it is less than a beginning takes, and whether it is
/// the whole spelling.
fn common(text: &str, spelling: &str, beginning: usize) -> (usize, bool) {
    // The escapes of URLs have either case. A short secret must have the same case, since it may look like a word.
    let same = text.chars().zip(spelling.chars()).take_while(|(a, b)| a.eq_ignore_ascii_case(b));
    let (mut characters, mut length) = (0, 0);
    for (character, _) in same {
        characters += 1;
        length += character.len_utf8();
    }
    if characters < beginning && !text.starts_with(spelling) {
        return (0, true);
    }
    (length, length == spelling.len())
}

/// The length of what any URL begins with, and a secret that is one: it says nothing of the secret.
fn scheme(text: &str) -> usize {
    let is_begun = |scheme: &str| {
        text.get(..scheme.len()).is_some_and(|begun| begun.eq_ignore_ascii_case(scheme))
    };
    SCHEMES.into_iter().find(|scheme| is_begun(scheme)).map_or(0, str::len)
}

/// The length of a text up to a space, a quote or a tag.
fn word(text: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<');
    text.find(ends).unwrap_or(text.len())
}

/// Adds the spellings of a secret: as it is, and as in JSON, Rust's `Debug`, HTML and URLs.
pub(super) fn add(secret: &Secret, spellings: &mut Vec<Secret>) {
    let text = secret.expose();
    if text.is_empty() {
        return;
    }
    let mut insert = |spelling: &str| {
        if !spellings.iter().any(|known| known.expose() == spelling) {
            spellings.push(Secret::new(spelling));
        }
    };
    insert(text);
    if text.bytes().all(is_word) {
        // No format escapes these characters. WeChat's tokens have no others.
        return;
    }
    let form = query_pair("", text);
    let form = form.expose().trim_start_matches('=');
    insert(within_quotes(&json(text)));
    insert(within_quotes(&Secret::new(format!("{text:?}"))));
    insert(&html(text));
    // As it stands in a text without these escapes, if the secret itself looks like one.
    insert(&without_escapes(text));
    insert(form);
    insert(&form.replace('+', "%20"));
}

fn within_quotes(quoted: &Secret) -> &str {
    let quoted = quoted.expose();
    quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or(quoted)
}

fn html(text: &str) -> String {
    [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")]
        .into_iter()
        .fold(text.to_owned(), |text, (character, entity)| text.replace(character, entity))
}

/// A text without the escapes that JSON and URLs allow but do not need: `\u0041` and `\/`, which PHP writes, and
/// `%41`. An escaped quote or backslash gets the short escape, and an escaped control character stays.
pub(super) fn without_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '%']) {
        out.push_str(&rest[..at]);
        rest = unescape(&rest[at..], &mut out);
    }
    out.push_str(rest);
    out
}

/// Writes the character of the escape that a text starts with, and returns the text after it.
fn unescape<'t>(text: &'t str, out: &mut String) -> &'t str {
    if let Some(after) = text.strip_prefix('%') {
        let byte = after.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        let Some(byte) = byte.filter(|byte| is_word(*byte)) else {
            out.push('%');
            return after;
        };
        out.push(byte.into());
        return &after[2..];
    }
    if let Some(rest) = text.strip_prefix("\\/") {
        out.push('/');
        return rest;
    }
    if let Some((character, rest)) = unicode_escape(text) {
        if matches!(character, '"' | '\\') {
            out.push('\\');
        }
        out.push(character);
        return rest;
    }
    // The character after a backslash belongs to the escape, even if it is a backslash.
    let end = text.char_indices().nth(2).map_or(text.len(), |(end, _)| end);
    out.push_str(&text[..end]);
    &text[end..]
}

fn unicode_escape(text: &str) -> Option<(char, &str)> {
    let (first, rest) = unit(text)?;
    let second = unit(rest);
    let units = [first, second.map_or(0, |(unit, _)| unit)];
    let character = char::decode_utf16(units).next()?.ok()?;
    let rest = if character.len_utf16() == 2 { second?.1 } else { rest };
    (!character.is_control()).then_some((character, rest))
}

/// Reads `\uXXXX`, and returns the text after it.
fn unit(text: &str) -> Option<(u16, &str)> {
    let digits = text.strip_prefix("\\u")?;
    let hex = digits.get(..4).filter(|hex| hex.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
    Some((u16::from_str_radix(hex, 16).ok()?, &digits[4..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needless_escapes_are_read_and_needed_ones_stay() {
        assert_eq!(without_escapes(r"pass\u0077ord a\/b \u5bc6\ud83d\ude00"), "password a/b 密😀");
        assert_eq!(without_escapes(r"\u0022\u005c\u0041"), r#"\"\\A"#);
        assert_eq!(without_escapes("%54%30%4b%3d%C3%A9%5F"), "T0K%3d%C3%A9_");
        for stays in [
            "%", "%4", "%+4", "50%é", r"\u0007", r"\u+041", r"\\u0041", r"\ud83d", r"\u12", r"\n",
            "\\", r"a\",
        ] {
            assert_eq!(without_escapes(stays), stays);
        }
    }

    #[test]
    fn a_secret_is_known_in_every_spelling() {
        let mut spellings = Vec::new();
        add(&Secret::new("a\"b/c d&é"), &mut spellings);
        for text in ["a\"b/c d&é", "a\\\"b/c d&é", "a%22b%2Fc+d%26%C3%A9", "a%22b%2Fc%20d%26%C3%A9"]
        {
            assert!(spellings.iter().any(|spelling| spelling.expose() == text), "{text}");
        }
        let count = spellings.len();
        add(&Secret::new(""), &mut spellings);
        assert_eq!(spellings.len(), count);
        add(&Secret::new("a\"b/c d&é"), &mut spellings);
        assert_eq!(spellings.len(), count, "each once");
    }
}
