//! Masking known secrets however they are written: JSON, Rust's messages, HTML and URLs each escape
//! other characters, and a text may hold the beginning of a secret alone.

use super::{MASK, is_word};
use crate::secret::Secret;
use crate::transport::{json, query_pair};

/// So many characters are taken for the beginning of a secret, the rest of which was cut off.
const BEGINNING: usize = 8;

/// A text without the secrets that are spelt so, and without their beginnings.
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

/// How much of a text's beginning is a secret, or what was left of one. The latter reaches up to a
/// space or a quote: another token may begin alike, and the rest may be spelt as nobody thought of.
fn secret_at(text: &str, spellings: &[Secret]) -> usize {
    match spellings.iter().map(|it| common(text, it.expose())).max() {
        None => 0,
        Some((length, true)) => length,
        Some((length, false)) => length + word(&text[length..]),
    }
}

/// How much of a spelling a text begins with, 0 if that is too little, and whether it is all of it.
fn common(text: &str, spelling: &str) -> (usize, bool) {
    // URLs spell an escape in either case. A short secret differs from a word by its case alone.
    let same = text.chars().zip(spelling.chars()).take_while(|(a, b)| a.eq_ignore_ascii_case(b));
    let (mut characters, mut length) = (0, 0);
    for (character, _) in same {
        characters += 1;
        length += character.len_utf8();
    }
    if characters < BEGINNING && !text.starts_with(spelling) {
        return (0, true);
    }
    (length, length == spelling.len())
}

/// How long a text is up to a space, a quote or a tag.
fn word(text: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<');
    text.find(ends).unwrap_or(text.len())
}

/// Adds the ways to write a secret: as it is, and as JSON, Rust's `Debug`, HTML and URLs have it.
pub(super) fn add(secret: &Secret, spellings: &mut Vec<Secret>) {
    let text = secret.expose();
    if text.is_empty() {
        return;
    }
    insert(text, spellings);
    if text.bytes().all(is_word) {
        // Nothing escapes these, which all of WeChat's tokens are made of.
        return;
    }
    let form = query_pair("", text);
    let form = form.expose().trim_start_matches('=');
    insert(within_quotes(&json(text)), spellings);
    insert(within_quotes(&Secret::new(format!("{text:?}"))), spellings);
    insert(&html(text), spellings);
    insert(form, spellings);
    insert(&form.replace('+', "%20"), spellings);
}

fn within_quotes(quoted: &Secret) -> &str {
    let quoted = quoted.expose();
    quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or(quoted)
}

fn insert(spelling: &str, spellings: &mut Vec<Secret>) {
    if !spellings.iter().any(|known| known.expose() == spelling) {
        spellings.push(Secret::new(spelling));
    }
}

fn html(text: &str) -> String {
    [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")]
        .into_iter()
        .fold(text.to_owned(), |text, (character, entity)| text.replace(character, entity))
}

/// A text without the escapes that JSON allows and does not ask for, `\u0041` and `\/`: PHP writes
/// both. What would be a quote or a backslash has the short escape, and a control character stays.
pub(super) fn without_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = unescape(&rest[at..], &mut out);
    }
    out.push_str(rest);
    out
}

/// Writes what the escape at a text's beginning stands for, and returns what follows it.
fn unescape<'t>(text: &'t str, out: &mut String) -> &'t str {
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
    // The character behind a backslash belongs to it, be it another one.
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

/// `\uXXXX`, and what follows it.
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
        for stays in [r"\u0007", r"\u+041", r"\\u0041", r"\ud83d", r"\u12", r"\n", "\\", r"a\"] {
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
    }
}
