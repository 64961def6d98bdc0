//! The keywords of an object. Each must be used by some step: unused ones are reported.
//!
//! ```text
//! { "type": "string", "maximum": 3 }
//!
//! read(Type): "string", and marks it as used    unused(): `maximum`
//! ```

use std::cell::{Cell, RefCell};

use super::keywords::{Keyword, nearest};
use super::located::Located;
use super::subject::Subject;
use crate::diagnostics::{ErrorReport, Lint, Place, Reported};
use crate::source::{Entry, Node, Object, Value};
use crate::util::{CollectVec as _, sort_by};

/// The keywords of one object.
pub(crate) struct KeywordReader<'a> {
    /// The object.
    pub(crate) located: Located<'a>,
    object: &'a Object,
    is_used: Vec<Cell<bool>>,
    /// Why a keyword is ignored, if it is.
    ignored: Vec<Option<Ignored>>,
    /// The keywords that were asked for, whether or not the object has them.
    asked: RefCell<Vec<&'static str>>,
    subject: Cell<Subject>,
}

/// Why a keyword is ignored.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ignored {
    /// It is an annotation that the generator does not use.
    Annotation,
    /// It is no keyword of JSON Schema.
    Unknown,
    /// The document's draft does not have it.
    OtherDraft,
    /// It is beside a `$ref`, in a draft up to 7.
    BesideReference,
}

impl Ignored {
    /// Why a keyword of a schema is ignored, if it is.
    fn of(entry: &Entry, schema: &Located<'_>, is_lone: bool) -> Option<Self> {
        if entry.key.starts_with("x-") {
            return Some(Self::Annotation);
        }
        if !schema.is_document() {
            return None;
        }
        match Keyword::of_schema(&entry.key) {
            None | Some(Keyword::Nullable) => Some(Self::Unknown),
            Some(Keyword::PropertyOrder) if !is_property_order(&entry.node.value) => {
                Some(Self::Annotation)
            }
            Some(keyword) if keyword.is_annotation_of_documents() => Some(Self::Annotation),
            Some(keyword) if !keyword.is_enforced() => None,
            Some(keyword) if !keyword.exists_in(schema.draft) => Some(Self::OtherDraft),
            Some(keyword) if is_lone && keyword != Keyword::Ref => Some(Self::BesideReference),
            Some(_) => None,
        }
    }
}

/// Whether `propertyOrder` has this generator's meaning. Documents also use it for the position of
/// a property in a form, or for the order of properties there: `10`, or `["a", "b"]`.
pub(crate) fn is_property_order(value: &Value) -> bool {
    matches!(value, Value::Array(orders) if orders.iter().all(Node::is_array))
}

/// A keyword with its value.
#[derive(Clone)]
pub(crate) struct KeywordEntry<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: Located<'a>,
    /// The place of the keyword itself.
    pub(crate) key: Place,
}

impl<'a> KeywordEntry<'a> {
    /// Reports an error at the keyword itself.
    pub(crate) fn error(&self, message: impl Into<String>) -> ErrorReport<'a> {
        self.value.reporter.error(&self.key, message)
    }

    /// Reports a text for people that only a Markdown parser can read.
    #[cfg(not(feature = "markdown"))]
    fn report_markdown(&self, keyword: Keyword) {
        let text =
            self.value.node.as_text().filter(|_| keyword.is(super::keyword_facts::Mark::ForPeople));
        if text.is_some_and(|text| !crate::markdown::is_prose(text)) {
            let what = "Markdown other than paragraphs, code and links to pages";
            self.value.needs_feature(what, "markdown");
        }
    }

    /// Reports an error in a description, or a warning in a document, at the keyword itself.
    pub(crate) fn lint(&self, message: impl Into<String>) -> Lint<'a> {
        self.value.reporter.lint(self.value.lint_severity(), &self.key, message)
    }
}

impl<'a> KeywordReader<'a> {
    /// Reads an object that is no schema. Unused keywords are reported as unknown; in a document,
    /// only those that are keywords of schemas.
    pub(crate) fn read_all<T>(
        located: &Located<'a>,
        read: impl FnOnce(&Self) -> Result<T, Reported>,
    ) -> Result<T, Reported> {
        let keywords = Self::of_description(located)?;
        let result = read(&keywords);
        keywords.report_unused();
        result
    }

