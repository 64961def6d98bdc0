//! Shows the lines that a diagnostic is about, as rustc does.
//!
//! ```text
//!   --> name.json:1:21
//!    |
//!  1 | { "type": "string", "maxLenght": 18 }
//!    |                     ^^^^^^^^^^^ is not a keyword
//! ```

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Place, Severity};

/// How many lines are shown at most, after the first.
const MOST_LINES: usize = 40;

/// Lines that are longer than this together are not shown: they were not written for people, and
/// the renderer would be slow.
const MOST_BYTES: usize = 8 * 1024;

/// Whether the lines of a place are shown.
pub(super) fn is_shown(place: &Place) -> bool {
    lines(place).is_some()
}

/// The lines that a diagnostic is about, with its labels; `None` if none are shown.
pub(super) fn of(diagnostic: &Diagnostic) -> Option<String> {
    let place = diagnostic.place.as_ref()?;
    let primary = snippet(place, AnnotationKind::Primary, &diagnostic.message);
    let labels = diagnostic
        .labels
        .iter()
        .filter_map(|(place, label)| snippet(place, AnnotationKind::Context, label));
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::NOTE.with_name("hint"),
    };
    let group = Group::with_level(level).elements(primary.into_iter().chain(labels));
    (!group.is_empty()).then(|| Renderer::plain().render(&[group]))
}

/// The byte range of the lines of a place; `None` if they are not shown.
fn lines(place: &Place) -> Option<Range<usize>> {
    let file = &*place.file;
    let first = file.line_of(place.span.start);
    let last = file.line_of(place.span.end).min(first + MOST_LINES);
    let lines = file.line(first).start..file.line(last).end;
    (lines.len() <= MOST_BYTES && file.text.get(lines.clone()).is_some()).then_some(lines)
}

/// The lines of a place, as the renderer takes them. It is not given the whole file, since its time
/// grows with the text.
fn snippet<'a>(
    place: &'a Place,
    kind: AnnotationKind,
    label: &'a str,
) -> Option<Snippet<'a, Annotation<'a>>> {
    let file = &*place.file;
    let lines = lines(place)?;
    let span = place.span.start - lines.start..place.span.end.min(lines.end) - lines.start;
    let first = file.line_of(lines.start) + 1;
    let shown = Snippet::source(file.text.get(lines)?).line_start(first).path(&*file.path);
    Some(shown.annotation(kind.span(span).label(label)))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Reporter, Text};
    use super::{Place, is_shown, of};

    fn place(text: String) -> Place {
        let span = 0..text.len();
        Place { file: Arc::new(Text::new("a.json", text)), span, pointer: "".into() }
    }

    #[test]
    fn what_is_too_long_is_not_shown_and_of_many_lines_the_first_are() {
        assert!(is_shown(&place("a".repeat(8192))));
        assert!(!is_shown(&place("a".repeat(8193))));
        for (lines, last) in [(41, "a40"), (42, "a40"), (1000, "a40")] {
            let text = (0..lines).map(|line| format!("a{line}")).collect::<Vec<_>>().join("\n");
            let reporter = Reporter::default();
            reporter.warning(&place(text), "is wrong", "");
            let found = reporter.finish();
            let shown = of(found.all().first().unwrap()).unwrap();
            assert!(shown.contains(last) && !shown.contains("a41"), "{shown}");
        }
    }
}
