//! What is said of a value that is not valid, or of a call that failed: a text with gaps, and what stands in
//! them. Each text is in English and in Chinese (`texts.rs`).
//!
//! ```text
//! MAX_COUNT.with([18, CHARACTERS, 19])    must have at most 18 characters, has 19    最多 18 个字符，现有 19
//! ```

use std::fmt::{self, Display};
use std::slice::Iter;

use texts::TEMPLATES;
pub use texts::*;

mod texts;

/// A text with so many gaps. It holds the English; a program that does not ask for Chinese contains none.
#[derive(Clone, Copy, Debug)]
pub struct Template<const GAPS: usize>(&'static str);

impl<const GAPS: usize> Template<GAPS> {
    /// The text with its gaps filled.
    #[inline]
    pub fn with(self, args: [Arg<'_>; GAPS]) -> Message {
        Message::of(self.0, &args)
    }
}

impl Template<2> {
    /// Two messages as one.
    pub fn join(self, first: &Message, second: &Message) -> Message {
        self.with([Arg::Message(first), Arg::Message(second)])
    }
}

/// A text whose gaps are filled. It is in English; its Chinese is put together when it is asked for.
#[derive(Clone, Debug, Default)]
pub struct Message {
    pub(crate) english: String,
    /// What the text was made of: a template, then what stands in its gaps, each with what stands in the gaps of that.
    /// Empty for a text of one language. It is one list, since programs contain the code that drops and copies it.
    pub(crate) pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Piece {
    Template(&'static str),
    /// Where it begins and ends in the English text.
    Text(usize, usize),
}

/// What is to stand in a gap.
#[derive(Clone, Copy)]
pub enum Arg<'a> {
    /// A value or a name, which is the same in every language.
    Text(&'a dyn Display),
    /// Words.
    Words(Template<0>),
    /// A message within the message.
    Message(&'a Message),
}

impl Message {
    #[cold]
    fn of(template: &'static str, args: &[Arg<'_>]) -> Self {
        let mut message = Self { english: String::new(), pieces: vec![Piece::Template(template)] };
        let mut rest = template;
        for arg in args {
            let (before, after) = at_gap(rest).unwrap_or_default();
            message.english.push_str(before);
            message.push(*arg);
            rest = after;
        }
        message.english.push_str(rest);
        message
    }

    fn push(&mut self, arg: Arg<'_>) {
        let start = self.english.len();
        match arg {
            Arg::Words(Template(words)) => {
                self.pieces.push(Piece::Template(words));
                return self.english.push_str(words);
            }
            Arg::Text(value) => self.english.push_str(&format!("{value}")),
            Arg::Message(message) => {
                self.english.push_str(&message.english);
                self.pieces.extend(message.pieces.iter().map(|piece| piece.moved(start)));
                if !message.pieces.is_empty() {
                    return;
                }
            }
        }
        self.pieces.push(Piece::Text(start, self.english.len()));
    }

    /// In English.
    pub fn english(&self) -> &str {
        &self.english
    }

    /// In Chinese.
    pub fn chinese(&self) -> String {
        let mut text = String::new();
        if self.pieces.is_empty() {
            text.push_str(&self.english);
        }
        self.write_chinese(&mut self.pieces.iter(), &mut text);
        text
    }

    fn write_chinese(&self, pieces: &mut Iter<'_, Piece>, out: &mut String) {
        match pieces.next() {
            Some(Piece::Template(template)) => {
                let mut rest = chinese(template);
                while let Some((before, after)) = at_gap(rest) {
                    out.push_str(before);
                    self.write_chinese(pieces, out);
                    rest = after;
                }
                out.push_str(rest);
            }
            Some(Piece::Text(start, end)) => {
                out.push_str(self.english.get(*start..*end).unwrap_or_default());
            }
            None => {}
        }
    }
}

/// In English.
impl Display for Message {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.english)
    }
}

impl Piece {
    const fn moved(self, by: usize) -> Self {
        match self {
            Self::Text(start, end) => Self::Text(start + by, end + by),
            Self::Template(template) => Self::Template(template),
        }
    }
}

/// The text before the first gap, and the text after it.
fn at_gap(text: &str) -> Option<(&str, &str)> {
    let gap = text.bytes().position(|byte| byte == b'{')?;
    text.get(..gap).zip(text.get(gap + 2..))
}

impl From<Template<0>> for Message {
    fn from(template: Template<0>) -> Self {
        template.with([])
    }
}

fn chinese(template: &'static str) -> &'static str {
    let known = TEMPLATES.iter().find(|(english, _)| *english == template);
    known.map_or(template, |(_, chinese)| chinese)
}

/// Words that are known as a text alone: a template, if it is the text of one.
pub fn words(text: &str) -> Option<Template<0>> {
    let known = TEMPLATES.iter().find(|(english, _)| *english == text);
    known.map(|(english, _)| Template(english))
}

#[cfg(test)]
mod tests {
    use super::Arg::{Text, Words};
    use super::*;
    use crate::types::Types;

    #[test]
    fn words_are_translated_and_data_is_not_even_if_it_reads_the_same() {
        let types = Types::NULL.or(Types::STRING).or(Types::ARRAY);
        let message = TYPE.with([Arg::Message(&types.into()), Text(&5)]);
        assert_eq!(message.english(), "must be null, a string or an array, is 5");
        assert_eq!(message.chinese(), "必须是 null或字符串或数组，现为5");
        let data = ["an object", "is not allowed", "{}, is {}", r#""a, is \"b\"""#];
        for data in data {
            assert_eq!(MUST_BE.with([Text(&data)]).english(), format!("must be {data}"));
            assert_eq!(MUST_BE.with([Text(&data)]).chinese(), format!("必须是{data}"));
        }
        let message = PROPERTY_NAMES.with([Words(NOT_ALLOWED)]);
        assert_eq!(message.chinese(), "属性名无效：不允许");
    }

    #[test]
    fn each_text_is_there_once_and_its_chinese_has_no_english() {
        for (index, (english, chinese)) in TEMPLATES.iter().enumerate() {
            assert!(TEMPLATES[..index].iter().all(|(other, _)| other != english), "{english}");
            let words = chinese.split('`').step_by(2).collect::<String>();
            let known = ["JSON", "chrono", "null", "HTTP", "URL", "TLS", "SOCKS", "CA"];
            let words = known.iter().fold(words, |words, known| words.replace(known, ""));
            assert!(!words.contains(|c: char| c.is_ascii_alphabetic()), "{chinese}");
        }
    }
}
