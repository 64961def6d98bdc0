//! Secrets of an API that the SDK was not made for: its descriptions alone say which they are.
#![expect(clippy::unwrap_used, reason = "a test that unwraps says where it failed")]

use std::error::Error as StdError;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use other_api_example::{CarrierCalls, FindLocker, Lock, OpenLocker, OpenLockerReply, Proof};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::format::FmtSpan;
use wechat_bizwifi::retry::RetryPolicy;
use wechat_bizwifi::token::Auth;
use wechat_bizwifi::{Client, Error, ErrorKind, Secret, reveal_secrets};

/// With characters that JSON, URLs and messages escape.
const PIN: &str = "CANARY \"p1n\"/+of=ours, ok";
const ANSWER: &str = "CANARY-answer; 密码";
const NEXT: &str = "CANARY}n3xt'pin";
const DIGITS: &str = "CANARY,d1gits";

/// What must not be seen, nor any telling part of it.
const CANARIES: [&str; 6] = ["CANARY", "p1n", "answer; ", "n3xt", "d1gits", "密码"];

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
    fn error(&mut self, error: &Error) {
        writeln!(self, "{error} {error:?} {error:#?} {:?}", error.violations()).unwrap();
        let mut cause = error.source();
        while let Some(error) = cause {
            writeln!(self, "{error} {error:?}").unwrap();
            cause = error.source();
        }
    }

    /// Fails where any of the canaries was seen.
    fn assert_clean(&self, what: &str) {
        let text = String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned();
        for canary in CANARIES {
            let seen = text.lines().find(|line| line.contains(canary));
            assert!(seen.is_none(), "{what}: `{canary}` is seen in {seen:?}");
        }
    }
}

fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// As PHP writes it: everything but ASCII escaped, slashes too.
fn php(text: &str) -> String {
    let escaped = json(text).replace('/', "\\/");
    let unit = |c: char| format!("\\u{:04x}", u32::from(c));
    escaped.chars().map(|c| if c.is_ascii() { c.to_string() } else { unit(c) }).collect()
}

fn in_query(text: &str) -> String {
    [
        ("%", "%25"),
        ("+", "%2B"),
        (" ", "+"),
        ("\"", "%22"),
        ("/", "%2F"),
        ("=", "%3D"),
        (",", "%2C"),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (character, escape)| text.replace(character, escape))
}

