//! The blocking client, outside and inside of runtimes.
#![expect(clippy::unwrap_used, reason = "a test that unwraps says where it failed")]

use std::error::Error as _;
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::Builder;
use tracing::Subscriber;
use tracing::span::Id;
use tracing_subscriber::layer::{self, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use wechat_bizwifi::testing::{Endpoint, TestServer};
use wechat_bizwifi::token::{Token, TokenFuture, TokenRequest, TokenSource};
use wechat_bizwifi::{Auth, CallOptions, ErrorKind, GetCouponPlacement, Secret, blocking};
use wechat_bizwifi_tests::OwnProcess;

fn call(server: &TestServer) -> blocking::Client {
    let client = blocking::Client::builder(server.credentials()).base_url(server.base_url());
    let client = client.build().unwrap();
    assert_eq!(client.get_coupon_placement(&GetCouponPlacement::new(1)).unwrap(), None);
    client
}

#[test]
fn it_works_without_a_runtime() {
    let server = TestServer::start_blocking().unwrap();
    let client = call(&server);
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            thread::spawn(move || client.get_coupon_placement(&GetCouponPlacement::new(1)))
        })
        .collect();
    for thread in threads {
        thread.join().unwrap().unwrap();
    }
}

#[tokio::test(flavor = "current_thread")]
async fn it_works_and_is_dropped_inside_a_runtime_of_one_thread() {
    let server = TestServer::start_blocking().unwrap();
    drop(call(&server));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_works_and_is_dropped_inside_a_runtime_of_many_threads() {
    let server = TestServer::start_blocking().unwrap();
    drop(call(&server));
    let moved = call(&server);
    tokio::task::spawn_blocking(move || drop(moved)).await.unwrap();
}

/// What fails is said once: whoever goes on all the same does not ask for the same page for ever.
#[test]
fn pages_end_with_the_first_that_cannot_be_read() {
    let server = TestServer::start_blocking().unwrap();
    for shop in 1..=30 {
        server.add_shop(shop);
    }
    let client = call(&server);
    let fails = || server.fault(Endpoint::path("/bizwifi/shop/list")).reply_code(9_002_006);

    let mut pages = client.shops();
    assert_eq!(pages.next_page().unwrap().unwrap().len(), 20);
    fails();
    assert_eq!(pages.next_page().unwrap().unwrap_err().kind(), ErrorKind::Api);
    assert!(pages.next_page().is_none());

    fails();
    let mut items = client.shops();
    assert_eq!(items.next().unwrap().unwrap_err().kind(), ErrorKind::Api);
    assert!(items.next().is_none());
    assert_eq!(server.call_count(Endpoint::path("/bizwifi/shop/list")), 3);
}

#[test]
fn its_errors_are_those_of_the_async_client() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let auth = Auth::fixed("T");
    let client =
        blocking::Client::builder(auth).base_url(format!("http://{free}")).build().unwrap();
    let error = client.get_coupon_placement(&GetCouponPlacement::new(1)).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3));
    let error = blocking::Client::builder(Auth::fixed("T"))
        .base_url("http://example.com")
        .build()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
}

#[test]
fn any_number_of_calls_can_be_made_in_one_task() {
    let server = TestServer::start_blocking().unwrap();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let began = Instant::now();
    runtime.block_on(async {
        let client = call(&server);
        for _ in 0..300 {
            client.get_coupon_placement(&GetCouponPlacement::new(1)).unwrap();
        }
    });
    // A call that only the clock woke would take a tenth of a second; a busy machine takes some of that.
    assert!(began.elapsed() < Duration::from_secs(25), "{:?}", began.elapsed());
}

/// A layer that waits for its writer whenever the call has been polled, and so when its request has
/// just been sent. Whatever wakes the thread in that time is taken.
struct Waits;

impl<S: Subscriber> Layer<S> for Waits {
    fn on_exit(&self, _: &Id, _: layer::Context<'_, S>) {
        let end = Instant::now() + Duration::from_millis(30);
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            thread::park_timeout(left);
        }
    }
}

#[test]
fn a_log_layer_that_parks_the_thread_does_not_take_the_calls_wake_up() {
    let server = TestServer::start_blocking().unwrap();
    let client = call(&server);
    let _guard = tracing_subscriber::registry().with(Waits).set_default();
    for _ in 0..5 {
        let began = Instant::now();
        client.get_coupon_placement(&GetCouponPlacement::new(1)).unwrap();
        assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    }
}

/// A source that blocks its thread, as one does that uses a client without `async`.
#[derive(Debug)]
struct Blocks {
    time: Duration,
    token: Secret,
}

impl TokenSource for Blocks {
    fn fetch<'a>(&'a self, _: TokenRequest<'a>) -> TokenFuture<'a> {
        Box::pin(async {
            // What only a thread may do that no runtime runs.
            drop(Builder::new_current_thread().build()?);
            thread::sleep(self.time);
            Ok(Token::lasting(self.token.clone()))
        })
    }
}

