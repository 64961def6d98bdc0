//! What cannot be tested on a machine: a failure in CI, and said aloud elsewhere.

use std::env;
use std::fs::OpenOptions;
use std::io::Write as _;

/// Names a file that gets a line for everything that is skipped; `.ci/run` lists them at its end.
const LIST: &str = "SKIPPED_TESTS";

/// Whether this is continuous integration, by the variable `CI`.
pub fn is_ci() -> bool {
    env::var_os("CI").is_some_and(|value| means_ci(&value.to_string_lossy()))
}

/// Services set it to `true` or `1`; people switch it off with `false`, `0` or nothing.
fn means_ci(value: &str) -> bool {
    !["", "0", "false"].contains(&value.to_ascii_lowercase().as_str())
}

/// Says that something is not tested, and why, past the test harness, which keeps what a passing
/// test prints to itself.
///
/// # Panics
///
/// In CI, where everything has to be tested.
pub fn skip(why: &str) {
    assert!(!is_ci(), "{why}; in CI nothing may be skipped");
    let _ = writeln!(std::io::stderr(), "\n*** SKIPPED: {why} ***\n");
    if let Some(list) = env::var_os(LIST) {
        let mut list = OpenOptions::new().create(true).append(true).open(list).unwrap();
        writeln!(list, "{why}").unwrap();
    }
}

#[cfg(test)]
mod tests {
    use super::means_ci;

    #[test]
    fn any_value_means_ci_but_those_that_say_no() {
        for value in ["true", "1", "yes", "TRUE", "woodpecker"] {
            assert!(means_ci(value), "{value}");
        }
        for value in ["", "0", "false", "FALSE"] {
            assert!(!means_ci(value), "{value}");
        }
    }
}
