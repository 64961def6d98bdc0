//! Prints to standard output and standard error, either of which may be closed.

use std::io::{self, ErrorKind, Write as _};

use super::Exit;

/// Prints to standard output, and returns `exit` unless that fails. A pipe that the reader closed,
/// as `head` does, is not a failure.
pub(super) fn print(text: &str, exit: Exit) -> Exit {
    let mut output = io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            complain(&format!("standard output cannot be written: {error}"));
            Exit::Errors
        }
        _ => exit,
    }
}

/// Prints to standard error. A failure is ignored, since it could not be printed either.
pub(super) fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", text.trim_end());
}
