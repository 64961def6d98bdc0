//! The runtime over real sockets: connections, TLS, tokens, replies, and what is never shown.

mod blocking;
mod certificates;
mod replies;
mod retries;
mod runtimes;
mod secrets;
mod telemetry;
mod tls;
mod tokens;
mod transport;
