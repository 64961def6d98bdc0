//! The spellings of one text: JSON, Rust's messages and URLs each escape other characters.

use crate::secret::Secret;
use crate::transport::{json, query_pair};

/// Adds the ways to write a secret: as it is, and as JSON, Rust's `Debug`, HTML and URLs have it. The
/// longest come first.
pub(super) fn add(secret: &Secret, spellings: &mut Vec<Secret>) {
    let text = secret.expose();
    if text.is_empty() {
        return;
    }
    let form = query_pair("", text);
    let form = form.expose().trim_start_matches('=');
    insert(text, spellings);
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
    let is_shorter = |known: &Secret| known.expose().len() <= spelling.len();
    let at = spellings.iter().position(is_shorter).unwrap_or(spellings.len());
    if !spellings[at..].iter().any(|known| known.expose() == spelling) {
        spellings.insert(at, Secret::new(spelling));
    }
}

fn html(text: &str) -> String {
    [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")]
        .into_iter()
        .fold(text.to_owned(), |text, (character, entity)| text.replace(character, entity))
}

/// A text without the escapes that JSON allows and does not ask for, `\u0041` and `\/`: PHP writes
/// both. What would be a quote, a backslash or a control character stays as it is.
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
    let is_plain = !character.is_control() && !matches!(character, '"' | '\\');
    is_plain.then_some((character, rest))
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
        for stays in
            [r"\u0022\u005c\u0007", r"\u+041", r"\\u0041", r"\ud83d", r"\u12", r"\n", "\\", r"a\"]
        {
            assert_eq!(without_escapes(stays), stays);
        }
    }

    #[test]
    fn a_secret_is_known_in_every_spelling() {
        let mut spellings = Vec::new();
        add(&Secret::new("a\"b/c d&é"), &mut spellings);
        assert!(spellings.is_sorted_by_key(|it| std::cmp::Reverse(it.expose().len())));
        for text in ["a\"b/c d&é", "a\\\"b/c d&é", "a%22b%2Fc+d%26%C3%A9", "a%22b%2Fc%20d%26%C3%A9"]
        {
            assert!(spellings.iter().any(|spelling| spelling.expose() == text), "{text}");
        }
        let count = spellings.len();
        add(&Secret::new(""), &mut spellings);
        assert_eq!(spellings.len(), count);
    }
}
