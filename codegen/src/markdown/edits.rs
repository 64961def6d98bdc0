//! Edits a text so that it has nothing that rustdoc would run or warn of. All else stays as its
//! author wrote it.
//!
//! ```text
//! *See* [shop_id] at https://a.b/c.      *See* \[shop_id] at <https://a.b/c>.
//!
//!     let code = 1;                      ```text
//!                                        let code = 1;
//!                                        ```
//! ```

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd};

use super::lines::{fill, fold, start_of};
use super::plain;
use super::urls::split_at_url;
use crate::util::{CollectVec as _, code, longest_run};

/// An edit can change what the text around it means, so the result is edited again: this often in
/// all.
const ROUNDS: usize = 2;

/// The lines of a text. If it still needs edits after these rounds, all Markdown in it is escaped.
pub(super) fn edited(text: &str, width: usize) -> Vec<String> {
    let mut edited = text.to_owned();
    for _ in 0..ROUNDS {
        edited = applied(Edits::of(&edited), &edited);
    }
    let lines = fold(&edited, width);
    if Edits::of(&lines.join("\n")).is_empty() { lines } else { fill(&plain(text), width) }
}

/// The extensions of Markdown that rustdoc enables.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

/// A range of a text, and its replacement.
type Edit = (Range<usize>, String);

fn applied(mut edits: Vec<Edit>, text: &str) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let (mut written, mut copied) = (String::new(), 0);
    for (range, replacement) in edits {
        written.push_str(text.get(copied..range.start).unwrap_or_default());
        written.push_str(&replacement);
        copied = copied.max(range.end);
    }
    written + text.get(copied..).unwrap_or_default()
}

/// Finds the edits that a text needs.
struct Edits<'t> {
    text: &'t str,
    events: OffsetIter<'t>,
    found: Vec<Edit>,
    /// The range of text without Markdown that ends at the current event.
    plain: Range<usize>,
    /// How many links to pages are open.
    links: usize,
    broken: Vec<BrokenLink>,
    /// The beginnings of lines in the open lists and quotations.
    starts: Vec<String>,
}

/// A link that leads to no page, and whose end has not been read.
struct BrokenLink {
    range: Range<usize>,
    /// The range of its text, as far as it has been read.
    text: Option<Range<usize>>,
    target: String,
}

impl<'t> Edits<'t> {
    fn of(text: &'t str) -> Vec<Edit> {
        let events = Parser::new_ext(text, options()).into_offset_iter();
        let (found, broken, starts) = (Vec::new(), Vec::new(), Vec::new());
        let mut search = Self { text, events, found, plain: 0..0, links: 0, broken, starts };
        while let Some((event, range)) = search.events.next() {
            search.event(event, range);
        }
        search.end_plain();
        search.found
    }

