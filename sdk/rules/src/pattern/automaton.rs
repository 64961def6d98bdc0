//! Patterns of a few characters, matched in one pass by a Glushkov automaton: each character of the pattern is a state
//! with a bit, and for each it is known which may come next.
//!
//! ```text
//! ^(?:ab|ac?)+$    characters 0 to 3: a b a c; first 0 or 2, after 0 comes 1, after 1, 2 and 3 come 0 or 2
//! ```

use super::syntax::{Alternatives, Class, Term, What};

/// The largest number of characters: each has a bit.
const MOST: usize = u128::BITS as usize;

/// The largest number of parts that are looked at while a pattern is compiled, since repeated groups may multiply.
const MOST_PARTS: usize = 2048;

/// The automaton of a pattern.
#[derive(Debug)]
pub(super) struct Automaton {
    whole: Part,
    /// The characters that may come after each one.
    after: [u128; MOST],
    /// For each character of ASCII, the characters of the pattern that it matches.
    ascii: [u128; 128],
    /// The sets with characters beyond ASCII, each with its bit.
    wide: Vec<(Class, u128)>,
}

/// A condition on the place of a match: [`START`], [`END`], or both.
const FREE: usize = 0;
const START: usize = 1;
const END: usize = 2;

/// The facts of a part of a pattern.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    /// The characters with which it may begin: at any place, and only at the start of a text.
    first: [u128; 2],
    /// The characters with which it may end: at any place, and only at the end of a text.
    last: [u128; 2],
    /// The conditions under which it matches the empty text.
    empty: [bool; 4],
}

impl Part {
    const fn nothing(condition: usize) -> Self {
        let mut empty = [false; 4];
        empty[condition] = true;
        Self { first: [0; 2], last: [0; 2], empty }
    }

    /// One of two parts.
    fn or(self, other: Self) -> Self {
        let both = |a: [u128; 2], b: [u128; 2]| [a[0] | b[0], a[1] | b[1]];
        Self {
            first: both(self.first, other.first),
            last: both(self.last, other.last),
            empty: std::array::from_fn(|it| self.empty[it] | other.empty[it]),
        }
    }
}

/// The bits, if a condition holds.
const fn where_so(is_so: bool, bits: u128) -> u128 {
    if is_so { bits } else { 0 }
}

/// A pattern while it is compiled.
struct Compiling {
    automaton: Box<Automaton>,
    count: usize,
    parts: usize,
}

impl Automaton {
    /// Compiles a pattern, if it has no more characters than there are bits.
    pub(super) fn compile(pattern: &Alternatives) -> Option<Box<Self>> {
        let (whole, wide) = (Part::default(), Vec::new());
        let automaton = Box::new(Self { whole, after: [0; MOST], ascii: [0; 128], wide });
        let mut compiling = Compiling { automaton, count: 0, parts: 0 };
        compiling.automaton.whole = compiling.alternatives(pattern)?;
        Some(compiling.automaton)
    }

    /// Whether a text matches.
    pub(super) fn matches(&self, text: &str) -> bool {
        let Part { first, last, empty } = &self.whole;
        if empty[FREE] || empty[START] || empty[END] {
            return true;
        }
        let (mut found, mut next) = (0, first[0] | first[1]);
        for character in text.chars() {
            let mut left: u128 = found;
            while left != 0 {
                next |= self.after[left.trailing_zeros() as usize % MOST];
                left &= left - 1;
            }
            found = next & self.of(character);
            next = first[0];
            if found & last[0] != 0 {
                return true;
            }
            if found | next == 0 {
                return false;
            }
        }
        found & last[1] != 0 || empty[START | END] && text.is_empty()
    }

    /// The characters of the pattern that a character of a text matches.
    fn of(&self, character: char) -> u128 {
        match self.ascii.get(character as usize) {
            Some(bits) => *bits,
            None => {
                let is_of = |(class, bit): &(Class, u128)| where_so(class.has(character), *bit);
                self.wide.iter().fold(0, |bits, class| bits | is_of(class))
            }
        }
    }
}

