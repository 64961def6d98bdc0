//! Files that hold what is expected.

use std::fs;
use std::path::{Path, PathBuf};

/// A folder beside this crate's tests.
pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// An empty folder of this test's own.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// What differs from the files; empty if nothing does.
#[derive(Debug, Default)]
#[must_use = "`finish` reports what differs"]
pub(crate) struct Goldens {
    differences: Vec<String>,
}

impl Goldens {
    /// Compares a text with what a file holds, or writes it there if that is wanted.
    pub(crate) fn compare(&mut self, file: &Path, actual: &str) {
        let expected = fs::read_to_string(file).unwrap_or_default();
        if expected == actual {
            return;
        }
        if is_updating() {
            fs::write(file, actual).unwrap();
        } else {
            self.differences.push(difference(file, &expected, actual));
        }
    }

    /// Fails if anything differs, and says how to accept it.
    pub(crate) fn finish(self) {
        assert!(self.differences.is_empty(), "{}\n\n{HOW}", self.differences.join("\n"));
    }
}

/// Whether files are to be written, not compared.
pub(crate) fn is_updating() -> bool {
    std::env::var_os("UPDATE_GOLDENS").is_some()
}

/// How to accept what differs.
pub(crate) const HOW: &str =
    "If this is as it should be: UPDATE_GOLDENS=1 cargo test -p wechat-bizwifi-codegen";

/// Compares one text with what a file holds.
pub(crate) fn compare(file: &Path, actual: &str) {
    let mut goldens = Goldens::default();
    goldens.compare(file, actual);
    goldens.finish();
}

/// The lines from the first that differs to the last that does.
fn difference(file: &Path, expected: &str, actual: &str) -> String {
    let (expected, actual): (Vec<&str>, Vec<&str>) =
        (expected.lines().collect(), actual.lines().collect());
    let same = |(a, b): &(&&str, &&str)| a == b;
    let before = expected.iter().zip(&actual).take_while(same).count();
    let rest = (expected[before..].iter().rev(), actual[before..].iter().rev());
    let after = rest.0.zip(rest.1).take_while(same).count();
    let mut lines = vec![format!("{}:{}:", file.display(), before + 1)];
    for (mark, text) in [("-", &expected), ("+", &actual)] {
        let differing = &text[before..text.len() - after];
        lines.extend(differing.iter().map(|line| format!("{mark}{line}")));
    }
    lines.join("\n")
}
