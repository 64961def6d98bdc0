//! Translating regular expressions of ECMA-262, which JSON Schema uses, to the syntax of `regex`.
//!
//! ```text
//! ^\d+$          ^[0-9]+$, where `\d` would be digits of all scripts
//! \p{ASCII}      [\u{0}-\u{7F}], so that programs need no tables of Unicode
//! ^(?!@)\w+$     ^(?!\u{40})[0-9A-Za-z_]+$, a look ahead from the start: `looks`
//! a(?!b)\w      a[0-9A-Zac-z_], without a look
//! (a)\1          refused: a reference to a group needs a backtracking engine
//! ```
//!
//! A pattern that cannot be matched in linear time is refused. Where the meaning differs between the two, the
//! translation spells it out or the pattern is refused. A refused pattern is still read to its end, since the format
//! `regex` only needs to know whether a text is an expression.

mod classes;
mod escapes;
mod looks;
mod next;

use std::ops::RangeInclusive;

#[cfg(any(feature = "regex", feature = "regex-lite"))]
pub(super) use classes::escaped;
use escapes::Escape;
use looks::{AHEAD, BEHIND, Look};
#[cfg(any(feature = "regex", feature = "regex-lite"))]
pub(super) use next::{inner_length, is_outermost};

/// Why a pattern is refused.
type Refusal = String;

/// A function that knows the characters of a Unicode property, such as `Letter` or `Script=Greek`. It returns their
/// ranges in order, or `None` if ECMA-262 has no such property.
pub type CharactersOf<'c> = &'c dyn Fn(&str) -> Option<Vec<RangeInclusive<char>>>;

/// Translates a pattern.
///
/// ```
/// use wechat_bizwifi_rules::translate_pattern;
///
/// let characters = |name: &str| (name == "ASCII").then(|| vec!['\0'..='\x7F']);
/// assert_eq!(translate_pattern(r"^\d+$", &characters).as_deref(), Ok("^[0-9]+$"));
/// assert_eq!(translate_pattern(r"\p{ASCII}", &characters).as_deref(), Ok(r"[\u{0}-\u{7F}]"));
/// assert!(translate_pattern(r"(a)\1", &characters).is_err());
/// ```
///
/// # Errors
///
/// The message that says why it is refused.
pub fn translate_pattern(source: &str, characters: CharactersOf<'_>) -> Result<String, String> {
    let mut parser = Parser { rest: source, characters: Some(characters), ..Parser::default() };
    let read = parser.read();
    match parser.refusal.take() {
        Some(refusal) => Err(refusal),
        None => read.and_then(|()| parser.finish()),
    }
}

/// Whether a text is a regular expression, in the grammar of Unicode mode. It may be one that cannot be translated.
pub(crate) fn is_regex(text: &str) -> bool {
    let mut parser = Parser { rest: text, ..Parser::default() };
    parser.read().is_ok() && !parser.is_lax
}

/// Whether the automaton of a translated pattern is too large.
#[cfg(feature = "regex-lite")]
fn is_too_large(translated: &str) -> bool {
    // Far less than the runtime's engine takes: its automata for the same pattern may be larger.
    const LARGEST: usize = 1024 * 1024;
    // Word boundaries are those of ASCII here, whatever the flag.
    let pattern = translated.replace(WORD_BOUNDARY, r"\b");
    regex_lite::RegexBuilder::new(&pattern).size_limit(LARGEST).build().is_err()
}

#[cfg(not(feature = "regex-lite"))]
const fn is_too_large(_: &str) -> bool {
    false
}

/// A word boundary of ECMA-262.
const WORD_BOUNDARY: &str = r"(?-u:\b)";

/// The largest depth of groups.
const DEEPEST: usize = 32;
/// The depth at which reading stops, so that the stack is large enough.
const DEEPEST_READ: usize = 200;
/// The largest number of repetitions. More make automata that are too large.
const MOST_REPEATED: u64 = 1000;
#[derive(Default)]
struct Parser<'s> {
    rest: &'s str,
    /// The characters of Unicode properties; `None` if the pattern will not be matched.
    characters: Option<CharactersOf<'s>>,
    output: String,
    depth: usize,
    /// Whether there are alternatives outside of all groups.
    has_alternatives: bool,
    looks: Vec<Look>,
    /// The number of looks around the current place.
    looking: usize,
    /// The first reason why the expression cannot be translated.
    refusal: Option<Refusal>,
    /// Whether it has a part that is only allowed outside of Unicode mode.
    is_lax: bool,
}

