//! Requests and values: how to build, change and keep them.
//!
//! A request is a value that is valid once it is built. It can be sent any number of times, cloned,
//! compared and serialised.
//!
//! # A template that is changed
//!
//! A request does not change, and does not lead back to its builder. Keep the builder instead: it is
//! `Clone`, may lack properties, and takes each of them again:
//!
//! ```
//! use wechat_bizwifi::{Invalid, SetCouponPlacement, SetCouponPlacementBuilder};
//!
//! /// What is the same in all stores.
//! fn campaign() -> SetCouponPlacementBuilder {
//!     SetCouponPlacement::builder()
//!         .card_id("pBnTrjvZJXkZsPGwfq9F0Hl0WqE")
//!         .card_describe("10元代金券")
//!         .start_time(1_457_280_000)
//!         .end_time(1_457_712_000)
//!         .card_quantity(10)
//! }
//!
//! let template = campaign();
//! let requests = [1, 2, 3].map(|shop_id| template.clone().shop_id(shop_id).build());
//! let requests: Vec<SetCouponPlacement> = requests.into_iter().collect::<Result<_, Invalid>>()?;
//! assert_eq!(requests[2].shop_id().get(), 3);
//! # Ok::<(), Invalid>(())
//! ```
//!
//! # A property that may be absent
//!
//! A setter takes the value, not an `Option`: it converts what it is given, such as a `&str` or a
//! `SystemTime`, and no trait can do that for both. What is `None` is not set:
//!
//! ```
//! use wechat_bizwifi::{Invalid, ListShops};
//!
//! fn page(pageindex: Option<i64>, pagesize: Option<i64>) -> Result<ListShops, Invalid> {
//!     let mut request = ListShops::builder();
//!     if let Some(pageindex) = pageindex {
//!         request = request.pageindex(pageindex);
//!     }
//!     if let Some(pagesize) = pagesize {
//!         request = request.pagesize(pagesize);
//!     }
//!     request.build()
//! }
//! # assert_eq!(page(None, Some(5))?, ListShops::builder().pagesize(5).build()?);
//! # assert_eq!(page(None, None)?, ListShops::builder().build()?);
//! # Ok::<(), Invalid>(())
//! ```
//!
//! # From a value to what is in it
//!
//! | type | its content | made from it by |
//! |---|---|---|
//! | a name for strings, such as [`CardId`](crate::CardId) | `as_str()`, `String::from` | `From` if every string is valid, else `TryFrom`; `parse()` |
//! | a name for whole numbers, such as [`ShopId`](crate::ShopId) | `get()`, `i64::from` | the same |
//! | an enum of numbers, such as [`CardStatus`](crate::CardStatus) | `get()` | `From` if there is `Unknown`, else `TryFrom` |
//! | an enum of strings, such as [`CardType`](crate::CardType) | `as_str()` | the same; `parse()` |
//! | a name for anything else | `get()`, by reference; `into_inner()` | `From` or `TryFrom` |
//! | [`UnixTime`](crate::UnixTime), [`UnixTimeMillis`](crate::UnixTimeMillis) | `seconds()`, `millis()`, `i64::from` | `From`, also of a `SystemTime` |
//! | [`ReturnCode`](crate::ReturnCode) | `get()`, `i64::from` | `From` |
//! | [`Secret`](crate::Secret) | `expose()` | `From` |
//!
//! Enums list the values of the description in `ALL`.
//!
//! # In types of your own
//!
//! Requests, replies and the values in them implement serde's `Serialize` and `Deserialize`, so they can be
//! fields of types that derive these. A request that is read is checked like one that is built. Ids,
//! times and enums are `Eq` and `Hash`, and can be keys of maps, in JSON too:
//!
//! ```
//! use std::collections::HashMap;
//! use serde::{Deserialize, Serialize};
//! use wechat_bizwifi::{CardId, SetCouponPlacement, ShopId};
//!
//! #[derive(Serialize, Deserialize)]
//! struct Job {
//!     template: SetCouponPlacement,
//!     cards: HashMap<ShopId, CardId>,
//! }
//!
//! let job: Job = serde_json::from_str(
//!     r#"{
//!         "template": {
//!             "shop_id": 0, "card_id": "pBnTrjvZJXkZsPGwfq9F0Hl0WqE", "card_describe": "10元代金券",
//!             "start_time": 1457280000, "end_time": 1457712000, "card_quantity": 10
//!         },
//!         "cards": { "429620": "pBnTrjvZJXkZsPGwfq9F0Hl0WqE" }
//!     }"#,
//! )?;
//! assert_eq!(job.cards[&ShopId::from(429_620)], *job.template.card_id());
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! Requests and replies are neither `Eq` nor `Hash`, so that a number with a fraction can be added to one
//! of them later. Nothing implements schemars' `JsonSchema`; name another type where you derive that:
//! `#[schemars(with = "i64")]` for a [`ShopId`](crate::ShopId), `#[schemars(with = "String")]` for a
//! [`CardId`](crate::CardId).
//!
//! Secrets are serialised only by [`reveal_secrets`](crate::reveal_secrets).
