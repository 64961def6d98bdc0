//! Tokens over real sockets: how often they are fetched, and what becomes of the calls meanwhile.
#![expect(clippy::unwrap_used, reason = "a test that unwraps says where it failed")]

use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use wechat_bizwifi::testing::{Endpoint, TestServer};
use wechat_bizwifi::token::{
    MemoryStore, StoredToken, Token, TokenEndpoint, TokenFuture, TokenRequest, TokenSource,
    TokenStore,
};
use wechat_bizwifi::{
    Auth, CallOptions, Client, Clock, CodeClass, Error, ErrorKind, GetCouponPlacement, ReturnCode,
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
const LONG: Duration = Duration::from_secs(5 * 60);

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
async fn a_wrong_secret_is_reported_after_one_fetch() {
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
    let fixed = Auth::fixed(server.token());
    let client = Client::builder(fixed).base_url(server.base_url()).build().unwrap();
    get(&client).await.unwrap();
    assert_eq!(server.call_count(Endpoint::ANY), 3);
}

/// Real time, and what a test puts on top of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ahead(Arc<Mutex<Duration>>);

impl Ahead {
    pub(crate) fn advance(&self, time: Duration) {
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
    clock.advance(Duration::from_secs(2 * 3600));
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
async fn when_the_token_endpoint_is_slow_after_expiry_one_fetch_serves_all_that_follow() {
    let (server, client) = after_expiry().await;
    let gate = server.fault(Endpoint::STABLE_TOKEN).hold();
    let hurried = client.with(CallOptions::new().timeout(Duration::from_millis(50)));
    let calls = (0..20).map(|_| get_owned(hurried.clone())).collect::<JoinSet<_>>();
    assert!(calls.join_all().await.iter().all(Result::is_err));
    gate.open();
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

#[tokio::test]
async fn an_empty_token_is_an_error_and_neither_sent_nor_kept() {
    let server = TestServer::start().await.unwrap();
    let client = server.client_builder().build().unwrap();
    for token in ["", " ", "\t\r\n"] {
        server.clear_calls();
        let reply = serde_json::json!({ "access_token": token, "expires_in": 7200 });
        server.fault(Endpoint::STABLE_TOKEN).reply_json(&reply);
        let error = get(&client).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Auth, 0));
        let reason = std::error::Error::source(&error).unwrap().to_string();
        assert!(reason.contains("is empty"), "{reason}");
        assert_eq!(server.call_count(Endpoint::GET_COUPON_PLACEMENT), 0);
    }
    get(&client).await.unwrap();
}

#[tokio::test]
async fn what_is_no_token_in_a_store_is_none_and_one_that_was_fetched_is_not_put_there() {
    let two_hours = Duration::from_secs(2 * 3600);
    for text in [" ", "T0KEN\n", "T0KEN\r\nHost: elsewhere", &"T0KEN".repeat(4000)] {
        let server = TestServer::start().await.unwrap();
        let store = MemoryStore::new();
        let lock = store.lock("wx0123456789abcdef", Duration::from_secs(1)).await.unwrap();
        let none = StoredToken::new(text, two_hours, two_hours);
        assert!(store.save("wx0123456789abcdef", &none, lock.unwrap()).await.unwrap());
        let client = server.client_builder().token_store(store.clone()).build().unwrap();
        let reply = serde_json::json!({ "access_token": text, "expires_in": 7200 });
        server.fault(Endpoint::STABLE_TOKEN).reply_json(&reply);
        assert_eq!(get(&client).await.unwrap_err().kind(), ErrorKind::Auth);
        get(&client).await.unwrap();
        assert_eq!(server.call_count(Endpoint::STABLE_TOKEN), 2, "{text:?}");
        let stored = store.load("wx0123456789abcdef").await.unwrap().unwrap();
        assert_eq!(stored.token(), &server.token());
    }
}

#[tokio::test]
async fn a_call_that_arrives_without_its_token_is_sent_once_more_with_another() {
    let server = TestServer::start().await.unwrap();
    let client = server.client_builder().build().unwrap();
    get(&client).await.unwrap();
    server.revoke_tokens();
    server.fault(Endpoint::GET_COUPON_PLACEMENT).reply_code(41_001);
    get(&client).await.unwrap();
    server.fault(Endpoint::GET_COUPON_PLACEMENT).always().reply_code(41_001);
    let error = get(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.class()), (ErrorKind::Auth, Some(CodeClass::Token)));
}

/// A company's token service, which has one token and then fails.
#[derive(Debug, Default)]
struct Company {
    token: Option<wechat_bizwifi::Secret>,
    asked: Arc<AtomicUsize>,
}

/// What its client reports.
#[derive(Debug, PartialEq, Eq)]
struct ServiceError(u16);

impl std::fmt::Display for ServiceError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "the token service answered {}", self.0)
    }
}

