//! How the program ends: what its exit code says.

use std::error::Error;
use std::fmt::Display;
use std::io;
use std::process::ExitCode;

use wechat_bizwifi::{ErrorKind, ReturnCode};

use crate::language;

/// Whether today's quota is used up: tomorrow it is there again.
pub(crate) fn is_daily_quota(error: &wechat_bizwifi::Error) -> bool {
    error.code() == Some(ReturnCode::DAILY_QUOTA_EXCEEDED)
}

/// An exit code. Scripts rely on the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All that was asked for is done.
    Done,
    /// Some rows are not in effect, a check of `doctor` failed, or the service refused a single call.
    SomeFailed,
    /// The command cannot be carried out as it was given.
    Usage,
    /// The run was stopped before its end: running again goes on.
    Stopped,
    /// The quota of today is used up: running again goes on tomorrow.
    Quota,
}

impl Exit {
    /// How the program ends whose call has failed.
    pub(crate) fn of(error: &wechat_bizwifi::Error) -> Self {
        match error.kind() {
            ErrorKind::Invalid => Self::Usage,
            _ if is_daily_quota(error) => Self::Quota,
            // It would be refused again.
            ErrorKind::Api if !error.is_retryable() => Self::SomeFailed,
            _ => Self::Stopped,
        }
    }

    /// What scripts see.
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::SomeFailed => 1,
            Self::Usage => 2,
            Self::Stopped => 3,
            Self::Quota => 4,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.number())
    }
}

/// An error with what has caused it, each said once.
pub(crate) fn with_causes(error: &(dyn Error + 'static)) -> String {
    let mut text = said(error);
    let mut source = error.source();
    while let Some(cause) = source {
        let said = said(cause);
        if !text.contains(&said) {
            text.push_str(": ");
            text.push_str(&said);
        }
        source = cause.source();
    }
    text
}

/// An error in the language of this process, where it speaks that.
fn said(error: &(dyn Error + 'static)) -> String {
    if let Some(error) = error.downcast_ref::<io::Error>() {
        return language::of_system(error);
    }
    match error.downcast_ref::<wechat_bizwifi::Error>() {
        Some(error) => error.message_in(language::current()),
        None => error.to_string(),
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

    /// A call has failed.
    pub(crate) fn of_call(error: &wechat_bizwifi::Error) -> Self {
        Self { exit: Exit::of(error), message: with_causes(error) }
    }

    /// What was begun cannot go on.
    pub(crate) fn stopped(message: impl Display) -> Self {
        Self { exit: Exit::Stopped, message: message.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failing;

    #[test]
    fn every_end_has_its_number() {
        let ends = [Exit::Done, Exit::SomeFailed, Exit::Usage, Exit::Stopped, Exit::Quota];
        for (number, end) in (0..).zip(ends) {
            assert_eq!(ExitCode::from(end), ExitCode::from(number), "{end:?}");
        }
    }

    #[tokio::test]
    async fn a_call_that_fails_ends_the_program_with_what_helps() {
        for (error, exit) in [
            (failing::invalid(), Exit::Usage),
            (failing::refused(45009).await, Exit::Quota),
            (failing::refused(45011).await, Exit::Stopped),
            (failing::refused(40007).await, Exit::SomeFailed),
            (failing::refused(40164).await, Exit::Stopped),
            (failing::refused(-1).await, Exit::Stopped),
            (failing::unreached().await, Exit::Stopped),
        ] {
            let failure = Failure::of_call(&error);
            assert_eq!((failure.exit, failure.message), (exit, with_causes(&error)));
        }
        let failures = [Failure::usage("a"), Failure::stopped("b")];
        let said = failures.map(|failure| (failure.exit, failure.message));
        assert_eq!(said, [(Exit::Usage, "a".to_owned()), (Exit::Stopped, "b".to_owned())]);
    }

    #[test]
    fn what_has_caused_an_error_is_said_once() {
        let cause = io::Error::other("the disk is full");
        let error = io::Error::other(csv::Error::from(cause));
        assert_eq!(with_causes(&error), "the disk is full");
    }
}