    /// The keywords of an object that is no schema; those that begin with `x-` are ignored.
    fn of_description(located: &Located<'a>) -> Result<Self, Reported> {
        let mut keywords = Self::new(located)?;
        let ignored = |entry: &Entry| entry.key.starts_with("x-").then_some(Ignored::Annotation);
        keywords.ignored = keywords.object.entries.iter().map(ignored).collect_vec();
        Ok(keywords)
    }

    /// The keywords of an object, none of which is used yet.
    pub(crate) fn new(located: &Located<'a>) -> Result<Self, Reported> {
        let object = located.object()?;
        let is_lone = located.is_lone_reference();
        let ignored = object.entries.iter().map(|entry| Ignored::of(entry, located, is_lone));
        Ok(Self {
            located: located.clone(),
            object,
            is_used: object.entries.iter().map(|_| Cell::new(false)).collect_vec(),
            ignored: ignored.collect_vec(),
            asked: RefCell::default(),
            subject: Cell::new(Subject::Unknown),
        })
    }

    /// A keyword, if it is there, which is marked as used.
    pub(crate) fn read(&self, keyword: Keyword) -> Option<KeywordEntry<'a>> {
        self.asked.borrow_mut().push(keyword.name());
        let index = self.position(keyword)?;
        self.is_used[index].set(true);
        let entry = self.entry(index);
        #[cfg(not(feature = "markdown"))]
        entry.report_markdown(keyword);
        Some(entry)
    }

    /// Marks a keyword that the type enforces. One that stays unmarked becomes a rule of the table.
    pub(crate) fn mark_enforced(&self, keyword: Keyword) {
        self.read(keyword);
    }

    /// A keyword that must be there, which is marked as used.
    pub(crate) fn require(&self, keyword: Keyword) -> Result<KeywordEntry<'a>, Reported> {
        self.read(keyword).map_or_else(|| self.report_missing(keyword).fail(), Ok)
    }

    /// A keyword that must be there; the help for a missing one shows this value.
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

    /// Marks all keywords as used, since the schema was read before.
    pub(crate) fn use_all(&self) {
        self.is_used.iter().for_each(|is_used| is_used.set(true));
    }

    /// Whether a keyword is there; it is not marked as used.
    pub(crate) fn has(&self, keyword: Keyword) -> bool {
        self.peek(keyword).is_some()
    }

    /// A keyword's value; it is not marked as used.
    pub(crate) fn peek(&self, keyword: Keyword) -> Option<&'a Node> {
        self.position(keyword).map(|index| &self.object.entries[index].node)
    }

    /// The value of a keyword of a schema that is not read here, unless it is ignored.
    pub(crate) fn peek_at(schema: &Located<'a>, keyword: Keyword) -> Option<Located<'a>> {
        schema
            .node
            .is_object()
            .then(|| Self::new(schema).ok())??
            .peek_entry(keyword)
            .map(|entry| entry.value)
    }

    /// The items of a keyword's array; it is not marked as used.
    pub(crate) fn peek_items(&self, keyword: Keyword) -> Vec<Located<'a>> {
        self.peek_entry(keyword).map_or_else(Vec::new, |entry| entry.value.items())
    }

    /// A keyword with its value; it is not marked as used.
    pub(crate) fn peek_entry(&self, keyword: Keyword) -> Option<KeywordEntry<'a>> {
        self.position(keyword).map(|index| self.entry(index))
    }

    /// The index of a keyword, if it is there and not ignored.
    fn position(&self, keyword: Keyword) -> Option<usize> {
        let name = keyword.name();
        let index = self.object.entries.iter().position(|entry| &*entry.key == name)?;
        self.ignored[index].is_none().then_some(index)
    }

    /// Every keyword that is there and not ignored: `None` for a name that is no keyword of
    /// schemas.
    pub(crate) fn present(&self) -> impl Iterator<Item = Option<Keyword>> {
        let entries = self.object.entries.iter().zip(&self.ignored);
        let counted = entries.filter(|(_, ignored)| ignored.is_none());
        counted.map(|(entry, _)| Keyword::of_schema(&entry.key))
    }

    /// The keywords that restrict values, and `None` for each unknown one, since it might.
    pub(crate) fn enforced(&self) -> impl Iterator<Item = Option<Keyword>> {
        self.present().filter(|keyword| keyword.is_none_or(Keyword::is_enforced))
    }

    /// Reads a string.
    pub(crate) fn text(&self, keyword: Keyword) -> Option<&'a str> {
        self.read(keyword)?.value.text().ok()
    }

    /// Reads the documentation: in English, and below that in Chinese.
    pub(crate) fn docs(&self) -> Option<String> {
        let english = self.text(Keyword::Description);
        joined(english, self.text(Keyword::DescriptionZh))
    }

    /// Reads `true` or `false`; a missing keyword is false.
    pub(crate) fn flag(&self, keyword: Keyword) -> bool {
        self.read(keyword).and_then(|entry| entry.value.flag().ok()).unwrap_or(false)
    }

    /// Reads an array's items; a missing keyword has none.
    pub(crate) fn items(&self, keyword: Keyword) -> Vec<Located<'a>> {
        self.read(keyword).map_or_else(Vec::new, |entry| entry.value.items())
    }

    /// Reads an object's properties; a missing keyword has none.
    pub(crate) fn properties(&self, keyword: Keyword) -> Vec<(&'a str, Located<'a>)> {
        self.read(keyword).map_or_else(Vec::new, |entry| entry.value.properties())
    }

    /// Sets what the object describes, for the report of unused keywords.
    pub(crate) fn set_subject(&self, subject: Subject) {
        self.subject.set(subject);
    }

    /// What the object describes.
    pub(crate) fn subject(&self) -> Subject {
        self.subject.get()
    }

    /// The keywords that no step has used.
    pub(crate) fn unused(&self) -> impl Iterator<Item = KeywordEntry<'a>> {
        let is_used = self.is_used.iter().zip(&self.ignored).enumerate();
        let unused = is_used.filter(|(_, (is_used, ignored))| !is_used.get() && ignored.is_none());
        unused.map(|(index, _)| self.entry(index))
    }

    /// The keywords that are ignored, and why.
    pub(super) fn ignored(&self) -> impl Iterator<Item = (KeywordEntry<'a>, Ignored)> {
        let ignored = self.ignored.iter().enumerate();
        ignored.filter_map(|(index, why)| why.map(|why| (self.entry(index), why)))
    }

    /// Reports the keywords that no step has used: all of a description's, and of a document's
    /// those that are keywords of schemas.
    fn report_unused(&self) {
        let is_foreign = |unused: &KeywordEntry<'_>| {
            !self.located.is_document() || Keyword::of_schema(unused.name).is_some()
        };
        let foreign = self.unused().filter(is_foreign).collect_vec();
        if foreign.is_empty() {
            return;
        }
        let mut asked = self.asked.take();
        sort_by(&mut asked, Ord::cmp);
        asked.dedup();
        for unused in &foreign {
            report_foreign(unused, &asked);
        }
    }

    fn entry(&self, index: usize) -> KeywordEntry<'a> {
        let entry = &self.object.entries[index];
        let value = self.located.below(&entry.key, &entry.node);
        let key = Place { span: entry.key_span.range(), ..value.place.clone() };
        KeywordEntry { name: &entry.key, value, key }
    }
}

/// Reports a keyword that does not belong to an object: none of those that were asked for.
fn report_foreign(unused: &KeywordEntry<'_>, asked: &[&str]) {
    let error = unused.error("no such keyword belongs here");
    match nearest(unused.name, asked.iter().copied()) {
        Some(name) => error.help(format!("did you mean `{name}`?")),
        None => {
            let names: Vec<String> = asked.iter().map(|name| format!("`{name}`")).collect_vec();
            error.help(format!("what belongs here: {}", names.join(", ")))
        }
    };
}

/// Two texts as paragraphs, the second one below the first.
pub(crate) fn joined(first: Option<&str>, second: Option<&str>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) => Some(format!("{first}\n\n{second}")),
        (first, second) => first.or(second).map(str::to_owned),
    }
}
