//! The runtime over real sockets: connections, TLS, tokens, replies, and what is never shown.
#![expect(clippy::unwrap_used, reason = "a test that unwraps says where it failed")]

use wechat_bizwifi::SetCouponPlacement;

mod blocking;
mod certificates;
mod replies;
mod retries;
mod runtimes;
mod secrets;
mod telemetry;
mod tls;
mod tokens;
mod transport;

/// The request of the documentation.
fn placement() -> SetCouponPlacement {
    SetCouponPlacement::builder()
        .shop_id(429_620)
        .card_id("pBnTrjvZJXkZsPGwfq9F0Hl0WqE")
        .card_describe("10元代金券")
        .start_time(1_457_280_000)
        .end_time(1_457_712_000)
        .card_quantity(10)
        .build()
        .unwrap()
}
