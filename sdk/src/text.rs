//! Looking for something in a text, and short texts of long ones.
//!
//! What the standard library has for this is made for long texts and for patterns of any type: each use of
//! it takes a program up to a kilobyte. These are for texts of messages, and a program has them once.
//!
//! ```text
//! find("a b a", "b")                2
//! replace("a b a", "a", "***")      *** b ***
//! skip("  x", char::is_whitespace)  x
//! one_line("a\n b")                 a b
//! ```

/// The longest message, in characters.
const MESSAGE: usize = 2000;

/// Where the first of such texts begins.
#[inline(never)]
pub(crate) fn find(text: &str, wanted: &str) -> Option<usize> {
    text.as_bytes().windows(wanted.len().max(1)).position(|part| part == wanted.as_bytes())
}

/// What follows the first of such texts.
pub(crate) fn after<'t>(text: &'t str, wanted: &str) -> Option<&'t str> {
    text.get(find(text, wanted)? + wanted.len()..)
}

/// A text with another one in each place of such a text.
#[inline(never)]
pub(crate) fn replace(text: &str, wanted: &str, other: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = find(rest, wanted) {
        out.push_str(&rest[..at]);
        out.push_str(other);
        rest = &rest[at + wanted.len()..];
    }
    out.push_str(rest);
    out
}

/// How many bytes at a text's beginning are of characters of a kind.
#[inline(never)]
pub(crate) fn count(text: &str, is_such: fn(char) -> bool) -> usize {
    text.chars().take_while(|c| is_such(*c)).map(char::len_utf8).sum()
}

/// A text without the characters of a kind at its beginning.
pub(crate) fn skip(text: &str, is_such: fn(char) -> bool) -> &str {
    &text[count(text, is_such)..]
}

/// Foreign text as one line of bounded length.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len().min(MESSAGE));
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if !word.is_empty() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    shorten(&line, MESSAGE)
}

/// The beginning of a text: so many characters, and an ellipsis if there are more.
pub(crate) fn shorten(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_wherever_it_is_whole() {
        assert_eq!(find("aab", "ab"), Some(1));
        assert_eq!(find("a你", "你"), Some(1));
        for absent in ["abc", "c", "", "aabb"] {
            assert_eq!(find("aab", absent), None, "{absent}");
        }
        assert_eq!(after("x: 1", ": "), Some("1"));
        assert_eq!(after("x", "x"), Some(""));
    }

    #[test]
    fn a_replacement_is_not_looked_at_again() {
        assert_eq!(replace("aXXXb", "XX", "X"), "aXXb");
        assert_eq!(replace("abc", "x", "y"), "abc");
        assert_eq!(replace("", "x", "y"), "");
    }

    #[test]
    fn characters_are_skipped_up_to_the_first_of_another_kind() {
        assert_eq!(skip("\u{a0}\t x ", char::is_whitespace), "x ");
        assert_eq!((count("你好x", |c| !c.is_ascii()), skip("", char::is_control)), (6, ""));
    }
}
