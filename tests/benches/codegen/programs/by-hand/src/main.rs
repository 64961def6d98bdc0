//! Places a coupon and reads back what is placed: with nothing but an HTTP client.

use std::env;
use std::error::Error;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

const BASE: &str = "https://api.weixin.qq.com";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = reqwest::Client::new();
    let token = token(&client).await?;

    let placement = SetPlacement {
        shop_id: 429620,
        card_id: "pBnTrjvZJXkZsPGwfq9F0Hl0WqE",
        card_describe: "10元代金券",
        start_time: 1457280000,
        end_time: 1457712000,
        card_quantity: 10,
    };
    let reply: Reply<Nothing> = post(&client, "/bizwifi/couponput/set", &token, &placement).await?;
    reply.payload()?;
    let query = GetPlacement { shop_id: 429620 };
    let reply: Reply<Placement> = post(&client, "/bizwifi/couponput/get", &token, &query).await?;
    match reply.payload()? {
        Some(placement) => println!("{placement:?}"),
        None => println!("nothing is placed"),
    }
    Ok(())
}

async fn token(client: &reqwest::Client) -> Result<String, Box<dyn Error>> {
    let request = TokenRequest {
        grant_type: "client_credential",
        appid: env::var("WECHAT_APPID")?,
        secret: env::var("WECHAT_SECRET")?,
    };
    let reply = client.post(format!("{BASE}/cgi-bin/stable_token")).json(&request).send().await?;
    let body = reply.error_for_status()?.bytes().await?;
    let token: Token = serde_json::from_slice(&body)?;
    Ok(token.access_token)
}

async fn post<T: DeserializeOwned>(
    client: &reqwest::Client,
    path: &str,
    token: &str,
    request: &impl Serialize,
) -> Result<Reply<T>, Box<dyn Error>> {
    let call = client.post(format!("{BASE}{path}")).query(&[("access_token", token)]);
    let reply = call.json(request).send().await?.error_for_status()?;
    Ok(reply.json().await?)
}

#[derive(Serialize)]
struct TokenRequest {
    grant_type: &'static str,
    appid: String,
    secret: String,
}

#[derive(Deserialize)]
struct Token {
    access_token: String,
}

#[derive(Serialize)]
struct SetPlacement<'a> {
    shop_id: i64,
    card_id: &'a str,
    card_describe: &'a str,
    start_time: i64,
    end_time: i64,
    card_quantity: i64,
}

#[derive(Serialize)]
struct GetPlacement {
    shop_id: i64,
}

#[derive(Deserialize)]
struct Nothing {}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "they are printed")]
struct Placement {
    shop_id: i64,
    card_status: i64,
    card_id: String,
    card_describe: Option<String>,
    start_date: Option<i64>,
    end_date: Option<i64>,
}

#[derive(Deserialize)]
struct Reply<T> {
    #[serde(default)]
    errcode: i64,
    #[serde(default)]
    errmsg: String,
    data: Option<T>,
}

impl<T> Reply<T> {
    fn payload(self) -> Result<Option<T>, String> {
        match self.errcode {
            0 => Ok(self.data),
            code => Err(format!("{code}: {}", self.errmsg)),
        }
    }
}
