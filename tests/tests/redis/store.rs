//! The token store on a real Redis: what is in it, and what becomes of calls when it fails.
#![expect(clippy::unwrap_used, reason = "a test that unwraps says where it failed")]

use std::process::Command;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use wechat_bizwifi::testing::{Endpoint, TestServer};
use wechat_bizwifi::token::{
    MemoryStore, RedisStore, StoreLock, StoredToken, TokenEndpoint, TokenStore,
};
use wechat_bizwifi::{
    Client, ClientBuilder, Credentials, Error, ErrorKind, GetCouponPlacement, Secret,
};
use wechat_bizwifi_tests::{RedisServer, test_name_of};

const ACCOUNT: &str = "wx0123456789abcdef";
const HOUR: Duration = Duration::from_secs(3600);
const SECOND: Duration = Duration::from_secs(1);

fn store(redis: &RedisServer) -> RedisStore {
    RedisStore::builder(&redis.url()).unwrap().build()
}

fn builder(server: &TestServer, redis: &RedisServer) -> ClientBuilder {
    server.client_builder().token_store(store(redis))
}

fn client(server: &TestServer, redis: &RedisServer) -> Client {
    builder(server, redis).build().unwrap()
}

async fn get(client: &Client) -> Result<(), Error> {
    client.get_coupon_placement(&GetCouponPlacement::new(429_620)).await.map(drop)
}

fn token(text: &str) -> StoredToken {
    StoredToken::new(text, 2 * HOUR, HOUR)
}

async fn lock(store: &dyn TokenStore, life: Duration) -> Option<StoreLock> {
    store.lock(ACCOUNT, life).await.unwrap()
}

async fn loaded(store: &dyn TokenStore) -> Option<String> {
    let stored = store.load(ACCOUNT).await.unwrap()?;
    Some(stored.token().expose().to_owned())
}

/// What every store has to do.
pub(crate) async fn keeps_the_contract(store: &dyn TokenStore) {
    assert_eq!(loaded(store).await, None);
    let first = lock(store, HOUR).await.unwrap();
    assert_eq!(lock(store, HOUR).await, None);
    assert!(store.save(ACCOUNT, &token("T1"), first).await.unwrap());
    let stored = store.load(ACCOUNT).await.unwrap().unwrap();
    assert_eq!((stored.token().expose(), stored.lifetime()), ("T1", 2 * HOUR));
    assert!(stored.left() <= HOUR && stored.left() + 10 * SECOND > HOUR);

    // Saving has freed the lock. The next one frees itself, and its holder is too late.
    let late = lock(store, SECOND / 5).await.unwrap();
    assert!(late.fence() > first.fence());
    tokio::time::sleep(SECOND / 3).await;
    let next = lock(store, HOUR).await.unwrap();
    assert!(next.fence() > late.fence());
    assert!(!store.save(ACCOUNT, &token("late"), late).await.unwrap());
    store.unlock(ACCOUNT, late).await.unwrap();
    assert_eq!(lock(store, HOUR).await, None, "nobody frees another's lock");
    assert_eq!(loaded(store).await.as_deref(), Some("T1"));
    store.unlock(ACCOUNT, next).await.unwrap();

    store.invalidate(ACCOUNT, &Secret::new("another")).await.unwrap();
    assert_eq!(loaded(store).await.as_deref(), Some("T1"));
    store.invalidate(ACCOUNT, &Secret::new("T1")).await.unwrap();
    assert_eq!(loaded(store).await, None);
    let last = lock(store, HOUR).await.unwrap();
    let brief = StoredToken::new("brief", HOUR, SECOND / 5);
    assert!(store.save(ACCOUNT, &brief, last).await.unwrap());
    tokio::time::sleep(SECOND / 3).await;
    assert_eq!(loaded(store).await, None);
    assert!(store.load("wx2").await.unwrap().is_none());
}

#[tokio::test]
async fn the_store_in_memory_keeps_the_contract() {
    keeps_the_contract(&MemoryStore::new()).await;
}

#[tokio::test]
async fn the_store_in_redis_keeps_the_contract_encrypted_or_not() {
    let Some(redis) = RedisServer::start() else { return };
    keeps_the_contract(&store(&redis)).await;
    redis.command("FLUSHALL");
    let sealed = RedisStore::builder(&redis.url()).unwrap().encryption_key([7; 32]).build();
    keeps_the_contract(&sealed).await;
}

