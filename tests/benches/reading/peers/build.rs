//! A validator of the crate `jsonschema` for every schema, made by its macro at build time.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

fn main() {
    println!("cargo::rerun-if-env-changed=READING_SCHEMAS");
    let folder = env::var("READING_SCHEMAS").expect("READING_SCHEMAS: a folder of schemas");
    println!("cargo::rerun-if-changed={folder}");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    let (mut modules, mut arms) = (String::new(), String::new());
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the schemas").map(|it| it.expect("a file").path()).collect();
    files.sort();
    for path in files {
        let name = path.file_stem().expect("a name").to_str().expect("UTF-8").to_owned();
        let module = name.replace('-', "_");
        writeln!(
            modules,
            "#[allow(warnings)] mod {module} {{
                #[jsonschema::validator(path = {path:?}, methods = {{
                    is_valid = true, validate = false, iter_errors = false
                }})]
                pub(crate) struct Schema;
            }}"
        )
        .expect("a string");
        writeln!(arms, "{name:?} => {module}::Schema::is_valid,").expect("a string");
    }
    let code = format!(
        "{modules}\npub(crate) fn is_valid(name: &str) -> fn(&serde_json::Value) -> bool {{
            match name {{ {arms} _ => panic!(\"no such schema: {{name}}\") }}
        }}"
    );
    fs::write(out.join("schemas.rs"), code).expect("a file");
}
