//! Writing requests and reading replies, beside plain serde derives for the same documents.

use std::hint::black_box;
use std::time::Instant;

use bytes::Bytes;
use wechat_bizwifi::__private::read_reply;
use wechat_bizwifi::{GetCouponPlacement, Secret};

use crate::documents::{GET_REPLY, GetReply, Placement, SetRequest, TOKEN};
use crate::figures::{self, Work};
use crate::peers::sdk;

/// What is done, by whom, and what the other is for it.
const WORKS: &[(&str, &str, &str)] = &[
    ("build and write the `set` request", "encode-sdk", "encode-serde"),
    ("write the `set` request", "write-sdk", "write-serde"),
    ("read the body of the `get` reply, as a call does", "reply-sdk", "decode-serde"),
    ("deserialise the same into a derived envelope", "decode-sdk", "decode-serde"),
];

const LENGTHS: [usize; 2] = [1_000, 11_000];
const TIMED: usize = 200_000;
const ROUNDS: usize = 9;

/// Does some work so many times and prints how many nanoseconds passed.
pub(crate) fn run(work: &str, count: usize) {
    // In memory of its own, so that it is aligned alike in every build: checks for UTF-8 depend on that.
    let reply: &'static str = GET_REPLY.to_owned().leak();
    match work {
        "encode-sdk" => repeat(count, || write(&sdk::set_request())),
        "encode-serde" => repeat(count, || write(&SetRequest::documented())),
        "write-sdk" => {
            let request = sdk::set_request();
            repeat(count, || write(&request));
        }
        "write-serde" => {
            let request = SetRequest::documented();
            repeat(count, || write(&request));
        }
        "reply-sdk" => {
            let token = Secret::from(TOKEN);
            repeat(count, || {
                let body = Bytes::from_static(black_box(reply.as_bytes()));
                read_reply::<GetCouponPlacement>(body, &token).expect("the documented reply")
            });
        }
        "decode-sdk" => repeat(count, || read::<wechat_bizwifi::Placement>(reply)),
        "decode-serde" => repeat(count, || read::<Placement>(reply)),
        _ => panic!("no such work: {work}"),
    }
}

fn write(request: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(black_box(request)).expect("JSON")
}

fn read<P: serde::de::DeserializeOwned>(reply: &str) -> GetReply<P> {
    serde_json::from_slice(black_box(reply.as_bytes())).expect("the documented reply")
}

fn repeat<T>(count: usize, work: impl Fn() -> T) {
    let begun = Instant::now();
    for _ in 0..count {
        black_box(work());
    }
    println!("{}", begun.elapsed().as_nanos());
}

pub(crate) fn print() {
    println!("| | instructions | allocations | clock |");
    println!("|---|---|---|---|");
    for (name, ours, theirs) in WORKS {
        let [ours, theirs] = [ours, theirs].map(|work| arguments(work));
        let works: [Work<'_>; 2] = [&ours, &theirs];
        let times = figures::microseconds(&works, TIMED, ROUNDS);
        let [ours, theirs] = works.map(|work| {
            (figures::instructions(work, LENGTHS), figures::allocations(work, LENGTHS).0)
        });
        println!(
            "| {name}: this SDK | {:.0} | {:.0} | {:.0} ns |",
            ours.0,
            ours.1,
            times[0][0] * 1e3
        );
        println!(
            "| serde derive | {:.0} | {:.0} | {:.0} ns |",
            theirs.0,
            theirs.1,
            times[1][0] * 1e3
        );
        println!(
            "| ratio | {:.2} | {:.2} | {:.2} |",
            ours.0 / theirs.0,
            ours.1 / theirs.1,
            times[0][0] / times[1][0]
        );
    }
}

fn arguments(work: &'static str) -> impl Fn(usize) -> Vec<String> {
    move |count| vec!["run-codec".to_owned(), work.to_owned(), count.to_string()]
}
