//! Numbers in every notation that JSON has.
#![expect(clippy::unwrap_used, reason = "a test that unwraps says where it failed")]

use std::time::Duration;

use wechat_bizwifi::retry::RetryPolicy;
use wechat_bizwifi::testing::{Endpoint, TestServer};
use crate::number::Root;
use wechat_bizwifi::{Auth, CallOptions, Client, ErrorKind, GetCouponPlacement};

/// A placement whose store has this number.
fn reply(shop: &str, code: &str) -> String {
    format!(
        r#"{{"errcode":{code},"data":{{"shop_id":{shop},"card_status":1,"card_id":"p",
            "card_describe":"10","start_date":1457712000,"end_date":1457712000.0}}}}"#
    )
}

async fn client(server: &TestServer) -> Client {
    let client = server.client_builder().build().unwrap();
    client.with(CallOptions::new().retry(RetryPolicy::never()))
}

#[test]
fn the_feature_is_on() {
    let number: serde_json::Number = serde_json::from_str("1.10").unwrap();
    assert_eq!(number.to_string(), "1.10", "`arbitrary_precision` keeps the text");
}

#[tokio::test]
async fn a_whole_number_is_read_in_every_notation() {
    let server = TestServer::start().await.unwrap();
    let client = client(&server).await;
    for (text, number) in [
        ("5", Some(5)),
        ("5.0", Some(5)),
        ("-0", Some(0)),
        ("-0.0", Some(0)),
        ("1e2", Some(100)),
        ("1E+2", Some(100)),
        ("-7", Some(-7)),
        ("50e-1", Some(5)),
        (r#""5""#, Some(5)),
        ("9223372036854775807", Some(i64::MAX)),
        ("5.5", None),
        ("1e400", None),
        ("{}", None),
        ("99999999999999999999", None),
    ] {
        server.fault(Endpoint::GET_COUPON_PLACEMENT).reply_body(reply(text, "0"));
        let read = client.get_coupon_placement(&GetCouponPlacement::new(1)).await;
        let read = read.map(|placed| placed.unwrap().shop_id).map_err(|error| error.kind());
        assert_eq!(read.ok(), number.map(Into::into), "{text}");
    }
}

#[tokio::test]
async fn a_return_code_counts_in_every_notation() {
    let server = TestServer::start().await.unwrap();
    let client = client(&server).await;
    for (text, code) in [
        ("0", None),
        ("0.0", None),
        ("-0", None),
        ("45009", Some(45_009)),
        ("45009.0", Some(45_009)),
        ("4.5009e4", Some(45_009)),
        (r#""45009""#, Some(45_009)),
    ] {
        server.fault(Endpoint::GET_COUPON_PLACEMENT).reply_body(reply("5", text));
        let read = client.get_coupon_placement(&GetCouponPlacement::new(1)).await;
        let found = read.err().map(|error| error.code().map(|code| code.value()));
        assert_eq!(found, code.map(Some), "{text}");
    }
}

#[tokio::test]
async fn a_tokens_life_is_read_in_every_notation() {
    for life in ["7200", "7200.0", "7.2e3", r#""7200""#] {
        let server = TestServer::start().await.unwrap();
        let token = server.token().expose().to_owned();
        let body = format!(r#"{{"access_token":"{token}","expires_in":{life}}}"#);
        server.fault(Endpoint::STABLE_TOKEN).reply_body(body);
        let client = client(&server).await;
        for _ in 0..2 {
            client.get_coupon_placement(&GetCouponPlacement::new(1)).await.unwrap();
        }
        assert_eq!(server.call_count(Endpoint::STABLE_TOKEN), 1, "{life}");
    }
}

#[tokio::test]
async fn a_number_in_the_place_of_an_object_is_not_taken_for_nothing() {
    let server = TestServer::start().await.unwrap();
    let client = client(&server).await;
    for number in ["5", "5.0", "-0", "1e2"] {
        let body = format!(r#"{{"errcode":0,"data":{number}}}"#);
        server.fault(Endpoint::GET_COUPON_PLACEMENT).reply_body(body);
        let error = client.get_coupon_placement(&GetCouponPlacement::new(1)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{number}");
    }
}

#[tokio::test]
async fn a_token_that_is_a_number_is_masked_in_every_notation() {
    for token in ["987654321", "987654321.5", "98765432109876543210987654321"] {
        let server = TestServer::start().await.unwrap();
        let body = format!(r#"{{"errcode":40013,"errmsg":"no {token}","access_token":{token}}}"#);
        server.fault(Endpoint::STABLE_TOKEN).reply_body(body);
        let client = client(&server).await;
        let error = client.get_coupon_placement(&GetCouponPlacement::new(1)).await.unwrap_err();
        let said = format!("{error} {error:?}");
        assert!(said.contains("40013") && !said.contains("987654321"), "{said}");
    }
}

#[test]
fn a_rule_counts_every_digit_of_a_number_that_is_kept_as_its_text() {
    for (text, is_valid) in [
        ("1", true),
        ("1.00000000000000000000", true),
        ("0.99999999999999999999", false),
        ("1e400", true),
        ("-1e400", false),
        (r#""1""#, false),
    ] {
        let read = serde_json::from_str::<Root>(text);
        assert_eq!(read.is_ok(), is_valid, "{text}: {read:?}");
        if let Ok(value) = read {
            let written = serde_json::to_string(&value).unwrap();
            assert_eq!(written.to_lowercase().replace("e+", "e"), text);
        }
    }
}

#[tokio::test]
async fn an_http_client_that_decompresses_and_speaks_http_2_serves_as_well() {
    let server = TestServer::start().await.unwrap();
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(10))
        .no_proxy()
        .build()
        .unwrap();
    let given = server.client_builder().http_client(http).build().unwrap();
    given.get_coupon_placement(&GetCouponPlacement::new(1)).await.unwrap();
    let token = server.token().expose().to_owned();
    let fixed = Client::builder(Auth::fixed(token)).base_url(server.base_url()).build().unwrap();
    fixed.get_coupon_placement(&GetCouponPlacement::new(1)).await.unwrap();
}
