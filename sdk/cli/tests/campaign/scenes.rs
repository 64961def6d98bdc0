//! What stands in the way of campaigns and calls, for the transcripts.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use wechat_bizwifi::testing::{Endpoint, TestServer};

use crate::transcripts::{PLAN, Transcript};
use crate::trial::{APPLY, CARD, ENDS, HEADER, Trial, row};

const APPLIED: &str = "campaign apply a.csv --yes --rate 1000000 --concurrency 1";

/// Makes a command of what is there already.
fn change(shell: &mut Transcript, what: &str, run: impl FnOnce(&mut Transcript)) {
    shell.text += &format!("# {what}\n");
    run(shell);
}

/// A card with these facts beside its name.
fn add_card(trial: &Trial, id: &str, more: &Value) {
    let mut base = json!({
        "id": id, "title": "t", "status": "CARD_STATUS_VERIFY_OK", "sku": { "quantity": 15 }
    });
    base.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let card = json!({ "card_type": "CASH", "cash": { "base_info": base } });
    trial.server.add_item("card_id", id, card);
}

/// Rows that differ in what is known of their cards and stores.
pub fn accounts(shell: &mut Transcript) {
    let trial = Trial::new(4);
    trial.server.add_item("shop_id", 5, json!({ "shop_name": "a", "poi_id": "55" }));
    add_card(&trial, "pDeleted", &json!({ "status": "CARD_STATUS_DELETE" }));
    add_card(&trial, "pNone", &json!({ "sku": { "quantity": 0 } }));
    add_card(&trial, "pElsewhere", &json!({ "location_id_list": [56] }));
    add_card(&trial, "pFew", &json!({}));
    let with = |shop, card| row(shop, 10).replace(CARD, card);
    let rows = [
        with(1, "pDeleted"),
        with(2, "pNone"),
        row(3, 16).replace(CARD, "pFew"),
        row(4, 10).replace("1457280000", &ENDS.to_string()),
        with(5, "pElsewhere"),
    ];
    trial.write_rows(rows);
    shell.trial = trial;
    change(shell, "cards that cannot be placed", |shell| shell.run(PLAN));
    shell.trial.write_rows([with(1, "pFew"), with(2, "pFew")]);
    change(shell, "a card for too many rows", |shell| shell.run(PLAN));
    shell.trial.write_rows([with(1, "pFew"), row(2, 5).replace(CARD, "pFew")]);
    change(shell, "a card for just as many rows as it has left", |shell| shell.run(PLAN));
    let of_all = with(1, "pFew").replacen('1', "all", 1).replace(",10\n", ",4\n");
    shell.trial.write_rows([with(1, "pFew"), of_all]);
    change(shell, "a card for too many stores of a row", |shell| shell.run(PLAN));
    shell.trial.write(b"s\0h\0");
    change(shell, "a file with null characters", |shell| shell.run(PLAN));
    shell.trial.write_rows([with(1, "pFew"), with(2, "pNone")]);
    let cards = Endpoint::path("/card/get");
    shell.trial.server.fault(cards).always().reply_code(48001);
    change(shell, "cards that may not be read", |shell| shell.run(PLAN));
    shell.trial.server.clear_faults();
    let page = json!({
        "errcode": 0,
        "data": { "totalcount": 9, "pageindex": 1, "pagecount": 1, "records": [{ "shop_id": 1 }] }
    });
    shell.trial.server.fault(Endpoint::path("/bizwifi/shop/list")).always().reply_json(&page);
    change(shell, "an account of which not all stores are listed", |shell| shell.run(PLAN));
    shell.trial.write_rows([row(1, 10), row(2, 10).replacen('2', "all", 1)]);
    change(shell, "and a row for all of them", |shell| shell.run(PLAN));
}

