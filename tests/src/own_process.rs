//! Runs one test once more, in a process of its own: for what a process has only one of, such as
//! its environment, its limits and its log.

use std::any::type_name;
use std::env;
use std::marker::PhantomData;
use std::process::Command;

/// Names the test that a process was started for.
const MARK: &str = "TEST_IN_ITS_OWN_PROCESS";

/// How to run one test in a process of its own.
///
/// ```ignore
/// #[test]
/// fn a_thing_is_so_without_a_home() {
///     if OwnProcess::of(a_thing_is_so_without_a_home).env("HOME", "/nonexistent").has_run() {
///         return;
///     }
///     // What follows runs in the other process.
/// }
/// ```
#[derive(Debug)]
pub struct OwnProcess<T> {
    test: PhantomData<T>,
    variables: Vec<(&'static str, String)>,
    open_files: Option<u64>,
}

impl<T: Fn()> OwnProcess<T> {
    /// For this test, which is the function itself: so its name cannot be out of date.
    pub fn of(_: T) -> Self {
        Self { test: PhantomData, variables: Vec::new(), open_files: None }
    }

    /// With this variable in its environment.
    #[must_use]
    pub fn env(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.variables.push((name, value.into()));
        self
    }

    /// Allowed to have so many files open.
    #[must_use]
    pub fn open_files(mut self, count: u64) -> Self {
        self.open_files = Some(count);
        self
    }

    /// Runs the test in a process of its own, sees that it passes, and returns `true`. Within that
    /// process it does nothing and returns `false`: the test itself is to follow.
    pub fn has_run(self) -> bool {
        let test = test_name::<T>();
        if env::var(MARK).is_ok_and(|started| started == test) {
            return false;
        }
        let mut command = self.program();
        command.args([&test, "--exact", "--nocapture"]).env(MARK, &test).envs(self.variables);
        let output = command.output().unwrap();
        let printed = [output.stdout, output.stderr].concat();
        let shown = String::from_utf8_lossy(&printed);
        // A name that no test has would succeed as well.
        assert!(output.status.success() && shown.contains("1 passed"), "{shown}");
        true
    }

    /// This very program; through a shell where its limits have to be others.
    fn program(&self) -> Command {
        let program = env::current_exe().unwrap();
        let Some(count) = self.open_files else { return Command::new(program) };
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("ulimit -n {count} && exec \"$0\" \"$@\"")]).arg(program);
        shell
    }
}

/// The name by which the harness knows a test: its path without the crate.
pub fn test_name_of<T: Fn()>(_: T) -> String {
    test_name::<T>()
}

fn test_name<T>() -> String {
    let path = type_name::<T>();
    path.split_once("::").map_or(path, |(_, rest)| rest).to_owned()
}
