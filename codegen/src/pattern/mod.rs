//! Regular expressions: from ECMA-262, which JSON Schema uses, to the syntax of `regex`.
//!
//! ```text
//! ^\d+$          ^[0-9]+$, where `\d` would be digits of all scripts
//! ^(?!@)\w+$     ^(?!\u{40})[0-9A-Za-z_]+$, a look ahead from the start: `looking`
//! (a)\1          refused: it refers back, which takes a backtracking engine
//! ```
//!
//! What cannot be matched in linear time is refused, and so is all whose meaning differs
//! between the two: the translation spells every other meaning out.

mod looking;

use looking::{AHEAD, BEHIND, Look};

use crate::diagnostics::Reported;
use crate::schema::Located;

/// Why a pattern is refused.
type Refusal = String;

/// Translates the pattern that a text is; where it is none, that is reported at the place.
pub(crate) fn translate_at(source: &str, located: &Located<'_>) -> Result<String, Reported> {
    if cfg!(not(feature = "pattern")) {
        return located.takes_feature("a pattern", "pattern").fail();
    }
    translate(source).or_else(|why| {
        located
            .error(format!("is no pattern that can be enforced: {why}"))
            .help("use what ECMA-262 and linear-time matching have in common")
            .fail()
    })
}

fn translate(source: &str) -> Result<String, Refusal> {
    let mut parser = Parser { rest: source, ..Parser::default() };
    parser.looks_ahead()?;
    parser.alternatives()?;
    match parser.peek() {
        Some(left) => Err(format!("`{left}` closes nothing")),
        None => parser.finish(),
    }
}

/// Whether a pattern that was translated takes too large an automaton.
#[cfg(feature = "pattern")]
fn is_too_large(translated: &str) -> bool {
    // Far less than the runtime's engine takes: its automata for the same pattern may be larger.
    const LARGEST: usize = 1024 * 1024;
    // Word boundaries are those of ASCII here, whatever the flag.
    let pattern = translated.replace(WORD_BOUNDARY, r"\b");
    regex_lite::RegexBuilder::new(&pattern).size_limit(LARGEST).build().is_err()
}

#[cfg(not(feature = "pattern"))]
const fn is_too_large(_: &str) -> bool {
    false
}

/// A word boundary of ECMA-262.
const WORD_BOUNDARY: &str = r"(?-u:\b)";

/// No pattern that a person writes nests deeper.
const DEEPEST: usize = 32;
/// Repeating more often makes automata that are too large.
const MOST_REPEATED: u32 = 1000;
const DIGIT: Class = Class { of: "0-9", not: r"\u{0}-\u{2F}\u{3A}-\u{10FFFF}" };
const WORD: Class = Class {
    of: "0-9A-Za-z_",
    not: r"\u{0}-\u{2F}\u{3A}-\u{40}\u{5B}-\u{5E}\u{60}\u{7B}-\u{10FFFF}",
};
const SPACE: Class = Class {
    of: concat!(
        r"\t\n\x0B\x0C\r \u{A0}\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}",
        r"\u{202F}\u{205F}\u{3000}\u{FEFF}"
    ),
    not: concat!(
        r"\u{0}-\u{8}\u{E}-\u{1F}\u{21}-\u{9F}\u{A1}-\u{167F}\u{1681}-\u{1FFF}",
        r"\u{200B}-\u{2027}\u{202A}-\u{202E}\u{2030}-\u{205E}\u{2060}-\u{2FFF}\u{3001}-\u{FEFE}\u{FF00}-\u{10FFFF}"
    ),
};

#[derive(Default)]
struct Parser<'s> {
    rest: &'s str,
    output: String,
    depth: usize,
    /// Whether there are alternatives outside of all groups.
    has_alternatives: bool,
    looks: Vec<Look>,
}

/// The characters of a class, and all others: a class within brackets cannot be negated by itself.
struct Class {
    of: &'static str,
    not: &'static str,
}

