//! What a command costs, its children and theirs included.

use std::path::Path;
use std::process::{Command, exit};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};

/// What a command costs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// Seconds on the clock.
    pub(crate) wall: f64,
    /// Seconds on all processors.
    pub(crate) cpu: f64,
    /// Of the largest process.
    pub(crate) peak_kilobytes: i64,
}

/// Runs a command in a folder.
pub(crate) fn run(folder: &Path, command: &[&str]) -> Cost {
    let this = std::env::current_exe().expect("this program");
    let output = Command::new(this)
        .arg("measured")
        .args(command)
        .current_dir(folder)
        .env_remove("CARGO_TARGET_DIR")
        // Cargo keeps what it compiles from a folder ready for small changes, and that costs; what
        // comes from a registry it does not. Users have the crates from there.
        .env("CARGO_INCREMENTAL", "0")
        .output()
        .expect("this program");
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} in {}:\n{errors}", folder.display());
    let last = text.lines().last().expect("figures");
    let figures: Vec<f64> = last.split(' ').map(|word| word.parse().expect("a figure")).collect();
    #[expect(clippy::cast_possible_truncation, reason = "it was whole before")]
    Cost { wall: figures[0], cpu: figures[1], peak_kilobytes: figures[2] as i64 }
}

/// Runs a command and prints its cost. The system keeps one peak for all children of a process, so
/// each command has a process of its own for its parent.
pub(crate) fn as_child(command: &[&str]) {
    let begun = Instant::now();
    let status =
        Command::new(command[0]).args(&command[1..]).status().expect("the command to measure");
    let wall = begun.elapsed().as_secs_f64();
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("figures");
    #[expect(clippy::cast_precision_loss, reason = "seconds")]
    let seconds =
        |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    println!(
        "{wall} {} {}",
        seconds(usage.user_time()) + seconds(usage.system_time()),
        usage.max_rss()
    );
    exit(status.code().unwrap_or(1));
}