impl Parser<'_> {
    fn read(&mut self) -> Result<(), Refusal> {
        self.looks_ahead()?;
        self.alternatives()?;
        match self.peek() {
            Some(left) => Err(format!("`{left}` closes nothing")),
            None => Ok(()),
        }
    }

    /// Notes why the expression cannot be translated, and goes on.
    fn refuse(&mut self, why: impl Into<Refusal>) {
        self.refusal.get_or_insert_with(|| why.into());
    }

    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let first = self.peek()?;
        self.rest = &self.rest[first.len_utf8()..];
        Some(first)
    }

    fn skip(&mut self, prefix: &str) -> bool {
        match self.rest.strip_prefix(prefix) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn alternatives(&mut self) -> Result<(), Refusal> {
        self.depth += 1;
        if self.depth > DEEPEST {
            self.refuse(format!("groups are nested deeper than {DEEPEST} levels"));
        }
        if self.depth > DEEPEST_READ {
            return Err(Refusal::new());
        }
        while let Some(next) = self.peek().filter(|next| *next != ')') {
            if next == '|' {
                self.has_alternatives |= self.depth == 1;
                self.next();
                self.output.push('|');
            } else {
                self.term()?;
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn term(&mut self) -> Result<(), Refusal> {
        let is_repeatable = match self.next() {
            Some(anchor @ ('^' | '$')) => {
                self.output.push(anchor);
                false
            }
            Some('.') => {
                self.output.push_str(r"[^\n\r\u{2028}\u{2029}]");
                true
            }
            Some('(') => self.group()?,
            Some('[') => self.class()?,
            Some('\\') => self.escaped()?,
            Some(sign @ ('{' | '}' | ']')) if !(sign == '{' && begins_with_counts(self.rest)) => {
                self.is_lax = true;
                self.literal(sign);
                true
            }
            Some(sign @ ('*' | '+' | '?' | '{')) => {
                return Err(format!(
                    "`{sign}` repeats nothing; write `\\{sign}` for the character"
                ));
            }
            Some(plain) => {
                self.literal(plain);
                true
            }
            None => return Ok(()),
        };
        self.quantifier(is_repeatable)
    }

    /// Reads a group or a look. A look at several characters that is not at the start or end of the pattern needs a
    /// backtracking engine.
    fn group(&mut self) -> Result<bool, Refusal> {
        if let Some(sign) = BEHIND.into_iter().find(|sign| self.rest.starts_with(sign)) {
            return self.look_behind(sign).map(|()| false);
        }
        if let Some(sign) = AHEAD.into_iter().find(|sign| self.rest.starts_with(sign)) {
            return self.look_within(sign).map(|()| false);
        }
        if self.skip("?<") {
            self.name()?;
        } else if !self.skip("?:") && self.rest.starts_with('?') {
            return Err("`(?` begins no group of ECMA-262".to_owned());
        }
        self.output.push_str("(?:");
        self.alternatives()?;
        if !self.skip(")") {
            return Err("`(` is not closed".to_owned());
        }
        self.output.push(')');
        Ok(true)
    }

    /// Reads the name of a group.
    fn name(&mut self) -> Result<(), Refusal> {
        let (name, rest) = self.rest.split_once('>').ok_or("a group's name is not closed")?;
        let is_plain = |next: char| next.is_alphanumeric() || matches!(next, '_' | '$');
        if name.is_empty() || name.starts_with(char::is_numeric) || !name.chars().all(is_plain) {
            return Err(format!("`{name}` is no name of a group"));
        }
        self.rest = rest;
        Ok(())
    }

    fn escaped(&mut self) -> Result<bool, Refusal> {
        match self.escape(false)? {
            Escape::Char(literal) => self.literal(literal),
            Escape::Class(class, is_negated) => {
                self.output.push_str(&bracketed(&class.of, is_negated))
            }
            Escape::WordBoundary => {
                self.output.push_str(WORD_BOUNDARY);
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Reads a class in brackets. In ECMA-262, `[]` matches nothing and `[^]` matches anything.
    fn class(&mut self) -> Result<bool, Refusal> {
        let is_negated = self.skip("^");
        let mut characters = String::new();
        while !self.skip("]") {
            self.class_item(&mut characters)?;
        }
        self.output.push_str(&bracketed(&characters, is_negated));
        Ok(true)
    }

    fn class_item(&mut self, characters: &mut String) -> Result<(), Refusal> {
        let from = self.class_atom(characters)?;
        let is_range = self.rest.starts_with('-') && !self.rest.starts_with("-]");
        let Some(from) = from else {
            self.is_lax |= is_range;
            return Ok(());
        };
        if !is_range {
            characters.push_str(&code(from));
            return Ok(());
        }
        self.next();
        let Some(to) = self.class_atom(characters)? else {
            return Err("a range in brackets ends with a class".to_owned());
        };
        if to < from {
            return Err(format!("the range from `{from}` to `{to}` runs backwards"));
        }
        characters.push_str(&format!("{}-{}", code(from), code(to)));
        Ok(())
    }

    /// Reads a character of a class. A class within it is added directly.
    fn class_atom(&mut self, characters: &mut String) -> Result<Option<char>, Refusal> {
        match self.next() {
            None => Err("`[` is not closed".to_owned()),
            Some('\\') => match self.escape(true)? {
                Escape::Char(literal) => Ok(Some(literal)),
                Escape::Class(class, is_negated) => {
                    characters.push_str(if is_negated { &class.not } else { &class.of });
                    Ok(None)
                }
                Escape::WordBoundary => Err("`\\b` in brackets is a backspace".to_owned()),
            },
            Some(plain) => Ok(Some(plain)),
        }
    }

    fn quantifier(&mut self, is_repeatable: bool) -> Result<(), Refusal> {
        let quantifier = match self.peek() {
            Some(sign @ ('*' | '+' | '?')) => {
                self.next();
                sign.to_string()
            }
            Some('{') if is_repeatable || begins_with_counts(&self.rest[1..]) => self.counts()?,
            _ => return Ok(()),
        };
        if !is_repeatable {
            return Err(format!("`{quantifier}` repeats nothing"));
        }
        self.output.push_str(&quantifier);
        if self.skip("?") {
            self.output.push('?');
        }
        Ok(())
    }

    fn counts(&mut self) -> Result<String, Refusal> {
        let end = self.rest.find('}').ok_or("`{` is not closed")?;
        let counts = &self.rest[1..end];
        let (least, most) = counts.split_once(',').unwrap_or((counts, counts));
        let least = count(least).ok_or_else(|| no_count(counts))?;
        let most = match most {
            "" => least,
            most => count(most).ok_or_else(|| no_count(counts))?,
        };
        if most < least {
            return Err(format!("`{{{counts}}}` ends before it begins"));
        }
        if most > MOST_REPEATED {
            self.refuse(format!("`{{{counts}}}` repeats more than {MOST_REPEATED} times"));
        }
        let quantifier = format!("{{{counts}}}");
        self.rest = &self.rest[end + 1..];
        Ok(quantifier)
    }

    fn literal(&mut self, literal: char) {
        if literal.is_ascii_alphanumeric() || !literal.is_ascii() {
            self.output.push(literal);
        } else {
            self.output.push_str(&code(literal));
        }
    }
}

/// Whether the text after a brace is a quantifier.
fn begins_with_counts(text: &str) -> bool {
    let Some((counts, _)) = text.split_once('}') else { return false };
    let (least, most) = counts.split_once(',').unwrap_or((counts, ""));
    count(least).is_some() && (most.is_empty() || count(most).is_some())
}

fn no_count(counts: &str) -> Refusal {
    format!("`{{{counts}}}` is no number of times; write `\\{{` for the character")
}

/// A number of repetitions, limited to the largest that fits.
fn count(digits: &str) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u64::MAX))
}

/// A class in brackets. `regex` has no empty class, so another notation stands for it.
fn bracketed(characters: &str, is_negated: bool) -> String {
    match (characters.is_empty(), is_negated) {
        (true, true) => r"[\u{0}-\u{10FFFF}]".to_owned(),
        (true, false) => r"[^\u{0}-\u{10FFFF}]".to_owned(),
        (false, true) => format!("[^{characters}]"),
        (false, false) => format!("[{characters}]"),
    }
}

/// A character by its number, which has the same meaning everywhere in `regex`.
fn code(literal: char) -> String {
    if literal.is_ascii_alphanumeric() {
        return literal.to_string();
    }
    format!(r"\u{{{:X}}}", u32::from(literal))
}

#[cfg(test)]
mod tests;
