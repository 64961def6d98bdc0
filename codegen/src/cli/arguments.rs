//! Which command the arguments name, and with what.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::prelude::{Long, Short, Value, ValueExt as _};
use lexopt::{Arg, Error, Parser};

use wechat_bizwifi_codegen::export;

use super::help;

/// What to do.
#[derive(Debug)]
pub(super) enum Command {
    /// Generates the code of a folder, into a file or to standard output.
    /// With `kept`, only says whether that file is what would be generated.
    Generate { folder: PathBuf, output: Option<PathBuf>, settings: Settings, kept: Option<PathBuf> },
    /// Says what is wrong with a folder.
    Check { folder: PathBuf, format: Format, settings: Settings },
    /// Generates the types of JSON Schema documents.
    Types { paths: Vec<PathBuf>, settings: Settings },
    /// Says what changes from some descriptions to others.
    Diff { compared: Compared, format: DiffFormat },
    /// Lists the operations of a folder.
    List { folder: PathBuf },
    /// Writes a folder of descriptions as an OpenAPI document, into a file or to standard output.
    Export { folder: PathBuf, output: Option<PathBuf>, document: Document },
    /// Prints this text.
    Help(&'static str),
    /// Prints the version.
    Version,
}

/// How to generate; as the library does where nothing is said.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// Whether warnings are errors.
    pub(super) denies_warnings: bool,
    /// Where the files of URLs are.
    pub(super) maps: Vec<(String, PathBuf)>,
    pub(super) runtime: Option<String>,
    pub(super) client_trait: Option<String>,
    pub(super) crate_name: Option<String>,
}

/// What is compared.
#[derive(Debug)]
pub(super) enum Compared {
    /// Two folders.
    Folders(PathBuf, PathBuf),
    /// A folder as it was at a revision, and as it is.
    Revision(String, PathBuf),
}

/// How changes are printed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum DiffFormat {
    #[default]
    Text,
    Json,
    Markdown,
}

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Format {
    #[default]
    Text,
    Json,
}

/// What an OpenAPI document says beyond the descriptions; the library's own where there is nothing.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) format: export::Format,
    pub(super) title: Option<String>,
    pub(super) version: Option<String>,
    pub(super) servers: Vec<String>,
}

/// Reads the arguments, the first of which is the program's own name.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, Error> {
    let mut parser = Parser::from_iter(arguments);
    match parser.next()? {
        None => Err("a command is missing: generate, check, diff, types, list or export".into()),
        Some(Short('h') | Long("help")) => Ok(Command::Help(help::PROGRAM)),
        Some(Short('V') | Long("version")) => Ok(Command::Version),
        Some(Value(word)) => subcommand(&word.string()?, &mut parser),
        Some(argument) => Err(argument.unexpected()),
    }
}

fn subcommand(word: &str, parser: &mut Parser) -> Result<Command, Error> {
    match word {
        "generate" => generate(parser),
        "check" => check(parser),
        "diff" => diff(parser),
        "types" => types(parser),
        "list" => list(parser),
        "export" => export(parser),
        "help" => help_on(parser),
        _ => Err(no_command(word)),
    }
}

fn generate(parser: &mut Parser) -> Result<Command, Error> {
    let mut options = Options::default();
    let allowed = [
        Word::Output,
        Word::Check,
        Word::Runtime,
        Word::ClientTrait,
        Word::CrateName,
        Word::DenyWarnings,
    ];
    let folder = options.read("DIR", &allowed, parser)?;
    if options.output.is_some() && options.kept.is_some() {
        return Err("`--check` writes nothing, so it does not go with `--output`".into());
    }
    let Options { output, kept, settings, .. } = options;
    let command = |folder| Command::Generate { folder, output, settings, kept };
    Ok(folder.map_or(Command::Help(help::GENERATE), command))
}

fn check(parser: &mut Parser) -> Result<Command, Error> {
    let mut options = Options::default();
    let folder = options.read("DIR", &[Word::Format, Word::DenyWarnings], parser)?;
    let Options { format, settings, .. } = options;
    let format = format.unwrap_or_default();
    let command = |folder| Command::Check { folder, format, settings };
    Ok(folder.map_or(Command::Help(help::CHECK), command))
}

