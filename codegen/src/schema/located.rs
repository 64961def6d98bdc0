//! A value in a file, and how to read it as what it should be.

use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::source::{File, Node, Number, Object, Value};

/// A value in a file.
#[derive(Clone, Debug)]
pub(crate) struct Located<'a> {
    /// The file.
    pub(crate) file: &'a File,
    /// Where in it.
    pub(crate) place: Place,
    /// The value.
    pub(crate) node: &'a Node,
}

impl<'a> Located<'a> {
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

    pub(crate) fn object(&self, diagnostics: &mut Diagnostics) -> Option<&'a Object> {
        match &self.node.value {
            Value::Object(object) => Some(object),
            _ => self.wants("an object", diagnostics),
        }
    }

    /// The properties of an object, each a located value.
    pub(crate) fn properties(&self, diagnostics: &mut Diagnostics) -> Vec<(&'a str, Self)> {
        let entries = self.object(diagnostics).map_or(&[][..], |object| &object.entries);
        entries.iter().map(|entry| (&*entry.key, self.below(&entry.key, &entry.node))).collect()
    }

    /// The items of an array, each a located value.
    pub(crate) fn items(&self, diagnostics: &mut Diagnostics) -> Vec<Self> {
        match &self.node.value {
            Value::Array(items) => items
                .iter()
                .enumerate()
                .map(|(index, node)| self.below(&index.to_string(), node))
                .collect(),
            _ => {
                self.wants::<()>("an array", diagnostics);
                Vec::new()
            }
        }
    }

    pub(crate) fn text(&self, diagnostics: &mut Diagnostics) -> Option<&'a str> {
        match &self.node.value {
            Value::String(text) => Some(text),
            _ => self.wants("a string", diagnostics),
        }
    }

    pub(crate) fn flag(&self, diagnostics: &mut Diagnostics) -> Option<bool> {
        match &self.node.value {
            Value::Bool(flag) => Some(*flag),
            _ => self.wants("true or false", diagnostics),
        }
    }

    pub(crate) fn number(&self, diagnostics: &mut Diagnostics) -> Option<Number> {
        match &self.node.value {
            Value::Number(number) => Some(*number),
            _ => self.wants("a number", diagnostics),
        }
    }

    pub(crate) fn whole(&self, diagnostics: &mut Diagnostics) -> Option<i128> {
        match &self.node.value {
            Value::Number(number) if number.to_whole().is_some() => number.to_whole(),
            _ => self.wants("a whole number", diagnostics),
        }
    }

    /// A number of things: whole, and not below zero.
    pub(crate) fn count(&self, diagnostics: &mut Diagnostics) -> Option<usize> {
        match &self.node.value {
            Value::Number(number) => {
                match number.to_whole().and_then(|whole| usize::try_from(whole).ok()) {
                    Some(count) => Some(count),
                    None => self.wants("a whole number, 0 or more", diagnostics),
                }
            }
            _ => self.wants("a whole number", diagnostics),
        }
    }

    /// A string that is one of a few words.
    pub(crate) fn one_of<T: Copy>(
        &self,
        words: &[(&str, T)],
        diagnostics: &mut Diagnostics,
    ) -> Option<T> {
        let found = self.text(diagnostics)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == found) {
            return Some(*value);
        }
        let known: Vec<String> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
        let error = self.must_be(&format!("one of {}", known.join(", ")), diagnostics);
        error.help(match words.iter().find(|(word, _)| is_slip(found, word)) {
            Some((word, _)) => format!("nothing else is supported: did you mean \"{word}\"?"),
            None => "nothing else is supported".to_owned(),
        });
        None
    }

    /// Reports that something else should stand here.
    pub(crate) fn wants<T>(&self, what: &str, diagnostics: &mut Diagnostics) -> Option<T> {
        self.must_be(what, diagnostics);
        None
    }

    /// Reports that something else should stand here, and leaves the cure to the caller.
    pub(crate) fn must_be<'r>(
        &self,
        what: &str,
        diagnostics: &'r mut Diagnostics,
    ) -> &'r mut Diagnostic {
        diagnostics.error(&self.place, format!("must be {what}, found {}", self.node.describe()))
    }
}

/// Whether a word is another one with one of four letters amiss at most. One that merely resembles
/// another, as `idn-hostname` does `hostname`, and `PUT` `GET`, says something else.
fn is_slip(found: &str, word: &str) -> bool {
    strsim::osa_distance(&found.to_lowercase(), &word.to_lowercase()) * 4 <= word.len()
}