    fn source(&self, range: &Range<usize>) -> &'t str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    fn edit(&mut self, range: Range<usize>, replacement: impl Into<String>) {
        self.found.push((range, replacement.into()));
    }

    fn insert(&mut self, at: usize, text: &str) {
        self.edit(at..at, text);
    }

    fn event(&mut self, event: Event<'t>, range: Range<usize>) {
        for link in self.broken.iter_mut().filter(|_| !is_end_of_link(&event)) {
            let start = link.text.as_ref().map_or(range.start, |text| text.start);
            link.text = Some(start..range.end);
        }
        let source = self.source(&range);
        match event {
            Event::Text(text) if *text == *source => return self.add_plain(range),
            _ => self.end_plain(),
        }
        match event {
            Event::Start(Tag::CodeBlock(kind)) => self.code_block(&kind, range),
            Event::Start(Tag::Link { link_type, dest_url, .. }) if is_auto(link_type) => {
                // `<std::fmt>` is an autolink too; at the start of a line it looks like HTML.
                if !dest_url.starts_with("http") && dest_url.contains(':') {
                    self.edit(range, code(&dest_url));
                }
                self.skip_to(TagEnd::Link);
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                if dest_url.starts_with("https://") || dest_url.starts_with("http://") {
                    self.links += 1;
                } else {
                    let target = dest_url.into_string();
                    self.broken.push(BrokenLink { range, text: None, target });
                }
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.end_link(range.end),
            Event::Html(_) | Event::InlineHtml(_) => self.edit(range, plain(source)),
            Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::Start(Tag::FootnoteDefinition(_)) => self.insert(range.start, "\\"),
            Event::HardBreak if source.starts_with(' ') => {
                let spaces = source.len() - source.trim_start_matches(' ').len();
                self.edit(range.start..range.start + spaces, "\\");
                self.next_line(range.start + spaces);
            }
            Event::HardBreak | Event::SoftBreak => self.next_line(range.start),
            Event::Start(Tag::Item | Tag::BlockQuote(_)) => self.open(range.start),
            Event::End(TagEnd::Item | TagEnd::BlockQuote(_)) => {
                self.starts.pop();
            }
            _ => {}
        }
    }

    /// Begins a list's item or a quotation. Its lines begin as the first one does, with spaces in
    /// place of the item's marker.
    fn open(&mut self, at: usize) {
        let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let line = self.text[start..].lines().next().unwrap_or_default();
        let marks = line[..start_of(line)].chars();
        self.starts.push(marks.map(|c| if c == '>' { c } else { ' ' }).collect());
    }

    /// Indents the next line of a paragraph as far as the list's item or the quotation that it is
    /// in.
    fn next_line(&mut self, at: usize) {
        let Some(start) = self.starts.last() else { return };
        let Some(end) = self.text[at..].find('\n') else { return };
        let line = &self.text[at + end + 1..];
        let has = line.len() - line.trim_start_matches([' ', '>']).len();
        let quotes = |text: &str| text.matches('>').count();
        if has < start.len() && !line[..has].starts_with(&**start)
            || quotes(&line[..has]) < quotes(start)
        {
            let start = start.clone();
            self.edit(at + end + 1..at + end + 1 + has, start);
        }
    }

    /// Skips all events up to this end, and returns their text.
    fn skip_to(&mut self, end: TagEnd) -> String {
        let mut text = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Text(part) => text.push_str(&part),
                Event::End(found) if found == end => break,
                _ => {}
            }
        }
        text
    }

    /// Writes a code block with a fence of backticks that its code does not close, and with a
    /// language that is not Rust.
    fn code_block(&mut self, kind: &CodeBlockKind<'_>, range: Range<usize>) {
        let code = self.skip_to(TagEnd::CodeBlock);
        let source = self.source(&range).trim_end();
        let info = match kind {
            CodeBlockKind::Fenced(info) => &**info,
            CodeBlockKind::Indented => "",
        };
        let fence = "`".repeat(3.max(longest_run(&code) + 1));
        // Two lines are not of the code, unless nothing closes it.
        let is_closed = source.lines().count() == code.lines().count() + 2;
        if is_closed && source.starts_with("```") && !info.is_empty() && language(info) == info {
            return;
        }
        // The text before the block on its line also comes before each further line.
        let line = self.source(&(0..range.start)).rfind('\n').map_or(0, |end| end + 1);
        let head = self.source(&(line..range.start));
        let outer = head.strip_suffix("    ").or_else(|| head.strip_suffix('\t'));
        let is_indented = matches!(kind, CodeBlockKind::Indented);
        let head = outer.filter(|_| is_indented).unwrap_or(head);
        let before: String = head.chars().map(|c| if c == '>' { c } else { ' ' }).collect();
        let start = line + head.len();
        let lines = code.lines().chain([&*fence]).map(|line| format!("\n{before}{line}"));
        let lines: String = lines.collect_vec().concat();
        self.edit(start..range.start + source.len(), format!("{fence}{}{lines}", language(info)));
    }

    /// Ends a link. One that leads to no page becomes text, since rustdoc would look for an item of
    /// Rust.
    fn end_link(&mut self, end: usize) {
        let Some(link) = self.broken.pop_if(|link| link.range.end == end) else {
            self.links = self.links.saturating_sub(1);
            return;
        };
        let BrokenLink { range, text, target } = link;
        let target = if target.is_empty() { target } else { format!(" ({})", code(&target)) };
        let Some(text) = text else { return self.edit(range, target) };
        let is_escaped = self.source(&(range.start..text.start)).ends_with('\\');
        self.edit(range.start..text.start - usize::from(is_escaped), "");
        self.edit(text.end..range.end, target);
    }

    fn add_plain(&mut self, range: Range<usize>) {
        if self.plain.end == range.start && !self.plain.is_empty() {
            self.plain.end = range.end;
        } else {
            self.end_plain();
            self.plain = range;
        }
    }

    /// Edits the plain text that ends here: URLs become links, and characters that open a link or
    /// code, or look like HTML, are escaped.
    fn end_plain(&mut self) {
        let plain = std::mem::take(&mut self.plain);
        let is_escaped = self.source(&(0..plain.start)).ends_with('\\');
        let first = self.source(&plain).chars().next().map_or(0, char::len_utf8);
        let mut start = plain.start + if is_escaped { first } else { 0 };
        while let Some((before, url, _)) =
            split_at_url(self.source(&(start..plain.end))).filter(|_| self.links == 0)
        {
            self.escape(start, before);
            // A backslash at the end of the text must not escape the bracket.
            let bracket = if before.ends_with('\\') { "\\<" } else { "<" };
            self.insert(start + before.len(), bracket);
            start += before.len() + url.len();
            self.insert(start, ">");
        }
        self.escape(start, self.source(&(start..plain.end)));
    }

    fn escape(&mut self, start: usize, text: &str) {
        for (at, c) in text.char_indices() {
            let next = text[at..].chars().nth(1);
            let opens_html = next.is_some_and(|it| it.is_ascii_alphabetic() || "/!?".contains(it));
            let is_footnote = c == '^' && self.source(&(0..start + at)).ends_with('[');
            if matches!(c, '[' | '`')
                || c == '<' && opens_html
                || self.links > 0 && (c == ']' || is_footnote)
            {
                self.insert(start + at, "\\");
            }
        }
    }
}

fn is_auto(link: LinkType) -> bool {
    matches!(link, LinkType::Autolink | LinkType::Email)
}

fn is_end_of_link(event: &Event<'_>) -> bool {
    matches!(event, Event::End(TagEnd::Link | TagEnd::Image))
}

/// The language that a fence names, unless rustdoc could take the code for Rust.
pub(super) fn language(info: &str) -> &str {
    const OF_RUSTDOC: &[&str] = &[
        "rust",
        "shouldpanic",
        "norun",
        "compilefail",
        "testharness",
        "standalone",
        "standalonecrate",
        "custom",
        "allowfail",
    ];
    let first = info.split([' ', ',', '\t']).next().unwrap_or_default();
    let is_name = first.starts_with(|c: char| c.is_ascii_alphabetic())
        && first.chars().all(|c| c.is_ascii_alphanumeric() || "+#-_".contains(c));
    let folded = first.to_ascii_lowercase().replace(['-', '_'], "");
    let is_error_code = folded.starts_with('e') && folded[1..].parse::<u32>().is_ok();
    let is_rust = OF_RUSTDOC.contains(&&*folded)
        || folded.starts_with("ignore")
        || folded.starts_with("edition")
        || is_error_code;
    if is_name && !is_rust { first } else { "text" }
}
