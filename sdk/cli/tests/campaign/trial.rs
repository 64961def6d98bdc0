//! The program, a server and a folder with a campaign's file.

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use wechat_bizwifi::testing::{Endpoint, TestServer};

pub const CARD: &str = "pBnTrjvZJXkZsPGwfq9F0Hl0WqE";
pub const ENDS: i64 = 4_102_444_800;
pub const HEADER: &str = "shop_id,card_id,card_describe,start_time,end_time,card_quantity\n";
pub const PLAN: &[&str] = &["campaign", "plan", "a.csv", "--rate", "1000000"];
pub const APPLY: &[&str] =
    &["campaign", "apply", "a.csv", "--yes", "--rate", "1000000", "--report", "report.csv"];

/// How long a test waits for what a program does at once, on a slow machine too.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub struct Trial {
    pub server: TestServer,
    pub folder: TempDir,
}

/// A row as the file has it.
pub fn row(shop: i64, quantity: i64) -> String {
    format!("{shop},{CARD},10元代金券,1457280000,{ENDS},{quantity}\n")
}

impl Trial {
    /// An account with so many stores, and a file that names each of them.
    pub fn new(rows: i64) -> Self {
        let server =
            TestServer::builder().account("wx1", "s3cret").keep_calls(100_000).start_blocking();
        let server = server.unwrap();
        (1..=rows).for_each(|shop| server.add_shop(shop));
        server.add_card(CARD, ENDS);
        let trial = Self { server, folder: tempfile::tempdir().unwrap() };
        trial.write_rows((1..=rows).map(|shop| row(shop, 10)));
        trial
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write_rows(&self, rows: impl IntoIterator<Item = String>) {
        let rows: String = rows.into_iter().collect();
        self.write(format!("{HEADER}{rows}").as_bytes());
    }

    pub fn write(&self, file: &[u8]) {
        std::fs::write(self.path("a.csv"), file).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        self.command_of(env!("CARGO_BIN_EXE_wechat-bizwifi"), arguments)
    }

    /// The program, run by another one.
    pub fn command_of(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = self.bare(program, arguments);
        command.args(["--base-url", self.server.base_url()]);
        command
    }

    /// The program, for the server that the arguments name.
    pub fn command_at(&self, arguments: &[&str]) -> Command {
        self.bare(env!("CARGO_BIN_EXE_wechat-bizwifi"), arguments)
    }

    fn bare(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("WECHAT_BIZWIFI_APPID", "wx1")
            .env("WECHAT_BIZWIFI_SECRET", "s3cret")
            .env_remove("WECHAT_APPID")
            .env_remove("WECHAT_SECRET")
            .env("LC_ALL", "C")
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Starts it, and lets it run.
    pub fn spawn(&self, arguments: &[&str]) -> Child {
        self.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Starts an apply, and kills it after this time as `kill -9` does.
    pub fn killed_after(&self, time: Duration) {
        let mut child = self.spawn(APPLY);
        std::thread::sleep(time);
        let _ = child.kill();
        child.wait().unwrap();
    }

    pub fn sets(&self) -> u64 {
        self.server.call_count(Endpoint::SET_COUPON_PLACEMENT)
    }

    /// Waits until the service was asked to place this often.
    pub fn wait_for_sets(&self, count: u64) {
        self.wait_for(&Endpoint::SET_COUPON_PLACEMENT, count);
    }

    /// Waits until the service was called this often.
    pub fn wait_for(&self, endpoint: &Endpoint, count: u64) {
        let calls = || self.server.call_count(endpoint.clone());
        assert!(in_time(|| (calls() >= count).then_some(())).is_some(), "{}", calls());
    }

    /// For each store, the placements that took effect, and those sent after the first that did.
    pub fn placements(&self) -> HashMap<i64, (u64, u64)> {
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

    /// How many rows the report has of each outcome.
    pub fn report(&self) -> HashMap<String, usize> {
        let mut outcomes = HashMap::new();
        for row in self.read("report.csv").lines().skip(1) {
            let outcome = row.split(',').nth(4).unwrap().to_owned();
            *outcomes.entry(outcome).or_default() += 1;
        }
        outcomes
    }
}

/// How a program ends. One that does not end is killed.
pub fn ended(child: &mut Child) -> ExitStatus {
    in_time(|| child.try_wait().unwrap()).unwrap_or_else(|| {
        child.kill().unwrap();
        child.wait().unwrap()
    })
}

/// Asks until there is something, or too much time has passed.
pub fn in_time<T>(mut find: impl FnMut() -> Option<T>) -> Option<T> {
    let begun = Instant::now();
    loop {
        let found = find();
        if found.is_some() || begun.elapsed() > PATIENCE {
            return found;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

pub fn said(output: &Output) -> String {
    text(&output.stderr)
}
