//! Generates the client, as progenitor's documentation shows it.

use std::env;
use std::fs;
use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=openapi.json");
    let document = fs::read_to_string("openapi.json").expect("the document");
    let document = serde_json::from_str(&document).expect("an OpenAPI document");
    let tokens =
        progenitor_impl::Generator::default().generate_tokens(&document).expect("a client");
    let code = prettyplease::unparse(&syn::parse2(tokens).expect("Rust"));
    let folder = env::var("OUT_DIR").expect("cargo's folder");
    fs::write(Path::new(&folder).join("client.rs"), code).expect("a file");
}
