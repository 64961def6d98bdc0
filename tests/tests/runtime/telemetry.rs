//! What spans say of calls.
#![expect(clippy::unwrap_used, reason = "a test that unwraps says where it failed")]

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use tokio::runtime::Builder;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::format::FmtSpan;
use wechat_bizwifi::testing::{Endpoint, TestServer};
use wechat_bizwifi::{Client, GetCouponPlacement};

/// What a subscriber writes, a line for each span when it is over.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Makes one call; returns what its spans said when they were over, apart from durations and
/// request ids.
fn spans_of_a_call(client: &Client) -> Vec<String> {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::DEBUG)
        .with_span_events(FmtSpan::CLOSE)
        .with_ansi(false)
        .without_time()
        .with_writer(move || writer.clone());
    let guard = tracing_subscriber::util::SubscriberInitExt::set_default(subscriber);
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let _ = runtime.block_on(client.get_coupon_placement(&GetCouponPlacement::new(1)));
    drop(runtime);
    drop(guard);
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    text.lines().filter(|line| line.ends_with(": close")).map(what_does_not_change).collect()
}

/// The fields of the innermost span in a line.
fn what_does_not_change(line: &str) -> String {
    let (span, _) = line.rsplit_once('}').unwrap();
    let (_, fields) = span.rsplit_once('{').unwrap();
    let kept = fields
        .split(' ')
        .filter(|field| !field.starts_with("duration_ms=") && !field.starts_with("rid="));
    kept.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_call_and_its_attempts_tell_how_they_ended_and_how_often_it_was_sent() {
    let server = TestServer::start_blocking().unwrap();
    let client = server.client_builder().build().unwrap();
    let spans = spans_of_a_call(&client);
    assert_eq!(
        spans,
        [
            "attempt=1 status=200 outcome=\"ok\"",
            "operation=\"getStableAccessToken\" attempts=1 outcome=\"ok\"",
            "attempt=1 status=200 outcome=\"ok\"",
            "operation=\"getCouponPlacement\" attempts=1 outcome=\"ok\"",
        ]
    );
    server.fault(Endpoint::GET_COUPON_PLACEMENT).reply_code(-1);
    server.fault(Endpoint::GET_COUPON_PLACEMENT).on_call(2).reply_code(9_008_001);
    assert_eq!(
        spans_of_a_call(&client),
        [
            "attempt=1 status=200 outcome=\"api\" errcode=-1",
            "attempt=2 status=200 outcome=\"api\" errcode=9008001",
            "operation=\"getCouponPlacement\" attempts=2 outcome=\"api\" errcode=9008001",
        ]
    );
    server.fault(Endpoint::GET_COUPON_PLACEMENT).always().reply_status(404);
    assert_eq!(
        spans_of_a_call(&client),
        [
            "attempt=1 status=404 outcome=\"http\"",
            "operation=\"getCouponPlacement\" attempts=1 outcome=\"http\"",
        ]
    );
}
