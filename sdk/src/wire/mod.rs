//! Reading, checking, building and writing Rust values as JSON.
//!
//! ```text
//! reading     decode: `Decode`, in a `Context` that is strict or tolerant; scalar, text, integer, collections,
//!             object/, union, by_tag, by_type, json, given (what was parsed before)
//! checking    check: `Check`, which reports to a `Checker`; checked (objects), table (rules beside a type),
//!             seen and needed (what a table is evaluated on), invalid (the errors)
//! building    builder
//! writing     encode: `Encode`, into a `Buffer`; written (objects), plain (strings that WeChat refuses)
//! ```
//!
//! Generated code lists the fields of each type, one line for each, and calls `macros/`. Everything that is the same
//! for all types is here. The meaning of rules is in `wechat-bizwifi-rules`.

mod buffer;
mod builder;
mod by_tag;
mod by_type;
mod check;
mod checked;
mod checker;
mod collections;
mod context;
mod decode;
mod encode;
mod field_order;
mod format;
mod given;
mod integer;
mod invalid;
mod json;
mod macros;
#[cfg(test)]
mod messages_tests;
mod needed;
mod object;
mod plain;
mod presence;
mod scalar;
mod seen;
mod sent;
mod table;
mod text;
mod union;
#[cfg(test)]
mod union_tests;
mod unix_time;
mod walk;
mod written;

pub(crate) use buffer::Buffer;
pub use builder::{RefusedValues, not_listed, valid};
pub use by_tag::{Begun, ByTag, Tag, decode_by_tag};
pub use by_type::{ByType, decode_by_type};
pub use check::Check;
pub(crate) use check::validate;
pub use checked::build;
pub use checker::{Checker, Levels};
pub use context::Context;
pub use decode::{Decode, decode_by_table, strict, tolerant};
pub(crate) use decode::{SeedInto, SeedOrNothing};
pub use encode::Encode;
pub(crate) use encode::json_of;
pub use field_order::FieldOrder;
pub(crate) use given::read_given;
pub use integer::{Integer, decode_integer_enum_in_digits};
pub(crate) use invalid::all_in_chinese;
pub use invalid::{Invalid, Violation};
pub use object::{
    Additional, FieldVisitor, Object, ObjectInfo, Partial, Parts, PropertyVisitor, begin_fixed,
    buckets, count_of, debug, debug_builder,
};
pub(crate) use plain::check_plain;
#[cfg(feature = "testing")]
pub(crate) use plain::has_unicode_escape;
pub use presence::{fixed, optional, required};
pub use scalar::{Null, decode_integer_enum};
pub use seen::Seen;
pub use table::{Evaluation, Table};
pub use text::decode_text_enum;
pub use union::{
    Union, buffer, buffer_by_table, decode_buffered, decode_checked, decode_variant, has_all,
    no_required, no_tag, no_type, read_unknown, read_variant, serialize_unknown, serialize_variant,
    without_secrets,
};
pub use unix_time::{UnixTime, UnixTimeMillis};
pub(crate) use walk::{ShownJson, walk};
pub(crate) use wechat_bizwifi_rules::is_same;
pub use written::write_object;
