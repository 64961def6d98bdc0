//! The classes of ECMA-262, written as lists of characters. In `regex`, the same classes would have characters of all
//! scripts, or need tables of Unicode in the program.
//!
//! ```text
//! \d           0-9
//! \p{ASCII}    \u{0}-\u{7F}
//! ```

use std::borrow::Cow;
use std::ops::RangeInclusive;
use std::str::Chars;

use super::code;

/// The characters of a class, and all other characters: a negated class within brackets has to be written so.
pub(super) struct Class {
    pub(super) of: Cow<'static, str>,
    pub(super) not: Cow<'static, str>,
}

impl Class {
    const fn new(of: &'static str, not: &'static str) -> Self {
        Self { of: Cow::Borrowed(of), not: Cow::Borrowed(not) }
    }

    /// The class of a Unicode property, by the ranges of its characters in order.
    pub(super) fn of_property(ranges: &[RangeInclusive<char>]) -> Self {
        Self { of: written(ranges).into(), not: written(&complement(ranges)).into() }
    }
}

/// The characters of a translated atom: one, or those of a class; `None` for other atoms.
pub(super) fn characters(atom: &str) -> Option<Vec<RangeInclusive<char>>> {
    let inner = atom.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
    let Some(inner) = inner else {
        let (one, rest) = character(atom)?;
        return rest.is_empty().then(|| vec![one..=one]);
    };
    match inner.strip_prefix('^') {
        Some(inner) => Some(without(&['\0'..=char::MAX], &ranges(inner)?)),
        None => ranges(inner),
    }
}

/// The characters in brackets.
fn ranges(mut rest: &str) -> Option<Vec<RangeInclusive<char>>> {
    let mut ranges = Vec::new();
    while !rest.is_empty() {
        let (from, after) = character(rest)?;
        let to = after.strip_prefix('-').map(character);
        let (to, after) = to.unwrap_or(Some((from, after)))?;
        ranges.push(from..=to);
        rest = after;
    }
    Some(ranges)
}

/// Reads a character of a translation. Returns it and the text after it.
pub(super) fn character(text: &str) -> Option<(char, &str)> {
    let mut rest = text.chars();
    let found = match rest.next()? {
        '\\' => escaped(&mut rest)?,
        plain if plain.is_alphanumeric() || !plain.is_ascii() || "_ ".contains(plain) => plain,
        _ => return None,
    };
    Some((found, rest.as_str()))
}

/// Reads the character of an escape in a translation, after its backslash.
pub(in crate::pattern) fn escaped(rest: &mut Chars<'_>) -> Option<char> {
    let (digits, after) = match rest.next()? {
        't' => return Some('\t'),
        'n' => return Some('\n'),
        'r' => return Some('\r'),
        'x' => rest.as_str().split_at_checked(2)?,
        'u' => rest.as_str().strip_prefix('{')?.split_once('}')?,
        _ => return None,
    };
    *rest = after.chars();
    char::from_u32(u32::from_str_radix(digits, 16).ok()?)
}

/// The characters that are in both.
pub(super) fn both(
    some: &[RangeInclusive<char>],
    other: &[RangeInclusive<char>],
) -> Vec<RangeInclusive<char>> {
    let pairs = some.iter().flat_map(|a| other.iter().map(move |b| (a, b)));
    let common = pairs.map(|(a, b)| *a.start().max(b.start())..=*a.end().min(b.end()));
    common.filter(|common| !common.is_empty()).collect()
}

/// The characters that are only in the first.
pub(super) fn without(
    some: &[RangeInclusive<char>],
    not: &[RangeInclusive<char>],
) -> Vec<RangeInclusive<char>> {
    not.iter()
        .fold(some.to_vec(), |left, range| both(&left, &complement(std::slice::from_ref(range))))
}

/// All characters but those of some ranges.
fn complement(ranges: &[RangeInclusive<char>]) -> Vec<RangeInclusive<char>> {
    let mut complement = Vec::new();
    let mut next = Some('\0');
    for known in ranges {
        let mut before = '\0'..*known.start();
        complement.extend(
            next.zip(before.next_back())
                .filter(|(from, to)| from <= to)
                .map(|(from, to)| from..=to),
        );
        next = (*known.end()..=char::MAX).nth(1);
    }
    complement.extend(next.map(|from| from..=char::MAX));
    complement
}

/// Ranges in the notation of brackets.
pub(super) fn written(ranges: &[RangeInclusive<char>]) -> String {
    ranges.iter().map(range).collect()
}

fn range(range: &RangeInclusive<char>) -> String {
    let (from, to) = (code(*range.start()), code(*range.end()));
    if from == to { from } else { format!("{from}-{to}") }
}

/// `\d`.
pub(super) const DIGIT: Class = Class::new("0-9", r"\u{0}-\u{2F}\u{3A}-\u{10FFFF}");
/// `\w`.
pub(super) const WORD: Class =
    Class::new("0-9A-Za-z_", r"\u{0}-\u{2F}\u{3A}-\u{40}\u{5B}-\u{5E}\u{60}\u{7B}-\u{10FFFF}");
/// `\s`.
pub(super) const SPACE: Class = Class::new(
    concat!(
        r"\t\n\x0B\x0C\r \u{A0}\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}",
        r"\u{202F}\u{205F}\u{3000}\u{FEFF}"
    ),
    concat!(
        r"\u{0}-\u{8}\u{E}-\u{1F}\u{21}-\u{9F}\u{A1}-\u{167F}\u{1681}-\u{1FFF}",
        r"\u{200B}-\u{2027}\u{202A}-\u{202E}\u{2030}-\u{205E}\u{2060}-\u{2FFF}\u{3001}-\u{FEFE}\u{FF00}-\u{10FFFF}"
    ),
);

#[cfg(test)]
mod tests {
    use super::complement;

    #[test]
    fn what_is_in_some_ranges_is_in_no_other_one() {
        for (some, rest) in [
            (vec![], vec!['\0'..=char::MAX]),
            (vec!['b'..='c'], vec!['\0'..='a', 'd'..=char::MAX]),
            (vec!['\0'..='a', 'c'..='c'], vec!['b'..='b', 'd'..=char::MAX]),
            (vec!['a'..='b', 'c'..='\u{10FFFE}'], vec!['\0'..='`', char::MAX..=char::MAX]),
            (vec!['\u{E000}'..=char::MAX], vec!['\0'..='\u{D7FF}']),
            (vec!['\0'..='\u{D7FF}'], vec!['\u{E000}'..=char::MAX]),
            (vec!['\0'..=char::MAX], vec![]),
        ] {
            assert_eq!(complement(&some), rest, "{some:?}");
        }
    }
}
