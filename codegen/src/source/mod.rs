//! A folder's files, as JSON with the place of everything in it.

mod json;
mod load;
mod parse;
mod referred;
pub(crate) mod uri;

#[cfg(feature = "tools")]
pub(crate) use json::quoted;
pub(crate) use json::{Entry, Node, Number, Object, Span, Value};
pub(crate) use load::{File, Input, Sources, is_description_path};
pub use load::{read_text, read_text_from};
pub(crate) use referred::{Maps, read_documents};
