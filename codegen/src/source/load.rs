//! Reading a folder of descriptions.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::json::{Node, parse};
use crate::report::{Place, Report, Text};

/// Every description of a folder, in the order of their paths.
#[derive(Debug)]
pub struct Sources {
    /// The files.
    pub files: Vec<File>,
}

/// One file.
#[derive(Debug)]
pub struct File {
    /// Its path below the folder, with `/`.
    pub path: String,
    /// Its text.
    pub text: Arc<Text>,
    /// What the text says.
    pub root: Node,
}

impl File {
    /// The whole file as a place.
    pub fn place(&self) -> Place {
        Place { file: Arc::clone(&self.text), span: self.root.span.clone(), pointer: String::new() }
    }
}

/// No description is larger; a file that is was put there by mistake.
const LARGEST: u64 = 16 * 1024 * 1024;

impl Sources {
    /// Reads every `.json` file of a folder and the folders in it, but for hidden ones, and for
    /// `*.schema.json`, which are the schemas of descriptions.
    pub fn load(folder: &Path, report: &mut Report) -> Self {
        let mut paths = Vec::new();
        collect(folder, &mut paths, report);
        let mut texts: Vec<(String, String)> = Vec::new();
        for path in paths {
            if let Some(text) = read(&path, report) {
                texts.push((relative(folder, &path), text));
            }
        }
        let label =
            folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        Self::from_texts(&label, texts, report)
    }

    /// Reads descriptions that are in memory already: pairs of a path and a text.
    pub fn from_texts(
        label: &str,
        texts: impl IntoIterator<Item = (String, String)>,
        report: &mut Report,
    ) -> Self {
        let mut texts: Vec<(String, String)> = texts.into_iter().collect();
        texts.sort();
        let files =
            texts.into_iter().filter_map(|(path, text)| file(label, path, text, report)).collect();
        let sources = Self { files };
        if sources.files.is_empty() && report.is_empty() {
            report
                .placeless(format!("there is no description in `{label}`"))
                .cure("descriptions are files whose names end in `.json`");
        }
        sources
    }
}

fn file(label: &str, path: String, text: String, report: &mut Report) -> Option<File> {
    let shown = if label.is_empty() { path.clone() } else { format!("{label}/{path}") };
    if text.len() as u64 > LARGEST {
        let fault = too_large(text.len() as u64);
        report.placeless(format!("`{shown}` cannot be read: {fault}"));
        return None;
    }
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    let text = Arc::new(Text::new(shown, text));
    let root = Place { file: Arc::clone(&text), span: 0..0, pointer: String::new() };
    let root = parse(&root, report)?;
    Some(File { path, text, root })
}

fn relative(folder: &Path, path: &Path) -> String {
    let path = path.strip_prefix(folder).unwrap_or(path);
    let steps: Vec<_> = path.iter().map(|step| step.to_string_lossy().into_owned()).collect();
    steps.join("/")
}

/// Adds the descriptions of a folder. A link is not followed: what it leads to may lie outside,
/// or lead back.
fn collect(folder: &Path, paths: &mut Vec<PathBuf>, report: &mut Report) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(fault) => {
            report.placeless(format!("`{}` cannot be read: {fault}", folder.display()));
            return;
        }
    };
    for entry in entries {
        match entry.and_then(|entry| Ok((entry.path(), entry.file_type()?))) {
            Ok((path, _)) if is_hidden(&path) => {}
            Ok((path, kind)) if kind.is_dir() => collect(&path, paths, report),
            Ok((path, kind)) if is_description(&path) => {
                if kind.is_file() {
                    paths.push(path);
                } else {
                    report
                        .placeless(format!("`{}` is not a regular file", path.display()))
                        .cure("links are not followed: put the file itself there");
                }
            }
            Ok(_) => {}
            Err(fault) => {
                report.placeless(format!("`{}` cannot be read: {fault}", folder.display()));
            }
        }
    }
}

/// What editors and cargo leave behind: a package from a registry has a `.cargo_vcs_info.json`.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.') || name == "target")
}

fn is_description(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.extension().is_some_and(|extension| extension == "json") && !name.ends_with(".schema.json")
}

fn read(path: &Path, report: &mut Report) -> Option<String> {
    match read_bounded(path) {
        Ok(text) => Some(text),
        Err(fault) => {
            report.placeless(format!("`{}` cannot be read: {fault}", path.display()));
            None
        }
    }
}

fn read_bounded(path: &Path) -> std::io::Result<String> {
    let size = fs::metadata(path)?.len();
    if size > LARGEST {
        return Err(std::io::Error::other(too_large(size)));
    }
    fs::read_to_string(path)
}

fn too_large(size: u64) -> String {
    format!("{size} bytes, and {LARGEST} are the most")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cargo_puts_beside_descriptions_is_none() {
        for path in [".cargo_vcs_info.json", "a/.hidden.json", "a/target", ".git"] {
            assert!(is_hidden(Path::new(path)), "{path}");
        }
        assert!(!is_hidden(Path::new("a/target.json")));
        assert!(is_description(Path::new("a/set.json")));
        assert!(!is_description(Path::new("endpoint.schema.json")));
    }
}
