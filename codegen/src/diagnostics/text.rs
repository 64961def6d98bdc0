//! A file's text, in which lines and columns are found quickly.

use std::ops::Range;
use std::sync::OnceLock;

use crate::util::CollectVec as _;

/// A file's path, as messages show it, and its text.
#[derive(Debug)]
pub struct Text {
    /// The path, which begins with the folder's name and has `/` on every system.
    pub path: String,
    /// The text of the file.
    pub text: String,
    /// Built when it is first needed.
    index: OnceLock<Index>,
}

/// Makes lines and columns of a large text quick to find.
#[derive(Debug)]
struct Index {
    /// Where each line begins, in bytes.
    lines: Vec<usize>,
    /// How many characters begin before each block of [`BLOCK`] bytes.
    chars: Vec<usize>,
}

/// How many bytes a block has.
const BLOCK: usize = 256;

impl Index {
    fn new(text: &str) -> Self {
        let breaks = text.match_indices('\n').map(|(offset, _)| offset + 1);
        let lines = std::iter::once(0).chain(breaks).collect_vec();
        let mut chars = vec![0];
        for block in text.as_bytes().chunks(BLOCK) {
            chars.push(chars.last().map_or(0, |before| before + chars_in(block)));
        }
        Self { lines, chars }
    }
}

/// How many characters begin in a piece of UTF-8.
fn chars_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

impl Text {
    /// A file of this path and text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), index: OnceLock::new() }
    }

    /// The line that holds a byte, counted from 0.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.index().lines.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The byte range of a line, counted from 0, with its line break.
    pub(super) fn line(&self, line: usize) -> Range<usize> {
        let lines = &self.index().lines;
        let start = lines.get(line).copied().unwrap_or(self.text.len());
        start..lines.get(line + 1).copied().unwrap_or(self.text.len())
    }

    pub(super) fn chars_before(&self, offset: usize) -> usize {
        let blocks = offset / BLOCK;
        let counted = self.index().chars.get(blocks).copied().unwrap_or_default();
        let rest = self.text.as_bytes().get(blocks * BLOCK..offset).unwrap_or_default();
        counted + chars_in(rest)
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn a_place_is_where_counting_from_the_start_finds_it() {
        let text = format!("{}\n{}\n\n{}", "名".repeat(200), "a".repeat(300), "é".repeat(99));
        let file = Text::new("a.json", text.clone());
        for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let before = &text[..offset];
            assert_eq!(file.chars_before(offset), before.chars().count(), "{offset}");
            let line = before.matches('\n').count();
            assert_eq!(file.line_of(offset), line, "{offset}");
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            let end = text[start..].find('\n').map_or(text.len(), |at| start + at + 1);
            assert_eq!(file.line(line), start..end, "{offset}");
        }
        assert_eq!(file.line(4), text.len()..text.len());
    }
}
