//! The connection: what is sent, how it breaks, and what errors say of it.
#![expect(clippy::unwrap_used, reason = "a test that unwraps says where it failed")]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use wechat_bizwifi::retry::RetryPolicy;
use wechat_bizwifi::testing::{Endpoint, TestServer};
use wechat_bizwifi::token::TokenEndpoint;
use wechat_bizwifi::{
    Auth, CallOptions, Client, Credentials, Error, ErrorKind, GetCouponPlacement,
};
use wechat_bizwifi_tests::CannedServer;

use crate::placement;

const STORE: i64 = 429_620;

struct Setup {
    server: TestServer,
    client: Client,
}

impl Setup {
    async fn new() -> Self {
        let server = TestServer::start().await.unwrap();
        let client = server.client_builder().build().unwrap();
        Self { server, client }
    }

    async fn get(&self) -> Result<(), Error> {
        self.client.get_coupon_placement(&GetCouponPlacement::new(STORE)).await.map(drop)
    }

    async fn set(&self) -> Result<(), Error> {
        self.client.set_coupon_placement(&placement()).await
    }
}

/// The lines of a request's head, in the order of the alphabet, and without the port of the host.
fn head_of_one_request(listener: &TcpListener) -> Vec<String> {
    let (mut stream, _) = listener.accept().unwrap();
    let lines = BufReader::new(stream.try_clone().unwrap()).lines().map(Result::unwrap);
    let mut head: Vec<_> = lines.take_while(|line| !line.is_empty()).collect();
    let reply = "HTTP/1.1 200 OK\r\ncontent-length: 13\r\nconnection: close\r\n\r\n{\"errcode\":0}";
    stream.write_all(reply.as_bytes()).unwrap();
    head[1..].sort();
    let host = listener.local_addr().unwrap().to_string();
    head.iter().map(|line| line.to_ascii_lowercase().replace(&host, "HOST")).collect()
}

#[tokio::test]
async fn a_request_says_what_it_holds_how_long_it_is_and_who_sends_it() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let heads = std::thread::spawn(move || [(); 2].map(|()| head_of_one_request(&listener)));
    let client = Client::builder(Auth::fixed("T")).base_url(&url).build().unwrap();
    client.get_coupon_placement(&GetCouponPlacement::new(STORE)).await.unwrap();
    let legacy = Credentials::new("wx1", "s3").token_endpoint(TokenEndpoint::Legacy);
    let client = Client::builder(legacy).base_url(&url).retry(RetryPolicy::never());
    client.build().unwrap().set_coupon_placement(&placement()).await.unwrap_err();
    let agent = format!("user-agent: wechat-bizwifi/{}", env!("CARGO_PKG_VERSION"));
    let [post, get] = heads.join().unwrap();
    let target = "/bizwifi/couponput/get?access_token=t";
    assert_eq!(
        post,
        [
            &format!("post {target} http/1.1"),
            "accept: */*",
            "content-length: 18",
            "content-type: application/json",
            "host: HOST",
            &agent,
        ]
    );
    let target = "/cgi-bin/token?grant_type=client_credential&appid=wx1&secret=s3";
    assert_eq!(get, [&format!("get {target} http/1.1"), "accept: */*", "host: HOST", &agent]);
}

#[tokio::test]
async fn busy_twice_and_then_success_is_three_attempts() {
    let setup = Setup::new().await;
    setup.server.fault(Endpoint::GET_COUPON_PLACEMENT).times(2).reply_code(-1);
    setup.get().await.unwrap();
    assert_eq!(setup.server.call_count(Endpoint::GET_COUPON_PLACEMENT), 3);
}

#[tokio::test]
async fn a_daily_quota_is_one_attempt() {
    let setup = Setup::new().await;
    setup.server.fault(Endpoint::GET_COUPON_PLACEMENT).always().reply_code(45_009);
    let error = setup.get().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Throttled, 1));
    assert_eq!(setup.server.call_count(Endpoint::GET_COUPON_PLACEMENT), 1);
}

#[tokio::test]
async fn a_connection_cut_after_sending_is_one_attempt_that_may_have_been_sent() {
    let setup = Setup::new().await;
    setup.server.fault(Endpoint::SET_COUPON_PLACEMENT).always().cut_before_reply();
    let error = setup.set().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1));
    assert!(error.may_have_been_sent() && error.is_retryable());
    assert_eq!(setup.server.call_count(Endpoint::SET_COUPON_PLACEMENT), 1);
    let idempotent = setup.client.with(CallOptions::new().idempotent(true));
    assert_eq!(idempotent.set_coupon_placement(&placement()).await.unwrap_err().attempts(), 3);
}

