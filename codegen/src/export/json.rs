//! JSON values that keep the order of properties and the text of numbers, written as JSON or YAML.
//!
//! ```text
//! Json::from(Fields::new().with("maxLength", Json::raw(18)))
//!
//! JSON: { "maxLength": 18 }        YAML: maxLength: 18
//! ```

use std::fmt::{Display, Write as _};

use crate::source::{Entry, Node, Value, quoted};

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Json {
    /// A scalar, as JSON writes it.
    Scalar(String),
    Array(Vec<Json>),
    Object(Fields),
}

impl Json {
    /// A number, `true`, `false` or `null`.
    pub(super) fn raw(value: impl Display) -> Self {
        Self::Scalar(value.to_string())
    }

    /// The target of a schema that has a `$ref` and nothing else.
    pub(super) fn lone_reference(&self) -> Option<&Self> {
        match self {
            Self::Object(Fields(fields)) => match fields.as_slice() {
                [(name, target)] if name == "$ref" => Some(target),
                _ => None,
            },
            _ => None,
        }
    }

    /// The value as a JSON document, with a line break at its end.
    pub(super) fn to_json(&self) -> String {
        let mut text = String::new();
        self.write_json(0, &mut text);
        text + "\n"
    }

    /// The value as a YAML document in block style. Its scalars are those of JSON, which YAML 1.2
    /// reads as JSON does.
    pub(super) fn to_yaml(&self) -> String {
        self.yaml(0).trim_start().to_owned() + "\n"
    }

    fn write_json(&self, depth: usize, text: &mut String) {
        match self {
            Self::Scalar(scalar) => text.push_str(scalar),
            Self::Array(items) if items.is_empty() => text.push_str("[]"),
            Self::Object(fields) if fields.0.is_empty() => text.push_str("{}"),
            Self::Array(items) => {
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    begin_line(index, depth + 1, text);
                    item.write_json(depth + 1, text);
                }
                end_lines(depth, ']', text);
            }
            Self::Object(Fields(fields)) => {
                text.push('{');
                for (index, (name, value)) in fields.iter().enumerate() {
                    begin_line(index, depth + 1, text);
                    text.push_str(&format!("{}: ", quoted(name)));
                    value.write_json(depth + 1, text);
                }
                end_lines(depth, '}', text);
            }
        }
    }

    /// The text after a key or a hyphen: a scalar on the same line, or lines of its own.
    fn yaml(&self, depth: usize) -> String {
        let mut text = String::new();
        self.write_yaml(depth, &mut text);
        text
    }

    fn write_yaml(&self, depth: usize, text: &mut String) {
        match self {
            Self::Scalar(scalar) => text.push_str(&yaml_scalar(scalar)),
            Self::Array(items) if items.is_empty() => text.push_str("[]"),
            Self::Object(fields) if fields.0.is_empty() => text.push_str("{}"),
            Self::Array(items) => {
                for item in items {
                    begin_yaml_line(depth, "- ", text);
                    text.push_str(item.yaml(depth + 1).trim_start());
                }
            }
            Self::Object(Fields(fields)) => {
                for (name, value) in fields {
                    begin_yaml_line(depth, &yaml_key(name), text);
                    let value = value.yaml(depth + 1);
                    text.push_str(if value.starts_with('\n') { ":" } else { ": " });
                    text.push_str(&value);
                }
            }
        }
    }
}

impl From<&Node> for Json {
    fn from(node: &Node) -> Self {
        match &node.value {
            Value::Array(items) => Self::Array(items.iter().map(Self::from).collect()),
            Value::Object(object) => {
                let field = |entry: &Entry| (entry.key.to_string(), Self::from(&entry.node));
                Self::Object(Fields(object.entries.iter().map(field).collect()))
            }
            _ => Self::Scalar(node.to_json()),
        }
    }
}

/// The properties of an object, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields(Vec<(String, Json)>);

