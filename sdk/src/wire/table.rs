//! What a schema says beyond its Rust type: a table of rules beside the type.
//!
//! ```text
//! { "type": "object", "minProperties": 1, … }
//!
//! validate_fields ROOT_RULES;    a static with what the struct does not enforce, evaluated on its fields
//! validate_json ROOT_RULES;      the same, evaluated on the value as it would be written
//! table ROOT_RULES;              a static with the whole schema
//! ```
//!
//! A value that will be sent is evaluated as the JSON that it is written as. A value that is read strictly from
//! JSON is evaluated as that JSON. Other formats do not distinguish everything that a table does (such as 1 and
//! "1"), so a value from another format is read first, and then evaluated as the JSON that it is written as.
//! Values of replies are not evaluated.
//!
//! Functions that only tables use are `#[inline]` here and in `needed.rs`: crates whose types have tables
//! compile them, and the SDK, whose types have none, does not.

use std::fmt::Display;
use std::sync::OnceLock;

use serde::de::Deserializer;
use serde_json::Value as Json;
use wechat_bizwifi_rules::message::{Arg, NOT_WRITTEN};
use wechat_bizwifi_rules::{
    Alternatives, Rule, Schema, Value, Violation, Violations, evaluate, evaluate_prepared,
};

use super::context::Context;
use super::encode::{Written, json_of};
use super::needed::NeededProperties;
use super::object::ObjectInfo;
use super::seen::{Seen, SeenObject};

/// How a type's table is evaluated on a value that will be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evaluation {
    /// The rules that the struct does not enforce, on its fields.
    OnFields,
    /// The rules that the struct does not enforce, on the JSON that the value is written as.
    OnJson,
    /// The whole schema, on the JSON that the value is written as.
    OfSchema,
}

/// A type's table.
#[derive(Debug)]
pub struct Table {
    schema: &'static Schema<'static>,
    /// What it needs to know of an object of its type; `None` if it needs the whole object.
    needed: OnceLock<Option<NeededProperties>>,
    /// What distinguishes the alternatives in it.
    alternatives: OnceLock<Alternatives<'static>>,
}

impl Table {
    /// The table of these rules.
    pub const fn new(schema: &'static Schema<'static>) -> Self {
        Self { schema, needed: OnceLock::new(), alternatives: OnceLock::new() }
    }

    /// What it needs to know of an object of its type; `None` if it needs the whole object.
    #[inline]
    pub(super) fn needed(&self, info: &ObjectInfo) -> Option<&NeededProperties> {
        self.needed.get_or_init(|| NeededProperties::by(self.schema.0, info)).as_ref()
    }

    /// Evaluates the table on a value as it would be written.
    #[inline]
    pub(super) fn evaluate_written(&self, json: Written, report: &mut dyn FnMut(Violation)) {
        let json = match json {
            Ok(json) => json,
            Err(error) => {
                return report(not_written(String::new(), error));
            }
        };
        match Value::parse(json.as_ref()) {
            Ok(tree) => self.evaluate(Seen::Tree(&tree), report),
            Err(error) => report(not_written(error.pointer, error.message)),
        }
    }

    /// Evaluates the table on JSON. If it may hold numbers as texts, they are evaluated as numbers.
    #[inline]
    pub(super) fn evaluate_json(&self, json: &Json, has_texts: bool) -> Vec<Violation> {
        if !has_texts {
            return self.violations(Seen::Json(json));
        }
        let mut found = Vec::new();
        self.evaluate_written(json_of(json), &mut |violation| found.push(violation));
        found
    }

    /// The violations of a value.
    #[inline]
    pub(super) fn violations(&self, value: Seen<'_>) -> Vec<Violation> {
        let alternatives = self.alternatives.get_or_init(|| Alternatives::of(self.schema));
        let outcome = evaluate_prepared(self.schema, alternatives, value);
        outcome.map_or_else(Violations::into_vec, |()| Vec::new())
    }

    /// Evaluates the table on a value.
    #[inline]
    pub(super) fn evaluate(&self, value: Seen<'_>, report: &mut dyn FnMut(Violation)) {
        self.violations(value).into_iter().for_each(report);
    }

    /// Evaluates only the rules on which properties are present, not those on their values. A property whose
    /// value was refused counts as present.
    #[inline]
    pub(super) fn evaluate_presence(
        &self,
        object: &SeenObject<'_>,
        report: &mut dyn FnMut(Violation),
    ) {
        let rules: Vec<Rule<'_>> =
            self.schema.0.iter().filter(|rule| rule.is_on_presence()).copied().collect();
        let outcome = evaluate(&Schema(&rules), &[], Seen::Object(object));
        outcome.map_or_else(Violations::into_vec, |()| Vec::new()).into_iter().for_each(report);
    }

    /// Reads a value as a tree, and evaluates the table on it.
    ///
    /// # Errors
    ///
    /// When the value is not valid.
    pub(super) fn read<'de, D>(&self, input: D, cx: &Context) -> Result<Value<'de>, D::Error>
    where
        D: Deserializer<'de>,
    {
        let tree = serde::Deserialize::deserialize(input)?;
        let found = self.violations(Seen::Tree(&tree));
        if found.is_empty() {
            return Ok(tree);
        }
        Err(cx.refuse(found))
    }
}

fn not_written(pointer: String, why: impl Display) -> Violation {
    Violation::of(pointer, "type", NOT_WRITTEN.with([Arg::Text(&why)]))
}

#[cfg(test)]
mod tests {
    use serde::ser::{Error as _, Serialize, SerializeMap as _, Serializer};

    use super::*;

    /// A value that has no JSON.
    struct Unwritable;

    impl Serialize for Unwritable {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(S::Error::custom("has no JSON"))
        }
    }

    /// An object in a list, with a property that is there twice.
    struct Twice;

    impl Serialize for Twice {
        fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
            let mut object = output.serialize_map(None)?;
            object.serialize_entry("a", &1)?;
            object.serialize_entry("a", &2)?;
            object.end()
        }
    }

    #[test]
    fn what_has_no_json_is_refused_whatever_the_table_allows() {
        static ANYTHING: Schema<'static> = Schema(&[]);
        let said = |json: Written| {
            let mut found = Vec::new();
            Table::new(&ANYTHING).evaluate_written(json, &mut |violation| {
                found.push(format!("{}: {violation}", violation.keyword));
            });
            found
        };
        assert_eq!(said(json_of(&[1])), [""; 0]);
        let why = "cannot be written as JSON:";
        assert_eq!(said(json_of(&Unwritable)), [format!("type: {why} has no JSON")]);
        assert_eq!(said(json_of(&[Twice])), [format!("type: /0 {why} has the property `a` twice")]);
    }
}
