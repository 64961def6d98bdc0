//! What is written of a text is what rustdoc takes without a warning, by the parser or without it.

use proptest::prelude::*;
use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Parser, Tag, TagEnd};

use super::edits::{edited, language, options};
use super::lines::{fill, fold};
use super::prose::{is_prose, paragraphs};
use super::urls::split_at_url;
use super::{link, plain, safe};

fn written(text: &str) -> String {
    safe(text, 92).join("\n")
}

#[test]
fn plain_text_is_escaped_around_the_addresses_in_it() {
    assert_eq!(plain("a_b https://a.b/c_d e_f"), r"a\_b <https://a.b/c_d> e\_f");
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
        "*Text* with [a link](http://a.b/c) and ![a picture](http://a.b/c.png).",
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
        ("A\n\n\tcode", "A\n\n```text\ncode\n```"),
        ("# A\n    code", "# A\n```text\ncode\n```"),
        (">     code\n> \n> text", "> ```text\n> code\n> ```\n>\n> text"),
        ("- a\n\n      code", "- a\n\n  ```text\n  code\n  ```"),
        ("[x]: https://a.b\n\nSee [x], [y].", "[x]: https://a.b\n\nSee [x], \\[y]."),
        ("[^1](https://a.b)", "[\\^1](https://a.b)"),
        ("*\\\\<https://a.b>* **\\*a**", "*\\\\<https://a.b>* **\\*a**"),
        ("* one\n two\nthree", "* one\n  two\n  three"),
        ("1. a\n   - b\nc", "1. a\n   - b\n     c"),
        ("> a\nb", "> a\n> b"),
        ("- a\n  > b\nc\n\nd", "- a\n  > b\n  > c\n\nd"),
        (">\t-     - ", "\\> - -"),
        ("A note[^1].\n\n[^1]: text", "A note\\[^1].\n\n\\[^1]: text"),
        ("```json\nword```", "````json\nword```\n````"),
    ] {
        assert_eq!(written(text), expected, "{text}");
    }
}

#[test]
fn long_lines_are_broken_within_lists_and_quotations() {
    for (text, expected) in [
        (
            "- one two three four\n  - five six seven",
            "- one two three\n  four\n  - five six\n    seven",
        ),
        ("> 1. one two three\n>    four", "> 1. one two\n>    three\n>    four"),
        (
            "- ```json\n  [\"one two three four\"]\n  ```",
            "- ```json\n  [\"one two three four\"]\n  ```",
        ),
        ("# one two three four five", "# one two three four five"),
    ] {
        assert_eq!(edited(text, 15).join("\n"), expected);
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
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => {
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

    #[test]
    fn prose_is_written_as_the_parser_has_it(text in texts(), prose in prose_texts()) {
        for text in [text, prose].iter().filter(|text| is_prose(text)) {
            prop_assert_eq!(paragraphs(text, 40), edited(text, 40), "{:?}", text);
        }
    }
}

/// Mostly prose.
fn prose_texts() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "word ",
        "店 ",
        "门店，",
        "(",
        ") ",
        "1",
        "2.",
        "3) ",
        "- ",
        "= ",
        ": ",
        "! ",
        "'",
        "\"",
        "_",
        "\n",
        "\n\n",
        " ",
        ". ",
        "`x y`",
        "`",
        "``",
        "`<T>` ",
        "[a b](https://a.b/c_d) ",
        "[",
        "](",
        "http",
        "://",
        "https://a.b ",
        "\u{3000}",
        "\u{feff}",
        "\u{a0}",
        "$",
        "{.a}",
        "+ ",
        "^",
        "…",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

#[test]
fn shipped_descriptions_take_no_parser_and_are_written_as_it_would_have_them() {
    let mut files = vec![wechat_bizwifi_schema::root().to_owned()];
    let mut texts = Vec::new();
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "json") {
            texts_in(&serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap(), &mut texts);
        }
    }
    assert!(texts.len() > 200, "{}", texts.len());
    for text in texts {
        assert!(is_prose(&text), "{text}");
        assert_eq!(paragraphs(&text, 84), edited(&text, 84));
    }
}

/// What a description says to people.
fn texts_in(json: &serde_json::Value, texts: &mut Vec<String>) {
    const KEYWORDS: [&str; 7] =
        ["title", "description", "descriptionZh", "summary", "summaryZh", "meaning", "meaningZh"];
    if let serde_json::Value::Object(object) = json {
        for (keyword, value) in object {
            match value.as_str().filter(|_| KEYWORDS.contains(&&**keyword)) {
                Some(text) => texts.push(text.to_owned()),
                None => texts_in(value, texts),
            }
        }
    }
    json.as_array().into_iter().flatten().for_each(|item| texts_in(item, texts));
}