fn diff(parser: &mut Parser) -> Result<Command, Error> {
    let mut options = Options::default();
    let allowed = [Word::DiffFormat, Word::Git];
    let Some(folders) = options.operands(&allowed, parser)? else {
        return Ok(Command::Help(help::DIFF));
    };
    let format = options.diff_format.unwrap_or_default();
    let compared = compared(options.revision, folders)?;
    Ok(Command::Diff { compared, format })
}

fn compared(revision: Option<String>, folders: Vec<PathBuf>) -> Result<Compared, Error> {
    let wanted = if revision.is_some() { 1 } else { 2 };
    if let Some(more) = folders.get(wanted) {
        return Err(Value(more.clone().into_os_string()).unexpected());
    }
    let mut folders = folders.into_iter();
    match (revision, folders.next(), folders.next()) {
        (Some(revision), Some(folder), _) => Ok(Compared::Revision(revision, folder)),
        (Some(_), None, _) => Err("DIR is missing".into()),
        (None, Some(old), Some(new)) => Ok(Compared::Folders(old, new)),
        (None, None, _) => Err("OLD is missing".into()),
        (None, Some(_), None) => Err("NEW is missing: or name a revision with `--git`".into()),
    }
}

fn types(parser: &mut Parser) -> Result<Command, Error> {
    let mut options = Options::default();
    let allowed = [Word::Runtime, Word::DenyWarnings, Word::Map];
    let Some(paths) = options.operands(&allowed, parser)? else {
        return Ok(Command::Help(help::TYPES));
    };
    if paths.is_empty() {
        return Err("FILE is missing".into());
    }
    Ok(Command::Types { paths, settings: options.settings })
}

/// A URL and the path of its files, as in `https://example.com/=schemas`.
fn map(text: &str) -> Result<(String, PathBuf), Error> {
    match text.rsplit_once('=') {
        Some((url, path)) if url.contains(':') && !path.is_empty() => {
            Ok((url.to_owned(), path.into()))
        }
        _ => {
            Err(format!("`--map` is written as in `https://example.com/=DIR`, found `{text}`")
                .into())
        }
    }
}

fn list(parser: &mut Parser) -> Result<Command, Error> {
    let folder = Options::default().read("DIR", &[], parser)?;
    Ok(folder.map_or(Command::Help(help::LIST), |folder| Command::List { folder }))
}

fn export(parser: &mut Parser) -> Result<Command, Error> {
    match parser.next()? {
        Some(Short('h') | Long("help")) => Ok(Command::Help(help::EXPORT)),
        Some(Value(word)) if word == "openapi" => export_openapi(parser),
        Some(Value(word)) => {
            Err(format!("there is no export to `{}`: openapi", word.to_string_lossy()).into())
        }
        None => Err("what to export to is missing: openapi".into()),
        Some(argument) => Err(argument.unexpected()),
    }
}

fn export_openapi(parser: &mut Parser) -> Result<Command, Error> {
    let mut options = Options::default();
    let allowed = [Word::Output, Word::DocumentFormat, Word::Title, Word::ApiVersion, Word::Server];
    let folder = options.read("DIR", &allowed, parser)?;
    let Options { output, document, .. } = options;
    let command = |folder| Command::Export { folder, output, document };
    Ok(folder.map_or(Command::Help(help::EXPORT), command))
}

fn help_on(parser: &mut Parser) -> Result<Command, Error> {
    let topic = match parser.next()? {
        None => String::new(),
        Some(Value(word)) => word.string()?,
        Some(argument) => return Err(argument.unexpected()),
    };
    if let Some(argument) = parser.next()? {
        return Err(argument.unexpected());
    }
    help::on(&topic).map(Command::Help).ok_or_else(|| no_command(&topic))
}

fn no_command(word: &str) -> Error {
    format!("there is no command `{word}`: generate, check, diff, types, list or export").into()
}

/// An option, whatever its spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Help,
    Output,
    Check,
    Format,
    DiffFormat,
    DocumentFormat,
    Git,
    Runtime,
    ClientTrait,
    CrateName,
    DenyWarnings,
    Map,
    Title,
    ApiVersion,
    Server,
}

