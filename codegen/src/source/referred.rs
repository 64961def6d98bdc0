//! The files that documents refer to: those beside them, and those that URLs are mapped to. A file
//! is read when a reference leads to it; nothing is fetched.
//!
//! ```text
//! schemas/a.json: { "$id": "https://example.com/a.json", "$ref": "b.json" }
//!
//! https://example.com/b.json is schemas/b.json, since https://example.com/a.json is schemas/a.json
//! ```

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::file::{File, Input, is_hidden, parse_text, read, read_text};
use super::uri;
use crate::diagnostics::{Reported, Reporter};
use crate::util::{CollectVec, PushAll as _, sort_by};

/// The files of URLs: prefixes of URLs, and the folder or file that each stands for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Maps(Vec<(String, PathBuf)>);

impl Maps {
    /// Maps URLs that begin with this one to files in a folder, or this URL to a file.
    pub(crate) fn add(&mut self, url: impl Into<String>, path: impl Into<PathBuf>) {
        self.0.push((url.into(), path.into()));
    }

    /// Maps the URLs of the files beside a file.
    pub(super) fn add_neighbours(&mut self, file: &File, path: &Path) {
        self.0.push_all(neighbours(file, path));
    }

    /// Reads the file of a URI that another file refers to, if there is one.
    pub(crate) fn read(
        &self,
        uri: &str,
        referrer: &File,
        reporter: &Reporter,
    ) -> Option<Result<File, Reported>> {
        Some(read_referred(&self.locate(uri)?, referrer, reporter))
    }

    /// The file of a URI, by the longest prefix that leads to one.
    fn locate(&self, uri: &str) -> Option<PathBuf> {
        let fits = self.0.iter().filter_map(|(url, path)| Some((rest_of(uri, url)?, path)));
        let mut fits = fits.collect_vec();
        sort_by(&mut fits, |(a, _), (b, _)| a.len().cmp(&b.len()));
        fits.into_iter().find_map(|(rest, path)| {
            let rest = uri::percent_decoded(rest.trim_start_matches('/'));
            let mut steps = Path::new(&rest).components();
            let is_below = steps.all(|it| matches!(it, Component::Normal(_)));
            let file = if rest.is_empty() { path.clone() } else { path.join(&rest) };
            is_below.then(|| with_ending(&file)).flatten()
        })
    }
}

/// What follows a prefix in a URI, if the prefix ends where a step of the path does.
fn rest_of<'u>(uri: &'u str, prefix: &str) -> Option<&'u str> {
    let rest = uri.strip_prefix(prefix)?;
    (rest.is_empty() || rest.starts_with('/') || prefix.ends_with('/')).then_some(rest)
}

/// Reads a file that another refers to.
pub(crate) fn read_referred(
    path: &Path,
    referrer: &File,
    reporter: &Reporter,
) -> Result<File, Reported> {
    let shown = path.display().to_string();
    let (text, root) = parse_text(shown.clone(), read(path, reporter)?, reporter)?;
    let referrer_schema = referrer.stated_schema().map(Arc::from);
    Ok(File { path: shown, text, root, input: Input::Referred, referrer_schema })
}

/// The file at a relative path from another file, whatever the `$id`s of both are.
pub(crate) fn beside(referrer: &File, path: &str) -> Option<PathBuf> {
    let is_relative = !path.contains(':') && !path.starts_with('/');
    let mut file = Path::new(&referrer.path).parent()?.to_owned();
    for step in Path::new(&uri::percent_decoded(path)).components() {
        match step {
            Component::ParentDir if file.file_name().is_some() => {
                file.pop();
            }
            Component::CurDir => {}
            step => file.push(step),
        }
    }
    is_relative.then(|| with_ending(&file)).flatten()
}

/// Whether two paths lead to one file.
pub(crate) fn is_same_file(a: &Path, b: &Path) -> bool {
    matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}

/// The file of this name, or of this name with an ending of JSON files or schemas.
fn with_ending(file: &Path) -> Option<PathBuf> {
    let with = |ending: &str| {
        let mut file = file.as_os_str().to_owned();
        file.push(ending);
        PathBuf::from(file)
    };
    ["", ".json", ".schema.json"].into_iter().map(with).find(|file| file.is_file())
}

/// The URIs of a file's folder: by the file's path, and by its `$id`, if this ends with the file's
/// name.
fn neighbours(file: &File, path: &Path) -> Vec<(String, PathBuf)> {
    let folder = path.parent().map(Path::to_owned).unwrap_or_default();
    let by_path = uri::of_file(&file.path);
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let stem = |name: &str| {
        let name = name.trim_end_matches(".json");
        name.strip_suffix(".schema").unwrap_or(name).to_owned()
    };
    let by_id = file.stated_id().and_then(|id| uri::resolve(&by_path, id.split('#').next()?));
    let by_id = by_id.filter(|id| id.rsplit('/').next().map(stem) == name.as_deref().map(stem));
    let folder_of = |uri: String| uri.rsplit_once('/').map(|(above, _)| format!("{above}/"));
    let uris = [Some(by_path), by_id].into_iter().flatten().filter_map(folder_of);
    uris.map(|uri| (uri, folder.clone())).collect_vec()
}

/// Reads documents: files, and all files in folders and below them.
///
/// # Errors
///
/// The path that cannot be read, and why.
pub(crate) fn read_documents(
    paths: &[PathBuf],
) -> Result<Vec<(PathBuf, String)>, (PathBuf, io::Error)> {
    let mut texts = Vec::new();
    for path in paths {
        let files = if path.is_dir() { files_of(path)? } else { vec![path.clone()] };
        for file in files {
            let text = read_text(&file).map_err(|error| (file.clone(), error))?;
            texts.push((file, text));
        }
    }
    Ok(texts)
}

fn files_of(folder: &Path) -> Result<Vec<PathBuf>, (PathBuf, io::Error)> {
    let entries = fs::read_dir(folder).and_then(CollectVec::collect_ok);
    let entries = entries.map_err(|error| (folder.to_owned(), error))?;
    let mut paths = entries.iter().map(fs::DirEntry::path).collect_vec();
    sort_by(&mut paths, Ord::cmp);
    let mut files = Vec::new();
    for path in paths.into_iter().filter(|path| !is_hidden(path)) {
        if path.is_dir() && !path.is_symlink() {
            files.push_all(files_of(&path)?);
        } else if path.is_file() && path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    Ok(files)
}
