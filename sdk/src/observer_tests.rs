//! What an observer receives of calls to the embedded server.

use std::sync::Mutex;

use super::*;
use crate::retry::RetryPolicy;
use crate::testing::{Endpoint, TestServer};
use crate::{CallOptions, ErrorKind, GetCouponPlacement};

#[derive(Default)]
struct Notes(Mutex<Vec<String>>);

impl Notes {
    fn note(&self, note: String) {
        if let Ok(mut notes) = self.0.lock() {
            notes.push(note);
        }
    }
}

impl Observer for Notes {
    fn before(&self, attempt: &AttemptStart) {
        let note = format!("{} {} begins", attempt.operation(), attempt.number());
        self.note(note);
    }

    fn after(&self, attempt: &AttemptStart, end: &AttemptEnd<'_>) {
        let (status, error) = (end.status(), end.error().map(Error::kind));
        let note = format!("{} {} {status:?} {error:?}", attempt.number(), end.outcome());
        self.note(note);
    }
}

#[tokio::test]
async fn each_attempt_is_reported_before_and_after_and_so_are_token_fetches() {
    let server = TestServer::start().await.unwrap();
    let notes = Arc::new(Notes::default());
    let client = server.client_builder().observer(notes.clone()).build().unwrap();
    server.fault(Endpoint::GET_COUPON_PLACEMENT).reply_code(-1);
    client.get_coupon_placement(&GetCouponPlacement::new(1)).await.unwrap();
    let seen = std::mem::take(&mut *notes.0.lock().unwrap());
    let expected = [
        "getStableAccessToken 1 begins",
        "1 ok Some(200) None",
        "getCouponPlacement 1 begins",
        "1 api Some(200) Some(Api)",
        "getCouponPlacement 2 begins",
        "2 ok Some(200) None",
    ];
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn the_status_is_that_of_the_reply_whether_it_can_be_read_or_not() {
    let server = TestServer::start().await.unwrap();
    let notes = Arc::new(Notes::default());
    let client = server.client_builder().observer(notes.clone()).retry(RetryPolicy::never());
    let client = client.build().unwrap();
    for (body, status, expected) in [
        (Some("["), 200, "1 decode Some(200) Some(Decode)"),
        (Some(r#"{"errcode":40013}"#), 200, "1 auth Some(200) Some(Auth)"),
        (None, 503, "1 http Some(503) Some(Http)"),
    ] {
        let fault = server.fault(Endpoint::GET_COUPON_PLACEMENT);
        match body {
            Some(body) => fault.reply_body(body),
            None => fault.reply_status(status),
        }
        let outcome = client.get_coupon_placement(&GetCouponPlacement::new(1)).await;
        assert_eq!(notes.0.lock().unwrap().last().unwrap(), expected);
        let said = outcome.err().map(|error| error.status());
        assert!(said.is_none_or(|said| said == Some(status)), "{said:?}");
    }
}

#[tokio::test]
async fn an_attempt_that_is_given_up_is_reported_too() {
    let server = TestServer::start().await.unwrap();
    let notes = Arc::new(Notes::default());
    let client = server.client_builder().observer(notes.clone()).build().unwrap();
    server.fault(Endpoint::GET_COUPON_PLACEMENT).always().hang();
    let request = GetCouponPlacement::new(1);
    let limit = Duration::from_millis(200);
    let call = tokio::time::timeout(limit, client.get_coupon_placement(&request));
    assert!(call.await.is_err());
    assert_eq!(notes.0.lock().unwrap().last().unwrap(), "1 dropped None None");

    let hurried = client.with(CallOptions::new().timeout(limit));
    let error = hurried.get_coupon_placement(&request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(notes.0.lock().unwrap().last().unwrap(), "1 timeout None Some(Timeout)");
}
