//! Malformed replies: each is an error or a value, never a panic, never a placement that was not
//! sent.
#![expect(clippy::unwrap_used, reason = "a test that unwraps says where it failed")]

use wechat_bizwifi::retry::RetryPolicy;
use wechat_bizwifi::testing::{Endpoint, TestServer};
use wechat_bizwifi::{CallOptions, ErrorKind, GetCouponPlacement, Placement};

const GOOD: &str = r#"{"errcode":0,"data":{"shop_id":429620,"card_status":1,"card_id":"pBnTrjqf95sZLOxN5gf_EkHwyxiw","card_describe":"10元代金券","start_date":1457712000,"end_date":1457712000}}"#;

/// The good reply, cut off at every byte, with every structural byte replaced, and with odd values
/// in every place.
fn corpus() -> Vec<Vec<u8>> {
    let mut corpus: Vec<Vec<u8>> =
        (0..GOOD.len()).map(|end| GOOD.as_bytes()[..end].to_vec()).collect();
    for (at, byte) in GOOD.bytes().enumerate() {
        if b"{}\":,".contains(&byte) {
            for replacement in [b'}', b'[', b'"', 0, 0xff] {
                let mut body = GOOD.as_bytes().to_vec();
                body[at] = replacement;
                corpus.push(body);
            }
        }
    }
    let odd = [
        "null",
        "true",
        "[]",
        "{}",
        "\"\"",
        "-1",
        "1e400",
        "1.5",
        "99999999999999999999",
        "\"12a\"",
        "NaN",
        "\"\\ud800\"",
        "{\"a\":{\"a\":{}}}",
        "[[[[]]]]",
    ];
    for name in ["errcode", "data", "shop_id", "card_status", "card_id", "start_date"] {
        let key = format!("\"{name}\":");
        let at = GOOD.find(&key).unwrap() + key.len();
        let end = if name == "data" { GOOD.len() - 1 } else { at + GOOD[at..].find(',').unwrap() };
        for value in odd {
            corpus.push([&GOOD[..at], value, &GOOD[end..]].concat().into_bytes());
        }
    }
    let deep = "[".repeat(100_000);
    for whole in
        [deep.as_str(), "null", "true", "0", "[]", "\"errcode\"", "{}{}", "{} x", "\u{feff}"]
    {
        corpus.push(whole.as_bytes().to_vec());
    }
    corpus
}

#[tokio::test]
async fn a_malformed_reply_is_an_error_or_a_value_and_never_a_placement_that_was_not_sent() {
    let server = TestServer::start().await.unwrap();
    let client = server.client_builder().build().unwrap();
    let client = client.with(CallOptions::new().retry(RetryPolicy::never()));
    let request = GetCouponPlacement::new(429_620);
    server.fault(Endpoint::GET_COUPON_PLACEMENT).reply_body(GOOD);
    let good = client.get_coupon_placement(&request).await.unwrap();
    assert!(good.is_some());

    let corpus = corpus();
    assert!(corpus.len() >= 200, "{}", corpus.len());
    for body in corpus {
        server.fault(Endpoint::GET_COUPON_PLACEMENT).reply_body(body.clone());
        let shown = String::from_utf8_lossy(&body[..body.len().min(300)]).into_owned();
        match client.get_coupon_placement(&request).await {
            Ok(None) => assert!(says_nothing_is_placed(&body), "{shown}"),
            Ok(Some(placement)) => assert!(was_sent(&placement, &body), "{shown}: {placement:?}"),
            Err(error) => {
                use ErrorKind::{Api, Decode, Throttled, Transport};
                let kinds = [Decode, Api, Throttled, Transport];
                assert!(kinds.contains(&error.kind()), "{shown}: {error:?}");
                assert!(error.to_string().len() < 2200, "{}", error.to_string().len());
            }
        }
    }
}

fn parsed(body: &[u8]) -> serde_json::Value {
    serde_json::from_slice(body).unwrap_or_default()
}

/// The reply is an object without a placement in it.
fn says_nothing_is_placed(body: &[u8]) -> bool {
    let reply = parsed(body);
    let data = &reply["data"];
    let none = data.is_null()
        || data.as_object().is_some_and(serde_json::Map::is_empty)
        || data.as_array().is_some_and(Vec::is_empty);
    reply.is_object() && none
}

/// Each value is the one in the reply, as a number or as a text.
fn was_sent(placement: &Placement, body: &[u8]) -> bool {
    let reply = parsed(body);
    let sent = serde_json::to_value(placement).unwrap();
    sent.as_object().unwrap().iter().all(|(name, value)| {
        let text = |value: &serde_json::Value| value.to_string().trim_matches('"').to_owned();
        text(&reply["data"][name]) == text(value)
    })
}
