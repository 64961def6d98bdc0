//! A server that speaks WeChat's API, for tests of code that uses this crate.
//!
//! Behind the feature `testing`, which belongs into the dev-dependencies:
//!
//! ```toml
//! [dev-dependencies]
//! wechat-bizwifi = { version = "0.1", features = ["testing"] }
//! ```
//!
//! [`TestServer`] listens on a real socket of this machine. A client that is given its
//! [`base_url`](TestServer::base_url) goes through all that it goes through in production (token,
//! HTTP, retries, timeouts, decoding), and nothing has to be mocked:
//!
//! ```
//! use std::time::Duration;
//! use wechat_bizwifi::testing::{Endpoint, TestServer};
//! use wechat_bizwifi::{CardStatus, Client, GetCouponPlacement, SetCouponPlacement};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = TestServer::start().await?;
//! server.clock().stop_at(1_457_280_000);
//! let client = Client::builder(server.credentials()).base_url(server.base_url()).build()?;
//!
//! let placement = SetCouponPlacement::builder()
//!     .shop_id(429620)
//!     .card_id("pBnTrjvZJXkZsPGwfq9F0Hl0WqE")
//!     .card_describe("10元代金券")
//!     .start_time(1_457_280_000)
//!     .end_time(1_457_712_000)
//!     .card_quantity(10)
//!     .build()?;
//! client.set_coupon_placement(&placement).await?;
//!
//! // Five days later.
//! server.clock().advance(Duration::from_secs(5 * 24 * 3600));
//! let placed = client.get_coupon_placement(&GetCouponPlacement::new(429620)).await?;
//! assert_eq!(placed.unwrap().card_status, CardStatus::Expired);
//!
//! // Every call was logged, and can be printed: no token or secret shows.
//! assert_eq!(server.call_count(Endpoint::SET_COUPON_PLACEMENT), 1);
//! println!("{:#?}", server.calls());
//! # Ok(())
//! # }
//! ```
//!
//! The server has a thread of its own, so it serves programs that are not async just as well
//! ([`TestServer::start_blocking`]), and a test that stops tokio's time does not stop it.
//!
//! # What it does
//!
//! | endpoint | |
//! |---|---|
//! | `POST /cgi-bin/stable_token` | the same token until 5 minutes before its end; forced, another, at most every 30 s and 20 times a day |
//! | `GET /cgi-bin/token` | another token each time; the one before works 5 more minutes |
//! | `POST /bizwifi/couponput/set` | places a coupon in a store, or in every store |
//! | `POST /bizwifi/couponput/get` | the store's placement, its status taken from the [clock](TestServer::clock) |
//! | every other one that this crate was generated with | what was [added](TestServer::add_item), such as [stores](TestServer::add_shop) and [cards](TestServer::add_card); else the reply that its description documents, cut into pages where it has `paging` |
//!
//! Requests are checked by the very types that this crate sends, so against the descriptions that
//! it was generated from, and the return codes are the service's:
//!
//! | code | when |
//! |---|---|
//! | 9002007, 9002008 | a parameter is missing, is invalid; the hint in the message says which |
//! | 47001, 44002 | the body is not a JSON object, is empty |
//! | 40033, 40221 | the body has `\uXXXX` escapes, a content encoding |
//! | 41001, 40014, 40001, 42001 | no token, not a token, a replaced one, an expired one |
//! | 40002, 41002, 41004, 40013, 40125 | grant type, appid or secret missing or wrong |
//! | 40035 | a request for a token is otherwise not as described |
//! | 43001, 43002, 40066 | the wrong method, an unknown path |
//! | 45009, 45011 | a [daily](TestServer::set_daily_quota), a [minute's](TestServer::set_minute_quota) quota is used up |
//! | 9002009, 9008001, 9008002 | no such store, no such card, a card that ends earlier: once [stores](TestServer::add_shop) or [cards](TestServer::add_card) are listed |
//!
//! A chunked body is answered with HTTP status 412. All else is status 200 and
//! `application/json; encoding=utf-8`, as with the real service.
//!
//! # Where it has to guess
//!
//! What is not documented, the server decides as follows; do not build on it.
//!
//! - A store in which nothing is placed is answered `{"errcode":0}`.
//! - A placement for shop 0 replaces those of all stores. One that is made for a store afterwards
//!   is that store's own. Reading a store tells that store's id; reading shop 0 tells what was
//!   placed for all.
//! - A placement is in effect from its start until just before its end. Ending before it starts is
//!   no fault: it has then expired as soon as it has begun.
//! - Stock is neither counted nor used up.
//!
//! # Cookbook
//!
//! | to try | |
//! |---|---|
//! | a busy service, a gateway that is down, a cut connection, garbage | [`TestServer::fault`] |
//! | a reply that begins and does not end | [`FaultBuilder::trickle`] |
//! | calls that wait until the test lets them go on | [`FaultBuilder::hold`] |
//! | a token that is refused before its time | [`TestServer::revoke_tokens`], [`TestServer::expire_tokens`] |
//! | hours that pass | [`ServerClock::advance`]; with a client on a clock of its own, [`ServerClock::follow`] |
//! | short-lived tokens | [`TestServer::set_token_lifetime`] |
//! | a reply of your own | [`TestServer::answer`] |
//! | items of your own, to list and to read | [`TestServer::add_item`] |
//! | quotas | [`TestServer::set_daily_quota`], [`TestServer::set_minute_quota`] |
//! | several accounts | [`TestServer::add_account`] |
//! | that nothing was sent, or the right thing | [`TestServer::calls`], [`TestServer::call_count`] |
//! | something that speaks no Rust | `cargo run --example fake-wechat` runs the server for `curl` |

mod answer;
mod builder;
mod catalog;
mod check;
mod clock;
mod connection;
mod documented;
mod endpoint;
mod fault;
mod http;
mod log;
mod page;
mod placements;
mod quota;
mod redact;
mod refusal;
mod script;
mod server;
mod service;
mod shared;
mod state;
mod thread;
mod tokens;
mod world;

pub use builder::TestServerBuilder;
pub use clock::ServerClock;
pub use endpoint::Endpoint;
pub use fault::{FaultBuilder, Gate};
pub use log::{Call, Cut, Replied};
pub use server::TestServer;

#[cfg(test)]
mod tests;
