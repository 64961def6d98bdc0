//! What every rule of JSON Schema means, once: for generated code, the generator and the embedded
//! server.

mod schema;

pub use schema::{Contains, Items, Literal, Properties, PropertyOrder, Rule, Schema, SchemaRef};