impl Word {
    /// The option that an argument is; `--format` is one of three.
    fn of(argument: &Arg<'_>, allowed: &[Self]) -> Option<Self> {
        Some(match argument {
            Short('h') | Long("help") => Self::Help,
            Short('o') | Long("output") => Self::Output,
            Long("check") => Self::Check,
            Long("format") if allowed.contains(&Self::DiffFormat) => Self::DiffFormat,
            Long("format") if allowed.contains(&Self::DocumentFormat) => Self::DocumentFormat,
            Long("format") => Self::Format,
            Long("git") => Self::Git,
            Long("runtime") => Self::Runtime,
            Long("client-trait") => Self::ClientTrait,
            Long("crate-name") => Self::CrateName,
            Long("deny-warnings") => Self::DenyWarnings,
            Long("map") => Self::Map,
            Long("title") => Self::Title,
            Long("api-version") => Self::ApiVersion,
            Long("server") => Self::Server,
            _ => return None,
        })
    }
}

/// What a command's options say.
#[derive(Debug, Default)]
struct Options {
    output: Option<PathBuf>,
    kept: Option<PathBuf>,
    format: Option<Format>,
    diff_format: Option<DiffFormat>,
    revision: Option<String>,
    settings: Settings,
    document: Document,
}

impl Options {
    /// Reads a command's arguments: the options that it allows, and its one operand, which is
    /// returned. Nothing is, where help is asked for.
    fn read(
        &mut self,
        operand: &str,
        allowed: &[Word],
        parser: &mut Parser,
    ) -> Result<Option<PathBuf>, Error> {
        let Some(found) = self.operands(allowed, parser)? else { return Ok(None) };
        let mut found = found.into_iter();
        match (found.next(), found.next()) {
            (_, Some(more)) => Err(Value(more.into_os_string()).unexpected()),
            (Some(found), None) => Ok(Some(found)),
            (None, None) => Err(format!("{operand} is missing").into()),
        }
    }

    /// The same for any number of operands.
    fn operands(
        &mut self,
        allowed: &[Word],
        parser: &mut Parser,
    ) -> Result<Option<Vec<PathBuf>>, Error> {
        let mut found = Vec::new();
        while let Some(argument) = parser.next()? {
            match (Word::of(&argument, allowed), argument) {
                (Some(Word::Help), _) => return Ok(None),
                (Some(word), _) if allowed.contains(&word) => self.take(word, parser)?,
                (None, Value(value)) => found.push(value.into()),
                (_, argument) => return Err(argument.unexpected()),
            }
        }
        Ok(Some(found))
    }

    fn take(&mut self, word: Word, parser: &mut Parser) -> Result<(), Error> {
        if word == Word::DenyWarnings {
            self.settings.denies_warnings = true;
            return Ok(());
        }
        let value = parser.value()?;
        match word {
            Word::Help | Word::DenyWarnings => {}
            Word::Output => self.output = Some(value.into()),
            Word::Check => self.kept = Some(value.into()),
            Word::Format => self.format = Some(format(&value.string()?)?),
            Word::DiffFormat => self.diff_format = Some(diff_format(&value.string()?)?),
            Word::Git => self.revision = Some(value.string()?),
            Word::Runtime => self.settings.runtime = Some(value.string()?),
            Word::ClientTrait => self.settings.client_trait = Some(value.string()?),
            Word::Map => self.settings.maps.push(map(&value.string()?)?),
            Word::CrateName => self.settings.crate_name = Some(value.string()?),
            Word::DocumentFormat => self.document.format = document_format(&value.string()?)?,
            Word::Title => self.document.title = Some(value.string()?),
            Word::ApiVersion => self.document.version = Some(value.string()?),
            Word::Server => self.document.servers.push(value.string()?),
        }
        Ok(())
    }
}

fn diff_format(name: &str) -> Result<DiffFormat, Error> {
    match name {
        "text" => Ok(DiffFormat::Text),
        "json" => Ok(DiffFormat::Json),
        "markdown" => Ok(DiffFormat::Markdown),
        _ => Err(format!("there is no format `{name}`: text, json or markdown").into()),
    }
}

fn document_format(name: &str) -> Result<export::Format, Error> {
    match name {
        "json" => Ok(export::Format::Json),
        "yaml" => Ok(export::Format::Yaml),
        _ => Err(format!("there is no format `{name}`: json or yaml").into()),
    }
}

fn format(name: &str) -> Result<Format, Error> {
    match name {
        "text" => Ok(Format::Text),
        "json" => Ok(Format::Json),
        _ => Err(format!("there is no format `{name}`: text or json").into()),
    }
}
