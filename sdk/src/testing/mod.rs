//! guide
mod builder;
mod check;
mod clock;
mod connection;
mod endpoint;
mod fault;
mod http;
mod log;
mod placements;
mod quota;
mod redact;
mod refusal;
mod script;
mod server;
mod service;
mod shared;
mod state;
mod thread;
mod tokens;

pub use builder::TestServerBuilder;
pub use clock::ServerClock;
pub use endpoint::Endpoint;
pub use fault::{FaultBuilder, Gate};
pub use log::{Call, Cut, Replied};
pub use server::TestServer;
