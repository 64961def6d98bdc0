//! The table: ratios of instructions and of time, for each schema and on the geometric mean.

use crate::corpora::Corpus;
use crate::programs::Programs;

/// What ours is divided by.
const PEERS: &[(&str, &str)] = &[
    ("macro", "Value + macro"),
    ("boon", "Value + boon"),
    ("corvus", "corvus"),
    ("derive", "derive"),
];

type Measure = fn(&Programs, &str, &Corpus) -> Option<f64>;

pub(crate) fn print(corpora: &[Corpus], programs: &Programs) {
    print_table("instructions", corpora, programs, Programs::instructions);
    println!();
    print_table("time", corpora, programs, Programs::nanoseconds);
}

fn print_table(what: &str, corpora: &[Corpus], programs: &Programs, measure: Measure) {
    print!("| {what}, ours ÷ | ours, each document |");
    PEERS.iter().for_each(|(_, name)| print!(" {name} |"));
    println!("\n|---|---|{}", "---|".repeat(PEERS.len()));
    let mut columns = vec![vec![]; PEERS.len()];
    for corpus in corpora {
        let Some(ours) = measure(programs, "ours", corpus) else { continue };
        print!("| {} | {:.0} |", corpus.name, ours / corpus.count());
        for ((who, _), column) in PEERS.iter().zip(&mut columns) {
            let ratio = measure(programs, who, corpus).map(|theirs| ours / theirs);
            column.extend(ratio);
            print!(" {} |", ratio.map_or("–".to_owned(), |ratio| format!("{ratio:.2}")));
        }
        println!();
    }
    print!("| geometric mean | |");
    columns.iter().for_each(|column| print!(" {:.2} |", geometric_mean(column)));
    println!();
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn geometric_mean(ratios: &[f64]) -> f64 {
    (ratios.iter().map(|ratio| ratio.ln()).sum::<f64>() / ratios.len() as f64).exp()
}
