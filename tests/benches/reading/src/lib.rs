//! What every measured program does: it judges the documents of a file, one on each line.
//!
//! ```text
//! ours verdicts ours importmap FILE    1101…, a digit for each document
//! ours once ours importmap FILE        judges each twice; the second time is counted by valgrind
//! ours time ours importmap FILE        nanoseconds for all documents, the median of several times
//! ```

use std::time::{Duration, Instant};

/// Whether a document is valid.
pub type Judge = Box<dyn Fn(&[u8]) -> bool>;

/// The function whose instructions are counted: a pattern, as valgrind wants it.
pub const COUNTED: &str = "*counted_pass*";

/// Runs a program whose judges have a name, and are each for one schema.
///
/// # Panics
///
/// When there is no such judge or file.
pub fn run(judge: impl Fn(&str, &str) -> Option<Judge>) {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [action, who, schema, file] = &arguments[..] else { panic!("ACTION WHO SCHEMA FILE") };
    let Some(judge) = judge(who, schema) else { return };
    let text = std::fs::read(file).expect("the documents");
    let documents: Vec<&[u8]> =
        text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    match action.as_str() {
        "verdicts" => println!("{}", verdicts(&judge, &documents)),
        "once" => {
            pass(&judge, &documents);
            println!("{}", counted_pass(&judge, &documents));
        }
        "time" => println!("{}", time(&judge, &documents).as_nanos()),
        _ => panic!("no such action: {action}"),
    }
}

fn verdicts(judge: &Judge, documents: &[&[u8]]) -> String {
    documents.iter().map(|document| if judge(document) { '1' } else { '0' }).collect()
}

fn pass(judge: &Judge, documents: &[&[u8]]) -> usize {
    documents.iter().filter(|document| judge(document)).count()
}

#[inline(never)]
fn counted_pass(judge: &Judge, documents: &[&[u8]]) -> usize {
    std::hint::black_box(pass(judge, documents))
}

fn time(judge: &Judge, documents: &[&[u8]]) -> Duration {
    const ROUNDS: usize = 9;
    pass(judge, documents);
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            pass(judge, documents);
            begun.elapsed()
        })
        .collect();
    times.sort();
    times[ROUNDS / 2]
}