fn blocking_source(server: &TestServer, time: Duration) -> blocking::Client {
    let source = Blocks { time, token: server.token() };
    let client = blocking::Client::builder(Auth::source(source)).base_url(server.base_url());
    client.build().unwrap()
}

#[test]
fn a_token_source_may_block() {
    let server = TestServer::start_blocking().unwrap();
    let client = blocking_source(&server, Duration::from_millis(50));
    client.get_coupon_placement(&GetCouponPlacement::new(1)).unwrap();
}

#[test]
fn a_call_keeps_its_deadline_while_the_token_source_blocks_and_its_token_is_found_later() {
    let server = TestServer::start_blocking().unwrap();
    let client = blocking_source(&server, Duration::from_secs(1));
    let hurried = client.with(CallOptions::new().timeout(Duration::from_millis(300)));
    let began = Instant::now();
    let error = hurried.get_coupon_placement(&GetCouponPlacement::new(1)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(began.elapsed() < Duration::from_millis(900), "{:?}", began.elapsed());
    client.get_coupon_placement(&GetCouponPlacement::new(1)).unwrap();
}

/// A source that has no token, and says which thread it runs in.
#[derive(Debug)]
struct NamesItsThread;

impl TokenSource for NamesItsThread {
    fn fetch<'a>(&'a self, _: TokenRequest<'a>) -> TokenFuture<'a> {
        Box::pin(async { Err(thread::current().name().unwrap_or_default().into()) })
    }
}

#[test]
fn a_token_source_runs_in_a_thread_with_a_name_of_its_own() {
    let client = blocking::Client::builder(Auth::source(NamesItsThread)).build().unwrap();
    let error = client.get_coupon_placement(&GetCouponPlacement::new(1)).unwrap_err();
    assert_eq!(error.source().unwrap().to_string(), "wechat-bizwifi-token");
}

/// A resolver that blocks whichever thread asks it: the one that serves the sockets.
struct BlocksTheSockets;

impl reqwest::dns::Resolve for BlocksTheSockets {
    fn resolve(&self, _: reqwest::dns::Name) -> reqwest::dns::Resolving {
        Box::pin(async {
            // Once more elsewhere, since the first poll is the caller's.
            let _ = tokio::spawn(async { thread::sleep(Duration::from_secs(2)) }).await;
            Err("it knows nobody".into())
        })
    }
}

#[test]
fn a_call_keeps_its_deadline_while_the_thread_of_the_sockets_is_blocked() {
    let http = reqwest::Client::builder().no_proxy().dns_resolver(BlocksTheSockets);
    let client = blocking::Client::builder(Auth::fixed("T"))
        .base_url("http://localhost:9")
        .http_client(http.build().unwrap())
        .timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    let began = Instant::now();
    let error = client.get_coupon_placement(&GetCouponPlacement::new(1)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(began.elapsed() < Duration::from_millis(1500), "{:?}", began.elapsed());
}

/// Forks; returns whether what the child did succeeded.
fn succeeds_in_a_child(work: impl FnOnce() -> bool) -> bool {
    match fork::fork().unwrap() {
        fork::Fork::Child => {
            let succeeded = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
            std::process::exit(i32::from(!succeeded.unwrap_or(false)))
        }
        fork::Fork::Parent(child) => {
            let status = fork::waitpid(child).unwrap();
            status == 0
        }
    }
}

#[test]
fn the_child_of_a_fork_works_and_so_does_its_parent() {
    // The other tests' threads would be forked in the middle of something.
    if OwnProcess::of(the_child_of_a_fork_works_and_so_does_its_parent).has_run() {
        return;
    }
    let server = TestServer::start_blocking().unwrap();
    let client = call(&server);
    let other = || {
        let builder = blocking::Client::builder(server.credentials()).base_url(server.base_url());
        builder.timeout(Duration::from_secs(3)).build().unwrap()
    };
    let (unused, fetching) = (other(), other());
    let gate = server.fault(Endpoint::STABLE_TOKEN).hold();
    let hurried = fetching.with(CallOptions::new().timeout(Duration::from_millis(50)));
    hurried.get_coupon_placement(&GetCouponPlacement::new(1)).unwrap_err();
    for client in [&client, &unused, &fetching] {
        let works = || {
            let began = Instant::now();
            let calls = || client.get_coupon_placement(&GetCouponPlacement::new(1)).is_ok();
            (0..3).all(|_| calls()) && began.elapsed() < Duration::from_secs(3)
        };
        assert!(succeeds_in_a_child(works));
    }
    gate.open();
    for client in [&client, &unused, &fetching] {
        client.get_coupon_placement(&GetCouponPlacement::new(1)).unwrap();
    }
}
