//! Finding the values of secret properties in JSON, wherever in it they are.

use super::Names;
use crate::secret::Secret;
use crate::text::without_marks;
use crate::transport::{Content, Outgoing};
use crate::wire::{ShownJson, walk};

/// Adds the values of a request's properties of these names.
pub(super) fn in_request(request: &Outgoing, names: Names<'_>, found: &mut Vec<Secret>) {
    match &request.content {
        Content::Body(body) => in_json(body, names, found),
        Content::Query(query) => in_pairs(&query.pairs, names, found),
    }
}

/// Adds the values of the properties with these names, in JSON that may be cut off or broken: then
/// those before that place.
pub(super) fn in_json(json: &[u8], names: Names<'_>, found: &mut Vec<Secret>) {
    // Raw control characters are seen inside strings, and would end the search.
    let json: Vec<u8> = without_marks(json).iter().map(|byte| *byte.max(&b' ')).collect();
    // Broken JSON is reported elsewhere.
    let _ = walk(&String::from_utf8_lossy(&json), &mut |place, shown| {
        // `true`, `false` and `null` are no secrets.
        if let ShownJson::Text(value) | ShownJson::Number(value) = shown
            && place.names().any(|name| is_among(names, name))
        {
            found.push(Secret::new(value));
        }
    });
}

/// Adds the values of the pairs with these names.
fn in_pairs(pairs: &[(String, Secret)], names: Names<'_>, found: &mut Vec<Secret>) {
    for (name, value) in pairs {
        if is_among(names, name) {
            found.push(value.clone());
        }
    }
}

fn is_among(names: Names<'_>, name: &str) -> bool {
    names.iter().copied().flatten().any(|secret| secret.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(json: &str) -> Vec<String> {
        let mut found = Vec::new();
        in_json(json.as_bytes(), &[&[], &["pin"]], &mut found);
        found.iter().map(|secret| secret.expose().to_owned()).collect()
    }

    #[test]
    fn values_are_found_at_any_depth_and_under_any_spelling_of_the_name() {
        assert_eq!(
            found(r#"{"a":[{"pin":"x"}],"p\u0069n":["y",{"z":1.5}],"b":"no","PIN":-1}"#),
            ["x", "y", "1.5", "-1"]
        );
        assert_eq!(found("\u{feff}\u{feff}{\"a\":\"\u{1}\",\"pin\":\"x\"}"), ["x"]);
        assert_eq!(found(r#"{"pin":true,"n":null}"#), [] as [&str; 0]);
    }

    #[test]
    fn what_stands_before_an_error_is_found() {
        assert_eq!(found(r#"{"pin":"x","#), ["x"]);
        assert_eq!(found("<html>"), [] as [&str; 0]);
    }

    #[test]
    fn pairs_are_found_by_name() {
        let pairs = [("pin", "x"), ("n", "1")];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), Secret::new(value)));
        let mut found = Vec::new();
        in_pairs(&pairs, &[&[], &["pin"]], &mut found);
        assert!(found == [Secret::new("x")]);
    }
}
