//! What a build script calls.

use std::path::{Path, PathBuf};

use syn::parse::Parser as _;

use crate::diagnostics::{Diagnostics, Reported, Reporter};
use crate::emit::{Calls, Style};
use crate::names;
use crate::operations::OperationSummary;
use crate::outcome::{Failure, Generated, on_ample_stack, reporting};
use crate::output::{is_current, write_if_changed};
use crate::pipeline;
use crate::source::{Input, Maps, Sources, read_documents};
use crate::util::CollectVec as _;

/// Generates the Rust code for a folder of descriptions.
///
/// ```no_run
/// // build.rs
/// use std::process::ExitCode;
///
/// fn main() -> ExitCode {
///     wechat_bizwifi_codegen::Builder::new("schema").build()
/// }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until it generates"]
pub struct Builder {
    folder: PathBuf,
    runtime: String,
    crate_name: String,
    client_trait: String,
    in_tree: Option<PathBuf>,
    denies_warnings: bool,
    maps: Maps,
}

impl Builder {
    /// A builder for the descriptions in this folder and in the folders below it.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        let package = std::env::var("CARGO_PKG_NAME").unwrap_or_else(|_| "api".to_owned());
        Self {
            folder: folder.into(),
            runtime: "::wechat_bizwifi".to_owned(),
            crate_name: package.replace('-', "_"),
            client_trait: "Calls".to_owned(),
            in_tree: None,
            denies_warnings: false,
            maps: Maps::default(),
        }
    }

    /// The path of the runtime. `crate` is for the runtime's own crate, whose `Client` gets the
    /// calls as methods. Default: `::wechat_bizwifi`, whose client gets them from a trait.
    pub fn runtime(mut self, path: impl Into<String>) -> Self {
        self.runtime = path.into();
        self
    }

    /// The name of the trait that gives the client its calls. Default: `Calls`.
    pub fn client_trait(mut self, name: impl Into<String>) -> Self {
        self.client_trait = name.into();
        self
    }

    /// The crate's name in examples of the documentation. Default: the package that is built.
    pub fn crate_name(mut self, name: impl Into<String>) -> Self {
        self.crate_name = name.into();
        self
    }

    /// A file of generated code that is kept in the source tree, so that editors and stack traces
    /// lead to it. While the file is up to date, [`build`](Self::build) sets the configuration
    /// `generated_in_tree`; when the file is stale, the crate includes the code in `OUT_DIR`
    /// instead:
    ///
    /// ```ignore
    /// #[cfg(generated_in_tree)]
    /// mod generated;
    /// #[cfg(not(generated_in_tree))]
    /// mod generated {
    ///     include!(concat!(env!("OUT_DIR"), "/api.rs"));
    /// }
    /// ```
    pub fn in_tree(mut self, file: impl Into<PathBuf>) -> Self {
        self.in_tree = Some(file.into());
        self
    }

    /// Whether every warning is an error.
    pub fn deny_warnings(mut self, deny: bool) -> Self {
        self.denies_warnings = deny;
        self
    }

    /// Maps a URL to a local path, for the `$ref`s of documents. If `path` is a folder, a `$ref` to
    /// a URL below `url` leads to the file at the rest of the URL in that folder. If `path` is a
    /// file, a `$ref` to `url` leads to that file. Of several mapped URLs, the longest that leads to
    /// a file is taken. Nothing is ever fetched.
    pub fn map(mut self, url: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        self.maps.add(url, path);
        self
    }

    /// Generates the code and returns it.
    ///
    /// # Errors
    ///
    /// If the descriptions have errors (the failure has all of them), or an option is not a Rust
    /// name.
    pub fn generate(&self) -> Result<String, Failure> {
        self.generate_with_warnings().map(|generated| generated.code)
    }

    /// Generates the code and returns it with its warnings and hints.
    ///
    /// # Errors
    ///
    /// As [`generate`](Self::generate).
    pub fn generate_with_warnings(&self) -> Result<Generated, Failure> {
        self.generated(&|style, reporter| {
            pipeline::generate(&Sources::load(&self.folder, reporter), style, reporter)
        })
    }

    /// Generates a module of types, the first of them `Root`, from the text of one plain JSON
    /// Schema document. Messages name the document by `path`. The types are as strict as requests.
    ///
    /// # Errors
    ///
    /// If something in the document cannot be enforced, or an option is not a Rust name.
    pub fn types(&self, path: &str, text: &str) -> Result<String, Failure> {
        self.types_with_warnings(path, text).map(|generated| generated.code)
    }

    /// As [`types`](Self::types), with the warnings and hints.
    ///
    /// # Errors
    ///
    /// As [`types`](Self::types).
    pub fn types_with_warnings(&self, path: &str, text: &str) -> Result<Generated, Failure> {
        self.generated(&|style, reporter| {
            let files = vec![(path.to_owned(), text.to_owned())];
            let mut sources = Sources::from_texts("", Input::Document, files, reporter);
            sources.maps = self.maps.clone();
            pipeline::generate(&sources, style, reporter)
        })
    }

    /// As [`types`](Self::types), from files, and from folders with all `.json` files in and below
    /// them. Where there are several files, the type of each is named after its file. Files beside
    /// the given ones can be referred to as well: by relative paths, and if a given file's `$id`
    /// ends in its file name, by URLs beside that `$id`.
    ///
    /// # Errors
    ///
    /// As [`types`](Self::types), or if a file cannot be read.
    pub fn types_of(&self, paths: &[PathBuf]) -> Result<Generated, Failure> {
        let documents =
            read_documents(paths).map_err(|(path, error)| Failure::Input(path, error))?;
        self.generated(&|style, reporter| {
            let sources = Sources::from_documents(self.maps.clone(), documents.clone(), reporter);
            pipeline::generate(&sources, style, reporter)
        })
    }

    /// Generates the code, writes it to a file if the file's bytes would change, and returns it.
    ///
    /// # Errors
    ///
    /// As [`generate`](Self::generate), or if the file cannot be written.
    pub fn generate_to(&self, file: impl AsRef<Path>) -> Result<Generated, Failure> {
        written(file.as_ref().to_owned(), self.generate_with_warnings()?)
    }

    /// Checks that a file holds the code that would be generated, however it is formatted.
    ///
    /// # Errors
    ///
    /// As [`generate`](Self::generate), or if the file cannot be read or holds other code.
    pub fn check(&self, file: impl AsRef<Path>) -> Result<(), Failure> {
        is_current(file.as_ref(), &self.generate()?)
    }

    /// The operations that the descriptions describe, in the order of their files' paths.
    ///
    /// # Errors
    ///
    /// As [`generate`](Self::generate).
    pub fn operations(&self) -> Result<Vec<OperationSummary>, Failure> {
        on_ample_stack(&|| {
            self.reporting(|reporter| {
                let sources = Sources::load(&self.folder, reporter);
                pipeline::operations(&sources, reporter)
            })
            .map(|(operations, _)| operations)
        })
    }

    /// Does all that a build script needs: generates `api.rs` into cargo's `OUT_DIR`, tells cargo
    /// what to watch, and prints errors and warnings. After an error it does not return but ends
    /// the process, so that the build fails even if the caller ignores the exit code.
    ///
    /// The crate includes the code with `include!(concat!(env!("OUT_DIR"), "/api.rs"));`.
    pub fn build(&self) -> std::process::ExitCode {
        self.run_script("api.rs", &|| self.generate_with_warnings())
    }

    /// As [`build`](Self::build), for plain JSON Schema documents: generates `types.rs`, with the
    /// [types of](Self::types_of) the folder, or of the one file, that [`new`](Self::new) was given.
    ///
    /// ```no_run
    /// // build.rs
    /// use std::process::ExitCode;
    ///
    /// fn main() -> ExitCode {
    ///     wechat_bizwifi_codegen::Builder::new("schemas").build_types()
    /// }
    /// ```
    pub fn build_types(&self) -> std::process::ExitCode {
        self.run_script("types.rs", &|| self.types_of(std::slice::from_ref(&self.folder)))
    }

    #[expect(
        clippy::print_stdout,
        clippy::print_stderr,
        reason = "a build script speaks to cargo by printing"
    )]
    fn run_script(
        &self,
        file: &str,
        generate: &dyn Fn() -> Result<Generated, Failure>,
    ) -> std::process::ExitCode {
        // Cargo watches the build script itself. It reads paths in UTF-8 only; if the script names none, it
        // watches the whole package.
        if let Some(folder) = self.folder.to_str() {
            println!("cargo::rerun-if-changed={folder}");
        }
        let Some(folder) = std::env::var_os("OUT_DIR") else {
            eprintln!("OUT_DIR is not set: this is for build scripts");
            std::process::exit(1);
        };
        println!("cargo::rustc-check-cfg=cfg(generated_in_tree)");
        let generated = generate()
            .and_then(|generated| written(Path::new(&folder).join(file), generated))
            .unwrap_or_else(|failure| {
                eprintln!("{failure}");
                std::process::exit(1);
            });
        for warning in generated.warnings.lines() {
            println!("cargo::warning={warning}");
        }
        let in_tree = self.in_tree.iter().map(|file| file.display().to_string());
        for file in generated.referred.iter().cloned().chain(in_tree) {
            // If only these were named, cargo would not watch a folder whose name is not UTF-8.
            if self.folder.to_str().is_some() {
                println!("cargo::rerun-if-changed={file}");
            }
        }
        if self.in_tree.as_deref().is_some_and(|file| is_current(file, &generated.code).is_ok()) {
            println!("cargo::rustc-cfg=generated_in_tree");
        }
        std::process::ExitCode::SUCCESS
    }

    /// Generates code on a stack that is large enough.
    fn generated(&self, generate: Generate<'_>) -> Result<Generated, Failure> {
        on_ample_stack(&|| {
            let style = self.style()?;
            self.reporting(|reporter| generate(&style, reporter)).map(Generated::from)
        })
    }

    /// As [`reporting`]; warnings are errors if they are denied.
    fn reporting<T>(
        &self,
        work: impl FnOnce(&Reporter) -> Result<T, Reported>,
    ) -> Result<(T, Diagnostics), Failure> {
        match reporting(work) {
            Ok((_, warnings)) if self.denies_warnings && warnings.has_warnings() => {
                Err(Failure::Descriptions(warnings.without_hints().0.denied()))
            }
            Err(Failure::Descriptions(diagnostics)) if self.denies_warnings => {
                Err(Failure::Descriptions(diagnostics.denied()))
            }
            result => result,
        }
    }

    fn style(&self) -> Result<Style, Failure> {
        let runtime = module_path(&self.runtime)
            .ok_or_else(|| Failure::Option("runtime", self.runtime.clone()))?;
        let client_trait = trait_name(&self.client_trait)
            .ok_or_else(|| Failure::Option("client_trait", self.client_trait.clone()))?;
        let calls =
            if runtime.is_ident("crate") { Calls::Inherent } else { Calls::Trait(client_trait) };
        Ok(Style { runtime, crate_name: self.crate_name.clone(), calls, names_statics: true })
    }
}

