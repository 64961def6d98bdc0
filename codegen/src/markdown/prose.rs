//! Texts that need no parser: paragraphs of words, code and links to pages, as nearly all
//! descriptions are. They are not edited.
//!
//! ```text
//! The id, as `listCards` lists it; see [its page](https://a.b/c).      prose
//! *All* of [these], and <b>HTML</b>                                    needs a parser
//! ```

use super::lines::{begins_prose, fill};
use crate::util::is_bidi_control;

/// Whether a text is prose.
pub(crate) fn is_prose(text: &str) -> bool {
    text.lines().all(|line| line.is_empty() || is_prose_line(line))
}

/// The paragraphs of prose.
pub(super) fn paragraphs(text: &str, width: usize) -> Vec<String> {
    let text = text.trim_matches('\n');
    if text.is_empty() {
        return Vec::new();
    }
    let mut lines = fill(text, width);
    lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
    lines
}

fn is_prose_line(line: &str) -> bool {
    let mut rest = line;
    while let Some(at) = rest.find(is_markup) {
        let (before, markup) = rest.split_at(at);
        match after_markup(before, markup) {
            Some(after) if !before.contains("://") => rest = after,
            _ => return false,
        }
    }
    begins_prose(line) && line.trim().len() == line.len() && !rest.contains("://")
}

/// Whether a character can begin markup, or hides what is there.
fn is_markup(c: char) -> bool {
    "\\`*_[]<>&#~|^".contains(c) || c.is_control() || is_bidi_control(c)
}

/// The text after code, a link or a `_` within a word; `None`, if the text begins with other
/// markup.
fn after_markup<'t>(before: &str, text: &'t str) -> Option<&'t str> {
    // A control character may have several bytes, and begins none of these.
    let rest = text.get(1..)?;
    match text.as_bytes().first()? {
        b'`' => {
            let (code, after) = rest.split_once('`')?;
            let is_code = !code.is_empty() && code.trim().len() == code.len();
            (is_code && !after.starts_with('`')).then_some(after)
        }
        b'[' => {
            let (title, link) = rest.split_once("](")?;
            let (url, after) = link.split_once(')')?;
            let is_title =
                !title.is_empty() && !title.contains(is_markup) && !title.contains("://");
            (is_title && is_page(url)).then_some(after)
        }
        b'_' => {
            let is_within =
                before.ends_with(char::is_alphanumeric) && rest.starts_with(char::is_alphanumeric);
            is_within.then_some(rest)
        }
        _ => None,
    }
}

fn is_page(url: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.~:/?#@!$+,;=%".contains(c);
    (url.starts_with("https://") || url.starts_with("http://")) && url.chars().all(is_plain)
}
