//! Which values a schema allows, by the Rust type that holds them, and by the rules besides.
//!
//! ```text
//! { "type": ["string", "null"], "not": { "const": "" } }
//!
//! Constrained(Nullable(Text([])), [the rule `not`])
//! ```

use super::{Integer, Rules, TimeUnit, TypeId};
use crate::schema::Keyword;

/// The set of values that a schema allows, and the Rust type that holds them.
#[derive(Clone)]
pub(crate) enum TypeExpr {
    /// A type with a name of its own.
    Named(TypeId),
    /// Any JSON.
    Any,
    /// Nothing but `null`.
    Null,
    Boolean,
    Text(Rules),
    /// A string that is never shown.
    Secret(Rules),
    /// A whole number; its bounds are inclusive.
    Integer(Integer, Rules),
    /// Seconds or milliseconds since 1970.
    Time(TimeUnit, Rules),
    /// A number that may have a fraction.
    Number(Rules),
    List(Box<TypeExpr>, Rules),
    /// An object whose properties are not known beforehand.
    Map(Box<TypeExpr>, Rules),
    /// The value or `null`.
    Nullable(Box<TypeExpr>),
    /// A type, and what else its values must be valid against.
    Constrained(Box<TypeExpr>, Vec<Residual>),
}

impl TypeExpr {
    /// Whether it is any JSON.
    pub(crate) fn is_any(&self) -> bool {
        matches!(self, Self::Any)
    }

    /// The rules that it enforces on its values by themselves.
    pub(crate) fn rules(&self) -> &Rules {
        match self {
            Self::Text(rules)
            | Self::Secret(rules)
            | Self::Integer(_, rules)
            | Self::Time(_, rules)
            | Self::Number(rules)
            | Self::List(_, rules)
            | Self::Map(_, rules) => rules,
            _ => Rules::NONE,
        }
    }

    /// Without what allows less of it, or `null` too.
    pub(crate) fn peeled(&self) -> &Self {
        match self {
            Self::Constrained(ty, _) | Self::Nullable(ty) => ty.peeled(),
            _ => self,
        }
    }

    /// The type with a name that its values are of.
    pub(crate) fn named(&self) -> Option<TypeId> {
        match self.peeled() {
            Self::Named(id) => Some(*id),
            _ => None,
        }
    }

    /// Whether it is a type that has a name, this one.
    pub(crate) fn is_named(&self, id: TypeId) -> bool {
        matches!(self, Self::Named(named) if *named == id)
    }

    /// The type that it is directly made of.
    pub(crate) fn part(&self) -> Option<&Self> {
        match self {
            Self::List(ty, _)
            | Self::Map(ty, _)
            | Self::Nullable(ty)
            | Self::Constrained(ty, _) => Some(ty),
            _ => None,
        }
    }

    /// The type with a name that it is, or is made of.
    pub(crate) fn named_within(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            _ => self.part()?.named_within(),
        }
    }

    /// Whether it is a secret, or directly made of one.
    pub(crate) fn holds_secret(&self) -> bool {
        matches!(self, Self::Secret(_)) || self.part().is_some_and(Self::holds_secret)
    }
}

/// The rules of a schema that its type does not enforce.
#[derive(Clone)]
pub(crate) struct Residual {
    /// The schema: its index among those that have such rules.
    pub(crate) schema: usize,
    /// The keywords that the type does not enforce.
    pub(crate) keywords: Vec<Keyword>,
    /// What they say, a sentence each.
    pub(crate) docs: Vec<String>,
    /// The only values, each in its canonical JSON, if that is one of the rules.
    pub(crate) values: Option<Vec<String>>,
}
