//! JSON text as a tree: strict, and with all digits of every number.
//!
//! ```text
//! [0.10, 1e400]    Array([Number(0.10), Number(1e400)])
//! {"a": 01}        /a is no number of JSON, or its exponent is too long (at byte 8)
//! ```

use std::borrow::Cow;
use std::fmt;

use super::{DEEPEST, Repr, TOO_DEEP, Value};
use crate::decimal::Decimal;
use crate::view::Place;

/// Why a text is no JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseError {
    /// At which byte.
    pub offset: usize,
    /// The JSON pointer to what is not right.
    pub pointer: String,
    /// What is not right.
    pub message: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let space = if self.pointer.is_empty() { "" } else { " " };
        write!(out, "{}{space}{} (at byte {})", self.pointer, self.message, self.offset)
    }
}

impl std::error::Error for ParseError {}

impl<'v> Value<'v> {
    /// Reads a JSON text.
    ///
    /// # Errors
    ///
    /// When it is none, has a property twice, or is nested deeper than 128 levels.
    pub fn parse(json: &'v [u8]) -> Result<Self, ParseError> {
        let text = std::str::from_utf8(json).map_err(|error| ParseError {
            offset: error.valid_up_to(),
            pointer: String::new(),
            message: "is not UTF-8".to_owned(),
        })?;
        let mut parser = Parser { text, at: 0 };
        let value = parser.value(&Place::ROOT, 0)?;
        match parser.peek() {
            None => Ok(value),
            Some(_) => parser.fail(&Place::ROOT, "is followed by something"),
        }
    }
}

type Parsed<T> = Result<T, ParseError>;

struct Parser<'v> {
    text: &'v str,
    at: usize,
}

impl<'v> Parser<'v> {
    fn fail<T>(&self, place: &Place<'_>, message: impl Into<String>) -> Parsed<T> {
        Err(ParseError { offset: self.at, pointer: place.pointer(), message: message.into() })
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        while matches!(self.byte(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        self.byte()
    }

    fn skip(&mut self, wanted: u8) -> bool {
        let is_there = self.peek() == Some(wanted);
        self.at += usize::from(is_there);
        is_there
    }

    fn value(&mut self, place: &Place<'_>, depth: usize) -> Parsed<Value<'v>> {
        if depth > DEEPEST {
            return self.fail(place, TOO_DEEP);
        }
        let repr = match self.peek() {
            Some(b'n') if self.word("null") => Repr::Null,
            Some(b't') if self.word("true") => Repr::Bool(true),
            Some(b'f') if self.word("false") => Repr::Bool(false),
            Some(b'"') => Repr::String(self.string(place)?),
            Some(b'[') => Repr::Array(self.array(place, depth)?),
            Some(b'{') => return self.object(place, depth),
            Some(b'-' | b'0'..=b'9') => Repr::Number(self.number(place)?),
            Some(_) => return self.fail(place, "is no JSON value"),
            None => return self.fail(place, "ends too soon"),
        };
        Ok(Value(repr))
    }

    fn word(&mut self, word: &str) -> bool {
        let is_there = self.text.as_bytes()[self.at..].starts_with(word.as_bytes());
        self.at += if is_there { word.len() } else { 0 };
        is_there
    }

    fn number(&mut self, place: &Place<'_>) -> Parsed<Decimal<'v>> {
        let start = self.at;
        while matches!(self.byte(), Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')) {
            self.at += 1;
        }
        match Decimal::parse(&self.text[start..self.at]) {
            Some(number) => Ok(number),
            None => self.fail(place, "is no number of JSON, or its exponent is too long"),
        }
    }

    fn array(&mut self, place: &Place<'_>, depth: usize) -> Parsed<Vec<Value<'v>>> {
        self.at += 1;
        let mut items = Vec::new();
        if self.skip(b']') {
            return Ok(items);
        }
        loop {
            items.push(self.value(&place.index(items.len()), depth + 1)?);
            if self.skip(b']') {
                return Ok(items);
            }
            if !self.skip(b',') {
                return self.fail(place, "lacks `,` or `]` after an item");
            }
        }
    }

    fn object(&mut self, place: &Place<'_>, depth: usize) -> Parsed<Value<'v>> {
        self.at += 1;
        let mut properties = Vec::new();
        let mut is_done = self.skip(b'}');
        while !is_done {
            if self.peek() != Some(b'"') {
                return self.fail(place, "lacks the name of a property");
            }
            let name = self.string(place)?;
            if !self.skip(b':') {
                return self.fail(place, "lacks `:` after the name of a property");
            }
            let value = self.value(&place.property(&name), depth + 1)?;
            properties.push((name, value));
            is_done = self.skip(b'}');
            if !is_done && !self.skip(b',') {
                return self.fail(place, "lacks `,` or `}` after a property");
            }
        }
        let object = Value::object(properties);
        object.or_else(|name| self.fail(place, format!("has the property `{name}` twice")))
    }

    fn string(&mut self, place: &Place<'_>) -> Parsed<Cow<'v, str>> {
        self.at += 1;
        let mut string = Cow::Borrowed(self.plain());
        loop {
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(string);
                }
                Some(b'\\') => match self.escape() {
                    Some(escaped) => string.to_mut().push(escaped),
                    None => return self.fail(place, "has an escape that JSON does not know"),
                },
                Some(_) => return self.fail(place, "has a control character in a string"),
                None => return self.fail(place, "has a string that does not end"),
            }
            let more = self.plain();
            if !more.is_empty() {
                string.to_mut().push_str(more);
            }
        }
    }

    /// What stands for itself in a string.
    fn plain(&mut self) -> &'v str {
        let rest = &self.text[self.at..];
        let end = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..b' '));
        let plain = &rest[..end.unwrap_or(rest.len())];
        self.at += plain.len();
        plain
    }

    fn escape(&mut self) -> Option<char> {
        self.at += 2;
        Some(match self.text.as_bytes().get(self.at - 1)? {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            byte @ (b'"' | b'\\' | b'/') => char::from(*byte),
            b'u' => self.code_point()?,
            _ => return None,
        })
    }

    /// Four hexadecimal digits, or two times four for what needs a pair of UTF-16.
    fn code_point(&mut self) -> Option<char> {
        let first = self.unit()?;
        if !(0xD800..0xDC00).contains(&first) {
            return char::from_u32(first);
        }
        let second = if self.word("\\u") { self.unit()? } else { return None };
        let low = second.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
        char::from_u32(0x10000 + ((first - 0xD800) << 10) + low)
    }

    fn unit(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        let is_right = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        u32::from_str_radix(digits, 16).ok().filter(|_| is_right)
    }
}
