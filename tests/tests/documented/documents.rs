//! What the project's documents say about its own files.

use std::fs;
use std::path::Path;

const DOCUMENTS: &[&str] =
    &["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "schema/README.md", "codegen/KEYWORDS.md"];
const FOLDERS: &[&str] = &["schema/", "codegen/", "sdk/", "tests/", ".ci/"];

#[test]
fn every_file_that_a_document_names_is_there() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for document in DOCUMENTS {
        let text = fs::read_to_string(project.join(document)).unwrap();
        for path in paths(&text) {
            assert!(project.join(path).exists(), "{document} names `{path}`");
        }
    }
}

/// What stands in backticks and looks like a path of the project, patterns left out.
fn paths(text: &str) -> impl Iterator<Item = &str> {
    let quoted = text.lines().flat_map(|line| line.split('`').skip(1).step_by(2));
    quoted.filter(|word| {
        FOLDERS.iter().any(|folder| word.starts_with(folder)) && !word.contains(['*', '<', ' '])
    })
}
