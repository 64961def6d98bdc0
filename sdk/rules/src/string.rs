//! Rules on strings. No message shows one: it may be a secret.
//!
//! ```text
//! {"maxLength": 2}      "abc"   must have at most 2 characters, has 3
//! {"format": "date"}    "abc"   must be of the format `date`
//! ```

use std::fmt::Display;

use crate::message::{
    Arg, CHARACTER, CHARACTERS, FORMAT, MAX_COUNT, MIN_COUNT, Message, PATTERN, Template,
};
use crate::schema::Rule;

/// Whether a string is valid by a rule. Rules that are not on strings are valid.
pub(crate) fn is_valid(rule: &Rule<'_>, string: &str) -> bool {
    match rule {
        Rule::MinLength(least) => has_at_least(string, *least),
        Rule::MaxLength(most) => has_at_most(string, *most),
        Rule::Pattern(pattern) => pattern.matches(string),
        Rule::Format(format) => format.matches(string),
        _ => true,
    }
}

/// A quick check: whether all rules are on the length, and the number of bytes is enough to see that they are valid.
/// If `false`, the string may still be valid.
pub(crate) fn has_length(rules: &[Rule<'_>], string: &str) -> bool {
    let count = string.len() as u64;
    rules.iter().all(|rule| match rule {
        // A code point takes one to four bytes.
        Rule::MinLength(least) => count.div_ceil(4) >= *least,
        Rule::MaxLength(most) => count <= *most,
        _ => false,
    })
}

/// The violation of a rule on strings.
pub(crate) fn message(rule: &Rule<'_>, string: &str) -> Option<Message> {
    const WORDS: [Template<0>; 2] = [CHARACTER, CHARACTERS];
    let count = || string.chars().count();
    Some(match rule {
        Rule::MinLength(least) => wants_count(MIN_COUNT, *least, WORDS, &count()),
        Rule::MaxLength(most) => wants_count(MAX_COUNT, *most, WORDS, &count()),
        Rule::Pattern(pattern) => PATTERN.with([Arg::Text(&on_one_line(pattern.source()))]),
        Rule::Format(format) => FORMAT.with([Arg::Text(&format.name())]),
        _ => return None,
    })
}

/// A pattern with escapes for the line breaks and other control characters in it.
fn on_one_line(pattern: &str) -> String {
    let shown = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.into() };
    pattern.chars().map(shown).collect()
}

/// A code point takes one to four bytes, so the number of bytes mostly decides.
fn has_at_least(string: &str, least: u64) -> bool {
    string.len().div_ceil(4) as u64 >= least || string.chars().count() as u64 >= least
}

fn has_at_most(string: &str, most: u64) -> bool {
    string.len() as u64 <= most || string.chars().count() as u64 <= most
}

/// The message of a wrong number of something, which English has in the singular and in the plural.
pub(crate) fn wants_count(
    template: Template<3>,
    bound: u64,
    [one, many]: [Template<0>; 2],
    found: &dyn Display,
) -> Message {
    let what = if bound == 1 { one } else { many };
    template.with([Arg::Text(&bound), Arg::Words(what), Arg::Text(found)])
}

#[cfg(test)]
mod tests {
    use super::on_one_line;
    use crate::schema::Rule;
    use crate::view::Leaf;
    use crate::{check_leaf, is_valid_leaf};

    #[test]
    fn lengths_are_counted_in_code_points_on_both_sides_of_every_bound() {
        for character in ["a", "\u{e9}", "\u{5143}", "\u{1f39f}"] {
            for length in 0..20_usize {
                for (least, most) in [(0, 0), (1, 4), (4, 5), (5, 16), (16, 18)] {
                    let rules = [Rule::MinLength(least), Rule::MaxLength(most)];
                    let mut valid = true;
                    let string = character.repeat(length);
                    check_leaf(&rules, Leaf::String(&string), &mut |_| valid = false);
                    let fits = (least..=most).contains(&(length as u64));
                    assert_eq!(valid, fits, "{length} times {character}");
                    let leaf = Leaf::String(&string);
                    assert_eq!(is_valid_leaf(&rules, &leaf), fits, "{length} times {character}");
                    let [least, most] = rules;
                    assert!(!is_valid_leaf(&[least, Rule::Never, most], &leaf));
                }
            }
        }
    }

    #[test]
    fn a_pattern_is_shown_on_one_line() {
        assert_eq!(on_one_line("^a\nb\r\u{7f}\\n元$"), r"^a\nb\r\u{7f}\n元$");
    }
}
