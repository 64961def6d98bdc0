//! Tells the crate where it is, and lists its files.
//!
//! `CARGO_MANIFEST_DIR` alone would do for the first, but cargo does not compile a crate again
//! because its folder was moved. A build script runs again when a file that it watches is gone.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// What describes the other files to editors is no input.
const META_SCHEMA: &str = "endpoint.schema.json";

fn main() -> Result<(), Box<dyn Error>> {
    let root = env::var("CARGO_MANIFEST_DIR")?;
    println!("cargo::rerun-if-changed={root}/build.rs");
    println!("cargo::rustc-env=SCHEMA_ROOT={root}");
    let paths = json_files(Path::new(&root))?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("files.rs"), list(&root, &paths)?)?;
    println!("cargo::rustc-env=SCHEMA_FINGERPRINT={:016x}", fingerprint(&root, &paths)?);
    Ok(())
}

/// The paths of the JSON files in a folder and in the folders directly below it, sorted. Cargo is
/// told to watch the folder for files that come and go.
fn json_files(root: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", root.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(root)? {
        let (entry, name) = named(entry?)?;
        if is_json(&name) && name != META_SCHEMA {
            paths.push(name);
        } else if entry.file_type()?.is_dir() && !matches!(name.as_str(), "src" | "target") {
            for inner in fs::read_dir(entry.path())? {
                let (_, file) = named(inner?)?;
                if is_json(&file) {
                    paths.push(format!("{name}/{file}"));
                }
            }
        }
    }
    paths.sort();
    Ok(paths)
}

fn named(entry: fs::DirEntry) -> Result<(fs::DirEntry, String), Box<dyn Error>> {
    let name = entry.file_name();
    let name = name.to_str().ok_or_else(|| format!("{name:?} is not UTF-8: rename it"))?;
    let name = name.to_owned();
    Ok((entry, name))
}

/// Hidden files are not ours: cargo puts `.cargo_vcs_info.json` into packages.
fn is_json(name: &str) -> bool {
    !name.starts_with('.')
        && Path::new(name).extension().is_some_and(|extension| extension == "json")
}

/// The files as a Rust expression: `&[("common.json", include_str!("…/common.json"))]`.
fn list(root: &str, paths: &[String]) -> Result<String, Box<dyn Error>> {
    let mut code = "&[\n".to_owned();
    for path in paths {
        writeln!(code, "    ({path:?}, include_str!({:?})),", format!("{root}/{path}"))?;
    }
    code.push_str("]\n");
    Ok(code)
}

/// A number that changes with any file's path or text: FNV-1a. Whether line ends are those of
/// Windows does not count.
fn fingerprint(root: &str, paths: &[String]) -> Result<u64, Box<dyn Error>> {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for path in paths {
        let text = fs::read_to_string(format!("{root}/{path}"))?;
        for byte in path.bytes().chain([0]).chain(text.bytes().filter(|byte| *byte != b'\r')) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Ok(hash)
}
