//! Parses JSON strictly, with the span of every value and of every key.
//!
//! ```text
//! {"a": 1, "a": 2}
//!
//! a.json:1:10 /a: this name appears twice
//! ```

use std::ops::Range;
use std::sync::Arc;

use wechat_bizwifi_rules::{Decimal, JsonReader, ParseError, Token, ValuePath};

use super::json::{Entry, Node, Number, Object, Value};
use crate::diagnostics::{ErrorReport, Place, Reported, Reporter};
use crate::util::Map;

/// Parses a file's text. If it is not valid JSON, nothing in it is used: further errors would only
/// follow from that.
pub(super) fn parse(root: &Place, reporter: &Reporter) -> Result<Node, Reported> {
    let text = &root.file.text;
    if text.trim().is_empty() {
        return reporter.error(root, "the file is empty").help("it must hold a JSON object").fail();
    }
    let json = JsonReader::new(text);
    let mut parser = Parser { root, reporter, json, texts: Map::default() };
    let node = parser.node(&ValuePath::ROOT)?;
    let end = parser.json.end();
    parser.checked(end)?;
    Ok(node)
}

/// How deep values may be nested: more than descriptions need, and less than any stack can hold.
const DEEPEST: usize = 64;

struct Parser<'a> {
    root: &'a Place,
    reporter: &'a Reporter,
    json: JsonReader<'a>,
    /// The names and strings that were read so far.
    texts: Map<Arc<str>, Arc<str>>,
}

impl<'a> Parser<'a> {
    fn node(&mut self, at: &ValuePath<'_>) -> Result<Node, Reported> {
        let start = self.json.next_at();
        if at.depth() > DEEPEST {
            let message = format!("nested deeper than {DEEPEST} levels");
            let error = self.error(at, start..start + 1, message);
            return error.help("let it refer to its deeper parts by `$ref`").fail();
        }
        let token = self.json.token(at);
        let value = match self.checked(token)? {
            Token::Null => Value::Null,
            Token::Bool(flag) => Value::Bool(flag),
            Token::String(text) => Value::String(self.text(&text)),
            Token::Number(number) => Value::Number(self.number(&number, (at, start))?),
            Token::Array => Value::Array(self.items(at)?),
            Token::Object => Value::Object(self.properties(at)?),
        };
        Ok(Node { value, span: (start..self.json.at()).into() })
    }

    /// A shared copy of a name or a string: most of them occur many times.
    fn text(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.texts.get(text) {
            return Arc::clone(known);
        }
        let text: Arc<str> = text.into();
        self.texts.insert(Arc::clone(&text), Arc::clone(&text));
        text
    }

    fn number(
        &self,
        number: &Decimal<'_>,
        (at, start): (&ValuePath<'_>, usize),
    ) -> Result<Number, Reported> {
        normal(number).map_or_else(
            || {
                let span = start..self.json.at();
                let error = self.error(at, span, "the number has too many digits");
                error.help("38 are the most").fail()
            },
            Ok,
        )
    }

    fn items(&mut self, at: &ValuePath<'_>) -> Result<Box<[Node]>, Reported> {
        let mut items = Vec::new();
        loop {
            let has_item = self.json.has_item(at, items.len());
            if !self.checked(has_item)? {
                return Ok(items.into());
            }
            items.push(self.node(&at.index(items.len()))?);
        }
    }

    fn properties(&mut self, at: &ValuePath<'_>) -> Result<Object, Reported> {
        let mut entries = Vec::new();
        let mut seen: Map<Arc<str>, Range<usize>> = Map::default();
        let mut result = Ok(());
        loop {
            let has_property = self.json.has_property(at, entries.len());
            if !self.checked(has_property)? {
                return result.map(|()| Object::new(entries));
            }
            let start = self.json.next_at();
            let name = self.json.name(at);
            let (name, end) = self.checked(name)?;
            let (key, key_span) = (self.text(&name), start..end);
            let at = at.property(&key);
            let first = seen.insert(Arc::clone(&key), key_span.clone());
            let node = self.node(&at)?;
            if let Some(first) = first {
                let error = self.error(&at, key_span, "this name appears twice");
                result = error.label(&self.place(&at, first), "the first").fail();
            } else {
                let key_span = key_span.into();
                entries.push(Entry { key: Arc::clone(&key), key_span, node });
            }
        }
    }

    /// What was read; an error in it is reported.
    fn checked<T>(&self, read: Result<T, ParseError>) -> Result<T, Reported> {
        read.map_err(|error| {
            let rest = self.root.file.text.get(error.offset..).and_then(|it| it.chars().next());
            let span = error.offset..error.offset + rest.map_or(0, char::len_utf8);
            let place = Place { span, pointer: error.pointer.into(), ..self.root.clone() };
            let message = format!("not valid JSON: it {}", error.message);
            self.reporter.error(&place, message).reported()
        })
    }

    fn error(
        &self,
        at: &ValuePath<'_>,
        span: Range<usize>,
        message: impl Into<String>,
    ) -> ErrorReport<'a> {
        self.reporter.error(&self.place(at, span), message)
    }

