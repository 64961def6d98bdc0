//! Settings: of a client when it is built, and of single calls.

mod host;
mod options;

pub use host::Host;
pub use options::CallOptions;
pub(crate) use options::Settings;
