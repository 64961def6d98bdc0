//! What the tests of this crate share: the endpoint descriptions as data, their text in the form
//! that goes over the wire, and a server that answers every call with the same text.
//!
//! These helpers serve tests alone, so they panic where something is not as it should be: that is
//! the test's result.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "called by tests alone"
)]

mod canned;
mod compact;
pub mod compiled;
mod description;
mod golden;
mod own_process;
mod redis_server;
mod skipped;
mod tcp_proxy;

pub use canned::{CannedServer, Received};
pub use compact::compact;
pub use description::{Description, Envelope, Example, Printed, description, descriptions};
pub use golden::differs;
pub use own_process::{OwnProcess, test_name_of};
pub use redis_server::{RedisServer, free_port};
pub use skipped::{is_ci, skip};
pub use tcp_proxy::{Spoilt, TcpProxy};

/// The examples of the project's README: here, because this crate has every feature that they use.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
