//! What each subcommand does.

mod arguments;
mod json;
mod output;
mod progress;
mod table;

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use arguments::{Command, DiffFormat, Export, Format, Generate, Program};
use clap::Parser as _;
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

/// Does what the arguments say; the first of them is the program's own name.
pub(crate) fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let exit = match Program::try_parse_from(arguments) {
        Ok(program) => execute(program.command),
        // Help and version too are what clap calls errors.
        Err(told) if told.use_stderr() => {
            complain(&told.to_string());
            Exit::Usage
        }
        Err(told) => print(&told.to_string(), Exit::Done),
    };
    ExitCode::from(exit as u8)
}

fn execute(command: Command) -> Exit {
    match command {
        Command::Generate(wanted) => generate(wanted),
        Command::Check { folder, format, deny_warnings } => {
            let builder = Builder::new(&folder.folder).deny_warnings(deny_warnings);
            check(&folder.folder, format, &builder)
        }
        Command::Diff { old, new, git, format } => diff(&old, new.as_deref(), git, format),
        Command::Types { paths, map, runtime, deny_warnings } => {
            let builder = Builder::new("").runtime(runtime).deny_warnings(deny_warnings);
            let builder = map.into_iter().fold(builder, |it, (url, path)| it.map(url, path));
            types(&paths, &builder)
        }
        Command::List { folder } => list(&folder.folder),
        Command::Export(Export::OpenApi { folder, output, format, title, api_version, server }) => {
            let document = OpenApi::new(&folder.folder).format(format.into());
            let document = document.title(title).version(api_version);
            export(&folder.folder, output, &server.into_iter().fold(document, OpenApi::server))
        }
    }
}

fn generate(wanted: Generate) -> Exit {
    let folder = wanted.folder.folder;
    let builder = Builder::new(&folder)
        .runtime(wanted.runtime)
        .client_trait(wanted.client_trait)
        .crate_name(wanted.crate_name)
        .deny_warnings(wanted.deny_warnings);
    let result = progress::during(&format!("Reading {}", folder.display()), || {
        match (&wanted.check, &wanted.output) {
            (Some(kept), _) => builder.check(kept).map(|()| None),
            (None, Some(file)) => builder.generate_to(file).map(|it| Some((it, true))),
            (None, None) => builder.generate_with_warnings().map(|it| Some((it, false))),
        }
    });
    match result {
        Ok(None) => Exit::Done,
        Ok(Some((generated, true))) => {
            show_warnings(&generated);
            Exit::Done
        }
        Ok(Some((generated, false))) => show(&generated),
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

fn check(folder: &Path, format: Format, builder: &Builder) -> Exit {
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

/// Compares two folders, or one as it was at a revision and as it is.
fn diff(old: &Path, new: Option<&Path>, revision: Option<String>, format: DiffFormat) -> Exit {
    let result = progress::during("Comparing", || match revision {
        Some(revision) => Diff::since_revision(&revision, old),
        None => Diff::of_folders(old, new.unwrap_or(old)),
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
fn types(paths: &[PathBuf], builder: &Builder) -> Exit {
    let shown: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
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

fn export(folder: &Path, output: Option<PathBuf>, document: &OpenApi) -> Exit {
    let result = progress::during(&format!("Reading {}", folder.display()), || match output {
        Some(file) => document.write_to(file).map(|()| None),
        None => document.document().map(Some),
    });
    match result {
        Ok(None) => Exit::Done,
        Ok(Some(text)) => print(&text, Exit::Done),
        Err(failure) => fail(&failure, Exit::Errors),
    }
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