impl Compiling {
    fn alternatives(&mut self, all: &Alternatives) -> Option<Part> {
        let mut whole = Part::default();
        for terms in all {
            whole = whole.or(self.sequence(terms)?);
        }
        Some(whole)
    }

    fn sequence(&mut self, terms: &[Term]) -> Option<Part> {
        let mut whole = Part::nothing(FREE);
        for term in terms {
            let part = self.term(term)?;
            whole = self.then(whole, part);
        }
        Some(whole)
    }

    /// A part that is repeated. A repetition without a limit is a loop. `a{0,2}` is `(?:aa?)?`, where the second only
    /// comes after the first; otherwise a text would be in all of them at once.
    fn term(&mut self, term: &Term) -> Option<Part> {
        let has_end = term.most != usize::MAX;
        let count = if has_end { term.most } else { term.least.max(1) };
        let mut whole = Part::nothing(FREE);
        for index in (0..count).rev() {
            let part = self.once(&term.what)?;
            if !has_end && index + 1 >= term.least {
                self.link(part.last[0], part.first[0]);
            }
            whole = self.then(part, whole);
            whole.empty[FREE] |= index >= term.least;
        }
        Some(whole)
    }

    fn once(&mut self, what: &What) -> Option<Part> {
        self.parts += 1;
        if self.parts > MOST_PARTS {
            return None;
        }
        match what {
            What::Start => Some(Part::nothing(START)),
            What::End => Some(Part::nothing(END)),
            What::One(class) => self.one(class),
            What::Group(all) => self.alternatives(all),
        }
    }

    fn one(&mut self, class: &Class) -> Option<Part> {
        let bit = 1_u128.checked_shl(u32::try_from(self.count).ok()?)?;
        self.count += 1;
        for (byte, bits) in (0..128).zip(&mut self.automaton.ascii) {
            *bits |= where_so(class.has_ascii(byte), bit);
        }
        if class.is_wide() {
            self.automaton.wide.push((class.clone(), bit));
        }
        Some(Part { first: [bit, 0], last: [bit, 0], empty: [false; 4] })
    }

    /// One part after another. A part that must be at the start cannot follow one that has characters, and none can
    /// follow a part that must be at the end.
    fn then(&mut self, a: Part, b: Part) -> Part {
        self.link(a.last[0], b.first[0]);
        let [a_free, a_at_start, ..] = a.empty;
        let [b_free, _, b_at_end, _] = b.empty;
        let mut empty = [false; 4];
        for (first, second) in (0..4).flat_map(|first| (0..4).map(move |second| (first, second))) {
            empty[first | second] |= a.empty[first] && b.empty[second];
        }
        Part {
            first: [
                a.first[0] | where_so(a_free, b.first[0]),
                a.first[1]
                    | where_so(a_free, b.first[1])
                    | where_so(a_at_start, b.first[0] | b.first[1]),
            ],
            last: [
                b.last[0] | where_so(b_free, a.last[0]),
                b.last[1] | where_so(b_free, a.last[1]) | where_so(b_at_end, a.last[0] | a.last[1]),
            ],
            empty,
        }
    }

