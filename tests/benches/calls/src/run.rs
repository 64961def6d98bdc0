//! One peer at work: what a process of its own does.

use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};

use crate::peers::Peer;
use crate::peers::by_hand::ByHand;
use crate::peers::floor::Floor;
use crate::peers::lean::Lean;
use crate::peers::progenitor::Progenitor;
use crate::peers::sdk::Sdk;

/// The peers, from the floor upwards.
pub(crate) const PEERS: &[(&str, &str)] = &[
    ("floor", "hyper-util, URIs parsed once"),
    ("lean", "reqwest, all switched off, URLs parsed once"),
    ("by-hand", "reqwest by hand"),
    ("progenitor", "progenitor"),
    ("sdk", "this SDK, everything on"),
];

/// Makes so many pairs of calls and prints how many nanoseconds passed: on the clock, then on the
/// processor.
pub(crate) fn run(peer: &str, pairs: usize, in_flight: usize, base: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    match peer {
        "floor" => runtime.block_on(measure(Floor::new(base), pairs, in_flight)),
        "by-hand" => runtime.block_on(measure(ByHand::new(base), pairs, in_flight)),
        "lean" => runtime.block_on(measure(Lean::new(base), pairs, in_flight)),
        "progenitor" => runtime.block_on(measure(Progenitor::new(base), pairs, in_flight)),
        "sdk" => runtime.block_on(measure(Sdk::new(base), pairs, in_flight)),
        _ => panic!("no such peer: {peer}"),
    }
}

async fn measure(peer: impl Peer, pairs: usize, in_flight: usize) {
    // Connections are opened and the token is fetched before the clock runs.
    work(&peer, 4 * in_flight, in_flight).await;
    let (begun, cpu) = (Instant::now(), processor());
    work(&peer, pairs, in_flight).await;
    println!("{} {}", begun.elapsed().as_nanos(), processor() - cpu);
}

async fn work(peer: &impl Peer, pairs: usize, in_flight: usize) {
    if in_flight == 1 {
        return pairs_in_turn(peer.clone(), pairs).await;
    }
    let share = pairs / in_flight;
    let tasks: Vec<_> =
        (0..in_flight).map(|_| tokio::spawn(pairs_in_turn(peer.clone(), share))).collect();
    for task in tasks {
        task.await.expect("a task that ends");
    }
}

async fn pairs_in_turn(peer: impl Peer, pairs: usize) {
    for _ in 0..pairs {
        peer.pair().await;
    }
}

fn processor() -> i64 {
    let usage = getrusage(UsageWho::RUSAGE_SELF).expect("figures");
    let nanoseconds =
        |time: nix::sys::time::TimeVal| time.tv_sec() * 1_000_000_000 + time.tv_usec() * 1_000;
    nanoseconds(usage.user_time()) + nanoseconds(usage.system_time())
}
