//! How the program ends: what its exit code says.

use std::fmt::Display;
use std::process::ExitCode;

/// An exit code. Scripts rely on the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All that was asked for is done.
    Done,
    /// Some rows are not in effect, or a check of `doctor` failed.
    SomeFailed,
    /// The command cannot be carried out as it was given.
    Usage,
    /// The run was stopped before its end: running again goes on.
    Stopped,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::SomeFailed => 1,
            Exit::Usage => 2,
            Exit::Stopped => 3,
        })
    }
}

/// Why a command has not ended as it should.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The exit code.
    pub(crate) exit: Exit,
    /// What to tell.
    pub(crate) message: String,
}

impl Failure {
    /// The command is not as it should be.
    pub(crate) fn usage(message: impl Display) -> Self {
        Self { exit: Exit::Usage, message: message.to_string() }
    }

    /// What was begun cannot go on.
    pub(crate) fn stopped(message: impl Display) -> Self {
        Self { exit: Exit::Stopped, message: message.to_string() }
    }
}
