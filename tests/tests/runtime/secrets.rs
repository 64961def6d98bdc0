//! A token and a secret that must never be seen, through everything that can be printed.
#![expect(clippy::unwrap_used, reason = "a test that unwraps says where it failed")]

use std::error::Error as StdError;
use std::io::Write;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::format::FmtSpan;
use wechat_bizwifi::testing::{Endpoint, TestServer};
use wechat_bizwifi::token::{Token, TokenEndpoint, TokenFuture, TokenRequest, TokenSource};
use wechat_bizwifi::{
    Auth, CallOptions, Client, Credentials, Error, ErrorKind, GetCouponPlacement,
    GetStableAccessToken, Secret, SetCouponPlacement,
};
use wechat_bizwifi_tests::OwnProcess;

const APPID: &str = "wx0123456789abcdef";
/// Short, and of characters that a URL escapes, so that neither its length nor its look gives it
/// away.
const SECRET: &str = "CANARY+s3cret/of=ours";
/// As long as a real one, which is how a token is known in a reply that should not hold one.
const TOKEN: &str =
    "CANARY-t0ken_of-ours_0123456789_abcdefghijklmnopqrstuvwxyz_ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Where subscribers and tests write what anyone might see.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<u8>>>);

impl Write for Seen {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Seen {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }

    /// Everything that an error can be asked to show.
    fn error(&mut self, error: &Error) {
        writeln!(self, "{error} {error:?} {error:#?} {:?}", error.violations()).unwrap();
        let mut cause: Option<&dyn StdError> = Some(error);
        while let Some(error) = cause {
            writeln!(self, "{error} {error:?} {error:#?}").unwrap();
            cause = error.source();
        }
        let panic = std::panic::catch_unwind(AssertUnwindSafe(|| {
            let failed: Result<(), Error> = std::hint::black_box(Err(error.clone()));
            failed.unwrap();
        }));
        let message = panic.unwrap_err();
        writeln!(self, "{:?}", message.downcast_ref::<String>()).unwrap();
    }
}

fn get() -> GetCouponPlacement {
    GetCouponPlacement::new(1)
}

/// Meets every kind of error, and notes it.
async fn suffer(seen: &mut Seen, server: &TestServer, client: &Client) -> Vec<ErrorKind> {
    let mut kinds = Vec::new();
    let mut note = |error: Error| {
        seen.error(&error);
        kinds.push(error.kind());
    };
    let echo = format!(
        "no {SECRET} nor {TOKEN}, access_token={TOKEN} at https://h/?access_token={TOKEN}&secret={SECRET}"
    );
    for code in [-1, 40_001, 40_125, 40_164, 45_009, 48_001, 9_008_001, 123] {
        for endpoint in [Endpoint::GET_COUPON_PLACEMENT, Endpoint::STABLE_TOKEN] {
            server.fault(endpoint).always().message(&*echo).reply_code(code);
            server.fault(Endpoint::STABLE_TOKEN).always().reply_json(&canary());
            let fresh = client_of(server);
            note(fresh.get_coupon_placement(&get()).await.unwrap_err());
            server.clear_faults();
        }
    }
    let bodies = [
        echo.clone(),
        format!("<html>{echo}</html>"),
        format!(
            "{{\"errcode\":0,\"data\":{{\"shop_id\":\"{TOKEN}\",\"card_status\":\"{SECRET}\"}}}}"
        ),
        format!("{{\"access_token\":\"{TOKEN}\",\"expires_in\":\"{SECRET}\"}}"),
        format!("{{\"access_token\":[\"{TOKEN}\"],\"secret\":\"{SECRET}\""),
    ];
    for body in bodies {
        for endpoint in [Endpoint::GET_COUPON_PLACEMENT, Endpoint::STABLE_TOKEN] {
            for status in [200, 400, 502] {
                server.fault(endpoint.clone()).always().status(status).reply_body(body.clone());
                server.fault(Endpoint::STABLE_TOKEN).always().reply_json(&canary());
                let fresh = client_of(server);
                if let Err(error) = fresh.get_coupon_placement(&get()).await {
                    note(error);
                }
                server.clear_faults();
            }
        }
    }
    server.fault(Endpoint::GET_COUPON_PLACEMENT).always().cut_within_reply();
    note(client.get_coupon_placement(&get()).await.unwrap_err());
    server.clear_faults();
    server.fault(Endpoint::GET_COUPON_PLACEMENT).always().hang();
    let hurried = client.with(CallOptions::new().timeout(Duration::from_millis(200)));
    note(hurried.get_coupon_placement(&get()).await.unwrap_err());
    server.clear_faults();
    note(dead().get_coupon_placement(&get()).await.unwrap_err());
    note(
        Client::builder(Auth::source(Talkative))
            .base_url(server.base_url())
            .build()
            .unwrap()
            .get_coupon_placement(&get())
            .await
            .unwrap_err(),
    );
    note(SetCouponPlacement::builder().build().unwrap_err().into());
    note(Client::builder(Credentials::new(APPID, format!("{SECRET}\n"))).build().unwrap_err());
    note(
        Client::builder(Auth::fixed(TOKEN))
            .base_url(format!("https://u:{SECRET}@h.example/?access_token={TOKEN}"))
            .build()
            .unwrap_err(),
    );
    kinds
}

