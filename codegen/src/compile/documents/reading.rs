//! Reads documents when a reference leads to them.
//!
//! ```text
//! schemas/manifest.json: { "$id": "https://example.com/manifest", "$ref": "parts.json" }
//!
//! no document has the URI https://example.com/parts.json, so schemas/parts.json is read
//! ```

use std::path::Path;

use super::{Document, Documents, ResourceId, a_few};
use crate::diagnostics::Reported;
use crate::schema::Located;
use crate::source::{self, File, Input, uri};
use crate::util::CollectVec as _;

impl<'s> Documents<'s> {
    /// The paths of the files that were read.
    pub(in crate::compile) fn read_files(&self) -> Vec<String> {
        let files = self.given.iter().map(|document| document.file);
        let read = files.filter(|file| file.input == Input::Referred);
        read.map(|file| file.path.clone()).collect_vec()
    }

    /// Reads the file that a URI is mapped to, if it is mapped to one.
    pub(super) fn read(
        &mut self,
        uri: &str,
        referrer: &'s File,
    ) -> Option<Result<ResourceId, Reported>> {
        if let Some(reported) = self.unread.get(uri) {
            return Some(Err(*reported));
        }
        let read = self.sources?.maps.read(uri, referrer, self.reporter)?;
        Some(self.add_read(uri, read))
    }

    /// Reads the file at the path of a relative reference, if no document has the URI that the
    /// reference resolves to: many `$id`s do not say where their files are.
    pub(super) fn read_beside(
        &mut self,
        reference: &Located<'s>,
        path: &str,
        uri: &str,
    ) -> Option<Result<ResourceId, Reported>> {
        let lies_in_a_folder = matches!(reference.file.input, Input::Document | Input::Referred);
        let file = source::beside(reference.file, path).filter(|_| lies_in_a_folder)?;
        let is_read =
            |document: &&Document<'s>| source::is_same_file(Path::new(&document.file.path), &file);
        let known = self.given.iter().find(is_read).map(|document| document.uri.clone());
        if let Some(id) = known.and_then(|known| self.by_uri.get(&known).copied()) {
            self.by_uri.insert(uri.to_owned(), id);
            return Some(Ok(id));
        }
        let read = source::read_referred(&file, reference.file, self.reporter);
        Some(self.add_read(uri, read))
    }

    fn add_read(
        &mut self,
        uri: &str,
        read: Result<File, Reported>,
    ) -> Result<ResourceId, Reported> {
        let file = read.inspect_err(|reported| {
            self.unread.insert(uri.to_owned(), *reported);
        })?;
        let file = self.arena.files.alloc(file);
        let document = Document::new(file, Some(uri), self.reporter);
        self.given.push(document.clone());
        Ok(self.index(&document))
    }

    pub(super) fn report_missing<T>(
        &self,
        reference: &Located<'s>,
        path: &str,
        uri: &str,
    ) -> Result<T, Reported> {
        let wanted = uri::file_path(uri);
        if let Some(reported) = wanted.as_deref().and_then(|path| self.sources?.broken(path)) {
            return Err(reported);
        }
        let shown = wanted.as_deref().unwrap_or(uri);
        match wanted {
            _ if reference.file.input == Input::Added => reference
                .error(format!("`{shown}` is not among the documents that were added"))
                .help("nothing is fetched: add it under this URI")
                .fail(),
            None if reference.is_document() => {
                let error =
                    reference.error(format!("`{uri}` is not among the files that are given"));
                let map = match uri.rsplit_once('/') {
                    Some((folder, name)) if !folder.ends_with('/') && !name.is_empty() => {
                        format!("to its folder, `--map {folder}/=DIR`")
                    }
                    _ => format!("to the file, `--map {uri}=FILE`"),
                };
                let help = format!(
                    "nothing is fetched: save it, and map the URL {map} (in a build script, `Builder::map`)"
                );
                error.help(help).fail()
            }
            None => reference
                .error(format!("`{uri}` is not among the descriptions"))
                .help("nothing is fetched: put a copy into this folder and refer to that")
                .fail(),
            Some(_) => {
                let files = a_few(self.given.iter().map(|document| &*document.file.path));
                let message = format!("there is no file `{path}` beside `{}`", reference.file.path);
                reference.error(message).help(format!("the files are {files}")).fail()
            }
        }
    }
}
