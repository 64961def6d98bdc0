//! Tokens over real sockets: how often they are fetched, and what becomes of the calls meanwhile.
#![expect(clippy::unwrap_used, reason = "a test that unwraps says where it failed")]

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use wechat_bizwifi::testing::{Endpoint, TestServer};
use wechat_bizwifi::token::TokenEndpoint;
use wechat_bizwifi::{
    CallOptions, Client, Clock, Error, ErrorKind, GetCouponPlacement, ReturnCode,
};
use wechat_bizwifi_tests::OwnProcess;

const STORE: i64 = 429_620;
const CALLS: u64 = 1000;

/// Whether this process may open the files that `CALLS` connections take at both their ends. If
/// not, runs the test in one that may, as far as the system lets it.
fn has_room(test: impl Fn()) -> bool {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let files = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let soft = files.and_then(|line| line.split_whitespace().next()?.parse().ok());
    soft.is_none_or(|soft: u64| soft > 4 * CALLS)
        || !OwnProcess::of(test).open_files(4 * CALLS + 1).has_run()
}

/// The time for a thousand connections, on a machine that is busy with other tests too.
const LONG: Duration = Duration::from_mins(5);

fn patient(server: &TestServer) -> Client {
    let builder = server.client_builder().connect_timeout(LONG).attempt_timeout(LONG);
    builder.timeout(LONG).build().unwrap()
}

/// Starts `CALLS` calls; the set ends with their results.
fn many(client: &Client) -> JoinSet<Result<(), Error>> {
    (0..CALLS)
        .map(|_| {
            let client = client.clone();
            async move { client.get_coupon_placement(&GetCouponPlacement::new(STORE)).await.map(drop) }
        })
        .collect()
}

