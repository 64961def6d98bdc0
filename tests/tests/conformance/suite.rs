//! The official suite, as the source distribution of a Python package has it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;
use serde_json::value::RawValue;

/// A release of a package that brings the suite along.
const PACKAGE: &str = "jsonschema";
const VERSION: &str = "4.26.0";

/// Schemas of one kind, and what values they allow.
#[derive(Debug, Deserialize)]
pub(crate) struct Group {
    /// The draft's folder, and the file without its ending.
    #[serde(skip)]
    pub(crate) file: String,
    /// Whether its verdicts take `format` for a rule; the suite's required files do not.
    #[serde(skip)]
    pub(crate) asserts_formats: bool,
    pub(crate) description: String,
    pub(crate) schema: Box<RawValue>,
    pub(crate) tests: Vec<Test>,
}

/// A value, and whether the schema allows it.
#[derive(Debug, Deserialize)]
pub(crate) struct Test {
    pub(crate) data: Box<RawValue>,
    pub(crate) valid: bool,
}

/// The suite's folder; nothing where it cannot be had, which is said where everybody sees it.
///
/// # Panics
///
/// Under continuous integration, where it must be there.
pub(crate) fn folder(cache: &Path) -> Option<PathBuf> {
    // Tests run at the same time, and none may read what another has unpacked only in part.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);

    let release = format!("{PACKAGE}-{VERSION}");
    let folder = cache.join(&release).join("json/tests");
    if folder.is_dir() {
        return Some(folder);
    }
    match download(cache, &release) {
        Ok(()) if folder.is_dir() => return Some(folder),
        Ok(()) => skip(&format!("{release} has no folder json/tests")),
        Err(error) => skip(&error),
    }
    None
}

fn download(cache: &Path, release: &str) -> Result<(), String> {
    fs::create_dir_all(cache).map_err(|error| error.to_string())?;
    let wanted = format!("{PACKAGE}=={VERSION}");
    let arguments = ["-m", "pip", "download", "--no-deps", "--no-binary", ":all:", &wanted];
    run("python3", &arguments, cache)?;
    run("tar", &["-xzf", &format!("{release}.tar.gz")], cache)
}

fn run(program: &str, arguments: &[impl AsRef<OsStr>], folder: &Path) -> Result<(), String> {
    let output = Command::new(program).args(arguments).current_dir(folder).output();
    match output {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(format!("{program}: {}", String::from_utf8_lossy(&output.stderr).trim())),
        Err(error) => Err(format!("{program}: {error}")),
    }
}

fn skip(why: &str) {
    wechat_bizwifi_tests::skip(&format!("the JSON-Schema-Test-Suite cannot be had: {why}"));
}

/// The groups of these files, each a folder and a name without its ending; `*` is every file.
pub(crate) fn groups(suite: &Path, folder: &str, names: &[&str]) -> Vec<Group> {
    let mut files: Vec<PathBuf> = if names == ["*"] {
        let entries = fs::read_dir(suite.join(folder)).unwrap();
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect()
    } else {
        names.iter().map(|name| suite.join(folder).join(format!("{name}.json"))).collect()
    };
    files.sort();
    files.iter().flat_map(|file| read(file)).collect()
}

fn read(file: &Path) -> Vec<Group> {
    let text = fs::read_to_string(file).unwrap();
    let mut groups: Vec<Group> = serde_json::from_str(&text).unwrap();
    for group in &mut groups {
        group.asserts_formats = file.to_string_lossy().contains("format/");
        group.file = file.file_stem().unwrap().to_string_lossy().into_owned();
    }
    groups
}
