//! What fuzzing compares the client with: JSON read a second time, by nobody's library, and a model
//! of what the client promises to make of it.

pub mod json;
pub mod model;
