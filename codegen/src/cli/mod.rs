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
    /// The descriptions have errors, a file cannot be read or written, or `diff` found a breaking
    /// change.
    Errors = 1,
    /// The arguments are not understood.
    Usage = 2,
    /// `types` cannot enforce the document, or `diff` compared nothing.
    Refused = 3,
}

/// Runs the program with these arguments; the first is the program's own name.
pub(crate) fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let exit = match Program::try_parse_from(arguments) {
        Ok(program) => execute(program.command),
        Err(error) if error.use_stderr() => {
            complain(&error.to_string());
            Exit::Usage
        }
        // clap returns help and version as errors too.
        Err(help) => print(&help.to_string(), Exit::Done),
    };
    ExitCode::from(exit as u8)
}

/// Runs a command.
fn execute(command: Command) -> Exit {
    let on_failure = match &command {
        Command::Diff { .. } | Command::Types { .. } => Exit::Refused,
        _ => Exit::Errors,
    };
    let result = match command {
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
    };
    result.unwrap_or_else(|failure| fail(&failure, on_failure))
}

fn generate(wanted: Generate) -> Result<Exit, Failure> {
    let folder = wanted.folder.folder;
    let builder = Builder::new(&folder)
        .runtime(wanted.runtime)
        .client_trait(wanted.client_trait)
        .crate_name(wanted.crate_name)
        .deny_warnings(wanted.deny_warnings);
    let reading = format!("Reading {}", folder.display());
    if let Some(kept) = &wanted.check {
        progress::during(&reading, || builder.check(kept))?;
    } else if let Some(file) = &wanted.output {
        show_warnings(&progress::during(&reading, || builder.generate_to(file))?);
    } else {
        return Ok(show(&progress::during(&reading, || builder.generate_with_warnings())?));
    }
    Ok(Exit::Done)
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

fn check(folder: &Path, format: Format, builder: &Builder) -> Result<Exit, Failure> {
    let result = progress::during(&format!("Checking {}", folder.display()), || {
        builder.generate_with_warnings()
    });
    let (diagnostics, exit) = match result {
        Err(Failure::Descriptions(diagnostics)) => (diagnostics, Exit::Errors),
        result => result.map(|it| (it.warnings.and(it.hints), Exit::Done))?,
    };
    let text = match format {
        Format::Json => json::diagnostics(folder, &diagnostics),
        Format::Text if diagnostics.is_empty() => format!("{}: no errors\n", folder.display()),
        Format::Text => diagnostics.render(),
    };
    Ok(print(&text, exit))
}

/// Compares two folders, or one folder with itself at a revision.
fn diff(
    old: &Path,
    new: Option<&Path>,
    revision: Option<String>,
    format: DiffFormat,
) -> Result<Exit, Failure> {
    let diff = progress::during("Comparing", || match revision {
        Some(revision) => Diff::since_revision(&revision, old),
        None => Diff::of_folders(old, new.unwrap_or(old)),
    })?;
    let text = match format {
        DiffFormat::Text => diff.to_text(),
        DiffFormat::Json => diff.to_json(),
        DiffFormat::Markdown => diff.to_markdown(),
    };
    Ok(print(&text, if diff.is_breaking() { Exit::Errors } else { Exit::Done }))
}

/// Generates the types of files and folders; `-` is standard input.
fn types(paths: &[PathBuf], builder: &Builder) -> Result<Exit, Failure> {
    let shown: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let generated = progress::during(&format!("Reading {}", shown.join(", ")), || match paths {
        [path] if path == Path::new("-") => {
            let text = read_text_from(io::stdin());
            let text = text.map_err(|error| Failure::Input(path.clone(), error))?;
            builder.types_with_warnings("-", &text)
        }
        paths => builder.types_of(paths),
    })?;
    Ok(show(&generated))
}

fn list(folder: &Path) -> Result<Exit, Failure> {
    let operations = progress::during(&format!("Reading {}", folder.display()), || {
        Builder::new(folder).operations()
    })?;
    Ok(print(&table::operations(&operations), Exit::Done))
}

fn export(folder: &Path, output: Option<PathBuf>, document: &OpenApi) -> Result<Exit, Failure> {
    let text = progress::during(&format!("Reading {}", folder.display()), || match output {
        Some(file) => document.write_to(file).map(|()| None),
        None => document.document().map(Some),
    })?;
    Ok(text.map_or(Exit::Done, |text| print(&text, Exit::Done)))
}

/// Prints a failure. `on_failure` is the command's exit code if it is about the descriptions.
fn fail(failure: &Failure, on_failure: Exit) -> Exit {
    let cause = std::error::Error::source(failure).map(|cause| format!(": {cause}"));
    complain(&format!("{failure}{}", cause.unwrap_or_default()));
    match failure {
        Failure::Option(..) => Exit::Usage,
        Failure::Output(..) | Failure::Input(..) | Failure::Stale(_) => Exit::Errors,
        _ => on_failure,
    }
}
