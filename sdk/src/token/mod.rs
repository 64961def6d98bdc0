//! Access tokens: where they come from, and how the client keeps them.
//!
//! You need nothing of this module for the usual case: [`Credentials`] are enough. It is for those
//! who choose the token endpoint, or get their token from a service of their own.
//!
//! # What the client does
//!
//! It fetches the first token when the first call needs one; however many calls wait, there is one
//! fetch. It is not part of any call: one that ends sooner, by its time limit or by being dropped,
//! leaves the fetch to the calls that follow. A fetch has 30 s, an attempt of it 10 s, and more if the
//! client's own limits are longer. A token is renewed in good time, 4 to 3 minutes before it expires (earlier than half of
//! its life it is not), by whichever call comes first, while the others go on with the old one; if
//! the renewal fails that is no matter as long as the old one lives.
//!
//! When WeChat refuses a token (40001, 40014, 42001), that token is dropped, one new one is
//! fetched for all calls that were refused, and each is sent once more. A call whose new token is
//! refused as well ends with [`ErrorKind::Auth`](crate::ErrorKind::Auth).
//!
//! # Which endpoint
//!
//! | | [`TokenEndpoint::Stable`] (default) | [`TokenEndpoint::Legacy`] |
//! |---|---|---|
//! | path | `/cgi-bin/stable_token` | `/cgi-bin/token` |
//! | several processes on one account | get the same token | invalidate each other's |
//! | calls a day | 500,000 | 2,000 |
//!
//! The client keeps its own fetches within these limits: when they are used up it reports
//! [`ErrorKind::Throttled`](crate::ErrorKind::Throttled) instead of spending what is left of the
//! day's quota. A *forced* refresh, the only way out when the stable endpoint hands back the very token
//! that was refused, happens at most every 30 s and 20 times a day.
//!
//! # Many processes
//!
//! A [`TokenStore`], such as `RedisStore` (with the feature `redis`), lets the processes of a fleet
//! share one token; see [Running many instances](crate::guide::many_instances).
//!
//! # A source of your own
//!
//! ```
//! use std::time::Duration;
//! use wechat_bizwifi::{Auth, Client};
//! use wechat_bizwifi::token::{Token, TokenFuture, TokenRequest, TokenSource};
//!
//! /// Asks the company's token service.
//! #[derive(Debug)]
//! struct TokenService;
//!
//! impl TokenSource for TokenService {
//!     fn fetch<'a>(&'a self, request: TokenRequest<'a>) -> TokenFuture<'a> {
//!         Box::pin(async move {
//!             // WeChat has refused that one: the service had better know.
//!             let _refused = request.refused();
//!             Ok(Token::new("a token from there", Duration::from_secs(600)))
//!         })
//!     }
//! }
//!
//! let client = Client::builder(Auth::source(TokenService))
//!     .base_url("http://127.0.0.1:8080")
//!     .build()?;
//! # Ok::<(), wechat_bizwifi::Error>(())
//! ```

mod auth;
mod cache;
mod flight;
mod limits;
mod requests;
mod session;
mod shared;
mod source;
mod store;

pub(crate) use auth::AuthKind;
pub use auth::{Auth, Credentials, TokenEndpoint};
pub(crate) use cache::{Acquired, TokenCache};
#[cfg(feature = "blocking")]
pub(crate) use flight::Work;
pub(crate) use limits::Limits;
pub(crate) use session::Session;
pub(crate) use shared::{Sharing, Unshared};
pub use source::{Token, TokenFuture, TokenRequest, TokenSource};
pub use store::{MemoryStore, StoreFuture, StoreLock, StoredToken, TokenStore};
#[cfg(feature = "redis")]
pub use store::{RedisStore, RedisStoreBuilder};
