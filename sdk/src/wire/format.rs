//! What the format distinguishes that a value is read from or written to. serde's traits say little of
//! it, and each of these needs something else:
//!
//! ```text
//! JSON           {"shop_id":1,"sid":"7"}    distinguishes null, 7 and "7", and may leave properties out
//! YAML, forms    shop_id=1&sid=7            names and values, some of them as text alone
//! csv            1,7                        each row has all columns; guesses that "007" is a number
//! MessagePack    [1, "7"]                   the fields in order; what each is must be known
//! ```

use std::any::type_name;

use serde::{Deserializer, Serializer};

/// What a format distinguishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// JSON, as `serde_json` reads and writes it: the format that the schemas speak of.
    Json,
    /// Any other that has names and that people read.
    Named,
    /// csv: a property that is left out is an empty field.
    Rows,
    /// One for machines: fields may be known by their order alone, so that none is left out.
    Binary,
}

impl Format {
    pub(super) fn of_input<'de, D: Deserializer<'de>>(input: &D) -> Self {
        if input.is_human_readable() { Self::by_error::<D::Error>() } else { Self::Binary }
    }

    pub(super) fn of_output<S: Serializer>(output: &S) -> Self {
        if output.is_human_readable() { Self::by_error::<S::Error>() } else { Self::Binary }
    }

    /// Neither trait tells JSON from csv, so the name of the error does, which wrappers around a
    /// format keep. A name that is not known leads to what suits most formats.
    fn by_error<E>() -> Self {
        match type_name::<E>() {
            name if name == type_name::<serde_json::Error>() => Self::Json,
            "csv::error::Error" | "csv::deserializer::DeserializeError" => Self::Rows,
            _ => Self::Named,
        }
    }

    /// Whether an input with this error may be of a format that has every field: known where a program is
    /// compiled, so that one that reads JSON alone is without what reads others.
    #[inline]
    pub(super) fn may_have_every_field<E>() -> bool {
        !Self::is_json::<E>()
    }

    /// Whether an input with this error is JSON: known as early.
    #[inline]
    pub(super) fn is_json<E>() -> bool {
        Self::by_error::<E>() == Self::Json
    }

    /// Whether a field that is left out still takes its place.
    pub(super) const fn has_every_field(self) -> bool {
        matches!(self, Self::Rows | Self::Binary)
    }
}
