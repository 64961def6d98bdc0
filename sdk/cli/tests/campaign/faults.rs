//! What the service does wrong.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use wechat_bizwifi::testing::Endpoint;

use crate::trial::{APPLY, CARD, ENDS, PLAN, Trial, row, said};

#[test]
fn a_row_that_cannot_be_placed_is_reported_and_the_others_are() {
    let trial = Trial::new(3);
    let rows = [row(1, 10), row(2, 10), row(3, 10), format!("99,{CARD},x,1,{ENDS},1\n")];
    trial.write_rows(rows);
    let applied = trial.run(APPLY);
    assert_eq!(applied.status.code(), Some(1));
    let printed = said(&applied);
    assert!(printed.contains("line 5 (row 4): refused: the account has no store 99"), "{printed}");
    let report = trial.read("report.csv");
    assert!(report.contains("5,4,99,pBnTrjvZJXkZsPGwfq9F0Hl0WqE,refused"), "{report}");
}

#[test]
fn the_daily_quota_stops_the_run_at_once_and_every_row_is_reported() {
    let trial = Trial::new(50);
    trial.server.fault(Endpoint::SET_COUPON_PLACEMENT).on_call(5).always().reply_code(45009);
    let stopped = trial.run(APPLY);
    assert_eq!(stopped.status.code(), Some(4), "{}", said(&stopped));
    let printed = said(&stopped);
    assert!(
        printed.contains("45009") && printed.contains("run the same command again tomorrow"),
        "{printed}"
    );
    assert!(trial.sets() < 15);
    let report = trial.report();
    assert_eq!(report.values().sum::<usize>(), 50);
    assert!(report["not-tried"] > 30, "{report:?}");
}

