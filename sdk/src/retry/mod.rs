//! Whether, when and how often a call is repeated.
//!
//! A [`RetryPolicy`] is a value: how many attempts, how long the pauses, and a function that decides
//! by the error of each attempt. The function that is used unless you give another is [`decide`];
//! yours can treat its own cases and leave the rest to that:
//!
//! ```
//! use wechat_bizwifi::{Client, Credentials, ReturnCode};
//! use wechat_bizwifi::retry::{self, Decision, RetryPolicy};
//!
//! let patient = RetryPolicy::new().attempts(5).decide_with(|error, attempt| {
//!     match error.code() {
//!         // The store was created a moment ago: it may take a while to be known everywhere.
//!         Some(code) if code == ReturnCode::new(9_002_009) => Decision::Retry,
//!         _ => retry::decide(error, attempt),
//!     }
//! });
//! let client = Client::builder(Credentials::new("wx0123456789abcdef", "secret"))
//!     .base_url("http://127.0.0.1:8080")
//!     .retry(patient)
//!     .build()?;
//! # Ok::<(), wechat_bizwifi::Error>(())
//! ```
//!
//! # Beside the policy
//!
//! - **A quota** that all calls of a client share: it starts with 500 units, a retry takes 14, a
//!   retry that succeeds returns them, every other success adds one. When a service is down, this
//!   bounds what all calls together send to little more than one attempt a call.
//! - **The deadline**: no pause is begun that would end after the call's time; the call ends with the
//!   error of its last attempt.
//! - **`Retry-After`**, in seconds or as a date: no attempt is made before that. If the call's time
//!   does not allow such a pause, the call ends at once, and
//!   [`Error::retry_after`](crate::Error::retry_after) is how long it would have been.
//! - **Connections**: after a time-out or a broken connection the next attempt opens a new one.
//!   Connections that were idle at that time are not used again, since they may be broken too. (An
//!   [`http_client`](crate::ClientBuilder::http_client) of your own manages its connections itself.)
//! - **A refused token** is not a matter of policy: it is replaced and the call sent once more.

mod backoff;
mod decision;
mod policy;
mod quota;

pub(crate) use decision::is_transient;
pub use decision::{Attempt, Decision, decide};
pub use policy::RetryPolicy;
pub(crate) use quota::{Permit, Quota, SpentPermit};
