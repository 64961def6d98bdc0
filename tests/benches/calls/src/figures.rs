//! Figures for one unit of work, from runs that differ in their length alone: whatever a process
//! does but once is in both of two runs, and so in neither's difference.

use crate::process;

/// What a process does, so many times over.
pub(crate) type Work<'a> = &'a dyn Fn(usize) -> Vec<String>;

/// Instructions.
pub(crate) fn instructions(work: Work<'_>, lengths: [usize; 2]) -> f64 {
    difference(work, lengths, process::instructions)
}

/// Allocations, and bytes allocated.
pub(crate) fn allocations(work: Work<'_>, lengths: [usize; 2]) -> (f64, f64) {
    let [short, long] = lengths.map(|length| as_words(&work(length), process::allocations));
    let per_unit = |short: f64, long: f64| (long - short) / span(lengths);
    (per_unit(short.0, long.0), per_unit(short.1, long.1))
}

/// The medians of what the process itself measured, in microseconds, in rounds in which each of
/// the works runs: what disturbs the machine disturbs all.
pub(crate) fn microseconds(works: &[Work<'_>], length: usize, rounds: usize) -> Vec<Vec<f64>> {
    let mut series = vec![vec![]; works.len()];
    for _ in 0..rounds {
        for (work, series) in works.iter().zip(&mut series) {
            series.push(as_words(&work(length), process::run));
        }
    }
    series.iter().map(|runs| medians(runs, length)).collect()
}

fn medians(runs: &[Vec<f64>], length: usize) -> Vec<f64> {
    (0..runs[0].len())
        .map(|column| {
            let mut values: Vec<f64> = runs.iter().map(|run| run[column]).collect();
            values.sort_by(f64::total_cmp);
            values[values.len() / 2] / as_float(length) / 1e3
        })
        .collect()
}

fn difference(work: Work<'_>, lengths: [usize; 2], count: impl Fn(&[&str]) -> f64) -> f64 {
    let [short, long] = lengths.map(|length| as_words(&work(length), &count));
    (long - short) / span(lengths)
}

fn as_words<T>(arguments: &[String], take: impl Fn(&[&str]) -> T) -> T {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    take(&words)
}

fn span(lengths: [usize; 2]) -> f64 {
    as_float(lengths[1] - lengths[0])
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn as_float(number: usize) -> f64 {
    number as f64
}
