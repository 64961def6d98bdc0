//! Patterns that are matched without an engine: from the start, one set of characters after the other,
//! where it is plain how often each is repeated; or several of these, one of which has to match. And those
//! that ask for a character anywhere.
//!
//! ```text
//! ^x-               starts with `x`, `-`
//! ^[a-z][a-z0-9]+$  a letter, then letters and digits up to the end
//! ^a(?:b|cd?)$      one of `ab`, `ac` and `acd`
//! [^a]+             any character but `a`
//! ^a*ab$            left to an engine: how many `a` belong to the first is only known later
//! ```

use std::str::Chars;

/// A pattern that needs no engine.
#[derive(Debug)]
pub(super) enum Simple {
    /// It begins with `^`.
    FromStart {
        /// What a string may be, one of these.
        sequences: Vec<Vec<Term>>,
        /// Whether it ends with `$`.
        is_whole: bool,
    },
    /// A string has a character of these.
    Anywhere(Class),
    /// Every string matches.
    Always,
}

/// So many sequences are looked through sooner than an engine has begun.
const MOST_SEQUENCES: usize = 48;

#[derive(Clone, Debug)]
pub(super) struct Term {
    class: Class,
    least: usize,
    most: usize,
}

/// A set of characters.
#[derive(Clone, Debug, Default)]
pub(super) struct Class {
    /// A bit for each character of ASCII.
    ascii: [u64; 2],
    /// Those beyond ASCII, or all but those.
    beyond: Vec<(char, char)>,
    is_negated: bool,
}

impl Simple {
    /// Reads a pattern in the syntax of `regex`, as the generator writes it.
    pub(super) fn compile(pattern: &str) -> Option<Self> {
        let stripped = pattern.strip_prefix('^');
        let (inner, is_from_start) = stripped.map_or((pattern, false), |inner| (inner, true));
        let stripped = inner.strip_suffix('$');
        let (inner, is_whole) = stripped.map_or((inner, false), |inner| (inner, true));
        let mut rest = inner.chars();
        let mut sequences = one_after_the_other(&mut rest)?;
        if !rest.as_str().is_empty() || !sequences.iter().all(|terms| is_plain(terms)) {
            return None;
        }
        if is_from_start {
            return Some(Self::FromStart { sequences, is_whole });
        }
        match (sequences.pop()?.as_slice(), sequences.is_empty() && !is_whole) {
            ([] | [Term { least: 0, .. }], true) => Some(Self::Always),
            ([Term { least: 1, class, .. }], true) => Some(Self::Anywhere(class.clone())),
            _ => None,
        }
    }

    /// Whether a string matches.
    pub(super) fn matches(&self, text: &str) -> bool {
        match self {
            Self::FromStart { sequences, is_whole } => sequences.iter().any(|terms| {
                let rest = terms.iter().try_fold(text, |rest, term| term.skip(rest));
                rest.is_some_and(|rest| !is_whole || rest.is_empty())
            }),
            Self::Anywhere(class) => text.chars().any(|character| class.has(character)),
            Self::Always => true,
        }
    }
}

/// Whether no character can belong to a repetition and to what comes after it.
fn is_plain(terms: &[Term]) -> bool {
    terms.iter().enumerate().all(|(index, term)| {
        let after = &terms[index + 1..];
        let until = after.iter().position(|next| next.least > 0).map_or(after.len(), |it| it + 1);
        term.least == term.most
            || after[..until].iter().all(|next| next.class.is_apart_from(&term.class))
    })
}

/// Reads what comes one after the other, up to a `|` or `)` or the end: the sequences that it stands for.
fn one_after_the_other(rest: &mut Chars<'_>) -> Option<Vec<Vec<Term>>> {
    let mut sequences = vec![Vec::new()];
    while !rest.as_str().starts_with(['|', ')']) && !rest.as_str().is_empty() {
        let next = match rest.as_str().strip_prefix("(?:") {
            Some(group) => {
                *rest = group.chars();
                one_of_several(rest)?
            }
            None => vec![vec![term(rest)?]],
        };
        sequences = sequences
            .iter()
            .flat_map(|before| next.iter().map(move |after| [before.as_slice(), after].concat()))
            .take(MOST_SEQUENCES + 1)
            .collect();
    }
    (sequences.len() <= MOST_SEQUENCES).then_some(sequences)
}

