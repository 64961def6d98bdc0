//! What generated code says of an object type.
//!
//! ```text
//! optional size: i64 as "size" or "Size";    keys: ["size"], fields: "size", aliases: [("size", "Size")]
//! ```

/// What is known of an object type before one is read.
#[derive(Clone, Copy, Debug)]
pub struct ObjectInfo {
    /// The Rust type's name, for messages.
    pub name: &'static str,
    /// The names of its properties, as they are sent, in the order of the schema.
    pub keys: &'static [&'static str],
    /// What finds a name among them: see [`tags`](super::tags).
    pub tags: &'static [u8],
    /// The names of their fields, in the same order, with commas between them.
    pub fields: &'static str,
    /// Other spellings that replies use, each behind the name that it stands for.
    pub aliases: &'static [(&'static str, &'static str)],
    /// What becomes of additional properties.
    pub additional: Additional,
}

/// What becomes of an additional property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Additional {
    /// It is passed over.
    Ignored,
    /// It is an error, where the schema holds; in a reply it is passed over.
    Refused,
    /// It is kept, in a map beside the fields.
    Kept,
}
