//! Settings: of a client when it is built, and of single calls.

mod builder;
mod host;
mod options;

pub use builder::ClientBuilder;
#[cfg(test)]
pub(crate) use builder::assemble;
pub use host::Host;
pub use options::CallOptions;
pub(crate) use options::Settings;