/// Reads a group from behind its `(?:` on, which may be left out where a `?` comes after it.
fn one_of_several(rest: &mut Chars<'_>) -> Option<Vec<Vec<Term>>> {
    let mut sequences = one_after_the_other(rest)?;
    while skip(rest, '|') {
        sequences.extend(one_after_the_other(rest)?);
    }
    if !skip(rest, ')') {
        return None;
    }
    match counts(rest)? {
        (1, 1) => {}
        (0, 1) => sequences.push(Vec::new()),
        _ => return None,
    }
    Some(sequences)
}

impl Term {
    /// What comes after its characters, if there are enough.
    fn skip<'t>(&self, text: &'t str) -> Option<&'t str> {
        let (mut end, mut count) = (0, 0);
        while count < self.most {
            end += match text.as_bytes().get(end) {
                Some(byte @ 0..128) if self.class.has_ascii(*byte) => 1,
                Some(128..) => match text.get(end..)?.chars().next() {
                    Some(next) if self.class.has(next) => next.len_utf8(),
                    _ => break,
                },
                _ => break,
            };
            count += 1;
        }
        if count < self.least { None } else { text.get(end..) }
    }
}

impl Class {
    fn has(&self, character: char) -> bool {
        match u8::try_from(character) {
            Ok(byte @ 0..128) => self.has_ascii(byte),
            _ => {
                let is_listed = |(from, to): &(char, char)| (*from..=*to).contains(&character);
                self.beyond.iter().any(is_listed) != self.is_negated
            }
        }
    }

    #[inline]
    const fn has_ascii(&self, byte: u8) -> bool {
        self.ascii[(byte >> 6) as usize & 1] >> (byte & 63) & 1 != 0
    }

    fn is_apart_from(&self, other: &Self) -> bool {
        let is_ascii = |class: &Self| class.beyond.is_empty() && !class.is_negated;
        let [low, high] = self.ascii;
        let [other_low, other_high] = other.ascii;
        low & other_low == 0 && high & other_high == 0 && (is_ascii(self) || is_ascii(other))
    }

    fn add(&mut self, from: char, to: char) {
        for byte in u32::from(from)..=u32::from(to).min(127) {
            self.ascii[byte as usize / 64] |= 1 << (byte % 64);
        }
        if !to.is_ascii() {
            self.beyond.push((from.max('\u{80}'), to));
        }
    }

    fn negate(&mut self) {
        self.ascii = self.ascii.map(|bits| !bits);
        self.is_negated = true;
    }
}

fn term(rest: &mut Chars<'_>) -> Option<Term> {
    let mut class = Class::default();
    match rest.next()? {
        '[' => fill(&mut class, rest)?,
        '\\' => {
            let character = escaped(rest)?;
            class.add(character, character);
        }
        '^' | '$' | '.' | '(' | ')' | '|' | '*' | '+' | '?' | '{' => return None,
        plain => class.add(plain, plain),
    }
    let (least, most) = counts(rest)?;
    Some(Term { class, least, most })
}

/// What stands in brackets; what has brackets in it is left to an engine.
fn fill(class: &mut Class, rest: &mut Chars<'_>) -> Option<()> {
    let is_negated = skip(rest, '^');
    while !skip(rest, ']') {
        let from = member(rest)?;
        let to = if skip(rest, '-') { member(rest)? } else { from };
        class.add(from, to);
    }
    if is_negated {
        class.negate();
    }
    Some(())
}

fn member(rest: &mut Chars<'_>) -> Option<char> {
    match rest.next()? {
        '\\' => escaped(rest),
        '[' | '&' | '~' | '-' => None,
        plain => Some(plain),
    }
}

fn escaped(rest: &mut Chars<'_>) -> Option<char> {
    let digits = match rest.next()? {
        't' => return Some('\t'),
        'n' => return Some('\n'),
        'r' => return Some('\r'),
        'x' => rest.as_str().get(..2)?,
        'u' if skip(rest, '{') => rest.as_str().split_once('}')?.0,
        _ => return None,
    };
    let code = u32::from_str_radix(digits, 16).ok()?;
    let count = digits.len();
    *rest = rest.as_str()[count..].chars();
    skip(rest, '}');
    char::from_u32(code)
}

