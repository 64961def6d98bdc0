//! JSON as a tree, with the span of every value and of every key.
//!
//! ```text
//! {"a": [1.50]}    Object of `a` at 1..4: Array at 6..12 of Number(1.5) at 7..11
//! ```

use std::ops::Range;
use std::sync::Arc;

use wechat_bizwifi_rules::{Decimal, JsonType};

use super::uri::pointer_steps;
use crate::util::{CollectVec as _, PushAll as _, sort_by};

/// A number, exact.
pub(crate) type Number = Decimal<'static>;

/// A value and its span. A large document has a hundred thousand of them, so they are small.
#[derive(Clone)]
pub(crate) struct Node {
    /// The value.
    pub(crate) value: Value,
    /// Its span in the file.
    pub(crate) span: Span,
}

/// A range of bytes in a file, which has far fewer than 4 GiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Span {
    start: u32,
    end: u32,
}

impl Span {
    pub(crate) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        let [start, end] = [range.start, range.end].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
        Self { start, end }
    }
}

/// A JSON value.
#[derive(Clone)]
pub(crate) enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string. Equal strings share one allocation.
    String(Arc<str>),
    /// An array.
    Array(Box<[Node]>),
    /// An object.
    Object(Object),
}

/// An object's properties, in the order in which they are written; no name twice.
#[derive(Clone, Default)]
pub(crate) struct Object {
    /// The properties.
    pub(crate) entries: Box<[Entry]>,
    /// Their indices in the order of their names, if there are many.
    by_name: Box<[u32]>,
}

/// A property of an object.
#[derive(Clone)]
pub(crate) struct Entry {
    /// Its name. Equal names share one allocation.
    pub(crate) key: Arc<str>,
    /// The span of the name.
    pub(crate) key_span: Span,
    /// Its value.
    pub(crate) node: Node,
}

impl Object {
    pub(crate) fn new(entries: Vec<Entry>) -> Self {
        /// Up to so many names, a linear search is faster than making an index.
        const FEW: usize = 16;
        let mut by_name = Vec::new();
        if entries.len() > FEW {
            by_name.push_all((0..).take(entries.len()));
            let key = |index: &u32| &entries[*index as usize].key;
            sort_by(&mut by_name, |a, b| key(a).cmp(key(b)));
        }
        Self { entries: entries.into(), by_name: by_name.into() }
    }

    /// The value of a property, if it is a string.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_text()
    }

    /// The value of a property.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        let entry = |index: &u32| &self.entries[*index as usize];
        let found = if self.by_name.is_empty() {
            self.entries.iter().find(|entry| &*entry.key == key)
        } else {
            let found = self.by_name.binary_search_by(|index| (*entry(index).key).cmp(key)).ok();
            found.map(|found| entry(&self.by_name[found]))
        };
        found.map(|entry| &entry.node)
    }
}

impl Node {
    /// The value that a JSON pointer leads to.
    pub(crate) fn at(&self, pointer: &str) -> Option<&Self> {
        pointer_steps(pointer).try_fold(self, |node, step| node.step(&step))
    }

    /// The value that one step of a JSON pointer leads to.
    pub(crate) fn step(&self, step: &str) -> Option<&Self> {
        match &self.value {
            Value::Object(object) => object.get(step),
            Value::Array(items) => items.get(step.parse::<usize>().ok()?),
            _ => None,
        }
    }

    /// The string, if the value is one.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The items of an array; other values have none.
    pub(crate) fn items(&self) -> &[Self] {
        match &self.value {
            Value::Array(items) => items,
            _ => &[],
        }
    }

    /// The properties of an object; other values have none.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Object(object) => &object.entries,
            _ => &[],
        }
    }

    /// The string that a JSON pointer leads to.
    pub(crate) fn text_at(&self, pointer: &str) -> Option<&str> {
        self.at(pointer)?.as_text()
    }

    /// The JSON type; `integer` for a whole number.
    pub(crate) fn json_type(&self) -> JsonType {
        match &self.value {
            Value::Null => JsonType::Null,
            Value::Bool(_) => JsonType::Boolean,
            Value::Number(number) if number.is_integer() => JsonType::Integer,
            Value::Number(_) => JsonType::Number,
            Value::String(_) => JsonType::String,
            Value::Array(_) => JsonType::Array,
            Value::Object(_) => JsonType::Object,
        }
    }

    /// The types in the value of a `type`, one or several; `None` if one of them is no type.
    pub(crate) fn named_types(&self) -> Option<Vec<JsonType>> {
        let type_of = |node: &Self| {
            let found = node.as_text()?;
            JsonType::NAMES.iter().find(|(name, _)| *name == found).map(|(_, json_type)| *json_type)
        };
        match &self.value {
            Value::Array(types) => types.iter().map(type_of).collect(),
            _ => Some(vec![type_of(self)?]),
        }
    }

    /// Whether it is of a JSON type.
    pub(crate) fn is_of(&self, json_type: JsonType) -> bool {
        json_type.types().contains(self.json_type().types())
    }

    /// The value as compact JSON, properties in their order: for messages and documentation.
    pub(crate) fn to_json(&self) -> String {
        self.written(false)
    }

    /// The value as JSON that is the same for equal values: properties in the order of their names.
    pub(crate) fn canonical(&self) -> String {
        self.written(true)
    }

    fn written(&self, is_sorted: bool) -> String {
        match &self.value {
            Value::Null => "null".to_owned(),
            Value::Bool(value) => value.to_string(),
            Value::Number(number) => number.to_string(),
            Value::String(text) => quoted(text),
            Value::Array(items) => {
                let items = items.iter().map(|item| item.written(is_sorted)).collect_vec();
                format!("[{}]", items.join(","))
            }
            Value::Object(object) => {
                let property = |entry: &Entry| {
                    format!("{}:{}", quoted(&entry.key), entry.node.written(is_sorted))
                };
                let mut properties = object.entries.iter().map(property).collect_vec();
                if is_sorted {
                    properties.sort();
                }
                format!("{{{}}}", properties.join(","))
            }
        }
    }

    pub(crate) const fn is_array(&self) -> bool {
        matches!(self.value, Value::Array(_))
    }

    pub(crate) const fn is_object(&self) -> bool {
        matches!(self.value, Value::Object(_))
    }

    /// Whether it is `null`.
    pub(crate) const fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// Whether it is `true`.
    pub(crate) fn is_true(&self) -> bool {
        matches!(self.value, Value::Bool(true))
    }

    /// A description of the value for messages.
    pub(crate) fn describe(&self) -> String {
        const MOST_SHOWN: usize = 40;
        match &self.value {
            Value::Array(_) => "an array".to_owned(),
            Value::Object(_) => "an object".to_owned(),
            _ => {
                let json = self.to_json();
                if json.chars().count() <= MOST_SHOWN {
                    return json;
                }
                format!("{}…", json.chars().take(MOST_SHOWN).collect::<String>())
            }
        }
    }
}

/// A text as JSON.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
