//! Patterns with a look ahead at the start, or a look behind at the end, as the generator writes them. Each look is
//! matched as a pattern of its own.
//!
//! ```text
//! ^(?!a)[a-z]+(?<=z)$    `^[a-z]+$` and `(?:z)$` match, `^(?:a)` does not
//! ```

use super::ecma::{inner_length, is_outermost};

/// A pattern without its looks, and the looks: whether each must match, and its pattern.
type Apart = (String, Vec<(bool, String)>);

/// Splits a pattern that has looks. All parentheses in it are groups, since other characters are written by their
/// numbers.
pub(super) fn taken_apart(pattern: &str) -> Option<Apart> {
    let mut looks = Vec::new();
    let mut pattern = pattern.to_owned();
    while let Some(end) = pattern.strip_prefix("^(?").and_then(inner_length) {
        let Some((is_wanted, look)) = look(&pattern[3..3 + end], "") else { break };
        looks.push((is_wanted, format!("^(?:{look})")));
        pattern.replace_range(1..4 + end, "");
    }
    while let Some(start) = pattern.strip_suffix(")$").and_then(last_group) {
        let inner = &pattern[start..pattern.len() - 2];
        let Some((is_wanted, look)) = look(inner, "(?<") else { break };
        looks.push((is_wanted, format!("(?:{look})$")));
        pattern.replace_range(start..pattern.len() - 1, "");
    }
    (!looks.is_empty()).then_some((pattern, looks))
}

/// The sign and the pattern of a look.
fn look<'p>(group: &'p str, start: &str) -> Option<(bool, &'p str)> {
    let group = group.strip_prefix(start)?;
    let positive = group.strip_prefix('=').map(|look| (true, look));
    positive.or_else(|| Some((false, group.strip_prefix('!')?)))
}

/// The start of the last group, of a text that ends with one.
fn last_group(text: &str) -> Option<usize> {
    let mut depth = 1;
    text.bytes().rposition(|byte| is_outermost(byte, b'(', &mut depth))
}
