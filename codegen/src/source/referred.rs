//! The files that documents refer to: beside them, and where URLs are mapped to. Nothing is fetched.
//!
//! ```text
//! schemas/a.json: { "$id": "https://example.com/a.json", "$ref": "b.json" }
//!
//! https://example.com/b.json is schemas/b.json, since https://example.com/a.json is schemas/a.json
//! ```

use crate::collect_vec::CollectVec as _;
use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::json::{Node, Object, Value};
use super::load::{File, Input, Sources, is_hidden, parse_text, read, read_text};
use super::uri;
use crate::diagnostics::Reporter;

/// Where the files of URLs are: what a URL begins with, and the folder or file that this stands for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Maps(Vec<(String, PathBuf)>);

impl Maps {
    /// Maps what begins with a URL to a folder, or the URL itself to a file.
    pub(crate) fn add(&mut self, url: impl Into<String>, path: impl Into<PathBuf>) {
        self.0.push((url.into(), path.into()));
    }

    /// The documents that were read from files, and all that they refer to.
    pub(crate) fn load(mut self, read: Vec<(PathBuf, String)>, reporter: &Reporter) -> Sources {
        let paths = read.iter().map(|(path, _)| path.clone()).collect_vec();
        let texts = read.into_iter().map(|(path, text)| (path.display().to_string(), text));
        let mut sources = Sources::from_texts("", Input::Document, texts, reporter);
        for path in &paths {
            let shown = path.display().to_string();
            let file = sources.files.iter().find(|file| file.path == shown);
            self.0.extend(file.into_iter().flat_map(|file| neighbours(file, path)));
        }
        self.add_referred(&mut sources, reporter);
        sources
    }

    /// Adds the files that those which are there refer to, and the files that these refer to.
    pub(crate) fn add_referred(&self, sources: &mut Sources, reporter: &Reporter) {
        let mut known = HashSet::new();
        let mut next = 0;
        while next < sources.files.len() {
            let file = &sources.files[next];
            next += 1;
            let base = file.uri.clone().unwrap_or_else(|| uri::of_file(&file.path));
            let stated: Option<Arc<str>> = file.stated_schema().map(Arc::from);
            let is_old = stated.as_deref().is_some_and(|uri| uri.contains("/draft-0"));
            let mut walk = ReferenceWalk { known: &mut known, wanted: Vec::new(), is_old };
            walk.known.insert(base.clone());
            walk.walk(&file.root, &base);
            for uri in walk.wanted {
                if !known.insert(uri.clone())
                    || sources.files.iter().any(|file| has_uri(file, &uri))
                {
                    continue;
                }
                if let Some(path) = self.locate(&uri) {
                    add(sources, (uri, &path, stated.clone()), reporter);
                }
            }
        }
    }

    /// The file of a URI, by the map that says most of it.
    fn locate(&self, uri: &str) -> Option<PathBuf> {
        let fits = self.0.iter().filter_map(|(url, path)| Some((uri.strip_prefix(url)?, path)));
        let (rest, path) = fits.min_by_key(|(rest, _)| rest.len())?;
        let rest = uri::percent_decoded(rest.trim_start_matches('/'));
        let is_below = Path::new(&rest).components().all(|it| matches!(it, Component::Normal(_)));
        let file = if rest.is_empty() { path.clone() } else { path.join(&rest) };
        let with = |ending| PathBuf::from(format!("{}{ending}", file.display()));
        let named = ["", ".json", ".schema.json"].into_iter().map(with);
        is_below.then(|| named.into_iter().find(|file| file.is_file())).flatten()
    }
}

/// Whether a file has a URI.
fn has_uri(file: &File, uri: &str) -> bool {
    file.uri.as_deref().map_or_else(|| uri::of_file(&file.path) == uri, |own| own == uri)
}

