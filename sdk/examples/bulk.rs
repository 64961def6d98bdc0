//! Places a coupon in many stores, so many at a time, and says which stores failed and why:
//!
//! ```text
//! cargo run --example bulk
//! ```

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::error::Error as StdError;

use futures_util::StreamExt;
use futures_util::stream;
use wechat_bizwifi::testing::{Endpoint, TestServer};
use wechat_bizwifi::{CallOptions, Client, Error, SetCouponPlacement};

type Result<T> = std::result::Result<T, Box<dyn StdError>>;

/// The service allows so many calls a minute; more at a time would only wait.
const AT_A_TIME: usize = 8;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let server = TestServer::start().await?;
    (1..=200).for_each(|shop| server.add_shop(shop));
    // The service is busy for some of the calls, which the client repeats by itself.
    server.fault(Endpoint::SET_COUPON_PLACEMENT).on_call(20).times(5).reply_code(-1);
    // Nobody else places coupons in these stores: doing it twice does no harm.
    let options = CallOptions::new().idempotent(true);
    let client = server.client_builder().build()?.with(options);

    // Two of these stores do not exist.
    let failed = place_everywhere(&client, 1..=202).await;
    for (shop, error) in &failed {
        println!("store {shop}: {error}");
    }
    assert_eq!(failed.iter().map(|(shop, _)| *shop).collect::<Vec<_>>(), [201, 202]);
    println!("placed in {} stores, with {} token(s)", 202 - failed.len(), server.tokens_issued());
    Ok(())
}

/// Places the coupon in each store, and returns the stores where that failed, in order.
async fn place_everywhere(
    client: &Client,
    shops: impl IntoIterator<Item = i64>,
) -> Vec<(i64, Error)> {
    let calls = shops.into_iter().map(|shop| async move {
        let outcome = place(client, shop).await;
        outcome.err().map(|error| (shop, error))
    });
    let ended = stream::iter(calls).buffer_unordered(AT_A_TIME);
    let mut failed: Vec<_> = ended.filter_map(std::future::ready).collect().await;
    failed.sort_unstable_by_key(|(shop, _)| *shop);
    failed
}

async fn place(client: &Client, shop: i64) -> std::result::Result<(), Error> {
    let request = SetCouponPlacement::builder()
        .shop_id(shop)
        .card_id("pBnTrjvZJXkZsPGwfq9F0Hl0WqE")
        .card_describe("10元代金券")
        .start_time(1_457_280_000)
        .end_time(1_457_712_000)
        .card_quantity(10)
        .build()?;
    client.set_coupon_placement(&request).await
}

#[test]
fn it_runs() {
    assert!(main().is_ok());
}
