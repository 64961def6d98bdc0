//! Values of files as the evaluator sees them: examples and defaults.
//!
//! ```text
//! "default": 0.10    Leaf::Number(0.10), from the text of the file
//! ```

use wechat_bizwifi_rules::{Decimal, Leaf, View};

use crate::schema::Located;
use crate::source::{Node, Value};

/// A value of a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FileValue<'v> {
    node: &'v Node,
    /// The file's text, which has numbers with all their digits.
    text: &'v str,
}

impl<'v> FileValue<'v> {
    pub(crate) fn new(located: &Located<'v>) -> Self {
        Self { node: located.node, text: &located.file.text.text }
    }

    fn of(self, node: &'v Node) -> Self {
        Self { node, ..self }
    }
}

impl<'v> View<'v> for FileValue<'v> {
    fn leaf(self) -> Leaf<'v> {
        match &self.node.value {
            Value::Null => Leaf::Null,
            Value::Bool(flag) => Leaf::Bool(*flag),
            Value::Number(_) => {
                let number = self.text.get(self.node.span.clone()).and_then(Decimal::parse);
                // What the parser took for a number is one.
                number.map_or(Leaf::Null, Leaf::Number)
            }
            Value::String(text) => Leaf::String(text),
            Value::Array(items) => Leaf::Array(items.len()),
            Value::Object(object) => Leaf::Object(object.entries.len()),
        }
    }

    fn items(self) -> impl Iterator<Item = Self> {
        let items = if let Value::Array(items) = &self.node.value { &items[..] } else { &[] };
        items.iter().map(move |node| self.of(node))
    }

    fn properties(self) -> impl Iterator<Item = (&'v str, Self)> {
        let entries = match &self.node.value {
            Value::Object(object) => &object.entries[..],
            _ => &[],
        };
        entries.iter().map(move |entry| (&*entry.key, self.of(&entry.node)))
    }

    fn get(self, name: &str) -> Option<Self> {
        match &self.node.value {
            Value::Object(object) => object.get(name).map(|node| self.of(node)),
            _ => None,
        }
    }
}
