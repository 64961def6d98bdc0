//! What is wrong with the descriptions: every error, with its place and with what to write instead.
//!
//! ```text
//! located.error("is not a keyword").help("did you mean `maxLength`?").fail()
//!
//! name.json:1:21 /maxLenght: is not a keyword; did you mean `maxLength`?
//! ```
//!
//! Stages report to a [`Reporter`], which every value that is read carries with it.
//! A function that cannot go on after an error returns `Reported`: only reporting makes one, so
//! nothing fails in silence.

#[cfg(feature = "excerpts")]
mod excerpt;
mod group;
mod render;
mod text;

use crate::collect_vec::{CollectVec as _, PushAll as _};
use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use crate::sort::sort_by;

pub use self::text::Text;

/// Where in the descriptions something is.
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
    /// The same place, one step further down.
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

    /// Line and column behind the last character.
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
    /// Nothing is generated.
    Error,
    /// Code is generated all the same.
    Warning,
    /// Nothing is wrong, but something could be better. `check` alone shows it.
    Hint,
}

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Where, unless it concerns a file that could not be read.
    pub place: Option<Place>,
    /// The path of the file or folder that could not be read, if that is what it concerns.
    pub file: Option<String>,
    /// What is wrong, in one line.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// Other places that have to do with it.
    pub labels: Vec<(Place, String)>,
}

impl Diagnostic {
    fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Everything that is wrong, in the order of files and places.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// What is wrong, in the order of files and places.
    pub fn all(&self) -> &[Diagnostic] {
        &self.list
    }

    /// Whether nothing is.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether something is more than a hint.
    pub(crate) fn has_warnings(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.severity != Severity::Hint)
    }

    /// What is wrong, and the hints.
    pub(crate) fn without_hints(self) -> (Self, Self) {
        let is_hint = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Hint;
        let (hints, list) = self.list.into_iter().partition(is_hint);
        (Self { list }, Self { list: hints })
    }

    /// The same, followed by others.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.list.push_all(others.list);
        self
    }

    /// The same with every warning an error.
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
    /// In place of one that turned out to be of no consequence is nothing.
    list: RefCell<Vec<Option<Diagnostic>>>,
}

/// Proof that an error was reported: nothing but an error that was reported makes one.
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

    /// Reports what takes a feature of this crate that is off.
    pub(crate) fn takes_feature(
        &self,
        place: &Place,
        what: &str,
        feature: &str,
    ) -> ErrorReport<'_> {
        self.error(place, format!("{what} takes the feature `{feature}`, which is off")).help(
            "switch it on: of wechat-bizwifi-codegen in a build script of your own, of \
             wechat-bizwifi where other descriptions take the place of its own",
        )
    }

    /// Reports at a place what is an error, or a warning. It proves no error.
    pub(crate) fn doubt(
        &self,
        severity: Severity,
        place: &Place,
        message: impl Into<String>,
    ) -> Doubt<'_> {
        Doubt(self.push(severity, Some(place), message.into()))
    }

    /// Reports something that does not keep code from being generated.
    pub(crate) fn warning(&self, place: &Place, message: impl Into<String>, help: &str) {
        self.push(Severity::Warning, Some(place), message.into()).help(help);
    }

    /// Reports what could be better.
    pub(crate) fn hint(&self, place: &Place, message: impl Into<String>, help: &str) {
        self.push(Severity::Hint, Some(place), message.into()).help(help);
    }

    /// Takes a warning back.
    pub(crate) fn withdraw(&self, warning: Doubt<'_>) {
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

    /// The places of the errors until now.
    pub(crate) fn places(&self) -> Vec<Place> {
        let list = self.list.borrow();
        let errors = list.iter().flatten().filter(|diagnostic| diagnostic.is_error());
        errors.filter_map(|diagnostic| diagnostic.place.clone()).collect_vec()
    }

    /// The gate after a stage: its result, unless an error was reported until now.
    pub(crate) fn gate<T>(&self, result: T) -> Result<T, Reported> {
        self.first_error().map_or(Ok(result), Err)
    }

    /// Everything that was reported, sorted, each once.
    pub(crate) fn finish(self) -> Diagnostics {
        let mut list = self.list.into_inner().into_iter().flatten().collect_vec();
        sort_by(&mut list, |a, b| key(a).cmp(&key(b)));
        list.dedup_by(|a, b| key(a) == key(b) && a.message == b.message);
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

/// What was reported and may be a warning, to which more can be added.
#[derive(Clone, Copy)]
pub(crate) struct Doubt<'r>(ErrorReport<'r>);

impl Doubt<'_> {
    /// Says what to write instead.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self(self.0.help(help))
    }

    /// Shows another place that has to do with it.
    pub(crate) fn label(self, place: &Place, label: impl Into<String>) -> Self {
        Self(self.0.label(place, label))
    }
}

/// An error that was reported, to which more can be added.
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

    /// Shows another place that has to do with it.
    pub(crate) fn label(self, place: &Place, label: impl Into<String>) -> Self {
        self.change(|diagnostic| diagnostic.labels.push((place.clone(), label.into())))
    }

    /// The proof that it was reported.
    pub(crate) fn reported(self) -> Reported {
        Reported(self.index)
    }

    /// The same as a result.
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
