//! Simple patterns, matched from the start without backtracking: sets of characters one after the other, where no
//! character can belong to two of them. Also patterns that only need one character anywhere.
//!
//! ```text
//! ^x-               starts with `x`, `-`
//! ^[a-z][a-z0-9]+$  a letter, then letters and digits up to the end
//! [^a]+             any character but `a`
//! ^a*ab$            not simple: how many `a` belong to `a*` is only known later
//! ```

use super::syntax::{Class, Term, What};

/// A simple pattern.
#[derive(Debug)]
pub(super) enum Simple {
    /// A pattern that begins with `^`.
    FromStart {
        runs: Vec<Run>,
        /// Whether it ends with `$`.
        is_whole: bool,
    },
    /// A pattern of one set: a string must have one of its characters.
    Anywhere(Class),
}

/// A set of characters, and how often it is repeated.
#[derive(Debug)]
pub(super) struct Run {
    class: Class,
    least: usize,
    most: usize,
}

impl Simple {
    /// Makes a simple pattern of the only sequence of a pattern, if it is one.
    pub(super) fn compile(terms: &[Term]) -> Option<Self> {
        if let [Term { what: What::One(class), least: 1, .. }] = terms {
            return Some(Self::Anywhere(class.clone()));
        }
        let [Term { what: What::Start, .. }, terms @ ..] = terms else { return None };
        let (terms, is_whole) = match terms {
            [terms @ .., Term { what: What::End, .. }] => (terms, true),
            terms => (terms, false),
        };
        let runs: Vec<Run> = terms.iter().map(Run::of).collect::<Option<_>>()?;
        is_plain(&runs).then_some(Self::FromStart { runs, is_whole })
    }

    /// Whether a string matches.
    pub(super) fn matches(&self, text: &str) -> bool {
        match self {
            Self::FromStart { runs, is_whole } => {
                let rest = runs.iter().try_fold(text, |rest, run| run.skip(rest));
                rest.is_some_and(|rest| !is_whole || rest.is_empty())
            }
            Self::Anywhere(class) => text.chars().any(|character| class.has(character)),
        }
    }
}

/// Whether no character can belong both to a repetition and to what comes after it.
fn is_plain(runs: &[Run]) -> bool {
    runs.iter().enumerate().all(|(index, run)| {
        let after = &runs[index + 1..];
        let until = after.iter().position(|next| next.least > 0).map_or(after.len(), |it| it + 1);
        run.least == run.most
            || after[..until].iter().all(|next| next.class.is_apart_from(&run.class))
    })
}

impl Run {
    fn of(term: &Term) -> Option<Self> {
        let What::One(class) = &term.what else { return None };
        Some(Self { class: class.clone(), least: term.least, most: term.most })
    }

    /// The text after the characters of this set, if there are enough of them.
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
