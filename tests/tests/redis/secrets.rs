//! A password, a token and a secret that must never be seen, while the token store fails in every way.
#![expect(clippy::unwrap_used, reason = "a test that unwraps says where it failed")]

use std::error::Error as StdError;
use std::fmt::Write;
use std::io;
use std::sync::{Arc, Mutex};

use tracing_subscriber::filter::LevelFilter;
use wechat_bizwifi::testing::{Endpoint, TestServer};
use wechat_bizwifi::token::RedisStore;
use wechat_bizwifi::{Client, Error, GetCouponPlacement};
use wechat_bizwifi_tests::{OwnProcess, RedisServer};

async fn get(client: &Client) -> Result<(), Error> {
    client.get_coupon_placement(&GetCouponPlacement::new(429_620)).await.map(drop)
}

#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<u8>>>);

impl io::Write for Seen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_password_token_or_secret_is_seen_whatever_fails() {
    let Some(mut redis) = RedisServer::start() else { return };
    // It listens to everything that is logged, so nothing else may run beside it.
    if OwnProcess::of(no_password_token_or_secret_is_seen_whatever_fails).has_run() {
        return;
    }
    let seen = Seen::default();
    let writer = seen.clone();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();
    let server = TestServer::start().await.unwrap();
    let url = redis.url().replace("redis://", "redis://:CANARY@");
    let mut shown = String::new();
    let with = |shown: &mut String, url: &str| {
        let builder = RedisStore::builder(url).unwrap().encryption_key([67; 32]);
        write!(shown, "{builder:?}").unwrap();
        let store = builder.build();
        write!(shown, "{store:?}").unwrap();
        server.client_builder().token_store(store)
    };
    let wrong = RedisStore::builder("redis//:CANARY@h").unwrap_err();
    write!(shown, "{wrong} {wrong:?} {:?}", wrong.source()).unwrap();
    get(&with(&mut shown, &redis.url()).build().unwrap()).await.unwrap();
    for trouble in ["CONFIG SET maxmemory 1", "REPLICAOF 127.0.0.1 1", "FLUSHALL", "PING"] {
        redis.command(trouble);
        for url in [&url, &redis.url()] {
            let builder = with(&mut shown, url);
            write!(shown, "{builder:?}").unwrap();
            get(&builder.build().unwrap()).await.unwrap();
        }
    }
    redis.kill();
    let client = with(&mut shown, &url).build().unwrap();
    server.fault(Endpoint::STABLE_TOKEN).always().reply_code(-1);
    let error = get(&client).await.unwrap_err();
    let mut cause: Option<&dyn StdError> = Some(&error);
    while let Some(error) = cause {
        write!(shown, "{error} {error:?}").unwrap();
        cause = error.source();
    }
    let text = shown + &String::from_utf8_lossy(&seen.0.lock().unwrap());
    assert!(text.contains("the token store failed") && text.contains("Redis is out of reach"));
    assert!(text.contains("the token store is out of reach as well"), "{text}");
    assert!(text.contains("from=\"wechat, without the store\""));
    for canary in ["CANARY", server.secret().expose(), server.token().expose()] {
        assert!(!text.contains(canary), "{canary} is seen in {text}");
    }
}
