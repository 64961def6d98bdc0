//! Generates the client of the peer `progenitor` from `openapi.json`.

use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=openapi.json");
    let document = fs::read("openapi.json").expect("the document");
    let document = serde_json::from_slice(&document).expect("an OpenAPI document");
    let tokens = progenitor_impl::Generator::default().generate_tokens(&document).expect("tokens");
    let code = prettyplease::unparse(&syn::parse2(tokens).expect("a file"));
    let folder = env::var_os("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&folder).join("progenitor.rs"), code).expect("a file");
}
