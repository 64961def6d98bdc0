//! Patterns with the feature `regex` or `regex-lite`. Each is compiled when it is first used, and matched by the simplest of three
//! ways.
//!
//! ```text
//! ^[a-z]+$         a simple pattern
//! ^(?:ab|ac?)+$    an automaton of at most 128 characters
//! \bfoo\b          the crate `regex` or `regex-lite`
//! ```

use std::sync::OnceLock;

#[cfg(feature = "regex")]
use regex::Regex;
#[cfg(not(feature = "regex"))]
use regex_lite::Regex;

use super::automaton::Automaton;
use super::simple::Simple;
use super::{looking, syntax};

/// A regular expression that strings must match somewhere.
#[derive(Debug)]
pub struct Pattern<'s> {
    source: &'s str,
    translated: &'s str,
    compiled: OnceLock<Option<Matcher>>,
}

#[derive(Debug)]
enum Matcher {
    Simple(Simple),
    Automaton(Box<Automaton>),
    Engine(Regex),
    /// The pattern without its looks, and the looks: each with whether it must match or must not.
    Looking(Box<Matcher>, Vec<(bool, Matcher)>),
}

impl Matcher {
    fn compile(translated: &str) -> Option<Self> {
        if let Some((pattern, looks)) = looking::taken_apart(translated) {
            let look =
                |(is_wanted, look): &(bool, String)| Some((*is_wanted, Self::compile(look)?));
            let looks = looks.iter().map(look).collect::<Option<_>>()?;
            return Some(Self::Looking(Box::new(Self::compile(&pattern)?), looks));
        }
        let without_engine = syntax::parse(translated).and_then(|pattern| {
            let simple = if let [only] = &*pattern { Simple::compile(only) } else { None };
            let automaton = || Automaton::compile(&pattern).map(Self::Automaton);
            simple.map(Self::Simple).or_else(automaton)
        });
        without_engine.or_else(|| compile_by_engine(translated).map(Self::Engine))
    }

    fn matches(&self, text: &str) -> bool {
        match self {
            Self::Simple(simple) => simple.matches(text),
            Self::Automaton(automaton) => automaton.matches(text),
            Self::Engine(regex) => regex.is_match(text),
            Self::Looking(pattern, looks) => {
                looks.iter().all(|(is_wanted, look)| look.matches(text) == *is_wanted)
                    && pattern.matches(text)
            }
        }
    }
}

impl<'s> Pattern<'s> {
    /// The pattern as a schema writes it, and in the syntax of `regex`.
    pub const fn new(source: &'s str, translated: &'s str) -> Self {
        Self { source, translated, compiled: OnceLock::new() }
    }

    /// The pattern as the schema writes it.
    pub const fn source(&self) -> &'s str {
        self.source
    }

    /// The pattern in the syntax of `regex`.
    pub const fn translated(&self) -> &'s str {
        self.translated
    }

    /// Whether a string matches. A pattern that is too large to compile matches nothing.
    pub fn matches(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| Matcher::compile(self.translated));
        compiled.as_ref().is_some_and(|matcher| matcher.matches(text))
    }
}

#[cfg(feature = "regex")]
pub(super) fn compile_by_engine(translated: &str) -> Option<Regex> {
    Regex::new(translated).ok()
}

/// In this engine, word boundaries are those of ASCII, and the flag for that does not exist.
#[cfg(not(feature = "regex"))]
pub(super) fn compile_by_engine(translated: &str) -> Option<Regex> {
    Regex::new(&translated.replace(r"(?-u:\b)", r"\b")).ok()
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    static YEAR: Pattern<'static> = Pattern::new(r"^\d{4}$", "^[0-9]{4}$");

    #[test]
    fn a_pattern_matches_by_what_the_generator_made_of_it() {
        assert!(YEAR.matches("2024"));
        assert!(!YEAR.matches("٢٠٢٤"));
        assert_eq!(YEAR.source(), r"^\d{4}$");
    }

    #[test]
    fn a_look_from_either_end_is_a_pattern_of_its_own() {
        let name = Pattern::new("", r"^(?!\u{40}|(?:a|b)$)(?=[^x])[a-z]+(?<!_|c)(?<=[^d])$");
        for (text, matches) in
            [("ab", true), ("a", false), ("b", false), ("xa", false), ("zc", false), ("zd", false)]
        {
            assert_eq!(name.matches(text), matches, "{text}");
        }
        let end = Pattern::new("", "a(?<!ba)$");
        assert!(end.matches("a") && end.matches("ca"));
        assert!(!end.matches("ba") && !end.matches("ab"));
    }

    #[test]
    fn a_word_boundary_means_the_same_to_both_engines() {
        let boundary = Pattern::new(r"\ba", r"(?-u:\b)a");
        assert!(boundary.matches("éa"));
        assert!(!boundary.matches("ba"));
    }
}
