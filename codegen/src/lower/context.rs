//! What lowering a schema is given, and how it can end.
//!
//! ```text
//! { "type": "integer", "minimum": 1e30 }
//!
//! Err(NoType("its numbers may lie beyond 64 bits")): a document gets a JSON value that is checked
//! ```

use wechat_bizwifi_rules::JsonType;

use crate::diagnostics::{Doubt, ErrorReport, Place, Reported, Reporter};
use crate::model::TypeExpr;
use crate::schema::{KeywordReader, Located};

/// A schema that is being lowered.
pub(super) struct Schema<'a> {
    pub(super) keywords: KeywordReader<'a>,
    pub(super) annotations: Annotations<'a>,
}

impl<'a> Schema<'a> {
    pub(super) fn place(&self) -> &Place {
        &self.keywords.located.place
    }

    /// Reports an error of the schema as a whole.
    pub(super) fn error(&self, message: impl Into<String>) -> ErrorReport<'a> {
        self.keywords.located.error(message)
    }

    /// Reports what is an error in a description, and a warning in a document.
    pub(super) fn doubt(&self, place: &Place, message: impl Into<String>) -> Doubt<'a> {
        self.keywords.located.doubt_at(place, message)
    }

    /// Says that no Rust type holds what the schema allows.
    pub(super) fn no_type<T>(
        &self,
        reason: impl Into<String>,
        help: &'static str,
    ) -> TypeResult<T> {
        let (place, reason) = (self.place().clone(), reason.into());
        Err(Unlowered::NoType(NoType { place, reason, help }))
    }
}

/// What a schema says to people, and the values that it gives.
#[derive(Default)]
pub(super) struct Annotations<'a> {
    pub(super) docs: Option<String>,
    pub(super) deprecated: bool,
    pub(super) default: Option<Located<'a>>,
    pub(super) examples: Vec<Located<'a>>,
}

/// Where a schema stands, as far as it matters to what it means.
#[derive(Clone, Copy)]
pub(super) struct TypeContext<'s> {
    /// The name that its place suggests for a type.
    pub(super) name: &'s str,
    /// What its values are if it states no type: that of the schema whose `allOf` it is part of.
    pub(super) hint: Option<TypeHint>,
    /// Whether it is a property's, or a part of that.
    pub(super) is_property: bool,
}

impl<'s> TypeContext<'s> {
    pub(super) fn named(name: &'s str) -> Self {
        Self { name, hint: None, is_property: false }
    }

    pub(super) fn property(name: &'s str) -> Self {
        Self { is_property: true, ..Self::named(name) }
    }
}

/// What values are known to be before a schema is asked: of a type, or `null` perhaps.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct TypeHint {
    pub(super) json_type: JsonType,
    /// Keywords of the type say nothing of `null`, so it matters whether there may be one.
    pub(super) or_null: bool,
    /// What the items are, of an array.
    pub(super) items: Option<JsonType>,
}

impl TypeHint {
    /// Values of this type alone.
    pub(super) fn just(json_type: JsonType) -> Self {
        Self { json_type, or_null: false, items: None }
    }

    pub(super) fn types(self) -> Vec<JsonType> {
        match self.json_type {
            JsonType::Null => vec![JsonType::Null],
            json_type if self.or_null => vec![json_type, JsonType::Null],
            json_type => vec![json_type],
        }
    }
}

/// What a schema was lowered to, or why not.
pub(super) type TypeResult<T = TypeExpr> = Result<T, Unlowered>;

/// Why a schema was not lowered.
pub(super) enum Unlowered {
    /// It is wrong, which was reported.
    Reported(Reported),
    /// It may be right, and no Rust type holds what it allows.
    NoType(NoType),
}

/// Why no Rust type holds what a schema allows. It is returned, not reported: who asked for the type
/// decides what comes of it.
pub(super) struct NoType {
    pub(super) place: Place,
    pub(super) reason: String,
    pub(super) help: &'static str,
}

impl Unlowered {
    /// The proof that an error was reported: what has no type is reported now.
    pub(super) fn report(self, reporter: &Reporter) -> Reported {
        match self {
            Self::Reported(reported) => reported,
            Self::NoType(NoType { place, reason, help }) => {
                reporter.error(&place, reason).help(help).reported()
            }
        }
    }
}

impl From<Reported> for Unlowered {
    fn from(reported: Reported) -> Self {
        Self::Reported(reported)
    }
}
