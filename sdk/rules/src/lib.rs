//! The meaning of the rules of JSON Schema, implemented once for generated code, the generator and the embedded
//! server.

mod alternatives;
mod array;
mod candidate;
mod combine;
mod decimal;
mod evaluate;
mod evaluated;
mod format;
mod json;
mod leaf;
pub mod message;
mod number;
mod object;
mod pattern;
mod property_order;
mod schema;
mod string;
mod types;
mod unevaluated;
mod unique;
mod value;
mod value_rules;
mod view;
mod violation;

pub use alternatives::Alternatives;
pub use array::repeated_item;
pub use decimal::{Decimal, INEXACT};
pub use evaluate::{evaluate, evaluate_prepared, evaluate_value, is_valid};
pub use format::Format;
pub use json::{JsonReader, ParseError, Token};
pub use leaf::{check_leaf, is_valid_leaf};
pub use message::{Arg, Message};
pub use pattern::Pattern;
#[cfg(feature = "pattern")]
pub use pattern::{CharactersOf, translate_pattern};
pub use schema::{
    Contains, If, Items, Literal, Properties, PropertyOrder, Rule, Schema, SchemaRef, is_same,
};
pub use types::{JsonType, Types};
pub use value::{Text, Value};
pub use value_rules::equal;
pub use view::{Leaf, ValuePath, View, push_name};
pub use violation::{Branch, Violation, Violations, all_in_chinese};
