//! What every measured program does: it checks the documents of a file, one on each line.
//!
//! ```text
//! ours verdicts ours importmap FILE    1101…, a digit for each document
//! ours once ours importmap FILE        checks each twice; the second time is counted by valgrind
//! ours time ours importmap FILE        nanoseconds for all documents, the median of several times
//! ```

use std::path::PathBuf;
use std::time::{Duration, Instant};

/// For the build script of a program: the name and the file of every schema.
///
/// # Panics
///
/// When `READING_SCHEMAS` names no folder of schemas.
pub fn schemas() -> Vec<(String, PathBuf)> {
    println!("cargo::rerun-if-env-changed=READING_SCHEMAS");
    let folder = std::env::var("READING_SCHEMAS").expect("READING_SCHEMAS: a folder of schemas");
    println!("cargo::rerun-if-changed={folder}");
    let entries = std::fs::read_dir(folder).expect("the schemas");
    let mut files: Vec<PathBuf> = entries.map(|it| it.expect("a file").path()).collect();
    files.sort();
    let name =
        |file: &PathBuf| file.file_stem().expect("a name").to_str().expect("UTF-8").to_owned();
    files.into_iter().map(|file| (name(&file), file)).collect()
}

/// For a build script: the folder that cargo gives it.
///
/// # Panics
///
/// When there is none.
pub fn out_dir() -> PathBuf {
    PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets it"))
}

/// Whether a document is valid. That it is UTF-8 is checked before, once for all that read it.
pub type IsValid = Box<dyn Fn(&str) -> bool>;

/// The function whose instructions are counted: a pattern, as valgrind wants it.
pub const COUNTED: &str = "*count_measured*";

/// Runs a program that has checks with a name, each for one schema.
///
/// # Panics
///
/// When there is no such file.
pub fn run(find: impl Fn(&str, &str) -> Option<IsValid>) {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [action, who, schema, file] = &arguments[..] else { panic!("ACTION WHO SCHEMA FILE") };
    let Some(is_valid) = find(who, schema) else { return };
    let text = std::fs::read(file).expect("the documents");
    let documents: Vec<&[u8]> =
        text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    match action.as_str() {
        "verdicts" => println!("{}", verdicts(&is_valid, &documents)),
        "once" => {
            count_valid(&is_valid, &documents);
            println!("{}", count_measured(&is_valid, &documents));
        }
        "time" => println!("{}", time(&is_valid, &documents).as_nanos()),
        _ => panic!("no such action: {action}"),
    }
}

fn verdicts(is_valid: &IsValid, documents: &[&[u8]]) -> String {
    documents.iter().map(|document| if check(is_valid, document) { '1' } else { '0' }).collect()
}

fn count_valid(is_valid: &IsValid, documents: &[&[u8]]) -> usize {
    documents.iter().filter(|document| check(is_valid, document)).count()
}

fn check(is_valid: &IsValid, document: &[u8]) -> bool {
    std::str::from_utf8(std::hint::black_box(document)).is_ok_and(is_valid)
}

#[inline(never)]
fn count_measured(is_valid: &IsValid, documents: &[&[u8]]) -> usize {
    std::hint::black_box(count_valid(is_valid, documents))
}

fn time(is_valid: &IsValid, documents: &[&[u8]]) -> Duration {
    const ROUNDS: usize = 9;
    count_valid(is_valid, documents);
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            count_valid(is_valid, documents);
            begun.elapsed()
        })
        .collect();
    times.sort();
    times[ROUNDS / 2]
}