#[tokio::test]
async fn a_reply_that_breaks_off_is_a_transport_error() {
    let setup = Setup::new().await;
    setup.server.fault(Endpoint::SET_COUPON_PLACEMENT).cut_within_reply();
    let error = setup.set().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    setup.server.fault(Endpoint::GET_COUPON_PLACEMENT).cut_within_reply();
    setup.get().await.unwrap();
}

#[tokio::test]
async fn a_connection_closed_after_a_reply_is_not_the_next_calls_trouble() {
    let setup = Setup::new().await;
    for _ in 0..20 {
        setup.server.fault(Endpoint::GET_COUPON_PLACEMENT).cut_after_reply();
        setup.get().await.unwrap();
    }
}

#[tokio::test]
async fn a_refused_connection_is_retried_and_was_not_sent() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client =
        Client::builder(Auth::fixed("T")).base_url(format!("http://{free}")).build().unwrap();
    let error = client.set_coupon_placement(&placement()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3));
    assert!(!error.may_have_been_sent() && error.is_retryable());
    assert_eq!(
        error.to_string(),
        format!("setCouponPlacement: cannot connect to {free} (3 attempts, nothing was sent)")
    );
}

#[tokio::test]
async fn a_connection_that_breaks_is_reported_with_how_far_the_reply_came() {
    let setup = Setup::new().await;
    let fault = || setup.server.fault(Endpoint::SET_COUPON_PLACEMENT);
    fault().cut_before_reply();
    let before = setup.set().await.unwrap_err();
    fault().cut_within_reply();
    let within = setup.set().await.unwrap_err();
    let hurried = reqwest::Client::builder().no_proxy().timeout(Duration::from_millis(200));
    let builder = setup.server.client_builder().http_client(hurried.build().unwrap());
    fault().hang();
    let late = builder.build().unwrap().set_coupon_placement(&placement()).await.unwrap_err();
    for (error, kind, message) in [
        (before, ErrorKind::Transport, "the connection failed before a reply came"),
        (within, ErrorKind::Transport, "the connection failed in the middle of the reply"),
        (late, ErrorKind::Timeout, "the time limit of the given `http_client` has passed"),
    ] {
        let message = format!("setCouponPlacement: {message}");
        assert_eq!((error.kind(), error.to_string()), (kind, message));
        assert!(error.is_retryable() && error.may_have_been_sent());
    }
}

#[tokio::test]
async fn a_client_of_ones_own_that_followed_a_redirect_is_refused() {
    let elsewhere = CannedServer::start("/elsewhere", r#"{"errcode":0}"#);
    let gateway = redirecting_to(&format!("{}/elsewhere", elsewhere.base_url()));
    let follows = reqwest::Client::builder().no_proxy().build().unwrap();
    let builder = Client::builder(Auth::fixed("T")).base_url(&gateway);
    let client = builder.http_client(follows).build().unwrap();
    let error = client.set_coupon_placement(&placement()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Config, 1));
    assert!(error.may_have_been_sent() && !error.is_retryable());
    assert_eq!(
        error.to_string(),
        "setCouponPlacement: the given `http_client` followed a redirect, which carries the token \
         elsewhere: build it with `redirect(Policy::none())`"
    );

    let does_not = Client::builder(Auth::fixed("T")).base_url(&gateway).build().unwrap();
    let error = does_not.set_coupon_placement(&placement()).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Http, Some(302)));
    assert_eq!(elsewhere.received().len(), 1);
}

/// The base URL of a server that sends every caller elsewhere.
fn redirecting_to(location: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let reply = format!(
        "HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    );
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            // To the end of the body, since what is left unread resets the connection.
            BufReader::new(&stream).read_until(b'}', &mut Vec::new()).unwrap();
            stream.write_all(reply.as_bytes()).unwrap();
        }
    });
    base
}