impl Fields {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn with(mut self, name: &str, value: impl Into<Json>) -> Self {
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// Adds the property if there is a value for it.
    pub(super) fn with_some(self, name: &str, value: Option<impl Into<Json>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds the property `true` if `flag` is set.
    pub(super) fn with_flag(self, name: &str, flag: bool) -> Self {
        self.with_some(name, flag.then_some(true))
    }

    /// Adds the property if the list has items.
    pub(super) fn with_list(self, name: &str, items: Vec<Json>) -> Self {
        self.with_some(name, (!items.is_empty()).then_some(Json::Array(items)))
    }

    pub(super) fn get(&self, name: &str) -> Option<&Json> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    pub(super) fn remove(&mut self, name: &str) -> Option<Json> {
        let index = self.0.iter().position(|(key, _)| key == name)?;
        Some(self.0.remove(index).1)
    }

    pub(super) fn set(&mut self, name: &str, value: impl Into<Json>) {
        let value = value.into();
        match self.0.iter_mut().find(|(key, _)| key == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Scalar(quoted(text))
    }
}

impl From<&String> for Json {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<bool> for Json {
    fn from(flag: bool) -> Self {
        Self::raw(flag)
    }
}

impl From<Fields> for Json {
    fn from(fields: Fields) -> Self {
        Self::Object(fields)
    }
}

impl Extend<(String, Json)> for Fields {
    fn extend<T: IntoIterator<Item = (String, Json)>>(&mut self, fields: T) {
        self.0.extend(fields);
    }
}

impl IntoIterator for Fields {
    type Item = (String, Json);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

fn begin_line(index: usize, depth: usize, text: &mut String) {
    text.push_str(if index == 0 { "\n" } else { ",\n" });
    text.push_str(&"  ".repeat(depth));
}

fn end_lines(depth: usize, bracket: char, text: &mut String) {
    // Writing to a string cannot fail.
    let _ = write!(text, "\n{}{bracket}", "  ".repeat(depth));
}

fn begin_yaml_line(depth: usize, start: &str, text: &mut String) {
    let _ = write!(text, "\n{}{start}", "  ".repeat(depth));
}

/// Keys are quoted unless every version of YAML reads them as text.
fn yaml_key(name: &str) -> String {
    const WORDS: &[&str] = &["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    let plain = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
        && !WORDS.contains(&&*name.to_ascii_lowercase());
    if plain { name.to_owned() } else { yaml_scalar(&quoted(name)) }
}

/// A scalar of JSON, written so that YAML 1.1 reads it too: there, a number with an exponent is
/// text unless it has a fraction and a sign before the exponent. No version allows DEL, C1 controls
/// and non-characters without an escape.
fn yaml_scalar(scalar: &str) -> String {
    if scalar.starts_with('"') {
        return scalar.chars().map(yaml_char).collect();
    }
    let Some((mantissa, exponent)) = scalar.split_once('e') else { return scalar.to_owned() };
    if !mantissa.ends_with(|c: char| c.is_ascii_digit()) {
        return scalar.to_owned();
    }
    let fraction = if mantissa.contains('.') { "" } else { ".0" };
    let sign = if exponent.starts_with(['+', '-']) { "" } else { "+" };
    format!("{mantissa}{fraction}e{sign}{exponent}")
}

fn yaml_char(c: char) -> String {
    match c {
        '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
            format!("\\u{:04x}", u32::from(c))
        }
        c => c.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_formats_keep_numbers_numbers_texts_texts_and_what_is_empty_on_its_line() {
        let numbers = [Json::raw("1e400"), Json::raw("-2.5e-30"), Json::raw("9007199254740993")];
        let item = Fields::new().with("a", Json::raw(1)).with("b", Json::Array(Vec::new()));
        let fields = Fields::new()
            .with("no", "yes: #\n\u{85}")
            .with("200", Json::Array(numbers.into()))
            .with("empty", Fields::new())
            .with("list", Json::Array(vec![item.into()]));
        let expected = "\"no\": \"yes: #\\n\\u0085\"\n\"200\":\n  - 1.0e+400\n  - -2.5e-30\n  \
            - 9007199254740993\nempty: {}\nlist:\n  - a: 1\n    b: []\n";
        let document = Json::from(fields);
        assert_eq!(document.to_yaml(), expected);
        let expected = "{\n  \"no\": \"yes: #\\n\u{85}\",\n  \"200\": [\n    1e400,\n    -2.5e-30,\n    \
            9007199254740993\n  ],\n  \"empty\": {},\n  \"list\": [\n    {\n      \"a\": 1,\n      \
            \"b\": []\n    }\n  ]\n}\n";
        assert_eq!(document.to_json(), expected);
    }
}
