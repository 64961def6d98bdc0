//! A value in a file, and how to read it as a value of the wanted type.
//!
//! ```text
//! "minLength": "2"
//!
//! name.json:1:51 /minLength: must be a whole number, found "2"
//! ```

use wechat_bizwifi_rules::Format;

use super::draft::Draft;
use super::keyword_facts::Holds;
use super::keywords::{Keyword, is_misspelt};
use crate::diagnostics::{ErrorReport, Lint, Place, Reported, Reporter, Severity};
use crate::source::{File, Input, Node, Number, Object, Span, Value};
use crate::util::CollectVec as _;

/// A value, its place, and the reporter of errors in it.
#[derive(Clone)]
pub(crate) struct Located<'a> {
    pub(crate) file: &'a File,
    pub(crate) place: Place,
    pub(crate) node: &'a Node,
    pub(crate) reporter: &'a Reporter,
    /// The draft that it is written in.
    pub(crate) draft: Draft,
}

/// What identifies a value among all others: its file, and its span there.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Identity {
    file: *const File,
    span: Span,
}

impl<'a> Located<'a> {
    /// The root value of a file.
    pub(crate) fn root(file: &'a File, reporter: &'a Reporter) -> Self {
        let stated = file.stated_schema().and_then(Draft::of_uri);
        let draft = stated.unwrap_or(Draft::Draft202012);
        Self { file, place: file.place(), node: &file.root, reporter, draft }
    }

    /// A value one step below this one.
    pub(crate) fn below(&self, step: &str, node: &'a Node) -> Self {
        Self { place: self.place.below(step, node.span.range()), node, ..self.clone() }
    }

    /// The value that a JSON pointer leads to from this one; this one, if it leads nowhere.
    pub(crate) fn at(&self, pointer: &str) -> Self {
        let node = self.node.at(pointer).unwrap_or(self.node);
        let place = Place {
            span: node.span.range(),
            pointer: [&*self.place.pointer, pointer].concat().into(),
            ..self.place.clone()
        };
        Self { place, node, ..self.clone() }
    }

    /// The value of a keyword, if the schema has it.
    pub(crate) fn keyword(&self, keyword: Keyword) -> Option<Self> {
        let Value::Object(object) = &self.node.value else { return None };
        object.get(keyword.name()).map(|node| self.below(keyword.name(), node))
    }

    /// Whether all keywords beside its `$ref` are ignored.
    pub(crate) fn is_lone_reference(&self) -> bool {
        matches!(&self.node.value, Value::Object(it) if self.draft.is_lone_reference(it))
    }

    /// What identifies this value among all others.
    pub(crate) fn identity(&self) -> Identity {
        Identity { file: self.file, span: self.place.span.clone().into() }
    }