#[test]
fn a_quota_of_a_minute_that_is_used_up_keeps_every_row_from_calling() {
    let trial = Trial::new(200);
    trial.server.fault(Endpoint::SET_COUPON_PLACEMENT).on_call(5).reply_code(45011);
    let mut child = trial.spawn(APPLY);
    trial.wait_for_sets(5);
    // What was under way ends.
    std::thread::sleep(Duration::from_secs(1));
    let calls = trial.server.call_count(Endpoint::ANY);
    assert!(trial.sets() < 5 + 8 && calls < 100, "{} placements, {calls} calls", trial.sets());
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(trial.server.call_count(Endpoint::ANY), calls);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_quota_that_is_used_up_while_stores_are_read_stops_the_run_too() {
    let trial = Trial::new(5);
    trial.server.fault(Endpoint::path("/bizwifi/shop/list")).always().reply_code(45009);
    assert_eq!(trial.run(APPLY).status.code(), Some(4));
    assert_eq!(trial.sets(), 0);
}

#[test]
fn cards_that_may_not_be_read_are_said_to_be_unchecked_and_the_rows_are_placed() {
    let trial = Trial::new(2);
    trial.server.fault(Endpoint::path("/card/get")).always().reply_code(48001);
    let applied = trial.run(APPLY);
    assert_eq!(applied.status.code(), Some(0), "{}", said(&applied));
    assert!(said(&applied).contains("note: the cards are not checked: "), "{}", said(&applied));
    assert_eq!(trial.sets(), 2);
}

#[test]
fn a_refused_secret_stops_the_run_before_anything_is_sent() {
    let trial = Trial::new(3);
    let stopped = trial.command(APPLY).env("WECHAT_BIZWIFI_SECRET", "wr0ng").output().unwrap();
    assert_eq!(stopped.status.code(), Some(3), "{}", said(&stopped));
    assert_eq!(trial.sets(), 0);
    assert!(!said(&stopped).contains("wr0ng"));
}

#[test]
fn one_refused_token_is_renewed_once_for_all_workers() {
    let trial = Trial::new(60);
    trial.server.fault(Endpoint::GET_COUPON_PLACEMENT).on_call(30).reply_code(40001);
    let applied = trial.run(&[APPLY, &["--concurrency", "20"]].concat());
    assert_eq!(applied.status.code(), Some(0), "{}", said(&applied));
    assert!(trial.server.tokens_issued() <= 2, "{}", trial.server.tokens_issued());
    assert!(trial.placements().values().all(|placed| *placed == (1, 0)));
}

#[test]
fn an_answer_that_is_none_is_no_success() {
    let trial = Trial::new(4);
    let set = || trial.server.fault(Endpoint::SET_COUPON_PLACEMENT).not_carried_out();
    set().on_call(1).reply_empty();
    set().on_call(2).reply_html();
    set().on_call(3).reply_garbage();
    set().on_call(4).reply_code(-1);
    let applied = trial.run(APPLY);
    assert_eq!(applied.status.code(), Some(0), "{}", said(&applied));
    assert_eq!(trial.sets(), 8, "none of the first four was taken for a success");
    assert!(trial.placements().values().all(|(effects, _)| *effects == 1));
}

#[test]
fn a_row_that_never_works_out_is_tried_four_times_after_longer_and_longer_pauses() {
    let trial = Trial::new(1);
    let set = trial.server.fault(Endpoint::SET_COUPON_PLACEMENT);
    set.not_carried_out().always().reply_code(-1);
    let begun = Instant::now();
    let applied = trial.run(APPLY);
    assert_eq!(applied.status.code(), Some(1), "{}", said(&applied));
    assert_eq!(trial.sets(), 4);
    let took = begun.elapsed();
    assert!(took >= Duration::from_secs(1 + 2 + 4), "{took:?}");
    assert_eq!(trial.report(), HashMap::from([("failed".to_owned(), 1)]));
    // Five seconds after the last line another one is due.
    assert!(said(&applied).contains("\n1/1 rows, "), "{}", said(&applied));
}

#[test]
fn the_rate_is_kept_whatever_the_number_of_workers() {
    let trial = Trial::new(30);
    let begun = Instant::now();
    let arguments =
        ["campaign", "apply", "a.csv", "--yes", "--rate", "1200", "--concurrency", "64"];
    assert_eq!(trial.run(&arguments).status.code(), Some(0));
    assert!(begun.elapsed() > Duration::from_secs(3), "{:?}", begun.elapsed());
    let mut seconds: HashMap<i64, u32> = HashMap::new();
    for call in trial.server.calls() {
        *seconds.entry(call.time().seconds()).or_default() += 1;
    }
    // Twenty calls a second; the token has no turn of its own, and the second begins anywhere.
    assert!(seconds.values().all(|calls| *calls <= 23), "{seconds:?}");
}

#[test]
fn stores_whose_pages_repeat_are_not_taken_for_all_of_them() {
    let trial = Trial::new(60);
    trial.write_rows([format!("all,{CARD},x,1457280000,{ENDS},10\n")]);
    let page: Vec<_> = (1..=20).map(|shop| serde_json::json!({ "shop_id": shop })).collect();
    let body = serde_json::json!({
        "errcode": 0,
        "data": { "totalcount": 60, "pageindex": 2, "pagecount": 3, "records": page }
    });
    trial.server.fault(Endpoint::path("/bizwifi/shop/list")).on_call(2).reply_json(&body);
    let stopped = trial.run(APPLY);
    assert_eq!(stopped.status.code(), Some(3), "{}", said(&stopped));
    assert!(said(&stopped).contains("has 60 stores, and its list only 40"), "{}", said(&stopped));
    assert_eq!(trial.sets(), 0);
}

#[test]
fn a_short_page_in_the_middle_is_not_the_last_one() {
    let trial = Trial::new(60);
    trial.write_rows([row(21, 10), row(60, 10)]);
    let body = serde_json::json!({
        "errcode": 0,
        "data": { "totalcount": 60, "pageindex": 2, "pagecount": 3, "records": [{ "shop_id": 21 }] }
    });
    trial.server.fault(Endpoint::path("/bizwifi/shop/list")).on_call(2).reply_json(&body);
    let applied = trial.run(APPLY);
    assert_eq!(applied.status.code(), Some(0), "{}", said(&applied));
    assert_eq!(trial.placements().len(), 2);
    let pages = trial.server.call_count(Endpoint::path("/bizwifi/shop/list"));
    assert_eq!(pages, 3, "no call is made for the number alone");
    assert!(said(&applied).contains("has 60 stores, and its list only 41"), "{}", said(&applied));
}

#[test]
fn stores_are_not_read_again_after_a_minute_for_what_a_minute_does_not_mend() {
    let shops = || Endpoint::path("/bizwifi/shop/list");
    let trial = Trial::new(1);
    trial.server.fault(shops()).always().reply_code(45009);
    let run = trial.run(PLAN);
    assert_eq!((run.status.code(), trial.server.call_count(shops())), (Some(4), 1));
    let trial = Trial::new(1);
    trial.server.fault(shops()).always().reply_status(503);
    let run = trial.run(PLAN);
    assert_eq!(run.status.code(), Some(3), "{}", said(&run));
    assert_eq!(trial.server.call_count(shops()), 3, "the attempts of one call");
}
