//! `diff` as a program: its exit codes, its forms, and revisions of git.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::golden::{Goldens, folder, scratch};

fn run(arguments: &[&str], current: &Path) -> (String, String, i32) {
    let output: Output = Command::new(env!("CARGO_BIN_EXE_wechat-bizwifi-codegen"))
        .args(arguments)
        .current_dir(current)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

/// A copy of the base in a folder of this test's own, with one text in it replaced.
fn copy(name: &str, (from, to): (&str, &str)) -> std::path::PathBuf {
    let scratch = scratch(name);
    let to_folder = scratch.join("new");
    fs::create_dir_all(&to_folder).unwrap();
    for entry in fs::read_dir(folder("diff/base")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap().replace(from, to);
        fs::write(to_folder.join(path.file_name().unwrap()), text).unwrap();
    }
    scratch
}

const TIGHTER: (&str, &str) = (r#""maxLength": 18"#, r#""maxLength": 10"#);
const LOOSER: (&str, &str) = (r#""maxLength": 18"#, r#""maxLength": 20"#);

#[test]
fn each_form_is_as_in_its_file() {
    let scratch = copy("diff-forms", TIGHTER);
    let base = folder("diff/base");
    let mut goldens = Goldens::default();
    for (format, file) in [("text", "diff.txt"), ("json", "diff.json"), ("markdown", "diff.md")] {
        let arguments = ["diff", base.to_str().unwrap(), "new", "--format", format];
        let (out, err, exit) = run(&arguments, &scratch);
        assert_eq!((err.as_str(), exit), ("", 1), "{format}");
        goldens.compare(&folder("diff").join(file), &out);
    }
    goldens.finish();
}

#[test]
fn what_breaks_nothing_ends_with_0() {
    let scratch = copy("diff-looser", LOOSER);
    let base = folder("diff/base");
    let (out, _, exit) = run(&["diff", base.to_str().unwrap(), "new"], &scratch);
    assert_eq!(exit, 0);
    assert!(out.ends_with("minor: the next version is x.y+1.0, below 1.0 it is 0.x.z+1 (Rust code: patch, wire: minor)\n"), "{out}");
    let (out, _, exit) = run(&["diff", "new", "new"], &scratch);
    assert_eq!((out.as_str(), exit), ("none: nothing changes (Rust code: none, wire: none)\n", 0));
}

#[test]
fn what_does_not_generate_is_no_diff() {
    let scratch = copy("diff-broken", (r#""maxLength": 18"#, r#""maxLenght": 18"#));
    let base = folder("diff/base");
    let (out, err, exit) = run(&["diff", base.to_str().unwrap(), "new"], &scratch);
    assert_eq!((out.as_str(), exit), ("", 3));
    assert!(err.contains("did you mean `maxLength`?"), "{err}");
}

#[test]
fn a_revision_is_read_through_git() {
    let scratch = copy("diff-git", TIGHTER);
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
        let mut git = Command::new("git");
        git.args(identity).args(arguments).current_dir(&scratch);
        assert!(git.output().unwrap().status.success(), "{arguments:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "first"]);
    let (out, _, exit) = run(&["diff", "--git", "HEAD", "new"], &scratch);
    assert_eq!((out.as_str(), exit), ("none: nothing changes (Rust code: none, wire: none)\n", 0));
    let file = scratch.join("new/set_rules.json");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace(r#""maxLength": 10"#, r#""maxLength": 7"#)).unwrap();
    let (out, _, exit) = run(&["diff", "--git", "HEAD", "new"], &scratch);
    assert_eq!(exit, 1);
    assert!(out.contains("`maxLength`: 10 -> 7"), "{out}");
    assert!(out.contains("old: HEAD:new/set_rules.json:7:15"), "{out}");
    let (_, err, exit) = run(&["diff", "--git", "v9", "new"], &scratch);
    assert_eq!(exit, 3);
    assert!(err.contains("v9"), "{err}");
    let (_, err, exit) = run(&["diff", "--git=--output=x", "new"], &scratch);
    assert_eq!(exit, 3);
    assert!(err.contains("is no revision: it begins as an option does"), "{err}");
}

#[test]
fn arguments_that_are_missing_or_too_many_are_said() {
    let here = folder("diff");
    for (arguments, said) in [
        (&["diff"][..], "not provided:\n  <OLD>\n  <NEW>\n"),
        (&["diff", "base"], "not provided:\n  <NEW>\n"),
        (&["diff", "--git", "HEAD"], "not provided:\n  <OLD>\n"),
        (&["diff", "base", "base", "base"], "unexpected argument"),
        (&["diff", "base", "base", "--format", "xml"], "[possible values: text, json, markdown]"),
    ] {
        let (out, err, exit) = run(arguments, &here);
        assert_eq!((out.as_str(), exit), ("", 2), "{arguments:?}");
        assert!(err.contains(said), "{arguments:?}: {err}");
    }
}

#[test]
fn a_revision_without_git_or_without_a_folder_says_what_is_missing() {
    let base = folder("diff/base");
    let without_git = Command::new(env!("CARGO_BIN_EXE_wechat-bizwifi-codegen"))
        .args(["diff", "--git", "HEAD", base.to_str().unwrap()])
        .env("PATH", "")
        .output()
        .unwrap();
    let said = String::from_utf8(without_git.stderr).unwrap();
    assert!(said.contains("the program `git` cannot be run: No such file"), "{said}");
    assert!(said.contains("install it, or name two folders"), "{said}");
    let (_, said, exit) = run(&["diff", "--git", "HEAD", "nowhere"], &base);
    assert!(said.contains("`nowhere` is no folder: the revision is looked up"), "{said}");
    assert_eq!(exit, without_git.status.code().unwrap());
}
