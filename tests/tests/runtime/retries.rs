//! What is tried again, when and on which connection; and what a status says.
#![expect(clippy::unwrap_used, reason = "a test that unwraps says where it failed")]

use std::error::Error as StdError;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

use reqwest::Proxy;
use reqwest::redirect::Policy;
use tokio::task::JoinSet;
use wechat_bizwifi::retry::RetryPolicy;
use wechat_bizwifi::{
    Auth, Client, ClientBuilder, Error, ErrorKind, GetCouponPlacement, ReturnCode,
};

use crate::placement;

/// What a server does with a request.
enum Deed {
    Reply(String),
    /// Sends this and no more, and keeps the connection.
    Stall(String),
    /// Sends this, and closes the connection.
    Last(String),
    Close,
}

/// A server that is asked what to do: with which connection, and which request on it.
fn serve(act: impl Fn(usize, usize) -> Deed + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let act = Arc::new(act);
    thread::spawn(move || {
        for (connection, stream) in listener.incoming().enumerate() {
            let (stream, act) = (stream.unwrap(), act.clone());
            thread::spawn(move || converse(&stream, |request| act(connection, request)));
        }
    });
    url
}

fn converse(mut stream: &TcpStream, act: impl Fn(usize) -> Deed) {
    let mut input = BufReader::new(stream.try_clone().unwrap());
    let mut stalled = Vec::new();
    for request in 0.. {
        if !read_request(&mut input) {
            return;
        }
        match act(request) {
            Deed::Reply(text) => stream.write_all(text.as_bytes()).unwrap(),
            Deed::Stall(text) => {
                stream.write_all(text.as_bytes()).unwrap();
                let _ = input.read_to_end(&mut stalled);
            }
            Deed::Last(text) => {
                stream.write_all(text.as_bytes()).unwrap();
                return;
            }
            Deed::Close => return,
        }
    }
}

fn read_request(input: &mut impl BufRead) -> bool {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).unwrap_or(0) == 0 {
            return false;
        }
        match line.trim_end().to_ascii_lowercase().split_once(": ") {
            Some(("content-length", value)) => length = value.parse().unwrap(),
            None if line.trim_end().is_empty() => break,
            _ => {}
        }
    }
    input.read_exact(&mut vec![0; length]).is_ok()
}

fn reply(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n{body}", body.len())
}

fn success() -> Deed {
    Deed::Reply(reply("200 OK", "", r#"{"errcode":0}"#))
}

fn builder(url: &str) -> ClientBuilder {
    Client::builder(Auth::fixed("T")).base_url(url)
}

async fn get(client: &Client) -> Result<(), Error> {
    client.get_coupon_placement(&GetCouponPlacement::new(429_620)).await.map(drop)
}

/// What a call comes to where each request is answered so.
async fn answered(text: &str) -> Result<(), Error> {
    let text = text.to_owned();
    let url = serve(move |_, _| Deed::Reply(text.clone()));
    get(&builder(&url).retry(RetryPolicy::never()).build().unwrap()).await
}

fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text} | {error}");
        cause = error.source();
    }
    text
}

/// Ten connections that are idle, and then meet this fate at their next request; later ones work.
async fn ten_idle_connections(fate: fn() -> Deed) -> Client {
    let all_here = Barrier::new(10);
    let url = serve(move |connection, request| match (connection, request) {
        (0..10, 0) => {
            all_here.wait();
            success()
        }
        (0..10, _) => fate(),
        _ => success(),
    });
    let client = builder(&url).attempt_timeout(Duration::from_millis(500)).build().unwrap();
    let one = |client: Client| async move { get(&client).await.unwrap() };
    let calls: JoinSet<()> = (0..10).map(|_| one(client.clone())).collect();
    calls.join_all().await;
    client
}