/// What an escape stands for.
enum Escape {
    Char(char),
    /// A class, and whether all but its characters are meant.
    Class(&'static Class, bool),
    WordBoundary,
}

impl Parser<'_> {
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
            return Err(format!("groups are nested deeper than {DEEPEST} levels"));
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
            Some(sign @ ('*' | '+' | '?' | '{' | '}' | ']')) => {
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

    /// A group; what looks around elsewhere than at an end takes a backtracking engine.
    fn group(&mut self) -> Result<bool, Refusal> {
        if let Some(sign) = BEHIND.into_iter().find(|sign| self.rest.starts_with(sign)) {
            return self.look_behind(sign).map(|()| false);
        }
        if let Some(sign) = AHEAD.into_iter().find(|sign| self.rest.starts_with(sign)) {
            return Err(format!(
                "`({sign}` looks ahead, which only works right after the first `^`"
            ));
        }
        if self.skip("?<") {
            let end = self.rest.find('>').ok_or("a group's name is not closed")?;
            self.rest = &self.rest[end + 1..];
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

    fn escaped(&mut self) -> Result<bool, Refusal> {
        match self.escape(false)? {
            Escape::Char(literal) => self.literal(literal),
            Escape::Class(class, false) => self.output.push_str(&format!("[{}]", class.of)),
            Escape::Class(class, true) => self.output.push_str(&format!("[^{}]", class.of)),
            Escape::WordBoundary => {
                self.output.push_str(WORD_BOUNDARY);
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn escape(&mut self, in_class: bool) -> Result<Escape, Refusal> {
        let escape = self.next().ok_or("`\\` escapes nothing")?;
        Ok(match escape {
            'd' => Escape::Class(&DIGIT, false),
            'D' => Escape::Class(&DIGIT, true),
            'w' => Escape::Class(&WORD, false),
            'W' => Escape::Class(&WORD, true),
            's' => Escape::Class(&SPACE, false),
            'S' => Escape::Class(&SPACE, true),
            'b' if in_class => Escape::Char('\u{8}'),
            'b' => Escape::WordBoundary,
            't' => Escape::Char('\t'),
            'n' => Escape::Char('\n'),
            'v' => Escape::Char('\u{B}'),
            'f' => Escape::Char('\u{C}'),
            'r' => Escape::Char('\r'),
            '0' if !self.rest.starts_with(|next: char| next.is_ascii_digit()) => Escape::Char('\0'),
            '0'..='9' | 'k' => {
                return Err(format!("`\\{escape}` refers back, which takes a backtracking engine"));
            }
            'c' => Escape::Char(self.control()?),
            'x' => Escape::Char(self.code_point(2)?),
            'u' if self.skip("{") => Escape::Char(self.braced_code_point()?),
            'u' => Escape::Char(self.utf_16()?),
            plain if !plain.is_ascii_alphanumeric() => Escape::Char(plain),
            other => return Err(format!("`\\{other}` is not supported")),
        })
    }

    fn control(&mut self) -> Result<char, Refusal> {
        match self.next() {
            Some(letter) if letter.is_ascii_alphabetic() => Ok(char::from(letter as u8 % 32)),
            _ => Err("`\\c` wants a letter".to_owned()),
        }
    }

    fn code_point(&mut self, digits: usize) -> Result<char, Refusal> {
        let text = self.rest.get(..digits).ok_or("an escape's digits are missing")?;
        let found = hexadecimal(text).and_then(char::from_u32);
        let found = found.ok_or_else(|| format!("`{text}` is no character's number"))?;
        self.rest = &self.rest[digits..];
        Ok(found)
    }

    /// A character in UTF-16: one number, or two for one beyond the first 65,536.
    fn utf_16(&mut self) -> Result<char, Refusal> {
        let unit = |text: Option<&str>| u16::try_from(hexadecimal(text?)?).ok();
        let second = self.rest.get(4..).and_then(|rest| rest.strip_prefix("\\u"));
        let pair = unit(self.rest.get(..4)).zip(unit(second.and_then(|rest| rest.get(..4))));
        let pair = pair.and_then(|(high, low)| String::from_utf16(&[high, low]).ok());
        let mut characters = pair.as_deref().unwrap_or_default().chars();
        match (characters.next(), characters.next()) {
            (Some(beyond), None) => {
                self.rest = &self.rest["0000\\u0000".len()..];
                Ok(beyond)
            }
            _ => self.code_point(4),
        }
    }

    fn braced_code_point(&mut self) -> Result<char, Refusal> {
        let end = self.rest.find('}').ok_or("`\\u{` is not closed")?;
        let found = self.code_point(end)?;
        self.skip("}");
        Ok(found)
    }

    /// A class in brackets. ECMA's empty one matches nothing, its negation anything.
    fn class(&mut self) -> Result<bool, Refusal> {
        let is_negated = self.skip("^");
        let mut characters = String::new();
        while !self.skip("]") {
            self.class_item(&mut characters)?;
        }
        let class = match (characters.is_empty(), is_negated) {
            (true, true) => r"[\u{0}-\u{10FFFF}]".to_owned(),
            (true, false) => r"[^\u{0}-\u{10FFFF}]".to_owned(),
            (false, true) => format!("[^{characters}]"),
            (false, false) => format!("[{characters}]"),
        };
        self.output.push_str(&class);
        Ok(true)
    }

    fn class_item(&mut self, characters: &mut String) -> Result<(), Refusal> {
        let Some(from) = self.class_atom(characters)? else { return Ok(()) };
        let is_range = self.rest.starts_with('-') && !self.rest.starts_with("-]");
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

    /// A character of a class; a class within it is added at once.
    fn class_atom(&mut self, characters: &mut String) -> Result<Option<char>, Refusal> {
        match self.next() {
            None => Err("`[` is not closed".to_owned()),
            Some('\\') => match self.escape(true)? {
                Escape::Char(literal) => Ok(Some(literal)),
                Escape::Class(class, is_negated) => {
                    characters.push_str(if is_negated { class.not } else { class.of });
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
            Some('{') => self.counts()?,
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
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let number = |text: &str| match text.parse::<u32>() {
            Ok(_) if !is_number(text) => Err(no_count(counts)),
            Ok(count) if count <= MOST_REPEATED => Ok(count),
            Ok(_) => Err(format!("`{{{counts}}}` repeats more than {MOST_REPEATED} times")),
            Err(_) => Err(no_count(counts)),
        };
        let least = number(least)?;
        if !most.is_empty() && number(most)? < least {
            return Err(format!("`{{{counts}}}` ends before it begins"));
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

fn no_count(counts: &str) -> Refusal {
    format!("`{{{counts}}}` is no number of times; write `\\{{` for the character")
}

/// What hexadecimal digits say; nothing, if there is a sign among them.
fn hexadecimal(text: &str) -> Option<u32> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_digits { u32::from_str_radix(text, 16).ok() } else { None }
}

/// A character by its number, which means the same everywhere in `regex`.
fn code(literal: char) -> String {
    if literal.is_ascii_alphanumeric() {
        return literal.to_string();
    }
    format!(r"\u{{{:X}}}", u32::from(literal))
}

#[cfg(test)]
mod tests;
