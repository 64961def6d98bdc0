//! URIs of schemas, and references that are resolved against them.
//!
//! ```text
//! ../common.json   in   file:///given/coupon/set.json   is   file:///given/common.json
//! ```

use std::fmt;

/// The base URI of files that have no URI of their own.
const FILES: &str = "file:///given/";

/// The URI of a file that has none of its own.
pub(crate) fn of_file(path: &str) -> String {
    normal(&format!("{FILES}{}", path.trim_start_matches('/'))).unwrap_or_else(|| FILES.to_owned())
}

/// The path of a file, by the URI that `of_file` made of it.
pub(crate) fn file_path(uri: &str) -> Option<String> {
    uri.strip_prefix(FILES).map(percent_decoded)
}

/// An absolute URI in the normal form, in which it is looked up.
pub(crate) fn normal(uri: &str) -> Option<String> {
    resolve(FILES, uri)
}

/// A reference, resolved as RFC 3986 has it; `None`, if it is not well-formed.
pub(crate) fn resolve(base: &str, reference: &str) -> Option<String> {
    let reference = escaped(reference);
    let (base, reference) = (Parts::of(base)?, Parts::of(&reference)?);
    base.scheme?;
    Some(base.resolved(reference).to_string())
}

/// The parts of a URI or of a relative reference.
#[derive(Clone, Copy)]
struct Parts<'u> {
    scheme: Option<&'u str>,
    authority: Option<&'u str>,
    path: &'u str,
    query: Option<&'u str>,
    fragment: Option<&'u str>,
}

impl<'u> Parts<'u> {
    /// The parts of a reference, which may have characters of any script; `None`, if it is not
    /// well-formed.
    fn of(text: &'u str) -> Option<Self> {
        let (rest, fragment) = cut(text, '#');
        let (rest, query) = cut(rest, '?');
        let (before_path, _) = cut(rest, '/');
        let (scheme, rest) = match before_path.split_once(':') {
            Some((scheme, _)) if !is_scheme(scheme) => return None,
            Some((scheme, _)) => (Some(scheme), &rest[scheme.len() + 1..]),
            None => (None, rest),
        };
        let (authority, path) = match rest.strip_prefix("//") {
            Some(rest) => {
                let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
                (Some(authority), path)
            }
            None => (None, rest),
        };
        let parts = [Some(path), query, fragment];
        let has_no_bracket = |part: &str| !part.contains(['[', ']', '#']);
        let is_well_formed = are_characters(text)
            && parts.into_iter().flatten().all(has_no_bracket)
            && authority.is_none_or(is_authority);
        is_well_formed.then_some(Self { scheme, authority, path, query, fragment })
    }

    /// Resolves a reference against this base: section 5.2.2.
    fn resolved(self, reference: Self) -> Resolved<'u> {
        let resolved = |parts, path: &str| Resolved { parts, path: without_dots(path) };
        if reference.scheme.is_some() {
            return resolved(reference, reference.path);
        }
        let parts = Self { scheme: self.scheme, ..reference };
        if reference.authority.is_some() {
            return resolved(parts, reference.path);
        }
        let parts = Self { authority: self.authority, ..parts };
        match reference.path {
            "" => {
                let query = reference.query.or(self.query);
                Resolved { parts: Self { query, ..parts }, path: self.path.to_owned() }
            }
            path if path.starts_with('/') => resolved(parts, path),
            path => resolved(parts, &self.merged(path)),
        }
    }

    /// Replaces the last step of this path by a relative path: section 5.2.3.
    fn merged(self, path: &str) -> String {
        match self.path.rfind('/') {
            Some(end) => format!("{}{path}", &self.path[..=end]),
            None if self.authority.is_some() => format!("/{path}"),
            None => path.to_owned(),
        }
    }
}

/// The parts of a URI, and the path that replaces the one among them.
struct Resolved<'u> {
    parts: Parts<'u>,
    path: String,
}

impl fmt::Display for Resolved<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Parts { scheme, authority, query, fragment, .. } = self.parts;
        // Without an authority, a path must not begin as one.
        let is_like_authority = authority.is_none() && self.path.starts_with("//");
        let before_path = if is_like_authority { "/." } else { "" };
        for (before, part, after) in [
            ("", scheme, ":"),
            ("//", authority, ""),
            (before_path, Some(&*self.path), ""),
            ("?", query, ""),
            ("#", fragment, ""),
        ] {
            if let Some(part) = part {
                write!(out, "{before}{part}{after}")?;
            }
        }
        Ok(())
    }
}

/// The text before the first of these characters, and the text after it.
fn cut(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at).map_or((text, None), |(before, after)| (before, Some(after)))
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// Whether brackets enclose the whole host, or it has none.
fn is_authority(text: &str) -> bool {
    let host = text.rsplit('@').next().unwrap_or(text);
    match host.strip_prefix('[').map(|rest| rest.split_once(']')) {
        Some(Some((address, port))) => {
            !address.contains('[') && (port.is_empty() || port.starts_with(':'))
        }
        Some(None) => false,
        None => !host.contains(['[', ']']),
    }
}

/// Whether an IRI may have all of these characters, and every percent sign begins an escape.
fn are_characters(text: &str) -> bool {
    let is_escaped =
        |after: &str| after.as_bytes().get(..2).is_some_and(|it| hex_byte(it).is_some());
    let is_allowed = |c: char| !c.is_control() && !c.is_whitespace();
    text.chars().all(is_allowed) && text.split('%').skip(1).all(is_escaped)
}

