//! The one door through which generated code reaches the runtime, and fuzzing. No part of the
//! public API: it changes with the generator, whose output always fits the runtime of the same
//! version.

pub use std::collections::BTreeMap;

pub use serde;
pub use serde_json::Value;

pub use crate::any_operation::AnyOperation;
pub use crate::client::Client;
pub use crate::endpoint::{CodeClass, CodeEntry, Endpoint, Method, Operation, Payload};
pub use crate::engine::read_reply;
pub use crate::error::Error;
pub use crate::secret::Secret;
#[cfg(feature = "pattern")]
pub use crate::wire::Pattern;
pub use crate::wire::{
    Also, Both, Check, Checker, Claim, Context, Decimal, Decode, Draft, Encode, Entries, Fields,
    Format, Integer, Invalid, JsonType, Key, List, Listed, Members, Names, Null, Number, Object,
    Only, OrNull, Other, Others, Own, Positions, Rule, Shape, Slots, Text, UnixTime, Whole,
    assert_type, begin_fixed, begin_object, buffer, check_members, check_others, decode_buffered,
    decode_object, decode_object_or_nothing, finish_built, fixed, no_variant, not_listed, optional,
    required, serialize_kept, strict, tag_of, tolerant, valid, without_secrets,
};
pub use crate::{
    __calls as calls, __endpoint as endpoint, __integer as integer, __integer_enum as integer_enum,
    __pattern as pattern, __received as received, __sent as sent, __text as text,
    __text_enum as text_enum, __union as union, __wrapper as wrapper,
};
