//! The facts of an object type that generated code states.
//!
//! ```text
//! optional size: i64 as "size" or "Size";    keys: ["size"], fields: "size", aliases: [("size", "Size")]
//! ```

/// The facts of an object type.
#[derive(Clone, Copy, Debug)]
pub struct ObjectInfo {
    /// The Rust type's name, for messages.
    pub name: &'static str,
    /// The names of its properties, as they are sent, in the order of the schema.
    pub keys: &'static [&'static str],
    /// The hash table of the names: see [`buckets`](super::buckets).
    pub buckets: &'static [u16],
    /// The names of their fields, in the same order, with commas between them.
    pub fields: &'static str,
    /// Other spellings that replies use: each pair is a name and its other spelling.
    pub aliases: &'static [(&'static str, &'static str)],
    /// How additional properties are treated.
    pub additional: Additional,
}

/// How an additional property is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Additional {
    /// It is ignored.
    Ignored,
    /// It is an error in a request, and ignored in a reply.
    Refused,
    /// It is kept in a map beside the fields.
    Kept,
}
