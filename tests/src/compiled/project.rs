//! The generated crates: a few libraries of modules, and a program that calls them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Case;

/// As many modules in one crate keep rustc below half a gigabyte.
const MODULES_IN_A_CRATE: usize = 120;

/// A cargo workspace of generated crates.
pub(super) struct Project<'c> {
    folder: PathBuf,
    target: PathBuf,
    cases: &'c [Case],
    left_out: BTreeSet<usize>,
}

impl<'c> Project<'c> {
    pub(super) fn new(folder: &Path, target: &Path, cases: &'c [Case]) -> Self {
        let (folder, target) = (folder.to_owned(), target.to_owned());
        Self { folder, target, cases, left_out: BTreeSet::new() }
    }

    pub(super) fn leave_out(&mut self, index: usize) {
        assert!(self.left_out.insert(index), "case {index} does not compile even when left out");
    }

    /// The cases that compile.
    pub(super) fn included(&self) -> Vec<&'c Case> {
        self.indices(0..self.cases.len()).map(|index| &self.cases[index]).collect()
    }

    /// Where the compiled program is.
    pub(super) fn program(&self) -> PathBuf {
        let name = format!("{}{}", self.program_name(), std::env::consts::EXE_SUFFIX);
        self.target.join("debug").join(name)
    }

    /// Compiles everything; or says which cases rustc does not take, and what it says.
    pub(super) fn compile(&self) -> Result<(), BTreeMap<usize, String>> {
        self.write();
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .args(["build", "--quiet", "--keep-going", "--color=never"])
            .output()
            .unwrap();
        if output.status.success() {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&output.stderr);
        let errors = errors_by_case(&text);
        assert!(!errors.is_empty(), "cargo fails in {}:\n{text}", self.folder.display());
        Err(errors)
    }

    /// Runs cargo on everything, which has to succeed without a warning.
    pub(super) fn cargo(&self, arguments: &[&str]) {
        self.write();
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("RUSTDOCFLAGS", "-D warnings")
            .args(arguments)
            .args(["--quiet", "--color=never"])
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
    }

    fn parts(&self) -> usize {
        self.cases.len().div_ceil(MODULES_IN_A_CRATE)
    }

    fn program_name(&self) -> String {
        format!("generated_{}", self.folder.file_name().unwrap().to_string_lossy())
    }

    /// Two projects share a target directory, so no crate of one is called as one of the other.
    fn part_name(&self, part: usize) -> String {
        format!("{}_part{part}", self.program_name())
    }

    fn indices(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = usize> {
        range.filter(|index| !self.left_out.contains(index))
    }

    fn write(&self) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        // The same versions as everything else here, without asking the registry.
        let lock = self.folder.join("Cargo.lock");
        if !lock.exists() {
            write(&lock, &fs::read_to_string(root.join("Cargo.lock")).unwrap());
        }
        write(&self.folder.join("Cargo.toml"), &self.program_manifest(root));
        write(&self.folder.join("src/main.rs"), &self.program_source());
        for part in 0..self.parts() {
            self.write_part(part, root);
        }
    }

    fn program_manifest(&self, root: &Path) -> String {
        let mut manifest = manifest(&self.program_name(), root);
        manifest.push_str("[workspace]\nmembers = [\"part*\"]\n\n");
        // Nobody steps through these with a debugger.
        manifest.push_str("[profile.dev]\ndebug = false\nincremental = false\n\n");
        manifest.push_str("[dependencies]\n");
        for part in 0..self.parts() {
            let name = self.part_name(part);
            let _ = writeln!(manifest, "{name} = {{ path = \"part{part}\" }}");
        }
        manifest
    }

    fn program_source(&self) -> String {
        let mut source = include_str!("program.rs").to_owned();
        source.push_str("\nconst ROOTS: &[fn(&str) -> Result<String, String>] = &[\n");
        for index in self.indices(0..self.cases.len()) {
            let part = self.part_name(index / MODULES_IN_A_CRATE);
            let _ = writeln!(source, "    {part}::case{index}::verdict,");
        }
        source.push_str("];\n");
        source
    }

    fn write_part(&self, part: usize, root: &Path) {
        let folder = self.folder.join(format!("part{part}"));
        let dependency = root.join("sdk");
        let manifest = manifest(&self.part_name(part), root)
            + &format!(
                "[dependencies]\n\
                 wechat-bizwifi = {{ path = {:?}, default-features = false, features = [\"idn\", \"pattern\", \"uri\"] }}\n\
                 serde_json = \"1\"\n",
                // As Rust quotes it, so does TOML: a path may hold an apostrophe.
                dependency.display().to_string()
            );
        write(&folder.join("Cargo.toml"), &manifest);
        let first = part * MODULES_IN_A_CRATE;
        let end = (first + MODULES_IN_A_CRATE).min(self.cases.len());
        // What is generated must not warn those who have it generated.
        let mut source = "#![deny(warnings)]\n".to_owned();
        for index in self.indices(first..end) {
            let _ = writeln!(source, "pub mod case{index};");
            let code = self.cases[index].code.clone() + VERDICT;
            write(&folder.join(format!("src/case{index}.rs")), &code);
        }
        write(&folder.join("src/lib.rs"), &source);
    }
}

/// What each module has besides what was generated. To ask a type is to use it.
const VERDICT: &str = r"
#[allow(deprecated)]
pub fn verdict(text: &str) -> Result<String, String> {
    let root: Root = serde_json::from_str(text).map_err(|error| error.to_string())?;
    serde_json::to_string(&root).map_err(|error| error.to_string())
}
";

fn manifest(name: &str, root: &Path) -> String {
    let workspace = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let edition = workspace.lines().find(|line| line.starts_with("edition")).unwrap();
    format!("[package]\nname = {name:?}\npublish = false\n{edition}\n\n")
}

/// Writes a file if it says something new: cargo looks at its time.
fn write(file: &Path, text: &str) {
    if fs::read_to_string(file).is_ok_and(|old| old == text) {
        return;
    }
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// Sorts rustc's messages by the module that they are about.
fn errors_by_case(text: &str) -> BTreeMap<usize, String> {
    let mut errors: BTreeMap<usize, String> = BTreeMap::new();
    for message in text.split("\n\n").filter(|message| message.starts_with("error")) {
        let Some((_, place)) = message.split_once("src/case") else { continue };
        let digits: String = place.chars().take_while(char::is_ascii_digit).collect();
        if let Ok(index) = digits.parse() {
            let said = errors.entry(index).or_default();
            said.push_str(message);
            said.push('\n');
        }
    }
    errors
}
