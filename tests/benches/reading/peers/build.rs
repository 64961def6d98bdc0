//! A validator of the crate `jsonschema` for every schema, made by its macro at build time.

use std::fmt::Write as _;
use std::fs;

use reading_bench::{out_dir, schemas};

fn main() {
    let out = out_dir();
    let (mut modules, mut arms) = (String::new(), String::new());
    for (name, path) in schemas() {
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
