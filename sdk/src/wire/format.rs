//! The format that a value is read from or written to. serde's traits say little about it, and each format needs
//! something else:
//!
//! ```text
//! JSON           {"shop_id":1,"sid":"7"}    distinguishes null, 7 and "7", and may leave properties out
//! YAML, forms    shop_id=1&sid=7            names and values, some of them as text alone
//! csv            1,7                        each row has all columns; guesses that "007" is a number
//! MessagePack    [1, "7"]                   the fields in order; what each is must be known
//! ```

use std::any::type_name;

use serde::{Deserializer, Serializer};

/// A kind of format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// JSON, as `serde_json` reads and writes it: the format that schemas are about.
    Json,
    /// Any other human-readable format, with names of properties.
    Named,
    /// csv: an absent property is an empty field.
    Rows,
    /// A binary format: fields may be written in order without names, so none can be left out.
    Binary,
}

impl Format {
    pub(super) fn of_input<'de, D: Deserializer<'de>>(input: &D) -> Self {
        if !input.is_human_readable() {
            return Self::Binary;
        }
        match Self::by_error::<D::Error>() {
            // The key of a map: text that is parsed if the deserializer is asked for a number.
            Self::Json if type_name::<D>().contains("::MapKey") => Self::Named,
            format => format,
        }
    }

    pub(super) fn of_output<S: Serializer>(output: &S) -> Self {
        if output.is_human_readable() { Self::by_error::<S::Error>() } else { Self::Binary }
    }

    /// serde's traits do not tell JSON from csv, but the type of the error does, and wrappers around a format keep it.
    /// An unknown error counts as that of [`Format::Named`], which suits most formats.
    fn by_error<E>() -> Self {
        match type_name::<E>() {
            name if name == type_name::<serde_json::Error>() => Self::Json,
            "csv::error::Error" | "csv::deserializer::DeserializeError" => Self::Rows,
            _ => Self::Named,
        }
    }

    /// Whether an input with this error may be of a format that has every field. The compiler knows the answer, so a
    /// program that only reads JSON contains no code for other formats.
    #[inline]
    pub(super) fn may_have_every_field<E>() -> bool {
        !Self::is_json::<E>()
    }

    /// Whether an input with this error is JSON. The compiler knows the answer.
    #[inline]
    pub(super) fn is_json<E>() -> bool {
        Self::by_error::<E>() == Self::Json
    }

    /// Whether an absent field still has to be written.
    pub(super) const fn has_every_field(self) -> bool {
        matches!(self, Self::Rows | Self::Binary)
    }
}
