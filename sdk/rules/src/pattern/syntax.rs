//! Reading a pattern that the generator has written: sets of characters, groups, and repetitions.
//!
//! ```text
//! ^[a-z](?:b|cd?)+$    the start; one of `a-z`; `b`, or `c` and perhaps `d`, once or more; the end
//! ```

use std::str::Chars;

use super::ecma::escaped;

/// Alternatives: sequences of which one must match.
pub(super) type Alternatives = Vec<Vec<Term>>;

/// A part of a sequence.
#[derive(Clone, Debug)]
pub(super) struct Term {
    pub(super) what: What,
    /// How often it is repeated.
    pub(super) least: usize,
    pub(super) most: usize,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    /// The start of a string.
    Start,
    /// The end of a string.
    End,
    /// A character.
    One(Class),
    Group(Alternatives),
}

/// A set of characters.
#[derive(Clone, Debug, Default)]
pub(super) struct Class {
    /// A bit for each character of ASCII.
    ascii: [u64; 2],
    /// The characters beyond ASCII, or all but these.
    beyond: Vec<(char, char)>,
    is_negated: bool,
}

/// Reads a pattern; `None` if it has parts that only an engine matches.
pub(super) fn parse(pattern: &str) -> Option<Alternatives> {
    let mut rest = pattern.chars();
    let alternatives = alternatives(&mut rest)?;
    rest.as_str().is_empty().then_some(alternatives)
}

/// Reads up to a `)` or the end.
fn alternatives(rest: &mut Chars<'_>) -> Option<Alternatives> {
    let mut all = vec![one_after_the_other(rest)?];
    while skip(rest, '|') {
        all.push(one_after_the_other(rest)?);
    }
    Some(all)
}

fn one_after_the_other(rest: &mut Chars<'_>) -> Option<Vec<Term>> {
    let mut terms = Vec::new();
    while !rest.as_str().starts_with(['|', ')']) && !rest.as_str().is_empty() {
        terms.push(term(rest)?);
    }
    Some(terms)
}

fn term(rest: &mut Chars<'_>) -> Option<Term> {
    let what = match rest.next()? {
        '^' => What::Start,
        '$' => What::End,
        '(' => What::Group(group(rest)?),
        '[' => What::One(class(rest)?),
        '\\' => What::One(Class::of(escaped(rest)?)),
        '.' | '*' | '+' | '?' | '{' => return None,
        plain => What::One(Class::of(plain)),
    };
    let (least, most) = counts(rest)?;
    Some(Term { what, least, most })
}

/// Reads a group, after its parenthesis.
fn group(rest: &mut Chars<'_>) -> Option<Alternatives> {
    *rest = rest.as_str().strip_prefix("?:")?.chars();
    let all = alternatives(rest)?;
    skip(rest, ')').then_some(all)
}

/// Reads a set in brackets; `None` if it has brackets within.
fn class(rest: &mut Chars<'_>) -> Option<Class> {
    let mut class = Class::default();
    let is_negated = skip(rest, '^');
    while !skip(rest, ']') {
        let from = member(rest)?;
        let to = if skip(rest, '-') { member(rest)? } else { from };
        class.add(from, to);
    }
    if is_negated {
        class.negate();
    }
    Some(class)
}

impl Class {
    fn of(character: char) -> Self {
        let mut class = Self::default();
        class.add(character, character);
        class
    }

    pub(super) fn has(&self, character: char) -> bool {
        match u8::try_from(character) {
            Ok(byte @ 0..128) => self.has_ascii(byte),
            _ => {
                let is_in_range = |(from, to): &(char, char)| (*from..=*to).contains(&character);
                self.beyond.iter().any(is_in_range) != self.is_negated
            }
        }
    }

    #[inline]
    pub(super) const fn has_ascii(&self, byte: u8) -> bool {
        self.ascii[(byte >> 6) as usize & 1] >> (byte & 63) & 1 != 0
    }

    pub(super) fn is_apart_from(&self, other: &Self) -> bool {
        let is_ascii = |class: &Self| class.beyond.is_empty() && !class.is_negated;
        let [low, high] = self.ascii;
        let [other_low, other_high] = other.ascii;
        low & other_low == 0 && high & other_high == 0 && (is_ascii(self) || is_ascii(other))
    }

    /// Whether it has characters beyond ASCII.
    pub(super) const fn is_wide(&self) -> bool {
        self.is_negated || !self.beyond.is_empty()
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

fn member(rest: &mut Chars<'_>) -> Option<char> {
    match rest.next()? {
        '\\' => escaped(rest),
        '[' | '&' | '~' | '-' => None,
        plain => Some(plain),
    }
}

/// Reads how often the part before is repeated.
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
