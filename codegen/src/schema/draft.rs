//! The drafts of JSON Schema, and which keywords each has.
//!
//! ```text
//! { "$schema": "http://json-schema.org/draft-04/schema#", "const": 1 }
//!
//! draft 4, which has no `const`: it is an annotation there
//! ```

use std::fmt;

use super::keywords::{Holds, Keyword};

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
const URIS: [(&str, Draft); 5] = [
    ("https://json-schema.org/draft/2020-12/schema", Draft::Draft202012),
    ("https://json-schema.org/draft/2019-09/schema", Draft::Draft201909),
    ("http://json-schema.org/draft-07/schema", Draft::Draft7),
    ("http://json-schema.org/draft-06/schema", Draft::Draft6),
    ("http://json-schema.org/draft-04/schema", Draft::Draft4),
];

/// The drafts that are known, as messages list them.
pub(crate) fn known_drafts() -> String {
    let uris: Vec<&str> = URIS.iter().map(|(uri, _)| *uri).collect();
    uris.join(", ")
}

impl Draft {
    /// The draft of a `$schema`, with or without an empty fragment.
    pub(crate) fn of_uri(uri: &str) -> Option<Self> {
        let without_scheme = |uri: &str| uri.split_once("://").map(|(_, rest)| rest.to_owned());
        let wanted = without_scheme(uri.trim_end_matches('#'));
        let known = URIS.iter().find(|(known, _)| without_scheme(known) == wanted);
        known.map(|(_, draft)| *draft)
    }

    /// The keyword that names a schema.
    pub(crate) const fn id_keyword(self) -> &'static str {
        match self {
            Self::Draft4 => "id",
            _ => "$id",
        }
    }

    /// Whether keywords beside `$ref` are ignored.
    pub(crate) fn has_lone_references(self) -> bool {
        self <= Self::Draft7
    }
}

impl Keyword {
    /// Whether a draft has the keyword.
    pub(crate) fn exists_in(self, draft: Draft) -> bool {
        let (first, last) = self.drafts();
        first <= draft && draft <= last
    }

    /// What a keyword's value is made of; `None` if the draft has no such keyword.
    pub(crate) fn holds_in(self, draft: Draft) -> Option<Holds> {
        self.exists_in(draft).then(|| self.info().holds)
    }

    /// The first draft that has the keyword, and the last.
    fn drafts(self) -> (Draft, Draft) {
        use Draft::{Draft4, Draft6, Draft7, Draft201909, Draft202012};
        match self {
            Self::Const | Self::Contains | Self::PropertyNames => (Draft6, Draft202012),
            Self::If | Self::Then | Self::Else => (Draft7, Draft202012),
            Self::Defs
            | Self::Anchor
            | Self::ContentSchema
            | Self::MinContains
            | Self::MaxContains
            | Self::DependentRequired
            | Self::DependentSchemas
            | Self::UnevaluatedItems
            | Self::UnevaluatedProperties => (Draft201909, Draft202012),
            Self::RecursiveRef | Self::RecursiveAnchor => (Draft201909, Draft201909),
            Self::DynamicRef | Self::DynamicAnchor | Self::PrefixItems => {
                (Draft202012, Draft202012)
            }
            Self::AdditionalItems => (Draft4, Draft201909),
            _ => (Draft4, Draft202012),
        }
    }
}

impl fmt::Display for Draft {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Draft4 => "draft 4",
            Self::Draft6 => "draft 6",
            Self::Draft7 => "draft 7",
            Self::Draft201909 => "draft 2019-09",
            Self::Draft202012 => "draft 2020-12",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Draft, Keyword};

    #[test]
    fn a_draft_is_known_by_its_uri_whatever_the_scheme() {
        let uri = "https://json-schema.org/draft-07/schema#";
        assert_eq!(Draft::of_uri(uri), Some(Draft::Draft7));
        assert_eq!(Draft::of_uri("http://json-schema.org/draft-03/schema"), None);
    }

    #[test]
    fn a_keyword_exists_from_the_draft_that_brought_it_until_the_one_that_dropped_it() {
        assert!(!Keyword::If.exists_in(Draft::Draft6) && Keyword::If.exists_in(Draft::Draft7));
        assert!(!Keyword::AdditionalItems.exists_in(Draft::Draft202012));
    }
}
