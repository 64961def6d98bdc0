//! URIs of schemas: references against what they are relative to.
//!
//! ```text
//! ../common.json   in   file:///given/coupon/set.json   is   file:///given/common.json
//! ```

use iri_string::types::{IriAbsoluteStr, IriReferenceStr};

/// What the paths of files are below, where they have no URI.
const FILES: &str = "file:///given/";

/// The URI of a file that has none.
pub(crate) fn of_file(path: &str) -> String {
    normal(&format!("{FILES}{}", path.trim_start_matches('/'))).unwrap_or_else(|| FILES.to_owned())
}

/// The path of a file that has no URI of its own.
pub(crate) fn file_path(uri: &str) -> Option<String> {
    uri.strip_prefix(FILES).map(percent_decoded)
}

/// An absolute URI in the one form in which it is looked up.
pub(crate) fn normal(uri: &str) -> Option<String> {
    resolve(FILES, uri)
}

/// A reference without its fragment, resolved; `None` if it is no reference of RFC 3986.
pub(crate) fn resolve(base: &str, reference: &str) -> Option<String> {
    let reference = escaped(reference);
    let base = IriAbsoluteStr::new(base).ok()?;
    let reference = IriReferenceStr::new(&reference).ok()?;
    Some(reference.resolve_against(base).to_string())
}

/// What people write into references and URIs do not take, as escapes.
fn escaped(reference: &str) -> String {
    let mut escaped = String::with_capacity(reference.len());
    for character in reference.chars() {
        match character {
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                escaped.push_str(&format!("%{:02X}", u32::from(character)));
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

/// The steps of a JSON pointer that was a URL's fragment.
pub(crate) fn pointer_steps(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"))
}

/// Undoes a URL's percent escapes; what is none stays as it is.
pub(crate) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escape = if *first == b'%' { tail.get(..2).and_then(hex_byte) } else { None };
        bytes.push(escape.unwrap_or(*first));
        rest = if escape.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex_byte(digits: &[u8]) -> Option<u8> {
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::{file_path, of_file, resolve};

    #[test]
    fn a_file_is_found_beside_another() {
        let base = of_file("coupon/set a.json");
        let beside = |reference| resolve(&base, reference).and_then(|uri| file_path(&uri));
        assert_eq!(beside("b c.json").as_deref(), Some("coupon/b c.json"));
        assert_eq!(beside("../b%20c.json").as_deref(), Some("b c.json"));
        assert_eq!(beside("../../b.json"), None);
        assert_eq!(beside("https://example.com/b.json"), None);
    }

    #[test]
    fn what_is_no_path_is_a_base_too() {
        let urn = "urn:uuid:deadbeef-1234-ffff-ffff-4321feebdaed";
        assert_eq!(resolve("https://example.com/a", urn).as_deref(), Some(urn));
    }
}
