//! Telemetry: what the client tells `tracing`.
//!
//! Without a subscriber it tells nothing, at the price of one branch per call. With one, every call
//! is a span, and so is every attempt within it.
//!
//! | level | what | fields |
//! |---|---|---|
//! | `INFO` | span `call` | `operation`, `attempts`, `outcome`, `errcode`, `rid`, `duration_ms` |
//! | `DEBUG` | span `attempt` | `attempt`, `outcome`, `status`, `errcode`, `rid`, `duration_ms` |
//! | `DEBUG` | span `token`, with a token store | `from`: `store`, `wechat` or `wechat, without the store` |
//! | `DEBUG` | event: trying again | `kind`, `pause_ms` |
//! | `DEBUG` | event: the token was refused | `errcode` |
//! | `WARN` | event: no retry, because the quota of retries is used up | |
//! | `WARN` | event: a new token is forced | |
//! | `WARN` | event: the token could not be renewed yet | `kind`, if it failed |
//! | `WARN` | event: the token store failed | `error` |
//! | `WARN` | event: what the token store holds is no token | |
//! | `WARN` | event: another process has taken the token store's lock | |
//!
//! `outcome` is `ok`, the error's [kind](crate::ErrorKind) in lower case, or `dropped` if the future of
//! the call was dropped before its end. A field without a value is left out. The target of all is `wechat_bizwifi` and its
//! modules, so `wechat_bizwifi=debug` as a filter shows everything. The fetch of a token is a span
//! `call` of its own, with the operation `getStableAccessToken` or `getAccessToken`, inside the call
//! that began it.
//!
//! Nothing secret is recorded at any level: no URL, no header, no body. The HTTP library writes log
//! records of its own, which name hosts. (A `reqwest::Client` of yours that was built with
//! `connection_verbose` writes everything, tokens included.)
//!
//! # Metrics
//!
//! An [`Observer`](crate::Observer) is told of every attempt before and after it, with operation,
//! status, outcome and duration: its page shows how a counter and a histogram are fed.
//!
//! # What to watch
//!
//! - `outcome = auth`: somebody has to look after the account.
//! - `outcome = throttled`: a quota is used up.
//! - the `WARN` events: each says that something goes wrong that calls do not feel yet.
