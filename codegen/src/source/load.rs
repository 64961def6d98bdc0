//! Reading a folder of descriptions.
//!
//! ```text
//! schema/shop/open.json, schema/endpoint.schema.json, schema/.git/a.json
//!
//! File { path: "shop/open.json", .. }
//! ```

use crate::collect_vec::CollectVec as _;
use std::fs::{self, FileType};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::json::Node;
use super::parse::parse;
use super::referred::Maps;
use crate::diagnostics::{Place, Reported, Reporter, Text};
use crate::sort::sort_by;

/// Every description of a folder, in the order of their paths.
pub(crate) struct Sources {
    /// The files.
    pub(crate) files: Vec<File>,
    /// The paths of files and folders that are there but could not be read.
    pub(crate) broken: Vec<(String, Reported)>,
    /// Where other files are that these refer to.
    pub(crate) maps: Maps,
}

/// One file.
pub(crate) struct File {
    /// Its path below the folder, with `/`.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: Arc<Text>,
    /// What the text says.
    pub(crate) root: Node,
    /// Whom it was written for.
    pub(crate) input: Input,
    /// What the file states that refers to it: it is read by the same draft, unless it states one.
    pub(crate) referrer_schema: Option<Arc<str>>,
}

/// Whom a file was written for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Input {
    /// For this generator: what it does not know is an error.
    Description,
    /// For the world: what it does not know are annotations, as JSON Schema has it.
    Document,
    /// For the world; it is read because a document that was given refers to it.
    Referred,
}

impl File {
    /// What it states in `$schema`, or the file that refers to it.
    pub(crate) fn stated_schema(&self) -> Option<&str> {
        self.root.text_at("/$schema").or(self.referrer_schema.as_deref())
    }

    /// The whole file as a place.
    pub(crate) fn place(&self) -> Place {
        Place { file: Arc::clone(&self.text), span: self.root.span.range(), pointer: "".into() }
    }
}

/// No description is larger; a file that is was put there by mistake.
const LARGEST: u64 = 16 * 1024 * 1024;

impl Sources {
    /// Reads every `.json` file of a folder and the folders in it, but for hidden ones, and for
    /// `*.schema.json`, which are the schemas of descriptions.
    pub(crate) fn load(folder: &Path, reporter: &Reporter) -> Self {
        // Where there is no such folder, that is said when it is read.
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
        sources.broken.extend(unread.map(|(path, reported)| (relative(folder, path), *reported)));
        sources
    }

    /// Reads descriptions that are in memory already: pairs of a path and a text.
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
            reporter
                .error_without_place(format!("there is no description in `{label}`"))
                .help("descriptions are files whose names end in `.json`");
        }
        sources
    }

    /// The proof that a path leads to what could not be read, if it does: nothing is known of it.
    pub(crate) fn broken(&self, path: &str) -> Option<Reported> {
        let folders = path.match_indices('/').filter_map(|(end, _)| path.get(..end));
        let broken = |path: &str| self.broken.iter().find(|(broken, _)| broken == path);
        folders.chain([path]).find_map(broken).map(|(_, reported)| *reported)
    }
}

/// A file's text, and what it says.
pub(super) fn parse_text(
    shown: String,
    text: String,
    reporter: &Reporter,
) -> Result<(Arc<Text>, Node), Reported> {
    if text.len() as u64 > LARGEST {
        let error = too_large(text.len() as u64);
        return reporter
            .error_without_place(format!("`{shown}` cannot be read: {error}"))
            .in_file(shown)
            .fail();
    }
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    let text = Arc::new(Text::new(shown, text));
    let root = Place { file: Arc::clone(&text), span: 0..0, pointer: "".into() };
    let node = parse(&root, reporter)?;
    Ok((text, node))
}

fn relative(folder: &Path, path: &Path) -> String {
    let path = path.strip_prefix(folder).unwrap_or(path);
    let steps = path.iter().map(|step| step.to_string_lossy().into_owned()).collect_vec();
    steps.join("/")
}