#[tokio::test]
async fn of_ten_idle_connections_that_went_silent_one_costs_an_attempt_and_no_other_is_used() {
    let client = ten_idle_connections(|| Deed::Stall(String::new())).await;
    let start = Instant::now();
    get(&client).await.unwrap();
    assert!(start.elapsed() < Duration::from_millis(900), "{:?}", start.elapsed());
    let start = Instant::now();
    get(&client).await.unwrap();
    assert!(start.elapsed() < Duration::from_millis(400), "{:?}", start.elapsed());
}

#[tokio::test]
async fn of_ten_idle_connections_that_break_when_they_are_used_one_costs_an_attempt() {
    let client = ten_idle_connections(|| Deed::Close).await;
    for _ in 0..2 {
        let once = wechat_bizwifi::CallOptions::new().retry(RetryPolicy::new().attempts(2));
        client.with(once).get_coupon_placement(&GetCouponPlacement::new(429_620)).await.unwrap();
    }
}

#[tokio::test]
async fn a_status_counts_although_its_page_never_ends() {
    for (status, kind) in [("429 Slow Down", ErrorKind::Throttled), ("503 Away", ErrorKind::Http)] {
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: 100000\r\n\r\n<html>");
        let url = serve(move |_, _| Deed::Stall(head.clone()));
        for limit in [Duration::from_secs(2), Duration::from_secs(20)] {
            let builder = builder(&url).attempt_timeout(limit).retry(RetryPolicy::never());
            let start = Instant::now();
            let error = get(&builder.build().unwrap()).await.unwrap_err();
            assert_eq!(error.kind(), kind, "{error}");
            assert!(error.status().is_some() && error.to_string().contains("<html>"), "{error}");
            assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
        }
    }
}

#[tokio::test]
async fn the_next_attempt_waits_as_long_as_the_service_asks() {
    for status in ["429 Slow Down", "503 Away"] {
        let url = serve(move |_, request| match request {
            0 => Deed::Reply(reply(status, "Retry-After: 2\r\n", "")),
            _ => success(),
        });
        let start = Instant::now();
        get(&builder(&url).build().unwrap()).await.unwrap();
        assert!(start.elapsed() >= Duration::from_secs(2), "{status} {:?}", start.elapsed());
    }
}

#[tokio::test]
async fn a_wait_that_the_call_has_no_time_for_is_reported_at_once() {
    let date =
        "Date: Wed, 21 Oct 2015 07:28:00 GMT\r\nRetry-After: Wed, 21 Oct 2015 07:29:00 GMT\r\n";
    for header in ["Retry-After: 60\r\n", date] {
        let url = serve(move |_, _| Deed::Reply(reply("429 Slow Down", header, "")));
        let start = Instant::now();
        let error = get(&builder(&url).build().unwrap()).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Throttled, 1));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
        assert_eq!(
            error.to_string(),
            "getCouponPlacement: HTTP status 429; the service asks to wait for 60s, which is longer \
             than this call has left"
        );
        assert!(start.elapsed() < Duration::from_secs(5));
    }
}

