//! Diagnostics: what is wrong with the descriptions, where, and what to write instead.
//!
//! ```text
//! located.error("is not a keyword").help("did you mean `maxLength`?").fail()
//!
//! name.json:1:21 /maxLenght: is not a keyword; did you mean `maxLength`?
//! ```
//!
//! Stages report to a [`Reporter`]; every `Located` value has a reference to it. A function that
//! cannot go on after an error returns `Reported`, which only reporting an error makes, so that
//! nothing fails silently.

#[cfg(feature = "excerpts")]
mod excerpt;
mod group;
mod render;
mod text;

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

pub use self::text::Text;
use crate::util::{CollectVec as _, PushAll as _, Set, sort_by};

/// A place in a file of the descriptions.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file.
    pub file: Arc<Text>,
    /// The bytes of the file.
    pub span: Range<usize>,
    /// The JSON pointer.
    pub pointer: Arc<str>,
}

impl Place {
    /// The place of the value at a property or index of this one.
    pub(crate) fn below(&self, step: &str, span: Range<usize>) -> Self {
        let step = step.replace('~', "~0").replace('/', "~1");
        let pointer = [&*self.pointer, "/", &step].concat().into();
        Self { file: Arc::clone(&self.file), span, pointer }
    }

    /// `file:line:column`, counted from 1, columns in characters.
    pub fn position(&self) -> String {
        let (line, column) = self.line_and_column();
        format!("{}:{line}:{column}", self.file.path)
    }

    /// Line and column, counted from 1, columns in characters.
    pub fn line_and_column(&self) -> (usize, usize) {
        self.line_and_column_of(self.span.start)
    }

    /// Line and column after the last character.
    pub fn end_line_and_column(&self) -> (usize, usize) {
        self.line_and_column_of(self.span.end)
    }

    fn line_and_column_of(&self, offset: usize) -> (usize, usize) {
        let file = &self.file;
        let line = file.line_of(offset);
        let before = file.chars_before(offset) - file.chars_before(file.line(line).start);
        (line + 1, before + 1)
    }
}

/// How bad a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// No code is generated.
    Error,
    /// Something may be wrong; code is generated.
    Warning,
    /// Nothing is wrong, but something could be better. Only `check` shows it.
    Hint,
}

/// An error, warning or hint.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The place that it is about; `None` if it is not about a place in a text.
    pub place: Option<Place>,
    /// The path of the file or folder that could not be read, if it is about one.
    pub file: Option<String>,
    /// What is wrong, in one line.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// Related places, each with a message.
    pub labels: Vec<(Place, String)>,
}

impl Diagnostic {
    fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// All diagnostics, in the order of files and places.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// All diagnostics, in the order of files and places.
    pub fn all(&self) -> &[Diagnostic] {
        &self.list
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether there are errors or warnings.
    pub(crate) fn has_warnings(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.severity != Severity::Hint)
    }

    /// Splits them into the errors and warnings, and the hints.
    pub(crate) fn without_hints(self) -> (Self, Self) {
        let is_hint = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Hint;
        let (hints, list) = self.list.into_iter().partition(is_hint);
        (Self { list }, Self { list: hints })
    }

    /// These diagnostics followed by those.
    #[must_use]
    pub fn and(mut self, those: Self) -> Self {
        self.list.push_all(those.list);
        self
    }

    /// The same diagnostics, all as errors.
    pub(crate) fn denied(mut self) -> Self {
        for diagnostic in &mut self.list {
            diagnostic.severity = Severity::Error;
        }
        self
    }
}

/// Collects diagnostics.
#[derive(Debug, Default)]
pub struct Reporter {
    /// A withdrawn diagnostic stays as `None`, so that the indices of the others do not change.
    list: RefCell<Vec<Option<Diagnostic>>>,
}

/// The proof that an error was reported: only a reported error makes one.
#[derive(Clone, Copy, Debug)]
#[expect(dead_code, reason = "which diagnostic it was matters to whoever debugs this")]
pub(crate) struct Reported(usize);

