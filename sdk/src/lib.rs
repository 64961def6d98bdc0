//! WeChat Wi-Fi coupons.

#[cfg(feature = "blocking")]
pub mod blocking;
mod client;
mod clock;
mod config;
mod endpoint;
mod engine;
mod error;
mod generated;
mod host;
mod options;
mod refusal;
pub mod retry;
mod return_code;
mod secret;
mod telemetry;
pub mod token;
mod transport;
mod wire;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

pub use client::Client;
pub use clock::Clock;
pub use config::ClientBuilder;
pub use endpoint::{CodeClass, CodeEntry, Endpoint, Envelope, Method, Operation, Payload, Security};
pub use error::{Error, ErrorKind};
pub use generated::*;
pub use host::Host;
pub use options::CallOptions;
pub use return_code::ReturnCode;
pub use secret::Secret;
pub use token::{Auth, Credentials};
pub use wire::{Invalid, UnixTime, Violation};
