//! Several processes of one account that share a token in Redis:
//!
//! ```text
//! REDIS_URL=redis://127.0.0.1:6379 cargo run --example redis-fleet --features redis
//! ```
//!
//! Without `REDIS_URL` it starts a `redis-server` of its own, if there is one.

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::env;
use std::error::Error;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use wechat_bizwifi::testing::{Endpoint, TestServer};
use wechat_bizwifi::token::RedisStore;
use wechat_bizwifi::{Client, GetCouponPlacement};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Redis, ended with the example if it was begun by it.
struct Redis {
    url: String,
    process: Option<Child>,
}

impl Redis {
    fn find() -> Result<Self> {
        if let Ok(url) = env::var("REDIS_URL") {
            return Ok(Self { url, process: None });
        }
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let arguments = ["--port", &port.to_string(), "--save", "", "--appendonly", "no"];
        let process = Command::new("redis-server").args(arguments).stdout(Stdio::null()).spawn()?;
        std::thread::sleep(Duration::from_millis(500));
        Ok(Self { url: format!("redis://127.0.0.1:{port}"), process: Some(process) })
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            // It may have ended by itself.
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let Ok(redis) = Redis::find() else {
        println!("skipped: there is no redis-server here, and REDIS_URL is not set");
        return Ok(());
    };
    let server = TestServer::start().await?;
    // Each client is a process of the fleet: the store is all that they share.
    let fleet: Vec<Client> = (0..10).map(|_| instance(&redis, &server)).collect::<Result<_>>()?;

    for (number, client) in (1..).zip(&fleet) {
        client.get_coupon_placement(&GetCouponPlacement::new(number)).await?;
    }
    println!("{} processes, {} token(s)", fleet.len(), server.tokens_issued());
    assert_eq!(server.call_count(Endpoint::STABLE_TOKEN), 1);

    // The token is refused: one process replaces it, for all.
    server.revoke_tokens();
    for (number, client) in (1..).zip(&fleet) {
        client.get_coupon_placement(&GetCouponPlacement::new(number)).await?;
    }
    println!("after a refusal: {} token(s)", server.tokens_issued());
    assert_eq!(server.tokens_issued(), 2);
    Ok(())
}

fn instance(redis: &Redis, server: &TestServer) -> Result<Client> {
    let store = RedisStore::builder(&redis.url)?
        .prefix(format!("example:{}", std::process::id()))
        .encryption_key([7; 32])
        .build();
    Ok(server.client_builder().token_store(store).processes(10).build()?)
}

#[test]
fn it_runs() {
    assert!(main().is_ok());
}
