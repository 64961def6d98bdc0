//! What building a small program costs: by hand, with progenitor, and with the SDK, whose code
//! is generated in the build or is in the source tree.

use std::fs;
use std::path::{Path, PathBuf};

use crate::measure::{self, Cost};

/// Each is the name of a package in the folder `programs`.
const PROGRAMS: &[&str] = &["by-hand", "progenitor", "sdk", "sdk-in-tree"];

/// Of several runs the cheapest counts: what disturbs a build only ever adds to it.
const RUNS: usize = 2;

pub(crate) fn print(scratch: &Path) {
    let target = scratch.join("programs");
    for profile in ["dev", "release"] {
        print_profile(profile, &target);
    }
    print_sizes(&target);
}

fn print_profile(profile: &str, target: &Path) {
    println!("| clean build, {profile} | clock | CPU | CPU, by hand = 1 |");
    println!("|---|---|---|---|");
    let costs = cheapest(profile, target);
    for (program, cost) in PROGRAMS.iter().zip(&costs) {
        let ratio = cost.cpu / costs[0].cpu;
        println!("| {program} | {:.0} s | {:.0} s | {ratio:.2} |", cost.wall, cost.cpu);
    }
    println!();
}

/// The programs take turns, so that what the machine does besides hits all of them.
fn cheapest(profile: &str, target: &Path) -> Vec<Cost> {
    let round = || PROGRAMS.iter().map(|program| clean_build(program, profile, target)).collect();
    let rounds: Vec<Vec<Cost>> = (0..RUNS).map(|_| round()).collect();
    (0..PROGRAMS.len())
        .filter_map(|index| {
            rounds
                .iter()
                .map(|costs| costs[index])
                .min_by(|one, other| one.cpu.total_cmp(&other.cpu))
        })
        .collect()
}

fn clean_build(program: &str, profile: &str, target: &Path) -> Cost {
    let target = target.join(program).join(profile);
    // What is not there need not be removed.
    let _ = fs::remove_dir_all(&target);
    let target = target.to_str().expect("a path in UTF-8");
    let command = [
        "cargo",
        "build",
        "--quiet",
        "--profile",
        profile,
        "--package",
        program,
        "--target-dir",
        target,
    ];
    measure::run(&folder(), &command)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("programs")
}

fn print_sizes(target: &Path) {
    println!("| stripped release binary | bytes | more than by hand |");
    println!("|---|---|---|");
    let size = |program: &&str| {
        let file = target.join(program).join("release/release").join(program);
        fs::metadata(file).expect("the program").len()
    };
    let by_hand = size(&PROGRAMS[0]);
    for program in PROGRAMS {
        let bytes = size(program);
        println!("| {program} | {bytes} | {} |", bytes.saturating_sub(by_hand));
    }
}
