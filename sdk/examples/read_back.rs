//! After a write whose outcome nobody knows, reads back what is placed before writing again:
//!
//! ```text
//! cargo run --example read-back
//! ```

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::error::Error;

use wechat_bizwifi::testing::{Endpoint, TestServer};
use wechat_bizwifi::{Client, GetCouponPlacement, Placement, SetCouponPlacement};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let server = TestServer::start().await?;
    let client = server.client_builder().build()?;
    let wanted = coupon()?;

    // The coupon is placed, and the reply is lost.
    server.fault(Endpoint::SET_COUPON_PLACEMENT).cut_before_reply();
    println!("reply lost: {} call(s) to have it placed", place(&client, &wanted).await?);
    assert_eq!(server.call_count(Endpoint::SET_COUPON_PLACEMENT), 1);

    // The connection breaks before the service does anything.
    let wanted = SetCouponPlacement::builder()
        .shop_id(7)
        .card_id(wanted.card_id().clone())
        .card_describe("another one")
        .start_time(wanted.start_time())
        .end_time(wanted.end_time())
        .card_quantity(5)
        .build()?;
    server.fault(Endpoint::SET_COUPON_PLACEMENT).not_carried_out().cut_before_reply();
    println!("never done: {} call(s) to have it placed", place(&client, &wanted).await?);
    assert_eq!(server.call_count(Endpoint::SET_COUPON_PLACEMENT), 3);
    Ok(())
}

/// Places a coupon, and returns how many writes that took. It writes again only if the coupon is
/// known not to be there.
async fn place(client: &Client, wanted: &SetCouponPlacement) -> Result<u32> {
    const MOST_WRITES: u32 = 3;
    let store = GetCouponPlacement::new(wanted.shop_id());
    for writes in 1..=MOST_WRITES {
        match client.set_coupon_placement(wanted).await {
            Ok(()) => return Ok(writes),
            Err(error) if error.may_have_been_sent() && error.code().is_none() => {
                let placed = client.get_coupon_placement(&store).await?;
                if placed.is_some_and(|placed| is_same(&placed, wanted)) {
                    return Ok(writes);
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err("the service does not get it done".into())
}

/// Everything that can be read back: another coupon may have been there before.
fn is_same(placed: &Placement, wanted: &SetCouponPlacement) -> bool {
    placed.card_id == *wanted.card_id()
        && placed.card_describe.as_deref() == Some(wanted.card_describe())
        && placed.start_date == Some(wanted.start_time())
        && placed.end_date == Some(wanted.end_time())
}

fn coupon() -> Result<SetCouponPlacement> {
    let request = SetCouponPlacement::builder()
        .shop_id(7)
        .card_id("pBnTrjvZJXkZsPGwfq9F0Hl0WqE")
        .card_describe("10元代金券")
        .start_time(1_457_280_000)
        .end_time(1_457_712_000)
        .card_quantity(10);
    Ok(request.build()?)
}

#[test]
fn it_runs() {
    assert!(main().is_ok());
}
