//! Whose account a command works for.

use std::os::unix::fs::PermissionsExt as _;

use wechat_bizwifi::testing::Endpoint;

use crate::trial::{APPLY, PLAN, Trial, row, said, text};

fn credentials(trial: &Trial, name: &str, appid: &str) -> String {
    let path = trial.path(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, format!(r#"{{"appid":"{appid}","secret":"s3cret"}}"#)).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    path.display().to_string()
}

#[test]
fn a_flag_counts_before_the_environment_and_that_before_a_file() {
    let trial = Trial::new(1);
    for appid in ["wxflag", "wxfile", "wxhome"] {
        trial.server.add_account(appid, "s3cret");
    }
    credentials(&trial, "wechat-bizwifi/credentials.json", "wxfile");
    credentials(&trial, ".config/wechat-bizwifi/credentials.json", "wxhome");
    let flag = credentials(&trial, "flag.json", "wxflag");
    let printed = |arguments: &[&str], from_file: bool| {
        let mut command = trial.command(&[PLAN, arguments].concat());
        command.env("XDG_CONFIG_HOME", trial.folder.path());
        if from_file {
            command.env_remove("WECHAT_BIZWIFI_APPID").env_remove("WECHAT_BIZWIFI_SECRET");
        }
        said(&command.output().unwrap())
    };
    assert!(printed(&["--credentials", &flag], false).starts_with(&format!("wxflag ({flag})")));
    assert!(printed(&[], false).starts_with("wx1 (WECHAT_BIZWIFI_APPID"));
    assert!(printed(&[], true).starts_with("wxfile ("));
    let mut at_home = trial.command(PLAN);
    at_home.env("HOME", trial.folder.path()).env_remove("XDG_CONFIG_HOME");
    at_home.env_remove("WECHAT_BIZWIFI_APPID").env_remove("WECHAT_BIZWIFI_SECRET");
    let at_home = said(&at_home.output().unwrap());
    assert!(at_home.starts_with("wxhome (") && at_home.contains("place 1"), "{at_home}");
    let doctor = trial.run(&["doctor", "--credentials", &flag]);
    assert!(text(&doctor.stdout).contains(&format!("wxflag ({flag})")), "{}", text(&doctor.stdout));
}

#[test]
fn the_variables_of_the_sdks_examples_count_where_those_of_this_program_are_not_set() {
    let trial = Trial::new(1);
    trial.server.add_account("wxshort", "s3cret");
    let printed = |unset: &[&str]| {
        let mut command = trial.command(PLAN);
        command.env("WECHAT_APPID", "wxshort").env("WECHAT_SECRET", "s3cret");
        command.env("XDG_CONFIG_HOME", trial.folder.path());
        for name in unset {
            command.env_remove(name);
        }
        said(&command.output().unwrap())
    };
    assert!(printed(&[]).starts_with("wx1 (WECHAT_BIZWIFI_APPID, WECHAT_BIZWIFI_SECRET)"));
    let both = ["WECHAT_BIZWIFI_APPID", "WECHAT_BIZWIFI_SECRET"];
    assert!(printed(&both).starts_with("wxshort (WECHAT_APPID, WECHAT_SECRET)"));
    let half = printed(&both[1..]);
    assert_eq!(half.trim(), "WECHAT_BIZWIFI_APPID is set, and WECHAT_BIZWIFI_SECRET is not");
}

#[test]
fn a_status_tells_what_is_in_effect_and_what_happened_in_the_stores() {
    let trial = Trial::new(4);
    trial.write_rows([row(1, 10), row(2, 10)]);
    assert_eq!(trial.run(APPLY).status.code(), Some(0));
    let other = row(2, 10).replace("10元", "20元");
    trial.write_rows([row(1, 10), other, row(3, 10), "4,,,,,\n".to_owned()]);
    let status = trial.run(&[
        "campaign",
        "status",
        "a.csv",
        "--rate",
        "100000",
        "--output",
        "json",
        "--concurrency",
        "1",
    ]);
    assert_eq!(status.status.code(), Some(1), "{}", said(&status));
    let rows: Vec<serde_json::Value> =
        text(&status.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let outcomes: Vec<_> = rows.iter().map(|row| row["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["in-effect", "differs", "absent", "absent"]);
    assert_eq!(rows[0]["statistics"]["total_user"], 4, "the documented two days");
    assert!(said(&status).contains("statistics of 2"), "{}", said(&status));
    assert_eq!(trial.sets(), 2, "a status places nothing");
}

#[test]
fn a_status_tells_of_a_week_unless_it_is_told_how_many_days() {
    let trial = Trial::new(1);
    trial.write_rows([row(1, 10)]);
    for (options, expected) in [(&[][..], 7), (&["--days", "1"], 1), (&["--days", "30"], 30)] {
        let status = said(&trial.run(&[&["campaign", "status", "a.csv"], options].concat()));
        let (_, days) = status.split_once("statistics of ").unwrap();
        let (first, last) = days.split_whitespace().next().unwrap().split_once("..").unwrap();
        let [first, last] = [first, last].map(|day| day.parse::<jiff::civil::Date>().unwrap());
        assert_eq!(first.until(last).unwrap().get_days() + 1, expected, "{status}");
    }
}

#[test]
fn spaces_around_an_id_or_a_secret_are_no_part_of_it() {
    let trial = Trial::new(1);
    let mut plan = trial.command(PLAN);
    plan.env("WECHAT_BIZWIFI_APPID", " wx1\r\n").env("WECHAT_BIZWIFI_SECRET", "\ts3cret\n");
    let planned = plan.output().unwrap();
    assert_eq!(planned.status.code(), Some(0), "{}", said(&planned));
    assert!(said(&planned).starts_with("wx1 ("), "{}", said(&planned));
}

#[test]
fn a_status_lists_the_stores_of_an_account_only_where_a_row_stands_for_all_of_them() {
    let trial = Trial::new(3);
    let listings = || trial.server.call_count(Endpoint::path("/bizwifi/shop/list"));
    for (rows, stores, listed) in [
        (vec![row(2, 10)], &["2"][..], 0),
        (vec!["all,,,,,\n".to_owned(), row(2, 10)], &["2", "1", "3"], 1),
    ] {
        trial.write_rows(rows);
        let status =
            trial.run(&["campaign", "status", "a.csv", "--rate", "100000", "--output", "json"]);
        let rows = text(&status.stdout);
        let rows = rows.lines().map(|row| serde_json::from_str::<serde_json::Value>(row).unwrap());
        let shown: Vec<_> = rows.map(|row| row["shop_id"].clone()).collect();
        assert_eq!(shown, stores);
        assert_eq!(listings(), listed);
    }
}
