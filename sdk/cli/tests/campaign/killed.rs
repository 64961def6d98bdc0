//! Campaigns that are killed at random moments, with faults.

use std::process::Output;
use std::time::Duration;

use wechat_bizwifi::testing::{Endpoint, TestServer};

use crate::trial::{APPLY, Trial, text};

const ROWS: i64 = 500;

fn seed() -> u64 {
    std::env::var("CAMPAIGN_SEED").map_or(1, |seed| seed.parse().unwrap())
}

/// Faults of every kind at moments that the seed decides; each happens once.
fn with_faults(server: &TestServer, random: &mut fastrand::Rng, rows: u64) {
    let set = || server.fault(Endpoint::SET_COUPON_PLACEMENT);
    let (early, late) = (rows / 5..rows / 2, rows / 2..rows * 4 / 5);
    for _ in 0..4 {
        set().on_call(random.u64(1..late.end)).reply_code(-1);
        set().on_call(random.u64(1..late.end)).cut_before_reply();
        set().on_call(random.u64(1..late.end)).cut_within_reply();
        set().on_call(random.u64(1..late.end)).not_carried_out().status(502).reply_html();
        let get = server.fault(Endpoint::GET_COUPON_PLACEMENT);
        get.on_call(random.u64(1..late.end)).reply_code(40001);
    }
    set().on_call(random.u64(early)).reply_code(45009);
    set().on_call(random.u64(late)).reply_code(9_008_001);
}

/// Kills a campaign ten times, lets it end, and looks at what the server was sent.
fn trial(seed: u64, rows: i64) {
    let mut random = fastrand::Rng::with_seed(seed);
    let trial = Trial::new(rows);
    with_faults(&trial.server, &mut random, rows.unsigned_abs());
    for _ in 0..10 {
        trial.killed_after(Duration::from_millis(random.u64(50..600)));
    }
    let mut last = trial.run(APPLY);
    for _ in 0..5 {
        if last.status.code() == Some(0) {
            break;
        }
        last = trial.run(APPLY);
    }
    assert_eq!(last.status.code(), Some(0), "seed {seed}: {}", text(&last.stderr));

    let placements = trial.placements();
    let again: Vec<_> = placements.iter().filter(|(_, (_, after))| *after > 0).collect();
    assert!(again.is_empty(), "seed {seed}: sent twice: {again:?}");
    let placed = placements.values().filter(|(effects, _)| *effects == 1).count();
    assert_eq!(placed, usize::try_from(rows).unwrap(), "seed {seed}");
    assert_eq!(trial.report().values().sum::<usize>(), usize::try_from(rows).unwrap());
    assert_no_secret(&trial, &last);
}

#[test]
fn a_campaign_that_is_killed_again_and_again_places_every_row_once() {
    trial(seed(), ROWS);
}

#[test]
fn so_it_does_whatever_the_faults_and_the_moments() {
    // Each seed is another property: their number is what the time of a test run allows.
    for number in 0..3 {
        trial(seed().wrapping_mul(1000) + number, 120);
    }
}

/// What a row was refused with belongs into the report; nothing else may show the secret.
fn assert_no_secret(trial: &Trial, output: &Output) {
    let token = trial.server.token();
    for name in ["report.csv", "a.csv.journal"] {
        let file = trial.read(name);
        assert!(!file.contains("s3cret") && !file.contains(token.expose()), "{name}");
    }
    let said = text(&output.stderr) + &text(&output.stdout);
    assert!(!said.contains("s3cret") && !said.contains(token.expose()));
}