/// A path without the steps `.` and `..`: section 5.2.4.
fn without_dots(path: &str) -> String {
    let (mut rest, mut path) = (path, String::new());
    while !rest.is_empty() {
        rest = match rest {
            "." | ".." => "",
            "/." => "/",
            "/.." => {
                path.truncate(path.rfind('/').unwrap_or(0));
                "/"
            }
            _ if rest.starts_with("../") => &rest[3..],
            _ if rest.starts_with("./") || rest.starts_with("/./") => &rest[2..],
            _ if rest.starts_with("/../") => {
                path.truncate(path.rfind('/').unwrap_or(0));
                &rest[3..]
            }
            _ => {
                let next = rest.char_indices().skip(1).find(|(_, c)| *c == '/');
                let (step, rest) = rest.split_at(next.map_or(rest.len(), |(at, _)| at));
                path.push_str(step);
                rest
            }
        };
    }
    path
}

/// Escapes characters that people write into references, but that URIs must not have.
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

/// The steps of a JSON pointer, unescaped.
pub(crate) fn pointer_steps(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(unescaped)
}

/// A step of a JSON pointer, unescaped.
pub(crate) fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// Decodes the percent escapes of a URL. A percent sign that begins no escape stays.
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
    use super::{file_path, of_file, percent_decoded, pointer_steps, resolve};

    #[test]
    fn a_file_is_found_beside_another() {
        let base = of_file("coupon/set a.json");
        let beside = |reference| resolve(&base, reference).and_then(|uri| file_path(&uri));
        assert_eq!(beside("b c.json").as_deref(), Some("coupon/b c.json"));
        assert_eq!(beside("../b%20c.json").as_deref(), Some("b c.json"));
        assert_eq!(beside("../../b.json"), None);
        assert_eq!(beside("https://example.com/b.json"), None);
    }

    /// The examples of RFC 3986, section 5.4.
    #[test]
    fn references_are_resolved_as_the_rfc_has_it() {
        for (reference, expected) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q#s"),
            ("g#s", "http://a/b/c/g#s"),
            ("g?y#s", "http://a/b/c/g?y#s"),
            (";x", "http://a/b/c/;x"),
            ("g;x?y#s", "http://a/b/c/g;x?y#s"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("./", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../g", "http://a/g"),
            ("../../../g", "http://a/g"),
            ("/./g", "http://a/g"),
            ("/../g", "http://a/g"),
            ("g.", "http://a/b/c/g."),
            (".g", "http://a/b/c/.g"),
            ("..g", "http://a/b/c/..g"),
            ("./../g", "http://a/b/g"),
            ("./g/.", "http://a/b/c/g/"),
            ("g/./h", "http://a/b/c/g/h"),
            ("g/../h", "http://a/b/c/h"),
            ("g;x=1/../y", "http://a/b/c/y"),
            ("g?y/../x", "http://a/b/c/g?y/../x"),
            ("g#s/../x", "http://a/b/c/g#s/../x"),
            ("http:g", "http:g"),
            ("名/../é", "http://a/b/c/é"),
        ] {
            let resolved = resolve("http://a/b/c/d;p?q", reference);
            assert_eq!(resolved.as_deref(), Some(expected), "{reference}");
        }
    }

    #[test]
    fn what_is_no_reference_is_told_from_one() {
        for reference in [
            "1a:b", "a_b:c", "//[a]b:", "//[a[b]", "//a[b]", "?a[b", "#[", "//u@[a", ":b", "a%2",
            "a%zz", "a[b]", "//[a", "//a]", "//[a]b", "a\tb", "a\u{7f}b", "a#b#c",
        ] {
            assert_eq!(resolve("http://a/b", reference), None, "{reference}");
        }
        assert_eq!(resolve("http://a", "//[::1]:80/b").as_deref(), Some("http://[::1]:80/b"));
        assert_eq!(resolve("http://a", "b:c").as_deref(), Some("b:c"));
        assert_eq!(resolve("http://a", "./b:c").as_deref(), Some("http://a/b:c"));
        assert_eq!(resolve("a:b/c", "..//d").as_deref(), Some("a:/.//d"));
        assert_eq!(resolve("a:b", "c").as_deref(), Some("a:c"));
        assert_eq!(resolve("a:b", "../c").as_deref(), Some("a:c"));
        assert_eq!(resolve("a:b", "..").as_deref(), Some("a:"));
        assert_eq!(resolve("a:b", "a+1-.:c").as_deref(), Some("a+1-.:c"));
        assert_eq!(resolve("http://a", "b").as_deref(), Some("http://a/b"));
        assert_eq!(resolve("http://a", "//u@[::1]").as_deref(), Some("http://u@[::1]"));
        assert_eq!(resolve("no-base", "b"), None);
    }

    #[test]
    fn what_a_uri_does_not_take_is_escaped_and_read_again() {
        let resolved = resolve("a:/", " \"<>\\^`{|}%41").unwrap();
        assert_eq!(resolved, "a:/%20%22%3C%3E%5C%5E%60%7B%7C%7D%41");
        assert_eq!(percent_decoded(&resolved), "a:/ \"<>\\^`{|}A");
        for (text, decoded) in
            [("%e5%90%8D", "名"), ("%", "%"), ("%4", "%4"), ("%zz%41", "%zzA"), ("%é", "%é")]
        {
            assert_eq!(percent_decoded(text), decoded);
        }
        assert_eq!(pointer_steps("/a~1b/~01").collect::<Vec<_>>(), ["a/b", "~1"]);
        assert_eq!(of_file("/a b.json"), of_file("a b.json"));
    }

    #[test]
    fn what_is_no_path_is_a_base_too() {
        let urn = "urn:uuid:deadbeef-1234-ffff-ffff-4321feebdaed";
        assert_eq!(resolve("https://example.com/a", urn).as_deref(), Some(urn));
    }
}
