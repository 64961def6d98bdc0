//! What is wrong with the descriptions: every fault, each with its place and its cure.

mod text;

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

pub use self::text::Text;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// Where in the descriptions something is.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file.
    pub file: Arc<Text>,
    /// The bytes of the file.
    pub span: Range<usize>,
    /// The JSON pointer.
    pub pointer: String,
}

impl Place {
    /// The same place, one step further down.
    pub(crate) fn below(&self, step: &str, span: Range<usize>) -> Self {
        let step = step.replace('~', "~0").replace('/', "~1");
        Self { file: Arc::clone(&self.file), span, pointer: format!("{}/{step}", self.pointer) }
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

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Where, unless it concerns a file that could not be read.
    pub place: Option<Place>,
    /// The path of the file or folder that could not be read, if that is what it concerns.
    pub file: Option<String>,
    /// What is wrong, in one line.
    pub message: String,
    /// What would be accepted instead.
    pub help: Option<String>,
    /// Other places that have to do with it.
    pub labels: Vec<(Place, String)>,
}

impl Diagnostic {
    /// The fault in one line: place, pointer, message and cure.
    pub fn line(&self) -> String {
        let mut line = String::new();
        if let Some(place) = &self.place {
            line.push_str(&place.position());
            if !place.pointer.is_empty() {
                line.push(' ');
                line.push_str(&place.pointer);
            }
            line.push_str(": ");
        }
        line.push_str(&self.message);
        if let Some(help) = &self.help {
            line.push_str("; ");
            line.push_str(help);
        }
        line
    }

    /// The fault as people read it: its line, and the text that it is about.
    fn render(&self) -> String {
        let mut lines = vec![self.line()];
        let hidden = self.labels.iter().filter(|(place, _)| excerpt(place).is_none());
        lines.extend(hidden.map(|(place, label)| format!("{}: {label}", place.position())));
        lines.extend(self.snippets());
        lines.join("\n")
    }

    fn snippets(&self) -> Option<String> {
        let place = self.place.as_ref()?;
        let primary = snippet(place, AnnotationKind::Primary, &self.message);
        let labels = self
            .labels
            .iter()
            .filter_map(|(place, label)| snippet(place, AnnotationKind::Context, label));
        let group = Group::with_level(Level::ERROR).elements(primary.into_iter().chain(labels));
        (!group.is_empty()).then(|| Renderer::plain().render(&[group]))
    }
}

/// More lines than this say no more.
const MOST_LINES: usize = 40;

/// Lines that are longer than this together were not written for people. The renderer would take
/// its time over them.
const MOST_BYTES: usize = 8 * 1024;

/// The lines of a place, in bytes; nothing, if there is nothing to be seen in them.
fn excerpt(place: &Place) -> Option<Range<usize>> {
    let file = &*place.file;
    let first = file.line_of(place.span.start);
    let last = file.line_of(place.span.end).min(first + MOST_LINES);
    let lines = file.line(first).start..file.line(last).end;
    (lines.len() <= MOST_BYTES && file.text.get(lines.clone()).is_some()).then_some(lines)
}

/// The lines of a place alone: the renderer takes its time over whatever it is given.
fn snippet<'a>(
    place: &'a Place,
    kind: AnnotationKind,
    label: &'a str,
) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let file = &*place.file;
    let lines = excerpt(place)?;
    let span = place.span.start - lines.start..place.span.end.min(lines.end) - lines.start;
    let first = file.line_of(lines.start) + 1;
    let shown = Snippet::source(file.text.get(lines)?).line_start(first).path(&*file.path);
    Some(shown.annotation(kind.span(span).label(label)))
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

    /// The report as people read it.
    pub fn render(&self) -> String {
        let mut text = String::new();
        for error in &self.list {
            text.push_str(&error.render());
            text.push_str("\n\n");
        }
        let count = self.list.len();
        let plural = if count == 1 { "" } else { "s" };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{count} error{plural}; nothing was generated");
        text
    }

    pub(crate) fn error(&mut self, place: &Place, message: impl Into<String>) -> &mut Diagnostic {
        self.push(Diagnostic {
            place: Some(place.clone()),
            file: None,
            message: message.into(),
            help: None,
            labels: Vec::new(),
        })
    }

    /// A fault that has no place in a text, such as a file that cannot be read.
    pub(crate) fn error_without_place(&mut self, message: impl Into<String>) -> &mut Diagnostic {
        self.push(Diagnostic {
            place: None,
            file: None,
            message: message.into(),
            help: None,
            labels: Vec::new(),
        })
    }

    /// The gate after a stage: its result, or everything that was found until now.
    pub(crate) fn gate<T>(&mut self, result: T) -> Result<T, Self> {
        if self.is_empty() {
            return Ok(result);
        }
        let mut diagnostics = std::mem::take(self);
        diagnostics.sort();
        Err(diagnostics)
    }

    fn push(&mut self, error: Diagnostic) -> &mut Diagnostic {
        self.list.push(error);
        let last = self.list.len() - 1;
        &mut self.list[last]
    }

    fn sort(&mut self) {
        self.list.sort_by(|a, b| key(a).cmp(&key(b)));
        self.list.dedup_by(|a, b| key(a) == key(b) && a.message == b.message);
    }
}

fn key(error: &Diagnostic) -> Option<(&str, usize)> {
    error.place.as_ref().map(|place| (&*place.file.path, place.span.start))
}

impl Diagnostic {
    /// Says what would be accepted instead.
    pub(crate) fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Says which file or folder could not be read.
    pub(crate) fn concerning_file(&mut self, path: impl Into<String>) -> &mut Self {
        self.file = Some(path.into());
        self
    }

    /// Shows another place that has to do with it.
    pub(crate) fn label(&mut self, place: &Place, label: impl Into<String>) -> &mut Self {
        self.labels.push((place.clone(), label.into()));
        self
    }
}
