//! Errors: what can go wrong, and what to do then.
//!
//! Every call returns one [`Error`](crate::Error), an opaque box of one pointer's size. Its
//! [`kind`](crate::Error::kind) says what sort of failure it is:
//!
//! | kind | what happened | do |
//! |---|---|---|
//! | [`Config`](crate::ErrorKind::Config) | the client cannot be built or used so | follow the message |
//! | [`Invalid`](crate::ErrorKind::Invalid) | the request breaks rules | change it: [`violations`](crate::Error::violations) has them all |
//! | [`Auth`](crate::ErrorKind::Auth) | credentials or token are refused | alert the account's administrator |
//! | [`Connect`](crate::ErrorKind::Connect) | no connection at the last attempt | look at the network |
//! | [`Timeout`](crate::ErrorKind::Timeout) | no answer in time | read back before writing again |
//! | [`Transport`](crate::ErrorKind::Transport) | the connection broke | the same |
//! | [`Http`](crate::ErrorKind::Http) | something on the way answered | look at proxy and gateway |
//! | [`Decode`](crate::ErrorKind::Decode) | the reply makes no sense | report it with the message |
//! | [`Api`](crate::ErrorKind::Api) | WeChat refused the call | by [`code`](crate::Error::code) and [`class`](crate::Error::class) |
//! | [`Throttled`](crate::ErrorKind::Throttled) | too many calls | call less often |
//!
//! # Has it happened or not?
//!
//! After a failed call that changes something, this is the question.
//! [`may_have_taken_effect`](crate::Error::may_have_taken_effect) answers it as far as it can be
//! answered: `false` means that nothing was sent, or that WeChat refused it. `true` means that nobody
//! knows, and the placement has to be read back:
//!
//! ```
//! use wechat_bizwifi::{Client, Error, GetCouponPlacement, Placement, SetCouponPlacement};
//!
//! /// Places a coupon; whether it is placed in the end.
//! async fn place(client: &Client, wanted: &SetCouponPlacement) -> Result<bool, Error> {
//!     match client.set_coupon_placement(wanted).await {
//!         Ok(()) => Ok(true),
//!         Err(error) if error.may_have_taken_effect() => {
//!             // The same store, and the same coupon: another may have been there before.
//!             let store = GetCouponPlacement::new(wanted.shop_id());
//!             let placed = client.get_coupon_placement(&store).await?;
//!             Ok(placed.is_some_and(|placed| is_same(&placed, wanted)))
//!         }
//!         Err(error) => Err(error),
//!     }
//! }
//!
//! fn is_same(placed: &Placement, wanted: &SetCouponPlacement) -> bool {
//!     placed.card_id == *wanted.card_id()
//!         && placed.card_describe.as_deref() == Some(wanted.card_describe())
//!         && placed.start_date == Some(wanted.start_time())
//!         && placed.end_date == Some(wanted.end_time())
//! }
//!
//! # use wechat_bizwifi::retry::RetryPolicy;
//! # use wechat_bizwifi::testing::{Endpoint, TestServer};
//! # fn coupon(shop: i64, text: &str) -> Result<SetCouponPlacement, wechat_bizwifi::Invalid> {
//! #     SetCouponPlacement::builder()
//! #         .shop_id(shop)
//! #         .card_id("pBnTrjvZJXkZsPGwfq9F0Hl0WqE")
//! #         .card_describe(text)
//! #         .start_time(1_457_280_000)
//! #         .end_time(1_457_712_000)
//! #         .card_quantity(10)
//! #         .build()
//! # }
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = TestServer::start().await?;
//! # let client = server.client_builder().build()?;
//! # let lost = || server.fault(Endpoint::SET_COUPON_PLACEMENT).cut_before_reply();
//! # let never = || server.fault(Endpoint::SET_COUPON_PLACEMENT).not_carried_out().cut_before_reply();
//! # let (old, new) = (coupon(7, "old")?, coupon(7, "new")?);
//! # never();
//! # assert!(!place(&client, &old).await?, "nothing is there");
//! # lost();
//! # assert!(place(&client, &old).await?, "it was placed, and nobody heard of it");
//! # never();
//! # assert!(!place(&client, &new).await?, "the old one is not the new one");
//! # lost();
//! # assert!(place(&client, &new).await?);
//! # Ok(())
//! # }
//! ```
//!
//! # Showing errors
//!
//! `Display` is one line: the operation, what happened, the return code with its meaning and
//! WeChat's own message, what helps, and the number of attempts. It leaves out the cause, which is
//! in `source()`, so a chain printed by `anyhow` or `eyre` repeats nothing:
//!
//! ```
//! fn chain(error: &dyn std::error::Error) -> String {
//!     let mut text = error.to_string();
//!     let mut cause = error.source();
//!     while let Some(error) = cause {
//!         text.push_str(&format!("\n  because: {error}"));
//!         cause = error.source();
//!     }
//!     text
//! }
//! # let _ = chain;
//! ```
//!
//! Nothing secret is in any of it: neither the access token, nor the application's secret, nor the
//! value of a property that its description calls `sensitive`, be it the request's or the reply's.
//! URLs are removed from the errors of the HTTP library. WeChat's messages and the excerpts of replies
//! that some errors show are bounded, and secrets in them are masked, however they are written there.
//!
//! # Writing replies down
//!
//! A request or a reply is serialised without its secrets, so it can go into a log. To keep it whole,
//! wrap it in [`reveal_secrets`](crate::reveal_secrets).
