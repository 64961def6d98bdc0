//! The program's commands and options. Their documentation is the program's help, which the tests
//! compare with the files in `tests/cli`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use wechat_bizwifi_codegen::export;

/// Turns JSON Schema descriptions of an API's endpoints into Rust types and calls
#[derive(Debug, Parser)]
#[command(
    name = "wechat-bizwifi-codegen",
    version,
    max_term_width = 100,
    after_help = "\
Exit codes:
  0  done
  1  the descriptions have errors, or a file cannot be read or written
  2  the arguments are not understood
  3  `types` refuses the document: it says what cannot be enforced

`diff` ends with 0 if nothing breaks, 1 if something breaks, 3 if nothing was compared."
)]
pub(super) struct Program {
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Generates the types and calls of a folder of descriptions
    Generate(Generate),
    /// Says everything that is wrong with a folder of descriptions
    #[command(after_help = "\
The object has one property, `diagnostics`, an array. Each has `file` (a path from here), `line`,
`column`, `endLine` and `endColumn` (from 1, in characters; the end is exclusive), `pointer` (a JSON
pointer), `severity` (`error`, `warning` or `hint`), `message`, `help` (or null) and `labels`: an
array of related places, each with a `message` and the same properties from `file` to `pointer`.
These are null if a diagnostic is about no place in a text; for a file or folder that cannot be
read, `file` is its path and the others are null.")]
    Check {
        #[command(flatten)]
        folder: Folder,
        /// The format on standard output: text as in a build, or one JSON object for editors and CI
        #[arg(long, default_value = "text")]
        format: Format,
        /// Warnings are errors
        #[arg(long)]
        deny_warnings: bool,
    },
    /// Says what changes from some descriptions to others, and what breaks
    #[command(
        override_usage = "\
wechat-bizwifi-codegen diff [OPTIONS] <OLD> <NEW>
       wechat-bizwifi-codegen diff [OPTIONS] --git <REV> <DIR>",
        after_help = "\
It compares the generated items that Rust code can use, and what goes over the wire, and says which
release the changes need: major, minor, patch or none.

Another order, renamed definitions, moved files and schemas that say the same in another way are no
change. What cannot be compared is reported as unknown, and counts as breaking.

The object has `verdict`, `code`, `wire` and `changes`, an array. Each change has `what` (a word for
its sort), `subject`, `message`, `verdict`, `direction` (sent, received or null), `code` and `wire`
(each with `verdict`, `unknown` and `notes`), `before` and `after` (each null, or `file`, `line`,
`column` and `pointer`).

The exit code is 0 if nothing breaks, 1 if something breaks, and 3 if the descriptions have errors
or cannot be read: then nothing was compared."
    )]
    Diff {
        /// The folder of descriptions as it was; with `--git`, the one folder, as it is
        old: PathBuf,
        /// The folder as it is
        #[arg(required_unless_present = "git", conflicts_with = "git")]
        new: Option<PathBuf>,
        /// Compares with the folder as it was at a revision, such as a tag, in a repository of git
        #[arg(long, value_name = "REV")]
        git: Option<String>,
        /// The format on standard output: text, one JSON object for CI, or Markdown for a changelog
        #[arg(long, default_value = "text")]
        format: DiffFormat,
    },
    /// Generates the types of JSON Schema documents, as a Rust module on standard output
    #[command(after_help = "\
The module's type `Root` is what the document describes; if there are several documents, each type
is named after its file. A value is valid when it is built or read if the document allows it. A
document can refer to the files beside it. Unknown keywords are ignored, as JSON Schema says;
keywords without effect are warnings. A document that cannot be enforced is refused with the
reasons, and the exit code is 3; if a file cannot be read, it is 1.")]
    Types {
        /// The documents: files, and folders with all `.json` files in and below them; `-` alone
        /// reads one from standard input
        #[arg(required = true, value_name = "FILE")]
        paths: Vec<PathBuf>,
        /// Maps a URL to a folder or a file, as in `https://example.com/=DIR`; nothing is ever
        /// fetched
        #[arg(long, value_name = "URL=PATH", value_parser = map)]
        map: Vec<(String, PathBuf)>,
        /// The path of the runtime in Rust
        #[arg(long, value_name = "PATH", default_value = "::wechat_bizwifi")]
        runtime: String,
        /// Warnings are errors
        #[arg(long)]
        deny_warnings: bool,
    },
    /// Lists the operations of a folder of descriptions
    #[command(after_help = "\
