//! Turns JSON Schema descriptions of an API's endpoints into Rust types and calls.
mod builder;
mod emit;
mod format;
mod lower;
mod model;
mod names;
mod operations;
mod pattern;
mod pipeline;
mod plan;
pub mod report;
mod resolve;
mod schema;
pub mod source;
mod structs;
mod verify;

pub use builder::{Builder, Failure};
pub use operations::OperationSummary;
pub use schema::meta_schema;
