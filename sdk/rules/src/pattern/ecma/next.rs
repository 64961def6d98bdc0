//! Rewriting a pattern so that it needs no look ahead: what the look requires of the next character is put into the
//! parts that come next.
//!
//! ```text
//! T(?=\d)(?:\d+H)?(?:\d+M)?$    T(?:[0-9]+M$|[0-9]+H(?:[0-9]+M)?$)
//! P(?!$)                        P[^]
//! ```

use std::ops::RangeInclusive;

use super::classes::{both, character, characters, without, written};
use super::{bracketed, count};

/// The largest length of a part that may be written several times.
const LONGEST: usize = 2000;

/// What may come next, by a look.
pub(super) struct Next {
    of: Vec<RangeInclusive<char>>,
    /// Whether the string may end.
    or_end: bool,
}

/// What comes after the terms of a sequence.
#[derive(Clone, Copy)]
pub(super) enum After {
    /// The end of the string.
    End,
    /// The end of the pattern: anything may follow.
    Anything,
    /// More of the pattern.
    More,
}

impl After {
    /// Reads what comes after a sequence: the ends of its groups, and the parts after these.
    pub(super) fn of(mut rest: &str, is_outermost: bool) -> Self {
        if is_outermost && rest.starts_with('|') {
            return Self::Anything;
        }
        while let Some(after) = rest.strip_prefix(')') {
            let optional = after.strip_prefix("??").or_else(|| after.strip_prefix('?'));
            rest = optional.unwrap_or(after);
        }
        match rest {
            "$" => Self::End,
            "" => Self::Anything,
            _ => Self::More,
        }
    }
}

impl Next {
    /// What a look requires, if it looks at one character or for the end.
    pub(super) fn of(sign: &str, look: &str) -> Option<Self> {
        let mut next = Self { of: Vec::new(), or_end: false };
        for alternative in alternatives(look) {
            match alternative {
                "$" => next.or_end = true,
                atom => next.of.extend(characters(atom)?),
            }
        }
        if sign == "?!" {
            next = Self { of: without(&['\0'..=char::MAX], &next.of), or_end: !next.or_end };
        }
        Some(next)
    }

    /// The ways in which terms may begin as required.
    pub(super) fn ways(&self, terms: &str, after: After) -> Option<Vec<String>> {
        if terms.is_empty() {
            return self.ways_of_nothing(after);
        }
        let Term { atom, least, once_more, rest } = Term::of(terms)?;
        if atom == "$" {
            return Some(Vec::from_iter(self.or_end.then(|| terms.to_owned())));
        }
        let mut ways = if least == 0 { self.ways(rest, after)? } else { Vec::new() };
        let mut first = Vec::new();
        if let Some(group) = atom.strip_prefix("(?:") {
            for alternative in alternatives(group.strip_suffix(')')?) {
                first.extend(self.ways(alternative, After::More)?);
            }
        } else {
            let of = characters(atom)?;
            if least > 0 && without(&of, &self.of).is_empty() {
                return Some(vec![terms.to_owned()]);
            }
            let of = both(&of, &self.of);
            first.extend((!of.is_empty()).then(|| bracketed(&written(&of), false)));
        }
        if !first.is_empty() {
            ways.push(format!("{}{once_more}{rest}", one_of(&first)));
        }
        (terms.len() < LONGEST).then_some(ways)
    }

    fn ways_of_nothing(&self, after: After) -> Option<Vec<String>> {
        let end = |end: &str| self.or_end.then(|| end.to_owned());
        match after {
            After::End => Some(Vec::from_iter(end(""))),
            After::Anything => {
                let one = bracketed(&written(&self.of), false);
                Some([Some(one), end("$")].into_iter().flatten().collect())
            }
            After::More => None,
        }
    }
}

/// One of several ways. If there are none, the result never matches.
pub(super) fn one_of(ways: &[String]) -> String {
    match ways {
        [] => bracketed("", false),
        [only] => only.clone(),
        ways => format!("(?:{})", ways.join("|")),
    }
}

/// Whether all strings that match some terms have the same number of characters.
pub(super) fn is_of_one_length(mut terms: &str) -> bool {
    while let Some(term) = Term::of(terms) {
        if characters(term.atom).is_none() || terms.len() > term.atom.len() + term.rest.len() {
            return false;
        }
        terms = term.rest;
    }
    terms.is_empty()
}

/// A term of a translated sequence, and what comes after it.
struct Term<'t> {
    atom: &'t str,
    least: u64,
    /// What is left of it after it has matched once.
    once_more: String,
    rest: &'t str,
}

impl<'t> Term<'t> {
    fn of(terms: &'t str) -> Option<Self> {
        let (atom, rest) = terms.split_at_checked(match terms.as_bytes().first()? {
            b'$' => 1,
            b'[' => terms.find(']')? + 1,
            b'(' => inner_length(&terms[1..])? + 2,
            _ => terms.len() - character(terms)?.1.len(),
        })?;
        let end = match rest.as_bytes().first() {
            Some(b'*' | b'+' | b'?') => 1,
            Some(b'{') => rest.find('}')? + 1,
            _ => 0,
        };
        let (counts, after) = rest.split_at(end);
        let (least, once_more) = match counts {
            "" => (1, String::new()),
            "?" => (0, String::new()),
            "*" => (0, format!("{atom}*")),
            "+" => (1, format!("{atom}*")),
            counts => once_less(atom, &counts[1..counts.len() - 1])?,
        };
        let rest = if end > 0 { after.strip_prefix('?').unwrap_or(after) } else { after };
        Some(Self { atom, least, once_more, rest })
    }
}

/// The least number of repetitions, and the quantifier that is left after one of them.
fn once_less(atom: &str, counts: &str) -> Option<(u64, String)> {
    let (least, most) = counts.split_once(',').unwrap_or((counts, counts));
    let least = count(least)?;
    let less = least.saturating_sub(1);
    Some(match most {
        "" => (least, format!("{atom}{{{less},}}")),
        most => (least, format!("{atom}{{{less},{}}}", count(most)?.checked_sub(1)?)),
    })
}

/// The alternatives of a pattern, outside of its groups.
fn alternatives(pattern: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    pattern.split(move |sign| {
        match sign {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        sign == '|' && depth == 0
    })
}

/// The length of the inside of a group, after its parenthesis.
pub(in crate::pattern) fn inner_length(text: &str) -> Option<usize> {
    let mut depth = 1;
    text.bytes().position(|byte| is_outermost(byte, b')', &mut depth))
}

/// Counts parentheses. Returns whether this one belongs to the outermost group.
pub(in crate::pattern) fn is_outermost(byte: u8, end: u8, depth: &mut usize) -> bool {
    match byte {
        _ if byte == end => *depth -= 1,
        b'(' | b')' => *depth += 1,
        _ => {}
    }
    *depth == 0
}
