//! An object's keywords, each of which somebody must use: what nobody used is reported.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use super::keywords::{Keyword, nearest};
use super::located::Located;
use super::unused::Subject;
use crate::diagnostics::{ErrorReport, Place, Reported};
use crate::source::{Node, Object};

/// The keywords of one object.
#[derive(Debug)]
pub(crate) struct KeywordReader<'a> {
    /// The object.
    pub(crate) located: Located<'a>,
    object: &'a Object,
    is_used: Vec<Cell<bool>>,
    /// Every keyword that was asked for, there or not.
    asked: RefCell<BTreeSet<&'static str>>,
    subject: Cell<Subject>,
}

/// A keyword with its value.
#[derive(Clone, Debug)]
pub(crate) struct KeywordEntry<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: Located<'a>,
    /// Where the keyword itself stands.
    pub(crate) key: Place,
}

impl<'a> KeywordEntry<'a> {
    /// Reports an error at the keyword itself.
    pub(crate) fn error(&self, message: impl Into<String>) -> ErrorReport<'a> {
        self.value.reporter.error(&self.key, message)
    }
}

impl<'a> KeywordReader<'a> {
    /// Reads an object whose keywords are its description's own: what is not used is no such keyword.
    pub(crate) fn read_all<T>(
        located: &Located<'a>,
        read: impl FnOnce(&Self) -> Result<T, Reported>,
    ) -> Result<T, Reported> {
        let keywords = Self::new(located)?;
        let result = read(&keywords);
        keywords.unused().for_each(|unused| keywords.report_foreign(&unused));
        result
    }

    /// The keywords of an object, none of which is used yet.
    pub(crate) fn new(located: &Located<'a>) -> Result<Self, Reported> {
        let object = located.object()?;
        Ok(Self {
            located: located.clone(),
            object,
            is_used: object.entries.iter().map(|_| Cell::new(false)).collect(),
            asked: RefCell::default(),
            subject: Cell::new(Subject::Unknown),
        })
    }

    /// The keyword, if it is there; it is used by that.
    pub(crate) fn read(&self, keyword: Keyword) -> Option<KeywordEntry<'a>> {
        let name = keyword.name();
        self.asked.borrow_mut().insert(name);
        let index = self.object.entries.iter().position(|entry| entry.key == name)?;
        self.is_used[index].set(true);
        Some(self.entry(index))
    }

    /// A keyword that must be there.
    pub(crate) fn require(&self, keyword: Keyword) -> Result<KeywordEntry<'a>, Reported> {
        self.read(keyword).map_or_else(|| self.report_missing(keyword).fail(), Ok)
    }

    /// A keyword that must be there; if it is not, this is what it could be.
    pub(crate) fn require_such_as(
        &self,
        keyword: Keyword,
        value: &str,
    ) -> Result<KeywordEntry<'a>, Reported> {
        let missing = || {
            let help = format!("add it: `\"{}\": {value}`", keyword.name());
            self.report_missing(keyword).help(help).fail()
        };
        self.read(keyword).map_or_else(missing, Ok)
    }

    fn report_missing(&self, keyword: Keyword) -> ErrorReport<'a> {
        self.located.error(format!("`{}` is missing", keyword.name()))
    }

    /// Whether the keyword is there; it is not used by that.
    pub(crate) fn has(&self, keyword: Keyword) -> bool {
        self.peek(keyword).is_some()
    }

    /// A keyword's value; it is not used by that.
    pub(crate) fn peek(&self, keyword: Keyword) -> Option<&'a Node> {
        self.object.get(keyword.name())
    }

    /// The items of a keyword's array, which is not used by that.
    pub(crate) fn peek_items(&self, keyword: Keyword) -> Vec<Located<'a>> {
        self.peek_entry(keyword).map_or_else(Vec::new, |entry| entry.value.items())
    }

    /// A keyword with its value, which is not used by that.
    pub(crate) fn peek_entry(&self, keyword: Keyword) -> Option<KeywordEntry<'a>> {
        let index = self.object.entries.iter().position(|entry| entry.key == keyword.name())?;
        Some(self.entry(index))
    }

    /// Every keyword that is there: `None` for a name that is no keyword of schemas.
    pub(crate) fn present(&self) -> impl Iterator<Item = Option<Keyword>> {
        self.object.entries.iter().map(|entry| Keyword::of_schema(&entry.key))
    }

    /// Reads a string.
    pub(crate) fn text(&self, keyword: Keyword) -> Option<&'a str> {
        self.read(keyword)?.value.text().ok()
    }

    /// Reads `true` or `false`; what is not there is false.
    pub(crate) fn flag(&self, keyword: Keyword) -> bool {
        self.read(keyword).and_then(|entry| entry.value.flag().ok()).unwrap_or(false)
    }

    /// Reads an array's items; what is not there has none.
    pub(crate) fn items(&self, keyword: Keyword) -> Vec<Located<'a>> {
        self.read(keyword).map_or_else(Vec::new, |entry| entry.value.items())
    }

    /// Reads an object's properties; what is not there has none.
    pub(crate) fn properties(&self, keyword: Keyword) -> Vec<(&'a str, Located<'a>)> {
        self.read(keyword).map_or_else(Vec::new, |entry| entry.value.properties())
    }

    /// Says what the object describes, for the report of unused keywords.
    pub(crate) fn set_subject(&self, subject: Subject) {
        self.subject.set(subject);
    }

    /// What the object describes.
    pub(crate) fn subject(&self) -> Subject {
        self.subject.get()
    }

    /// The keywords that nobody has used.
    pub(crate) fn unused(&self) -> impl Iterator<Item = KeywordEntry<'a>> {
        let is_used = self.is_used.iter().enumerate();
        is_used.filter(|(_, is_used)| !is_used.get()).map(|(index, _)| self.entry(index))
    }

    /// Reports a keyword that does not belong to this object.
    fn report_foreign(&self, unused: &KeywordEntry<'a>) {
        let asked = self.asked.borrow();
        let error = unused.error("no such keyword belongs here");
        match nearest(unused.name, asked.iter().copied()) {
            Some(name) => error.help(format!("did you mean `{name}`?")),
            None => {
                let names: Vec<String> = asked.iter().map(|name| format!("`{name}`")).collect();
                error.help(format!("what belongs here: {}", names.join(", ")))
            }
        };
    }

    fn entry(&self, index: usize) -> KeywordEntry<'a> {
        let entry = &self.object.entries[index];
        let value = self.located.below(&entry.key, &entry.node);
        let key = Place { span: entry.key_span.clone(), ..value.place.clone() };
        KeywordEntry { name: &entry.key, value, key }
    }
}
