//! Regular expressions of ECMA-262, in the grammar of its Unicode mode.
//!
//! ```text
//! "(?=a)\\d{2}" is a `regex`, "a{2,1}" is none
//! ```

use std::str::Chars;

/// Whether a text is a regular expression: whether it could also be matched in linear time is not
/// asked.
pub(super) fn is_regex(text: &str) -> bool {
    let mut reader = Reader { rest: text.chars(), depth: 0 };
    reader.alternatives().is_some() && reader.peek().is_none()
}

/// No expression that a person writes nests deeper.
const DEEPEST: usize = 200;

/// Reads one production after the other; `None` is an error of syntax.
struct Reader<'t> {
    rest: Chars<'t>,
    depth: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    fn skip(&mut self, prefix: &str) -> bool {
        match self.rest.as_str().strip_prefix(prefix) {
            Some(rest) => {
                self.rest = rest.chars();
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, prefix: &str) -> Option<()> {
        self.skip(prefix).then_some(())
    }

    fn alternatives(&mut self) -> Option<()> {
        self.depth += 1;
        while self.depth < DEEPEST && self.peek().is_some_and(|next| next != ')') {
            if !self.skip("|") {
                self.term()?;
            }
        }
        self.depth -= 1;
        Some(())
    }

    fn term(&mut self) -> Option<()> {
        let is_repeatable = match self.rest.next()? {
            '^' | '$' => false,
            '(' => self.group()?,
            '[' => self.class()?,
            '\\' => !(self.skip("b") || self.skip("B")) && self.escape(false)?,
            '*' | '+' | '?' | '{' | '}' | ']' => return None,
            _ => true,
        };
        let is_repeated = self.quantifier()?;
        (is_repeatable || !is_repeated).then_some(())
    }

    fn group(&mut self) -> Option<bool> {
        let looks = ["?=", "?!", "?<=", "?<!"].iter().any(|prefix| self.skip(prefix));
        if !looks && !self.skip("?:") && self.skip("?") {
            self.expect("<")?;
            self.name()?;
        }
        self.alternatives()?;
        self.expect(")")?;
        Some(!looks)
    }

    fn name(&mut self) -> Option<()> {
        let (name, rest) = self.rest.as_str().split_once('>')?;
        let is_plain = |next: char| next.is_alphanumeric() || matches!(next, '_' | '$');
        let is_name = name.chars().all(is_plain) && !name.starts_with(|c: char| c.is_numeric());
        self.rest = rest.chars();
        (is_name && !name.is_empty()).then_some(())
    }

    fn class(&mut self) -> Option<bool> {
        self.skip("^");
        while !self.skip("]") {
            let from = self.class_atom()?;
            let is_range = self.peek() == Some('-') && !self.rest.as_str().starts_with("-]");
            if is_range && self.skip("-") {
                let to = self.class_atom()?;
                // A class of characters is no end of a range.
                (from? <= to?).then_some(())?;
            }
        }
        Some(true)
    }

    /// A character, if it is one that is plain to see: `\u0041` counts as the smallest, and a
    /// class within a class is none.
    #[expect(clippy::option_option, reason = "the outer one is an error of syntax")]
    fn class_atom(&mut self) -> Option<Option<char>> {
        match self.rest.next()? {
            '\\' if self.skip("b") || self.skip("-") => Some(Some('\0')),
            '\\' => {
                let is_class = self.peek().is_some_and(|next| "dDwWsSpP".contains(next));
                self.escape(true)?;
                Some((!is_class).then_some('\0'))
            }
            plain => Some(Some(plain)),
        }
    }

    fn escape(&mut self, in_class: bool) -> Option<bool> {
        match self.rest.next()? {
            'd' | 'D' | 'w' | 'W' | 's' | 'S' | 't' | 'n' | 'v' | 'f' | 'r' => {}
            '0' => (!self.peek().is_some_and(|next| next.is_ascii_digit())).then_some(())?,
            '1'..='9' if !in_class => {
                while self.peek().is_some_and(|next| next.is_ascii_digit()) {
                    self.rest.next();
                }
            }
            'k' if !in_class => {
                self.expect("<")?;
                self.name()?;
            }
            'c' => self.rest.next().filter(char::is_ascii_alphabetic).map(drop)?,
            'x' => self.hexadecimal(2)?,
            'u' if self.skip("{") => self.code_point()?,
            'u' => self.hexadecimal(4)?,
            'p' | 'P' => self.property()?,
            syntax => r"^$\.*+?()[]{}|/".contains(syntax).then_some(())?,
        }
        Some(true)
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<()> {
        (0..digits).try_for_each(|_| self.rest.next().filter(char::is_ascii_hexdigit).map(drop))
    }

    fn code_point(&mut self) -> Option<()> {
        let (digits, rest) = self.rest.as_str().split_once('}')?;
        self.rest = rest.chars();
        let is_plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u32::from_str_radix(digits, 16).ok()?;
        (is_plain && number <= 0x0010_FFFF).then_some(())
    }

    fn property(&mut self) -> Option<()> {
        self.expect("{")?;
        let (name, rest) = self.rest.as_str().split_once('}')?;
        self.rest = rest.chars();
        let is_plain = |next: char| next.is_ascii_alphanumeric() || matches!(next, '_' | '=');
        (!name.is_empty() && name.chars().all(is_plain)).then_some(())
    }

    fn quantifier(&mut self) -> Option<bool> {
        let is_repeated = match self.peek() {
            Some('*' | '+' | '?') => self.rest.next().is_some(),
            Some('{') => self.counts()?,
            _ => return Some(false),
        };
        self.skip("?");
        Some(is_repeated)
    }

    fn counts(&mut self) -> Option<bool> {
        let (counts, rest) = self.rest.as_str().strip_prefix('{')?.split_once('}')?;
        self.rest = rest.chars();
        let (least, most) = counts.split_once(',').unwrap_or((counts, counts));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let (least, most) = (Some(least).filter(|least| is_number(least))?, most);
        let value = |digits: &str| digits.trim_start_matches('0').to_owned();
        let is_ordered =
            |(least, most): (String, String)| (least.len(), &least) <= (most.len(), &most);
        let is_right =
            most.is_empty() || (is_number(most) && is_ordered((value(least), value(most))));
        is_right.then_some(true)
    }
}
