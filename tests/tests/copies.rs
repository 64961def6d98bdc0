//! What two crates each keep a copy of, because neither may depend on the other.

use std::fs;
use std::path::Path;

#[test]
fn the_generator_and_the_runtime_know_the_same_formats() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    assert_eq!(read("codegen/src/verify/format.rs"), read("sdk/src/wire/format.rs"));
}
