//! Access tokens: where they come from, and how the client keeps them.
//!
//! Most programs do not need this module: [`Credentials`] are enough. Use it to choose the token
//! endpoint, or to get tokens from a service of your own.
//!
//! # What the client does
//!
//! It fetches the first token when the first call needs one; however many calls wait, there is one
//! fetch. The fetch is not part of any call: if a call ends sooner, by its time limit or by being
//! dropped, the fetch goes on for the calls that follow. A fetch has the client's time limits, but at
//! least 30 s as a whole and at least 2 s for each attempt, and the client's retry policy. A token is
//! renewed 3 to 4 minutes before it expires, but not before half of its lifetime is over. The first
//! call in that time renews it, and waits up to 2 s for that. All other calls use the old token. If the
//! renewal fails or takes longer, the first call uses the old token too.
//!
//! When WeChat refuses a token (by a return code of [class](crate::CodeClass) `Token`: 40001, 40014,
//! 41001, 42001), that token is dropped, one new one is fetched for all calls that were refused, and
//! each is sent once more. A call whose new token is
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
//!             // The token that WeChat has refused, if any: a real service would replace it.
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
pub(crate) use shared::{AccountSource, Sharing};
pub use source::{Token, TokenFuture, TokenRequest, TokenSource};
pub use store::{MemoryStore, StoreFuture, StoreLock, StoredToken, TokenStore};
#[cfg(feature = "redis")]
pub use store::{RedisStore, RedisStoreBuilder};
