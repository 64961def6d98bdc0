//! Regular expressions, compiled when they are first needed.

use std::sync::OnceLock;

use regex::Regex;

/// A regular expression that strings must match somewhere.
#[derive(Debug)]
pub struct Pattern {
    /// As the schema writes it.
    source: &'static str,
    /// The same in the syntax of `regex`, which matches in linear time.
    translated: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// The pattern of a schema, and what the generator has made of it.
    pub const fn new(source: &'static str, translated: &'static str) -> Self {
        Self { source, translated, compiled: OnceLock::new() }
    }

    /// As the schema writes it.
    pub(super) const fn source(&self) -> &'static str {
        self.source
    }

    /// Whether a string matches. One that is larger than `regex` compiles matches nothing.
    pub(super) fn matches(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| Regex::new(self.translated).ok());
        compiled.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}