/// Runs that are stopped, and what is found of them later.
pub fn stopped_runs(shell: &mut Transcript) {
    shell.trial = Trial::new(3);
    let set = Endpoint::SET_COUPON_PLACEMENT;
    shell.trial.server.fault(set.clone()).on_call(2).reply_code(45009);
    let reported = format!("{APPLIED} --report report.html");
    change(shell, "a quota that is used up, and a report of it", |shell| {
        shell.run(&reported);
        shell.show("report.html", "<table");
    });
    shell.trial.server.fault(set.clone()).carried_out().cut_before_reply();
    change(shell, "a placement whose reply is lost, and the run after it", |shell| {
        shell.run(APPLIED);
        shell.run(&format!("{APPLIED} --report report.csv"));
        shell.show("report.csv", "");
    });
    let journal = shell.trial.read("a.csv.journal");
    fs::write(shell.trial.path("a.csv.journal"), format!("x\n{journal}")).unwrap();
    change(shell, "a journal that is damaged", |shell| shell.run(APPLIED));
    fs::remove_file(shell.trial.path("a.csv.journal")).unwrap();
    shell.trial.write_rows([row(1, 20).replace("10元", "20元")]);
    let gate = shell.trial.server.fault(set.clone()).hold();
    let before = shell.trial.sets();
    let mut other = shell.trial.spawn(APPLY);
    shell.trial.wait_for_sets(before + 1);
    change(shell, "a second run beside the first", |shell| shell.run(APPLIED));
    gate.open();
    other.wait().unwrap();
    shell.trial.server.fault(set).always().reply_code(9_008_001);
    shell.trial.write_rows([row(2, 20).replace("10元", "20元")]);
    change(shell, "a card that the service does not know", |shell| shell.run(APPLIED));
}

