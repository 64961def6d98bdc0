//! The events of calls.

use super::*;
use crate::telemetry::tests::{events, recorded};

/// A service that answers with these codes in turn, each after 5 ms, and then with 0.
fn codes<const N: usize>(clock: &ManualClock, codes: [i64; N]) -> Setup {
    let time = clock.clone();
    Setup::with(Auth::fixed("T1"), clock, move |_, number| {
        time.advance(Duration::from_millis(5));
        code(codes.get(number).copied().unwrap_or(0))
    })
}

#[test]
fn a_call_and_its_attempts_are_reported_as_they_begin_and_end() {
    let setup = codes(&ManualClock::eager(), [-1, 9_008_001]);
    let policy = RetryPolicy::new().base(Duration::ZERO);
    let client = setup.client.with(CallOptions::new().retry(policy));
    let (_, lines) = recorded(|| now(client.get_coupon_placement(&GetCouponPlacement::new(1))));
    assert_eq!(
        lines,
        [
            "INFO span: call operation=\"getCouponPlacement\"",
            "DEBUG span: attempt attempt=1",
            "attempt status=200",
            "attempt duration_ms=5",
            "attempt outcome=\"api\"",
            "attempt errcode=-1",
            "attempt rid=\"1a-2b\"",
            "DEBUG event: trying again kind=\"api\" pause_ms=0.0",
            "DEBUG span: attempt attempt=2",
            "attempt status=200",
            "attempt duration_ms=5",
            "attempt outcome=\"api\"",
            "attempt errcode=9008001",
            "attempt rid=\"1a-2b\"",
            "call attempts=2",
            "call duration_ms=10",
            "call outcome=\"api\"",
            "call errcode=9008001",
            "call rid=\"1a-2b\"",
        ]
    );
}

#[test]
fn an_attempt_that_was_never_answered_has_no_status() {
    let setup = Setup::new(|_| cut());
    let (_, lines) = recorded(|| setup.set());
    assert_eq!(
        lines,
        [
            "INFO span: call operation=\"setCouponPlacement\"",
            "DEBUG span: attempt attempt=1",
            "attempt duration_ms=0",
            "attempt outcome=\"transport\"",
            "call attempts=1",
            "call duration_ms=0",
            "call outcome=\"transport\"",
        ]
    );
    let setup = Setup::new(|_| Ok(wait(503, 3600)));
    let (_, lines) = recorded(|| setup.get());
    assert_eq!(lines[2..4], ["attempt status=503", "attempt duration_ms=0"]);
}

#[test]
fn the_status_is_that_of_the_reply() {
    let setup = Setup::new(|_| Ok(Incoming { status: 201, ..code(0)? }));
    let (_, lines) = recorded(|| setup.get());
    assert_eq!(lines[2..4], ["attempt status=201", "attempt duration_ms=0"]);
}

#[test]
fn a_call_that_is_given_up_is_dropped() {
    let setup = codes(&ManualClock::new(), [-1]);
    let request = GetCouponPlacement::new(1);
    let ((), lines) = recorded(|| {
        let mut call = Box::pin(setup.client.get_coupon_placement(&request));
        assert!(poll(&mut call).is_pending(), "it pauses before the next attempt");
    });
    assert_eq!(lines.last().unwrap(), "call outcome=\"dropped\"");
}

#[test]
fn pauses_are_reported_in_milliseconds_with_their_fractions() {
    let setup = codes(&ManualClock::eager(), [-1]);
    let (_, lines) = events(|| setup.get());
    let [pause] = &*setup.clock.slept() else { panic!("{lines:?}") };
    let pause = pause.as_secs_f64() * 1e3;
    assert_eq!(lines, [format!("DEBUG event: trying again kind=\"api\" pause_ms={pause:?}")]);
}

#[test]
fn a_quota_of_retries_that_is_used_up_is_a_warning() {
    let setup = Setup::new(|_| code(-1));
    let last = (0..100).map(|_| events(|| setup.get()).1).find(|lines| lines.len() < 2).unwrap();
    let warning = "WARN event: no retry: the client's quota of retries is used up, so the service \
                   fails most calls";
    assert_eq!(last.last().map(String::as_str), Some(warning));
}

#[test]
fn a_refused_token_is_reported_with_the_code_and_a_forced_one_as_a_warning() {
    let setup = Setup::with(credentials(), &ManualClock::eager(), |received, number| {
        match (received.operation, number) {
            ("getStableAccessToken", 0 | 1) => token("T1"),
            ("getStableAccessToken", _) => token("T2"),
            _ if received.token.as_deref() == Some("T1") => code(40_001),
            _ => code(0),
        }
    });
    let (result, lines) = events(|| setup.get());
    result.unwrap();
    assert_eq!(
        lines,
        [
            "DEBUG event: the access token was refused errcode=40001",
            "WARN event: the refused access token was handed out again: forcing a new one",
        ]
    );
}
