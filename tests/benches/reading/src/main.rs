//! Reads the documents of a public benchmark as the types that are generated from its schemas, and
//! prints, as a Markdown table, what that takes beside validators that make no types.
//!
//! ```console
//! $ git clone https://github.com/sourcemeta-research/jsonschema-benchmark
//! $ cargo run --release -- jsonschema-benchmark              # each of its schemas
//! $ cargo run --release -- jsonschema-benchmark deno vercel  # or those that you name
//! ```

use std::path::{Path, PathBuf};

mod corpora;
mod mutate;
mod programs;
mod table;

use corpora::Corpus;
use programs::Programs;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else {
        panic!("the folder of a checkout of sourcemeta-research/jsonschema-benchmark")
    };
    let wanted: Vec<String> = arguments.collect();
    let corpora = corpora::prepare(&Path::new(&folder).join("schemas"), &wanted, &scratch());
    let programs = Programs::build(&scratch());
    for corpus in &corpora {
        compare_verdicts(corpus, &programs);
    }
    table::print(&corpora, &programs);
}

fn scratch() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/scratch")
}

/// Says where those that check do not agree, on documents that are valid and on such that a change
/// has most likely broken.
fn compare_verdicts(corpus: &Corpus, programs: &Programs) {
    for file in [&corpus.documents, &corpus.mutated] {
        let Some(ours) = programs.verdicts("ours", corpus, file) else { continue };
        for who in programs::VALIDATORS {
            let Some(theirs) = programs.verdicts(who, corpus, file) else { continue };
            let differ: Vec<usize> = ours
                .bytes()
                .zip(theirs.bytes())
                .enumerate()
                .filter(|(_, (ours, theirs))| ours != theirs)
                .map(|(index, _)| index + 1)
                .collect();
            if !differ.is_empty() {
                let lines = &differ[..differ.len().min(8)];
                let count = differ.len();
                eprintln!("{}: {who} differs {count} times, lines {lines:?}", file.display());
            }
        }
    }
}
