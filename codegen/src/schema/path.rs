//! The path of an endpoint.
//!
//! ```text
//! "path": "/shop/{id}"
//!
//! /path: the path is a template, which is not supported, found "/shop/{id}"; put what varies into ..
//! ```

use super::located::Located;
use crate::diagnostics::Reported;

/// Reads a path.
pub(super) fn url_path<'a>(located: &Located<'a>) -> Result<&'a str, Reported> {
    let path = located.text()?;
    let Some((wrong, help)) = error_in_path(path) else { return Ok(path) };
    located.error(format!("the path {wrong}, found {}", located.node.describe())).help(help).fail()
}

/// What is wrong with a path, and what to do about it.
fn error_in_path(path: &str) -> Option<(&'static str, &'static str)> {
    let is_step_back = |step: &str| {
        let step = step.replace("%2e", ".").replace("%2E", ".");
        matches!(&*step, "." | "..")
    };
    if !path.starts_with('/') {
        Some(("does not begin with `/`", "write it from the host on, such as \"/shop/open\""))
    } else if path.contains(['{', '}', ':', '*']) {
        Some((
            "is a template, which is not supported",
            "put what varies into the request: it is sent in the query by GET, in the body by POST",
        ))
    } else if path.contains(['?', '#']) {
        Some(("has a query", "the properties of a GET's request are its query"))
    } else if path.split('/').any(is_step_back) {
        Some(("has a step `.` or `..`", "write the path that it leads to"))
    } else if !is_plain(path) {
        Some((
            "has a character that stands in no URL",
            "percent-encode it: what is no ASCII letter, no digit and none of `-._~`",
        ))
    } else {
        None
    }
}

/// Whether a path has only unreserved characters, slashes and percent escapes.
fn is_plain(path: &str) -> bool {
    let mut pieces = path.split('%');
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-._~".contains(c);
    let is_escape = |piece: &str| {
        let (digits, rest) = piece.split_at_checked(2).unwrap_or_default();
        digits.len() == 2
            && digits.chars().all(|c| c.is_ascii_hexdigit())
            && rest.chars().all(plain)
    };
    pieces.next().is_none_or(|first| first.chars().all(plain)) && pieces.all(is_escape)
}

#[cfg(test)]
mod tests {
    use super::error_in_path;

    #[test]
    fn a_path_is_what_a_url_can_have_between_host_and_query() {
        for path in ["/", "/a/b-c_d.e~f", "/%C3%A9", "/a%2Fb/", "/..a", "//"] {
            assert_eq!(error_in_path(path), None, "{path}");
        }
        for path in [
            "", "a", "/{id}", "/:id", "/a?b", "/a#b", "/./a", "/a/%2E.", "/é", "/%", "/%4", "/%zz",
            "/%4g", "/%41%", "/%41é",
        ] {
            assert!(error_in_path(path).is_some(), "{path}");
        }
    }
}
