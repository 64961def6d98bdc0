//! Reading JSON text token by token, strictly, with all digits of numbers.
//!
//! ```text
//! [0.10, "a"]    Array, Number(0.10), String("a"), and no item more
//! {"a": 01}      /a is no number of JSON, or its exponent is too long (at byte 6)
//! ```

use std::borrow::Cow;
use std::fmt;

use crate::decimal::Decimal;
use crate::view::ValuePath;

/// Why a text is not JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseError {
    /// The byte at which the error is.
    pub offset: usize,
    /// The JSON pointer to the error.
    pub pointer: String,
    /// The message.
    pub message: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let space = if self.pointer.is_empty() { "" } else { " " };
        write!(out, "{}{space}{} (at byte {})", self.pointer, self.message, self.offset)
    }
}

impl std::error::Error for ParseError {}

/// The first token of a value. For a scalar, it is the whole value.
#[derive(Clone, Debug)]
pub enum Token<'v> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Decimal<'v>),
    /// A string.
    String(Cow<'v, str>),
    /// The bracket of an array, whose items follow.
    Array,
    /// The brace of an object, whose properties follow.
    Object,
}

type Parsed<T> = Result<T, ParseError>;

/// Reads a JSON text. The caller asks for one token after the other, and passes the place of the current value for
/// error messages.
///
/// ```
/// use wechat_bizwifi_rules::{JsonReader, ParseError, Token, ValuePath};
///
/// let mut json = JsonReader::new(r#"["a", "b"]"#);
/// let mut texts = Vec::new();
/// assert!(matches!(json.token(&ValuePath::ROOT)?, Token::Array));
/// while json.has_item(&ValuePath::ROOT, texts.len())? {
///     let Token::String(text) = json.token(&ValuePath::ROOT.index(texts.len()))? else { panic!() };
///     texts.push(text);
/// }
/// json.end()?;
/// assert_eq!(texts, ["a", "b"]);
/// # Ok::<(), ParseError>(())
/// ```
#[derive(Debug)]
pub struct JsonReader<'v> {
    text: &'v str,
    at: usize,
}

impl<'v> JsonReader<'v> {
    /// Starts at the beginning of a text.
    pub const fn new(text: &'v str) -> Self {
        Self { text, at: 0 }
    }

    /// The byte at which the last token ended.
    pub const fn at(&self) -> usize {
        self.at
    }

    /// The byte at which the next token begins.
    pub fn next_at(&mut self) -> usize {
        self.peek();
        self.at
    }

