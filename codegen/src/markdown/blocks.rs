//! Blocks of Markdown, written again from what a parser has read: code has a fence and a language that is not
//! Rust, HTML is text, and each block is closed.
//!
//! ```text
//!     let code = 1;      ```text
//!                        let code = 1;
//!                        ```
//! ```

use crate::collect_vec::CollectVec as _;
use std::iter::Peekable;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, OffsetIter, Options, Parser, Tag, TagEnd};

use super::inline::Inline;
use super::lines::fill;
use super::plain;
use crate::wording::longest_run;

/// The lines of a text.
pub(super) fn rewritten(text: &str, width: usize) -> Vec<String> {
    let parser = Parser::new_ext(text, options());
    let mut writer = Writer { text, events: parser.into_offset_iter().peekable() };
    join(&writer.blocks(width), true)
}

/// What rustdoc understands.
pub(super) fn options() -> Options {
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
                html.lines().flat_map(|line| fill(&plain(line), width)).collect_vec()
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
        std::iter::once(open).chain(lines).chain([fence]).collect_vec()
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
                rows.push(format!("| {} |", marks.collect_vec().join(" | ")));
            }
        }
        rows
    }

    fn row(&mut self) -> String {
        let mut cells = Vec::new();
        while let Some((Event::Start(Tag::TableCell), _)) = self.events.next() {
            let text = self.leaf();
            let text = text.replace("\\|", "|").replace('|', "\\|");
            cells.push(text.split_whitespace().collect_vec().join(" "));
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
        let mut inline = Inline::of(self.text);
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
        inline.finish()
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
    pairs.map(|(line, prefix)| format!("{prefix}{line}").trim_end().to_owned()).collect_vec()
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

pub(super) fn footnote(name: &str) -> String {
    format!("\\[^{}]", plain(name))
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
