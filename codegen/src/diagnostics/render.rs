//! Writes diagnostics for people: one line each, and if the feature `excerpts` is on, the lines of
//! the file that it is about.
//!
//! ```text
//! a.json:1:9 /type: must be a string
//!
//! 1 error; nothing was generated
//! ```

#[cfg(feature = "excerpts")]
use super::excerpt;
use super::group::grouped_line;
use super::{Diagnostic, Diagnostics, Severity};

impl Diagnostics {
    /// All diagnostics as a text for people, and how many there are.
    pub fn render(&self) -> String {
        let mut text = String::new();
        for (first, size) in self.grouped() {
            text.push_str(&first.render(size));
            text.push_str("\n\n");
        }
        text.push_str(&self.summary());
        text
    }

    /// How many there are of each severity.
    fn summary(&self) -> String {
        let severities =
            [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Hint, "hint")];
        let counts = severities.map(|(severity, one)| {
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

    /// The first diagnostic of a group of this size as a text for people: its line and an excerpt.
    /// A label whose excerpt is not shown has a line of its own.
    fn render(&self, size: usize) -> String {
        let mut lines = vec![grouped_line(self, size)];
        let hidden = self.labels.iter().filter(|(place, _)| !excerpt::is_shown(place));
        lines.extend(hidden.map(|(place, label)| format!("{}: {label}", place.position())));
        lines.extend(excerpt::of(self));
        lines.join("\n")
    }
}

/// Without the feature, there are no excerpts.
#[cfg(not(feature = "excerpts"))]
mod excerpt {
    use super::Diagnostic;
    use crate::diagnostics::Place;

    pub(super) const fn is_shown(_: &Place) -> bool {
        false
    }

    pub(super) const fn of(_: &Diagnostic) -> Option<String> {
        None
    }
}
