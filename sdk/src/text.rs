//! Texts from elsewhere, made short enough for a message.
//!
//! ```text
//! one_line("a\n b")    a b
//! shorten("abc", 2)    ab…
//! ```

/// UTF-8's byte order mark.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The longest message, in characters.
const MESSAGE: usize = 2000;

/// A body without the byte order marks before it, however many there are.
pub(crate) fn without_marks(mut body: &[u8]) -> &[u8] {
    while let Some(rest) = body.strip_prefix(MARK) {
        body = rest;
    }
    body
}

/// Foreign text as one line of bounded length.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::new();
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if !word.is_empty() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    shorten(&line, MESSAGE)
}

/// The beginning of a text: so many characters, and an ellipsis if there are more.
pub(crate) fn shorten(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