#[tokio::test]
async fn an_attempt_and_a_call_end_in_time() {
    let setup = Setup::new().await;
    setup.get().await.unwrap();
    setup.server.fault(Endpoint::GET_COUPON_PLACEMENT).always().hang();
    let options = CallOptions::new()
        .attempt_timeout(Duration::from_millis(200))
        .timeout(Duration::from_millis(500));
    let start = Instant::now();
    let hurried = setup.client.with(options);
    let error = hurried.get_coupon_placement(&GetCouponPlacement::new(STORE)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.may_have_been_sent());
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_reply_that_trickles_is_ended_by_the_attempts_time_and_read_where_that_suffices() {
    let setup = Setup::new().await;
    setup.get().await.unwrap();
    // Some bytes come within every limit, all of them within the second one only.
    let pause = Duration::from_millis(20);
    setup.server.fault(Endpoint::GET_COUPON_PLACEMENT).times(2).trickle(pause).reply_truly();
    let limited = |limit| {
        setup.client.with(CallOptions::new().attempt_timeout(limit).retry(RetryPolicy::never()))
    };
    let request = GetCouponPlacement::new(STORE);
    let start = Instant::now();
    let hurried = limited(Duration::from_millis(100));
    let error = hurried.get_coupon_placement(&request).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
    assert!(error.may_have_been_sent() && error.is_retryable());
    assert!(start.elapsed() >= Duration::from_millis(100), "{:?}", start.elapsed());
    limited(Duration::from_secs(60)).get_coupon_placement(&request).await.unwrap();
}

#[tokio::test]
async fn a_reply_is_read_by_its_bytes_whatever_its_content_type_is() {
    let setup = Setup::new().await;
    for content_type in ["text/plain", "text/html; charset=gbk", "image/png", "nonsense"] {
        setup.server.fault(Endpoint::GET_COUPON_PLACEMENT).content_type(content_type).reply_truly();
        setup.get().await.unwrap();
    }
    setup.server.fault(Endpoint::GET_COUPON_PLACEMENT).reply_control_characters();
    setup.get().await.unwrap();
}

#[tokio::test]
async fn pages_empty_replies_and_statuses_have_errors_of_their_own() {
    let setup = Setup::new().await;
    setup.server.fault(Endpoint::SET_COUPON_PLACEMENT).reply_html();
    let error = setup.set().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let page = "<html> <head><title>Please sign in to this network</title></head> <body> <center>\
                <h1>Please sign in to this network</h1></center> <hr><center>nginx</center> </b…";
    assert_eq!(
        error.to_string(),
        format!(
            "setCouponPlacement: the reply is a page, not JSON: something on the way answered, with \
             `{page}`"
        )
    );
    setup.server.fault(Endpoint::SET_COUPON_PLACEMENT).reply_empty();
    let error = setup.set().await.unwrap_err();
    assert_eq!(error.to_string(), "setCouponPlacement: the reply is empty");
    setup.server.fault(Endpoint::SET_COUPON_PLACEMENT).reply_status(502);
    let error = setup.set().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Http, Some(502)));
    setup.server.fault(Endpoint::SET_COUPON_PLACEMENT).reply_status(302);
    let error = setup.set().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Http, Some(302)));
    setup.server.fault(Endpoint::SET_COUPON_PLACEMENT).reply_garbage();
    assert_eq!(setup.set().await.unwrap_err().kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn a_reply_of_ten_megabytes_meets_the_limit_unless_that_is_raised() {
    let setup = Setup::new().await;
    setup.server.fault(Endpoint::SET_COUPON_PLACEMENT).reply_huge(10_000_000);
    let error = setup.set().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(
        error.to_string(),
        "setCouponPlacement: the reply is larger than the limit of 8388608 bytes"
    );
    assert!(error.may_have_been_sent() && !error.is_retryable());
    let limited = setup.server.client_builder().reply_limit(1_000_000).build().unwrap();
    for (bytes, is_read) in [(1_000_000, true), (1_000_001, false)] {
        setup.server.fault(Endpoint::SET_COUPON_PLACEMENT).reply_huge(bytes);
        assert_eq!(limited.set_coupon_placement(&placement()).await.is_ok(), is_read, "{bytes}");
    }
}

#[tokio::test]
async fn a_dropped_call_leaves_a_client_that_works() {
    let setup = Setup::new().await;
    let gate = setup.server.fault(Endpoint::STABLE_TOKEN).hold();
    let cancelled = tokio::time::timeout(Duration::from_millis(200), setup.get()).await;
    assert!(cancelled.is_err());
    gate.open();
    setup.server.fault(Endpoint::GET_COUPON_PLACEMENT).hang();
    let cancelled = tokio::time::timeout(Duration::from_millis(200), setup.get()).await;
    assert!(cancelled.is_err());
    setup.get().await.unwrap();
    assert_eq!(setup.server.call_count(Endpoint::STABLE_TOKEN), 1);
}
