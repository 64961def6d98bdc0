//! The token store in a cluster, behind sentinels, and over TLS.
#![expect(clippy::unwrap_used, reason = "a test that unwraps says where it failed")]

use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use redis::cluster::ClusterClient;
use redis::sentinel::{SentinelClient, SentinelServerType};
use wechat_bizwifi::token::{RedisStore, TokenStore};
use wechat_bizwifi_tests::{OwnProcess, RedisServer, free_port};

use super::store::keeps_the_contract;

const ACCOUNT: &str = "wx0123456789abcdef";
const LIFE: Duration = Duration::from_millis(1);

/// Waits until it is so.
fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(30), "not within 30 s: {what}");
        sleep(Duration::from_millis(20));
    }
}

async fn write(store: &RedisStore) -> Result<(), String> {
    let taken = store.lock(ACCOUNT, LIFE).await.map_err(|error| error.to_string())?;
    match taken {
        Some(lock) => store.unlock(ACCOUNT, lock).await.map_err(|error| error.to_string()),
        None => Ok(()),
    }
}

/// Three masters with a replica each.
fn cluster() -> Option<Vec<RedisServer>> {
    let mut nodes = Vec::new();
    for _ in 0..6 {
        let bus = free_port().to_string();
        let settings =
            ["--cluster-enabled", "yes", "--cluster-port", &bus, "--cluster-node-timeout", "2000"];
        nodes.push(RedisServer::start_with(&settings)?);
    }
    let addresses = nodes.iter().map(|node| format!("127.0.0.1:{}", node.port()));
    let output = Command::new("redis-cli")
        .args(["--cluster", "create", "--cluster-yes", "--cluster-replicas", "1"])
        .args(addresses)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    wait_until("the cluster is ready", || {
        nodes.iter().all(|node| {
            node.command("CLUSTER INFO").contains("cluster_state:ok")
                && node.command("CLUSTER NODES").matches("slave").count() == 3
        })
    });
    Some(nodes)
}

/// The places in the list of the master that has the account's keys, and of its replica.
fn responsible(nodes: &[RedisServer]) -> (usize, usize) {
    let slot = nodes[0].command(&format!("CLUSTER KEYSLOT x:{{{ACCOUNT}}}:lock"));
    let slot: u16 = slot.parse().unwrap();
    let said = nodes[0].command("CLUSTER NODES");
    let lines: Vec<Vec<&str>> = said.lines().map(|line| line.split(' ').collect()).collect();
    let has_slot = |line: &&Vec<&str>| {
        let range = line.get(8).and_then(|range| range.split_once('-'));
        range
            .is_some_and(|(from, to)| (from.parse().unwrap()..=to.parse().unwrap()).contains(&slot))
    };
    let place = |line: &[&str]| {
        nodes.iter().position(|node| line[1].contains(&format!(":{}@", node.port()))).unwrap()
    };
    let master = lines.iter().find(has_slot).unwrap();
    let replica = lines.iter().find(|line| line[3] == master[0]).unwrap();
    (place(master), place(replica))
}

#[tokio::test]
async fn a_cluster_keeps_the_contract_and_a_master_of_it_may_be_killed() {
    let Some(mut nodes) = cluster() else { return };
    let addresses: Vec<String> = nodes.iter().map(RedisServer::url).collect();
    let cluster = ClusterClient::new(addresses).unwrap();
    let store = RedisStore::connect_with(move || {
        let cluster = cluster.clone();
        async move { cluster.get_async_connection().await }
    });
    let store = store.timeout(Duration::from_secs(1)).build();
    keeps_the_contract(&store).await;

    let (master, replica) = responsible(&nodes);
    let address = format!(":{}@", nodes[replica].port());
    nodes[master].kill();
    write(&store).await.unwrap_err();
    wait_until("the replica is promoted", || {
        nodes[replica].command("CLUSTER FAILOVER TAKEOVER");
        nodes[replica].command("ROLE").starts_with("master")
    });
    nodes.remove(master);
    wait_until("every node has heard of it", || {
        let promoted = |line: &str| line.contains(&address) && line.contains("master");
        nodes.iter().all(|node| node.command("CLUSTER NODES").lines().any(promoted))
    });
    write(&store).await.unwrap();
}

#[tokio::test]
async fn sentinels_name_the_master_and_after_its_death_the_next_one() {
    let Some(mut master) = RedisServer::start() else { return };
    let replica = RedisServer::start().unwrap();
    replica.command(&format!("REPLICAOF 127.0.0.1 {}", master.port()));
    wait_until("the replica is linked", || replica.command("ROLE").contains("connected"));
    let sentinel = master.sentinel();
    wait_until("the sentinel knows the replica", || {
        sentinel.command("SENTINEL REPLICAS main").contains(&replica.port().to_string())
    });
    let address = sentinel.url();
    let store = RedisStore::connect_with(move || {
        let addresses = vec![address.clone()];
        async move {
            let kind = SentinelServerType::Master;
            let mut sentinels = SentinelClient::build(addresses, "main", None, kind)?;
            sentinels.get_async_connection().await
        }
    });
    let store = store.build();
    keeps_the_contract(&store).await;

    master.kill();
    write(&store).await.unwrap_err();
    wait_until("the replica is promoted", || replica.command("ROLE").starts_with("master"));
    wait_until("the sentinel names it", || {
        sentinel.command("SENTINEL MASTERS").contains(&format!("port\n{}\n", replica.port()))
    });
    write(&store).await.unwrap();
}

/// A certificate for this machine, and its key, as files.
fn certificate() -> (String, String) {
    let directory = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let signed = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let file = |name: &str, text: String| {
        let path = directory.join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let key = file("redis-key.pem", signed.signing_key.serialize_pem());
    (file("redis-certificate.pem", signed.cert.pem()), key)
}

/// The variables that tell the process of its own where Redis is.
const TRUSTED: &str = "SSL_CERT_FILE";
const PORT: &str = "REDIS_TLS_PORT";

#[test]
fn an_address_with_tls_is_spoken_to_with_tls_if_its_certificate_is_trusted() {
    let test = an_address_with_tls_is_spoken_to_with_tls_if_its_certificate_is_trusted;
    if let Ok(port) = std::env::var(PORT) {
        return over_tls(&port);
    }
    let (certificate, key) = certificate();
    let port = free_port().to_string();
    let settings = [
        "--tls-port",
        &port,
        "--tls-cert-file",
        &certificate,
        "--tls-key-file",
        &key,
        "--tls-ca-cert-file",
        &certificate,
        "--tls-auth-clients",
        "no",
    ];
    let Some(_redis) = RedisServer::start_with(&settings) else { return };
    for trusted in [certificate.as_str(), "/dev/null"] {
        assert!(OwnProcess::of(test).env(PORT, &port).env(TRUSTED, trusted).has_run());
    }
}

/// Another process has been told which certificates to trust.
fn over_tls(port: &str) {
    let store = RedisStore::builder(&format!("rediss://localhost:{port}/0")).unwrap();
    let store = store.timeout(Duration::from_secs(1)).build();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    if std::env::var(TRUSTED).unwrap() == "/dev/null" {
        let error = runtime.block_on(write(&store)).unwrap_err();
        assert!(error.contains("out of reach"), "{error}");
    } else {
        runtime.block_on(keeps_the_contract(&store));
    }
}
