//! Escapes: what follows a backslash.
//!
//! ```text
//! \u0041 \cA   characters
//! \d \p{L}     classes
//! \1           refused: it cannot be matched in linear time
//! ```

use super::classes::{Class, DIGIT, SPACE, WORD};
use super::{Parser, Refusal};

/// Stands for a surrogate, which is not a character: the last character before the surrogates.
const STAND_IN: char = '\u{D7FF}';

/// The meaning of an escape.
pub(super) enum Escape {
    Char(char),
    /// A class, and whether it is negated.
    Class(Class, bool),
    WordBoundary,
}

impl Parser<'_> {
    /// Reads the escape after a backslash.
    pub(super) fn escape(&mut self, in_class: bool) -> Result<Escape, Refusal> {
        let escape = self.next().ok_or("`\\` escapes nothing")?;
        Ok(match escape {
            'd' => Escape::Class(DIGIT, false),
            'D' => Escape::Class(DIGIT, true),
            'w' => Escape::Class(WORD, false),
            'W' => Escape::Class(WORD, true),
            's' => Escape::Class(SPACE, false),
            'S' => Escape::Class(SPACE, true),
            'b' if in_class => Escape::Char('\u{8}'),
            'b' => Escape::WordBoundary,
            't' => Escape::Char('\t'),
            'n' => Escape::Char('\n'),
            'v' => Escape::Char('\u{B}'),
            'f' => Escape::Char('\u{C}'),
            'r' => Escape::Char('\r'),
            '0' if !self.rest.starts_with(|next: char| next.is_ascii_digit()) => Escape::Char('\0'),
            '1'..='9' | 'k' if !in_class => self.reference(escape)?,
            'B' if !in_class => {
                self.refuse(format!("`\\{escape}` is not supported"));
                Escape::WordBoundary
            }
            'p' | 'P' => self.property(escape)?,
            'c' => Escape::Char(self.control()?),
            'x' => Escape::Char(self.code_point(2)?),
            'u' if self.skip("{") => Escape::Char(self.braced_code_point()?),
            'u' => Escape::Char(self.utf_16()?),
            plain if !plain.is_ascii_alphanumeric() => {
                let is_syntax = r"^$\.*+?()[]{}|/".contains(plain) || (in_class && plain == '-');
                // With the flag `u`, no other character may be escaped.
                self.is_lax |= !is_syntax;
                Escape::Char(plain)
            }
            other => return Err(format!("`\\{other}` is not supported")),
        })
    }

    // What is refused and then turns out to be no expression at all needs no second message.

    /// Reads a reference to a group, by its number or its name.
    fn reference(&mut self, escape: char) -> Result<Escape, Refusal> {
        self.refuse(format!("`\\{escape}` refers back, which takes a backtracking engine"));
        if escape != 'k' {
            self.rest = self.rest.trim_start_matches(|next: char| next.is_ascii_digit());
        } else if self.skip("<") {
            self.name()?;
        } else {
            return Err(Refusal::new());
        }
        Ok(Escape::Char(STAND_IN))
    }

    /// Reads a class of a Unicode property.
    fn property(&mut self, escape: char) -> Result<Escape, Refusal> {
        let property = self.rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
        let is_plain = |next: char| next.is_ascii_alphanumeric() || matches!(next, '_' | '=');
        let is_name = |name: &str| !name.is_empty() && name.chars().all(is_plain);
        let (name, rest) = property.filter(|(name, _)| is_name(name)).ok_or_else(|| {
            format!("`\\{escape}` wants a property in braces, such as `{{Letter}}`")
        })?;
        self.rest = rest;
        let ranges = self.characters.and_then(|characters| characters(name));
        if ranges.is_none() {
            self.refuse(format!("`{name}` is no property of characters in ECMA-262"));
        }
        Ok(Escape::Class(Class::of_property(&ranges.unwrap_or_default()), escape == 'P'))
    }

    fn control(&mut self) -> Result<char, Refusal> {
        match self.next() {
            Some(letter) if letter.is_ascii_alphabetic() => Ok(char::from(letter as u8 % 32)),
            _ => Err("`\\c` wants a letter".to_owned()),
        }
    }

    fn code_point(&mut self, digits: usize) -> Result<char, Refusal> {
        let text = self.rest.get(..digits).ok_or("an escape's digits are missing")?;
        let none = || format!("`{text}` is no character's number");
        let number = hexadecimal(text).filter(|it| *it <= u32::from(char::MAX)).ok_or_else(none)?;
        let found = char::from_u32(number).unwrap_or_else(|| {
            self.refuse(none());
            STAND_IN
        });
        self.rest = &self.rest[digits..];
        Ok(found)
    }

    /// Reads a character in UTF-16: one number, or two for a surrogate pair.
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
}

/// The value of hexadecimal digits; `None` if there is a sign.
fn hexadecimal(text: &str) -> Option<u32> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_digits { u32::from_str_radix(text, 16).ok() } else { None }
}
