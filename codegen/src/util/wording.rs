//! Parts of sentences, in documentation and in messages.
//!
//! ```text
//! a`b         ``a`b``, as code within a line of Markdown
//! At least 1  at least 1, within a sentence
//! 1234567     1_234_567, or 1,234,567
//! ```

/// A text as inline code in Markdown, whatever characters it has.
pub(crate) fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let fence = "`".repeat(longest_run(&text) + 1);
    let is_edge = |c: Option<char>| c.is_none_or(|c| c == '`' || c == ' ');
    let pad = if is_edge(text.chars().next()) || is_edge(text.chars().last()) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The length of the longest run of backticks.
pub(crate) fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// Whether a character changes the direction of text, which can hide code: rustc refuses it.
pub(crate) const fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text with its first letter in lower case, for the middle of a sentence.
pub(crate) fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Digits in groups of three.
pub(crate) fn in_groups(digits: &str, separator: char) -> String {
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::{code, in_groups, lower_first};

    #[test]
    fn code_within_a_line_holds_anything() {
        for (text, expected) in [
            ("a", "`a`"),
            ("`", "`` ` ``"),
            ("", "`  `"),
            ("a``b", "```a``b```"),
            ("a\nb\rc", "`a b c`"),
            ("a`", "`` a` ``"),
            ("`a", "`` `a ``"),
            (" a", "`  a `"),
            ("a ", "` a  `"),
        ] {
            assert_eq!(code(text), expected);
        }
    }

    #[test]
    fn only_the_first_letter_changes() {
        assert_eq!(["", "At Most", "Ä"].map(lower_first), ["", "at Most", "ä"]);
    }

    #[test]
    fn numbers_have_a_comma_before_every_three_digits() {
        let numbers = ["1", "999", "1000", "3756", "1234567"].map(|digits| in_groups(digits, ','));
        assert_eq!(numbers, ["1", "999", "1,000", "3,756", "1,234,567"]);
    }
}
