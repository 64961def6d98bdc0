//! The values that a schema allows: the Rust type that holds them, and further rules.
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
    /// An object without named properties.
    Map(Box<TypeExpr>, Rules),
    /// The value or `null`.
    Nullable(Box<TypeExpr>),
    /// A type, and rules that it does not enforce.
    Constrained(Box<TypeExpr>, Vec<Residual>),
}

impl TypeExpr {
    /// Whether it is any JSON.
    pub(crate) fn is_any(&self) -> bool {
        matches!(self, Self::Any)
    }

    /// The rules that it enforces on single values.
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

    /// The type without its rules and without `null`.
    pub(crate) fn peeled(&self) -> &Self {
        match self {
            Self::Constrained(ty, _) | Self::Nullable(ty) => ty.peeled(),
            _ => self,
        }
    }

    /// The named type that it is, apart from rules and `null`.
    pub(crate) fn named(&self) -> Option<TypeId> {
        match self.peeled() {
            Self::Named(id) => Some(*id),
            _ => None,
        }
    }

    /// Whether it is this named type.
    pub(crate) fn is_named(&self, id: TypeId) -> bool {
        matches!(self, Self::Named(named) if *named == id)
    }

    /// The type that it consists of directly.
    pub(crate) fn part(&self) -> Option<&Self> {
        match self {
            Self::List(ty, _)
            | Self::Map(ty, _)
            | Self::Nullable(ty)
            | Self::Constrained(ty, _) => Some(ty),
            _ => None,
        }
    }

    /// The named type that it is, or consists of.
    pub(crate) fn named_within(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            _ => self.part()?.named_within(),
        }
    }

    /// Whether it is a secret, or consists of one.
    pub(crate) fn holds_secret(&self) -> bool {
        matches!(self, Self::Secret(_)) || self.part().is_some_and(Self::holds_secret)
    }
}

/// The rules of a schema that its type does not enforce.
#[derive(Clone)]
pub(crate) struct Residual {
    /// The index of the schema in `Lowered::residual_schemas`.
    pub(crate) schema: usize,
    /// The keywords that the type does not enforce.
    pub(crate) keywords: Vec<Keyword>,
    /// Their documentation, as sentences.
    pub(crate) docs: Vec<String>,
    /// The values of `const` or `enum` in canonical JSON, if one of them is among the keywords.
    pub(crate) values: Option<Vec<String>>,
}