#[tokio::test]
async fn an_envelope_counts_whatever_the_status() {
    let refusal = r#"{"errcode":40013,"errmsg":"invalid appid"}"#;
    for status in ["201 C", "203 N", "302 F", "400 B", "404 N", "412 P", "429 T", "500 I", "502 B"]
    {
        let error = answered(&reply(status, "", refusal)).await.unwrap_err();
        assert_eq!(error.code().map(ReturnCode::value), Some(40_013), "{status} {error}");
        assert_eq!(error.status(), status[..3].parse().ok(), "{status}");
        answered(&reply(status, "", r#"{"errcode":0}"#)).await.unwrap();
    }
    let unknown = answered(&reply("503 A", "", r#"{"errcode":7777777}"#)).await.unwrap_err();
    assert!(unknown.is_retryable() && unknown.code().is_some());
    let daily = answered(&reply("429 T", "", r#"{"errcode":45009}"#)).await.unwrap_err();
    assert!(!daily.is_retryable());
}

#[tokio::test]
async fn what_is_no_envelope_is_reported_by_its_status() {
    for (status, body) in
        [("400 B", "{}"), ("502 B", r#"{"error":1}"#), ("500 I", ""), ("404 N", "[]")]
    {
        let error = answered(&reply(status, "", body)).await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Http, None), "{status}");
    }
    for text in [reply("201 C", "", ""), "HTTP/1.1 204 No Content\r\n\r\n".to_owned()] {
        let error = answered(&text).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        let status = error.status().unwrap();
        assert_eq!(
            error.to_string(),
            format!("getCouponPlacement: the reply is empty (HTTP status {status})")
        );
    }
}

/// The beginnings of a reply with this body, of which less arrives than this, in each way that HTTP has
/// to say where a reply ends. In the last three nothing but the body says that it breaks off.
fn cut(body: &str) -> [String; 6] {
    let (head, length) = ("HTTP/1.1 200 OK\r\n", body.len());
    let chunked = format!("{head}Transfer-Encoding: chunked\r\n\r\n{length:x}\r\n{body}");
    [
        format!("{head}Content-Length: {}\r\n\r\n{body}", length + 1),
        chunked.clone(),
        format!("{chunked}\r\n"),
        format!("{chunked}\r\n0\r\n\r\n"),
        format!("{head}\r\n{body}"),
        format!("HTTP/1.0 200 OK\r\n\r\n{body}"),
    ]
}

#[tokio::test]
async fn a_reply_that_breaks_off_is_repeated_where_that_is_safe_however_it_is_framed() {
    let set = placement();
    for body in ["{", r#"{"errcode":0,"errmsg":"o"#, r#"{"errcode":0,"data":{"shop_id":42"#] {
        for text in cut(body) {
            let answer = text.clone();
            let url = serve(move |connection, _| match connection {
                0 | 2 => Deed::Last(answer.clone()),
                _ => Deed::Last(reply("200 OK", "", r#"{"errcode":0}"#)),
            });
            let client = builder(&url).build().unwrap();
            get(&client).await.unwrap();
            let error = client.set_coupon_placement(&set).await.unwrap_err();
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1), "{text}");
            assert!(error.is_retryable() && error.may_have_taken_effect(), "{text}");
        }
    }
}

/// A call to an address beyond a proxy.
async fn through(proxy: &str) -> Error {
    let http = reqwest::Client::builder()
        .proxy(Proxy::all(proxy).unwrap())
        .redirect(Policy::none())
        .build()
        .unwrap();
    let client = builder("https://h.invalid").http_client(http).build().unwrap();
    get(&client).await.unwrap_err()
}

#[tokio::test]
async fn a_proxy_that_wants_a_password_is_asked_once_and_the_message_says_where_to_put_it() {
    let text = reply("407 Proxy Authentication Required", "", "");
    let url = serve(move |_, _| Deed::Reply(text.clone()));
    let error = through(&url).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 1));
    assert!(!error.is_retryable() && !error.may_have_been_sent());
    let what_helps = "the proxy requires a user name and a password: write them into its address, as \
                      in http://user:password@host:port";
    assert_eq!(
        error.to_string(),
        format!("getCouponPlacement: cannot connect to h.invalid: {what_helps} (nothing was sent)")
    );
    let direct = answered(&reply("407 P", "", "")).await.unwrap_err();
    assert_eq!(direct.to_string(), format!("getCouponPlacement: HTTP status 407: {what_helps}"));
    assert!(!direct.is_retryable());
}

#[tokio::test]
async fn a_socks_proxy_without_the_feature_for_it_is_reported_once_and_by_name() {
    let error = through("socks5://127.0.0.1:9").await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Config, 1), "{}", chain(&error));
    assert_eq!(
        error.to_string(),
        "getCouponPlacement: cannot connect to h.invalid: the proxy uses SOCKS, \
         which this program was built without: switch on the feature `socks` of reqwest in your own \
         manifest"
    );
}
