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
    (part("check"), part("cure"))
}

#[test]
fn all_is_well_with_an_account_that_has_what_it_takes() {
    let trial = Trial::new(3);
    let run = trial.run(&["doctor"]);
    let told = text(&run.stdout);
    assert_eq!(run.status.code(), Some(0), "{told}");
    assert!(
        !told.contains("FAIL") && told.contains("3 stores") && told.contains("1 of 1"),
        "{told}"
    );
    assert!(told.contains("2021-04-01") && told.contains("2024-07-05"), "{told}");
    assert!(run.stderr.is_empty());
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
        (Endpoint::path("/card/batchget"), 48001, "cards", "card function must be active"),
    ];
    for (endpoint, code, check, cure) in cases {
        let trial = Trial::new(3);
        trial.server.fault(endpoint).always().reply_code(code);
        let (failed, told) = broken(&trial, &[]);
        assert_eq!(failed, check, "{code}");
        assert!(told.contains(cure), "{code}: {told}");
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
    let told = elsewhere(&format!("http://127.0.0.1:{port}"));
    assert!(
        told.contains("FAIL  connection") && told.contains("-     stores: not checked"),
        "{told}"
    );
    let told = elsewhere("https://no-such-host.invalid");
    assert!(told.contains("FAIL  name resolution") && told.contains("DNS"), "{told}");
    // It speaks HTTP where TLS is expected.
    let told = elsewhere(&trial.server.base_url().replace("http:", "https:"));
    assert!(told.contains("FAIL  connection"), "{told}");
}

#[test]
fn an_account_without_stores_or_usable_cards_is_told_why() {
    let trial = Trial::new(1);
    let nothing = serde_json::json!({
        "errcode": 0, "data": { "totalcount": 0, "pageindex": 1, "pagecount": 0, "records": [] }
    });
    trial.server.fault(Endpoint::path("/bizwifi/shop/list")).always().reply_json(&nothing);
    let (check, cure) = broken(&trial, &[]);
    assert!(check == "stores" && cure.contains("2024-07-05"), "{check}: {cure}");

    let trial = Trial { server: ended(), folder: trial.folder };
    let (check, cure) = broken(&trial, &[]);
    assert!(check == "cards" && cure.contains("2021-04-01"), "{check}: {cure}");
}

/// A server whose only card has ended.
fn ended() -> TestServer {
    let server = TestServer::builder().account("wx1", "s3cret").start_blocking().unwrap();
    server.add_shop(1);
    server.add_card(CARD, ENDS - 3_900_000_000);
    server
}