#[tokio::test]
async fn environments_do_not_meet_and_a_key_of_ones_own_hides_the_token() {
    let Some(redis) = RedisServer::start() else { return };
    let [staging, sealed] = ["staging", "sealed"].map(|prefix| {
        let builder = RedisStore::builder(&redis.url()).unwrap().prefix(prefix);
        if prefix == "sealed" { builder.encryption_key([7; 32]) } else { builder }.build()
    });
    let taken = lock(&staging, HOUR).await.unwrap();
    staging.save(ACCOUNT, &token("T0KEN"), taken).await.unwrap();
    assert_eq!(loaded(&sealed).await, None);
    let taken = lock(&sealed, HOUR).await.unwrap();
    sealed.save(ACCOUNT, &token("T0KEN"), taken).await.unwrap();
    assert_eq!(loaded(&sealed).await.as_deref(), Some("T0KEN"));
    let value = |prefix| redis.command(&format!("GET {prefix}:{{{ACCOUNT}}}:token"));
    assert!(value("staging").contains("T0KEN"));
    assert!(!value("sealed").is_empty() && !value("sealed").contains("T0KEN"));
    // Whoever can write to Redis cannot make the fleet use another token.
    redis.command(&format!("COPY staging:{{{ACCOUNT}}}:token sealed:{{{ACCOUNT}}}:token REPLACE"));
    assert_eq!(loaded(&sealed).await, None);
}

#[tokio::test]
async fn all_keys_vanish_by_themselves_and_none_holds_the_secret() {
    let Some(redis) = RedisServer::start() else { return };
    let server = TestServer::start().await.unwrap();
    get(&client(&server, &redis)).await.unwrap();
    let keys = redis.command("KEYS *");
    assert_eq!(keys.lines().count(), 2, "{keys}");
    for key in keys.lines() {
        assert!(key.starts_with("wechat-bizwifi:{") && !key.contains(server.secret().expose()));
        let value = redis.command(&format!("GET {key}"));
        assert!(!value.contains(server.secret().expose()));
        let life: i64 = redis.command(&format!("TTL {key}")).parse().unwrap();
        assert!(life > 0, "{key} {life}");
    }
}

#[tokio::test]
async fn clients_share_one_token_and_one_replacement() {
    let Some(redis) = RedisServer::start() else { return };
    let server = TestServer::start().await.unwrap();
    let legacy = server.credentials().token_endpoint(TokenEndpoint::Legacy);
    let clients: Vec<Client> = (0..8)
        .map(|_| {
            let builder = Client::builder(legacy.clone()).base_url(server.base_url());
            builder.token_store(store(&redis)).build().unwrap()
        })
        .collect();
    let call_all = || {
        let calls: JoinSet<_> =
            clients.iter().cloned().map(|client| async move { get(&client).await }).collect();
        calls.join_all()
    };
    for result in call_all().await {
        result.unwrap();
    }
    assert_eq!(server.call_count(Endpoint::TOKEN), 1);
    server.expire_tokens();
    for result in call_all().await {
        result.unwrap();
    }
    assert_eq!(server.call_count(Endpoint::TOKEN), 2);
}

/// A Redis that is in some way not of use costs a call little time and nothing else.
async fn serves_without(redis: &RedisServer, what: &str) {
    let server = TestServer::start().await.unwrap();
    let client = builder(&server, redis).attempt_timeout(SECOND).build().unwrap();
    let start = Instant::now();
    get(&client).await.unwrap();
    assert!(start.elapsed() < 10 * SECOND, "{what}: {:?}", start.elapsed());
    assert_eq!(server.call_count(Endpoint::STABLE_TOKEN), 1, "{what}");
}

#[tokio::test]
async fn read_only_full_locked_for_long_or_away_it_is_done_without() {
    let Some(mut redis) = RedisServer::start() else { return };
    redis.command(&format!("SET wechat-bizwifi:{{{ACCOUNT}}}:lock garbage PX 100000"));
    serves_without(&redis, "locked for long").await;
    redis.command("FLUSHALL");
    redis.command("CONFIG SET maxmemory 1");
    serves_without(&redis, "full").await;
    redis.command("CONFIG SET maxmemory 0");
    redis.command("REPLICAOF 127.0.0.1 1");
    serves_without(&redis, "read-only").await;
    redis.command("REPLICAOF NO ONE");
    redis.command("CONFIG SET requirepass something");
    serves_without(&redis, "locked up").await;
    redis.kill();
    serves_without(&redis, "away").await;
    redis.restart();
    redis.pause();
    serves_without(&redis, "standing still").await;
    redis.resume();
}

