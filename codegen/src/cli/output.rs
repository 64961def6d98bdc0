//! Printing, to whoever may have stopped listening.

use std::io::{self, ErrorKind, Write as _};

use super::Exit;

/// Prints to standard output, and ends as `exit` says unless that fails. Whoever closed the pipe,
/// as `head` does, has seen enough: that is no failure.
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

/// Prints to standard error. Where that fails there is nobody to tell.
pub(super) fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", text.trim_end());
}
