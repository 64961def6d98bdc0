//! Reads files as JSON, with the place of every value.

mod file;
mod json;
mod load;
mod parse;
mod referred;
pub(crate) mod uri;

pub(crate) use file::{File, Input};
pub use file::{read_text, read_text_from};
#[cfg(feature = "tools")]
pub(crate) use json::quoted;
pub(crate) use json::{Entry, Node, Number, Object, Span, Value};
pub(crate) use load::{Sources, is_description_path};
pub(crate) use referred::{Maps, beside, is_same_file, read_documents, read_referred};
