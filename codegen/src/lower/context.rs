//! The inputs and the results of lowering a schema.
//!
//! ```text
//! { "type": "integer", "minimum": 1e30 }
//!
//! Err(NoType("its numbers may lie beyond 64 bits")): in a document, it becomes checked JSON
//! ```

use wechat_bizwifi_rules::JsonType;

use crate::diagnostics::{ErrorReport, Lint, Place, Reported, Reporter};
use crate::model::TypeExpr;
use crate::schema::{KeywordReader, Located};

/// A schema that is being lowered. Its annotations were read; the other keywords are read by
/// whoever enforces them.
pub(super) struct SchemaReader<'a> {
    pub(super) keywords: KeywordReader<'a>,
    pub(super) annotations: Annotations<'a>,
}

impl<'a> SchemaReader<'a> {
    pub(super) fn place(&self) -> &Place {
        &self.keywords.located.place
    }

    /// Whether it is part of a document, which may omit more than a description.
    pub(super) fn is_document(&self) -> bool {
        self.keywords.located.is_document()
    }

    /// Reports an error of the schema as a whole.
    pub(super) fn error(&self, message: impl Into<String>) -> ErrorReport<'a> {
        self.keywords.located.error(message)
    }

    /// Reports what is an error in a description, and a warning in a document.
    pub(super) fn lint_at(&self, place: &Place, message: impl Into<String>) -> Lint<'a> {
        self.keywords.located.lint_at(place, message)
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

/// The documentation of a schema, its default and its examples.
#[derive(Default)]
pub(super) struct Annotations<'a> {
    pub(super) docs: Option<String>,
    pub(super) deprecated: bool,
    pub(super) default: Option<Located<'a>>,
    pub(super) examples: Vec<Located<'a>>,
}

/// What the surroundings of a schema tell of its type.
#[derive(Clone, Copy)]
pub(super) struct TypeContext<'s> {
    /// The name that the schema's place suggests for its type.
    pub(super) name: &'s str,
    /// The type of its values if it states none, such as the `type` beside the `allOf` that it is a
    /// branch of.
    pub(super) hint: Option<TypeHint>,
    /// Whether it is a property's schema, or a part of one.
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

/// The JSON type of values, known without a `type` in their schema.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct TypeHint {
    pub(super) json_type: JsonType,
    /// Whether `null` is allowed too, which the keywords for this type do not restrict.
    pub(super) or_null: bool,
    /// The JSON type of the items, if the values are arrays.
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

/// The type that a schema was lowered to, or why it was not lowered.
pub(super) type TypeResult<T = TypeExpr> = Result<T, Unlowered>;

/// Why a schema was not lowered.
pub(super) enum Unlowered {
    /// It has an error, which was reported.
    Reported(Reported),
    /// No Rust type holds the values that it allows. It need not have an error.
    NoType(NoType),
}

/// Why no Rust type holds what a schema allows. It is returned, not reported: the caller decides
/// what becomes of the schema.
pub(super) struct NoType {
    pub(super) place: Place,
    pub(super) reason: String,
    pub(super) help: &'static str,
}

impl Unlowered {
    /// Reports a missing type as an error, and returns the proof that an error was reported.
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