/// Adds a file by its URI and path, with what is stated by the one that refers to it.
fn add(
    sources: &mut Sources,
    (uri, path, referrer_schema): (String, &Path, Option<Arc<str>>),
    reporter: &Reporter,
) {
    let shown = path.display().to_string();
    match read(path, reporter).and_then(|text| parse_text(shown.clone(), text, reporter)) {
        Ok((text, root)) => {
            let (path, input, uri) = (shown, Input::Referred, Some(uri));
            sources.files.push(File { path, text, root, input, uri, referrer_schema });
        }
        Err(reported) => drop(sources.broken.insert(uri, reported)),
    }
}

/// What the folder of a file is by the file's path, and by what the file calls itself, if that ends as
/// its path does.
fn neighbours(file: &File, path: &Path) -> Vec<(String, PathBuf)> {
    let folder = path.parent().map(Path::to_owned).unwrap_or_default();
    let by_path = uri::of_file(&file.path);
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let stem = |name: &str| {
        let name = name.trim_end_matches(".json");
        name.strip_suffix(".schema").unwrap_or(name).to_owned()
    };
    let by_id = ["/$id", "/id"].iter().find_map(|pointer| file.root.text_at(pointer));
    let by_id = by_id.and_then(|id| uri::resolve(&by_path, id.split('#').next()?));
    let by_id = by_id.filter(|id| id.rsplit('/').next().map(stem) == name.as_deref().map(stem));
    let folder_of = |uri: String| uri.rsplit_once('/').map(|(above, _)| format!("{above}/"));
    let uris = [Some(by_path), by_id].into_iter().flatten().filter_map(folder_of);
    uris.map(|uri| (uri, folder.clone())).collect_vec()
}

/// Looks through a document for what it refers to.
struct ReferenceWalk<'k> {
    /// The URIs of what is there.
    known: &'k mut HashSet<String>,
    wanted: Vec<String>,
    /// Whether an identifier beside a `$ref` is none, as in drafts up to 7.
    is_old: bool,
}

impl ReferenceWalk<'_> {
    fn walk(&mut self, node: &Node, base: &str) {
        match &node.value {
            Value::Array(items) => items.iter().for_each(|item| self.walk(item, base)),
            Value::Object(object) => {
                // In drafts up to 7, an identifier beside a `$ref` is none.
                let is_alone = self.is_old && object.get("$ref").and_then(Node::as_text).is_some();
                let own = identifier(object).filter(|_| !is_alone);
                let own = own.and_then(|id| uri::resolve(base, id));
                let base = own.as_deref().unwrap_or(base);
                self.known.extend(own.clone());
                for entry in &object.entries {
                    self.refer(&entry.key, &entry.node, base);
                    self.walk(&entry.node, base);
                }
            }
            _ => {}
        }
    }

    fn refer(&mut self, keyword: &str, node: &Node, base: &str) {
        if !matches!(keyword, "$ref" | "$dynamicRef" | "$recursiveRef" | "$schema") {
            return;
        }
        let path = node.as_text().and_then(|text| text.split('#').next());
        let path = path.filter(|path| !path.is_empty());
        self.wanted.extend(path.and_then(|path| uri::resolve(base, path)));
    }
}

/// What a schema calls itself, without its fragment.
fn identifier(object: &Object) -> Option<&str> {
    let id = object.get("$id").or_else(|| object.get("id"))?;
    id.as_text()?.split('#').next().filter(|id| !id.is_empty())
}

/// Reads documents: files, and what lies in folders and below them.
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
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let entries = entries.map_err(|error| (folder.to_owned(), error))?;
    let mut paths = entries.iter().map(fs::DirEntry::path).collect_vec();
    paths.sort();
    let mut files = Vec::new();
    for path in paths.into_iter().filter(|path| !is_hidden(path)) {
        if path.is_dir() && !path.is_symlink() {
            files.extend(files_of(&path)?);
        } else if path.is_file() && path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    Ok(files)
}
