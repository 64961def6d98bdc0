//! URLs: finds them in a text, and writes them as targets of links.
//!
//! ```text
//! See https://a.b/c_d.      ("See ", "https://a.b/c_d", ".")
//! ```

/// The first URL in a text, with the text before and after it.
pub(super) fn split_at_url(text: &str) -> Option<(&str, &str, &str)> {
    let is_url = |c: char| c.is_ascii_alphanumeric() || "-_.~:/?#@!$&'+,;=%".contains(c);
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find("http")?;
        let rest = &text[start..];
        let scheme = ["http://", "https://"].into_iter().find(|scheme| rest.starts_with(scheme));
        let end = rest.find(|c| !is_url(c)).unwrap_or(rest.len());
        let url = rest[..end].trim_end_matches(|c| ".,;:!?'_~&".contains(c));
        if scheme.is_some_and(|scheme| url.len() > scheme.len()) {
            return Some((&text[..start], url, &rest[url.len()..]));
        }
        from = start + "http".len();
    }
}

/// A URL as the target of a link.
pub(super) fn link_target(target: &str) -> String {
    let target = target.replace(['<', '>', '\n', ' ', '\\'], "%20");
    if target.contains(['(', ')']) { format!("<{target}>") } else { target }
}
