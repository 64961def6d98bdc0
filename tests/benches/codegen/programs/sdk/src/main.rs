//! Places a coupon and reads back what is placed: with the SDK.

use std::env;
use std::error::Error;

use wechat_bizwifi::{Client, Credentials, GetCouponPlacement, SetCouponPlacement};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let account = Credentials::new(env::var("WECHAT_APPID")?, env::var("WECHAT_SECRET")?);
    let client = Client::builder(account).build()?;

    let placement = SetCouponPlacement::builder()
        .shop_id(429620)
        .card_id("pBnTrjvZJXkZsPGwfq9F0Hl0WqE")
        .card_describe("10元代金券")
        .start_time(1457280000)
        .end_time(1457712000)
        .card_quantity(10)
        .build()?;
    client.set_coupon_placement(&placement).await?;
    match client.get_coupon_placement(&GetCouponPlacement::new(429620)).await? {
        Some(placement) => println!("{placement:?}"),
        None => println!("nothing is placed"),
    }
    Ok(())
}
