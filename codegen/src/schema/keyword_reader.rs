//! An object's keywords, each of which somebody must read: what nobody read is reported.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use super::keywords::nearest;
use super::located::Located;
use crate::diagnostics::{Diagnostics, Place};
use crate::source::Object;

/// The keywords of one object.
#[derive(Debug)]
pub(crate) struct KeywordReader<'a> {
    /// The object.
    pub(crate) schema: Located<'a>,
    object: &'a Object,
    is_used: Vec<Cell<bool>>,
    /// Every keyword that was asked for, there or not.
    asked: RefCell<BTreeSet<&'static str>>,
    /// What the object describes, in words, once that is known.
    subject: Cell<&'static str>,
}

/// A keyword with its value.
#[derive(Clone, Debug)]
pub(crate) struct KeywordEntry<'a> {
    pub(crate) value: Located<'a>,
    /// Where the keyword itself stands.
    pub(crate) key: Place,
}

impl<'a> KeywordReader<'a> {
    /// Reads an object whose keywords are its description's own: what is not used is no such keyword.
    pub(crate) fn open<T>(
        located: &Located<'a>,
        diagnostics: &mut Diagnostics,
        read: impl FnOnce(&Self, &mut Diagnostics) -> T,
    ) -> Option<T> {
        Self::open_with(located, diagnostics, read, |keywords, unused, diagnostics| {
            let asked = keywords.asked.borrow();
            let error = diagnostics.error(&unused.key, "no such keyword belongs here");
            match nearest(name_of(unused), asked.iter().copied()) {
                Some(name) => error.help(format!("did you mean `{name}`?")),
                None => error.help(format!("what belongs here: {}", joined(&asked))),
            };
        })
    }

    /// Reads an object; `report_unused` says what to report of each keyword that was not used.
    pub(crate) fn open_with<T>(
        located: &Located<'a>,
        diagnostics: &mut Diagnostics,
        read: impl FnOnce(&Self, &mut Diagnostics) -> T,
        report_unused: impl Fn(&Self, &KeywordEntry<'a>, &mut Diagnostics),
    ) -> Option<T> {
        let object = located.object(diagnostics)?;
        let keywords = Self {
            schema: located.clone(),
            object,
            is_used: object.entries.iter().map(|_| Cell::new(false)).collect(),
            asked: RefCell::default(),
            subject: Cell::new("such a schema"),
        };
        let result = read(&keywords, diagnostics);
        for (index, is_used) in keywords.is_used.iter().enumerate() {
            if !is_used.get() {
                report_unused(&keywords, &keywords.entry(index), diagnostics);
            }
        }
        Some(result)
    }

    /// Reads a keyword, if it is there.
    pub(crate) fn read(&self, name: &'static str) -> Option<KeywordEntry<'a>> {
        self.asked.borrow_mut().insert(name);
        let index = self.object.entries.iter().position(|entry| entry.key == name)?;
        self.is_used[index].set(true);
        Some(self.entry(index))
    }

    /// Reads a keyword that must be there.
    pub(crate) fn require(
        &self,
        name: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<KeywordEntry<'a>> {
        let entry = self.read(name);
        if entry.is_none() {
            diagnostics.error(&self.schema.place, format!("`{name}` is missing"));
        }
        entry
    }

    /// Reads a keyword that must be there; if it is not, this is what it could be.
    pub(crate) fn require_such_as(
        &self,
        name: &'static str,
        value: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<KeywordEntry<'a>> {
        let entry = self.read(name);
        if entry.is_none() {
            diagnostics
                .error(&self.schema.place, format!("`{name}` is missing"))
                .help(format!("add it: `\"{name}\": {value}`"));
        }
        entry
    }

    /// Whether the keyword is there; it is not used by that.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.object.get(name).is_some()
    }

    /// Every keyword that is there.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.object.entries.iter().map(|entry| &*entry.key)
    }

    /// Reads a string.
    pub(crate) fn text(
        &self,
        name: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<&'a str> {
        self.read(name)?.value.text(diagnostics)
    }

    /// Reads `true` or `false`; what is not there is false.
    pub(crate) fn flag(&self, name: &'static str, diagnostics: &mut Diagnostics) -> bool {
        self.read(name).and_then(|entry| entry.value.flag(diagnostics)).unwrap_or(false)
    }

    /// Reads an array's items; what is not there has none.
    pub(crate) fn items(
        &self,
        name: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Located<'a>> {
        self.read(name).map_or_else(Vec::new, |entry| entry.value.items(diagnostics))
    }

    /// Says what the object describes, for the report of unused keywords.
    pub(crate) fn set_subject(&self, subject: &'static str) {
        self.subject.set(subject);
    }

    /// What the object describes.
    pub(crate) fn subject(&self) -> &'static str {
        self.subject.get()
    }

    fn entry(&self, index: usize) -> KeywordEntry<'a> {
        let entry = &self.object.entries[index];
        let value = self.schema.below(&entry.key, &entry.node);
        let key = Place { span: entry.key_span.clone(), ..value.place.clone() };
        KeywordEntry { value, key }
    }
}

/// The keyword itself.
pub(crate) fn name_of<'a>(entry: &'a KeywordEntry<'_>) -> &'a str {
    let text = &entry.key.file.text[entry.key.span.clone()];
    text.trim_matches('"')
}

fn joined(names: &BTreeSet<&'static str>) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
