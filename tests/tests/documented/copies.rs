//! What several crates each keep a copy of: neither may depend on the other, or each is a package of
//! its own.

use std::path::Path;
use std::{fs, io};

fn read(path: &str) -> io::Result<String> {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path))
}

#[test]
fn every_package_brings_the_texts_of_its_licences() {
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        for package in ["schema", "codegen", "sdk", "sdk/rules"] {
            let copy = read(&format!("{package}/{licence}")).unwrap();
            assert_eq!(copy, read(licence).unwrap(), "{package}");
        }
    }
}