/// Replies that hold secrets and are errors, each in another way.
fn bodies() -> Vec<String> {
    let payload = format!(
        r#"{{"locker":"none","next_pin":{},"lock":{{"by":"code","digits":{},"tries":"no"}}}}"#,
        json(NEXT),
        json(DIGITS)
    );
    let lock = |lock: &str| {
        let next = php(NEXT);
        format!(r#"{{"code":0,"locker":{{"locker":1,"nextPin":{next},"lock":{lock}}}}}"#)
    };
    let echo = format!("{PIN} or {ANSWER} is wrong, {NEXT} was right, pin={PIN}");
    vec![
        format!(r#"{{"code":2001,"message":{},"locker":{payload}}}"#, json(&echo)),
        format!(r#"{{"code":2001,"message":{}}}"#, php(&format!("{PIN} {ANSWER}"))),
        format!(r#"{{"code":2001,"message":{}}}"#, json(&format!(r#"{{"pin":{}}}"#, json(PIN)))),
        format!(r#"{{"code":0,"locker":{payload}}}"#),
        format!(r#"{{"code":0,"locker":{{"n\u0065xt_pin":{},"locker":[]}}}}"#, json(NEXT)),
        format!(r#"{{"code":0,"locker":{{"next_pin":{},"locker":1,"#, json(NEXT)),
        format!(r#"{{"code":0,"locker":{{"next_pin":[{}],"locker":1}}}}"#, json(NEXT)),
        format!(r#"{{"code":0,"locker":{{"next_pin":{{"a":{}}},"locker":1}}}}"#, json(NEXT)),
        format!(r#"{{"code":0,"locker":{{"locker":1,"next_pin":"{NEXT}"#),
        lock(&format!(r#"{{"by":"code","digits":[{}],"tries":1}}"#, json(DIGITS))),
        lock(&format!(r#"{{"by":"code","digits":{},"tries":{}}}"#, json(DIGITS), json(DIGITS))),
        format!("<html>?pin={}&amp;answer={ANSWER}</html>", in_query(PIN)),
        format!("<pin>{PIN}</pin>"),
        format!("upstream said: {{\"request\":{}}}", json(&request_text())),
        format!(r#"{{"code":0,"locker":[{}]}}"#, request_text()),
    ]
}

/// The same for a call whose only secret is the PIN, which a URL carries.
fn bodies_about_the_pin() -> Vec<String> {
    let query = in_query(PIN);
    vec![
        format!(r#"{{"code":2001,"message":{}}}"#, json(&format!("not {PIN}, pin={PIN}"))),
        format!("<html>/v1/parcel/locker?number=RC00000001&amp;x={query} {query}</html>"),
        format!(r#"{{"code":0,"locker":{}}}"#, json(PIN)),
    ]
}

/// The request as it is on the wire.
fn request_text() -> String {
    serde_json::to_string(&reveal_secrets(&open())).unwrap()
}

fn open() -> OpenLocker {
    let proof = Proof::builder().question("Whose dog?").answer(Secret::new(ANSWER));
    OpenLocker::builder()
        .number("RC00000001")
        .pin(Secret::new(PIN))
        .proofs(vec![proof.build().unwrap()])
        .build()
        .unwrap()
}

fn find() -> FindLocker {
    FindLocker::builder().number("RC00000001").pin(Secret::new(PIN)).build().unwrap()
}

/// A carrier that answers every call with this, and keeps the last one in `asked`.
fn answering(status: u16, body: String, asked: Arc<Mutex<String>>) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            *asked.lock().unwrap() = read(&stream);
            let head = format!("HTTP/1.1 {status} Said\r\ncontent-length: {}\r\n", body.len());
            let _ = write!(&stream, "{head}connection: close\r\n\r\n{body}");
        }
    });
    let builder = Client::builder(Auth::fixed("TOKEN")).base_url(url);
    builder.retry(RetryPolicy::never()).build().unwrap()
}

fn read(stream: &TcpStream) -> String {
    let mut input = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && input.read_line(&mut head).unwrap() > 0 {}
    let length = head.to_ascii_lowercase().split_once("content-length: ").map_or(0, |(_, rest)| {
        rest.split_once('\r').and_then(|(number, _)| number.parse().ok()).unwrap()
    });
    let mut body = vec![0; length];
    input.read_exact(&mut body).unwrap();
    head + &String::from_utf8(body).unwrap()
}

#[tokio::test]
async fn what_a_description_calls_sensitive_is_never_seen() {
    let mut seen = Seen::default();
    let writer = seen.clone();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_span_events(FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();

    let mut kinds = Vec::new();
    let mut note = |error: Error, body: &str| {
        seen.error(&error);
        seen.assert_clean(body);
        kinds.push(error.kind());
    };
    for status in [200, 201, 400, 429, 502] {
        for body in bodies() {
            let client = answering(status, body.clone(), Arc::default());
            note(client.open_locker(&open()).await.unwrap_err(), &body);
        }
        for body in bodies_about_the_pin() {
            let client = answering(status, body.clone(), Arc::default());
            note(client.find_locker(&find()).await.unwrap_err(), &body);
        }
    }
    for kind in [ErrorKind::Api, ErrorKind::Decode, ErrorKind::Http, ErrorKind::Throttled] {
        assert!(kinds.contains(&kind), "{kind} was not met");
    }
}

#[tokio::test]
async fn a_request_is_sent_with_its_secrets_and_shown_without_them() {
    let asked = Arc::new(Mutex::new(String::new()));
    let reply = r#"{"code":0,"locker":{"locker":1,"next_pin":"n","lock":{"by":"door"}}}"#;
    let client = answering(200, reply.to_owned(), asked.clone());
    client.open_locker(&open()).await.unwrap();
    assert!(asked.lock().unwrap().ends_with(&request_text()));
    assert!(request_text().contains(&json(PIN)) && request_text().contains(ANSWER));

    let request = open();
    let shown = format!("{request:?} {request:#?} {}", serde_json::to_string(&request).unwrap());
    assert!(!CANARIES.iter().any(|canary| shown.contains(canary)), "{shown}");
    assert!(shown.contains("Whose dog?"));
}

#[test]
fn a_reply_is_serialised_without_its_secrets_unless_they_are_asked_for() {
    let text = format!(
        r#"{{"locker":1,"next_pin":{},"lock":{{"by":"code","digits":{},"tries":3}}}}"#,
        json(NEXT),
        json(DIGITS)
    );
    let reply: OpenLockerReply = serde_json::from_str(&text).unwrap();
    let shown = format!("{reply:?} {}", serde_json::to_string(&[&reply]).unwrap());
    assert!(!CANARIES.iter().any(|canary| shown.contains(canary)), "{shown}");

    assert_eq!(serde_json::to_string(&reveal_secrets(&[&reply])).unwrap(), format!("[{text}]"));
    // And no longer afterwards.
    assert!(!serde_json::to_string(&reply).unwrap().contains("CANARY"));
}

#[test]
fn what_is_kept_of_an_unknown_variant_hides_what_is_secret_in_the_known_ones() {
    let text = format!(r#"{{"by":"magic","digits":{},"n":[{{"digits":"CANARY"}}]}}"#, json(DIGITS));
    let lock: Lock = serde_json::from_str(&text).unwrap();
    let shown = format!("{lock:?} {}", serde_json::to_string(&lock).unwrap());
    assert!(shown.contains("magic") && !shown.contains("CANARY"), "{shown}");
    let revealed = serde_json::to_value(reveal_secrets(&lock)).unwrap();
    assert_eq!(revealed, serde_json::from_str::<serde_json::Value>(&text).unwrap());
}

#[test]
fn a_request_that_was_serialised_without_its_secrets_is_not_read_again() {
    let hidden = serde_json::to_string(&open()).unwrap();
    let error = serde_json::from_str::<OpenLocker>(&hidden).unwrap_err();
    assert!(error.to_string().contains("use `reveal_secrets`"), "{error}");
    let whole: OpenLocker = serde_json::from_str(&request_text()).unwrap();
    assert_eq!(whole, open());
}

#[test]
fn a_secret_of_the_wrong_type_is_not_quoted() {
    for wrong in ["true", "[\"CANARY\"]", "{\"CANARY\":1}", "null"] {
        let text = format!(r#"{{"number":"RC00000001","pin":{wrong}}}"#);
        let error = serde_json::from_str::<OpenLocker>(&text).unwrap_err();
        assert!(!error.to_string().contains("CANARY"), "{error}");
    }
}