impl Reporter {
    /// Reports an error at a place.
    pub(crate) fn error(&self, place: &Place, message: impl Into<String>) -> ErrorReport<'_> {
        self.push(Severity::Error, Some(place), message.into())
    }

    /// Reports an error that has no place in a text, such as a file that cannot be read.
    pub(crate) fn error_without_place(&self, message: impl Into<String>) -> ErrorReport<'_> {
        self.push(Severity::Error, None, message.into())
    }

    /// Reports that something needs a feature of this crate that is off.
    pub(crate) fn needs_feature(
        &self,
        place: &Place,
        what: &str,
        feature: &str,
    ) -> ErrorReport<'_> {
        self.error(place, format!("{what} takes the feature `{feature}`, which is off")).help(
            "switch it on for wechat-bizwifi-codegen in your own build script, or for \
             wechat-bizwifi if you replace its descriptions",
        )
    }

    /// Reports an error or a warning. The result is no proof that an error was reported.
    pub(crate) fn lint(
        &self,
        severity: Severity,
        place: &Place,
        message: impl Into<String>,
    ) -> Lint<'_> {
        Lint(self.push(severity, Some(place), message.into()))
    }

    /// Reports a warning.
    pub(crate) fn warning(&self, place: &Place, message: impl Into<String>, help: &str) {
        self.push(Severity::Warning, Some(place), message.into()).help(help);
    }

    /// Reports a hint.
    pub(crate) fn hint(&self, place: &Place, message: impl Into<String>, help: &str) {
        self.push(Severity::Hint, Some(place), message.into()).help(help);
    }

    /// Withdraws a warning.
    pub(crate) fn withdraw(&self, warning: Lint<'_>) {
        self.list.borrow_mut()[warning.0.index] = None;
    }

    /// Whether an error was reported.
    pub(crate) fn has_errors(&self) -> bool {
        self.first_error().is_some()
    }

    fn first_error(&self) -> Option<Reported> {
        let list = self.list.borrow();
        let is_error = |it: &Option<Diagnostic>| matches!(it, Some(it) if it.is_error());
        list.iter().position(is_error).map(Reported)
    }

    /// The places of all errors so far.
    pub(crate) fn error_places(&self) -> Vec<Place> {
        let list = self.list.borrow();
        let errors = list.iter().flatten().filter(|diagnostic| diagnostic.is_error());
        errors.filter_map(|diagnostic| diagnostic.place.clone()).collect_vec()
    }

    /// The gate after a stage: returns its result, unless an error was reported so far.
    pub(crate) fn gate<T>(&self, result: T) -> Result<T, Reported> {
        self.first_error().map_or(Ok(result), Err)
    }

    /// All diagnostics, sorted and without duplicates.
    pub(crate) fn finish(self) -> Diagnostics {
        let mut list = self.list.into_inner().into_iter().flatten().collect_vec();
        sort_by(&mut list, |a, b| key(a).cmp(&key(b)));
        let mut seen = Set::default();
        let place = |it: &Diagnostic| key(it).map(|(file, start)| (file.to_owned(), start));
        list.retain(|it| seen.insert((place(it), it.message.clone())));
        Diagnostics { list }
    }

    fn push(&self, severity: Severity, place: Option<&Place>, message: String) -> ErrorReport<'_> {
        let mut list = self.list.borrow_mut();
        list.push(Some(Diagnostic {
            severity,
            place: place.cloned(),
            file: None,
            message,
            help: None,
            labels: Vec::new(),
        }));
        ErrorReport { reporter: self, index: list.len() - 1 }
    }
}

fn key(diagnostic: &Diagnostic) -> Option<(&str, usize)> {
    diagnostic.place.as_ref().map(|place| (&*place.file.path, place.span.start))
}

/// A reported error or warning, to which help and labels can be added.
#[derive(Clone, Copy)]
pub(crate) struct Lint<'r>(ErrorReport<'r>);

impl Lint<'_> {
    /// Says what to write instead.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self(self.0.help(help))
    }

    /// Adds a related place.
    pub(crate) fn label(self, place: &Place, label: impl Into<String>) -> Self {
        Self(self.0.label(place, label))
    }
}

/// A reported error, to which help and labels can be added.
#[derive(Clone, Copy)]
pub(crate) struct ErrorReport<'r> {
    reporter: &'r Reporter,
    index: usize,
}

impl ErrorReport<'_> {
    /// Says what to write instead.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        self.change(|diagnostic| diagnostic.help = Some(help.into()))
    }

    /// Says which file or folder could not be read.
    pub(crate) fn in_file(self, path: impl Into<String>) -> Self {
        self.change(|diagnostic| diagnostic.file = Some(path.into()))
    }

    /// Adds a related place.
    pub(crate) fn label(self, place: &Place, label: impl Into<String>) -> Self {
        self.change(|diagnostic| diagnostic.labels.push((place.clone(), label.into())))
    }

    /// The proof that it was reported.
    pub(crate) fn reported(self) -> Reported {
        Reported(self.index)
    }

    /// The proof that it was reported, as the error of a result.
    pub(crate) fn fail<T>(self) -> Result<T, Reported> {
        Err(self.reported())
    }

    fn change(self, change: impl FnOnce(&mut Diagnostic)) -> Self {
        if let Some(diagnostic) = &mut self.reporter.list.borrow_mut()[self.index] {
            change(diagnostic);
        }
        self
    }
}
