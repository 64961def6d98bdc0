//! Crates around generated code, to be checked by cargo.

use std::fs;
use std::path::Path;

use crate::generators::Generated;
use crate::measure::{self, Cost};

/// Of several checks the cheapest counts: what disturbs one only ever adds to it. Code of so many
/// lines is checked once, which takes long enough.
const RUNS: usize = 3;
const LONG: usize = 50_000;

pub(crate) fn check_ours(generated: &Generated, scratch: &Path) -> Cost {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let root = root.canonicalize().expect("the project");
    let sdk = format!(
        "wechat-bizwifi = {{ path = '{}', default-features = false, features = ['pattern'] }}\n",
        root.join("sdk").display()
    );
    check("ours", &sdk, generated, scratch)
}

pub(crate) fn check_progenitor(generated: &Generated, scratch: &Path) -> Cost {
    let dependencies = "\
        bytes = \"1\"\n\
        futures-core = \"0.3\"\n\
        progenitor-client = \"=0.15.1\"\n\
        reqwest = { version = \"0.13\", default-features = false, features = [\"json\", \"query\", \"stream\"] }\n\
        serde = { version = \"1\", features = [\"derive\"] }\n\
        serde_json = \"1\"\n";
    check("progenitor", dependencies, generated, scratch)
}

/// `cargo check` of the crate alone: its dependencies were checked before, with an empty crate.
fn check(name: &str, dependencies: &str, generated: &Generated, scratch: &Path) -> Cost {
    let folder = scratch.join(name);
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [profile.dev]\nincremental = false\n\n[dependencies]\n{dependencies}"
    );
    write(&folder, "Cargo.toml", &manifest);
    let check = |code: &str| {
        write(&folder, "src/lib.rs", code);
        measure::run(&folder, &["cargo", "check", "--quiet"])
    };
    check("");
    let runs = if generated.code.lines().count() > LONG { 1 } else { RUNS };
    let costs = (0..runs).map(|_| check(&generated.code));
    costs.min_by(|one, other| one.cpu.total_cmp(&other.cpu)).expect("a check")
}

pub(crate) fn write(folder: &Path, file: &str, text: &str) {
    let file = folder.join(file);
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(file, text).expect("a file");
}
