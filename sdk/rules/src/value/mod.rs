//! Values as trees. A tree is evaluated before it is read as a Rust type, or instead.
//!
//! ```text
//! [1e400, "a"]    Array([Number(1e400), String("a")]), which borrows the string from the input
//! {"a": 1, "a": 2}    refused: has the property `a` twice
//! ```

mod deserialize;
mod deserializer;
mod parse;

use std::borrow::Cow;
use std::fmt;

pub use deserialize::Text;

use crate::decimal::Decimal;
use crate::schema::{Literal, is_same};
use crate::value_rules::equal;
use crate::view::{Leaf, View};

/// The depth that arrays and objects may have. It is that of `serde_json`.
const DEEPEST: usize = 128;

/// Up to this many properties are compared one by one. More are sorted and searched.
const FEW: usize = 12;

const TOO_DEEP: &str = "is nested deeper than 128 levels";

/// The name by which `serde_json` passes on the text of a number if its feature `arbitrary_precision` is on. Any crate
/// of a program can switch that on for all.
const NUMBER: &str = "$serde_json::private::Number";

/// A JSON value. No object has a property twice, and numbers keep all digits.
#[derive(Clone)]
pub struct Value<'v>(Repr<'v>);

#[derive(Clone)]
enum Repr<'v> {
    Null,
    Bool(bool),
    Number(Decimal<'v>),
    /// A number whose text cannot be borrowed.
    LongNumber(Box<str>),
    String(Cow<'v, str>),
    Array(Vec<Value<'v>>),
    /// Sorted by name, if there are more than a few.
    Object(Vec<(Cow<'v, str>, Value<'v>)>),
}

impl<'v> Value<'v> {
    /// `null`.
    pub const NULL: Self = Self(Repr::Null);

    /// An object of these properties, which are sorted if there are many.
    ///
    /// # Errors
    ///
    /// The name that appears twice.
    pub fn object(mut properties: Vec<(Cow<'v, str>, Self)>) -> Result<Self, Cow<'v, str>> {
        let twice = if properties.len() <= FEW {
            let mut names = properties.iter().enumerate();
            // The lengths differ mostly, so that few names are looked at.
            names.find(|(index, (name, _))| properties[..*index].iter().any(|it| it.0 == *name))
        } else {
            sort(&mut properties);
            let mut pairs = properties.iter().enumerate().skip(1);
            pairs.find(|(index, (name, _))| properties[index - 1].0 == *name)
        };
        match twice.map(|(_, (name, _))| name.clone()) {
            Some(name) => Err(name),
            None => Ok(Self(Repr::Object(properties))),
        }
    }

    /// Copies a value, whatever holds it.
    pub fn copy_of<'a>(view: impl View<'a>) -> Value<'static> {
        match view.leaf() {
            Leaf::Null => Value(Repr::Null),
            Leaf::Bool(flag) => Value(Repr::Bool(flag)),
            Leaf::Number(number) => Value(Repr::Number(number)).into_owned(),
            Leaf::String(text) => Value(Repr::String(Cow::Owned(text.to_owned()))),
            Leaf::Array(_) => Value(Repr::Array(view.items().map(Value::copy_of).collect())),
            Leaf::Object(_) => {
                let copy =
                    |(name, value): (&str, _)| (name.to_owned().into(), Value::copy_of(value));
                let mut properties: Vec<_> = view.properties().map(copy).collect();
                sort(&mut properties);
                Value(Repr::Object(properties))
            }
        }
    }

    /// Copies all that is borrowed.
    pub fn into_owned(self) -> Value<'static> {
        let owned = |text: Cow<'v, str>| Cow::Owned(text.into_owned());
        Value(match self.0 {
            Repr::Null => Repr::Null,
            Repr::Bool(bool) => Repr::Bool(bool),
            Repr::LongNumber(text) => Repr::LongNumber(text),
            Repr::Number(number) => match (number.parts(), number.text()) {
                (Some((mantissa, exponent)), _) => Repr::Number(Decimal::new(mantissa, exponent)),
                (None, text) => Repr::LongNumber(text.unwrap_or_default().into()),
            },
            Repr::String(string) => Repr::String(owned(string)),
            Repr::Array(items) => Repr::Array(items.into_iter().map(Value::into_owned).collect()),
            Repr::Object(properties) => Repr::Object(
                properties
                    .into_iter()
                    .map(|(name, value)| (owned(name), value.into_owned()))
                    .collect(),
            ),
        })
    }
}

fn sort(properties: &mut [(Cow<'_, str>, Value<'_>)]) {
    properties.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
}

impl<'v> From<Literal<'v>> for Value<'v> {
    fn from(literal: Literal<'v>) -> Self {
        Self(match literal {
            Literal::Null => Repr::Null,
            Literal::Bool(flag) => Repr::Bool(flag),
            Literal::Number(number) => Repr::Number(number),
            Literal::String(text) => Repr::String(Cow::Borrowed(text)),
            Literal::Array(items) => Repr::Array(items.iter().copied().map(Self::from).collect()),
            Literal::Object(properties) => {
                let pair =
                    |(name, value): &(&'v str, _)| (Cow::Borrowed(*name), Self::from(*value));
                let mut properties: Vec<_> = properties.iter().map(pair).collect();
                sort(&mut properties);
                Repr::Object(properties)
            }
        })
    }
}

/// Shows the JSON type only, since strings may be secrets.
impl fmt::Debug for Value<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.leaf().types())
    }
}

impl PartialEq for Value<'_> {
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl Eq for Value<'_> {}

impl<'a> View<'a> for &'a Value<'_> {
    fn leaf(self) -> Leaf<'a> {
        match &self.0 {
            Repr::Null => Leaf::Null,
            Repr::Bool(bool) => Leaf::Bool(*bool),
            Repr::Number(number) => Leaf::Number(*number),
            Repr::LongNumber(text) => {
                // It was parsed before it was kept.
                Leaf::Number(Decimal::parse(text).unwrap_or(Decimal::new(0, 0)))
            }
            Repr::String(string) => Leaf::String(string),
            Repr::Array(items) => Leaf::Array(items.len()),
            Repr::Object(properties) => Leaf::Object(properties.len()),
        }
    }

    fn items(self) -> impl Iterator<Item = Self> {
        let Repr::Array(items) = &self.0 else { return [].iter() };
        items.iter()
    }

    fn properties(self) -> impl Iterator<Item = (&'a str, Self)> {
        let properties = match &self.0 {
            Repr::Object(properties) => &properties[..],
            _ => &[],
        };
        properties.iter().map(|(name, value)| (&**name, value))
    }

    fn get(self, name: &str) -> Option<Self> {
        let Repr::Object(properties) = &self.0 else { return None };
        if properties.len() <= FEW {
            let property = properties.iter().find(|(known, _)| is_same(known, name));
            return property.map(|(_, value)| value);
        }
        let index = properties.binary_search_by(|(known, _)| (**known).cmp(name)).ok()?;
        Some(&properties[index].1)
    }
}

#[cfg(test)]
mod tests;
