//! A value in a file, and how to read it as what it should be.

use crate::report::{Fault, Place, Report};
use crate::source::{File, Node, Number, Object, Value};

/// A value in a file.
#[derive(Clone, Debug)]
pub(crate) struct Spot<'a> {
    /// The file.
    pub(crate) file: &'a File,
    /// Where in it.
    pub(crate) place: Place,
    /// The value.
    pub(crate) node: &'a Node,
}

impl<'a> Spot<'a> {
    /// The whole of a file.
    pub(crate) fn new(file: &'a File) -> Self {
        Self { file, place: file.place(), node: &file.root }
    }

    /// One step further down.
    pub(crate) fn below(&self, step: &str, node: &'a Node) -> Self {
        Self { file: self.file, place: self.place.below(step, node.span.clone()), node }
    }

    /// What names this value among all others.
    pub(crate) fn identity(&self) -> (&'a str, &str) {
        (&self.file.path, &self.place.pointer)
    }

    pub(crate) fn object(&self, report: &mut Report) -> Option<&'a Object> {
        match &self.node.value {
            Value::Object(object) => Some(object),
            _ => self.wants("an object", report),
        }
    }

    /// The properties of an object, each a spot.
    pub(crate) fn properties(&self, report: &mut Report) -> Vec<(&'a str, Self)> {
        let entries = self.object(report).map_or(&[][..], |object| &object.entries);
        entries.iter().map(|entry| (&*entry.key, self.below(&entry.key, &entry.node))).collect()
    }

    /// The items of an array, each a spot.
    pub(crate) fn items(&self, report: &mut Report) -> Vec<Self> {
        match &self.node.value {
            Value::Array(items) => items
                .iter()
                .enumerate()
                .map(|(index, node)| self.below(&index.to_string(), node))
                .collect(),
            _ => {
                self.wants::<()>("an array", report);
                Vec::new()
            }
        }
    }

    pub(crate) fn text(&self, report: &mut Report) -> Option<&'a str> {
        match &self.node.value {
            Value::String(text) => Some(text),
            _ => self.wants("a string", report),
        }
    }

    pub(crate) fn flag(&self, report: &mut Report) -> Option<bool> {
        match &self.node.value {
            Value::Bool(flag) => Some(*flag),
            _ => self.wants("true or false", report),
        }
    }

    pub(crate) fn number(&self, report: &mut Report) -> Option<Number> {
        match &self.node.value {
            Value::Number(number) => Some(*number),
            _ => self.wants("a number", report),
        }
    }

    pub(crate) fn whole(&self, report: &mut Report) -> Option<i128> {
        match &self.node.value {
            Value::Number(number) if number.to_whole().is_some() => number.to_whole(),
            _ => self.wants("a whole number", report),
        }
    }

    /// A number of things: whole, and not below zero.
    pub(crate) fn count(&self, report: &mut Report) -> Option<usize> {
        match &self.node.value {
            Value::Number(number) => {
                match number.to_whole().and_then(|whole| usize::try_from(whole).ok()) {
                    Some(count) => Some(count),
                    None => self.wants("a whole number, 0 or more", report),
                }
            }
            _ => self.wants("a whole number", report),
        }
    }

    /// A string that is one of a few words.
    pub(crate) fn one_of<T: Copy>(&self, words: &[(&str, T)], report: &mut Report) -> Option<T> {
        let found = self.text(report)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == found) {
            return Some(*value);
        }
        let known: Vec<String> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
        let fault = self.must_be(&format!("one of {}", known.join(", ")), report);
        fault.cure(match words.iter().find(|(word, _)| is_slip(found, word)) {
            Some((word, _)) => format!("nothing else is supported: did you mean \"{word}\"?"),
            None => "nothing else is supported".to_owned(),
        });
        None
    }

    /// Reports that something else should stand here.
    pub(crate) fn wants<T>(&self, what: &str, report: &mut Report) -> Option<T> {
        self.must_be(what, report);
        None
    }

    /// Reports that something else should stand here, and leaves the cure to the caller.
    pub(crate) fn must_be<'r>(&self, what: &str, report: &'r mut Report) -> &'r mut Fault {
        report.fault(&self.place, format!("must be {what}, found {}", self.node.describe()))
    }
}

/// Whether a word is another one with one of four letters amiss at most. One that merely resembles
/// another, as `idn-hostname` does `hostname`, and `PUT` `GET`, says something else.
fn is_slip(found: &str, word: &str) -> bool {
    strsim::osa_distance(&found.to_lowercase(), &word.to_lowercase()) * 4 <= word.len()
}
