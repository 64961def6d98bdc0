//! This program as a child of itself: alone on a core, or within valgrind.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// The core of the peers, and that of the server.
const CORES: [&str; 2] = ["0", "1"];

/// The server in a process of its own. It ends with this value.
pub(crate) struct Server {
    child: Child,
    pub(crate) base: String,
}

impl Server {
    pub(crate) fn start() -> Self {
        let mut child = on_core(CORES[1], &[], &["server"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program");
        let output = child.stdout.take().expect("its output");
        let mut base = String::new();
        BufReader::new(output).read_line(&mut base).expect("its base URL");
        Self { child, base: base.trim().to_owned() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().expect("a process to end");
        self.child.wait().expect("its end");
    }
}

/// Runs this program on one core and returns the numbers that it prints.
pub(crate) fn run(words: &[&str]) -> Vec<f64> {
    let (printed, _) = output(on_core(CORES[0], &[], words));
    printed.split_whitespace().map(|word| word.parse().expect("a number")).collect()
}

/// How many instructions this program takes.
pub(crate) fn instructions(words: &[&str]) -> f64 {
    let tool = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"];
    let (_, report) = output(on_core(CORES[0], &tool, words));
    number_after(&report, "Collected : ")
}

/// How often this program allocates memory, and how many bytes.
pub(crate) fn allocations(words: &[&str]) -> (f64, f64) {
    let tool = ["valgrind", "--tool=memcheck", "--leak-check=no", "--undef-value-errors=no"];
    let (_, report) = output(on_core(CORES[0], &tool, words));
    let count = number_after(&report, "total heap usage: ");
    (count, number_after(&report, " frees, "))
}

/// This program, alone on a core.
pub(crate) fn this_on_core(words: &[&str]) -> Command {
    on_core(CORES[0], &[], words)
}

/// Another program on the core of the peers.
pub(crate) fn program_on_core(program: &str, words: &[&str]) -> Command {
    any_on_core(CORES[0], &[program], words)
}

/// Another program on the core of the server.
pub(crate) fn server_on_core(program: &str, words: &[&str]) -> Command {
    any_on_core(CORES[1], &[program], words)
}

/// Runs a command to its end.
pub(crate) fn succeed(command: Command) {
    output(command);
}

/// How many seconds of the processor all that this process has waited for took.
pub(crate) fn processor_of_children() -> f64 {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("figures");
    let time = usage.user_time() + usage.system_time();
    Duration::from_micros(u64::try_from(time.num_microseconds()).expect("a time")).as_secs_f64()
}

fn on_core(core: &str, tool: &[&str], words: &[&str]) -> Command {
    let this = std::env::current_exe().expect("this program");
    let this = this.to_str().expect("a path in UTF-8");
    any_on_core(core, &[tool, &[this]].concat(), words)
}

fn any_on_core(core: &str, program: &[&str], words: &[&str]) -> Command {
    let mut command = Command::new("taskset");
    command.args(["--cpu-list", core]).args(program).args(words);
    command
}

/// What a command writes, when it has succeeded: its output, its errors.
fn output(mut command: Command) -> (String, String) {
    let output = command.output().expect("taskset, and where it is asked for valgrind");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (printed, errors) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{command:?}:\n{errors}");
    (printed, errors)
}

fn number_after(report: &str, words: &str) -> f64 {
    let (_, rest) = report.split_once(words).expect("valgrind's report");
    let digits: String =
        rest.chars().take_while(|char| char.is_ascii_digit() || *char == ',').collect();
    digits.replace(',', "").parse().expect("a number")
}
