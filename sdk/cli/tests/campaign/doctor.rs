//! `doctor`: each check broken in turn.

use wechat_bizwifi::testing::{Endpoint, TestServer};

use crate::trial::{CARD, ENDS, Trial, said, text};

/// Whether the check failed, and that no other did.
fn broken(trial: &Trial, arguments: &[&str]) -> (String, String) {
    let run = trial.run(&[&["doctor", "--output", "json"], arguments].concat());
    assert_eq!(run.status.code(), Some(1), "{}{}", text(&run.stdout), said(&run));
    let findings: Vec<serde_json::Value> = serde_json::from_slice(&run.stdout).unwrap();
    let failed: Vec<_> = findings.iter().filter(|finding| finding["health"] == "fail").collect();
    assert_eq!(failed.len(), 1, "{findings:?}");
    let part = |name: &str| failed[0][name].as_str().unwrap().to_owned();
    (part("check"), part("help"))
}

#[test]
fn all_is_well_with_an_account_that_has_what_it_takes() {
    let trial = Trial::new(3);
    let run = trial.run(&["doctor"]);
    let text = text(&run.stdout);
    assert_eq!(run.status.code(), Some(0), "{text}");
    assert!(
        !text.contains("FAIL") && text.contains("3 stores") && text.contains("1 of 1"),
        "{text}"
    );
    assert!(text.contains("2021-04-01") && text.contains("2024-07-05"), "{text}");
    assert!(run.stderr.is_empty());
    let listed = trial.server.calls_to(Endpoint::path("/bizwifi/shop/list"));
    assert_eq!(listed[0].json()["pagesize"], 1, "their number is all that is asked for");
    assert!(!trial.path("a.csv.journal").exists());
}

#[test]
fn each_refusal_is_the_check_that_it_is_about() {
    let cases = [
        (Endpoint::STABLE_TOKEN, 40164, "white-list", "add 127.0.0.1 to the IP white list"),
        (Endpoint::STABLE_TOKEN, 40125, "credentials", "compare AppID and AppSecret"),
        (Endpoint::STABLE_TOKEN, 40013, "credentials", "compare AppID and AppSecret"),
        (Endpoint::path("/bizwifi/shop/list"), 9_002_006, "plug-in", "activate the plug-in"),
        (Endpoint::path("/bizwifi/shop/list"), 48001, "plug-in", "verified service account"),
        (Endpoint::path("/bizwifi/shop/list"), 45009, "stores", "a quota is used up"),
        (Endpoint::path("/bizwifi/shop/list"), 45011, "stores", "a quota is used up"),
        (Endpoint::path("/card/batchget"), 48001, "cards", "card function must be active"),
    ];
    for (endpoint, code, check, help) in cases {
        let trial = Trial::new(3);
        trial.server.fault(endpoint).always().reply_code(code);
        let (failed, text) = broken(&trial, &[]);
        assert_eq!(failed, check, "{code}");
        assert!(text.contains(help), "{code}: {text}");
    }
}

#[test]
fn what_cannot_be_reached_has_nothing_else_checked() {
    let trial = Trial::new(1);
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let elsewhere = |url: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_wechat-bizwifi"));
        let command = command
            .args(["doctor", "--base-url", url])
            .env("WECHAT_BIZWIFI_APPID", "wx1")
            .env("WECHAT_BIZWIFI_SECRET", "s3cret")
            .env("LC_ALL", "C")
            .current_dir(trial.folder.path());
        let run = command.output().unwrap();
        assert_eq!(run.status.code(), Some(1));
        text(&run.stdout)
    };
    let text = elsewhere(&format!("http://127.0.0.1:{port}"));
    assert!(
        text.contains("FAIL  connection") && text.contains("-     stores: not checked"),
        "{text}"
    );
    let text = elsewhere("https://no-such-host.invalid");
    assert!(text.contains("FAIL  name resolution") && text.contains("DNS"), "{text}");
    // It speaks HTTP where TLS is expected.
    let text = elsewhere(&trial.server.base_url().replace("http:", "https:"));
    assert!(text.contains("FAIL  connection"), "{text}");
}

#[test]
fn an_account_without_stores_or_usable_cards_is_told_why() {
    let trial = Trial::new(1);
    for data in [
        serde_json::json!({ "totalcount": 0, "pageindex": 1, "pagecount": 0, "records": [] }),
        serde_json::json!({ "records": [] }),
    ] {
        let nothing = serde_json::json!({ "errcode": 0, "data": data });
        trial.server.clear_faults();
        trial.server.fault(Endpoint::path("/bizwifi/shop/list")).always().reply_json(&nothing);
        let (check, help) = broken(&trial, &[]);
        assert!(check == "stores" && help.contains("2024-07-05"), "{check}: {help}");
    }

    let trial = Trial { server: ended(), folder: trial.folder };
    let (check, help) = broken(&trial, &[]);
    assert!(check == "cards" && help.contains("2021-04-01"), "{check}: {help}");
}

#[test]
fn the_first_twenty_cards_are_looked_at() {
    let trial = Trial::new(1);
    for card in 0..24 {
        trial.server.add_card(format!("pBnTrjvZJXkZsPGwfq9F0Hl{card:05}"), ENDS);
    }
    let said = text(&trial.run(&["doctor"]).stdout);
    assert!(said.contains("20 of 20"), "{said}");
}

/// A server whose only card has ended.
fn ended() -> TestServer {
    let server = TestServer::builder().account("wx1", "s3cret").start_blocking().unwrap();
    server.add_shop(1);
    server.add_card(CARD, ENDS - 3_900_000_000);
    server
}
