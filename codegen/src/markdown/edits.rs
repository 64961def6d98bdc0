//! A text in which nothing is left that rustdoc would run or warn of: all else stays as its author wrote it.
//!
//! ```text
//! *See* [shop_id] at https://a.b/c.      *See* \[shop_id] at <https://a.b/c>.
//!
//!     let code = 1;                      ```text
//!                                        let code = 1;
//!                                        ```
//! ```

use crate::collect_vec::CollectVec as _;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd};

use super::lines::{fill, fold, start_of};
use super::plain;
use super::urls::split_at_url;
use crate::wording::{code, longest_run};

/// What is mended may mean something else then, which is mended too: so often.
const ROUNDS: usize = 2;

/// The lines of a text. One that is not in order even then is shown as it was typed.
pub(super) fn mended(text: &str, width: usize) -> Vec<String> {
    let mut mended = text.to_owned();
    for _ in 0..ROUNDS {
        mended = applied(Edits::of(&mended), &mended);
    }
    let lines = fold(&mended, width);
    if Edits::of(&lines.join("\n")).is_empty() { lines } else { fill(&plain(text), width) }
}

/// What rustdoc understands.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

/// A piece of a text, and what is to stand in its place.
type Edit = (Range<usize>, String);

fn applied(mut edits: Vec<Edit>, text: &str) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let (mut written, mut seen) = (String::new(), 0);
    for (range, instead) in edits {
        written.push_str(text.get(seen..range.start).unwrap_or_default());
        written.push_str(&instead);
        seen = seen.max(range.end);
    }
    written + text.get(seen..).unwrap_or_default()
}

/// Looks for what has to be changed.
struct Edits<'t> {
    text: &'t str,
    events: OffsetIter<'t>,
    found: Vec<Edit>,
    /// Text in which nothing is Markdown, until now.
    plain: Range<usize>,
    /// How many links are open that stay links.
    links: usize,
    broken: Vec<BrokenLink>,
    /// What lines of the lists and quotations that are open begin with.
    starts: Vec<String>,
}

/// A link that is none, and is open yet.
struct BrokenLink {
    whole: Range<usize>,
    /// What is within its brackets, until now.
    within: Option<Range<usize>>,
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

    fn edit(&mut self, range: Range<usize>, instead: impl Into<String>) {
        self.found.push((range, instead.into()));
    }

    fn insert(&mut self, at: usize, what: &str) {
        self.edit(at..at, what);
    }

    fn event(&mut self, event: Event<'t>, range: Range<usize>) {
        for link in self.broken.iter_mut().filter(|_| !is_end_of_link(&event)) {
            let start = link.within.as_ref().map_or(range.start, |within| within.start);
            link.within = Some(start..range.end);
        }
        let source = self.source(&range);
        match event {
            Event::Text(text) if *text == *source => return self.add_plain(range),
            _ => self.end_plain(),
        }
        match event {
            Event::Start(Tag::CodeBlock(kind)) => self.code_block(&kind, range),
            Event::Start(Tag::Link { link_type, dest_url, .. }) if is_auto(link_type) => {
                // `<std::fmt>` is an address too, and at the start of a line it looks like HTML.
                if !dest_url.starts_with("http") && dest_url.contains(':') {
                    self.edit(range, code(&dest_url));
                }
                self.pass_over(TagEnd::Link);
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                if dest_url.starts_with("https://") || dest_url.starts_with("http://") {
                    self.links += 1;
                } else {
                    let target = dest_url.into_string();
                    self.broken.push(BrokenLink { whole: range, within: None, target });
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

    /// A list's item or a quotation, whose lines begin as the first does, without what marks that.
    fn open(&mut self, at: usize) {
        let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let line = self.text[start..].lines().next().unwrap_or_default();
        let marks = line[..start_of(line)].chars();
        self.starts.push(marks.map(|c| if c == '>' { c } else { ' ' }).collect());
    }

    /// A line of a paragraph that began on a line before: it stands as far in as that.
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

    /// Passes over all events up to the end of what began.
    fn pass_over(&mut self, end: TagEnd) -> String {
        let mut text = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Text(more) => text.push_str(&more),
                Event::End(found) if found == end => break,
                _ => {}
            }
        }
        text
    }

    /// Code in a fence of backticks that nothing in it closes, with a language that is not Rust.
    fn code_block(&mut self, kind: &CodeBlockKind<'_>, range: Range<usize>) {
        let code = self.pass_over(TagEnd::CodeBlock);
        let source = self.source(&range).trim_end();
        let info = match kind {
            CodeBlockKind::Fenced(info) => &**info,
            CodeBlockKind::Indented => "",
        };
        let fence = "`".repeat(3.max(longest_run(&code) + 1));
        let [opening, closing] = [source.trim_start_matches('`'), source.trim_end_matches('`')]
            .map(|it| source.len() - it.len());
        let is_closed = opening > 2 && closing >= opening && source.contains('\n');
        if is_closed && !info.is_empty() && language(info) == info {
            return;
        }
        // What stands before it on its line stands before each of its lines.
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

    /// A link that leads to no page would be taken for one to an item of Rust.
    fn end_link(&mut self, end: usize) {
        let Some(link) = self.broken.pop_if(|link| link.whole.end == end) else {
            self.links = self.links.saturating_sub(1);
            return;
        };
        let BrokenLink { whole, within, target } = link;
        let target = if target.is_empty() { target } else { format!(" ({})", code(&target)) };
        let Some(within) = within else { return self.edit(whole, target) };
        let is_escaped = self.source(&(whole.start..within.start)).ends_with('\\');
        self.edit(whole.start..within.start - usize::from(is_escaped), "");
        self.edit(within.end..whole.end, target);
    }

    fn add_plain(&mut self, range: Range<usize>) {
        if self.plain.end == range.start && !self.plain.is_empty() {
            self.plain.end = range.end;
        } else {
            self.end_plain();
            self.plain = range;
        }
    }

    /// Looks through plain text: addresses become links, and nothing in it opens a link or code, or looks
    /// like HTML.
    fn end_plain(&mut self) {
        let plain = std::mem::take(&mut self.plain);
        let is_escaped = self.source(&(0..plain.start)).ends_with('\\');
        let first = self.source(&plain).chars().next().map_or(0, char::len_utf8);
        let mut start = plain.start + if is_escaped { first } else { 0 };
        while let Some((before, url, _)) =
            split_at_url(self.source(&(start..plain.end))).filter(|_| self.links == 0)
        {
            self.escape(start, before);
            // A backslash that stands for itself must not take the bracket with it.
            let bracket = if before.ends_with('\\') { "\\<" } else { "<" };
            self.insert(start + before.len(), bracket);
            start += before.len() + url.len();
            self.insert(start, ">");
        }
        self.escape(start, self.source(&(start..plain.end)));
    }

    fn escape(&mut self, start: usize, text: &str) {
        for (at, c) in text.char_indices() {
            let behind = text[at..].chars().nth(1);
            let opens_html =
                behind.is_some_and(|it| it.is_ascii_alphabetic() || "/!?".contains(it));
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