#[tokio::test]
async fn garbage_is_replaced_by_a_token() {
    let Some(redis) = RedisServer::start() else { return };
    let key = format!("wechat-bizwifi:{{{ACCOUNT}}}:token");
    for garbage in [
        format!("SET {key} garbage"),
        format!("SET {key} 1garbage PX 100000"),
        format!("SET {key} 2garbage PX 100000"),
        format!("LPUSH {key} garbage"),
        format!("SET {key} \"\" PX 100000"),
        format!("SET wechat-bizwifi:{{{ACCOUNT}}}:fence garbage"),
        format!("LPUSH wechat-bizwifi:{{{ACCOUNT}}}:fence garbage"),
        format!("SET wechat-bizwifi:{{{ACCOUNT}}}:lock garbage"),
        format!("LPUSH wechat-bizwifi:{{{ACCOUNT}}}:lock garbage"),
    ] {
        redis.command("FLUSHALL");
        redis.command(&garbage);
        let server = TestServer::start().await.unwrap();
        let start = Instant::now();
        for _ in 0..2 {
            get(&client(&server, &redis)).await.unwrap();
        }
        assert_eq!(server.call_count(Endpoint::STABLE_TOKEN), 1, "{garbage}");
        assert!(start.elapsed() < 10 * SECOND, "{garbage}: {:?}", start.elapsed());
    }
}

/// Calls of four clients, one every 20 ms each, until the time is over; each succeeds, and none takes
/// long. Tokens live for four seconds, so renewals and expiries fall into every trouble.
fn load(server: &TestServer, redis: &RedisServer, time: Duration) -> JoinSet<Duration> {
    let end = Instant::now() + time;
    let one = |client: Client| async move {
        let mut slowest = Duration::ZERO;
        while Instant::now() < end {
            let start = Instant::now();
            get(&client).await.unwrap();
            slowest = slowest.max(start.elapsed());
            tokio::time::sleep(SECOND / 50).await;
        }
        slowest
    };
    (0..4).map(|_| one(builder(server, redis).processes(4).build().unwrap())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopped_restarted_empty_and_standing_still_under_load_no_call_fails_or_hangs() {
    let Some(mut redis) = RedisServer::start() else { return };
    let server = TestServer::start().await.unwrap();
    server.set_token_lifetime(4);
    let load = load(&server, &redis, 26 * SECOND);
    tokio::time::sleep(2 * SECOND).await;
    redis.kill();
    tokio::time::sleep(6 * SECOND).await;
    redis.restart();
    tokio::time::sleep(4 * SECOND).await;
    let shared = redis.command("KEYS *token");
    redis.pause();
    tokio::time::sleep(10 * SECOND).await;
    redis.resume();
    for slowest in load.join_all().await {
        assert!(slowest < 5 * SECOND, "{slowest:?}");
    }
    assert!(!shared.is_empty(), "after the restart it is used again");
}

#[test]
fn the_blocking_client_shares_its_token_too() {
    let Some(redis) = RedisServer::start() else { return };
    let server = TestServer::start_blocking().unwrap();
    for _ in 0..2 {
        let builder = wechat_bizwifi::blocking::Client::builder(server.credentials());
        let builder = builder.base_url(server.base_url()).token_store(store(&redis));
        let client = builder.build().unwrap();
        client.get_coupon_placement(&GetCouponPlacement::new(429_620)).unwrap();
    }
    assert_eq!(server.call_count(Endpoint::STABLE_TOKEN), 1);
}

/// Runs another of these tests where the program is not to be found.
fn without_the_program(ci: &str) -> (bool, String) {
    let output = Command::new(std::env::current_exe().unwrap())
        .args([&test_name_of(clients_share_one_token_and_one_replacement), "--exact"])
        .env("PATH", "/nonexistent")
        .env("CI", ci)
        .env_remove("SKIPPED_TESTS")
        .output()
        .unwrap();
    let printed = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&printed).into_owned())
}

#[test]
fn without_the_program_these_tests_say_so_and_fail_where_they_must_not_be_skipped() {
    let (succeeded, said) = without_the_program("");
    assert!(succeeded && said.contains("SKIPPED: redis-server is not installed"), "{said}");
    for ci in ["true", "1"] {
        let (succeeded, said) = without_the_program(ci);
        assert!(!succeeded && said.contains("redis-server is not installed"), "{said}");
    }
}

#[test]
fn a_store_without_credentials_is_refused() {
    let auth = wechat_bizwifi::Auth::fixed("T");
    let builder = Client::builder(auth).base_url("http://127.0.0.1:1");
    let error = builder.token_store(MemoryStore::new()).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(
        Client::builder(Credentials::new("wx1", "s"))
            .base_url("http://127.0.0.1:1")
            .build()
            .is_ok()
    );
}