    /// The first token of the next value.
    ///
    /// # Errors
    ///
    /// When no value follows.
    #[inline]
    pub fn token(&mut self, place: &ValuePath<'_>) -> Parsed<Token<'v>> {
        Ok(match self.peek() {
            Some(b'n') if self.word("null") => Token::Null,
            Some(b't') if self.word("true") => Token::Bool(true),
            Some(b'f') if self.word("false") => Token::Bool(false),
            Some(b'"') => Token::String(self.string(place)?),
            Some(b'[') => {
                self.at += 1;
                Token::Array
            }
            Some(b'{') => {
                self.at += 1;
                Token::Object
            }
            Some(b'-' | b'0'..=b'9') => Token::Number(self.number(place)?),
            Some(_) => return self.unexpected(place, "is no JSON value"),
            None => return self.fail(place, "ends too soon"),
        })
    }

    /// Whether an array, of which `count` items were read, has another one. If not, reads its end.
    ///
    /// # Errors
    ///
    /// When neither an item nor the end follows.
    #[inline]
    pub fn has_item(&mut self, place: &ValuePath<'_>, count: usize) -> Parsed<bool> {
        match self.peek() {
            Some(b']') => {
                self.at += 1;
                return Ok(false);
            }
            _ if count == 0 => return Ok(true),
            Some(b',') => self.at += 1,
            _ => return self.unexpected(place, "lacks `,` or `]` after an item"),
        }
        match self.peek() {
            Some(b']') => self.fail(place, "has a comma after its last item"),
            _ => Ok(true),
        }
    }

    /// Whether an object, of which `count` properties were read, has another one. If not, reads its end.
    ///
    /// # Errors
    ///
    /// When neither a property nor the end follows.
    #[inline]
    pub fn has_property(&mut self, place: &ValuePath<'_>, count: usize) -> Parsed<bool> {
        match self.peek() {
            Some(b'"') if count == 0 => return Ok(true),
            Some(b'}') => {
                self.at += 1;
                return Ok(false);
            }
            Some(b',') if count > 0 => self.at += 1,
            _ if count == 0 => return self.unexpected(place, "lacks the name of a property"),
            _ => return self.unexpected(place, "lacks `,` or `}` after a property"),
        }
        match self.peek() {
            Some(b'"') => Ok(true),
            Some(b'}') => self.fail(place, "has a comma after its last property"),
            _ => self.unexpected(place, "lacks the name of a property"),
        }
    }

    /// Reads the name of a property and the colon after it.
    ///
    /// # Errors
    ///
    /// When the name is not complete, or no colon follows.
    #[inline]
    pub fn name(&mut self, place: &ValuePath<'_>) -> Parsed<(Cow<'v, str>, usize)> {
        let name = self.string(place)?;
        let end = self.at;
        if self.peek() != Some(b':') {
            return self.unexpected(place, "lacks `:` after the name of a property");
        }
        self.at += 1;
        Ok((name, end))
    }

    /// Checks that the text ends here.
    ///
    /// # Errors
    ///
    /// When something follows.
    pub fn end(&mut self) -> Parsed<()> {
        match self.peek() {
            None => Ok(()),
            Some(_) => self.unexpected(&ValuePath::ROOT, "is followed by something"),
        }
    }

    /// Returns an error at the current byte.
    ///
    /// # Errors
    ///
    /// Always.
    #[cold]
    pub fn fail<T>(&self, place: &ValuePath<'_>, message: impl Into<String>) -> Parsed<T> {
        Err(ParseError { offset: self.at, pointer: place.pointer(), message: message.into() })
    }

    /// Returns an error with this message, unless the next byte cannot be part of JSON: then the message says that.
    #[cold]
    fn unexpected<T>(&self, place: &ValuePath<'_>, message: &str) -> Parsed<T> {
        match self.text[self.at..].chars().next() {
            Some('/') => self.fail(place, "has a comment, which JSON does not know"),
            Some(c) if c.is_whitespace() || c.is_control() => {
                let number = u32::from(c);
                self.fail(place, format!("has the character U+{number:04X} between values"))
            }
            _ => self.fail(place, message),
        }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is not white space.
    fn peek(&mut self) -> Option<u8> {
        while matches!(self.byte(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        self.byte()
    }

    fn word(&mut self, word: &str) -> bool {
        let is_there = self.text.as_bytes()[self.at..].starts_with(word.as_bytes());
        self.at += if is_there { word.len() } else { 0 };
        is_there
    }

    #[inline]
    fn number(&mut self, place: &ValuePath<'_>) -> Parsed<Decimal<'v>> {
        let start = self.at;
        while matches!(self.byte(), Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')) {
            self.at += 1;
        }
        match Decimal::parse(&self.text[start..self.at]) {
            Some(number) => Ok(number),
            None => {
                self.at = start;
                self.fail(place, "is no number of JSON, or its exponent is too long")
            }
        }
    }

    fn string(&mut self, place: &ValuePath<'_>) -> Parsed<Cow<'v, str>> {
        self.at += 1;
        let mut string = Cow::Borrowed(self.plain());
        loop {
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(string);
                }
                Some(b'\\') => {
                    let start = self.at;
                    let Some(escaped) = self.escape() else {
                        self.at = start;
                        return self.fail(place, "has an escape that JSON does not know");
                    };
                    string.to_mut().push(escaped);
                }
                Some(_) => return self.fail(place, "has a control character in a string"),
                None => return self.fail(place, "has a string that does not end"),
            }
            let more = self.plain();
            if !more.is_empty() {
                string.to_mut().push_str(more);
            }
        }
    }

    /// Reads the characters of a string up to the next escape or quote.
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

    /// Reads the digits of `\u`: four, or two times four for a surrogate pair.
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
