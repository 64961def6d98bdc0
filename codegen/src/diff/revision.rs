//! Reads a folder at a revision by the program `git`.
//!
//! ```text
//! v0.1.0 schema -> git rev-parse, git ls-tree, git show -> [("shop/get.json", "{ … }"), …]
//! ```

use std::path::Path;
use std::process::Command;

use crate::source::is_description_path;

/// The descriptions of a folder at a revision: paths below the folder, and texts.
///
/// # Errors
///
/// A sentence that says what `git` could not do.
pub(super) fn files(revision: &str, folder: &Path) -> Result<Vec<(String, String)>, String> {
    let commit = commit(revision, folder)?;
    let listing = git(folder, &["ls-tree", "-r", "-z", &commit, "."])?;
    let entries = text(listing)?;
    let described = entries
        .split('\0')
        .filter_map(|entry| entry.split_once('\t'))
        .filter(|(_, path)| is_description_path(path));
    described.map(|(facts, path)| file(folder, &commit, facts, path)).collect()
}

/// The hash of a revision's commit, so that all files are of the same commit.
fn commit(revision: &str, folder: &Path) -> Result<String, String> {
    if revision.starts_with('-') {
        return Err(format!("`{revision}` is no revision: it begins as an option does"));
    }
    let wanted = format!("{revision}^{{commit}}");
    let name = text(git(folder, &["rev-parse", "--verify", &wanted])?)?;
    Ok(name.trim().to_owned())
}

fn file(folder: &Path, commit: &str, facts: &str, path: &str) -> Result<(String, String), String> {
    if !facts.starts_with("100") {
        return Err(format!("`{path}` is not a regular file at that revision"));
    }
    let bytes = git(folder, &["show", &format!("{commit}:./{path}")])?;
    let text =
        String::from_utf8(bytes).map_err(|_| format!("`{path}` is not UTF-8 at that revision"))?;
    Ok((path.to_owned(), text))
}

fn git(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let output = Command::new("git")
        .current_dir(folder)
        .args(arguments)
        .output()
        .map_err(|error| not_run(folder, &error))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let message = String::from_utf8_lossy(&output.stderr);
    Err(format!("`git {}` failed: {}", arguments.join(" "), message.trim()))
}

fn not_run(folder: &Path, error: &std::io::Error) -> String {
    if folder.is_dir() {
        return format!(
            "the program `git` cannot be run: {error}; install it, or name two folders"
        );
    }
    format!("`{}` is no folder: the revision is looked up in its repository", folder.display())
}

fn text(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|_| "a name that `git` printed is not UTF-8".to_owned())
}
