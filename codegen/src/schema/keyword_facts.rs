//! What the table says of a keyword: what its value is made of, and what becomes of it.
//!
//! ```text
//! minLength    Enforced(Strings), Data(Count)
//! ```

use super::draft::Draft;

/// What a keyword's value is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// No schemas.
    Data(Plain),
    /// A schema.
    Schema,
    /// An array of schemas.
    Schemas,
    /// An object whose values are schemas.
    SchemaMap,
}

/// What a keyword without schemas holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plain {
    /// A string.
    Text,
    /// An array of strings.
    Texts,
    /// A boolean.
    Flag,
    /// A number.
    Number,
    /// A whole number, 0 or more.
    Count,
    /// An array of anything.
    Array,
    /// Something of its own.
    Other,
}

/// How a keyword is treated.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Support {
    /// It is enforced, on the types that it is listed with.
    Enforced(On),
    /// It says something to people or to the generator.
    Annotation,
    /// It is refused, with what to do instead.
    Refused(&'static str),
    /// It stands in descriptions, and in no schema.
    Description,
}

/// What else is true of a keyword.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// It is none of earlier drafts.
    Since(Draft),
    /// It is none of later drafts.
    Until(Draft),
    /// It has its meaning for values of every type, and no Rust type enforces it.
    Assertion,
    /// Its schemas are about the same value.
    OnSameValue,
    /// Types are made of its schemas.
    OfTypes,
    /// It says something to this generator alone.
    ForGenerator,
    /// It is a text that becomes documentation.
    ForPeople,
    /// It has its meaning in the file that it stands in.
    OfFile,
}

/// The JSON types that a keyword has an effect on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum On {
    Any,
    Strings,
    Numbers,
    Arrays,
    Objects,
}

impl On {
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Self::Any => "any type",
            Self::Strings => "strings",
            Self::Numbers => "numbers",
            Self::Arrays => "arrays",
            Self::Objects => "objects",
        }
    }
}
