//! JSON as it came: no property is dropped, no number rounded, and a string that is none says so
//! instead of failing what lies around it.
//!
//! Control characters inside strings are borne, as the client bears them in replies.

/// A value.
#[derive(Debug)]
pub enum Json {
    Null,
    Bool(bool),
    /// As it was written.
    Number(String),
    Text(Text),
    List(Vec<Json>),
    Object(Vec<(Text, Json)>),
}

/// A string, or nothing where its escapes are not Unicode.
pub type Text = Option<String>;

/// Reads a value and nothing after it.
pub fn parse(text: &str) -> Option<Json> {
    let mut input = Input { rest: text.as_bytes() };
    let value = input.value()?;
    input.rest.is_empty().then_some(value)
}

struct Input<'a> {
    rest: &'a [u8],
}

impl Input<'_> {
    fn value(&mut self) -> Option<Json> {
        self.skip_space();
        let value = match self.rest.first()? {
            b'n' => self.word("null").map(|()| Json::Null),
            b't' => self.word("true").map(|()| Json::Bool(true)),
            b'f' => self.word("false").map(|()| Json::Bool(false)),
            b'"' => self.text().map(Json::Text),
            b'[' => self.separated(b'[', b']', Self::value).map(Json::List),
            b'{' => self.separated(b'{', b'}', Self::property).map(Json::Object),
            _ => self.number().map(Json::Number),
        };
        self.skip_space();
        value
    }

    fn property(&mut self) -> Option<(Text, Json)> {
        self.skip_space();
        let name = self.text()?;
        self.skip_space();
        self.byte(b':')?;
        Some((name, self.value()?))
    }

    fn separated<T>(
        &mut self,
        open: u8,
        close: u8,
        item: fn(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        self.byte(open)?;
        self.skip_space();
        let mut items = Vec::new();
        if self.byte(close).is_some() {
            return Some(items);
        }
        loop {
            items.push(item(self)?);
            if self.byte(close).is_some() {
                return Some(items);
            }
            self.byte(b',')?;
        }
    }

    fn number(&mut self) -> Option<String> {
        let start = self.rest;
        let _ = self.byte(b'-');
        if self.byte(b'0').is_none() {
            self.digits()?;
        }
        if self.byte(b'.').is_some() {
            self.digits()?;
        }
        if self.byte(b'e').or_else(|| self.byte(b'E')).is_some() {
            let _ = self.byte(b'+').or_else(|| self.byte(b'-'));
            self.digits()?;
        }
        let length = start.len() - self.rest.len();
        String::from_utf8(start[..length].to_vec()).ok()
    }

    fn digits(&mut self) -> Option<()> {
        let count = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.rest = &self.rest[count..];
        (count > 0).then_some(())
    }

    /// Nothing where there is no string; a string of nothing where it is not Unicode.
    fn text(&mut self) -> Option<Text> {
        self.byte(b'"')?;
        // Half a pair of surrogates is no character, so the units are kept until the end.
        let mut units = Vec::new();
        loop {
            let end = self.rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
            units.extend(std::str::from_utf8(&self.rest[..end]).ok()?.encode_utf16());
            let quote = self.rest[end] == b'"';
            self.rest = &self.rest[end + 1..];
            if quote {
                return Some(String::from_utf16(&units).ok());
            }
            units.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Option<u16> {
        let (letter, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(match letter {
            b'"' | b'\\' | b'/' => u16::from(*letter),
            b'b' => 8,
            b't' => 9,
            b'n' => 10,
            b'f' => 12,
            b'r' => 13,
            b'u' => {
                let (digits, rest) = self.rest.split_at_checked(4)?;
                self.rest = rest;
                let all = digits.iter().all(u8::is_ascii_hexdigit);
                let digits = std::str::from_utf8(digits).ok().filter(|_| all)?;
                u16::from_str_radix(digits, 16).ok()?
            }
            _ => return None,
        })
    }

    fn word(&mut self, word: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(word.as_bytes())?;
        Some(())
    }

    fn byte(&mut self, byte: u8) -> Option<()> {
        self.rest = self.rest.strip_prefix(&[byte])?;
        Some(())
    }

    fn skip_space(&mut self) {
        let is_space = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        let count = self.rest.iter().take_while(is_space).count();
        self.rest = &self.rest[count..];
    }
}
