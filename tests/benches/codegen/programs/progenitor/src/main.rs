//! Places a coupon and reads back what is placed: with the client that progenitor generates.

use std::env;
use std::error::Error;

use client::Client;
use client::types::{GetCouponPlacement, GetStableAccessToken, SetCouponPlacement};

mod client {
    include!(concat!(env!("OUT_DIR"), "/client.rs"));
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::new("https://api.weixin.qq.com");
    let request = GetStableAccessToken {
        grant_type: "client_credential".to_owned(),
        appid: env::var("WECHAT_APPID")?.parse()?,
        secret: env::var("WECHAT_SECRET")?.parse()?,
        force_refresh: false,
    };
    let token = client.get_stable_access_token(&request).await?.into_inner().access_token;

    let placement = SetCouponPlacement {
        shop_id: 429620,
        card_id: "pBnTrjvZJXkZsPGwfq9F0Hl0WqE".parse()?,
        card_describe: "10元代金券".parse()?,
        start_time: 1457280000,
        end_time: 1457712000,
        card_quantity: 10,
    };
    let reply = client.set_coupon_placement(&token, &placement).await?.into_inner();
    succeeded(reply.errcode, reply.errmsg)?;
    let request = GetCouponPlacement { shop_id: 429620 };
    let reply = client.get_coupon_placement(&token, &request).await?.into_inner();
    succeeded(reply.errcode, reply.errmsg)?;
    match reply.data {
        Some(placement) => println!("{placement:?}"),
        None => println!("nothing is placed"),
    }
    Ok(())
}

fn succeeded(errcode: Option<i64>, errmsg: Option<String>) -> Result<(), String> {
    match errcode.unwrap_or(0) {
        0 => Ok(()),
        code => Err(format!("{code}: {}", errmsg.unwrap_or_default())),
    }
}
