//! Helpers that all stages share: collections and sorting that are compiled once for all types,
//! and parts of sentences.
//!
//! ```text
//! names.iter().map(|name| code(name)).collect_vec().join(", ")
//! ```

mod collect_vec;
mod map;
mod repeated;
mod sort;
mod wording;

pub(crate) use collect_vec::{CollectVec, PushAll};
pub(crate) use map::{Map, Set};
pub(crate) use repeated::repeated;
pub(crate) use sort::sort_by;
pub(crate) use wording::{code, in_groups, is_bidi_control, longest_run, lower_first};
