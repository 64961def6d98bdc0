//! The drafts of JSON Schema.
//!
//! ```text
//! { "$schema": "http://json-schema.org/draft-04/schema#" }     draft 4
//! ```

use std::fmt;

use wechat_bizwifi_rules::{JsonType, Types};

use crate::source::Object;
use crate::util::CollectVec as _;

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

/// The URI of each draft, the newest first, as messages list them.
const URIS: [(&str, Draft); 5] = [
    ("https://json-schema.org/draft/2020-12/schema", Draft::Draft202012),
    ("https://json-schema.org/draft/2019-09/schema", Draft::Draft201909),
    ("http://json-schema.org/draft-07/schema", Draft::Draft7),
    ("http://json-schema.org/draft-06/schema", Draft::Draft6),
    ("http://json-schema.org/draft-04/schema", Draft::Draft4),
];

/// The URI that drafts up to 7 have for the latest draft.
const LATEST: (&str, Draft) = ("http://json-schema.org/schema", Draft::Draft202012);

/// The URIs of the drafts, as messages list them.
pub(crate) fn known_drafts() -> String {
    let uris = URIS.iter().map(|(uri, _)| *uri).collect_vec();
    uris.join(", ")
}

impl Draft {
    /// The draft of a `$schema`, with or without an empty fragment.
    pub(crate) fn of_uri(uri: &str) -> Option<Self> {
        let without_scheme = |uri: &str| uri.split_once("://").map(|(_, rest)| rest.to_owned());
        let wanted = without_scheme(uri.trim_end_matches('#'));
        let known = URIS.iter().chain([&LATEST]).find(|(known, _)| without_scheme(known) == wanted);
        known.map(|(_, draft)| *draft)
    }

    /// The keyword that names a schema.
    pub(crate) const fn id_keyword(self) -> &'static str {
        match self {
            Self::Draft4 => "id",
            _ => "$id",
        }
    }

    /// The values that a `type` allows: in draft 4, `1.0` is no integer.
    pub(crate) const fn types(self, json_type: JsonType) -> Types {
        match (self, json_type) {
            (Self::Draft4, JsonType::Integer) => Types::DIGITS,
            _ => json_type.types(),
        }
    }

    /// Whether a schema is a reference alone: drafts up to 7 ignore the keywords beside a `$ref`.
    pub(crate) fn is_lone_reference(self, schema: &Object) -> bool {
        self <= Self::Draft7 && schema.get("$ref").is_some()
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
    use super::Draft;

    #[test]
    fn a_draft_is_known_by_its_uri_whatever_the_scheme() {
        let uri = "https://json-schema.org/draft-07/schema#";
        assert_eq!(Draft::of_uri(uri), Some(Draft::Draft7));
        assert_eq!(Draft::of_uri("http://json-schema.org/draft-03/schema"), None);
        assert_eq!(Draft::of_uri("http://json-schema.org/schema#"), Some(Draft::Draft202012));
    }
}
