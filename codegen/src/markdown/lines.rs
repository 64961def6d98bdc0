//! Lines of some width, none of which begins what it did not begin before.
//!
//! ```text
//! a text of several words - and a dash      a text of several
//!                                           words - and a dash
//! ```
use crate::collect_vec::{CollectVec as _, PushAll as _};

/// Lines of a text without line breaks of its own meaning. No line begins what it did not begin.
pub(crate) fn fill(text: &str, width: usize) -> Vec<String> {
    text.split('\n').flat_map(|line| fill_line(line, width)).collect_vec()
}

fn fill_line(text: &str, width: usize) -> Vec<String> {
    // Code that begins with as many signs as a fence is none while it ends on its line.
    let width = if text.trim_start().starts_with("```") { usize::MAX } else { width };
    let mut words = text.split_whitespace();
    let Some(first) = words.next() else { return vec![String::new()] };
    let first = if begins_block(first) { escaped_start(first) } else { first.to_owned() };
    broken(first, "", (words, width))
}

/// Words in lines, each of which begins in the same way.
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

/// Lines of Markdown: long ones of paragraphs are broken, wherever those stand; all others stay as they are.
pub(crate) fn fold(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut fence = None;
    for line in text.trim_matches('\n').lines() {
        let line = line.trim_end();
        let (start, body) = line.split_at(start_of(line));
        let was_open = fence.is_some();
        fence = fence_behind(fence, body);
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

/// How much of a line says which lists and quotations it stands in.
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

/// The length of the fence that code is in behind a line, if it is in one.
fn fence_behind(before: Option<usize>, line: &str) -> Option<usize> {
    let rest = line.trim_start_matches('`');
    let ticks = line.len() - rest.len();
    match before {
        None => (ticks >= 3 && !rest.contains('`')).then_some(ticks),
        Some(open) if ticks >= open && rest.is_empty() => None,
        open => open,
    }
}

/// Whether a line is part of a paragraph by how it begins.
pub(super) fn begins_prose(line: &str) -> bool {
    let first = line.split(' ').next().unwrap_or_default();
    line.starts_with(|c: char| c.is_alphanumeric() || "`[(\"'“‘（《「【".contains(c))
        && !begins_block(first)
}

/// Whether a line that begins with this word is, or could be, something else than prose.
fn begins_block(word: &str) -> bool {
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