    /// Notes that each of some characters may follow each of some others.
    fn link(&mut self, mut before: u128, after: u128) {
        while before != 0 {
            self.automaton.after[before.trailing_zeros() as usize % MOST] |= after;
            before &= before - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::engine::compile_by_engine;
    use super::super::simple::Simple;
    use super::super::syntax::parse;
    use super::Automaton;

    /// All strings of at most so many of these characters.
    fn strings(most: usize, characters: &[char]) -> Vec<String> {
        let mut all = vec![String::new()];
        let mut start = 0;
        for _ in 0..most {
            let end = all.len();
            for index in start..end {
                for character in characters {
                    all.push(format!("{}{character}", all[index]));
                }
            }
            start = end;
        }
        all
    }

    /// Whether a pattern matches what an engine matches, and whether it is simple.
    fn compare(pattern: &str, strings: &[String]) -> bool {
        let parsed = parse(pattern).unwrap_or_else(|| panic!("{pattern}"));
        let automaton = Automaton::compile(&parsed).unwrap_or_else(|| panic!("{pattern}"));
        let simple = if let [only] = &*parsed { Simple::compile(only) } else { None };
        let engine = compile_by_engine(pattern).unwrap();
        for string in strings {
            let matches = engine.is_match(string);
            assert_eq!(automaton.matches(string), matches, "{pattern}: {string:?}");
            if let Some(simple) = &simple {
                assert_eq!(simple.matches(string), matches, "{pattern}: {string:?}");
            }
        }
        simple.is_some()
    }

    #[test]
    fn a_simple_pattern_matches_what_an_engine_matches() {
        let strings = strings(4, &['a', 'b', 'Z', '0', '-', '_', '\n', '\u{e9}', '\u{5143}']);
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
            "a",
            "[\u{e9}-\u{5143}]{1,2}",
        ] {
            assert!(compare(pattern, &strings), "{pattern}");
        }
    }

    #[test]
    fn a_pattern_with_groups_matches_what_an_engine_matches() {
        let strings = strings(4, &['a', 'b', 'Z', '0', '-', '_', '\n', '\u{e9}', '\u{5143}']);
        for pattern in [
            "",
            "$",
            "aa",
            "a{0}",
            "a|b$",
            "[a-z]*",
            "[a-z]+$",
            "^(?:a|b)$",
            "^(?:[aZ]|b0?|-)_",
            "^a?(?:b(?:0|-)?|Za|)(?:_a)?$",
            "^(?:a+|b)0",
            r"^(?:a|\u{2D}(?:b|0){1})$",
            r"(?:[^\n\r\u{2028}\u{2029}]+)",
            "^a*ab$",
            "^(?:a|b)+$",
            "^(?:a|b){2}",
            "^(?:a|b$)",
            "^a|b",
            "^a$b",
            "^[^a]*a(?:b|_0?)$",
            "(?:^[0a]+$)|(?:^b(?:-a){1,}$)",
            "(?:a[^b]*){2}",
            "^(?:a[ab]{0,2}0)*(?:[ab]{0,3}|(?:Z?b?){0,2})$",
        ] {
            assert!(!compare(pattern, &strings), "{pattern}");
        }
    }

    /// A pattern that is made of the digits of a number.
    fn random_pattern(digits: &mut u64, depth: usize) -> String {
        let mut pattern = String::new();
        loop {
            let digit = usize::try_from(*digits % 16).unwrap();
            *digits /= 16;
            match digit {
                0 => return pattern,
                1 => pattern.push('^'),
                2 => pattern.push('$'),
                3 if depth > 0 => pattern.push('|'),
                4..=9 if depth < 3 => {
                    let count = ["", "{0,2}", "*", "+", "?", "{2}"][digit - 4];
                    pattern.push_str(&format!("(?:{}){count}", random_pattern(digits, depth + 1)));
                }
                _ => pattern.push_str(["a", "b", "[^a]", "a*", "b?", "a{1,2}"][digit % 6]),
            }
        }
    }

    #[test]
    fn whatever_is_made_of_parts_matches_what_an_engine_matches() {
        let strings = strings(4, &['a', 'b', '\u{e9}']);
        let mut state: u64 = 1;
        for _ in 0..400 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let pattern = random_pattern(&mut (state ^ (state >> 29)), 0);
            compare(&pattern, &strings);
        }
    }

    #[test]
    fn what_is_too_large_or_of_another_kind_is_left_to_an_engine() {
        for pattern in ["^(?:a|b", "^a)", "^[a[^b]]", r"^a(?-u:\b)", "a."] {
            assert!(parse(pattern).is_none(), "{pattern}");
        }
        assert!(Automaton::compile(&parse("a{128}").unwrap()).is_some());
        for pattern in ["a{129}", "(?:(?:){1000}){1000}", "(?:[a-z]{20}-){7}"] {
            assert!(Automaton::compile(&parse(pattern).unwrap()).is_none(), "{pattern}");
        }
    }
}