    fn place(&self, at: &ValuePath<'_>, span: Range<usize>) -> Place {
        Place { span, pointer: at.pointer().into(), ..self.root.clone() }
    }
}

/// A number in its normal form, so that equal numbers are written alike: 1e1 becomes 10. `None`, if
/// it has too many digits.
fn normal(number: &Decimal<'_>) -> Option<Number> {
    if let Some(whole) = number.to_i128() {
        return Some(whole.into());
    }
    let (mut mantissa, mut exponent) = number.parts()?;
    while mantissa % 10 == 0 {
        mantissa /= 10;
        exponent = exponent.checked_add(1)?;
    }
    Some(Decimal::new(mantissa, exponent))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostics::Text;

    fn errors(text: &str) -> Vec<String> {
        let file = Arc::new(Text::new("a.json", text));
        let root = Place { file, span: 0..0, pointer: "".into() };
        let reporter = Reporter::default();
        let node = parse(&root, &reporter);
        assert_eq!(node.is_err(), reporter.has_errors(), "{text}");
        reporter.finish().all().iter().map(crate::diagnostics::Diagnostic::line).collect()
    }

    #[test]
    fn values_are_small_and_texts_that_are_the_same_are_kept_once() {
        assert!(size_of::<Entry>() <= 80, "{}", size_of::<Entry>());
        let text = r#"[{"type": "a"}, {"type": "a"}, "type"]"#;
        let root = Place { file: Arc::new(Text::new("", text)), span: 0..0, pointer: "".into() };
        let node = parse(&root, &Reporter::default()).expect("it is JSON");
        let Value::Array(items) = &node.value else { panic!("it is an array") };
        let Value::String(third) = &items[2].value else { panic!("it is a string") };
        // Its own, and the two names; the texts that were met are forgotten.
        assert_eq!(Arc::strong_count(third), 3);
    }

    #[test]
    fn equal_numbers_are_written_alike() {
        for (written, normal) in [
            ("1.50", "1.5"),
            ("-1.0", "-1"),
            ("100e-1", "10"),
            ("0.0", "0"),
            ("10e40", "1e41"),
            ("1200e-4", "0.12"),
            ("1e5", "100000"),
        ] {
            let text = format!("[{written}, {normal}]");
            let root =
                Place { file: Arc::new(Text::new("", text)), span: 0..0, pointer: "".into() };
            let node = parse(&root, &Reporter::default()).expect("it is JSON");
            let Value::Array(items) = &node.value else { panic!("it is an array") };
            assert_eq!(items[0].canonical(), items[1].canonical(), "{written}");
        }
    }

    #[test]
    fn many_properties_are_found_by_name() {
        let names: Vec<String> =
            (0..40).map(|index| format!("\"{}\":{index}", index % 7 * 10 + index)).collect();
        let text = format!("{{{}}}", names.join(","));
        let root = Place { file: Arc::new(Text::new("", &*text)), span: 0..0, pointer: "".into() };
        let node = parse(&root, &Reporter::default()).expect("it is JSON");
        let Value::Object(object) = &node.value else { panic!("it is an object") };
        for entry in &object.entries {
            let found = object.get(&entry.key).expect("it is there");
            assert_eq!(found.span, entry.node.span);
        }
        assert!(object.get("1000").is_none());
    }

    #[test]
    fn only_json_is_json() {
        for text in [
            "",
            "{",
            "{]",
            "{a:1}",
            "{'a':1}",
            "{\"a\":1,}",
            "[1 2]",
            "// x\n1",
            "0x10",
            "+1",
            ".5",
            "5.",
            "NaN",
            "01",
            "-01",
            "--1",
            "1e",
            "\"\\x41\"",
            "\"a\nb\"",
            "1 2",
            "tru",
            "\"\\ud800\"",
        ] {
            assert_eq!(errors(text).len(), 1, "{text:?}: {:?}", errors(text));
        }
        for text in
            ["{}", "[]", "-0", "1e5", "1.5E-3", "\"\\u00e9\"", " null ", "\"\\ud83d\\ude00\""]
        {
            assert_eq!(errors(text), Vec::<String>::new(), "{text:?}");
        }
    }

    #[test]
    fn a_name_that_appears_twice_is_an_error_with_both_places() {
        assert_eq!(errors("{\"a\": 1,\n \"a\": 2}"), ["a.json:2:2 /a: this name appears twice"]);
    }

    #[test]
    fn deep_nesting_ends_in_a_report() {
        for text in
            ["[".repeat(100_000), "[".repeat(400) + &"]".repeat(400), "{\"a\":".repeat(9_999)]
        {
            assert_eq!(errors(&text).len(), 1);
        }
    }
}
