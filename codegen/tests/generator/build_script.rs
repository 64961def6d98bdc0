//! What `Builder::build` does in a build script: each test is run once more, as one.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use wechat_bizwifi_codegen::Builder;

use crate::golden::{folder, scratch};

/// Names the folder of descriptions, in the process that is the build script.
const FOLDER: &str = "BUILD_SCRIPT_FOLDER";

/// A build script whose author throws the result away.
#[test]
fn a_script() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let _ = Builder::new(folder).in_tree("api.rs").build();
    println!("goes on");
}

/// A build script for plain documents.
#[test]
fn a_script_for_types() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let mapped = Path::new(&folder).join("../script-mapped");
    let _ = Builder::new(folder).map("https://example.com/", mapped).build_types();
}

fn run(folder: &Path, output: &Path) -> Output {
    run_script("a_script", folder, output)
}

fn run_script(script: &str, folder: &Path, output: &Path) -> Output {
    script_at(script, folder).env("OUT_DIR", output).output().unwrap()
}

fn script_at(script: &str, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([&*format!("build_script::{script}"), "--exact", "--nocapture"]);
    command.env(FOLDER, folder).env_remove("OUT_DIR");
    command
}

#[test]
fn a_file_of_the_source_tree_is_current_whatever_its_layout() {
    let (tree, out) = (scratch("script-tree"), scratch("script-tree-out"));
    let folder = folder("cli/good");
    let file = tree.join("api.rs");
    let code = Builder::new(&folder).generate().unwrap();
    let is_current = |text: &str| {
        fs::write(&file, text).unwrap();
        let mut script = script_at("a_script", &folder);
        let output = script.current_dir(&tree).env("OUT_DIR", &out).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let said = String::from_utf8(output.stdout).unwrap();
        said.contains("cargo::rustc-cfg=generated_in_tree")
    };
    assert!(is_current(&code) && is_current(&code.replace('{', "\n{\n")));
    assert!(!is_current("fn other() {}"));
    let builder = Builder::new(&folder);
    let stale = builder.check(&file).unwrap_err();
    let said = format!("`{}` is not what the descriptions say: generate it again", file.display());
    assert_eq!((stale.to_string(), format!("{stale:?}")), (said.clone(), said));
    fs::write(&file, &code).unwrap();
    builder.check(&file).unwrap();
    fs::remove_file(&file).unwrap();
    let missing = builder.check(&file).unwrap_err();
    let said = format!("`{}` cannot be read", file.display());
    assert_eq!(missing.to_string(), said);
    assert!(format!("{missing:?}").starts_with(&format!("{said}: ")), "{missing:?}");
}

#[test]
fn outside_of_a_build_script_nothing_is_built() {
    let output = script_at("a_script", &folder("cli/good")).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "OUT_DIR is not set: this is for build scripts\n"
    );
}

#[test]
fn a_script_ends_where_something_is_wrong_whatever_becomes_of_the_result() {
    let output = run(&folder("cli/invalid"), &scratch("script-invalid"));
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(!said.contains("goes on"), "{said}");
    assert!(String::from_utf8(output.stderr).unwrap().contains("nothing was generated"));
}

#[test]
fn a_script_has_cargo_watch_the_descriptions_alone() {
    let out = scratch("script-good");
    let output = run(&folder("cli/good"), &out);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && said.contains("goes on"), "{said}");
    let lines: Vec<&str> = said
        .lines()
        .filter_map(|line| line.split_once("cargo::rerun-if-"))
        .map(|(_, line)| line)
        .collect();
    assert_eq!(
        lines,
        [format!("changed={}", folder("cli/good").display()), "changed=api.rs".to_owned()]
    );
    assert!(out.join("api.rs").exists());
}

#[test]
fn a_script_makes_types_of_a_folder_of_documents_and_tells_warnings() {
    let (schemas, out) = (scratch("script-types"), scratch("script-types-out"));
    fs::write(schemas.join("name.json"), r#"{ "type": "string", "maxLenght": 2 }"#).unwrap();
    let output = run_script("a_script_for_types", &schemas, &out);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains(&format!("cargo::rerun-if-changed={}", schemas.display())), "{said}");
    let warning = "name.json:1:21 /maxLenght: is not a keyword, and is ignored; did you mean";
    assert!(said.lines().any(|line| line.starts_with("cargo::warning=") && line.contains(warning)));
    let code = fs::read_to_string(out.join("types.rs")).unwrap();
    assert!(output.status.success() && code.contains("pub struct Root"), "{code}");
}

#[test]
fn a_script_has_cargo_watch_the_files_that_schemas_refer_to() {
    let (schemas, out) = (scratch("script-refers"), scratch("script-refers-out"));
    let (beside, mapped) = (scratch("script-beside"), scratch("script-mapped"));
    let parts = r#"[{ "$ref": "../script-beside/b" }, { "$ref": "https://example.com/c.json" }]"#;
    fs::write(schemas.join("a.json"), format!(r#"{{ "anyOf": {parts} }}"#)).unwrap();
    fs::write(beside.join("b.json"), r#"{ "type": "string" }"#).unwrap();
    fs::write(mapped.join("c.json"), r#"{ "type": "integer" }"#).unwrap();
    let output = run_script("a_script_for_types", &schemas, &out);
    let said = String::from_utf8(output.stdout).unwrap();
    let watched = said.lines().filter_map(|line| line.strip_prefix("cargo::rerun-if-changed="));
    let mut watched: Vec<_> = watched.map(|path| fs::canonicalize(path).unwrap()).collect();
    watched.sort();
    let files = [beside.join("b.json"), mapped.join("c.json"), schemas];
    assert_eq!(watched, files.map(|path| fs::canonicalize(path).unwrap()), "{said}");
}

/// Cargo passes over a line that is not UTF-8: without any path, it watches the package.
#[cfg(unix)]
#[test]
fn a_folder_whose_name_is_not_utf_8_is_generated_from_and_told_of_to_nobody() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = scratch("script-name").join(std::ffi::OsStr::from_bytes(b"\xff"));
    if fs::create_dir(&folder).is_err() {
        return; // a file system that has no such names
    }
    fs::copy(crate::golden::folder("cli/good/common.json"), folder.join("common.json")).unwrap();
    let output = run(&folder, &scratch("script-out"));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && !said.contains("cargo::rerun"), "{said}");
}