impl std::error::Error for ServiceError {}

impl TokenSource for Company {
    fn fetch<'a>(&'a self, _: TokenRequest<'a>) -> TokenFuture<'a> {
        let number = self.asked.fetch_add(1, SeqCst);
        let token = self.token.clone().filter(|_| number == 0);
        let token = token.map(|token| Token::new(token, Duration::from_secs(2 * 3600)));
        Box::pin(std::future::ready(token.ok_or_else(|| ServiceError(500).into())))
    }
}

#[tokio::test]
async fn a_source_that_fails_is_reported_with_its_own_error_and_asked_once_a_call() {
    let server = TestServer::start().await.unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let source = Company { token: Some(server.token()), asked: asked.clone() };
    let client = Client::builder(Auth::source(source)).base_url(server.base_url()).build();
    let client = client.unwrap();
    get(&client).await.unwrap();
    server.revoke_tokens();
    for calls in 1..=3 {
        server.clear_calls();
        let error = get(&client).await.unwrap_err();
        let own = std::error::Error::source(&error).unwrap().downcast_ref::<ServiceError>();
        assert_eq!(own, Some(&ServiceError(500)));
        assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Auth, true));
        assert_eq!(
            error.to_string(),
            "getCouponPlacement: no access token could be obtained: the token source failed"
        );
        // Sent once, and refused: the code says that it had no effect.
        assert_eq!(error.code(), Some(ReturnCode::new(40_001)));
        assert_eq!(server.call_count(Endpoint::GET_COUPON_PLACEMENT), 1);
        assert_eq!(asked.load(SeqCst), 1 + calls);
    }
}

#[tokio::test]
async fn a_source_that_never_had_a_token_is_reported_with_its_own_error() {
    let server = TestServer::start().await.unwrap();
    let client = Client::builder(Auth::source(Company::default())).base_url(server.base_url());
    let error = get(&client.build().unwrap()).await.unwrap_err();
    let own = std::error::Error::source(&error).unwrap().downcast_ref::<ServiceError>();
    assert_eq!(own, Some(&ServiceError(500)));
    assert_eq!((error.kind(), error.code(), error.attempts()), (ErrorKind::Auth, None, 0));
    assert!(error.is_retryable() && !error.may_have_been_sent());
    assert_eq!(server.call_count(Endpoint::ANY), 0);
}

/// A source whose error is one of this crate's.
#[derive(Debug)]
struct Throttled;

impl TokenSource for Throttled {
    fn fetch<'a>(&'a self, _: TokenRequest<'a>) -> TokenFuture<'a> {
        Box::pin(async {
            let server = TestServer::start().await?;
            server.fault(Endpoint::STABLE_TOKEN).reply_code(45_009);
            get(&server.client_builder().build()?).await?;
            Ok(Token::lasting("never had"))
        })
    }
}

#[tokio::test]
async fn a_source_whose_error_is_one_of_this_crate_passes_on_its_kind() {
    let client = Client::builder(Auth::source(Throttled)).base_url("http://127.0.0.1:9").build();
    let error = get(&client.unwrap()).await.unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Throttled, false));
    assert_eq!(error.code(), Some(ReturnCode::new(45_009)));
}
