//! The one module through which generated code, and fuzzing, reach the runtime. It is no part of
//! the public API: it changes with the generator, whose output always fits the runtime of the same
//! version.

pub use std::collections::BTreeMap;

pub use serde;
pub use serde_json::Value;
// Rules by their names: the types that have a variant's name as well are meant where a type is.
pub use wechat_bizwifi_rules::Rule::*;
pub use wechat_bizwifi_rules::SchemaRef::To;
pub use wechat_bizwifi_rules::{
    Contains, Decimal, Format, If, Items, Leaf, Literal, Pattern, Properties, PropertyOrder, Rule,
    Schema, SchemaRef, Types,
};

pub use crate::any_operation::AnyOperation;
pub use crate::client::{CallFuture, Client, send};
pub use crate::endpoint::{
    CodeClass, Endpoint, Method, Operation, PackedCode, Paging, Payload, ReturnCodes,
};
pub use crate::error::Error;
pub use crate::pages::{IntoItems, Page, Paged, Pages, from_count, key, to_count};
pub use crate::reply::read_reply;
pub use crate::secret::Secret;
pub use crate::wire::{
    Additional, Begun, ByTag, ByType, Check, Checker, Context, Decode, Encode, Evaluation,
    FieldOrder, FieldVisitor, Integer, Invalid, Levels, Null, Object, ObjectInfo, Partial, Parts,
    PropertyVisitor, RefusedValues, Seen, Table, Tag, Union, UnixTime, UnixTimeMillis, begin_fixed,
    buckets, buffer, buffer_by_table, build, count_of, debug, debug_builder, decode_buffered,
    decode_by_table, decode_by_tag, decode_by_type, decode_checked, decode_integer_enum,
    decode_integer_enum_in_digits, decode_text_enum, decode_variant, fixed, has_all, no_required,
    no_tag, no_type, not_listed, optional, read_unknown, read_variant, required, serialize_unknown,
    serialize_variant, strict, tolerant, valid, without_secrets, write_object,
};
pub use crate::{
    __boxed as boxed, __calls as calls, __endpoint as endpoint, __integer as integer,
    __integer_enum as integer_enum, __paged as paged, __pattern as pattern, __received as received,
    __return_codes as return_codes, __sent as sent, __text as text, __text_enum as text_enum,
    __union as union, __wrapper as wrapper,
};

/// The number `MANTISSA` · 10^`EXPONENT`, as rules have it: by its type, since rustc keeps a list of rules
/// without a static of its own where nothing in it is a call.
#[derive(Debug)]
pub struct Number<const MANTISSA: i128, const EXPONENT: i32>;

impl<const MANTISSA: i128, const EXPONENT: i32> Number<MANTISSA, EXPONENT> {
    /// The number.
    pub const VALUE: &'static Decimal<'static> = &Decimal::new(MANTISSA, EXPONENT);
}