/// Plans for something else, and the facts of stores.
pub fn plans_and_statuses(shell: &mut Transcript) {
    shell.trial = Trial::new(3);
    shell.trial.write_rows([row(1, 10), row(2, 10)]);
    shell.trial.server.add_account("wx2", "s3cret");
    shell.run(&format!("{PLAN} --save a.plan"));
    credentials(shell, "other.json", r#"{"appid":"wx2","secret":"s3cret"}"#, 0o600);
    let by_plan = format!("{APPLIED} --plan a.plan");
    change(shell, "a plan for another account", |shell| {
        shell.run(&format!("{by_plan} --credentials other.json"));
    });
    shell.trial.write_rows([row(1, 10).replace("10元", "20元")]);
    shell.run(APPLIED);
    shell.trial.write_rows([row(1, 10), row(2, 10)]);
    change(shell, "a store that has changed since the plan", |shell| shell.run(&by_plan));
    let statistics = Endpoint::path("/bizwifi/statistics/list");
    shell.trial.server.fault(statistics).always().reply_code(9_002_008);
    let blank = row(1, 10).replacen('1', "", 1);
    let ended = row(3, 10).replace(&ENDS.to_string(), "1457280001");
    shell.trial.write_rows([row(1, 10), "2,,,,,\n".to_owned(), blank, ended]);
    change(shell, "a status without statistics", |shell| {
        shell.run("campaign status a.csv --concurrency 1");
    });
    let spaces = (1..=12).map(|shop| row(shop, 10).replacen(',', " ,", 1));
    shell.trial.write_rows(spaces);
    change(shell, "spaces in many rows", |shell| shell.run(PLAN));
}

fn credentials(shell: &Transcript, name: &str, text: &str, mode: u32) {
    let path = shell.trial.path(name);
    fs::write(&path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Without what a command needs to know whose account it is.
pub fn strangers(shell: &mut Transcript) {
    shell.trial = Trial::new(1);
    let without = |names: &'static [&'static str]| {
        move |command: &mut Command| {
            command.env("XDG_CONFIG_HOME", "config");
            for name in names {
                command.env_remove(format!("WECHAT_BIZWIFI_{name}"));
            }
        }
    };
    shell.text += "# credentials that are missing, half there, readable by others, or spoilt\n";
    shell.run_changed("doctor", without(&["APPID", "SECRET"]));
    shell.run_changed("doctor", without(&["APPID"]));
    shell.run_changed("doctor", without(&["SECRET"]));
    shell.run("doctor --credentials none.json");
    for (name, text, mode) in [
        ("open.json", r#"{"appid":"wx1","secret":"s3cret"}"#, 0o640),
        ("spoilt.json", "{\n\"appid\":1}", 0o600),
        ("spaces.json", r#"{"appid":"wx 1","secret":"s3cret"}"#, 0o600),
    ] {
        credentials(shell, name, text, mode);
        shell.run(&format!("doctor --credentials {name}"));
    }
    shell.text += "# without an account\n";
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("campaign.csv");
    fs::copy(shipped, shell.trial.path("a.csv")).unwrap();
    shell.run_bare(&format!("{PLAN} --demo"));
    shell.run_bare(&format!("{PLAN} --demo --stores 1"));
    shell.run_bare("doctor --demo");
    shell.run_at("--demo campaign plan a.csv", "http://127.0.0.1:1");
    shell.run_bare("--demo doctor --credentials none.json");
    shell.run(&format!("{PLAN} --stores 1"));
    let taken = shell.trial.server.address();
    shell.run(&format!("serve --address {taken}"));
}

/// What `doctor` says of accounts that have nothing, and of addresses that nobody answers at.
pub fn patients(shell: &mut Transcript) {
    shell.trial = Trial::new(1);
    let nothing = json!({
        "errcode": 0, "data": { "totalcount": 0, "pageindex": 1, "pagecount": 0, "records": [] }
    });
    shell.trial.server.fault(Endpoint::path("/bizwifi/shop/list")).always().reply_json(&nothing);
    let none = json!({ "errcode": 0, "card_id_list": [], "total_num": 0 });
    shell.trial.server.fault(Endpoint::path("/card/batchget")).always().reply_json(&none);
    change(shell, "an account with neither stores nor cards", |shell| shell.run("doctor"));
    let server = TestServer::builder().account("wx1", "s3cret").start_blocking().unwrap();
    server.add_shop(1);
    server.add_card(CARD, ENDS - 3_900_000_000);
    shell.trial.server = server;
    change(shell, "an account whose only card has ended", |shell| shell.run("doctor"));
    let refused = "not allowed here rid: 1";
    let stable = Endpoint::STABLE_TOKEN;
    shell.trial.server.fault(stable).always().message(refused).reply_code(40164);
    change(shell, "a refusal that names no address", |shell| shell.run("doctor"));
    shell.trial.server.clear_faults();
    shell.text +=
        "# a proxy, which neither this machine nor what NO_PROXY names is reached through\n";
    let through_proxy = |command: &mut Command| {
        command.env("ALL_PROXY", "http://user:s3cret@127.0.0.1:1").env("NO_PROXY", "b.invalid");
    };
    shell.run_changed("doctor", through_proxy);
    for address in ["https://a.invalid", "https://b.invalid"] {
        shell.run_changed_at("doctor", address, through_proxy);
    }
    shell.run_changed_at("doctor", "https://a.invalid", |command| {
        command.env("ALL_PROXY", "socks5://127.0.0.1:1");
    });
    shell.text += "# an address that is none, and one where nobody answers\n";
    for address in ["api.weixin.qq.com", "http://127.0.0.1:1"] {
        shell.run_at("doctor", address);
    }
}

/// What is seldom read: cells and files that are spoilt in other ways, and placements that have ended.
pub fn rarities(shell: &mut Transcript) {
    shell.trial = Trial::new(2);
    shell.trial.write(b"PK\x03\x04");
    change(shell, "a workbook", |shell| shell.run(PLAN));
    let all = row(1, 10).replacen('1', "all", 1);
    shell.trial.write_rows([row(1, 10).replacen('1', "", 1), all]);
    change(shell, "a row for all stores beside one that names none", |shell| shell.run(PLAN));
    shell.trial.write_rows([row(1, 10).replace("10元", "10\u{1b}元"), "2,,,,,\n".to_owned()]);
    change(shell, "a control character, and a row without a wish", |shell| {
        shell.run(&format!("{APPLIED} --report report.csv"));
        shell.show("report.csv", "");
    });
    let ended = json!({
        "shop_id": 1, "card_id": CARD, "card_describe": "x", "start_time": 1, "end_time": 2,
        "card_quantity": 1
    });
    fs::write(shell.trial.path("ended.json"), ended.to_string()).unwrap();
    shell.run("set-coupon-placement --json ended.json");
    shell.trial.write_rows(["1,,,,,\n".to_owned()]);
    change(shell, "a placement that has ended", |shell| {
        shell.run("campaign status a.csv --concurrency 1");
    });
    let placed =
        json!({ "errcode": 0, "data": { "shop_id": 1, "card_status": 9, "card_id": CARD } });
    shell.trial.server.fault(Endpoint::GET_COUPON_PLACEMENT).always().reply_json(&placed);
    change(shell, "a placement in a state that nobody knows", |shell| {
        shell.run("campaign status a.csv --concurrency 1");
    });
}

/// Commands that are mistyped.
pub fn mistakes(shell: &mut Transcript) {
    shell.trial.write_rows([row(1, 10)]);
    for command in [
        " ",
        "campain plan a.csv",
        "campaign aply a.csv",
        "campaign",
        "campaign plan",
        "campaign plan a.csv b.csv",
        "campaign plan a.csv --rates 3",
        "campaign plan a.csv --rate 0",
        "campaign plan a.csv --separator dot",
        "campaign plan a.csv --rate 1 --rate 2",
        "get-shop --json - --shop-id 1",
        "doctor --base-url",
        "campaign plan a.csv --concurrency x",
        "campaign status a.csv --days 300",
        "serve --address here",
        "campaign apply none.csv --yes",
        "campaign status none.csv",
        "campaign plan a.csv --report none/report.csv",
        "campaign plan a.csv --save none/a.plan",
        "call",
        "call getShop",
        "describe",
        "completions",
    ] {
        shell.run(command);
    }
    for address in
        ["here", "ftp://h", "http://h.example", "https://h.example?a", "https://u:p@h.example"]
    {
        shell.run_at("list-shops", address);
    }
    let get = Endpoint::GET_COUPON_PLACEMENT;
    shell.trial.server.fault(get.clone()).times(3).reply_html();
    shell.run("get-coupon-placement --shop-id 1");
    shell.trial.server.fault(get).times(3).reply_empty();
    shell.run("get-coupon-placement --shop-id 1");
}

/// How calls are described.
pub fn descriptions(shell: &mut Transcript) {
    for command in ["set-coupon-placement", "list-shops", "list-cards", "describe", "call"] {
        shell.run(&format!("{command} --help"));
    }
    shell.run("describe getCouponPlacement");
    shell.run("describe setCouponPlacement --example");
    shell.trial.write(HEADER.as_bytes());
    for json in ["none.json", "a.csv"] {
        shell.run(&format!("call getShop --json {json}"));
    }
    shell.run("call getShops --json none.json");
    for (operation, json) in [
        ("getShop", "[]"),
        ("getShop", "{}"),
        ("getShop", r#"{"shop_id":"x"}"#),
        ("getShop", r#"{"shop_id":1.5}"#),
        ("listShops", r#"{"pageindex":0,"pagesize":21}"#),
        ("setCouponPlacement", r#"{"shop_id":1,"card_id":[]}"#),
    ] {
        fs::write(shell.trial.path("wrong.json"), json).unwrap();
        shell.text += &format!("$ cat wrong.json\n{json}\n");
        shell.run(&format!("call {operation} --json wrong.json"));
    }
}
