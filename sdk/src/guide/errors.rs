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
//! | [`Connect`](crate::ErrorKind::Connect) | no connection | look at the network; repeat freely |
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
//! [`may_have_been_sent`](crate::Error::may_have_been_sent) answers it as far as it can be
//! answered: `false` means that nothing has reached WeChat. When it is `true`, a
//! [`code`](crate::Error::code) means that WeChat looked at the call and refused it; without one,
//! nobody knows, and the placement has to be read back:
//!
//! ```no_run
//! use wechat_bizwifi::{Client, Error, GetCouponPlacement, SetCouponPlacement};
//!
//! /// Places a coupon; whether it is placed in the end.
//! async fn place(client: &Client, wanted: &SetCouponPlacement) -> Result<bool, Error> {
//!     match client.set_coupon_placement(wanted).await {
//!         Ok(()) => Ok(true),
//!         Err(error) if error.may_have_been_sent() && error.code().is_none() => {
//!             let store = GetCouponPlacement::new(429620);
//!             Ok(client.get_coupon_placement(&store).await?.is_some())
//!         }
//!         Err(error) => Err(error),
//!     }
//! }
//! # let _ = place;
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
//! Neither the access token nor the application's secret is in any of it: URLs are removed from the
//! errors of the HTTP library, and the excerpts of replies that some errors show are bounded and
//! masked.
