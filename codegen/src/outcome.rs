//! The outcome of generating: the code and its warnings, or why there is none.

use std::error::Error as _;
use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::diagnostics::{Diagnostics, Reported, Reporter};

/// What was generated.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Generated {
    /// The code.
    pub code: String,
    /// The paths of further files that were read, since a `$ref` leads to them: when one of these
    /// changes, the code is stale.
    pub referred: Vec<String>,
    /// Its warnings, such as that a schema becomes a checked JSON value and not a type.
    pub warnings: Diagnostics,
    /// What could be better, such as the names of types.
    pub hints: Diagnostics,
}

impl From<((String, Vec<String>), Diagnostics)> for Generated {
    fn from(((code, referred), diagnostics): ((String, Vec<String>), Diagnostics)) -> Self {
        let (warnings, hints) = diagnostics.without_hints();
        Self { code, referred, warnings, hints }
    }
}

/// Why nothing was generated. `Debug` shows what `Display` shows, since a `main` that returns it
/// shows `Debug`.
#[non_exhaustive]
pub enum Failure {
    /// The descriptions have errors.
    Descriptions(Diagnostics),
    /// The option of this name has a value that is not a Rust name, or is a name that generated
    /// code uses itself.
    Option(&'static str, String),
    /// A revision of the descriptions cannot be read; this is the message.
    Revision(String),
    /// The file cannot be written.
    Output(PathBuf, io::Error),
    /// The file cannot be read.
    Input(PathBuf, io::Error),
    /// The file is not what the descriptions generate.
    Stale(PathBuf),
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Descriptions(diagnostics) => out.write_str(&diagnostics.render()),
            Self::Option(name, value) => {
                write!(out, "the option `{name}` must be {}, found {value:?}", accepted(name))
            }
            Self::Revision(why) => out.write_str(why),
            Self::Output(file, _) => write!(out, "`{}` cannot be written", file.display()),
            Self::Input(file, _) => write!(out, "`{}` cannot be read", file.display()),
            Self::Stale(file) => write!(
                out,
                "`{}` is not what the descriptions say: generate it again",
                file.display()
            ),
        }
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)?;
        self.source().map_or(Ok(()), |error| write!(out, ": {error}"))
    }
}

/// What an option's value must be.
fn accepted(option: &str) -> &'static str {
    if option == "client_trait" {
        "a Rust name that generated code uses for nothing else, such as `Calls`"
    } else {
        "the path of a Rust module, such as `crate` or `::wechat_bizwifi`"
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Output(_, error) | Self::Input(_, error) => Some(error),
            _ => None,
        }
    }
}

/// Runs `work`, and returns its result with the diagnostics that it reported.
pub(crate) fn reporting<T>(
    work: impl FnOnce(&Reporter) -> Result<T, Reported>,
) -> Result<(T, Diagnostics), Failure> {
    let reporter = Reporter::default();
    let result = work(&reporter);
    let diagnostics = reporter.finish();
    match result {
        Ok(result) => Ok((result, diagnostics)),
        Err(_) => Err(Failure::Descriptions(diagnostics.without_hints().0)),
    }
}

/// The functions that read schemas are recursive. This stack is enough for the deepest input that
/// is not refused; that of some threads is not.
const AMPLE: usize = 256 * 1024 * 1024;

/// Runs `work` on a thread with a large stack.
pub(crate) fn on_ample_stack<T: Send>(work: &(dyn Fn() -> T + Sync)) -> T {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(AMPLE).spawn_scoped(scope, work);
        match thread.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            // The thread cannot be started: this one's stack may be enough.
            Err(_) => work(),
        }
    })
}
