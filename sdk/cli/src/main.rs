//! `wechat-bizwifi`: campaigns over all stores, and every call of the API, from the command line.
//!
//! ```text
//! arguments -> commands -> run: campaign | call | describe | doctor | serve | completions | man
//! ```

mod campaign;
mod commands;
mod credentials;
mod demo;
mod descriptions;
mod doctor;
mod exit;
#[cfg(test)]
mod failing;
mod language;
mod output;
mod run;
mod session;
mod text;

use std::process::ExitCode;

fn main() -> ExitCode {
    match run::run(std::env::args_os()) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            output::note(&failure.message);
            failure.exit.into()
        }
    }
}
