//! An author's Markdown, written again so that rustdoc warns of nothing in it and runs none of it.
//!
//! ```text
//! See [shop_id] at https://a.b/c.      See \[shop_id] at <https://a.b/c>.
//!
//!     let code = 1;                    ```text
//!                                      let code = 1;
//!                                      ```
//! ```
//!
//! The text is read as rustdoc reads it. Code gets a fence and a language that is not Rust, HTML
//! becomes text, addresses become links, and what only looks like a link to a Rust item does not.

use std::iter::Peekable;
use std::ops::Range;

pub(super) use crate::wording::code;
use crate::wording::longest_run;
use pulldown_cmark::{
    Alignment, CodeBlockKind, CowStr, Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd,
};

/// The lines of a text, of some width where they can be broken. All its blocks are closed.
pub(super) fn safe(text: &str, width: usize) -> Vec<String> {
    let parser = Parser::new_ext(text, options());
    let mut writer = Writer { text, events: parser.into_offset_iter().peekable() };
    join(&writer.blocks(width), true)
}

/// A text without any Markdown in it.
pub(super) fn plain(text: &str) -> String {
    let mut written = String::new();
    let mut rest = text;
    while let Some((before, url, after)) = split_at_url(rest) {
        escape(before, &mut written);
        written.push_str(&format!("<{url}>"));
        rest = after;
    }
    escape(rest, &mut written);
    written
}

