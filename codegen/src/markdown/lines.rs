//! Breaks text into lines, so that no line begins a block that the text did not have.
//!
//! ```text
//! a text of several words - and a dash      a text of several
//!                                           words - and a dash
//! ```

use crate::util::{CollectVec as _, PushAll as _};

/// The lines of a text in which only `\n` matters, broken at this width. No line begins a new
/// block.
pub(crate) fn fill(text: &str, width: usize) -> Vec<String> {
    text.split('\n').flat_map(|line| fill_line(line, width)).collect_vec()
}

fn fill_line(text: &str, width: usize) -> Vec<String> {
    // Code in three backticks is no fence as long as it ends on the same line.
    let width = if text.trim_start().starts_with("```") { usize::MAX } else { width };
    let mut words = text.split_whitespace();
    let Some(first) = words.next() else { return vec![String::new()] };
    let first = if begins_block(first) { escaped_start(first) } else { first.to_owned() };
    broken(first, "", (words, width))
}

/// Words in lines, each of which begins with the same text.
fn broken<'w>(
    first: String,
    start: &str,
    (words, width): (impl Iterator<Item = &'w str>, usize),
) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), first);
    for word in words {
        let is_full = line.chars().count() + word.chars().count() >= width;
        if is_full && !begins_block(word) {
            lines.push(std::mem::replace(&mut line, format!("{start}{word}")));
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines.push(line);
    lines
}

/// The lines of Markdown. Long lines of paragraphs are broken, also in lists and quotations; all
/// others stay as they are.
pub(crate) fn fold(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut fence = None;
    for line in text.trim_matches('\n').lines() {
        let line = line.trim_end();
        let (start, body) = line.split_at(start_of(line));
        let was_open = fence.is_some();
        fence = fence_after(fence, body);
        let is_short = line.chars().count() <= width;
        if was_open || fence.is_some() {
            lines.push(line.to_owned());
        } else if start.is_empty() && begins_prose(line) {
            lines.push_all(fill_line(line, width));
        } else if is_short || body.contains(['|', '\t']) || body.starts_with('#') {
            lines.push(line.to_owned());
        } else {
            let mut words = body.split_whitespace();
            let first = format!("{start}{}", words.next().unwrap_or_default());
            let start: String = start.chars().map(|c| if c == '>' { c } else { ' ' }).collect();
            lines.push_all(broken(first, &start, (words, width)));
        }
    }
    lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
    lines
}

/// The length of a line's markers of lists and quotations.
pub(super) fn start_of(line: &str) -> usize {
    let mut rest = line.trim_start_matches(' ');
    while let Some(word) = rest.split(' ').next().filter(|it| *it != rest) {
        let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_number = matches!(digits, "." | ")") && digits.len() < word.len();
        if !is_number && !matches!(word, ">" | "-" | "+" | "*") {
            break;
        }
        rest = rest[word.len()..].trim_start_matches(' ');
    }
    line.len() - rest.len()
}

/// The length of the fence that is open after a line, if one is.
fn fence_after(before: Option<usize>, line: &str) -> Option<usize> {
    let rest = line.trim_start_matches('`');
    let ticks = line.len() - rest.len();
    match before {
        None => (ticks >= 3 && !rest.contains('`')).then_some(ticks),
        Some(open) if ticks >= open && rest.is_empty() => None,
        open => open,
    }
}

/// Whether a line is one of a paragraph, by its beginning.
pub(super) fn begins_prose(line: &str) -> bool {
    let first = line.split(' ').next().unwrap_or_default();
    line.starts_with(|c: char| c.is_alphanumeric() || "`[(\"'“‘（《「【".contains(c))
        && !begins_block(first)
}

/// Whether a line that begins with this word begins a block, or could begin one.
fn begins_block(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = digits.len() < word.len() && matches!(digits, "." | ")");
    let of = |signs: &str| word.chars().all(|c| signs.contains(c));
    is_numbered
        || matches!(word, "-" | "+" | "*")
        || word.starts_with('>')
        // HTML, even in code.
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

/// The word, escaped so that it begins no block.
fn escaped_start(word: &str) -> String {
    if word.starts_with("```") {
        return word.to_owned();
    }
    let at = word.find(|c: char| !c.is_ascii_digit()).unwrap_or_default();
    let (before, rest) = word.split_at(at);
    format!("{before}\\{rest}")
}
