//! Generates the types of every schema, each a module.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use reading_bench::{out_dir, schemas};
use wechat_bizwifi_codegen::Builder;

fn main() {
    let out = out_dir();
    let (mut modules, mut arms) = (String::new(), String::new());
    for (name, file) in schemas() {
        let Some(module) = generate(&file, &name, &out) else { continue };
        let path = out.join(format!("{module}.rs"));
        writeln!(modules, "#[path = {path:?}] #[allow(warnings)] mod {module};").expect("a string");
        writeln!(arms, "{name:?} => Some(super::is_read::<{module}::Root>),").expect("a string");
    }
    let code = format!(
        "{modules}\npub(crate) fn find(name: &str) -> Option<fn(&str) -> bool> {{
            match name {{ {arms} _ => None }}
        }}"
    );
    fs::write(out.join("schemas.rs"), code).expect("a file");
}

fn generate(file: &Path, name: &str, out: &Path) -> Option<String> {
    let text = fs::read_to_string(file).expect("a schema");
    match Builder::new("").types(name, &text) {
        Ok(code) => {
            let module = name.replace('-', "_");
            fs::write(out.join(format!("{module}.rs")), code).expect("a file");
            Some(module)
        }
        Err(failure) => {
            let text = failure.to_string();
            println!("cargo::warning={name} is refused: {}", text.lines().next().unwrap_or(""));
            None
        }
    }
}
