//! The calls of the other API, against a carrier on loopback.
#![expect(clippy::unwrap_used, reason = "only tests")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use other_api_example::{
    Address, AnnounceParcels, CarrierCalls, Country, Delivery, LockerDelivery, NewParcel,
    ParcelState, TrackParcel, TrackingNumber, carrier, return_code,
};
use wechat_bizwifi::token::{Auth, Token, TokenFuture, TokenRequest, TokenSource};
use wechat_bizwifi::{Client, ErrorKind};

#[tokio::test]
async fn a_get_sends_its_request_as_the_query_and_reads_a_nested_reply() {
    let request = TrackParcel::builder().number("RC00000001").most_events(1_u32).build().unwrap();
    let parcel = client(carrier::TOKEN).track_parcel(&request).await.unwrap().unwrap();
    assert_eq!(parcel.state, ParcelState::InTransit);
    assert_eq!(parcel.receiver.country(), &Country::France);
    assert_eq!(parcel.events.len(), 1);
    assert_eq!(parcel.events[0].weight, Some(Some(1250)));
}

#[tokio::test]
async fn a_reply_that_is_sloppier_than_its_description_is_read() {
    let request = TrackParcel::builder().number("RC00000001").build().unwrap();
    let parcel = client(carrier::TOKEN).track_parcel(&request).await.unwrap().unwrap();
    assert_eq!(parcel.events[1].at.seconds(), 1_767_225_600);
}

#[tokio::test]
async fn a_post_sends_lists_and_a_tagged_union() {
    let numbers = client(carrier::TOKEN).announce_parcels(&announcement()).await.unwrap().unwrap();
    let numbers: Vec<&str> = numbers.iter().map(TrackingNumber::as_str).collect();
    assert_eq!(numbers, ["RC00000002"]);
}

#[test]
fn a_tagged_union_is_written_as_the_description_says() {
    let written = serde_json::to_value(announcement()).unwrap();
    let delivery = serde_json::json!({ "to": "locker", "locker": 17, "phone": "+65 6123 4567" });
    assert_eq!(written["parcels"][0]["delivery"], delivery);
}

#[tokio::test]
async fn a_return_code_is_an_error_that_knows_it() {
    let request = TrackParcel::builder().number("RC99999999").build().unwrap();
    let error = client(carrier::TOKEN).track_parcel(&request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.code(), Some(return_code::UNKNOWN_PARCEL));
}

#[tokio::test]
async fn a_wrong_token_is_the_carriers_to_refuse() {
    let error = client("WRONG").announce_parcels(&announcement()).await.unwrap_err();
    assert_eq!(error.code(), Some(return_code::TOKEN_EXPIRED));
}

#[tokio::test]
async fn a_token_that_the_carrier_refuses_is_replaced_by_another() {
    let source = Arc::new(Rotating::default());
    let client = Client::builder(Auth::source(source.clone()))
        .base_url(carrier::open().unwrap())
        .build()
        .unwrap();
    client.announce_parcels(&announcement()).await.unwrap();
    assert_eq!(source.0.load(Ordering::Relaxed), 2);
}

/// Its first token is refused.
#[derive(Default)]
struct Rotating(AtomicUsize);

impl TokenSource for Rotating {
    fn fetch<'a>(&'a self, _: TokenRequest<'a>) -> TokenFuture<'a> {
        let token =
            if self.0.fetch_add(1, Ordering::Relaxed) == 0 { "OLD" } else { carrier::TOKEN };
        Box::pin(async move { Ok(Token::new(token, Duration::from_secs(600))) })
    }
}

#[test]
fn every_broken_rule_is_named_before_anything_is_sent() {
    let invalid = TrackParcel::builder().number("RC1").most_events(51_u32).build().unwrap_err();
    let places: Vec<&str> = invalid.violations().iter().map(|one| &*one.pointer).collect();
    assert_eq!(places, ["/number", "/most_events"]);
}

fn client(token: &str) -> Client {
    Client::builder(Auth::fixed(token)).base_url(carrier::open().unwrap()).build().unwrap()
}

fn announcement() -> AnnounceParcels {
    let locker = LockerDelivery::builder().locker(17_u32).phone("+65 6123 4567").build().unwrap();
    let parcel = NewParcel::builder().weight(300_u32).delivery(Delivery::Locker(locker));
    let sender = Address::builder()
        .name("Lin")
        .street("1 Long Street")
        .postcode("100000")
        .country(Country::China);
    AnnounceParcels::builder()
        .sender(sender.build().unwrap())
        .parcels(vec![parcel.build().unwrap()])
        .build()
        .unwrap()
}
