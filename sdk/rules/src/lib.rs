//! What every rule of JSON Schema means, once: for generated code, the generator and the embedded
//! server.

mod decimal;
mod format;
mod pattern;
mod schema;
mod types;

pub use decimal::Decimal;
pub use format::Format;
pub use pattern::Pattern;
pub use schema::{Contains, Items, Literal, Properties, PropertyOrder, Rule, Schema, SchemaRef};
pub use types::Types;
