//! The metaschemas of all drafts, so that a `$ref` to one needs no network.

use std::sync::LazyLock;

use crate::diagnostics::Reporter;
use crate::source::{File, Input, Sources};
use crate::util::CollectVec as _;

/// The URIs and texts of metaschemas.
macro_rules! metaschemas {
    ($($uri:literal = $file:literal,)*) => {
        &[$(($uri, include_str!(concat!("metaschemas/", $file, ".json"))),)*]
    };
}

const TEXTS: &[(&str, &str)] = metaschemas! {
    "http://json-schema.org/draft-04/schema" = "draft-04",
    "http://json-schema.org/draft-06/schema" = "draft-06",
    "http://json-schema.org/draft-07/schema" = "draft-07",
    "https://json-schema.org/draft/2019-09/schema" = "2019-09/schema",
    "https://json-schema.org/draft/2019-09/meta/applicator" = "2019-09/applicator",
    "https://json-schema.org/draft/2019-09/meta/content" = "2019-09/content",
    "https://json-schema.org/draft/2019-09/meta/core" = "2019-09/core",
    "https://json-schema.org/draft/2019-09/meta/format" = "2019-09/format",
    "https://json-schema.org/draft/2019-09/meta/meta-data" = "2019-09/meta-data",
    "https://json-schema.org/draft/2019-09/meta/validation" = "2019-09/validation",
    "https://json-schema.org/draft/2020-12/schema" = "2020-12/schema",
    "https://json-schema.org/draft/2020-12/meta/applicator" = "2020-12/applicator",
    "https://json-schema.org/draft/2020-12/meta/content" = "2020-12/content",
    "https://json-schema.org/draft/2020-12/meta/core" = "2020-12/core",
    "https://json-schema.org/draft/2020-12/meta/format-annotation" = "2020-12/format-annotation",
    "https://json-schema.org/draft/2020-12/meta/format-assertion" = "2020-12/format-assertion",
    "https://json-schema.org/draft/2020-12/meta/meta-data" = "2020-12/meta-data",
    "https://json-schema.org/draft/2020-12/meta/unevaluated" = "2020-12/unevaluated",
    "https://json-schema.org/draft/2020-12/meta/validation" = "2020-12/validation",
};

/// Parsed when one of them is first referred to.
static FILES: LazyLock<Sources> = LazyLock::new(|| {
    let texts = TEXTS.iter().map(|(uri, text)| ((*uri).to_owned(), (*text).to_owned()));
    Sources::from_texts("", Input::Document, texts.collect_vec(), &Reporter::default())
});

/// The metaschema of a URI.
pub(super) fn find(uri: &str) -> Option<&'static File> {
    let is_known = TEXTS.iter().any(|(known, _)| *known == uri);
    is_known.then(|| FILES.files.iter().find(|file| file.path == uri)).flatten()
}

#[cfg(test)]
mod tests {
    use super::{TEXTS, find};

    #[test]
    fn all_of_them_are_json_and_name_themselves() {
        for (uri, _) in TEXTS {
            let file = find(uri).unwrap();
            let id = ["/$id", "/id"].iter().find_map(|pointer| file.root.at(pointer)).unwrap();
            assert_eq!(id.to_json().trim_matches('"').trim_end_matches('#'), *uri);
        }
    }
}
