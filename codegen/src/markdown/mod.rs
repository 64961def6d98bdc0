//! An author's Markdown, edited so that rustdoc warns of nothing in it, and runs no code of it.
//!
//! ```text
//! See [shop_id] at https://a.b/c.      See \[shop_id] at <https://a.b/c>.
//!
//!     let code = 1;                    ```text
//!                                      let code = 1;
//!                                      ```
//! ```
//!
//! The text is parsed as rustdoc parses it. Most texts are [prose], which needs no parser.

#[cfg(feature = "markdown")]
mod edits;
mod lines;
mod prose;
#[cfg(all(test, feature = "markdown"))]
mod tests;
mod urls;

#[cfg(feature = "markdown")]
use self::edits::edited;
#[cfg(not(feature = "markdown"))]
use self::lines::fill;
pub(crate) use self::lines::fold;
pub(crate) use self::prose::is_prose;

/// The lines of a text that is safe for rustdoc, not wider than this if they can be broken. All
/// blocks in it are closed.
pub(crate) fn safe(text: &str, width: usize) -> Vec<String> {
    if is_prose(text) { prose::paragraphs(text, width) } else { edited(text, width) }
}

/// Escapes all Markdown: a text that is no prose was reported when it was read.
#[cfg(not(feature = "markdown"))]
fn edited(text: &str, width: usize) -> Vec<String> {
    fill(&plain(text), width)
}

/// A text with all Markdown in it escaped, and URLs as links.
pub(crate) fn plain(text: &str) -> String {
    let mut written = String::new();
    let mut rest = text;
    while let Some((before, url, after)) = urls::split_at_url(rest) {
        escape(before, &mut written);
        written.push_str(&format!("<{url}>"));
        rest = after;
    }
    escape(rest, &mut written);
    written
}

/// A link to a page.
pub(crate) fn link(title: &str, url: &str) -> String {
    format!("[{}]({})", plain(title), urls::link_target(url))
}

fn escape(text: &str, written: &mut String) {
    for c in text.chars() {
        if "\\`*_[]<>&#~|!".contains(c) {
            written.push('\\');
        }
        written.push(c);
    }
}
