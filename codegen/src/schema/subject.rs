//! What a schema describes, and which keywords have an effect on it.
//!
//! ```text
//! { "type": "string", .. }    Type(String): affected by `maxLength`, and not by `maximum`
//! ```

use wechat_bizwifi_rules::{JsonType, Types};

use super::keyword_facts::{On, Support};
use super::keywords::Keyword;

/// What a schema describes, as far as that is known.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    Unknown,
    Type(JsonType),
    /// An object without `properties`.
    Map,
    /// A list of values of these types.
    EnumValues(Types),
    /// What a `$ref` leads to.
    Reference,
    /// What `type` lists, if it lists several.
    Types(Types),
}

impl Subject {
    pub(super) fn describe(self) -> String {
        let described = match self {
            Self::Unknown => "such a schema",
            Self::Type(json_type) => return json_type.types().to_string(),
            Self::Map => "an object without `properties`",
            Self::EnumValues(_) => "a list of values",
            Self::Reference => "what a `$ref` leads to",
            Self::Types(_) => "any of these types",
        };
        described.to_owned()
    }

    /// Whether a keyword has an effect on what is described.
    pub(crate) fn is_affected_by(self, keyword: Keyword) -> bool {
        matches!(keyword.info().support, Support::Enforced(on) if self.is_among(on))
    }

    /// Whether a keyword that applies to values of these types may apply to what is described.
    fn is_among(self, on: On) -> bool {
        let types = self.types().unwrap_or(Types::NONE);
        on == On::Any || !types.and(on.types()).is_empty()
    }

    /// Whether what is described is known to have none of these types.
    pub(super) fn is_apart_from(self, on: On) -> bool {
        self.types().is_some_and(|types| types.and(on.types()).is_empty())
    }

    /// The types of what is described, where they are known.
    fn types(self) -> Option<Types> {
        match self {
            Self::Type(json_type) => Some(json_type.types()),
            Self::Map => Some(Types::OBJECT),
            Self::EnumValues(types) | Self::Types(types) => Some(types),
            Self::Unknown | Self::Reference => None,
        }
    }
}

impl On {
    fn types(self) -> Types {
        match self {
            Self::Any => Types::ALL,
            Self::Strings => Types::STRING,
            Self::Numbers => Types::NUMBER,
            Self::Arrays => Types::ARRAY,
            Self::Objects => Types::OBJECT,
        }
    }
}
