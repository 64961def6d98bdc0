//! The first stage: a folder's files, as JSON that keeps the place of everything in it.

mod invalid_characters;
mod json;
mod load;
mod number;

pub use json::{Entry, Node, Object, Value};
pub use load::{File, Sources, read_text, read_text_from};
pub use number::Number;