#[test]
fn a_fence_names_its_language_unless_rustdoc_could_take_it_for_rust() {
    let of_rustdoc = [
        "rust",
        "Rust",
        "should_panic",
        "no_run",
        "compile_fail",
        "test_harness",
        "standalone",
        "standalone_crate",
        "custom",
        "allow_fail",
        "ignore",
        "ignore-x86_64",
        "edition2021",
        "E0277",
        "rust,no_run",
    ];
    let no_names = ["", "7z", "a.b", "{.rust}"];
    for info in of_rustdoc.iter().chain(&no_names) {
        assert_eq!(language(info), "text", "{info}");
    }
    let others = ["json", "c++", "objective-c", "f#", "Erlang", "e", "E12a", "rustic"];
    for info in others {
        assert_eq!(language(info), info);
    }
    assert_eq!(["json title", "json,a", "json\ta"].map(language), ["json"; 3]);
}

#[test]
fn a_text_that_would_begin_a_block_is_escaped_behind_its_digits() {
    for (text, expected) in [
        ("12. b", "12\\. b"),
        ("3) b", "3\\) b"),
        ("- b", "\\- b"),
        ("## b", "\\## b"),
        ("12.5 b", "12.5 b"),
        ("```b```", "```b```"),
        ("+ b", "\\+ b"),
        ("* b", "\\* b"),
        (">b", "\\>b"),
        ("<b", "\\<b"),
        ("<http://b>", "<http://b>"),
        ("~~~b", "\\~~~b"),
        ("[^b", "\\[^b"),
        ("[b", "[b"),
        ("== b", "\\== b"),
        ("-:|", "\\-:|"),
        ("** b", "\\** b"),
        ("__ b", "\\__ b"),
        ("**b", "**b"),
        ("#b", "#b"),
        ("1.b", "1.b"),
        ("1", "1"),
        (". b", ". b"),
    ] {
        assert_eq!(fill(text, 92), [expected]);
    }
}

#[test]
fn a_line_is_as_wide_as_it_may_be_and_begins_no_block() {
    for (width, expected) in [
        (13, &["one two three -", "four"][..]),
        (12, &["one two", "three - four"]),
        (11, &["one two", "three -", "four"]),
        (3, &["one", "two", "three -", "four"]),
    ] {
        assert_eq!(fill("one two three - four", width), expected, "{width}");
    }
    assert_eq!(fill("one  two\n\n``` three", 3), ["one", "two", "", "``` three"]);
    assert_eq!(fold("\nname 名\n\n\n- name 名\n", 6), ["name 名", "", "- name", "  名"]);
}

#[test]
fn prose_has_words_code_and_links_to_pages_alone() {
    for text in [
        "",
        "a `b c` d_e",
        "[a](https://b.c/d?e=f#g) (a",
        "[a](http://b) `://`",
        "\"a\" is 1; 名",
        "(a\n\n“a”",
        "5‰ of all ※",
    ] {
        assert!(is_prose(text), "{text:?}");
    }
    for text in [
        "a `` b",
        "a ` b`",
        "a `b `",
        "`a``",
        "`a",
        "a_ b",
        "_a",
        "a _b",
        "[a](b)",
        "[](https://a)",
        "[a_b](https://c)",
        "[a://b](https://c)",
        "[a](https://b c)",
        "[a](https://b",
        "[a]",
        "a://b",
        "a://b `c`",
        "`c` a://b",
        " a",
        "a ",
        "a < b",
        "a & b",
        "a\u{1}",
        "a\u{202a}b",
        "a\u{2069}b",
        "a\u{85}b",
        "- a",
        "# a",
        "1. a",
        "a\n- b",
        "a\\b",
        "a*",
        "a|",
        "a~",
        "a^",
        "a]",
        "a#",
        "a>",
    ] {
        assert!(!is_prose(text), "{text:?}");
    }
}

#[test]
fn an_address_ends_before_the_sentence_does() {
    for (text, expected) in [
        ("See https://a.b/c_d.", Some(("See ", "https://a.b/c_d", "."))),
        ("http://a", Some(("", "http://a", ""))),
        ("http https:// http://a?b=c&d", Some(("http https:// ", "http://a?b=c&d", ""))),
        ("(https://a/b!?'_~&:;,)", Some(("(", "https://a/b", "!?'_~&:;,)"))),
        ("https://", None),
        ("https:/a http", None),
    ] {
        assert_eq!(split_at_url(text), expected, "{text}");
    }
    assert_eq!(link("a*b", "a (b)\\<>"), "[a\\*b](<a%20(b)%20%20%20>)");
    assert_eq!(link("`!", "https://a"), "[\\`\\!](https://a)");
}

#[test]
fn a_word_of_letters_or_signs_that_are_no_block_begins_prose() {
    let letters = ('a'..='z').chain('A'..='Z').flat_map(|c| [c.to_string(), format!("{c}{c}")]);
    let others = ["1", "12", "1.a", "`a`", "(a)", "\"a\"", "[a]"].map(str::to_owned);
    for word in letters.chain(others) {
        assert!(super::lines::begins_prose(&format!("{word} a")), "{word}");
    }
    for word in [
        "=", "==", "-", "--", "#", "##", "*", "**", "_", "__", "1.", "12)", ">a", "```", "[^1]",
        "|",
    ] {
        assert!(!super::lines::begins_prose(&format!("{word} a")), "{word}");
    }
}