/// The answer of a token endpoint that gives out the canary.
fn canary() -> serde_json::Value {
    serde_json::json!({ "access_token": TOKEN, "expires_in": 7200 })
}

/// A client that has no token yet.
fn client_of(server: &TestServer) -> Client {
    let credentials = Credentials::new(APPID, SECRET);
    Client::builder(credentials).base_url(server.base_url()).build().unwrap()
}

/// A client of a service that nobody runs.
fn dead() -> Client {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    Client::builder(Auth::fixed(TOKEN)).base_url(format!("http://{free}")).build().unwrap()
}

/// A source whose error holds no secret, since that is its own affair.
#[derive(Debug)]
struct Talkative;

impl TokenSource for Talkative {
    fn fetch<'a>(&'a self, request: TokenRequest<'a>) -> TokenFuture<'a> {
        let message = format!("{request:?} {:?}", Token::lasting(TOKEN));
        Box::pin(async move { Err(message.into()) })
    }
}

#[tokio::test]
async fn neither_token_nor_secret_is_ever_seen() {
    // It listens to everything that is logged, so nothing else may run beside it.
    if OwnProcess::of(neither_token_nor_secret_is_ever_seen).has_run() {
        return;
    }
    let mut seen = Seen::default();
    let writer = seen.clone();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_span_events(FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();

    let server = TestServer::builder().account(APPID, SECRET).start().await.unwrap();
    server.fault(Endpoint::STABLE_TOKEN).reply_json(&canary());
    server.fault(Endpoint::GET_COUPON_PLACEMENT).reply_body("{\"errcode\":0}");
    let client = client_of(&server);
    client.get_coupon_placement(&get()).await.unwrap();
    let kinds = suffer(&mut seen, &server, &client).await;
    let legacy = Credentials::new(APPID, SECRET).token_endpoint(TokenEndpoint::Legacy);
    let builder = Client::builder(legacy.clone()).base_url(server.base_url());
    writeln!(seen, "{builder:?} {legacy:?} {client:?} {:?}", Auth::from(legacy.clone())).unwrap();
    let client = builder.build().unwrap();
    client.get_coupon_placement(&get()).await.unwrap();
    let request = GetStableAccessToken::builder().appid(APPID).secret(Secret::new(SECRET));
    let request = request.build().unwrap();
    writeln!(seen, "{request:?} {:?}", client.send(&request).await).unwrap();
    for call in server.calls() {
        writeln!(seen, "{call} {call:?}").unwrap();
    }

    for kind in [
        ErrorKind::Config,
        ErrorKind::Invalid,
        ErrorKind::Auth,
        ErrorKind::Connect,
        ErrorKind::Timeout,
        ErrorKind::Transport,
        ErrorKind::Http,
        ErrorKind::Decode,
        ErrorKind::Api,
        ErrorKind::Throttled,
    ] {
        assert!(kinds.contains(&kind), "{kind} was not met");
    }
    let text = seen.text();
    assert!(text.contains("call{operation=\"getCouponPlacement\""), "spans are seen");
    for canary in [SECRET, TOKEN, "CANARY", "s3cret", "t0ken"] {
        if let Some(at) = text.find(canary) {
            let start = text.floor_char_boundary(at.saturating_sub(300));
            let end = text.floor_char_boundary((at + 100).min(text.len()));
            panic!("{canary} is seen in …{}…", &text[start..end]);
        }
    }
}

/// Tokens that a service refuses one after the other, none of which a run of letters gives away.
#[derive(Debug, Default)]
struct OneAfterTheOther(Arc<AtomicU32>);

impl TokenSource for OneAfterTheOther {
    fn fetch<'a>(&'a self, _: TokenRequest<'a>) -> TokenFuture<'a> {
        let token = token(self.0.fetch_add(1, Relaxed));
        Box::pin(async move { Ok(Token::lasting(token)) })
    }
}

fn token(number: u32) -> String {
    format!("{number}_CANARY/t0ken+of=ours&\"quoted\"{number}")
}

/// How a service may quote a text.
fn quoted(text: &str) -> [String; 6] {
    let escapes: Vec<_> = text.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
    let url = serde_urlencoded::to_string([("q", text)]).unwrap();
    [
        text.to_owned(),
        serde_json::to_string(text).unwrap(),
        escapes.concat(),
        url.to_lowercase(),
        text.replace('&', "&amp;").replace('"', "&quot;"),
        url,
    ]
}

/// What a service says that quotes a token, whole or cut off.
fn quoting(token: &str) -> Vec<String> {
    let cut = quoted(token).map(|text| format!("{}...", &text[..text.len() / 2]));
    quoted(token).into_iter().chain(cut).map(|text| format!("no {text} here")).collect()
}

#[tokio::test]
async fn a_token_is_never_seen_after_another_one_has_come() {
    let server = TestServer::start().await.unwrap();
    let get_fault = || server.fault(Endpoint::GET_COUPON_PLACEMENT);
    let mut seen = Seen::default();
    let issued = Arc::new(AtomicU32::new(0));
    let client = Client::builder(Auth::source(OneAfterTheOther(issued.clone())));
    let client = client.base_url(server.base_url()).build().unwrap();
    let mut failed = async || {
        let error = client.get_coupon_placement(&get()).await.unwrap_err();
        seen.error(&error);
        error.attempts()
    };
    for at in 0..quoting("").len() {
        // Of the token that is in use now, or that comes next.
        let quoted = quoting(&token(issued.load(Relaxed).max(1) - 1)).swap_remove(at);
        get_fault().reply_code(40_001);
        get_fault().on_call(2).message(&*quoted).reply_code(48_001);
        assert_eq!(failed().await, 2);
        // The next call, which itself knows the new one alone.
        get_fault().message(&*quoted).reply_code(48_001);
        assert_eq!(failed().await, 1);
        get_fault().status(500).reply_body(quoted.clone());
        get_fault().on_call(2).status(404).reply_body(quoted);
        assert_eq!(failed().await, 2);
    }
    assert!(!seen.text().contains("CANARY"), "{}", seen.text());
    assert!(seen.text().contains("no *** here"), "{}", seen.text());
}

#[tokio::test]
async fn a_refused_token_is_not_seen_in_what_the_token_endpoint_says() {
    let server = TestServer::builder().account(APPID, SECRET).start().await.unwrap();
    let mut seen = Seen::default();
    for text in quoting(&token(7)).into_iter().chain(quoting(SECRET)) {
        let client = client_of(&server);
        let life = serde_json::json!({ "access_token": token(7), "expires_in": 7200 });
        server.fault(Endpoint::STABLE_TOKEN).reply_json(&life);
        server.fault(Endpoint::GET_COUPON_PLACEMENT).reply_code(40_001);
        server.fault(Endpoint::STABLE_TOKEN).on_call(2).message(&*text).reply_code(40_125);
        seen.error(&client.get_coupon_placement(&get()).await.unwrap_err());
    }
    assert!(!seen.text().contains("CANARY"), "{}", seen.text());
}
