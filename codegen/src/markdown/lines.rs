//! Lines of some width, none of which begins what it did not begin before.
//!
//! ```text
//! a text of several words - and a dash      a text of several
//!                                           words - and a dash
//! ```
use crate::collect_vec::CollectVec as _;

/// Lines of a text without line breaks of its own meaning. No line begins what it did not begin.
pub(crate) fn fill(text: &str, width: usize) -> Vec<String> {
    text.split('\n').flat_map(|line| fill_line(line, width)).collect_vec()
}

fn fill_line(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    // Code that begins with as many signs as a fence is none while it ends on its line.
    let width = if text.trim_start().starts_with("```") { usize::MAX } else { width };
    for word in text.split_whitespace() {
        let is_full = line.chars().count() + word.chars().count() >= width;
        if line.is_empty() {
            line.push_str(&if begins_block(word) { escaped_start(word) } else { word.to_owned() });
        } else if is_full && !begins_block(word) {
            lines.push(std::mem::replace(&mut line, word.to_owned()));
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines.push(line);
    lines
}

/// Whether a line that begins with this word is, or could be, something else than prose.
pub(crate) fn begins_block(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = digits.len() < word.len() && matches!(digits, "." | ")");
    let of = |signs: &str| word.chars().all(|c| signs.contains(c));
    is_numbered
        || matches!(word, "-" | "+" | "*")
        || word.starts_with('>')
        // HTML, be it in code.
        || word.starts_with('<') && !word.starts_with("<http")
        || word.starts_with("```")
        || word.starts_with("~~~")
        || word.starts_with("[^")
        || of("#")
        || of("=")
        || of("-:|")
        || of("*")
        || of("_")
}

/// The word with what makes it begin a block taken for itself.
fn escaped_start(word: &str) -> String {
    if word.starts_with("```") {
        return word.to_owned();
    }
    let at = word.find(|c: char| !c.is_ascii_digit()).unwrap_or_default();
    let (before, rest) = word.split_at(at);
    format!("{before}\\{rest}")
}
