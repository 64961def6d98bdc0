//! The dialect that a `$schema` names: its draft, and the vocabularies that its metaschema uses.
//!
//! ```text
//! { "$vocabulary": { "https://json-schema.org/draft/2020-12/vocab/core": true } }
//!
//! 2020-12, in which `maxLength` and its like restrict nothing
//! ```

use crate::schema::Draft;
use crate::source::{Node, Value, uri};

/// A draft, and which of its vocabularies make assertions.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) draft: Draft,
    /// Whether the validation vocabulary is used: `type`, `minimum` and their like.
    pub(super) validates: bool,
    /// Whether `format` is an assertion.
    pub(super) asserts_formats: bool,
}

impl Dialect {
    pub(super) const fn of(draft: Draft) -> Self {
        Self { draft, validates: true, asserts_formats: false }
    }

    /// The dialect that a `$schema` names; `document` finds a metaschema by its URI.
    pub(super) fn find<'s>(uri: &str, document: &dyn Fn(&str) -> Option<&'s Node>) -> Option<Self> {
        let uri = uri.trim_end_matches('#');
        if let Some(draft) = Draft::of_uri(uri) {
            return Some(Self::of(draft));
        }
        let metaschema = document(&uri::normal(uri)?)?;
        // The draft is the one that the metaschema is written in. One that names itself has none.
        let draft = Draft::of_uri(metaschema.text_at("/$schema")?.trim_end_matches('#'))?;
        let Some(Value::Object(vocabulary)) = metaschema.at("/$vocabulary").map(|node| &node.value)
        else {
            return Some(Self::of(draft));
        };
        let has = |name: &str| vocabulary.entries.iter().any(|entry| entry.key.ends_with(name));
        Some(Self {
            draft,
            validates: has("/vocab/validation"),
            asserts_formats: has("/vocab/format-assertion"),
        })
    }
}
