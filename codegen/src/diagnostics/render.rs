//! Diagnostics as people read them: one line each, and the text that it is about as rustc shows it.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::group::grouped_line;
use super::{Diagnostic, Diagnostics, Place, Severity};

impl Diagnostics {
    /// All of it as people read it, and how many errors there are.
    pub fn render(&self) -> String {
        let mut text = String::new();
        for (first, size) in self.grouped() {
            text.push_str(&first.render(size));
            text.push_str("\n\n");
        }
        text.push_str(&self.summary());
        text
    }

    /// How many there are of each kind.
    fn summary(&self) -> String {
        let kinds =
            [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Hint, "hint")];
        let counts = kinds.map(|(severity, one)| {
            let count = self.all().iter().filter(|it| it.severity == severity).count();
            (count > 0).then(|| counted(count, one))
        });
        let end = if counts[0].is_some() { "; nothing was generated" } else { "" };
        let counts: Vec<String> = counts.into_iter().flatten().collect();
        format!("{}{end}\n", counts.join(", "))
    }
}

fn counted(count: usize, one: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {one}{plural}")
}

impl Diagnostic {
    /// The diagnostic in one line: place, pointer, message and help.
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

    /// The diagnostic as people read it, the first of a group of this size: its line, and the text
    /// that it is about.
    fn render(&self, size: usize) -> String {
        let mut lines = vec![grouped_line(self, size)];
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
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Hint => Level::NOTE.with_name("hint"),
        };
        let group = Group::with_level(level).elements(primary.into_iter().chain(labels));
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
    annotation: AnnotationKind,
    label: &'a str,
) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let file = &*place.file;
    let lines = excerpt(place)?;
    let span = place.span.start - lines.start..place.span.end.min(lines.end) - lines.start;
    let first = file.line_of(lines.start) + 1;
    let shown = Snippet::source(file.text.get(lines)?).line_start(first).path(&*file.path);
    Some(shown.annotation(annotation.span(span).label(label)))
}
