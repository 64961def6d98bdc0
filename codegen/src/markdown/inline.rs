//! Text within a block, written again from what a parser has read: addresses are links, and what only looks
//! like a link to a Rust item is none.
//!
//! ```text
//! See [shop_id] at https://a.b/c.      See \[shop_id] at <https://a.b/c>.
//! ```

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag};

use super::blocks::footnote;
use super::plain;
use super::urls::{link_target, split_at_url};
use crate::wording::code;

/// Text with emphasis, links and code in it.
#[derive(Default)]
pub(super) struct Inline<'t> {
    text: &'t str,
    written: String,
    /// Text as its author wrote it, in which there is no Markdown but escapes.
    pending: String,
    /// Where the text ends that has been seen.
    seen: usize,
    /// What closes each of those that are open.
    closers: Vec<String>,
    links: usize,
    /// Whether the link that is open is written already.
    in_autolink: bool,
}

impl<'t> Inline<'t> {
    /// Nothing yet of a text.
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, ..Self::default() }
    }

    /// What was written.
    pub(super) fn finish(mut self) -> String {
        self.flush();
        self.written
    }

    pub(super) fn add(&mut self, event: Event<'_>, range: Range<usize>) {
        let is_escaped = range.start > self.seen && self.before(range.start).ends_with('\\');
        let source = self.text.get(range.clone()).unwrap_or_default().to_owned();
        let is_plain = matches!(&event, Event::Text(text) if **text == *source);
        if !is_plain || is_escaped {
            self.flush();
        }
        if is_escaped {
            self.written.push('\\');
        }
        // What begins has its content still to come.
        self.seen = if matches!(event, Event::Start(_)) { range.start } else { range.end };
        match event {
            _ if self.in_autolink && !matches!(event, Event::End(_)) => {}
            Event::Text(_) if is_escaped => self.add_escaped(&source),
            Event::Text(_) if is_plain => self.pending.push_str(&source),
            Event::Text(_) => self.written.push_str(&source),
            Event::Code(text) => self.written.push_str(&code(&text)),
            Event::InlineHtml(html) | Event::Html(html) => self.written.push_str(&plain(&html)),
            Event::SoftBreak => self.written.push('\n'),
            Event::HardBreak => self.written.push_str("\\\n"),
            Event::FootnoteReference(name) => self.written.push_str(&footnote(&name)),
            Event::TaskListMarker(true) => self.written.push_str("\\[x] "),
            Event::TaskListMarker(false) => self.written.push_str("\\[ ] "),
            Event::Start(tag) => self.open(tag, &source),
            Event::End(_) => self.close(),
            _ => self.written.push_str(&plain(&source)),
        }
    }

    fn before(&self, end: usize) -> &str {
        self.text.get(..end).unwrap_or_default()
    }

    /// Text whose first character has a backslash before it.
    fn add_escaped(&mut self, source: &str) {
        let mut chars = source.chars();
        self.written.extend(chars.next());
        self.pending.push_str(chars.as_str());
    }

    fn open(&mut self, tag: Tag<'_>, source: &str) {
        match tag {
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, dest_url, .. } => {
                // `<std::fmt>` is an address too, and at the start of a line it looks like HTML.
                let is_link = dest_url.starts_with("http") || !dest_url.contains(':');
                self.written.push_str(&if is_link {
                    format!("<{dest_url}>")
                } else {
                    code(&dest_url)
                });
                self.in_autolink = true;
                self.closers.push(String::new());
            }
            Tag::Link { dest_url, .. } => self.open_link("[", &dest_url),
            Tag::Image { dest_url, .. } => self.open_link("![", &dest_url),
            _ => {
                let sign = source.chars().next().unwrap_or('*');
                let is_double = matches!(tag, Tag::Strong) || source.starts_with("~~");
                let mark = sign.to_string().repeat(if is_double { 2 } else { 1 });
                self.written.push_str(&mark);
                self.closers.push(mark);
            }
        }
    }

    /// A link to a page. All others would be taken for links to items of Rust.
    fn open_link(&mut self, mark: &str, target: &CowStr<'_>) {
        if target.starts_with("https://") || target.starts_with("http://") {
            self.links += 1;
            self.written.push_str(mark);
            self.closers.push(format!("]({})", link_target(target)));
        } else if target.is_empty() {
            self.closers.push(String::new());
        } else {
            self.closers.push(format!(" ({})", code(target)));
        }
    }

    fn close(&mut self) {
        self.in_autolink = false;
        let closer = self.closers.pop().unwrap_or_default();
        self.links -= usize::from(closer.starts_with("]("));
        self.written.push_str(&closer);
    }

    /// Writes the text that is pending: addresses as links, and no bracket that opens one.
    fn flush(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let mut rest = &*pending;
        while let Some((before, url, after)) = split_at_url(rest).filter(|_| self.links == 0) {
            self.push_text(before);
            // A backslash that stands for itself must not take the bracket with it.
            let guard = if before.ends_with('\\') { "\\" } else { "" };
            self.written.push_str(&format!("{guard}<{url}>"));
            rest = after;
        }
        self.push_text(rest);
    }

    /// Writes text in which nothing opens a link or code, or looks like HTML.
    fn push_text(&mut self, text: &str) {
        // What is left of an address could be one with what follows.
        let text = if self.links == 0 { text.replace("://", ":\\//") } else { text.to_owned() };
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let opens_html = |next: &char| next.is_ascii_alphabetic() || "/!?".contains(*next);
            let closes_link = c == ']' && self.links > 0;
            let is_footnote = c == '^' && self.links > 0 && self.written.ends_with('[');
            if closes_link
                || is_footnote
                || matches!(c, '[' | '`')
                || c == '<' && chars.peek().is_some_and(opens_html)
            {
                self.written.push('\\');
            }
            self.written.push(c);
        }
    }
}
