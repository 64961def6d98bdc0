//! The columns of the table of keywords: what a keyword's value holds, and how it is supported.
//!
//! ```text
//! minLength    Enforced(Strings), Data(Count)
//! ```

use super::draft::Draft;

/// What a keyword's value holds.
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
    /// A value of another form.
    Other,
}

/// How a keyword is supported.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Support {
    /// It is enforced, on values of these types.
    Enforced(On),
    /// It is for people or for the generator, and restricts no values.
    Annotation,
    /// It is refused; what to write instead.
    Refused(&'static str),
    /// It is a keyword of descriptions, and of no schema.
    Description,
}

/// A further property of a keyword.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Earlier drafts do not have it.
    Since(Draft),
    /// Later drafts do not have it.
    Until(Draft),
    /// No Rust type enforces it, whatever the type of the values.
    Assertion,
    /// Its subschemas apply to the same value as the schema that has it.
    OnSameValue,
    /// Its rule cannot be separated from the rest of its schema: it depends on what the other keywords
    /// evaluate, or combines the schema with others, which no type enforces.
    OfWholeSchema,
    /// Its subschemas become types.
    OfTypes,
    /// It is a keyword of this generator alone.
    ForGenerator,
    /// It is a text that becomes documentation.
    ForPeople,
    /// Its meaning depends on the file that it is in.
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
