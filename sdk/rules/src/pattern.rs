//! Regular expressions, compiled when they are first used.

#[cfg(any(feature = "regex", feature = "regex-lite"))]
mod automaton;
#[cfg(feature = "pattern")]
mod ecma;
#[cfg(any(feature = "regex", feature = "regex-lite"))]
mod engine;
#[cfg(any(feature = "regex", feature = "regex-lite"))]
mod looking;
#[cfg(not(any(feature = "regex", feature = "regex-lite")))]
mod no_engine;
#[cfg(any(feature = "regex", feature = "regex-lite"))]
mod simple;
#[cfg(any(feature = "regex", feature = "regex-lite"))]
mod syntax;

#[cfg(feature = "pattern")]
pub(crate) use ecma::is_regex;
#[cfg(feature = "pattern")]
pub use ecma::{CharactersOf, translate_pattern};
#[cfg(any(feature = "regex", feature = "regex-lite"))]
pub use engine::Pattern;
#[cfg(not(any(feature = "regex", feature = "regex-lite")))]
pub use no_engine::Pattern;
