//! Pages that belong to no single item.

pub mod coming_from;
pub mod errors;
pub mod many_instances;
pub mod production;
pub mod requests;
pub mod telemetry;
