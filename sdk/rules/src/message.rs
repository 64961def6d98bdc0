//! What is said of a value that is not valid: a text with gaps, and what stands in them. Each text is in English and in
//! Chinese.
//!
//! ```text
//! MAX_COUNT.with([18, CHARACTERS, 19])    must have at most 18 characters, has 19    最多 18 个字符，现有 19
//! ```

use std::fmt::{self, Display};
use std::slice::Iter;

use crate::types::Types;
use crate::violation::Violation;

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

const fn gaps(text: &str) -> usize {
    let (bytes, mut at, mut count) = (text.as_bytes(), 0, 0);
    while at < bytes.len() {
        count += (bytes[at] == b'{') as usize;
        at += 1;
    }
    count
}

/// The texts: each with its name, its English and its Chinese, where `{}` is a gap.
macro_rules! templates {
    ($( $name:ident = $english:literal, $chinese:literal; )*) => {
        $(
            #[doc = concat!("\"", $english, "\"")]
            pub const $name: Template<{ gaps($english) }> = Template($english);
            const _: () = assert!(gaps($english) == gaps($chinese));
        )*

        const TEMPLATES: &[(&str, &str)] = &[ $( ($english, $chinese) ),* ];
    };
}

templates! {
    MINIMUM = "must be at least {}, is {}", "不得小于 {}，现为 {}";
    EXCLUSIVE_MINIMUM = "must be above {}, is {}", "必须大于 {}，现为 {}";
    MAXIMUM = "must be at most {}, is {}", "不得大于 {}，现为 {}";
    EXCLUSIVE_MAXIMUM = "must be below {}, is {}", "必须小于 {}，现为 {}";
    MULTIPLE_OF = "must be a multiple of {}, is {}", "必须是 {} 的倍数，现为 {}";
    MIN_COUNT = "must have at least {} {}, has {}", "至少 {} {}，现有 {}";
    MAX_COUNT = "must have at most {} {}, has {}", "最多 {} {}，现有 {}";
    CHARACTER = "character", "个字符";
    CHARACTERS = "characters", "个字符";
    ITEM = "item", "项";
    ITEMS = "items", "项";
    PROPERTY = "property", "个属性";
    PROPERTIES = "properties", "个属性";
    ITEM_UNDER_CONTAINS = "item that is valid against the schema under `contains`", "项符合 `contains` 下的模式";
    ITEMS_UNDER_CONTAINS = "items that are valid against the schema under `contains`", "项符合 `contains` 下的模式";
    PATTERN = "must match the pattern `{}`", "必须匹配正则表达式 `{}`";
    FORMAT = "must be of the format `{}`", "必须符合格式 `{}`";
    UNIQUE_ITEMS = "must not repeat an item, and item {} equals item {}", "不得有重复项，而序号 {} 与序号 {} 的项相同";
    PROPERTY_NAMES = "has a name that is not valid: {}", "有无效的属性名：{}";
    REQUIRED = "must have the property `{}`", "必须有属性 `{}`";
    REQUIRED_BY = "has `{}`, so it must have `{}`", "有 `{}`，因此必须有 `{}`";
    ORDER_OR_EQUAL = "must have `{}` <= `{}`", "`{}` 不得大于 `{}`";
    ORDER = "must have `{}` < `{}`", "`{}` 必须小于 `{}`";
    HAS_BOTH = "{}, has {} and {}", "{}，现为 {} 与 {}";
    NO_BRANCH = "must be valid against one of the {} schemas under `{}`; of number {}, the closest, it lacks this: {}",
        "必须符合 {} 个 `{}` 模式之一；其中最接近的第 {} 个还缺：{}";
    ONE_OF_SCHEMAS = "must be valid against exactly one of the schemas under `oneOf`, is valid against {}",
        "必须恰好符合 `oneOf` 下的一个模式，却符合 {} 个";
    NOT = "must not be valid against the schema under `not`", "不得符合 `not` 下的模式";
    NO_SCHEMA = "cannot be valid: `{}` is empty", "不可能有效：`{}` 为空";
    ENDLESS = "cannot be checked: its schema refers to itself without end", "无法检查：它的模式没有止境地引用自身";
    NESTED_SCHEMAS = "cannot be checked: its schemas are nested too deep", "无法检查：它的模式嵌套过深";
    NOT_ALLOWED = "is not allowed", "不允许";
    TYPE = "must be {}, is {}", "必须是{}，现为{}";
    TYPE_IN_DIGITS = "must be {} in digits alone, is {}", "必须是只用数字书写的{}，现为{}";
    MUST_BE = "must be {}", "必须是{}";
    ENUM = "must be one of {}", "必须是以下之一：{}";
    ENUM_AND_MORE = "must be one of {} and {} more", "必须是以下之一：{}，另有 {} 个";
    ENUM_IS = "must be one of {}, is {}", "必须是以下之一：{}，现为 {}";
    NULL = "null", " null";
    BOOLEAN = "a boolean", "布尔值";
    INTEGER = "an integer", "整数";
    NUMBER = "a number", "数字";
    STRING = "a string", "字符串";
    ARRAY = "an array", "数组";
    OBJECT = "an object", "对象";
    COMMA = "{}, {}", "{}或{}";
    OR = "{} or {}", "{}或{}";
    NEXT = "{}; {}", "{}；{}";
    PLACED = "{} {}", "{} {}";

    // Those of the SDK, which builds, reads and sends values.
    NO_TAG = "must have a `{}` that is one of {}", "`{}` 必须是以下之一：{}";
    MUST_HAVE = "must have {}", "必须有 {}";
    NAME = "`{}`", "`{}`";
    ALL_OF_THESE = "{} and {}", "{} 与 {}";
    ANY_OF_THESE = "{}, or {}", "{}，或 {}";
    NOT_SET = "is required, and was not set", "必填，但没有设置";
    NOT_ALL_SET = "a required property was not set", "有必填属性没有设置";
    OWN_FIELD = "is a property of its own, and belongs in its own field", "是单独的属性，应放在它自己的字段里";
    NO_JSON_NUMBER = "must be a number that JSON can write, is {}", "必须是 JSON 能够表示的数字，现为 {}";
    NOT_IN_DIGITS = "must be a whole number in digits", "必须是用数字书写的整数";
    OUT_OF_RANGE = "is out of this property's integer range", "超出该属性的整数范围";
    DOES_NOT_FIT = "does not fit {}", "超出 {} 的范围";
    OUT_OF_CHRONO = "is out of chrono's range", "超出 chrono 的范围";
    LIKE_MILLISECONDS = "{}; it is in seconds, and this looks like milliseconds", "{}；它以秒为单位，而这像是毫秒";
    NOT_READ = "cannot be read: {}", "无法读取：{}";
    MISSING = "the required property `{}` is missing", "缺少必填属性 `{}`";
    UNKNOWN = "is not a property of this object, which has {}", "不是该对象的属性，它的属性有：{}";
    TWICE = "appears twice", "出现了两次";
    WHOLE = "a whole number", "整数";
    WHOLE_I32 = "a whole number that fits i32", " 32 位整数";
    WHOLE_I64 = "a whole number that fits i64", " 64 位整数";
    WHOLE_U32 = "a whole number that fits u32", " 32 位非负整数";
    WHOLE_U64 = "a whole number that fits u64", " 64 位非负整数";
    DOUBLE = "a number that a double holds exactly", "双精度浮点数能准确表示的数字";
    NOT_WRITTEN = "cannot be written as JSON: {}", "无法写成 JSON：{}";
    CONTROL_CHARACTER = "holds the control character {}, which JSON can write as an escape only and the service refuses as one (40033): leave it out",
        "含有控制字符 {}，JSON 只能把它写成转义，而服务拒绝这种转义（40033）：请去掉它";
    CONTROL_IN_NAME = "has a name that {}", "有一个属性名{}";
    CONTROL_SOMEWHERE = "holds a control character at a place that cannot be told: {}", "某处含有控制字符，位置无法确定：{}";
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

    /// Several violations as one text, each with its place.
    pub(crate) fn of_violations(violations: &[Violation]) -> Self {
        let each = violations.iter().map(|violation| {
            let message = violation.clone().into_message();
            match &*violation.pointer {
                "" => message,
                place => PLACED.with([Arg::Text(&place), Arg::Message(&message)]),
            }
        });
        let all = each.reduce(|all, next| NEXT.join(&all, &next));
        all.unwrap_or_else(|| NOT_ALLOWED.into())
    }

    /// In English.
    pub fn english(&self) -> &str {
        &self.english
    }

    pub(crate) fn chinese(&self) -> String {
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

/// In the form of a sentence: `null or an integer`.
impl From<Types> for Message {
    #[cold]
    fn from(types: Types) -> Self {
        let count = types.names().count();
        let names = (1..).zip(types.names().map(|name| Self::from(word(name))));
        let all = names.reduce(|(_, all), (number, next)| {
            let template = if number == count { OR } else { COMMA };
            (number, template.join(&all, &next))
        });
        all.unwrap_or_default().1
    }
}

fn word(name: &str) -> Template<0> {
    match name {
        "null" => NULL,
        "boolean" => BOOLEAN,
        "integer" => INTEGER,
        "number" => NUMBER,
        "string" => STRING,
        "array" => ARRAY,
        _ => OBJECT,
    }
}

fn chinese(template: &'static str) -> &'static str {
    let known = TEMPLATES.iter().find(|(english, _)| *english == template);
    known.map_or(template, |(_, chinese)| chinese)
}

/// Several violations as one text in Chinese.
pub fn all_in_chinese(violations: &[Violation]) -> String {
    Message::of_violations(violations).chinese()
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

    fn chinese(message: Message) -> String {
        Violation::of(String::new(), "x", message).in_chinese()
    }

    #[test]
    fn several_violations_are_one_text() {
        let wrong = [Message::from(NOT_ALLOWED), MUST_BE.with([Words(NULL)])];
        let wrong = wrong.map(|message| Violation::of("/a".to_owned(), "x", message));
        assert_eq!(all_in_chinese(&wrong), "/a 不允许；/a 必须是 null");
    }

    #[test]
    fn words_are_translated_and_data_is_not_even_if_it_reads_the_same() {
        let types = Types::NULL.or(Types::STRING).or(Types::ARRAY);
        let message = TYPE.with([Arg::Message(&types.into()), Text(&5)]);
        assert_eq!(message.english(), "must be null, a string or an array, is 5");
        assert_eq!(chinese(message), "必须是 null或字符串或数组，现为5");
        let data = ["an object", "is not allowed", "{}, is {}", r#""a, is \"b\"""#];
        for data in data {
            assert_eq!(MUST_BE.with([Text(&data)]).english(), format!("must be {data}"));
            assert_eq!(chinese(MUST_BE.with([Text(&data)])), format!("必须是{data}"));
        }
        let message = PROPERTY_NAMES.with([Words(NOT_ALLOWED)]);
        assert_eq!(chinese(message), "有无效的属性名：不允许");
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "this is what others do")]
    fn a_text_of_one_language_stays_as_it_is() {
        let foreign = Violation::new("/a".to_owned(), "x", "must be null");
        assert_eq!(foreign.in_chinese(), "/a must be null");
        assert_eq!(foreign, Violation::of("/a".to_owned(), "x", MUST_BE.with([Words(NULL)])));
    }

    #[test]
    fn each_text_is_there_once_and_its_chinese_has_no_english() {
        for (index, (english, chinese)) in TEMPLATES.iter().enumerate() {
            assert!(TEMPLATES[..index].iter().all(|(other, _)| other != english), "{english}");
            let words = chinese.split('`').step_by(2).collect::<String>();
            let words = words.replace("JSON", "").replace("chrono", "").replace("null", "");
            assert!(!words.contains(|c: char| c.is_ascii_alphabetic()), "{chinese}");
        }
    }
}
