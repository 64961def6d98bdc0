//! Characters that the parser lets through and JSON does not.
//!
//! ```text
//! ["a<a line break>b"]    the line break: in a string it is written as an escape
//! ```

use std::ops::Range;

/// Where such characters are: control characters inside strings, and outside of them white space
/// that is not JSON's. The text is otherwise JSON.
pub(super) fn invalid_characters(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut in_string, mut escaped) = (false, false);
    for (start, c) in text.char_indices() {
        let is_invalid = if in_string { c < ' ' } else { is_foreign_space(c) };
        if is_invalid {
            found.push(start..start + c.len_utf8());
        }
        in_string ^= c == '"' && !escaped;
        escaped = in_string && c == '\\' && !escaped;
    }
    found
}

fn is_foreign_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, ' ' | '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::invalid_characters;

    #[test]
    fn control_characters_are_for_between_values_alone() {
        assert_eq!(invalid_characters("{\n\t\"a\": \"b\\n\\\"\"\r\n}"), Vec::<Range<usize>>::new());
        assert_eq!(invalid_characters("[\"a\nb\", \"\\\\\", \"\t\"]"), [3..4, 15..16]);
    }

    #[test]
    fn other_white_space_is_for_strings_alone() {
        assert_eq!(invalid_characters("[\"a\u{a0}\u{3000}\"]"), Vec::<Range<usize>>::new());
        assert_eq!(invalid_characters("[\u{a0}1\u{b}]"), [1..3, 4..5]);
    }
}
