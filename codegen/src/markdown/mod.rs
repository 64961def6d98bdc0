//! An author's Markdown, mended so that rustdoc warns of nothing in it and runs none of it.
//!
//! ```text
//! See [shop_id] at https://a.b/c.      See \[shop_id] at <https://a.b/c>.
//!
//!     let code = 1;                    ```text
//!                                      let code = 1;
//!                                      ```
//! ```
//!
//! The text is read as rustdoc reads it. Most texts are [prose], and need no parser for that.

mod lines;
#[cfg(feature = "markdown")]
mod mended;
mod prose;
#[cfg(all(test, feature = "markdown"))]
mod tests;
mod urls;

#[cfg(not(feature = "markdown"))]
use self::lines::fill;
pub(crate) use self::lines::fold;
#[cfg(feature = "markdown")]
use self::mended::mended;
pub(crate) use self::prose::is_prose;

/// The lines of a text, of some width where they can be broken. All its blocks are closed.
pub(crate) fn safe(text: &str, width: usize) -> Vec<String> {
    if is_prose(text) { prose::paragraphs(text, width) } else { mended(text, width) }
}

/// What is no prose was reported when it was read.
#[cfg(not(feature = "markdown"))]
fn mended(text: &str, width: usize) -> Vec<String> {
    fill(&plain(text), width)
}

/// A text without any Markdown in it.
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
