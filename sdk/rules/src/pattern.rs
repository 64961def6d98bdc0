//! Regular expressions, compiled when they are first needed.

#[cfg(any(feature = "regex", feature = "regex-lite"))]
pub use engine::Pattern;
#[cfg(not(any(feature = "regex", feature = "regex-lite")))]
pub use no_engine::Pattern;

#[cfg(any(feature = "regex", feature = "regex-lite"))]
mod simple;

#[cfg(any(feature = "regex", feature = "regex-lite"))]
mod engine {
    use std::sync::OnceLock;

    #[cfg(feature = "regex")]
    use regex::Regex;
    #[cfg(not(feature = "regex"))]
    use regex_lite::Regex;

    use super::simple::Simple;

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
        Engine(Regex),
    }

    impl Matcher {
        fn compile(translated: &str) -> Option<Self> {
            match Simple::compile(translated) {
                Some(simple) => Some(Self::Simple(simple)),
                None => compile_by_engine(translated).map(Self::Engine),
            }
        }

        fn matches(&self, text: &str) -> bool {
            match self {
                Self::Simple(simple) => simple.matches(text),
                Self::Engine(regex) => regex.is_match(text),
            }
        }
    }

    impl<'s> Pattern<'s> {
        /// The pattern as a schema writes it, and in the syntax of `regex`.
        pub const fn new(source: &'s str, translated: &'s str) -> Self {
            Self { source, translated, compiled: OnceLock::new() }
        }

        /// As the schema writes it.
        pub const fn source(&self) -> &'s str {
            self.source
        }

        /// In the syntax of `regex`.
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

    /// Word boundaries are those of ASCII here, and there is no flag to say so.
    #[cfg(not(feature = "regex"))]
    pub(super) fn compile_by_engine(translated: &str) -> Option<Regex> {
        Regex::new(&translated.replace(r"(?-u:\b)", r"\b")).ok()
    }
}

#[cfg(not(any(feature = "regex", feature = "regex-lite")))]
mod no_engine {
    use std::convert::Infallible;
    use std::marker::PhantomData;

    /// A regular expression. There is none without the feature `regex` or `regex-lite`.
    #[derive(Debug)]
    pub struct Pattern<'s>(Infallible, PhantomData<&'s str>);

    impl<'s> Pattern<'s> {
        /// As the schema writes it.
        pub const fn source(&self) -> &'s str {
            match self.0 {}
        }

        /// In the syntax of `regex`.
        pub const fn translated(&self) -> &'s str {
            match self.0 {}
        }

        /// Whether a string matches.
        pub const fn matches(&self, _: &str) -> bool {
            match self.0 {}
        }
    }
}

#[cfg(all(test, any(feature = "regex", feature = "regex-lite")))]
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
    fn a_word_boundary_means_the_same_to_both_engines() {
        let boundary = Pattern::new(r"\ba", r"(?-u:\b)a");
        assert!(boundary.matches("éa"));
        assert!(!boundary.matches("ba"));
    }
}
