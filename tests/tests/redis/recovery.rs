//! The token store on a connection that answers wrongly, or not at all: it is given up, and the
//! next operation has another.
#![expect(clippy::unwrap_used, reason = "a test that unwraps says where it failed")]

use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use wechat_bizwifi::Secret;
use wechat_bizwifi::token::{RedisStore, StoreLock, TokenStore};
use wechat_bizwifi_tests::{RedisServer, Spoilt, TcpProxy, free_port};

const ACCOUNT: &str = "wx0123456789abcdef";
const LIFE: Duration = Duration::from_millis(1);

/// A store behind a proxy.
fn store(proxy: &TcpProxy, user: &str, database: u8) -> RedisStore {
    let url = format!("redis://{user}127.0.0.1:{}/{database}", proxy.port());
    RedisStore::builder(&url).unwrap().build()
}

/// Writes to Redis, as a replica does not let one do; the error as text.
async fn write(store: &RedisStore) -> Result<(), String> {
    match store.lock(ACCOUNT, LIFE).await {
        Ok(lock) => {
            let lock = lock.unwrap_or(StoreLock::new(0));
            store.unlock(ACCOUNT, lock).await.map_err(|error| error.to_string())
        }
        Err(error) => Err(error.to_string()),
    }
}

#[tokio::test]
async fn after_a_failover_behind_one_address_the_next_write_reaches_the_new_master() {
    let Some(old) = RedisServer::start() else { return };
    let new = RedisServer::start().unwrap();
    let proxy = TcpProxy::to(old.port());
    let store = store(&proxy, "", 0);
    write(&store).await.unwrap();
    // The connection that is open stays with the master that is one no more.
    old.command(&format!("REPLICAOF 127.0.0.1 {}", new.port()));
    proxy.point_at(new.port());
    write(&store).await.unwrap();
}

#[tokio::test]
async fn when_the_master_is_killed_the_first_operation_after_the_promotion_succeeds() {
    let Some(mut master) = RedisServer::start() else { return };
    let replica = RedisServer::start().unwrap();
    replica.command(&format!("REPLICAOF 127.0.0.1 {}", master.port()));
    let proxy = TcpProxy::to(master.port());
    let store = store(&proxy, "", 0);
    write(&store).await.unwrap();
    master.kill();
    for _ in 0..10 {
        write(&store).await.unwrap_err();
    }
    proxy.point_at(replica.port());
    write(&store).await.unwrap_err();
    replica.command("REPLICAOF NO ONE");
    write(&store).await.unwrap();
}

#[tokio::test]
async fn a_password_that_was_changed_and_set_back_is_accepted_again() {
    let Some(redis) = RedisServer::start() else { return };
    let proxy = TcpProxy::to(redis.port());
    redis.command("ACL SETUSER app on >right ~* +@all");
    let store = store(&proxy, "app:right@", 0);
    write(&store).await.unwrap();
    redis.command("ACL SETUSER app resetpass >another");
    redis.command("CLIENT KILL USER app");
    for _ in 0..5 {
        write(&store).await.unwrap_err();
    }
    redis.command("ACL SETUSER app resetpass >right");
    write(&store).await.unwrap();
}

#[tokio::test]
async fn a_database_that_was_refused_once_is_selected_later() {
    let Some(redis) = RedisServer::start() else { return };
    let without = RedisServer::start_with(&["--databases", "1"]).unwrap();
    let proxy = TcpProxy::to(redis.port());
    let store = store(&proxy, "", 2);
    write(&store).await.unwrap();
    proxy.point_at(without.port());
    redis.command("CLIENT KILL TYPE normal");
    write(&store).await.unwrap_err();
    proxy.point_at(redis.port());
    write(&store).await.unwrap();
}