    /// Reports an error at this place.
    pub(crate) fn error(&self, message: impl Into<String>) -> ErrorReport<'a> {
        self.reporter.error(&self.place, message)
    }

    /// Reports a hint at this place: what could be better.
    pub(crate) fn hint(&self, message: impl Into<String>, help: &str) {
        self.reporter.hint(&self.place, message, help);
    }

    /// Reports something that needs a feature of this crate which is off.
    pub(crate) fn needs_feature(&self, what: &str, feature: &str) -> ErrorReport<'a> {
        self.reporter.needs_feature(&self.place, what, feature)
    }

    /// Reports a format that needs a feature of this crate which is off.
    pub(crate) fn report_missing_feature(&self) -> Result<(), Reported> {
        let name = self.text()?;
        match Format::missing_feature(name) {
            Some(feature) => self.needs_feature(&format!("the format `{name}`"), feature).fail(),
            None => Ok(()),
        }
    }

    /// Whether it is part of a document, and not of a description.
    pub(crate) fn is_document(&self) -> bool {
        self.file.input != Input::Description
    }

    /// Reports an error in a description, or a warning in a document.
    pub(crate) fn lint(&self, message: impl Into<String>) -> Lint<'a> {
        self.reporter.lint(self.lint_severity(), &self.place, message)
    }

    /// The same at another place of the file.
    pub(crate) fn lint_at(&self, place: &Place, message: impl Into<String>) -> Lint<'a> {
        self.reporter.lint(self.lint_severity(), place, message)
    }

    pub(super) fn lint_severity(&self) -> Severity {
        if self.is_document() { Severity::Warning } else { Severity::Error }
    }

    pub(crate) fn object(&self) -> Result<&'a Object, Reported> {
        match &self.node.value {
            Value::Object(object) => Ok(object),
            _ => self.wants("an object"),
        }
    }

    /// The properties of an object. A value that is no object is reported, and has none.
    pub(crate) fn properties(&self) -> Vec<(&'a str, Self)> {
        let entries = self.object().map_or(&[][..], |object| &object.entries);
        entries.iter().map(|entry| (&*entry.key, self.below(&entry.key, &entry.node))).collect_vec()
    }

    /// The items of an array. A value that is no array is reported, and has none.
    pub(crate) fn items(&self) -> Vec<Self> {
        match &self.node.value {
            Value::Array(items) => items
                .iter()
                .enumerate()
                .map(|(index, node)| self.below(&index.to_string(), node))
                .collect_vec(),
            _ => {
                self.must_be("an array");
                Vec::new()
            }
        }
    }

    /// The subschemas in the value of a keyword, by what the keyword holds. A value of another form
    /// is reported by the step that reads it.
    pub(crate) fn subschemas(&self, holds: Holds) -> Vec<Self> {
        match (holds, &self.node.value) {
            (Holds::Data(_), _) => Vec::new(),
            // Before JSON Schema 2020-12, `items` could be an array.
            (Holds::Schemas | Holds::Schema, Value::Array(_)) => self.items(),
            (Holds::SchemaMap, Value::Object(_)) => {
                self.properties().into_iter().map(|(_, schema)| schema).collect_vec()
            }
            _ => vec![self.clone()],
        }
    }

    /// The strings of an array; other items are reported.
    pub(crate) fn texts(&self) -> Vec<String> {
        self.items().iter().filter_map(|item| item.text().ok()).map(str::to_owned).collect_vec()
    }

    pub(crate) fn text(&self) -> Result<&'a str, Reported> {
        match &self.node.value {
            Value::String(text) => Ok(text),
            _ => self.wants("a string"),
        }
    }

    pub(crate) fn flag(&self) -> Result<bool, Reported> {
        match &self.node.value {
            Value::Bool(flag) => Ok(*flag),
            _ => self.wants("true or false"),
        }
    }

    /// The number that a keyword holds.
    pub(crate) fn number(&self, keyword: Keyword) -> Result<Number, Reported> {
        let inclusive = match keyword {
            Keyword::ExclusiveMinimum => Keyword::Minimum,
            Keyword::ExclusiveMaximum => Keyword::Maximum,
            other => other,
        };
        match &self.node.value {
            Value::Number(number) => Ok(*number),
            Value::Bool(is_exclusive) if keyword != inclusive => {
                let correction = match is_exclusive {
                    true => format!("write the number here in place of `{}`", inclusive.name()),
                    false => "leave it out".to_owned(),
                };
                let help = format!("{correction}, or state draft 4 in `$schema`");
                self.must_be("a number").help(help).fail()
            }
            _ => self.wants("a number"),
        }
    }

    pub(crate) fn whole(&self) -> Result<i128, Reported> {
        let whole = match &self.node.value {
            Value::Number(number) => number.to_i128(),
            _ => None,
        };
        whole.map_or_else(|| self.wants("a whole number"), Ok)
    }

    /// A whole number of 64 bits.
    pub(crate) fn whole_64(&self) -> Result<i64, Reported> {
        i64::try_from(self.whole()?).or_else(|_| self.wants("a 64-bit number"))
    }

    /// A count: a whole number that is not below zero.
    pub(crate) fn count(&self) -> Result<usize, Reported> {
        let whole = self.whole()?;
        let wanted = if whole < 0 { "a whole number, 0 or more" } else { "less than 2^64" };
        usize::try_from(whole).or_else(|_| self.wants(wanted))
    }

    /// A string that is one of a few names.
    pub(crate) fn one_of<T: Copy>(&self, names: &[(&str, T)]) -> Result<T, Reported> {
        let found = self.text()?;
        if let Some((_, value)) = names.iter().find(|(name, _)| *name == found) {
            return Ok(*value);
        }
        self.must_be_one_of(&names.iter().map(|(name, _)| *name).collect_vec(), found).fail()
    }

    fn must_be_one_of(&self, names: &[&str], found: &str) -> ErrorReport<'a> {
        let known = names.iter().map(|name| format!("\"{name}\"")).collect_vec();
        let help = match names.iter().find(|name| is_misspelt(found, name)) {
            Some(name) => format!("nothing else is supported: did you mean \"{name}\"?"),
            None => "nothing else is supported".to_owned(),
        };
        self.must_be(&format!("one of {}", known.join(", "))).help(help)
    }

    /// Reports that another value is wanted here.
    pub(crate) fn wants<T>(&self, what: &str) -> Result<T, Reported> {
        self.must_be(what).fail()
    }

    /// Reports that another value is wanted here, and leaves the help to the caller.
    pub(crate) fn must_be(&self, what: &str) -> ErrorReport<'a> {
        self.error(format!("must be {what}, found {}", self.node.describe()))
    }
}
