//! What the generator costs a crate that has it as a build-dependency, beside typify and
//! prettyplease, which such a crate would have in its place.

use std::fs;
use std::path::Path;

use crate::measure::{self, Cost};
use crate::project::write;

pub(crate) fn print(scratch: &Path) {
    let codegen = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../codegen");
    let codegen = codegen.canonicalize().expect("the generator");
    let ours = format!(
        "wechat-bizwifi-codegen = {{ path = '{}', default-features = false }}\n",
        codegen.display()
    );
    let theirs = "typify = { version = \"0.8\", default-features = false }\nprettyplease = \"0.3\"\n\
                  schemars = \"0.8.22\"\nserde_json = \"1\"\nsyn = \"3\"\n";
    println!("| build-dependency | clean build | of which CPU |");
    println!("|---|---|---|");
    let theirs = row("typify and prettyplease", "typify", theirs, scratch);
    let ours = row("wechat-bizwifi-codegen", "codegen", &ours, scratch);
    println!("| ratio | {:.2} | {:.2} |", ours.wall / theirs.wall, ours.cpu / theirs.cpu);
}

fn row(name: &str, folder: &str, dependencies: &str, scratch: &Path) -> Cost {
    let folder = scratch.join(format!("build-{folder}"));
    let manifest = format!(
        "[package]\nname = \"user\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [build-dependencies]\n{dependencies}"
    );
    write(&folder, "Cargo.toml", &manifest);
    write(&folder, "src/lib.rs", "");
    write(&folder, "build.rs", "fn main() {}\n");
    measure::run(&folder, &["cargo", "fetch"]);
    // What is not there need not be removed.
    let _ = fs::remove_dir_all(folder.join("target"));
    let cost = measure::run(&folder, &["cargo", "build", "--quiet"]);
    println!("| {name} | {:.1} s | {:.1} s |", cost.wall, cost.cpu);
    cost
}