#[tokio::test]
async fn a_connection_whose_answers_speak_against_it_is_replaced_at_once() {
    let Some(redis) = RedisServer::start() else { return };
    for answer in [
        "-READONLY You can't write against a read only replica.\r\n",
        "-NOAUTH Authentication required.\r\n",
        "-WRONGPASS invalid username-password pair or user is disabled.\r\n",
        "-NOPERM this user has no permissions\r\n",
        "-LOADING Redis is loading the dataset in memory\r\n",
        "-MASTERDOWN Link with MASTER is down\r\n",
        "-CLUSTERDOWN The cluster is down\r\n",
        "-ERR Can't SELECT\r\n",
        "-BACKENDDOWN what a proxy may say\r\n",
        "HTTP/1.1 400 Bad Request\r\n\r\n",
        "*2\r\n$-1\r\n+another's answer\r\n",
    ] {
        let proxy = TcpProxy::to(redis.port());
        let store = store(&proxy, "", 0);
        store.load(ACCOUNT).await.unwrap();
        proxy.spoil(Spoilt::Answers(answer));
        assert!(store.load(ACCOUNT).await.is_ok(), "{answer}");
        assert_eq!(proxy.accepted(), 2, "{answer}");
    }
}

#[tokio::test]
async fn a_connection_that_went_silent_costs_one_operation() {
    let Some(redis) = RedisServer::start() else { return };
    let proxy = TcpProxy::to(redis.port());
    let store = store(&proxy, "", 0);
    write(&store).await.unwrap();
    proxy.spoil(Spoilt::Silent);
    let error = write(&store).await.unwrap_err();
    assert_eq!(error, "Redis has not answered within 500 ms");
    write(&store).await.unwrap();
}

#[tokio::test]
async fn an_operation_that_its_caller_gave_up_leaves_no_silent_connection_behind() {
    let Some(redis) = RedisServer::start() else { return };
    let proxy = TcpProxy::to(redis.port());
    let store = store(&proxy, "", 0);
    write(&store).await.unwrap();
    proxy.spoil(Spoilt::Silent);
    let hasty = Duration::from_millis(50);
    assert!(tokio::time::timeout(hasty, write(&store)).await.is_err());
    write(&store).await.unwrap();
}

#[test]
fn a_store_that_was_first_used_in_a_runtime_that_ended_works_in_another() {
    let Some(redis) = RedisServer::start() else { return };
    let proxy = TcpProxy::to(redis.port());
    let store = store(&proxy, "", 0);
    for _ in 0..3 {
        Runtime::new().unwrap().block_on(write(&store)).unwrap();
    }
}

#[test]
fn a_store_that_was_first_used_in_a_runtime_that_nobody_drives_works_in_another() {
    let Some(redis) = RedisServer::start() else { return };
    let proxy = TcpProxy::to(redis.port());
    let store = store(&proxy, "", 0);
    let idle: Vec<Runtime> = (0..3)
        .map(|_| {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(write(&store)).unwrap();
            runtime
        })
        .collect();
    Runtime::new().unwrap().block_on(write(&store)).unwrap();
    idle[0].block_on(write(&store)).unwrap();
}

#[tokio::test]
async fn many_operations_at_once_share_one_connection_and_one_replacement() {
    let Some(redis) = RedisServer::start() else { return };
    let proxy = TcpProxy::to(redis.port());
    let store = store(&proxy, "", 0);
    let all_at_once = || async {
        let one = |store: RedisStore| async move { store.load(ACCOUNT).await.is_ok() };
        let work: JoinSet<bool> = (0..100).map(|_| one(store.clone())).collect();
        assert!(work.join_all().await.into_iter().all(|succeeded| succeeded));
    };
    all_at_once().await;
    assert_eq!(proxy.accepted(), 1);
    redis.command("CLIENT KILL TYPE normal");
    all_at_once().await;
    assert!(proxy.accepted() <= 3, "{}", proxy.accepted());
}

#[tokio::test]
async fn a_redis_that_stays_away_is_not_stormed() {
    let Some(redis) = RedisServer::start() else { return };
    let proxy = TcpProxy::to(free_port());
    let store = store(&proxy, "", 0);
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(1) {
        store.invalidate(ACCOUNT, &Secret::new("T")).await.unwrap_err();
    }
    assert!((5..=40).contains(&proxy.accepted()), "{}", proxy.accepted());
    proxy.point_at(redis.port());
    store.load(ACCOUNT).await.unwrap();
}
