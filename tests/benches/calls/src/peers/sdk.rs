//! The SDK with its defaults: a fetched token, retries, deadlines, validation, spans.

use std::hint::black_box;

use wechat_bizwifi::{Client, Credentials, GetCouponPlacement, SetCouponPlacement};

use super::Peer;
use crate::documents::{CARD, END, QUANTITY, SHOP, START, TEXT};

#[derive(Clone)]
pub(crate) struct Sdk(Client);

impl Peer for Sdk {
    fn new(base: &str) -> Self {
        let credentials =
            Credentials::new("wx0123456789abcdef", "0123456789abcdef0123456789abcdef");
        Self(Client::builder(credentials).base_url(base).build().expect("a client"))
    }

    async fn pair(&self) {
        self.0.set_coupon_placement(&set_request()).await.expect("a reply");
        let request = GetCouponPlacement::new(SHOP);
        let placement = self.0.get_coupon_placement(&request).await.expect("a reply");
        black_box(placement.expect("a placement"));
    }
}

pub(crate) fn set_request() -> SetCouponPlacement {
    SetCouponPlacement::builder()
        .shop_id(SHOP)
        .card_id(CARD)
        .card_describe(TEXT)
        .start_time(START)
        .end_time(END)
        .card_quantity(QUANTITY)
        .build()
        .expect("a valid request")
}
