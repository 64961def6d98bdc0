//! Groups diagnostics that say the same of many places.
//!
//! ```text
//! api.json:3:19 /a/format: the format `color` is not checked
//! api.json:4:19 /b/format: the format `color` is not checked
//! …
//!
//! api.json:3:19 /a/format: the format `color` is not checked (3,756 places, this is the first)
//! ```

use super::{Diagnostic, Diagnostics, Severity};
use crate::util::{Map, PushAll as _, in_groups};

/// A group of at most this size is shown as single diagnostics.
const FEW: usize = 3;

/// Diagnostics with equal keys are a group: whether they are errors, their message, help and
/// keyword.
type Key<'d> = (bool, &'d str, Option<&'d str>, &'d str);

impl Diagnostics {
    /// The first diagnostic of each group, and the size of the group.
    pub(crate) fn grouped(&self) -> Vec<(&Diagnostic, usize)> {
        let mut sizes: Map<Key<'_>, usize> = Map::default();
        for diagnostic in self.all() {
            *sizes.entry(key(diagnostic)).get_or_insert_default() += 1;
        }
        let mut groups = Vec::new();
        for diagnostic in self.all() {
            match sizes.get(&key(diagnostic)) {
                Some(size) if *size <= FEW => groups.push((diagnostic, 1)),
                Some(_) => {
                    let size = sizes.remove(&key(diagnostic));
                    groups.push_all(size.map(|size| (diagnostic, size)));
                }
                None => {}
            }
        }
        groups
    }

    /// One line for each group.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        self.grouped().into_iter().map(|(first, size)| grouped_line(first, size))
    }
}

/// The line of a group's first diagnostic, with the size of the group.
pub(super) fn grouped_line(first: &Diagnostic, size: usize) -> String {
    match size {
        1 => first.line(),
        size => {
            let size = in_groups(&size.to_string(), ',');
            format!("{} ({size} places, this is the first)", first.line())
        }
    }
}

fn key(diagnostic: &Diagnostic) -> Key<'_> {
    let pointer = diagnostic.place.as_ref().map_or("", |place| &place.pointer);
    let keyword = pointer.rsplit('/').next().unwrap_or_default();
    let is_error = diagnostic.severity == Severity::Error;
    (is_error, &diagnostic.message, diagnostic.help.as_deref(), keyword)
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::{Place, Reporter, Text};
    use std::sync::Arc;

    #[test]
    fn equal_messages_about_many_places_are_one_line() {
        let reporter = Reporter::default();
        let file = Arc::new(Text::new("a.json", " ".repeat(9)));
        for at in 0..4 {
            let place = |at: usize, pointer: &str| Place {
                file: Arc::clone(&file),
                span: at..at + 1,
                pointer: format!("/{at}/{pointer}").into(),
            };
            reporter.warning(&place(at, "format"), "is not checked", "");
            if at < 3 {
                reporter.warning(&place(at + 4, "pattern"), "is not checked", "");
            }
        }
        let diagnostics = reporter.finish();
        let lines: Vec<String> = diagnostics.lines().collect();
        assert_eq!(lines.len(), 4, "{lines:?}");
        assert!(lines[0].ends_with("(4 places, this is the first)"), "{lines:?}");
    }
}