/// Looks through a folder: what was found so far.
struct FolderWalk<'r> {
    /// The whole folder, with no link in its path.
    root: PathBuf,
    descriptions: Vec<PathBuf>,
    /// What is passed over.
    unread: Vec<(PathBuf, Reported)>,
    reporter: &'r Reporter,
}

impl FolderWalk<'_> {
    /// Adds what is in a folder.
    fn collect(&mut self, folder: &Path) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.pass_over(folder, &error),
        };
        for entry in entries {
            match entry.and_then(|entry| Ok((entry.path(), entry.file_type()?))) {
                Ok((path, _)) if is_hidden(&path) => {}
                Ok((path, file_type)) => self.add(path, file_type),
                Err(error) => self.pass_over(folder, &error),
            }
        }
    }

    /// Adds a file or a folder. A link to a file is followed within the folder; one to a folder is
    /// not, since it may lead back.
    fn add(&mut self, path: PathBuf, file_type: FileType) {
        if file_type.is_dir() {
            self.collect(&path);
        } else if file_type.is_symlink() && path.is_dir() {
            let error = self
                .reporter
                .error_without_place(format!("`{}` is a link to a folder", path.display()));
            let error =
                error.help("links to folders are not followed: put the folder itself there");
            self.unread.push((path.clone(), error.in_file(path.display().to_string()).reported()));
        } else if is_description(&path) && !file_type.is_file() && !self.leads_to_a_file(&path) {
            let error = self
                .reporter
                .error_without_place(format!("`{}` is not a regular file", path.display()));
            let error =
                error.help("put the file itself there, or a link to a file within the folder");
            self.unread.push((path.clone(), error.in_file(path.display().to_string()).reported()));
        } else if is_description(&path) {
            self.descriptions.push(path);
        }
    }

    /// Whether a link leads to a file of the folder.
    fn leads_to_a_file(&self, link: &Path) -> bool {
        fs::canonicalize(link).is_ok_and(|file| file.starts_with(&self.root) && file.is_file())
    }

    fn pass_over(&mut self, folder: &Path, error: &io::Error) {
        let reported = report_unread(folder, error, self.reporter);
        self.unread.push((folder.to_owned(), reported));
    }
}

fn report_unread(path: &Path, error: &io::Error, reporter: &Reporter) -> Reported {
    reporter
        .error_without_place(format!("`{}` cannot be read: {error}", path.display()))
        .in_file(path.display().to_string())
        .reported()
}

/// What editors and cargo leave behind: a package from a registry has a `.cargo_vcs_info.json`.
pub(super) fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.') || name == "target")
}

/// Whether a file is a description, by its path below the folder.
pub(crate) fn is_description_path(path: &str) -> bool {
    is_description(Path::new(path)) && !path.split('/').any(|step| is_hidden(Path::new(step)))
}

fn is_description(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.extension().is_some_and(|extension| extension == "json") && !name.ends_with(".schema.json")
}

pub(super) fn read(path: &Path, reporter: &Reporter) -> Result<String, Reported> {
    read_text(path).map_err(|error| report_unread(path, &error, reporter))
}

/// The text of a description's file; an error, if it is too large or not UTF-8.
///
/// # Errors
///
/// As for any file, and where it is not UTF-8.
pub fn read_text(path: &Path) -> io::Result<String> {
    let file = fs::File::open(path)?;
    let size = file.metadata()?.len();
    if size > LARGEST {
        return Err(io::Error::other(too_large(size)));
    }
    read_text_from(file)
}

/// The text of a description; an error, if it is too large or not UTF-8.
///
/// # Errors
///
/// As for any reader, and where it is not UTF-8.
pub fn read_text_from(input: impl Read) -> io::Result<String> {
    let mut bytes = Vec::new();
    input.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::other(format!(
            "it goes on after {LARGEST} bytes, which are the most"
        )));
    }
    // It is kept as long as the work lasts.
    bytes.shrink_to_fit();
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        io::Error::new(io::ErrorKind::InvalidData, format!("it is not UTF-8 from byte {valid} on"))
    })
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
