//! Reads a folder of descriptions, or documents.
//!
//! ```text
//! schema/shop/open.json, schema/endpoint.schema.json, schema/.git/a.json
//!
//! File { path: "shop/open.json", .. }
//! ```

use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

use super::file::{File, Input, is_hidden, parse_text, read, report_unread};
use super::referred::Maps;
use crate::diagnostics::{Reported, Reporter};
use crate::util::{CollectVec as _, PushAll as _, sort_by};

/// The files to generate code from, in the order of their paths.
pub(crate) struct Sources {
    /// The files.
    pub(crate) files: Vec<File>,
    /// The paths of files and folders that could not be read.
    pub(crate) broken: Vec<(String, Reported)>,
    /// Where to find other files that these refer to.
    pub(crate) maps: Maps,
}

impl Sources {
    /// Reads the `.json` files of a folder and of the folders in it, except hidden ones, and except
    /// `*.schema.json`, which are meta-schemas of descriptions.
    pub(crate) fn load(folder: &Path, reporter: &Reporter) -> Self {
        // A folder that does not exist is reported when it is read.
        let root = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let mut walk = FolderWalk { root, descriptions: Vec::new(), unread: Vec::new(), reporter };
        walk.collect(folder);
        let mut texts: Vec<(String, String)> = Vec::new();
        for path in walk.descriptions {
            match read(&path, reporter) {
                Ok(text) => texts.push((relative(folder, &path), text)),
                Err(reported) => walk.unread.push((path, reported)),
            }
        }
        let label =
            folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let mut sources = Self::from_texts(&label, Input::Description, texts, reporter);
        let unread = walk.unread.iter();
        sources.broken.push_all(unread.map(|(path, reported)| (relative(folder, path), *reported)));
        sources
    }

    /// Parses files that are in memory: pairs of a path and a text.
    pub(crate) fn from_texts(
        label: &str,
        input: Input,
        mut texts: Vec<(String, String)>,
        reporter: &Reporter,
    ) -> Self {
        sort_by(&mut texts, Ord::cmp);
        let (files, broken, maps) = Default::default();
        let mut sources: Self = Self { files, broken, maps };
        for (path, text) in texts {
            let shown = if label.is_empty() { path.clone() } else { format!("{label}/{path}") };
            match parse_text(shown, text, reporter) {
                Ok((text, root)) => {
                    let referrer_schema = None;
                    sources.files.push(File { path, text, root, input, referrer_schema });
                }
                Err(reported) => sources.broken.push((path, reported)),
            }
        }
        if sources.files.is_empty() && !reporter.has_errors() {
            match input {
                Input::Document => reporter
                    .error_without_place("there is no JSON Schema in the folder")
                    .help("schemas are files whose names end in `.json`"),
                _ => reporter
                    .error_without_place(format!("there is no description in `{label}`"))
                    .help("descriptions are files whose names end in `.json`"),
            };
        }
        sources
    }

    /// Parses documents that were read from files. They may refer to files beside them.
    pub(crate) fn from_documents(
        mut maps: Maps,
        read: Vec<(PathBuf, String)>,
        reporter: &Reporter,
    ) -> Self {
        let paths = read.iter().map(|(path, _)| path.clone()).collect_vec();
        let texts = read.into_iter().map(|(path, text)| (path.display().to_string(), text));
        let sources = Self::from_texts("", Input::Document, texts.collect_vec(), reporter);
        for path in &paths {
            let shown = path.display().to_string();
            if let Some(file) = sources.files.iter().find(|file| file.path == shown) {
                maps.add_neighbours(file, path);
            }
        }
        Self { maps, ..sources }
    }

    /// The proof that the error was reported, if a path leads to a file or a folder that could not
    /// be read.
    pub(crate) fn broken(&self, path: &str) -> Option<Reported> {
        let folders = path.match_indices('/').filter_map(|(end, _)| path.get(..end));
        let broken = |path: &str| self.broken.iter().find(|(broken, _)| broken == path);
        folders.chain([path]).find_map(broken).map(|(_, reported)| *reported)
    }
}

fn relative(folder: &Path, path: &Path) -> String {
    let path = path.strip_prefix(folder).unwrap_or(path);
    let steps = path.iter().map(|step| step.to_string_lossy().into_owned()).collect_vec();
    steps.join("/")
}

/// A search through a folder, with what was found so far.
struct FolderWalk<'r> {
    /// The path of the outermost folder, without links.
    root: PathBuf,
    descriptions: Vec<PathBuf>,
    /// The files and folders that could not be read.
    unread: Vec<(PathBuf, Reported)>,
    reporter: &'r Reporter,
}

impl FolderWalk<'_> {
    /// Adds the files in a folder.
    fn collect(&mut self, folder: &Path) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.report_unread(folder, &error),
        };
        for entry in entries {
            match entry.and_then(|entry| Ok((entry.path(), entry.file_type()?))) {
                Ok((path, _)) if is_hidden(&path) => {}
                Ok((path, file_type)) => self.add(path, file_type),
                Err(error) => self.report_unread(folder, &error),
            }
        }
    }

    /// Adds a file or a folder. A link to a file in the folder is followed; a link to a folder is
    /// not, since it may lead back.
    fn add(&mut self, path: PathBuf, file_type: FileType) {
        if file_type.is_dir() {
            self.collect(&path);
        } else if file_type.is_symlink() && path.is_dir() {
            let help = "links to folders are not followed: put the folder itself there";
            self.refuse(path, "is a link to a folder", help);
        } else if is_description(&path) && !file_type.is_file() && !self.leads_to_a_file(&path) {
            let help = "put the file itself there, or a link to a file within the folder";
            self.refuse(path, "is not a regular file", help);
        } else if is_description(&path) {
            self.descriptions.push(path);
        }
    }

    fn refuse(&mut self, path: PathBuf, why: &str, help: &str) {
        let shown = path.display().to_string();
        let error = self.reporter.error_without_place(format!("`{shown}` {why}")).help(help);
        self.unread.push((path, error.in_file(shown).reported()));
    }

    /// Whether a link leads to a file in the outermost folder.
    fn leads_to_a_file(&self, link: &Path) -> bool {
        fs::canonicalize(link).is_ok_and(|file| file.starts_with(&self.root) && file.is_file())
    }

    fn report_unread(&mut self, folder: &Path, error: &io::Error) {
        let reported = report_unread(folder, error, self.reporter);
        self.unread.push((folder.to_owned(), reported));
    }
}

/// Whether a file is a description, by its path below the folder.
pub(crate) fn is_description_path(path: &str) -> bool {
    is_description(Path::new(path)) && !path.split('/').any(|step| is_hidden(Path::new(step)))
}

fn is_description(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.extension().is_some_and(|extension| extension == "json") && !name.ends_with(".schema.json")
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
        for (path, is_one) in
            [("a/b.json", true), ("a/.b.json", false), (".a/b.json", false), ("a/b.txt", false)]
        {
            assert_eq!(is_description_path(path), is_one, "{path}");
        }
    }
}