/// Writes what was generated into a file.
fn written(file: PathBuf, generated: Generated) -> Result<Generated, Failure> {
    match write_if_changed(&file, &generated.code) {
        Ok(()) => Ok(generated),
        Err(error) => Err(Failure::Output(file, error)),
    }
}

/// Generates code in a style.
type Generate<'g> =
    &'g (dyn Fn(&Style, &Reporter) -> Result<(String, Vec<String>), Reported> + Sync);

/// Parses a module's path as `use` takes it: names without generic arguments. The first may be
/// `crate` or `self`, or the first ones `super`.
fn module_path(text: &str) -> Option<syn::Path> {
    let path = syn::Path::parse_mod_style.parse_str(text).ok()?;
    let steps = path.segments.iter().map(|segment| segment.ident.to_string()).collect_vec();
    let names = match steps.as_slice() {
        names if path.leading_colon.is_some() => names,
        [first, names @ ..] if first == "crate" || first == "self" => names,
        steps => &steps[steps.iter().take_while(|step| *step == "super").count()..],
    };
    names.iter().all(|name| names::is_identifier(name)).then_some(path)
}

/// Parses the name of a trait; `None` if generated code uses the name for something else.
fn trait_name(text: &str) -> Option<syn::Ident> {
    let is_free = names::is_identifier(text)
        && !["rt", "return_code"].contains(&text)
        && !names::is_reserved(text);
    is_free.then(|| syn::parse_str(text).ok())?
}
