//! Generates clients of many endpoints with this project's generator and with progenitor, compiles
//! both, and prints what that cost as a Markdown table.
//!
//! ```console
//! $ cargo run --release              # 2, 20, 200 and 1000 endpoints
//! $ cargo run --release -- 20 200    # or as many as you say
//! $ cargo run --release -- build     # what the generator costs as a build-dependency
//! $ cargo run --release -- programs  # what building a program costs, and how large it gets
//! $ cargo run --release -- rules     # what rules beyond the types cost to compile
//! $ cargo run --release -- rebuild   # what is built again after a change
//! ```
use std::path::{Path, PathBuf};

mod build_cost;
mod document;
mod generators;
mod measure;
mod programs;
mod project;
mod rebuild;

use measure::Cost;

const SIZES: &[usize] = &[2, 20, 200, 1000];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        // How this program measures a command: as a child of a process of its own.
        ["measured", command @ ..] => measure::as_child(command),
        ["build"] => build_cost::print(&scratch()),
        ["programs"] => programs::print(&scratch()),
        ["rebuild"] => rebuild::print(&scratch()),
        ["rules"] => print_rules(200),
        [] => print_table(SIZES),
        sizes => {
            let sizes: Vec<usize> =
                sizes.iter().map(|size| size.parse().expect("a number of endpoints")).collect();
            print_table(&sizes);
        }
    }
}

fn scratch() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/scratch")
}

fn print_table(sizes: &[usize]) {
    println!("| endpoints | | generation | lines | `cargo check` | of which CPU | peak memory |");
    println!("|---|---|---|---|---|---|---|");
    for size in sizes {
        let ours = generators::ours(*size, document::description, &scratch());
        print_row(*size, "ours", &ours, project::check_ours(&ours, &scratch()));
        let theirs = generators::progenitor(*size);
        print_row(*size, "progenitor", &theirs, project::check_progenitor(&theirs, &scratch()));
    }
}

/// Endpoints whose requests have an `if` and a `patternProperties`, beside the same without.
fn print_rules(size: usize) {
    println!("| {size} endpoints | `cargo check`, CPU | ratio |");
    println!("|---|---|---|");
    let check = |describe| {
        project::check_ours(&generators::ours(size, describe, &scratch()), &scratch()).cpu
    };
    let without = check(document::description);
    let with = check(document::description_with_rules);
    println!("| without rules beyond types | {without:.1} s | 1.00 |");
    println!("| with `if` and `patternProperties` | {with:.1} s | {:.2} |", with / without);
}

fn print_row(size: usize, name: &str, generated: &generators::Generated, check: Cost) {
    println!(
        "| {size} | {name} | {:.2} s | {} | {:.1} s | {:.1} s | {} MB |",
        generated.seconds,
        generated.code.lines().count(),
        check.wall,
        check.cpu,
        check.peak_kilobytes / 1000,
    );
}
