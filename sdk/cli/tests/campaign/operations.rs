//! The operations as commands.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;

use wechat_bizwifi::OPERATIONS;

use crate::trial::{PATIENCE, Trial, ended, said, text};

/// Runs it with this on its standard input.
fn fed(trial: &Trial, arguments: &[&str], input: &[u8]) -> std::process::Output {
    let mut command = trial.command(arguments);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_request_is_read_as_a_shell_of_windows_writes_it() {
    let trial = Trial::new(1);
    let example = trial.run(&["describe", "getShop", "--example"]);
    let utf16 = format!("\u{feff}{}", text(&example.stdout));
    let bytes: Vec<u8> = utf16.encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(trial.path("request.json"), bytes).unwrap();
    let call = trial.run(&["call", "getShop", "--json", "request.json"]);
    assert!(said(&call).contains("9002009"), "the account has no such store: {}", said(&call));
}

#[test]
fn the_example_of_every_operation_is_answered_as_it_was_printed() {
    let trial = Trial::new(1);
    trial.server.add_shop(429_620);
    for operation in OPERATIONS {
        let id = operation.operation().id;
        if id.contains("AccessToken") {
            continue;
        }
        let example = trial.run(&["describe", id, "--example"]);
        assert_eq!(example.status.code(), Some(0), "{id}: {}", said(&example));
        let called = fed(&trial, &["call", id, "--json", "-", "--output", "json"], &example.stdout);
        let is_unknown_card = said(&called).contains("40073");
        assert!(called.status.success() || is_unknown_card, "{id}: {}", said(&called));
    }
}

#[test]
fn a_request_comes_from_options_or_from_json_and_times_may_be_written_as_times() {
    let trial = Trial::new(1);
    let options = trial.run(&[
        "set-coupon-placement",
        "--shop-id",
        "1",
        "--card-id",
        crate::trial::CARD,
        "--card-describe",
        "10元代金券",
        "--start-time",
        "2016-03-07T00:00:00+08:00",
        "--end-time",
        "4102444800",
        "--card-quantity",
        "10",
    ]);
    assert_eq!(options.status.code(), Some(0), "{}", said(&options));
    let placed = fed(
        &trial,
        &["get-coupon-placement", "--json", "-", "--output", "json"],
        "\u{feff}{\"shop_id\":1}".as_bytes(),
    );
    let placed: serde_json::Value = serde_json::from_slice(&placed.stdout).unwrap();
    assert_eq!(placed["start_date"], 1_457_280_000);
}

#[test]
fn what_a_request_breaks_is_said_and_nothing_is_sent() {
    let trial = Trial::new(1);
    let refused = trial.run(&["get-card", "--card-id", ""]);
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert!(said(&refused).contains("card_id"), "{}", said(&refused));
    let refused = fed(&trial, &["call", "getShop", "--json", "-"], b"{\"shop_id\":");
    assert_eq!(refused.status.code(), Some(2));
    for (json, language, expected) in [
        (
            "{\"shop_id\":1}",
            "en",
            "--json takes a file with JSON, or - for standard input, not the JSON itself\n",
        ),
        (
            " { \"shop_id\": 1 }",
            "zh",
            "--json 的值是 JSON 文件，或表示标准输入的 -，而不是 JSON 本身\n",
        ),
    ] {
        let refused = trial.run(&["call", "getShop", "--json", json, "--lang", language]);
        assert_eq!((refused.status.code(), said(&refused).as_str()), (Some(2), expected));
    }
    assert!(trial.server.calls().is_empty());
    let counted = trial.run(&[
        "list-statistics",
        "--begin-date",
        "2015-05-01",
        "--end-date",
        "2015-05-02",
        "--shop-id",
        "-1",
        "--output",
        "json",
    ]);
    assert_eq!(counted.status.code(), Some(0), "{}", said(&counted));
}

#[test]
fn all_pages_are_listed_as_one_document_unless_one_is_named() {
    let trial = Trial::new(45);
    let listed = |arguments: &[&str]| -> serde_json::Value {
        let run = trial.run(&[arguments, &["--output", "json"]].concat());
        assert_eq!(run.status.code(), Some(0), "{}", said(&run));
        serde_json::from_slice(&run.stdout).unwrap()
    };
    assert_eq!(listed(&["list-shops"]).as_array().unwrap().len(), 45);
    assert_eq!(listed(&["list-shops", "--pagesize", "7"]).as_array().unwrap().len(), 45);
    assert_eq!(listed(&["list-cards"]), serde_json::json!([crate::trial::CARD]));
    assert_eq!(listed(&["list-shops", "--pageindex", "5"])["records"].as_array().unwrap().len(), 5);
}

#[test]
fn serve_says_as_json_where_its_account_is_and_ends_when_it_is_interrupted() {
    let trial = Trial::new(0);
    let mut command = trial.command_at(&["serve", "--address", "127.0.0.1:0", "--stores", "3"]);
    let mut server = command.stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(server.stdout.take().unwrap()).lines().map(Result::unwrap);
    let (reader, read) = mpsc::channel();
    thread::spawn(move || reader.send(lines.take_while(|line| line != "}").collect::<String>()));
    let json = read.recv_timeout(PATIENCE).unwrap_or_else(|_| {
        server.kill().unwrap();
        panic!("it says nothing")
    });
    let facts: serde_json::Value = serde_json::from_str(&(json + "}")).unwrap();
    let fact = |name: &str| facts[name].as_str().unwrap();
    assert_eq!(
        (fact("appid"), fact("secret"), fact("card_id"), &facts["stores"]),
        ("wx0000000000demo00", "demo-secret", "pDEMO0000000000000000000CARD", &3.into())
    );
    let shops = ["list-shops", "--output", "json", "--base-url", fact("base_url")];
    let mut shops = trial.command_at(&shops);
    shops.env("WECHAT_BIZWIFI_APPID", fact("appid")).env("WECHAT_BIZWIFI_SECRET", fact("secret"));
    let shops: serde_json::Value = serde_json::from_slice(&shops.output().unwrap().stdout).unwrap();
    let facts = |name: &str| -> Vec<String> {
        let shops = shops.as_array().unwrap().iter();
        shops.map(|shop| shop[name].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(facts("shop_name"), ["门店1", "门店2", "门店3"]);
    assert_eq!(facts("poi_id"), ["1", "2", "3"]);
    let process = server.id().to_string();
    assert!(Command::new("kill").args(["-INT", &process]).status().unwrap().success());
    assert_eq!(ended(&mut server).code(), Some(0));
}

#[test]
fn completions_are_a_script_that_the_shell_reads() {
    let trial = Trial::new(0);
    for locale in ["C", "zh_CN.UTF-8"] {
        let script =
            trial.command(&["completions", "bash"]).env("LC_ALL", locale).output().unwrap();
        let mut shell = Command::new("bash").arg("-n").stdin(Stdio::piped()).spawn().unwrap();
        shell.stdin.take().unwrap().write_all(&script.stdout).unwrap();
        assert!(shell.wait().unwrap().success());
        assert!(text(&script.stdout).contains("set-coupon-placement"));
    }
}

#[test]
fn help_is_in_the_language_of_the_locale() {
    let trial = Trial::new(0);
    let help = |locale: &str, arguments: &[&str]| {
        let run = trial.command_at(arguments).env("LC_ALL", locale).output().unwrap();
        assert_eq!(run.status.code(), Some(0), "{}", said(&run));
        text(&run.stdout)
    };
    let chinese = help("zh_CN.UTF-8", &["campaign", "apply", "--help"]);
    assert!(chinese.contains("用法：wechat-bizwifi campaign apply"), "{chinese}");
    assert!(chinese.contains("选项:") && !chinese.contains("Options"), "{chinese}");
    assert_eq!(help("zh_CN.UTF-8", &["help", "campaign", "apply"]), chinese);
    let commands = help("zh_CN.UTF-8", &["help", "campaign"]);
    assert!(commands.contains("显示本帮助") && !commands.contains("Print"), "{commands}");
    let english = help("en_US.UTF-8", &["campaign", "apply", "--help"]);
    assert!(english.contains("Usage: wechat-bizwifi campaign apply"), "{english}");
}

#[test]
fn the_option_counts_before_each_of_the_locales_variables_in_their_order() {
    let trial = Trial::new(0);
    let (zh, en) = ("zh_CN.UTF-8", "en_US.UTF-8");
    for (variables, arguments, is_chinese) in [
        ([zh, en, en], &["--help"][..], true),
        ([en, zh, zh], &["--help"], false),
        (["", zh, en], &["--help"], true),
        (["", en, zh], &["--help"], false),
        (["", "", zh], &["--help"], true),
        (["", "", ""], &["--help"], false),
        ([zh, zh, zh], &["--lang", "en", "--help"], false),
        ([en, en, en], &["--lang=zh", "--help"], true),
    ] {
        let mut command = trial.command(arguments);
        for (name, value) in ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().zip(variables) {
            command.env(name, value);
        }
        let shown = text(&command.output().unwrap().stdout);
        assert_eq!(shown.contains("用法："), is_chinese, "{variables:?} {arguments:?}: {shown}");
    }
}

#[test]
fn without_a_command_the_program_shows_its_help_and_the_manual_is_a_page() {
    let run = |arguments: &[&str]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_wechat-bizwifi"));
        program.args(arguments).env("LC_ALL", "C").output().unwrap()
    };
    let bare = run(&[]);
    assert_eq!(bare.status.code(), Some(2));
    assert!(
        said(&bare).contains("\nUsage: wechat-bizwifi [OPTIONS] <COMMAND>\n"),
        "{}",
        said(&bare)
    );
    assert!(said(&bare).contains("\nExit codes:\n"), "{}", said(&bare));
    let manual = run(&["man"]);
    assert_eq!(manual.status.code(), Some(0));
    assert!(text(&manual.stdout).contains("\n.TH wechat-bizwifi 1"), "{}", text(&manual.stdout));
}
