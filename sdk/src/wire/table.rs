//! What a schema says beyond its Rust type: a table of rules beside the type.
//!
//! ```text
//! { "type": "object", "minProperties": 1, … }
//!
//! besides ROOT_RULES;    a static with what the struct does not enforce
//! table ROOT_RULES;      a static with the whole schema
//! ```
//!
//! What is to be sent is evaluated as it would be written, what is read strictly from JSON as it came.
//! Other formats do not tell apart all that a table asks about, so what came from them is evaluated
//! as it would be written, once it has its type. Values of replies are not evaluated.

use serde::de::{Deserializer, Error};
use wechat_bizwifi_rules::{Schema, Value, View, Violation, evaluate};

use super::decode::{Context, Decode};
use super::shallow::{Shallow, ShallowView};

/// A type's table.
#[derive(Debug)]
pub struct Table {
    schema: &'static Schema<'static>,
}

impl Table {
    /// The table of these rules.
    pub const fn new(schema: &'static Schema<'static>) -> Self {
        Self { schema }
    }

    /// Evaluates the table on a value as it would be written.
    pub(super) fn evaluate_written(
        &self,
        tree: Result<Value<'static>, String>,
        report: &mut dyn FnMut(Violation),
    ) {
        match tree {
            Ok(tree) => self.evaluate(&tree, report),
            Err(error) => report(Violation::new(String::new(), "type", error)),
        }
    }

    /// Evaluates the table on an object of which its properties count.
    pub(super) fn evaluate_shallow(&self, object: &Shallow<'_>, report: &mut dyn FnMut(Violation)) {
        self.evaluate(ShallowView::Object(object), report);
    }

    fn evaluate<'v>(&self, value: impl View<'v>, report: &mut dyn FnMut(Violation)) {
        if let Err(violations) = evaluate(self.schema, &[], value) {
            violations.into_vec().into_iter().for_each(report);
        }
    }

    /// Keeps a value that is read strictly, and evaluates the table on it.
    ///
    /// # Errors
    ///
    /// When the value is not valid.
    pub(super) fn read<'de, D>(&self, input: D, cx: &Context) -> Result<Value<'de>, D::Error>
    where
        D: Deserializer<'de>,
    {
        let tree: Value<'de> = serde::Deserialize::deserialize(input)?;
        let mut found = Vec::new();
        self.evaluate(&tree, &mut |violation| found.push(violation));
        if found.is_empty() {
            return Ok(tree);
        }
        cx.note(found);
        Err(D::Error::custom("is not valid"))
    }
}

/// Reads a value of a type that has a table.
///
/// # Errors
///
/// When the input is no such value.
pub fn decode_by_table<'de, T, D>(input: D, cx: &Context, table: &Table) -> Result<T, D::Error>
where
    T: Decode,
    D: Deserializer<'de>,
{
    if cx.is_tolerant() || !cx.is_json() {
        return T::decode(input, cx);
    }
    let tree = table.read(input, cx)?;
    T::decode(&tree, cx).map_err(D::Error::custom)
}