/// How often what came before is repeated.
fn counts(rest: &mut Chars<'_>) -> Option<(usize, usize)> {
    let mut after = rest.clone();
    let counts = match after.next() {
        Some('*') => (0, usize::MAX),
        Some('+') => (1, usize::MAX),
        Some('?') => (0, 1),
        Some('{') => {
            let (counts, behind) = after.as_str().split_once('}')?;
            after = behind.chars();
            let (least, most) = counts.split_once(',').unwrap_or((counts, counts));
            let most = if most.is_empty() { usize::MAX } else { most.parse().ok()? };
            (least.parse().ok()?, most)
        }
        _ => return Some((1, 1)),
    };
    // How eagerly it repeats does not matter where only one number of repetitions matches.
    skip(&mut after, '?');
    *rest = after;
    Some(counts)
}

fn skip(rest: &mut Chars<'_>, wanted: char) -> bool {
    let mut after = rest.clone();
    let is_there = after.next() == Some(wanted);
    if is_there {
        *rest = after;
    }
    is_there
}

#[cfg(test)]
mod tests {
    use super::{super::engine::compile_by_engine, Simple};

    /// All strings of at most so many of these characters.
    fn strings(most: usize) -> Vec<String> {
        let mut all = vec![String::new()];
        let mut start = 0;
        for _ in 0..most {
            let end = all.len();
            for index in start..end {
                for character in ['a', 'b', 'Z', '0', '-', '_', '\n', '\u{e9}', '\u{5143}'] {
                    all.push(format!("{}{character}", all[index]));
                }
            }
            start = end;
        }
        all
    }

    #[test]
    fn a_simple_pattern_matches_what_an_engine_matches() {
        let strings = strings(4);
        for pattern in [
            "^",
            "^$",
            "^a",
            r"^a\u{2D}",
            "^[a-z]+$",
            "^[a-z][a-z0-9\\u{5F}]{1,2}$",
            r"^[^\u{2D}]+\u{2D}[^\u{2D}]+$",
            r"^[^\n\r\u{2028}\u{2029}]*$",
            r"^[^\n\r\u{2028}\u{2029}]+",
            "^a?b?0*$",
            "^a{2}$",
            "^a{0,}?b",
            "^[\u{e9}-\u{5143}]+$",
            r"^[0-9]+[\u{3A}\u{2D}][0-9]+$",
            r"^[\x0B\x0C\n]",
            r"^[\u{0}-\u{10FFFF}]{3}$",
            r"^[^\u{0}-\u{10FFFF}]",
            "^(?:a|b)$",
            "^(?:[aZ]|b0?|-)_",
            "^a?(?:b(?:0|-)?|Za|)(?:_a)?$",
            "^(?:a+|b)0",
            r"^(?:a|\u{2D}(?:b|0){1})$",
            "",
            "a",
            "a{0}",
            "[a-z]*",
            r"(?:[^\n\r\u{2028}\u{2029}]+)",
            "[\u{e9}-\u{5143}]{1,2}",
        ] {
            let simple = Simple::compile(pattern).unwrap_or_else(|| panic!("{pattern}"));
            let engine = compile_by_engine(pattern).unwrap();
            for string in &strings {
                assert_eq!(
                    simple.matches(string),
                    engine.is_match(string),
                    "{pattern}: {string:?}"
                );
            }
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_an_engine() {
        for pattern in [
            "aa",
            "a{2}",
            "a|b",
            "(?:a|b)",
            "[a-z]+$",
            "^a*ab$",
            "^(?:a|b)+$",
            "^(?:a|b){2}",
            "^(?:a|b$)",
            "^(?:a+|b)a$",
            "^(?:a|b",
            "^a)",
            "^a|b",
            "^[a[^b]]",
            r"^a(?-u:\b)",
            "^a?a$",
            "^a*b*a",
            "^a$b",
        ] {
            assert!(Simple::compile(pattern).is_none(), "{pattern}");
        }
    }
}
