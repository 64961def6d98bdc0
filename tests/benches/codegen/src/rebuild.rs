//! What cargo builds again after a change: of a copy of the project, so that there is something to
//! change.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::project::write;

/// What a dependent compiles of the project, and the program that is the dependent.
const FOLDERS: &[&str] = &["schema", "codegen", "sdk"];

pub(crate) fn print(scratch: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let copy = scratch.join("rebuild");
    // What is not there need not be removed.
    let _ = fs::remove_dir_all(&copy);
    copy_project(&root, &copy);

    println!("| after | compiled |");
    println!("|---|---|");
    let all = compiled(&copy);
    println!("| nothing was there | {} crates |", all.len());
    println!("| no change | {} |", joined(&compiled(&copy)));
    edit(&copy.join("schema/couponput/set.json"), "\"maxLength\": 18", "\"maxLength\": 19");
    println!("| one description changed | {} |", joined(&compiled(&copy)));
}

fn copy_project(root: &Path, copy: &Path) {
    for folder in FOLDERS {
        copy_folder(&root.join(folder), &copy.join(folder));
    }
    let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("the manifest");
    // Without the tests, which are not copied.
    let test_members = "\"tests\", \"tests/other-api\"";
    write(copy, "Cargo.toml", &manifest.replace(test_members, "\"program\""));
    fs::copy(root.join("Cargo.lock"), copy.join("Cargo.lock")).expect("the lock file");
    // `sdk` takes its page of documentation from here.
    fs::copy(root.join("README.md"), copy.join("README.md")).expect("the README");

    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("programs/sdk");
    copy_folder(&program, &copy.join("program"));
    edit(&copy.join("program/Cargo.toml"), "../../../../../sdk", "../sdk");
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let from = entry.expect("an entry").path();
        let to = to.join(from.file_name().expect("a name"));
        if from.is_dir() {
            copy_folder(&from, &to);
        } else {
            fs::copy(&from, &to).expect("a file");
        }
    }
}

fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).expect("a file");
    assert!(text.contains(from), "{} holds {from}", file.display());
    fs::write(file, text.replace(from, to)).expect("a file");
}

/// Builds the program, and returns the names of the crates that cargo compiled for that.
fn compiled(copy: &Path) -> Vec<String> {
    let output = Command::new("cargo")
        .args(["build", "--color", "never", "--package", "sdk", "--target-dir", "target"])
        .env_remove("CARGO_TARGET_DIR")
        .current_dir(copy)
        .output()
        .expect("cargo");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let name =
        |line: &str| line.trim().strip_prefix("Compiling ")?.split(' ').next().map(str::to_owned);
    said.lines().filter_map(name).collect()
}

fn joined(crates: &[String]) -> String {
    if crates.is_empty() { "nothing".to_owned() } else { crates.join(", ") }
}