Each line has an operation's name, its method and path, the Rust types of its request and reply, and
whether it is idempotent: sent twice, it has the effect of being sent once.")]
    List {
        #[command(flatten)]
        folder: Folder,
    },
    /// Writes a folder of descriptions in another form, for other languages and for tools
    #[command(subcommand)]
    Export(Export),
}

/// The folder of descriptions.
#[derive(Args, Debug)]
pub(super) struct Folder {
    /// The folder; every `.json` file in it and below it is a description, except for
    /// `*.schema.json`
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
}

/// What to generate, and how.
#[derive(Args, Debug)]
pub(super) struct Generate {
    #[command(flatten)]
    pub(super) folder: Folder,
    /// The file for the code, which is written only if its bytes change; without this option the
    /// code goes to standard output
    #[arg(short, long, value_name = "FILE", conflicts_with = "check")]
    pub(super) output: Option<PathBuf>,
    /// Writes nothing; says whether the file is what would be generated, however it is formatted
    #[arg(long, value_name = "FILE")]
    pub(super) check: Option<PathBuf>,
    /// The path of the runtime in Rust; `crate` in the runtime's own crate
    #[arg(long, value_name = "PATH", default_value = "::wechat_bizwifi")]
    pub(super) runtime: String,
    /// The name of the trait that gives the client its calls
    #[arg(long, value_name = "NAME", default_value = "Calls")]
    pub(super) client_trait: String,
    /// The crate's name in the documentation's examples
    #[arg(long, value_name = "NAME", default_value = "api")]
    pub(super) crate_name: String,
    /// Warnings are errors
    #[arg(long)]
    pub(super) deny_warnings: bool,
}

/// What a folder is exported to.
#[derive(Debug, Subcommand)]
pub(super) enum Export {
    /// Writes a folder of descriptions as one OpenAPI 3.1 document
    #[command(
        name = "openapi",
        after_help = "\
All schemas are in the document, with every rule; what is the descriptions' own begins with `x-`.
The exit code is 1 if the descriptions have errors, or say what OpenAPI cannot: two operations of
one method and path, two schemas of one name, a `$dynamicRef`."
    )]
    OpenApi {
        #[command(flatten)]
        folder: Folder,
        /// The file for the document, which is written only if its bytes change; without this
        /// option it goes to standard output
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// How it is written
        #[arg(long, default_value = "json")]
        format: DocumentFormat,
        /// The API's title
        #[arg(long, default_value = "API")]
        title: String,
        /// The API's version
        #[arg(long, value_name = "VERSION", default_value = "1")]
        api_version: String,
        /// The URL of a server; may be given more than once [default: the two of WeChat]
        #[arg(long, value_name = "URL")]
        server: Vec<String>,
    },
}

/// How changes are printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum DiffFormat {
    Text,
    Json,
    Markdown,
}

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

/// How a document is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum DocumentFormat {
    Json,
    Yaml,
}

impl From<DocumentFormat> for export::Format {
    fn from(format: DocumentFormat) -> Self {
        match format {
            DocumentFormat::Json => Self::Json,
            DocumentFormat::Yaml => Self::Yaml,
        }
    }
}

/// A URL and the path of its files, as in `https://example.com/=schemas`.
fn map(text: &str) -> Result<(String, PathBuf), String> {
    match text.rsplit_once('=') {
        Some((url, path)) if url.contains(':') && !path.is_empty() => {
            Ok((url.to_owned(), path.into()))
        }
        _ => Err("it is written as in `https://example.com/=DIR`".to_owned()),
    }
}
