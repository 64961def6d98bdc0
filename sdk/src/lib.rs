//! Place coupons in the Wi-Fi connect flow of WeChat merchants, and read them back.
//!
//! The types and calls of this crate are generated from JSON Schema descriptions of WeChat's
//! endpoints when it is built: requests are checked against every rule of theirs before anything is
//! sent, and replies are read as tolerantly as servers are sloppy. Access tokens, repeated attempts,
//! time limits and malformed replies are the client's affair, not yours.
//!
//! # Example
//!
//! ```no_run
//! use wechat_bizwifi::{CardStatus, Client, Credentials, GetCouponPlacement, SetCouponPlacement};
//!
//! # async fn example(secret: String) -> Result<(), wechat_bizwifi::Error> {
//! let client = Client::builder(Credentials::new("wx0123456789abcdef", secret)).build()?;
//!
//! let placement = SetCouponPlacement::builder()
//!     .shop_id(429620)                        // or ShopId::ALL
//!     .card_id("pBnTrjvZJXkZsPGwfq9F0Hl0WqE")
//!     .card_describe("10元代金券")
//!     .start_time(1457280000)                 // also a SystemTime
//!     .end_time(1457712000)
//!     .card_quantity(10)
//!     .build()?;                              // every broken rule at once, nothing sent
//! client.set_coupon_placement(&placement).await?;
//!
//! match client.get_coupon_placement(&GetCouponPlacement::new(429620)).await? {
//!     Some(placed) => match placed.card_status {
//!         CardStatus::InEffect => println!("guests can claim it"),
//!         CardStatus::Unknown(status) => println!("a status from the future: {status}"),
//!         _ => println!("not yet, or no more"),
//!     },
//!     None => println!("nothing is placed"),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A request that breaks rules says all that is wrong with it:
//!
//! ```
//! use wechat_bizwifi::SetCouponPlacement;
//!
//! let invalid = SetCouponPlacement::builder()
//!     .shop_id(429620)
//!     .card_id("pBnTrjvZJXkZsPGwfq9F0Hl0WqE")
//!     .card_describe("a text of more than 18 characters")
//!     .start_time(1457280000)
//!     .end_time(1457712000)
//!     .build()
//!     .unwrap_err();
//! let places: Vec<&str> = invalid.violations().iter().map(|one| &*one.pointer).collect();
//! assert_eq!(places, ["/card_describe", "/card_quantity"]);
//! ```
//!
//! # How it fits together
//!
//! - A [`Client`] is built from [`Credentials`] (or another [`Auth`]) and has a method for each
//!   operation. Build one and clone it; `blocking::Client` is its counterpart without `async`.
//! - Each operation has a request type with a builder, and a reply type. The rules, units and limits
//!   of every property are in their documentation.
//! - Whatever goes wrong is an [`Error`], whose [`kind`](Error::kind) says what to do next.
//! - [`CallOptions`] change time limits and retries for [some calls](Client::with).
//!
//! # Pages
//!
//! - [Requests and values](guide::requests): templates, optional properties, types of your own
//! - [Errors](guide::errors): what can go wrong, and what to do then
//! - [In production](guide::production): certificates, proxies, white list, several processes
//! - [Running many instances](guide::many_instances): which token endpoint, a token store in Redis
//! - [Tokens](token): where they come from, how they are kept, how to bring your own
//! - [Retries](retry): what is repeated, when, and how to change that
//! - [Telemetry](guide::telemetry): the spans and events, level by level
//! - [Coming from another SDK](guide::coming_from): where to find what you know
//! - `testing` (with the feature of that name): a server for your own tests, faults included
//!
//! # What the client promises
//!
//! | | |
//! |---|---|
//! | time | connecting 3.1 s, an attempt 10 s, a call 30 s; each can be set |
//! | attempts | 3, with random pauses that double; only what may safely be repeated |
//! | load on a service that is down | hardly more than one attempt a call |
//! | token | one fetch however many calls wait; renewed in good time; replaced when refused |
//! | cancelling | drop the future: no task, no lock, no half-counted quota stays behind; a token fetch goes on for the calls to come |
//! | runtimes | any number may share a client; none depends on another |
//! | secrets | in no error, no `Debug`, no span, serialised only by [`reveal_secrets`]; wiped when dropped |
//! | transport | HTTPS only, no redirects; replies read by their bytes, up to 8 MiB |
//!
//! # Features
//!
//! | feature | |
//! |---|---|
//! | `rustls` (default) | TLS by rustls, with the system's certificates |
//! | `generate` (default) | generates the types and calls when the crate is built; without it the code that is kept in the source tree is compiled, and no generator |
//! | `native-tls`, `native-tls-vendored` | TLS by the system's library, or an OpenSSL built in |
//! | `webpki-roots` | Mozilla's certificates beside the system's |
//! | `blocking` | `blocking::Client` |
//! | `testing` | `testing::TestServer`: the API on a loopback socket, for tests of yours |
//! | `pattern` | the keyword `pattern`, and the format `regex`, in descriptions of yours; these have none |
//! | `uri` | the formats of URIs, IRIs and URI templates in descriptions of yours; these have none |
//! | `idn` | the formats `idn-email` and `idn-hostname` in descriptions of yours; these have none |
//! | `markdown` | Markdown other than paragraphs, code and links in descriptions of yours; these have none |
//! | `unicode-names` | names with letters beyond ASCII in descriptions of yours; these have none |
//! | `redis` | `token::RedisStore`: one access token for many processes |
//! | `chrono`, `jiff`, `time` | conversions between [`UnixTime`], [`UnixTimeMillis`] and the types of `chrono` 0.4, `jiff` 1 and `time` 0.3 |
//!
//! # Versions
//!
//! The crate follows semantic versioning. A corrected description may make a rule stricter or a type
//! narrower; that is a new minor version, and the changelog says so. [`ErrorKind`], [`CodeClass`]
//! and the other enums that may grow are marked `non_exhaustive`.
// Readers of the documentation need not know where the generated code lies.
#![cfg_attr(docsrs, feature(doc_cfg), doc(auto_cfg(hide(generated_in_tree))))]

mod any_operation;
#[cfg(feature = "blocking")]
pub mod blocking;
mod client;
mod clock;
mod config;
mod endpoint;
mod engine;
mod error;
#[cfg(generated_in_tree)]
mod generated;
/// What the build script has generated, from other descriptions than those of the source tree.
#[cfg(not(generated_in_tree))]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/api.rs"));
}
pub mod guide;
mod known_secrets;
mod language;
mod lock;
mod observer;
mod pages;
mod reply;
pub mod retry;
mod runtime;
mod secret;
mod telemetry;
#[cfg(feature = "testing")]
pub mod testing;
mod text;
pub mod token;
mod transport;
mod wire;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

pub use any_operation::AnyOperation;
pub use client::{CallFuture, Client, ClientBuilder};
pub use clock::Clock;
pub use config::{CallOptions, Host};
pub use endpoint::{
    CodeClass, CodeEntry, Endpoint, Envelope, Method, Operation, PageSize, Paging, PagingBy,
    Payload, ReturnCode, ReturnCodes, Security,
};
pub use error::{Error, ErrorKind};
pub use generated::*;
pub use language::Language;
pub use observer::{AttemptEnd, AttemptStart, Observer};
pub use pages::{Paged, Pages};
pub use secret::{Secret, reveal_secrets};
pub use token::{Auth, Credentials};
pub use wire::{Integer, Invalid, UnixTime, UnixTimeMillis, Violation};
