//! Reading JSON: strictly, with the place of every value and of every key.
//!
//! ```text
//! {"a": 1, "a": 2}
//!
//! a.json:1:10 /a: this name appears twice
//! ```

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use jsonc_parser::ast;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use wechat_bizwifi_rules::Decimal;

use super::invalid_characters::invalid_characters;
use super::json::{Entry, Node, Number, Object, Value};
use crate::diagnostics::{Place, Reported, Reporter};
use crate::wording::lower_first;

/// Reads one file's text; nothing, if anything is wrong with it as JSON: what follows from that is
/// not worth saying.
pub(super) fn parse(root: &Place, reporter: &Reporter) -> Result<Node, Reported> {
    let file = root.file.clone();
    let parsed = parse_to_ast(&file.text, &CollectOptions::default(), &strict());
    let parsed = parsed.map_err(|error| {
        let range = error.range();
        let place = Place { span: range.start..range.end.max(range.start), ..root.clone() };
        let message = format!("not valid JSON: {}", lower_first(&error.kind().to_string()));
        reporter.error(&place, message).reported()
    })?;
    let Some(value) = parsed.value else {
        return reporter.error(root, "the file is empty").help("it must hold a JSON object").fail();
    };
    let invalid = invalid_characters(&file.text);
    let invalid = invalid.into_iter().map(|span| Place { span, ..root.clone() });
    let invalid = invalid.map(|place| report_invalid_character(&place, reporter)).last();
    let node = Converter { reporter, texts: HashSet::new() }.node(value, root);
    invalid.map_or(node, Err)
}

fn report_invalid_character(place: &Place, reporter: &Reporter) -> Reported {
    let found = place.file.text[place.span.clone()].chars().next().map_or(0, u32::from);
    reporter
        .error(place, format!("not valid JSON: the character U+{found:04X}"))
        .help("write a plain space or line break between values, and an escape inside a string")
        .reported()
}

/// JSON and nothing else.
fn strict() -> ParseOptions {
    ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

/// How deep descriptions may nest: far more than any needs, and little enough for every stack.
const DEEPEST: usize = 64;

/// Takes the parser's tree apart, of which nothing is left where it has been.
struct Converter<'a> {
    reporter: &'a Reporter,
    /// The names and strings until now.
    texts: HashSet<Arc<str>>,
}

impl Converter<'_> {
    fn node(&mut self, value: ast::Value<'_>, place: &Place) -> Result<Node, Reported> {
        if place.pointer.matches('/').count() > DEEPEST {
            let message = format!("nested deeper than {DEEPEST} levels");
            return self.reporter.error(place, message).fail();
        }
        let span = span_of(&value).into();
        let value = match value {
            ast::Value::NullKeyword(_) => Value::Null,
            ast::Value::BooleanLit(literal) => Value::Bool(literal.value),
            ast::Value::StringLit(literal) => Value::String(self.text(&literal.value)),
            ast::Value::NumberLit(literal) => Value::Number(self.number(literal.value, place)?),
            ast::Value::Array(array) => Value::Array(self.items(array, place)?),
            ast::Value::Object(object) => Value::Object(self.properties(object, place)?),
        };
        Ok(Node { value, span })
    }

    /// A name or a string, the one that is there already if one is: most are said again and again.
    fn text(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.texts.get(text) {
            return Arc::clone(known);
        }
        let text = Arc::from(text);
        self.texts.insert(Arc::clone(&text));
        text
    }

    fn number(&self, text: &str, place: &Place) -> Result<Number, Reported> {
        if !is_json_number(text) {
            return self.reporter.error(place, format!("`{text}` is not a JSON number")).fail();
        }
        Decimal::parse(text).and_then(|number| normal(&number)).map_or_else(
            || {
                let error = self.reporter.error(place, "the number has too many digits");
                error.help("38 are the most").fail()
            },
            Ok,
        )
    }

    fn items(&mut self, array: ast::Array<'_>, place: &Place) -> Result<Box<[Node]>, Reported> {
        let items = array.elements.into_iter().enumerate();
        let node = |(index, item): (usize, ast::Value<'_>)| {
            let place = place.below(&index.to_string(), span_of(&item));
            self.node(item, &place)
        };
        items.map(node).collect()
    }

    fn properties(&mut self, object: ast::Object<'_>, place: &Place) -> Result<Object, Reported> {
        let mut entries = Vec::with_capacity(object.properties.len());
        let mut seen: HashMap<Arc<str>, Range<usize>> = HashMap::new();
        let mut result = Ok(());
        for property in object.properties {
            let key = self.text(property.name.as_str());
            let key_span = span_of_name(&property.name);
            let place = place.below(&key, key_span.clone());
            if let Some(first) = seen.insert(Arc::clone(&key), key_span.clone()) {
                let first = Place { span: first, ..place.clone() };
                let error = self.reporter.error(&place, "this name appears twice");
                result = error.label(&first, "the first").fail();
                continue;
            }
            let place = Place { span: span_of(&property.value), ..place };
            let node = self.node(property.value, &place)?;
            entries.push(Entry { key, key_span: key_span.into(), node });
        }
        result.map(|()| Object::new(entries))
    }
}

fn span_of(value: &ast::Value<'_>) -> Range<usize> {
    use jsonc_parser::common::Ranged as _;
    value.start()..value.end()
}

fn span_of_name(name: &ast::ObjectPropName<'_>) -> Range<usize> {
    use jsonc_parser::common::Ranged as _;
    name.start()..name.end()
}

/// A number in its one form, so that equal ones are written alike: 10 is 1e1. `None` if it has more
/// digits than fit.
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

/// Whether the grammar of RFC 8259 allows the number: the parser lets more through.
fn is_json_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let leading_zero =
        digits.starts_with('0') && digits[1..].starts_with(|next: char| next.is_ascii_digit());
    digits.starts_with(|first: char| first.is_ascii_digit()) && !leading_zero
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
