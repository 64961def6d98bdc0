//! A fleet: sixteen processes of one account, one Redis, one embedded server whose invalidation of
//! tokens is real.
//!
//! Each process is this program once more, told by its environment to be one.
#![expect(clippy::unwrap_used, reason = "a test that unwraps says where it failed")]

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use wechat_bizwifi::testing::{Endpoint, TestServer};
use wechat_bizwifi::token::{RedisStore, TokenEndpoint};
use wechat_bizwifi::{Client, Credentials, GetCouponPlacement};
use wechat_bizwifi_tests::{RedisServer, test_name_of};

const PROCESSES: u64 = 16;
const CALLS: u64 = 500;
const APPID: &str = "wx0123456789abcdef";
const SECRET: &str = "s3cret";

/// How long a process has for one call: the client's default.
const DEADLINE: Duration = Duration::from_secs(30);

/// The variables that make this program a process of the fleet.
const SERVER: &str = "FLEET_SERVER";
const REDIS: &str = "FLEET_REDIS";
const TIMES: &str = "FLEET_CALLS";

fn client(server: &str, redis: &str) -> Client {
    let credentials = Credentials::new(APPID, SECRET).token_endpoint(TokenEndpoint::Legacy);
    let store = RedisStore::builder(redis).unwrap().build();
    Client::builder(credentials)
        .base_url(server)
        .token_store(store)
        .attempt_timeout(Duration::from_secs(3))
        .build()
        .unwrap()
}

/// What a process does: waits for the word, calls, and tells how many calls succeeded and how many
/// milliseconds the slowest took. Without the variables it is no test.
#[test]
fn a_process() {
    let Ok(server) = env::var(SERVER) else { return };
    let (redis, calls) = (env::var(REDIS).unwrap(), env::var(TIMES).unwrap().parse().unwrap());
    println!("\nREADY");
    std::io::stdin().read_line(&mut String::new()).unwrap();
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        let client = client(&server, &redis);
        let (mut succeeded, mut slowest) = (0, Duration::ZERO);
        for _ in 0..calls {
            let start = Instant::now();
            match client.get_coupon_placement(&GetCouponPlacement::new(429_620)).await {
                Ok(_) => succeeded += 1,
                Err(error) => println!("\nFAILED {error:?}"),
            }
            slowest = slowest.max(start.elapsed());
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
        println!("\nRESULT {succeeded} {}", slowest.as_millis());
    });
}

struct Process {
    child: Child,
    output: BufReader<ChildStdout>,
}

impl Process {
    /// Starts one, which waits for the word.
    fn start(server: &TestServer, redis: &RedisServer, calls: u64) -> Self {
        let mut child = Command::new(env::current_exe().unwrap())
            .args([&test_name_of(a_process), "--exact", "--nocapture"])
            .env(SERVER, server.base_url())
            .env(REDIS, redis.url())
            .env(TIMES, calls.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut process = Self { child, output };
        process.wait_for("READY");
        process
    }

    fn go(&mut self) {
        self.child.stdin.take().unwrap().write_all(b"go\n").unwrap();
    }

    /// Sees that all its calls succeeded in time.
    fn check(mut self, calls: u64) {
        let result = self.wait_for("RESULT ");
        let numbers: Vec<u64> =
            result.split_whitespace().map(|number| number.parse().unwrap()).collect();
        assert_eq!(numbers[0], calls);
        assert!(u128::from(numbers[1]) < DEADLINE.as_millis(), "{} ms", numbers[1]);
        assert!(self.child.wait().unwrap().success());
    }

    /// The rest of the line that begins so.
    fn wait_for(&mut self, beginning: &str) -> String {
        let mut seen = String::new();
        loop {
            let mut line = String::new();
            let read = self.output.read_line(&mut line).unwrap();
            assert!(read > 0, "no {beginning}, but {seen}");
            if let Some(rest) = line.strip_prefix(beginning) {
                assert!(!seen.contains("FAILED"), "{seen}");
                return rest.to_owned();
            }
            seen += &line;
        }
    }
}

fn fleet(server: &TestServer, redis: &RedisServer, size: u64, calls: u64) -> Vec<Process> {
    (0..size).map(|_| Process::start(server, redis, calls)).collect()
}

async fn start_server() -> TestServer {
    TestServer::builder().account(APPID, SECRET).keep_calls(20_000).start().await.unwrap()
}

/// Waits for all processes, while the server's thread serves them.
fn check(fleet: Vec<Process>, calls: u64) {
    for process in fleet {
        process.check(calls);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn over_an_expiry_the_fleet_fetches_one_token_and_every_call_succeeds() {
    let Some(redis) = RedisServer::start() else { return };
    let server = start_server().await;
    let mut fleet = fleet(&server, &redis, PROCESSES, CALLS);
    // The token that the fleet begins with lives for ten seconds; those after it, for two hours.
    server.set_token_lifetime(10);
    let first = client(server.base_url(), &redis.url());
    first.get_coupon_placement(&GetCouponPlacement::new(429_620)).await.unwrap();
    server.set_token_lifetime(7200);
    server.clear_calls();
    fleet.iter_mut().for_each(Process::go);
    check(fleet, CALLS);
    assert_eq!(server.call_count(Endpoint::TOKEN), 1);
    let calls = server.calls_to(Endpoint::GET_COUPON_PLACEMENT);
    assert!(calls.len() as u64 >= PROCESSES * CALLS);
    assert!(!calls[0].has_same_token(&calls[calls.len() - 1]), "an expiry lies in between");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_refused_to_the_whole_fleet_is_replaced_by_one_fetch() {
    let Some(redis) = RedisServer::start() else { return };
    let server = start_server().await;
    let mut fleet = fleet(&server, &redis, PROCESSES, 100);
    fleet.iter_mut().for_each(Process::go);
    server.wait_for_calls(Endpoint::GET_COUPON_PLACEMENT, PROCESSES * 30).await;
    assert_eq!(server.call_count(Endpoint::TOKEN), 1);
    server.expire_tokens();
    check(fleet, 100);
    assert_eq!(server.call_count(Endpoint::TOKEN), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_process_that_fetches_is_killed_another_one_does_and_every_call_succeeds() {
    let Some(redis) = RedisServer::start() else { return };
    let server = start_server().await;
    let mut fleet = fleet(&server, &redis, PROCESSES, CALLS);
    let gate = server.fault(Endpoint::TOKEN).hold();
    let mut holder = fleet.remove(0);
    holder.go();
    server.wait_for_calls(Endpoint::TOKEN, 1).await;
    fleet.iter_mut().for_each(Process::go);
    // In the middle of the fetch, with the lock taken. This is SIGKILL.
    holder.child.kill().unwrap();
    holder.child.wait().unwrap();
    gate.open();
    check(fleet, CALLS);
    assert_eq!(server.call_count(Endpoint::TOKEN), 2);
}
