//! What each subcommand does.

mod arguments;
mod help;
mod json;
mod output;
mod progress;
mod table;

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use arguments::{Command, Compared, DiffFormat, Document, Format, Settings, parse};
use output::{complain, print};
use wechat_bizwifi_codegen::export::OpenApi;
use wechat_bizwifi_codegen::source::read_text_from;
use wechat_bizwifi_codegen::{Builder, Diff, Failure, Generated};

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    Done = 0,
    /// The descriptions have errors, or a file cannot be read or written; `diff` found what breaks.
    Errors = 1,
    /// The arguments are not understood.
    Usage = 2,
    /// The document says what cannot be enforced, or nothing was compared.
    Refused = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Does what the arguments say; the first of them is the program's own name.
pub(crate) fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let exit = match parse(arguments) {
        Ok(command) => execute(command),
        Err(misuse) => {
            complain(&format!("{misuse}\n\n{}", help::HINT));
            Exit::Usage
        }
    };
    exit.into()
}

fn execute(command: Command) -> Exit {
    match command {
        Command::Generate { folder, output, settings, kept: None } => {
            generate(&folder, output, settings)
        }
        Command::Generate { folder, settings, kept: Some(kept), .. } => {
            is_current(&folder, &kept, settings)
        }
        Command::Check { folder, format, settings } => check(&folder, format, settings),
        Command::Diff { compared, format } => diff(&compared, format),
        Command::Types { paths, settings } => types(&paths, settings),
        Command::List { folder } => list(&folder),
        Command::Export { folder, output, document } => export(folder, output, document),
        Command::Help(text) => print(text, Exit::Done),
        Command::Version => print(help::VERSION, Exit::Done),
    }
}

fn generate(folder: &Path, output: Option<PathBuf>, settings: Settings) -> Exit {
    let builder = configured(Builder::new(folder), settings);
    let result = progress::during(&format!("Reading {}", folder.display()), || match output {
        Some(file) => builder.generate_to(file).map(|generated| (generated, true)),
        None => builder.generate_with_warnings().map(|generated| (generated, false)),
    });
    match result {
        Ok((generated, true)) => {
            show_warnings(&generated);
            Exit::Done
        }
        Ok((generated, false)) => show(&generated),
        Err(failure) => fail(&failure, Exit::Errors),
    }
}

/// Whether a file of generated code is what the descriptions say.
fn is_current(folder: &Path, kept: &Path, settings: Settings) -> Exit {
    let builder = configured(Builder::new(folder), settings);
    match progress::during(&format!("Reading {}", folder.display()), || builder.check(kept)) {
        Ok(()) => Exit::Done,
        Err(failure) => fail(&failure, Exit::Errors),
    }
}

/// Prints the code, and the warnings to standard error.
fn show(generated: &Generated) -> Exit {
    show_warnings(generated);
    print(&generated.code, Exit::Done)
}

fn show_warnings(generated: &Generated) {
    if !generated.warnings.is_empty() {
        complain(&generated.warnings.render());
    }
}

fn check(folder: &Path, format: Format, settings: Settings) -> Exit {
    let builder = configured(Builder::new(folder), settings);
    let result = progress::during(&format!("Checking {}", folder.display()), || {
        builder.generate_with_warnings()
    });
    let (diagnostics, exit) = match result {
        Ok(generated) => (generated.warnings.and(generated.hints), Exit::Done),
        Err(Failure::Descriptions(diagnostics)) => (diagnostics, Exit::Errors),
        Err(failure) => return fail(&failure, Exit::Errors),
    };
    let text = match format {
        Format::Json => json::diagnostics(folder, &diagnostics),
        Format::Text if diagnostics.is_empty() => format!("{}: no errors\n", folder.display()),
        Format::Text => diagnostics.render(),
    };
    print(&text, exit)
}

fn diff(compared: &Compared, format: DiffFormat) -> Exit {
    let result = progress::during("Comparing", || match compared {
        Compared::Folders(old, new) => Diff::of_folders(old, new),
        Compared::Revision(revision, folder) => Diff::since_revision(revision, folder),
    });
    let diff = match result {
        Ok(diff) => diff,
        Err(failure) => return fail(&failure, Exit::Refused),
    };
    let text = match format {
        DiffFormat::Text => diff.to_text(),
        DiffFormat::Json => diff.to_json(),
        DiffFormat::Markdown => diff.to_markdown(),
    };
    print(&text, if diff.is_breaking() { Exit::Errors } else { Exit::Done })
}

/// The types of files and folders; `-` is standard input.
fn types(paths: &[PathBuf], settings: Settings) -> Exit {
    let shown: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let builder = configured(Builder::new(""), settings);
    let result = progress::during(&format!("Reading {}", shown.join(", ")), || match paths {
        [path] if path == Path::new("-") => {
            let text = read_text_from(io::stdin());
            let text = text.map_err(|error| Failure::Input(path.clone(), error))?;
            builder.types_with_warnings("-", &text)
        }
        paths => builder.types_of(paths),
    });
    match result {
        Ok(generated) => show(&generated),
        Err(failure) => fail(&failure, Exit::Refused),
    }
}

fn list(folder: &Path) -> Exit {
    let result = progress::during(&format!("Reading {}", folder.display()), || {
        Builder::new(folder).operations()
    });
    match result {
        Ok(operations) => print(&table::operations(&operations), Exit::Done),
        Err(failure) => fail(&failure, Exit::Errors),
    }
}

fn export(folder: PathBuf, output: Option<PathBuf>, of: Document) -> Exit {
    let shown = format!("Reading {}", folder.display());
    let mut document = OpenApi::new(folder).format(of.format);
    if let Some(title) = of.title {
        document = document.title(title);
    }
    if let Some(version) = of.version {
        document = document.version(version);
    }
    document = of.servers.into_iter().fold(document, OpenApi::server);
    let result = progress::during(&shown, || match output {
        Some(file) => document.write_to(file).map(|()| None),
        None => document.document().map(Some),
    });
    match result {
        Ok(None) => Exit::Done,
        Ok(Some(text)) => print(&text, Exit::Done),
        Err(failure) => fail(&failure, Exit::Errors),
    }
}

fn configured(mut builder: Builder, settings: Settings) -> Builder {
    if let Some(path) = settings.runtime {
        builder = builder.runtime(path);
    }
    if let Some(name) = settings.client_trait {
        builder = builder.client_trait(name);
    }
    if let Some(name) = settings.crate_name {
        builder = builder.crate_name(name);
    }
    for (url, path) in settings.maps {
        builder = builder.map(url, path);
    }
    builder.deny_warnings(settings.denies_warnings)
}

/// A name that is none is an error of the arguments, whatever the descriptions say.
fn fail(failure: &Failure, otherwise: Exit) -> Exit {
    let cause = std::error::Error::source(failure).map(|cause| format!(": {cause}"));
    complain(&format!("{failure}{}", cause.unwrap_or_default()));
    match failure {
        Failure::Option(..) => Exit::Usage,
        Failure::Output(..) | Failure::Input(..) | Failure::Stale(_) => Exit::Errors,
        _ => otherwise,
    }
}
