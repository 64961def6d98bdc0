//! The documented requests and replies, and the types that one would write for them by hand.

use serde::{Deserialize, Serialize};

pub(crate) const SHOP: i64 = 429_620;
pub(crate) const CARD: &str = "pBnTrjvZJXkZsPGwfq9F0Hl0WqE";
pub(crate) const TEXT: &str = "10元代金券";
pub(crate) const START: i64 = 1_457_280_000;
pub(crate) const END: i64 = 1_457_712_000;
pub(crate) const QUANTITY: i64 = 10;

pub(crate) const SET_PATH: &str = "/bizwifi/couponput/set";
pub(crate) const GET_PATH: &str = "/bizwifi/couponput/get";

pub(crate) const SET_REPLY: &str = r#"{"errcode":0}"#;
pub(crate) const GET_REPLY: &str = r#"{"errcode":0,"data":{"shop_id":429620,"card_status":1,"card_id":"pBnTrjqf95sZLOxN5gf_EkHwyxiw","card_describe":"10元代金券","start_date":1457712000,"end_date":1457712000}}"#;

/// As long as WeChat's are.
pub(crate) const TOKEN: &str = "96_wNnHcDXxT8vR2mQ0bKpYf3sLz7uJtGhE5aVdCq1iOySBrMoWgUkP4ZlIeFjA6xTn9HvDwQyRcLmKbYsPzJfXuGtEhNaVdCi1OyS0BrMoWgUkP4ZlIeFjA6xTn9HvDwQyRcLmKbYsPzJfXuGtE";

#[derive(Serialize)]
pub(crate) struct SetRequest {
    pub(crate) shop_id: i64,
    pub(crate) card_id: String,
    pub(crate) card_describe: String,
    pub(crate) start_time: i64,
    pub(crate) end_time: i64,
    pub(crate) card_quantity: i64,
}

impl SetRequest {
    pub(crate) fn documented() -> Self {
        Self {
            shop_id: SHOP,
            card_id: CARD.to_owned(),
            card_describe: TEXT.to_owned(),
            start_time: START,
            end_time: END,
            card_quantity: QUANTITY,
        }
    }
}

#[derive(Serialize)]
pub(crate) struct GetRequest {
    pub(crate) shop_id: i64,
}

#[derive(Deserialize)]
pub(crate) struct SetReply {
    pub(crate) errcode: i64,
}

/// `P` is what was placed: [`Placement`], or the SDK's type of that name.
#[derive(Deserialize)]
pub(crate) struct GetReply<P> {
    pub(crate) errcode: i64,
    pub(crate) data: Option<P>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "decoded for the sake of decoding")]
pub(crate) struct Placement {
    pub(crate) shop_id: i64,
    pub(crate) card_status: i64,
    pub(crate) card_id: String,
    pub(crate) card_describe: Option<String>,
    pub(crate) start_date: Option<i64>,
    pub(crate) end_date: Option<i64>,
}
