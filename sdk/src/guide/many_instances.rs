//! Running many instances: one account, many processes.
//!
//! An account has one access token. With `/cgi-bin/token` every fetch ends the token before it,
//! five minutes later, so processes that each fetch their own keep ending each other's. With
//! `/cgi-bin/stable_token`, the default, all get the same one, until somebody has to force a new one.
//!
//! # Which endpoint, and is a store needed?
//!
//! Requests for a token in a day, and the calls that failed for want of one, when each process makes
//! a call a minute:
//!
//! | processes | stable | stable, store | legacy | legacy, store |
//! |---|---|---|---|---|
//! | 1 | 13 (0.0 %) | 13 (0.0 %) | 13 (0.0 %) | 13 (0.0 %) |
//! | 100 | 1300 (0.0 %) | 13 (0.0 %) | 135886 (92.9 %) | 13 (0.0 %) |
//! | 10,000 | 130000 (0.0 %) | 13 (0.0 %) | 14393886 (99.9 %) | 13 (0.0 %) |
//! | WeChat allows | 500,000 | 500,000 | 2,000 | 2,000 |
//!
//! The numbers are those of `cargo run --example token-fetches`, a simulation in the sources of this
//! crate. They say:
//!
//! - **Use [`TokenEndpoint::Stable`](crate::token::TokenEndpoint::Stable)** unless something else in
//!   the company still uses the other. Then no store is needed for up to some ten thousand
//!   processes.
//! - **Add a store** for more than that; when processes start and end all the time, as functions in a
//!   cloud do; and when tokens are refused before their time, because somebody forces new ones: with
//!   a store one process does so for all, without one each may.
//! - **Never [`TokenEndpoint::Legacy`](crate::token::TokenEndpoint::Legacy) without a store** in more
//!   than one process.
//!
//! # A store
//!
//! `token::RedisStore` (with the feature `redis`) keeps the token in Redis or Valkey. With
//! [`ClientBuilder::token_store`](crate::ClientBuilder::token_store) every process is given one:
//!
#![cfg_attr(feature = "redis", doc = "```")]
#![cfg_attr(not(feature = "redis"), doc = "```ignore")]
//! use wechat_bizwifi::token::{RedisStore, TokenEndpoint};
//! use wechat_bizwifi::{Client, Credentials};
//!
//! # fn example(secret: String, key: [u8; 32]) -> Result<Client, wechat_bizwifi::Error> {
//! let store = RedisStore::builder("redis://redis.internal:6379")?
//!     .prefix("coupons:production")   // one for each environment
//!     .encryption_key(key)            // the same in all processes
//!     .build();
//! let credentials = Credentials::new("wx0123456789abcdef", secret)
//!     .token_endpoint(TokenEndpoint::Legacy);
//! let client = Client::builder(credentials)
//!     .token_store(store)
//!     .processes(100)                 // no more than this at a time
//!     .build()?;
//! # Ok(client)
//! # }
//! # fn main() -> Result<(), wechat_bizwifi::Error> {
//! #     example("0123456789abcdef0123456789abcdef".to_owned(), [7; 32]).map(drop)
//! # }
//! ```
//!
//! Any other place will do that a [`TokenStore`](crate::token::TokenStore) can be written for.
//! Calls read the token from the client's own copy, as they do without a store; the store is asked
//! only when that copy is to be renewed or was refused:
//!
//! 1. If the store has another token with enough life in it, that is it.
//! 2. Otherwise the process takes the account's lock, looks into the store once more, fetches a token
//!    and saves it. The rest use the old token meanwhile, or, if it has ended, wait and look again
//!    after 10 to 30 ms, then less and less often, at the latest every 750 ms.
//! 3. A process that dies with the lock frees it by that: it lasts two seconds longer than an
//!    attempt may take (12 s unless you change
//!    [`attempt_timeout`](crate::ClientBuilder::attempt_timeout)). Calls that have to wait for this
//!    need a time limit above it; the default of 30 s is. The same goes for a fetch that was given up
//!    because every call that waited for it was dropped.
//! 4. One that comes back after its lock was lost cannot save what it has: locks are numbered.
//!
//! Lives are counted by the store's clock, so the machines' may differ.
//!
//! # When the store fails
//!
//! | the store | calls |
//! |---|---|
//! | cannot be reached, is slow, full or read-only, refuses the password | go on with the token in hand until 10 s before its end; then the process fetches one itself |
//! | was emptied, or restarted without its data | go on; the next process to need a token fetches one for all |
//! | holds garbage, or tokens encrypted with another key | as if it was empty |
//! | has a lock that nobody frees, for twice its life | as if it could not be reached |
//!
//! Redis is given 500 ms for an answer and any store a second, and never keeps a call beyond its time
//! limit.
//!
//! A connection to Redis that may be broken is given up: after any error, and when no answer came in
//! time. An operation that failed on a connection that was open is tried once more on a new one, so
//! that a failover behind one address, or a password that was changed and set back, costs no more than
//! that. As long as no connection is of use, the next is made after a short pause, 100 ms at most. A
//! store that several tokio runtimes use has a connection in each, and does not mind if one of them
//! ends or is not driven.
//!
//! Fetches without the store are limited: each process may use its share of what the token
//! endpoint allows in a day, by [`processes`](crate::ClientBuilder::processes). Beyond it, calls that
//! have no token fail with [`ErrorKind::Throttled`](crate::ErrorKind::Throttled).
//!
//! Fetches with the store have, in each process, the limits of a client without one. Forced
//! refreshes too are counted by each process: no more than one in 30 s and 20 in a day.
//!
//! # What to alert on
//!
//! - The event "the token store failed" (`WARN`), which says how: nobody notices otherwise, as long
//!   as tokens can be fetched.
//! - The event "what the token store holds is no token" (`WARN`): somebody else writes there, or the
//!   processes disagree about the key.
//! - The event "another process has taken the token store's lock" (`WARN`), if it comes often: WeChat
//!   answers slowly.
//! - Spans `call` with the operations `getStableAccessToken` or `getAccessToken`: more than 20 a day
//!   in the whole fleet say that tokens are refused, or not shared.
//! - Calls whose outcome is `throttled` or `auth`.
//!
//! # Who can read the token
//!
//! Whoever can read the keys in Redis, which includes its backups and replicas, and the network
//! between, unless the address begins with `rediss://`. The token is good for two hours at most, and
//! only from an address on the account's white list. With an
//! `encryption_key` nobody can but those who have it. The account's secret is never stored.
