//! An apply does what the plan showed, or says what has changed.

use wechat_bizwifi::testing::Endpoint;

use crate::trial::{APPLY, CARD, ENDS, PLAN, Trial, row, said, text};

const SAVE: &[&str] = &["--save", "a.plan"];
const BY_PLAN: &[&str] = &["--plan", "a.plan"];

fn saved(trial: &Trial) {
    assert_eq!(trial.run(&[PLAN, SAVE].concat()).status.code(), Some(0));
}

#[test]
fn a_plan_shows_each_row_that_would_change_and_what_the_apply_will_take() {
    let trial = Trial::new(3);
    assert_eq!(trial.run(APPLY).status.code(), Some(0));
    trial.server.add_shop(4);
    let changed = row(2, 10).replace("10元", "20元");
    trial.write_rows([row(1, 10), changed, row(3, 10), row(4, 10), row(9, 10)]);
    let planned = trial.run(PLAN);
    assert_eq!(planned.status.code(), Some(1));
    let shown = text(&planned.stdout);
    assert!(shown.contains("change         card_describe: 10元代金券 -> 20元代金券"), "{shown}");
    assert!(
        shown.contains(&format!("place          {CARD}, 10元代金券, 2016-03-07T00:00:00+08:00")),
        "{shown}"
    );
    assert!(shown.contains("refused        the account has no store 9"), "{shown}");
    assert!(shown.contains("6 calls, 1 s at 1000000 a minute"), "{shown}");
    assert!(said(&planned).contains("place 1, change 1, leave 2, refused 1"), "{}", said(&planned));
}

#[test]
fn the_file_that_the_readme_names_is_a_plan_for_all_stores_of_the_demo_server() {
    let trial = Trial::new(0);
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/campaign.csv");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_wechat-bizwifi"));
    command.args(["--demo", "campaign", "plan", file]).current_dir(trial.folder.path());
    let planned = command.env("LC_ALL", "C").output().unwrap();
    assert_eq!(planned.status.code(), Some(0), "{}", said(&planned));
    assert!(said(&planned).contains("place 20"), "{}", said(&planned));
}

#[test]
fn a_plan_tells_of_rows_in_the_order_of_the_file() {
    let trial = Trial::new(30);
    // Rows that are refused take no call, and end before those above them.
    let rows = (1..=30).map(|shop| row(if shop % 3 == 0 { 900 + shop } else { shop }, 10));
    trial.write_rows(rows);
    for format in ["table", "json"] {
        let shown = text(&trial.run(&[PLAN, &["--output", format]].concat()).stdout);
        let stores = shown.lines().filter_map(|line| match format {
            "json" => Some(line.split('"').nth(7)?.to_owned()),
            _ => Some(line.split_whitespace().nth(1)?.to_owned()),
        });
        let stores: Vec<i64> = stores.filter_map(|store| store.parse().ok()).collect();
        let expected: Vec<i64> =
            (1..=30).map(|shop| if shop % 3 == 0 { 900 + shop } else { shop }).collect();
        assert_eq!(stores, expected, "{shown}");
    }
}

#[test]
fn a_row_that_breaks_a_rule_is_told_of_in_the_language_that_was_asked_for() {
    let trial = Trial::new(1);
    trial.write_rows([row(1, 10).replace("10元代金券", &"券".repeat(19))]);
    let shown = text(&trial.run(&[PLAN, &["--lang", "zh"]].concat()).stdout);
    assert!(shown.contains("/card_describe") && shown.contains("最多 18 个字符"), "{shown}");
    let shown = text(&trial.run(PLAN).stdout);
    assert!(shown.contains("/card_describe must have at most 18 characters"), "{shown}");
}

#[test]
fn an_apply_by_a_plan_does_it_once() {
    let trial = Trial::new(3);
    saved(&trial);
    let apply = [APPLY, BY_PLAN].concat();
    assert_eq!(trial.run(&apply).status.code(), Some(0));
    let again = trial.run(&apply);
    assert!(said(&again).contains("left 3"), "{}", said(&again));
    assert_eq!(trial.sets(), 3);
}

