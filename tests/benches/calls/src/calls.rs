//! The tables of calls.

use crate::figures::{self, Work};
use crate::process::Server;
use crate::run::PEERS;

/// Pairs of calls in the two runs whose difference is counted: enough that a run's beginning, and
/// what happens every so many calls, no longer show.
const LENGTHS: [usize; 2] = [256, 1280];
const TIMED_PAIRS: usize = 9600;
const ROUNDS: usize = 9;

pub(crate) fn print() {
    let server = Server::start();
    for in_flight in [1, 64] {
        print_table(&server.base, in_flight);
    }
}

fn print_table(base: &str, in_flight: usize) {
    let arguments = |peer: &str, pairs: usize| -> Vec<String> {
        let (pairs, in_flight) = (pairs.to_string(), in_flight.to_string());
        ["run", peer, &pairs, &in_flight, base].map(str::to_owned).to_vec()
    };
    let works: Vec<_> = PEERS.iter().map(|(peer, _)| move |pairs| arguments(peer, pairs)).collect();
    let works: Vec<Work<'_>> = works.iter().map(|work| work as Work<'_>).collect();
    let times = figures::microseconds(&works, TIMED_PAIRS, ROUNDS);
    println!("\n{in_flight} in flight, for each pair of calls:\n");
    println!("| | instructions | allocations | bytes allocated | processor | clock |");
    println!("|---|---|---|---|---|---|");
    for ((work, time), (_, name)) in works.iter().zip(&times).zip(PEERS) {
        let instructions = figures::instructions(*work, LENGTHS);
        let (count, bytes) = figures::allocations(*work, LENGTHS);
        println!(
            "| {name} | {:.1} k | {count:.1} | {bytes:.0} | {:.1} µs | {:.1} µs |",
            instructions / 1e3,
            time[1],
            time[0],
        );
    }
}
