//! What several crates each keep a copy of: neither may depend on the other, or each is a package of
//! its own.

use std::fs;
use std::path::Path;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap()
}

#[test]
fn the_generator_and_the_runtime_know_the_same_formats() {
    assert_eq!(read("codegen/src/verify/format.rs"), read("sdk/src/wire/format.rs"));
}

#[test]
fn every_package_brings_the_texts_of_its_licences() {
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        for package in ["schema", "codegen", "sdk"] {
            assert_eq!(read(&format!("{package}/{licence}")), read(licence), "{package}");
        }
    }
}