#[test]
fn a_store_that_has_changed_since_the_plan_is_refused_and_the_others_are_placed() {
    let trial = Trial::new(3);
    saved(&trial);
    trial.server.add_card("pOTHER", ENDS);
    let other = format!(
        r#"{{"shop_id":2,"card_id":"pOTHER","card_describe":"y","start_time":1,"end_time":{ENDS},"card_quantity":1}}"#
    );
    std::fs::write(trial.path("other.json"), other).unwrap();
    assert_eq!(
        trial.run(&["call", "setCouponPlacement", "--json", "other.json"]).status.code(),
        Some(0)
    );
    let applied = trial.run(&[APPLY, BY_PLAN].concat());
    assert_eq!(applied.status.code(), Some(1));
    let printed = said(&applied);
    assert!(
        printed.contains("the store has changed since the plan, it has now: card_id pOTHER"),
        "{printed}"
    );
    assert!(printed.contains("placed 2, refused 1"), "{printed}");
}

#[test]
fn a_card_is_not_the_accounts_by_either_of_two_codes_and_by_no_other() {
    for (code, is_unknown) in [(40073, true), (41012, true), (41011, false), (48001, false)] {
        let trial = Trial::new(1);
        trial.server.fault(Endpoint::path("/card/get")).always().reply_code(code);
        let planned = text(&trial.run(PLAN).stdout);
        assert_eq!(planned.contains("the account has no card"), is_unknown, "{code}: {planned}");
    }
}

#[test]
fn a_plan_for_other_rows_or_another_account_is_refused_before_any_call() {
    let trial = Trial::new(2);
    saved(&trial);
    let calls = trial.server.calls().len();
    let apply = [APPLY, BY_PLAN].concat();
    let other = trial.command(&apply).env("WECHAT_BIZWIFI_APPID", "wx2").output().unwrap();
    assert_eq!(other.status.code(), Some(2));
    assert!(said(&other).contains("for the account wx1@"), "{}", said(&other));
    trial.write_rows([row(1, 10), row(2, 11)]);
    let edited = trial.run(&apply);
    assert_eq!(edited.status.code(), Some(2));
    assert!(said(&edited).contains("the file has changed"), "{}", said(&edited));
    assert_eq!(trial.server.calls().len(), calls);
}

#[test]
fn more_replacements_than_allowed_stop_the_run() {
    let trial = Trial::new(20);
    assert_eq!(trial.run(APPLY).status.code(), Some(0));
    trial.write_rows((1..=20).map(|shop| row(shop, 10).replace("10元", "20元")));
    let stopped = trial.run(&[APPLY, &["--max-changes", "5"]].concat());
    assert_eq!(stopped.status.code(), Some(3), "{}", said(&stopped));
    assert!(said(&stopped).contains("more than 5 placements would be replaced"));
    assert!(trial.sets() <= 25, "{}", trial.sets());
    assert_eq!(trial.report().values().sum::<usize>(), 20);
}

#[test]
fn a_card_that_the_account_does_not_have_is_refused_and_other_rows_are_planned() {
    let trial = Trial::new(2);
    trial.write_rows([row(1, 10), row(2, 10).replace(CARD, "p9")]);
    let planned = trial.run(PLAN);
    let shown = text(&planned.stdout);
    assert!(shown.contains("the account has no card p9"), "{shown} {}", said(&planned));
    assert!(said(&planned).contains("place 1, refused 1"), "{}", said(&planned));
}

#[test]
fn what_would_fail_in_every_row_ends_a_plan_and_a_status_as_well() {
    for (code, exit) in [(45009, 4), (40164, 3)] {
        for command in ["plan", "status"] {
            let trial = Trial::new(9);
            let get = Endpoint::GET_COUPON_PLACEMENT;
            trial.server.fault(get.clone()).always().reply_code(code);
            let run = trial.run(&["campaign", command, "a.csv", "--concurrency", "1"]);
            assert_eq!(run.status.code(), Some(exit), "{command}: {}", said(&run));
            assert!(said(&run).contains("failed 1, not-tried 8"), "{command}: {}", said(&run));
            assert!(said(&run).contains("\nstopped; run the same command"), "{}", said(&run));
            assert_eq!(trial.server.call_count(get), 1, "{command}");
        }
    }
}

#[test]
fn a_placement_that_was_refused_leaves_its_place_in_the_limit_to_another() {
    let trial = Trial::new(3);
    assert_eq!(trial.run(APPLY).status.code(), Some(0));
    trial.write_rows((1..=3).map(|shop| row(shop, 10).replace("10元", "20元")));
    trial.server.fault(Endpoint::SET_COUPON_PLACEMENT).reply_code(9_008_001);
    let limited = ["--max-changes", "2", "--concurrency", "1"];
    let applied = trial.run(&[APPLY, &limited].concat());
    assert_eq!(applied.status.code(), Some(1), "{}", said(&applied));
    assert!(said(&applied).contains("changed 2, refused 1"), "{}", said(&applied));
}
