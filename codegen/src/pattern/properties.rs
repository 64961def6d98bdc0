//! The characters that have a Unicode property, by the names and the tables of an ECMA-262 engine.
//!
//! ```text
//! Script=Greek    [U+0370 to U+0373, U+0375 to U+0377, ..]
//! ```
//!
//! Generated code lists these characters. So programs contain no tables of Unicode, and all
//! programs match a schema's pattern alike, whichever version of Unicode their engines know.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::{Mutex, PoisonError};

/// Ranges of characters, in order.
type Ranges = Vec<RangeInclusive<char>>;

/// The properties that were looked up: each is looked up once, since that goes through all
/// characters.
static KNOWN: Mutex<Option<HashMap<String, Option<Ranges>>>> = Mutex::new(None);

/// The characters of a property; `None` if ECMA-262 has none of this name.
pub(super) fn characters_of(name: &str) -> Option<Ranges> {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let known = known.get_or_insert_default();
    known.entry(name.to_owned()).or_insert_with(|| found(name)).clone()
}

fn found(name: &str) -> Option<Ranges> {
    let run = regress::Regex::with_flags(&format!("\\p{{{name}}}+"), "u").ok()?;
    let all: String = ('\0'..=char::MAX).collect();
    let range = |found: regress::Match| {
        let mut run = all[found.range()].chars();
        let first = run.next()?;
        Some(first..=run.next_back().unwrap_or(first))
    };
    run.find_iter(&all).map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::characters_of;

    #[test]
    fn properties_are_known_by_the_names_of_ecma_262() {
        for (name, is_in, is_not) in [
            ("L", 'é', '1'),
            ("Letter", '字', '_'),
            ("gc=Lu", 'Ä', 'ä'),
            ("General_Category=Decimal_Number", '٣', '½'),
            ("digit", '3', 'a'),
            ("Script=Greek", 'Ω', 'O'),
            ("scx=Hira", 'ー', 'カ'),
            ("Alphabetic", 'ª', '-'),
            ("White_Space", '\u{3000}', '\u{200B}'),
        ] {
            let ranges = characters_of(name).expect(name);
            let has = |character| ranges.iter().any(|range| range.contains(&character));
            assert!(has(is_in) && !has(is_not), "{name}");
            assert!(ranges.is_sorted_by_key(|range| *range.start()), "{name}");
        }
        assert_eq!(characters_of("ASCII"), Some(vec!['\0'..='\x7f']));
        assert_eq!(characters_of("Any"), Some(vec!['\0'..=char::MAX]));
        for name in ["letter", "Foo", "Script=Foo", "gc=Greek", "L u", ""] {
            assert_eq!(characters_of(name), None, "{name:?}");
        }
    }
}
