//! The drafts of JSON Schema, and what a schema's `$schema` says beyond its draft.

use super::uri;
use crate::source::{Node, Value};

/// A draft of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Draft {
    /// Draft 4.
    Draft4,
    /// Draft 6.
    Draft6,
    /// Draft 7.
    Draft7,
    /// 2019-09.
    Draft201909,
    /// 2020-12.
    Draft202012,
}

/// The newest first, as messages list them.
pub(super) const URIS: [(&str, Draft); 5] = [
    ("https://json-schema.org/draft/2020-12/schema", Draft::Draft202012),
    ("https://json-schema.org/draft/2019-09/schema", Draft::Draft201909),
    ("http://json-schema.org/draft-07/schema", Draft::Draft7),
    ("http://json-schema.org/draft-06/schema", Draft::Draft6),
    ("http://json-schema.org/draft-04/schema", Draft::Draft4),
];

impl Draft {
    fn of_uri(uri: &str) -> Option<Self> {
        let without_scheme = |uri: &str| uri.split_once("://").map(|(_, rest)| rest.to_owned());
        let wanted = without_scheme(uri);
        let known = URIS.iter().find(|(known, _)| without_scheme(known) == wanted);
        known.map(|(_, draft)| *draft)
    }

    pub(super) const fn id_keyword(self) -> &'static str {
        match self {
            Self::Draft4 => "id",
            _ => "$id",
        }
    }

    /// Whether keywords beside `$ref` are ignored.
    pub(super) fn has_lone_references(self) -> bool {
        self <= Self::Draft7
    }
}

/// A draft, and which of its vocabularies assert something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

    /// The dialect of a `$schema`; `document` finds a metaschema that was given.
    pub(super) fn find<'s>(uri: &str, document: &dyn Fn(&str) -> Option<&'s Node>) -> Option<Self> {
        let uri = uri.trim_end_matches('#');
        if let Some(draft) = Draft::of_uri(uri) {
            return Some(Self::of(draft));
        }
        let metaschema = document(&uri::normal(uri)?)?;
        // A metaschema is written in a draft itself. One that names itself is of no known draft.
        let draft = Draft::of_uri(text(metaschema, "/$schema")?.trim_end_matches('#'))?;
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

/// The string at a JSON pointer.
pub(super) fn text<'n>(node: &'n Node, pointer: &str) -> Option<&'n str> {
    match node.at(pointer).map(|node| &node.value) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    }
}
