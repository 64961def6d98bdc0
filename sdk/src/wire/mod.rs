//! Between Rust values and JSON: rules, decoding, and the envelope around a reply.
//!
//! Generated code states what each type looks like, a line a field; everything that can be said
//! once is said here.

mod check;
mod claim;
mod decimal;
mod decode;
mod draft;
mod encode;
mod format;
mod invalid;
mod macros;
mod object;
#[cfg(feature = "pattern")]
mod pattern;
mod plain;
mod presence;
mod rules;
mod scalar;
mod union;
mod unix_time;

pub(crate) use check::validate;
pub use check::{Check, Checker};
pub use claim::{Also, Claim, assert_type};
pub use decimal::Decimal;
pub use decode::{Context, Decode, strict, tolerant};
pub(crate) use decode::{Mode, Seed};
pub use draft::{Draft, Own, check_members, check_others, finish_built, not_listed, valid};
pub use encode::{Encode, Fields, begin_object};
pub use format::Format;
pub use invalid::{Invalid, Violation};
pub use object::{
    Key, Object, Other, Others, Shape, Slots, begin_fixed, decode_object, decode_object_or_nothing,
};
#[cfg(feature = "pattern")]
pub use pattern::Pattern;
pub(crate) use plain::check_plain;
#[cfg(feature = "testing")]
pub(crate) use plain::has_unicode_escape;
pub use presence::{fixed, optional, required};
pub use rules::{
    Both, Entries, Integer, List, Listed, Members, Names, Number, Only, OrNull, Positions, Rule,
    Text,
};
pub use scalar::{Null, Whole};
pub use union::{
    JsonType, buffer, decode_buffered, no_variant, serialize_kept, tag_of, without_secrets,
};
pub use unix_time::UnixTime;