/// Lines of a text without line breaks of its own meaning. No line begins what it did not begin.
pub(super) fn fill(text: &str, width: usize) -> Vec<String> {
    text.split('\n').flat_map(|line| fill_line(line, width)).collect()
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
pub(super) fn begins_block(word: &str) -> bool {
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

/// What rustdoc understands.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

type Lines = Vec<String>;

/// A block of text.
#[derive(Default)]
struct Block {
    lines: Lines,
    is_list: bool,
    /// Whether it is text that is no paragraph, as in the items of a list without empty lines.
    is_text: bool,
}

impl From<Lines> for Block {
    fn from(lines: Lines) -> Self {
        Self { lines, ..Self::default() }
    }
}

struct Writer<'t> {
    text: &'t str,
    events: Peekable<OffsetIter<'t>>,
}

impl<'t> Writer<'t> {
    /// The blocks up to the end of what they stand in, which is passed over.
    fn blocks(&mut self, width: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some((event, _)) = self.events.peek() {
            match event {
                Event::End(_) => {
                    self.events.next();
                    break;
                }
                Event::Rule => {
                    self.events.next();
                    blocks.push(vec!["___".to_owned()].into());
                }
                Event::Start(tag) if !is_inline(tag) => {
                    let (tag, is_list) = (tag.clone(), matches!(tag, Tag::List(_)));
                    self.events.next();
                    blocks.push(Block { is_list, ..self.block(tag, width).into() });
                }
                // The text of an item of a tight list.
                _ => blocks.push(Block { is_text: true, ..fill(&self.inline(), width).into() }),
            }
        }
        blocks
    }

    fn block(&mut self, tag: Tag<'t>, width: usize) -> Lines {
        match tag {
            Tag::Paragraph => fill(&self.leaf(), width),
            Tag::Heading { level, .. } => {
                let text = self.leaf().replace("\\\n", " ").replace('\n', " ");
                vec![format!("{} {text}", "#".repeat(level as usize)).trim_end().to_owned()]
            }
            Tag::BlockQuote(_) => {
                let inner = self.blocks(narrower(width, 2));
                prefixed(join(&inner, true), "> ", "> ")
            }
            Tag::CodeBlock(kind) => self.code_block(&kind),
            Tag::HtmlBlock => {
                let html = self.collect();
                html.lines().flat_map(|line| fill(&plain(line), width)).collect()
            }
            Tag::List(_) => self.list(width),
            Tag::Table(alignments) => self.table(&alignments),
            Tag::FootnoteDefinition(name) => {
                let mut blocks = vec![Block::from(vec![footnote(&name) + ":"])];
                blocks.extend(self.blocks(width));
                join(&blocks, true)
            }
            _ => join(&self.blocks(width), true),
        }
    }

    /// Code in a fence that nothing in it closes.
    fn code_block(&mut self, kind: &CodeBlockKind<'_>) -> Lines {
        let language = match kind {
            CodeBlockKind::Fenced(info) => language(info),
            CodeBlockKind::Indented => "text",
        };
        let code = self.collect();
        let fence = "`".repeat(3.max(longest_run(&code) + 1));
        let open = format!("{fence}{language}");
        let lines = code.lines().map(|line| line.trim_end().to_owned());
        std::iter::once(open).chain(lines).chain([fence]).collect()
    }

    /// The text of everything up to the end of a block that holds nothing but text.
    fn collect(&mut self) -> String {
        let mut collected = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Text(text) | Event::Html(text) => collected.push_str(&text),
                Event::End(_) => break,
                _ => {}
            }
        }
        collected
    }

    fn list(&mut self, width: usize) -> Lines {
        let mut items = Vec::new();
        let mut is_loose = false;
        while let Some((Event::Start(Tag::Item), range)) = self.events.next() {
            let marker = marker(self.text.get(range).unwrap_or_default());
            let indent = " ".repeat(marker.len() + 1);
            let blocks = self.blocks(narrower(width, indent.len()));
            let is_tight = blocks.iter().all(|block| block.is_text || block.is_list);
            is_loose |= !is_tight;
            let lines = join(&blocks, !is_tight);
            items.push(prefixed(lines, &format!("{marker} "), &indent).into());
        }
        join(&items, is_loose)
    }

    fn table(&mut self, alignments: &[Alignment]) -> Lines {
        let mut rows = Vec::new();
        while let Some((Event::Start(Tag::TableHead | Tag::TableRow), _)) = self.events.next() {
            rows.push(self.row());
            if rows.len() == 1 {
                let marks = alignments.iter().map(|alignment| match alignment {
                    Alignment::None => "---",
                    Alignment::Left => ":---",
                    Alignment::Center => ":---:",
                    Alignment::Right => "---:",
                });
                rows.push(format!("| {} |", marks.collect::<Vec<_>>().join(" | ")));
            }
        }
        rows
    }

    fn row(&mut self) -> String {
        let mut cells = Vec::new();
        while let Some((Event::Start(Tag::TableCell), _)) = self.events.next() {
            let text = self.leaf();
            let text = text.replace("\\|", "|").replace('|', "\\|");
            cells.push(text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        format!("| {} |", cells.join(" | "))
    }

    /// The text of a block that holds nothing but text, whose end is passed over.
    fn leaf(&mut self) -> String {
        let text = self.inline();
        self.events.next();
        text
    }

    fn inline(&mut self) -> String {
        let mut inline = Inline { text: self.text, ..Inline::default() };
        while let Some((event, _)) = self.events.peek() {
            let is_over = match event {
                Event::Start(tag) => !is_inline(tag),
                Event::End(tag) => !is_inline_end(*tag),
                Event::Rule | Event::Html(_) => true,
                _ => false,
            };
            if is_over {
                break;
            }
            if let Some((event, range)) = self.events.next() {
                inline.add(event, range);
            }
        }
        inline.flush();
        inline.written
    }
}

/// Text with emphasis, links and code in it.
#[derive(Default)]
struct Inline<'t> {
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

impl Inline<'_> {
    fn add(&mut self, event: Event<'_>, range: Range<usize>) {
        let is_escaped = range.start > self.seen && self.before(range.start).ends_with('\\');
        let source = self.text.get(range.clone()).unwrap_or_default().to_owned();
        let is_plain = matches!(&event, Event::Text(text) if **text == *source);
        if !is_plain || is_escaped {
            self.flush();
        }
        if is_escaped {
            self.written.push('\\');
        }
        self.seen = range.end;
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
            if closes_link
                || matches!(c, '[' | '`')
                || c == '<' && chars.peek().is_some_and(opens_html)
            {
                self.written.push('\\');
            }
            self.written.push(c);
        }
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    is_inline_end(tag.to_end())
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

/// Every block, with an empty line between them where that is wanted.
fn join(blocks: &[Block], is_loose: bool) -> Lines {
    let mut lines = Vec::new();
    for block in blocks {
        if is_loose && !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(block.lines.iter().cloned());
    }
    lines
}

fn prefixed(lines: Lines, first: &str, rest: &str) -> Lines {
    let lines = if lines.is_empty() { vec![String::new()] } else { lines };
    let prefixes = std::iter::once(first).chain(std::iter::repeat(rest));
    let pairs = lines.into_iter().zip(prefixes);
    pairs.map(|(line, prefix)| format!("{prefix}{line}").trim_end().to_owned()).collect()
}

/// What is left of a width; never so little that every word has a line of its own.
fn narrower(width: usize, by: usize) -> usize {
    width.saturating_sub(by).max(40)
}

/// The sign or the number that an item begins with.
fn marker(item: &str) -> String {
    // Behind a tab an item begins at the sign of the quotation that it is in.
    let item = item.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
    let digits: String = item.chars().take_while(char::is_ascii_digit).collect();
    let sign = item.get(digits.len()..).and_then(|rest| rest.chars().next()).unwrap_or('-');
    format!("{digits}{sign}")
}

fn footnote(name: &str) -> String {
    format!("\\[^{}]", plain(name))
}

/// The language that a fence names, unless rustdoc could take the code for Rust.
fn language(info: &str) -> &str {
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

/// A link to a page.
pub(super) fn link(title: &str, url: &str) -> String {
    format!("[{}]({})", plain(title), link_target(url))
}

fn link_target(target: &str) -> String {
    let target = target.replace(['<', '>', '\n', ' ', '\\'], "%20");
    if target.contains(['(', ')']) { format!("<{target}>") } else { target }
}

/// The first address in a text, and what stands around it.
fn split_at_url(text: &str) -> Option<(&str, &str, &str)> {
    let is_url = |c: char| c.is_ascii_alphanumeric() || "-_.~:/?#@!$&'+,;=%".contains(c);
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find("http")?;
        let rest = &text[start..];
        let scheme = ["http://", "https://"].into_iter().find(|scheme| rest.starts_with(scheme));
        let end = rest.find(|c| !is_url(c)).unwrap_or(rest.len());
        let url = rest[..end].trim_end_matches(|c| ".,;:!?'_~&".contains(c));
        if scheme.is_some_and(|scheme| url.len() > scheme.len()) {
            return Some((&text[..start], url, &rest[url.len()..]));
        }
        from = start + "http".len();
    }
}

fn escape(text: &str, written: &mut String) {
    for c in text.chars() {
        if "\\`*_[]<>&#~|!".contains(c) {
            written.push('\\');
        }
        written.push(c);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::BrokenLink;

    use super::*;

    fn written(text: &str) -> String {
        safe(text, 92).join("\n")
    }

    #[test]
    fn prose_stays_as_it_is() {
        for text in [
            "The shop, *as* **ever**, with `code` and a_b_c, 5 < 6 & more.",
            "- one\n- two\n  - three",
            "1. one\n2. two",
            "> quoted\n> text",
            "| a | b |\n| --- | ---: |\n| 1 | `x` |",
            "# Heading\n\nText with [a link](https://a.b/c) and <https://d.e>.",
            "```json\n{}\n```",
            "\\[not a link] and \\*this\\*",
        ] {
            assert_eq!(written(text), text);
        }
    }

    #[test]
    fn what_rustdoc_would_run_or_warn_of_is_written_otherwise() {
        for (text, expected) in [
            ("See [shop_id].", "See \\[shop_id]."),
            ("[a](b.rs) [`C`]", "a (`b.rs`) \\[`C`]"),
            ("At https://a.b/c_d, Vec<T>.", "At <https://a.b/c_d>, Vec\\<T\\>."),
            ("见https://a.b。", "见<https://a.b>。"),
            ("<rusthttps://a.b/c_d> <std::fmt>", "`rusthttps://a.b/c_d` `std::fmt`"),
            ("<div>\n*x*\n</div>", "\\<div\\>\n\\*x\\*\n\\</div\\>"),
            ("~~~\na\n~~~", "```text\na\n```"),
            ("````\n```\n````", "````text\n```\n````"),
            ("```rust\nx", "```text\nx\n```"),
            ("# A\n    code", "# A\n\n```text\ncode\n```"),
            (">     code\n> \n> text", "> ```text\n> code\n> ```\n>\n> text"),
            ("- a\n\n      code", "- a\n\n  ```text\n  code\n  ```"),
            ("[x]: https://a.b\n\nSee [x].", "See [x](https://a.b)."),
            (">\t-     - ", "> - ```text\n>   -\n>   ```"),
            ("A note[^1].\n\n[^1]: text", "A note\\[^1].\n\n\\[^1]:\n\ntext"),
        ] {
            assert_eq!(written(text), expected, "{text}");
        }
    }

    /// What is wrong with a text, as rustdoc would see it.
    fn complaints(text: &str) -> Vec<String> {
        let mut complaints = Vec::new();
        let links = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
            Some(("broken".into(), link.reference.into_string().into()))
        };
        let parser = Parser::new_with_broken_link_callback(text, options(), Some(links));
        let mut open = 0;
        for event in parser {
            match &event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                    if !info.is_empty() && language(info) == &**info =>
                {
                    open += 1;
                }
                Event::Start(Tag::Link {
                    link_type: LinkType::Autolink | LinkType::Email, ..
                }) => {
                    open += 1;
                }
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. })
                    if dest_url.starts_with("http") =>
                {
                    open += 1;
                }
                Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => open -= 1,
                Event::Text(text) if open == 0 && split_at_url(text).is_some() => {
                    complaints.push(format!("{event:?}"));
                }
                Event::Start(Tag::CodeBlock(_) | Tag::Link { .. } | Tag::Image { .. })
                | Event::Html(_)
                | Event::InlineHtml(_)
                | Event::FootnoteReference(_) => complaints.push(format!("{event:?}")),
                _ => {}
            }
        }
        complaints
    }

    /// Pieces that mean something, and some that do not.
    fn texts() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "\n",
            "\n\n",
            "    ",
            "\t",
            "  ",
            " ",
            "- ",
            "* ",
            "1. ",
            "10) ",
            "> ",
            "# ",
            "```",
            "````",
            "~~~",
            "`",
            "``",
            "rust",
            "json",
            "let x = 1;",
            "word",
            "名",
            "[",
            "]",
            "(",
            ")",
            "](",
            "<",
            ">",
            "<b>",
            "</b>",
            "<!-- ",
            "-->",
            "<div>",
            "https://a.b/c_d",
            "http://",
            "*",
            "**",
            "_",
            "\\",
            "&lt;",
            "&",
            "|",
            "| a | b |\n|---|---|\n",
            "---",
            "===",
            "[^1]",
            "[^1]: ",
            "[x]: ",
            "[ ] ",
            "~~",
            "!",
            "![",
            "\"",
            "'",
            "a@b.c",
            "<a@b.c>",
            "<https://d.e>",
            "{.rust}",
            "#",
            "[a](https://a.b)",
            "[a](b)",
            "[`C`]",
            "+",
            "=",
        ]);
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 3000, ..ProptestConfig::default() })]
        #[test]
        fn whatever_is_written_rustdoc_takes_it(text in texts()) {
            let once = written(&text);
            prop_assert_eq!(complaints(&once), Vec::<String>::new(), "{:?} as {:?}", text, once);
            // What comes after it is text.
            let ended = format!("{once}\n\nEND");
            let last: Vec<Event<'_>> = Parser::new_ext(&ended, options()).collect();
            let end = [Event::Text("END".into()), Event::End(TagEnd::Paragraph)];
            prop_assert!(last.ends_with(&end), "{:?} as {:?}", text, once);
        }
    }
}
