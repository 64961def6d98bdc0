//! A campaign as a user runs it: the real program against the embedded server, with faults, killed
//! at random moments and started again.
#![expect(clippy::unwrap_used, reason = "only tests")]

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;
use wechat_bizwifi::testing::{Endpoint, TestServer};

const CARD: &str = "pBnTrjvZJXkZsPGwfq9F0Hl0WqE";
const ENDS: i64 = 4_102_444_800;
const ROWS: i64 = 500;

struct Trial {
    server: TestServer,
    folder: TempDir,
}

impl Trial {
    fn new(rows: i64) -> Self {
        let server =
            TestServer::builder().account("wx1", "s3cret").keep_calls(100_000).start_blocking();
        let server = server.unwrap();
        (1..=rows).for_each(|shop| server.add_shop(shop));
        server.add_card(CARD, ENDS);
        let folder = tempfile::tempdir().unwrap();
        let mut text =
            "shop_id,card_id,card_describe,start_time,end_time,card_quantity\n".to_owned();
        for shop in 1..=rows {
            text.push_str(&format!("{shop},{CARD},10元代金券,1457280000,{ENDS},10\n"));
        }
        std::fs::write(folder.path().join("a.csv"), text).unwrap();
        Self { server, folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wechat-bizwifi"));
        command
            .args(["--base-url", self.server.base_url()])
            .args(arguments)
            .current_dir(self.folder.path())
            .env("WECHAT_BIZWIFI_APPID", "wx1")
            .env("WECHAT_BIZWIFI_SECRET", "s3cret")
            .env("LC_ALL", "C")
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Starts an apply, and kills it after this time as `kill -9` does.
    fn killed_after(&self, time: Duration) {
        let mut command = self.command(APPLY);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(time);
        let _ = child.kill();
        child.wait().unwrap();
    }

    /// For each store, the placements that took effect, and those sent after the first that did.
    fn placements(&self) -> HashMap<i64, (u64, u64)> {
        let mut stores: HashMap<i64, (u64, u64)> = HashMap::new();
        for call in self.server.calls_to(Endpoint::SET_COUPON_PLACEMENT) {
            let shop = call.json()["shop_id"].as_i64().unwrap();
            let (effects, after) = stores.entry(shop).or_default();
            *after += u64::from(*effects > 0);
            let code = call.reply().and_then(wechat_bizwifi::testing::Replied::code);
            *effects += u64::from(code.is_some_and(|code| code.value() == 0));
        }
        stores
    }
}

const APPLY: &[&str] =
    &["campaign", "apply", "a.csv", "--yes", "--rate", "1000000", "--report", "report.csv"];

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn seed() -> u64 {
    std::env::var("CAMPAIGN_SEED").map_or(1, |seed| seed.parse().unwrap())
}

/// Faults of every kind at moments that the seed decides; each happens once.
fn with_faults(server: &TestServer, random: &mut fastrand::Rng) {
    let set = || server.fault(Endpoint::SET_COUPON_PLACEMENT);
    for _ in 0..4 {
        set().on_call(random.u64(1..400)).reply_code(-1);
        set().on_call(random.u64(1..400)).cut_before_reply();
        set().on_call(random.u64(1..400)).cut_within_reply();
        set().on_call(random.u64(1..400)).not_carried_out().status(502).reply_html();
        server.fault(Endpoint::GET_COUPON_PLACEMENT).on_call(random.u64(1..400)).reply_code(40001);
    }
    set().on_call(random.u64(100..300)).reply_code(45009);
    set().on_call(random.u64(300..400)).reply_code(9_008_001);
}

#[test]
fn a_campaign_that_is_killed_again_and_again_places_every_row_once() {
    let mut random = fastrand::Rng::with_seed(seed());
    let trial = Trial::new(ROWS);
    with_faults(&trial.server, &mut random);
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
    assert_eq!(last.status.code(), Some(0), "{}", text(&last.stderr));

    let placements = trial.placements();
    let again: Vec<_> = placements.iter().filter(|(_, (_, after))| *after > 0).collect();
    assert!(again.is_empty(), "CAMPAIGN_SEED={}: sent twice: {again:?}", seed());
    let placed = placements.values().filter(|(effects, _)| *effects == 1).count();
    assert_eq!(placed, usize::try_from(ROWS).unwrap(), "CAMPAIGN_SEED={}", seed());

    let report = std::fs::read_to_string(trial.path("report.csv")).unwrap();
    assert_eq!(report.lines().count(), usize::try_from(ROWS).unwrap() + 1);
    assert_no_secret(&trial, &last);
}

/// What a row was refused with belongs into the report; nothing else may show the secret.
fn assert_no_secret(trial: &Trial, output: &Output) {
    let token = trial.server.token();
    for path in ["report.csv", "a.csv.journal"].map(|name| trial.path(name)) {
        let file = std::fs::read_to_string(&path).unwrap();
        assert!(!file.contains("s3cret") && !file.contains(token.expose()), "{}", path.display());
    }
    let said = text(&output.stderr) + &text(&output.stdout);
    assert!(!said.contains("s3cret") && !said.contains(token.expose()));
}

#[test]
fn an_apply_leaves_nothing_to_do_and_a_plan_writes_nothing() {
    let trial = Trial::new(5);
    let planned = trial.run(&["campaign", "plan", "a.csv"]);
    assert_eq!(planned.status.code(), Some(0), "{}", text(&planned.stderr));
    assert!(text(&planned.stderr).contains("placed 5"), "{}", text(&planned.stderr));
    assert_eq!(trial.server.call_count(Endpoint::SET_COUPON_PLACEMENT), 0);

    assert_eq!(trial.run(APPLY).status.code(), Some(0));
    let again = trial.run(APPLY);
    assert!(text(&again.stderr).contains("left 5"), "{}", text(&again.stderr));
    assert_eq!(trial.server.call_count(Endpoint::SET_COUPON_PLACEMENT), 5);
}

#[test]
fn a_row_that_cannot_be_placed_is_reported_and_the_others_are() {
    let trial = Trial::new(3);
    let path = trial.path("a.csv");
    let mut file = std::fs::read_to_string(&path).unwrap();
    file.push_str(&format!("99,{CARD},x,1,{ENDS},1\n"));
    std::fs::write(&path, file).unwrap();
    let applied = trial.run(APPLY);
    assert_eq!(applied.status.code(), Some(1));
    let said = text(&applied.stderr);
    assert!(said.contains("line 5: refused: the account has no store 99"), "{said}");
    let report = std::fs::read_to_string(trial.path("report.csv")).unwrap();
    assert!(report.contains("5,99,pBnTrjvZJXkZsPGwfq9F0Hl0WqE,refused"), "{report}");
}

#[test]
fn the_daily_quota_stops_the_run_at_once() {
    let trial = Trial::new(50);
    trial.server.fault(Endpoint::SET_COUPON_PLACEMENT).on_call(5).always().reply_code(45009);
    let stopped = trial.run(APPLY);
    assert_eq!(stopped.status.code(), Some(3), "{}", text(&stopped.stderr));
    let said = text(&stopped.stderr);
    assert!(said.contains("45009") && said.contains("run the same command again"), "{said}");
    assert!(trial.server.call_count(Endpoint::SET_COUPON_PLACEMENT) < 15);
}

#[test]
fn a_refused_secret_stops_the_run_before_anything_is_sent() {
    let trial = Trial::new(3);
    let stopped = trial.command(APPLY).env("WECHAT_BIZWIFI_SECRET", "wr0ng").output().unwrap();
    assert_eq!(stopped.status.code(), Some(3), "{}", text(&stopped.stderr));
    assert_eq!(trial.server.call_count(Endpoint::SET_COUPON_PLACEMENT), 0);
    assert!(!text(&stopped.stderr).contains("wr0ng"));
}

#[test]
fn nobody_is_asked_where_nobody_can_answer() {
    let trial = Trial::new(3);
    let refused = trial.run(&["campaign", "apply", "a.csv"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("--yes"));
    assert!(trial.server.calls().is_empty());
}

#[test]
fn a_second_apply_of_the_same_file_is_refused_while_the_first_runs() {
    let trial = Trial::new(3);
    let gate = trial.server.fault(Endpoint::SET_COUPON_PLACEMENT).hold();
    let mut first = trial.command(APPLY).stderr(Stdio::null()).spawn().unwrap();
    while trial.server.call_count(Endpoint::SET_COUPON_PLACEMENT) == 0 {
        std::thread::sleep(Duration::from_millis(5));
    }
    let second = trial.run(APPLY);
    assert_eq!(second.status.code(), Some(3));
    assert!(text(&second.stderr).contains("in use by another run"), "{}", text(&second.stderr));
    gate.open();
    assert_eq!(first.wait().unwrap().code(), Some(0));
}

#[test]
fn data_goes_to_the_standard_output_alone_and_no_colour_is_in_a_pipe() {
    let trial = Trial::new(3);
    let listed = trial.run(&["list-shops", "--pagesize", "2", "--output", "json"]);
    let page: serde_json::Value = serde_json::from_slice(&listed.stdout).unwrap();
    assert_eq!(page["records"][1]["shop_id"], 2);
    let applied = trial.run(APPLY);
    assert!(applied.stdout.is_empty());
    assert!(!text(&applied.stderr).contains(['\u{1b}', '\r']));
}

#[test]
fn doctor_names_the_cure_of_what_is_broken_and_writes_nothing() {
    let trial = Trial::new(3);
    let healthy = trial.run(&["doctor"]);
    assert_eq!(healthy.status.code(), Some(0), "{}", text(&healthy.stdout));
    trial.server.fault(Endpoint::STABLE_TOKEN).always().reply_code(40164);
    trial.server.revoke_tokens();
    let broken = trial.run(&["doctor"]);
    assert_eq!(broken.status.code(), Some(1), "{}", text(&broken.stdout));
    assert!(text(&broken.stdout).contains("white list"), "{}", text(&broken.stdout));
    assert!(!Path::new(&trial.path("a.csv.journal")).exists());
}
