//! `const`, `enum` and `type`, and the equality of values.
//!
//! ```text
//! {"const": 1}        1.0, 10e-1   valid
//! {"enum": [1, "a"]}  "b"          must be one of 1, "a"
//! ```

use std::fmt;

use crate::decimal::Decimal;
use crate::message::{Arg, ENUM, ENUM_AND_MORE, MUST_BE, Message, TYPE, TYPE_IN_DIGITS};
use crate::schema::{Literal, is_same};
use crate::types::Types;
use crate::view::{Leaf, View};
use crate::violation::Violation;

/// Whether two values are equal, also if they are written differently.
pub fn equal<'a, 'b>(a: impl View<'a>, b: impl View<'b>) -> bool {
    match (a.leaf(), b.leaf()) {
        (Leaf::Null, Leaf::Null) => true,
        (Leaf::Bool(a), Leaf::Bool(b)) => a == b,
        (Leaf::Number(a), Leaf::Number(b)) => a == b,
        (Leaf::String(a), Leaf::String(b)) => is_same(a, b),
        (Leaf::Array(a_count), Leaf::Array(b_count)) => {
            a_count == b_count && a.items().zip(b.items()).all(|(a, b)| equal(a, b))
        }
        (Leaf::Object(a_count), Leaf::Object(b_count)) => {
            let mut properties = a.properties();
            a_count == b_count
                && properties.all(|(name, a)| b.get(name).is_some_and(|b| equal(a, b)))
        }
        _ => false,
    }
}

/// The violation of a value that has none of these types.
pub(crate) fn type_message(types: Types, found: Leaf<'_>) -> Message {
    let wanted = Message::from(types);
    let found_type = match found {
        Leaf::Number(_) => Types::NUMBER.into(),
        _ => Message::from(found.types()),
    };
    let (template, found) = match &found {
        Leaf::Number(number) if types.contains(Types::INTEGER) => (TYPE, Arg::Text(number)),
        Leaf::Number(number) if types.contains(Types::DIGITS) => {
            (TYPE_IN_DIGITS, Arg::Text(number))
        }
        _ => (TYPE, Arg::Message(&found_type)),
    };
    template.with([Arg::Message(&wanted), found])
}

/// The violation of a value that is not one of the values of an `enum`.
pub(crate) fn not_in_enum(
    place: String,
    keyword: &'static str,
    values: &[Literal<'_>],
    found: Leaf<'_>,
) -> Violation {
    let message = match (values, values.len().checked_sub(MOST_SHOWN)) {
        ([only], _) => MUST_BE.with([Arg::Text(&only)]),
        (several, Some(more @ 1..)) => {
            ENUM_AND_MORE.with([Arg::Text(&Several(several)), Arg::Text(&more)])
        }
        (several, _) => ENUM.with([Arg::Text(&Several(several))]),
    };
    let types = values.iter().map(|literal| literal.leaf().types()).reduce(Types::or);
    let violation = Violation::of(place, keyword, message);
    match types {
        Some(types) if types.and(found.types()).is_empty() => violation.with_expected_types(types),
        _ if values.len() == 1 => violation.with_wrong_tag(),
        _ => violation,
    }
}

/// The largest number of values that a message lists.
const MOST_SHOWN: usize = 50;

struct Several<'l>(&'l [Literal<'l>]);

impl fmt::Display for Several<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, literal) in self.0.iter().take(MOST_SHOWN).enumerate() {
            write!(out, "{}{literal}", if index == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

/// In the form of JSON.
impl fmt::Display for Literal<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => out.write_str("null"),
            Self::Bool(bool) => write!(out, "{bool}"),
            Self::Number(number) => write!(out, "{number}"),
            Self::String(string) => write_string(string, out),
            Self::Array(items) => {
                out.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(out, "{}{item}", if index == 0 { "" } else { "," })?;
                }
                out.write_str("]")
            }
            Self::Object(properties) => {
                out.write_str("{")?;
                for (index, (name, value)) in properties.iter().enumerate() {
                    out.write_str(if index == 0 { "" } else { "," })?;
                    write_string(name, out)?;
                    write!(out, ":{value}")?;
                }
                out.write_str("}")
            }
        }
    }
}

fn write_string(string: &str, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    out.write_str("\"")?;
    for next in string.chars() {
        match next {
            '"' | '\\' => write!(out, "\\{next}")?,
            '\n' => out.write_str("\\n")?,
            control if control < ' ' => write!(out, "\\u{:04x}", u32::from(control))?,
            plain => write!(out, "{plain}")?,
        }
    }
    out.write_str("\"")
}

impl From<bool> for Leaf<'_> {
    fn from(bool: bool) -> Self {
        Self::Bool(bool)
    }
}

impl<'v> From<&'v str> for Leaf<'v> {
    fn from(string: &'v str) -> Self {
        Self::String(string)
    }
}

impl<'v, N: Into<Decimal<'v>>> From<N> for Leaf<'v> {
    fn from(number: N) -> Self {
        Self::Number(number.into())
    }
}
