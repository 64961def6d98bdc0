//! Checks values against schemas without generating types.

use wechat_bizwifi_rules::{Value, Violations};

use crate::compile::{Arena, Compiler, Document, NodeId, Options};
use crate::diagnostics::Reporter;
use crate::emit::emit_tables;
use crate::outcome::{Failure, on_ample_stack, reporting};
use crate::render::SourceFile;
use crate::schema::{Draft, Located};
use crate::source::{Input, Sources};

/// Checks values against the schemas of documents of any draft from 4 on.
///
/// ```
/// use wechat_bizwifi_codegen::{Draft, Validator};
///
/// let mut validator = Validator::new(Draft::Draft202012);
/// validator.add("https://example.com/name", r#"{ "type": "string", "maxLength": 4 }"#);
/// let verdicts = validator.validate("https://example.com/name", &["\"Anne\"", "\"Johanna\""])?;
/// assert!(verdicts[0].is_empty());
/// assert!(!verdicts[1].is_empty());
/// # Ok::<(), wechat_bizwifi_codegen::Failure>(())
/// ```
#[derive(Clone, Debug)]
pub struct Validator {
    draft: Draft,
    asserts_formats: bool,
    documents: Vec<(String, String)>,
}

impl Validator {
    /// A validator without documents. A document that states no draft is of this one.
    pub fn new(draft: Draft) -> Self {
        Self { draft, asserts_formats: false, documents: Vec::new() }
    }

    /// Makes `format` an assertion.
    pub fn assert_formats(&mut self) -> &mut Self {
        self.asserts_formats = true;
        self
    }

    /// Adds a document under its URI. Nothing is ever fetched: add the documents that it refers to
    /// as well.
    pub fn add(&mut self, uri: impl Into<String>, text: impl Into<String>) -> &mut Self {
        self.documents.push((uri.into(), text.into()));
        self
    }

    /// Checks each of these JSON texts against the document of this URI, and returns the violations
    /// of each: none if the value is valid.
    ///
    /// # Errors
    ///
    /// If a schema has errors, or a text is not JSON.
    pub fn validate(&self, uri: &str, values: &[&str]) -> Result<Vec<Vec<String>>, Failure> {
        self.compile(uri, &|compiler, root, reporter| {
            let verdict = |text: &&str| match Value::parse(text.as_bytes()) {
                Ok(value) => {
                    let found = compiler.evaluate(root, &value).err();
                    let found = found.map_or_else(Vec::new, Violations::into_vec);
                    found.iter().map(ToString::to_string).collect()
                }
                Err(error) => {
                    reporter.error_without_place(format!("a value cannot be read: {error}"));
                    Vec::new()
                }
            };
            values.iter().map(verdict).collect()
        })
    }

    /// The rules of the document of this URI as Rust statics, the first of which has this name.
    /// They refer to the crate `wechat-bizwifi-rules` as `rt`.
    ///
    /// # Errors
    ///
    /// If a schema has errors.
    pub fn tables(&self, uri: &str, name: &str) -> Result<String, Failure> {
        self.compile(uri, &|compiler, root, _| {
            let mut file = SourceFile::part();
            emit_tables(compiler, &[(root, name.to_owned())], true, &mut file);
            file.finish()
        })
    }

    fn compile<T: Send>(&self, uri: &str, work: Work<'_, T>) -> Result<T, Failure> {
        on_ample_stack(&|| {
            reporting(|reporter| {
                let documents = self.documents.clone();
                let sources = Sources::from_texts("", Input::Added, documents, reporter);
                let arena = Arena::default();
                let named = |file| Document::new(file, Some(&file.path), reporter);
                let documents = sources.files.iter().map(named).collect();
                let options = Options { draft: self.draft, asserts_formats: self.asserts_formats };
                let mut compiler =
                    Compiler::new(&arena, (documents, Some(&sources)), options, reporter);
                let root = sources.files.iter().find(|file| file.path == uri);
                let root = root.ok_or_else(|| {
                    let message = format!("there is no document `{uri}`");
                    reporter.error_without_place(message).reported()
                })?;
                let root = compiler.node_of(&Located::root(root, reporter), None);
                let result = work(&compiler, root, reporter);
                reporter.gate(result)
            })
            .map(|(result, _)| result)
        })
    }
}

/// Uses a compiled document.
type Work<'w, T> = &'w (dyn Fn(&Compiler<'_>, NodeId, &Reporter) -> T + Sync);