async fn get(client: &Client) -> Result<(), Error> {
    client.get_coupon_placement(&GetCouponPlacement::new(STORE)).await.map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_calls_on_a_cold_cache_fetch_one_token() {
    if !has_room(a_thousand_calls_on_a_cold_cache_fetch_one_token) {
        return;
    }
    let server = TestServer::start().await.unwrap();
    let gate = server.fault(Endpoint::STABLE_TOKEN).hold();
    let calls = many(&patient(&server));
    server.wait_for_calls(Endpoint::STABLE_TOKEN, 1).await;
    gate.open();
    for result in calls.join_all().await {
        result.unwrap();
    }
    assert_eq!(server.call_count(Endpoint::STABLE_TOKEN), 1);
    assert_eq!(server.call_count(Endpoint::GET_COUPON_PLACEMENT), CALLS);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_calls_whose_token_is_refused_refresh_it_once_and_are_each_replayed_once() {
    if !has_room(a_thousand_calls_whose_token_is_refused_refresh_it_once_and_are_each_replayed_once)
    {
        return;
    }
    let server = TestServer::start().await.unwrap();
    let client = patient(&server);
    get(&client).await.unwrap();
    let old = server.token();
    server.clear_calls();
    // Every call is held until all have arrived with the old token, and then refused.
    let gate = server.fault(Endpoint::GET_COUPON_PLACEMENT).times(CALLS).hold();
    let calls = many(&client);
    server.wait_for_calls(Endpoint::GET_COUPON_PLACEMENT, CALLS).await;
    server.expire_tokens();
    gate.open();
    for result in calls.join_all().await {
        result.unwrap();
    }
    assert_eq!(server.call_count(Endpoint::STABLE_TOKEN), 1);
    let sent = server.calls_to(Endpoint::GET_COUPON_PLACEMENT);
    assert_eq!(sent.len() as u64, 2 * CALLS);
    let (with_old, with_new): (Vec<_>, Vec<_>) =
        sent.iter().partition(|call| call.carries_token(&old));
    assert_eq!((with_old.len() as u64, with_new.len() as u64), (CALLS, CALLS));
    assert!(with_new.iter().all(|call| call.carries_token(&server.token())));
    assert!(sent.iter().all(|call| call.body() == br#"{"shop_id":429620}"#));
}

#[tokio::test]
async fn a_token_refused_for_ever_is_two_sends_and_one_clear_error() {
    let server = TestServer::start().await.unwrap();
    let client = server.client_builder().build().unwrap();
    server.fault(Endpoint::GET_COUPON_PLACEMENT).always().reply_code(40_001);
    let error = get(&client).await.unwrap_err();
    assert_eq!(server.call_count(Endpoint::GET_COUPON_PLACEMENT), 2);
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Auth, 2));
    assert_eq!(error.code(), Some(ReturnCode::new(40_001)));
}

#[tokio::test]
async fn a_revoked_token_that_is_handed_back_is_replaced_by_force_once_in_thirty_seconds() {
    let server = TestServer::start().await.unwrap();
    let client = server.client_builder().build().unwrap();
    get(&client).await.unwrap();
    let forced = || {
        let fetches = server.calls_to(Endpoint::STABLE_TOKEN);
        fetches.iter().filter(|call| call.json()["force_refresh"] == true).count()
    };
    server.revoke_tokens();
    get(&client).await.unwrap();
    assert_eq!(forced(), 1);
    server.revoke_tokens();
    let error = get(&client).await.unwrap_err();
    assert_eq!(error.code(), Some(ReturnCode::new(40_001)));
    assert_eq!(forced(), 1);
}

#[tokio::test]
async fn a_wrong_secret_is_told_after_one_fetch() {
    let server = TestServer::start().await.unwrap();
    let wrong = wechat_bizwifi::Credentials::new("wx0123456789abcdef", "wrong");
    let client = Client::builder(wrong).base_url(server.base_url()).build().unwrap();
    let error = get(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Auth, 0));
    assert_eq!(server.call_count(Endpoint::STABLE_TOKEN), 1);
    assert_eq!(server.call_count(Endpoint::GET_COUPON_PLACEMENT), 0);
}

#[tokio::test]
async fn both_token_endpoints_and_a_fixed_token_work() {
    let server = TestServer::start().await.unwrap();
    let legacy = server.credentials().token_endpoint(TokenEndpoint::Legacy);
    let client = Client::builder(legacy).base_url(server.base_url()).build().unwrap();
    get(&client).await.unwrap();
    assert_eq!(server.call_count(Endpoint::TOKEN), 1);
    assert_eq!(server.call_count(Endpoint::STABLE_TOKEN), 0);
    let fixed = wechat_bizwifi::Auth::fixed(server.token());
    let client = Client::builder(fixed).base_url(server.base_url()).build().unwrap();
    get(&client).await.unwrap();
    assert_eq!(server.call_count(Endpoint::ANY), 3);
}

/// Real time, and what a test puts on top of it.
#[derive(Clone, Debug, Default)]
struct Ahead(Arc<Mutex<Duration>>);

impl Ahead {
    fn advance(&self, time: Duration) {
        *self.0.lock().unwrap() += time;
    }
}

impl Clock for Ahead {
    fn now(&self) -> Instant {
        Instant::now() + *self.0.lock().unwrap()
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(tokio::time::sleep(time))
    }
}

/// A server, and a client whose token has expired since: both go by the clock.
async fn after_expiry() -> (TestServer, Client) {
    let (server, clock) = (TestServer::start().await.unwrap(), Ahead::default());
    server.clock().follow(clock.clone());
    let client = server.client_builder().clock(clock.clone()).build().unwrap();
    get(&client).await.unwrap();
    clock.advance(Duration::from_hours(2));
    server.clear_calls();
    (server, client)
}

async fn twenty(client: &Client) {
    let calls = (0..20).map(|_| get_owned(client.clone())).collect::<JoinSet<_>>();
    for result in calls.join_all().await {
        result.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_token_endpoint_down_after_expiry_each_call_fails_at_its_own_deadline() {
    let (server, client) = after_expiry().await;
    server.fault(Endpoint::STABLE_TOKEN).always().hang();
    let calls: JoinSet<_> = (1..=20)
        .map(|number| {
            let limit = Duration::from_millis(50 * number);
            let hurried = client.with(CallOptions::new().timeout(limit));
            async move {
                let began = Instant::now();
                (limit, get(&hurried).await.unwrap_err(), began.elapsed())
            }
        })
        .collect();
    for (limit, error, took) in calls.join_all().await {
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0));
        assert!(took >= limit && took < limit + Duration::from_secs(5), "{limit:?}: {took:?}");
    }
    // One fetch was under way for all of them, and none was sent with the token that is over.
    assert_eq!(server.call_count(Endpoint::STABLE_TOKEN), 1);
    assert_eq!(server.call_count(Endpoint::GET_COUPON_PLACEMENT), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_token_endpoint_is_back_after_expiry_one_fetch_serves_all_that_follow() {
    let (server, client) = after_expiry().await;
    server.fault(Endpoint::STABLE_TOKEN).always().hang();
    let hurried = client.with(CallOptions::new().timeout(Duration::from_millis(50)));
    let calls = (0..20).map(|_| get_owned(hurried.clone())).collect::<JoinSet<_>>();
    assert!(calls.join_all().await.iter().all(Result::is_err));
    server.clear_faults();
    server.clear_calls();
    twenty(&client).await;
    twenty(&client).await;
    assert_eq!(server.call_count(Endpoint::STABLE_TOKEN), 1);
    let sent = server.calls_to(Endpoint::GET_COUPON_PLACEMENT);
    assert_eq!(sent.len(), 40);
    assert!(sent.iter().all(|call| call.carries_token(&server.token())));
}

async fn get_owned(client: Client) -> Result<(), Error> {
    get(&client).await
}

#[tokio::test]
async fn a_token_that_is_expired_when_it_arrives_serves_its_call_and_is_not_kept() {
    let server = TestServer::start().await.unwrap();
    for life in [0, -1, i64::MIN] {
        let client = server.client_builder().build().unwrap();
        let token = server.token();
        let reply = serde_json::json!({ "access_token": token.expose(), "expires_in": life });
        server.fault(Endpoint::STABLE_TOKEN).times(2).reply_json(&reply);
        server.clear_calls();
        get(&client).await.unwrap();
        get(&client).await.unwrap();
        assert_eq!(server.call_count(Endpoint::STABLE_TOKEN), 2, "{life}");
    }
}
