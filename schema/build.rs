//! Tells the crate where it is.
//!
//! `CARGO_MANIFEST_DIR` alone would do, but cargo does not compile a crate again because its folder
//! was moved. A build script runs again when a file that it watches is gone.

use std::env;

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    println!("cargo::rerun-if-changed={root}/build.rs");
    println!("cargo::rustc-env=SCHEMA_ROOT={root}");
}
