//! Whatever an author writes in a description, wherever it may stand: rustdoc takes the generated
//! crate without a warning, and no code in a description is run as a test.

use std::fs;
use std::path::{Path, PathBuf};

use fastrand::Rng;
use serde_json::{Value, json};
use wechat_bizwifi_codegen::Builder;
use wechat_bizwifi_tests::compiled::{self, Case};

/// Texts that were taken for something else once, and their like.
const TEXTS: &[&str] = &[
    "Like this:\n\n~~~\nlet total: = ) nonsense(\n~~~\n\nThat is all.",
    "Four:\n\n````\n```\nlet total: = ) nonsense(\n```\n````",
    "Steps:\n\n- first\n  ```\n  let total: = ) nonsense(\n  ```\n- second",
    "- ```\n  let total: = ) nonsense(\n  ```",
    "> Quoted:\n>\n>     let total: = ) nonsense(\n",
    "# Heading\n    let total: = ) nonsense(",
    "\tlet total: = ) nonsense(",
    "```json\n{}\n```\n\n```rust\nlet total: = ) nonsense(\n```\n\n```rust,ignore\nx y z\n```",
    "```{.rust}\nlet total: = ) nonsense(\n```\n\n```should-panic\n) x\n```\n\n```E0123\n) x\n```",
    "1. one\n\n   2. two\n\n          let total: = ) nonsense(",
    "Unclosed:\n\n~~~text\nabc",
    "See https://example.com/a_b_c and [shop_id], Vec<T>, an unclosed <b>, `tick and [a](b.",
    "[a](b) [`C`] [d][e] [f]: g ![h](i) <!-- j --> <script> &lt;k&gt; ]( http://l.m/n(o)",
    "ends */ here /* and /** there; \\ and \\\" and {} {0} #[x] $crate $a \u{202e} \u{1}",
    "| a | b |\n|---|---|\n| [c] | `d|e` https://f.g |",
    "A note[^1] and [ ] a box.\n\n[^1]: https://a.bc\n\n- [x] done [y]",
    "***\n\n<div>\n[x] https://a.bc\n</div>\n\n---",
    "[https://a.bc [x]](https://d.ef)",
];

/// Pieces of random texts.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "    ",
    "\t",
    "- ",
    "1. ",
    "> ",
    "# ",
    "```",
    "~~~",
    "`",
    "rust",
    "let = ;",
    "word",
    "[",
    "]",
    "](",
    ")",
    "<",
    ">",
    "<b>",
    "https://a.bc/d_e",
    "*",
    "_",
    "\\",
    "|",
    "[^1]",
    "[x]: ",
    "[`C`]",
    "[a](b)",
    "[Root]",
    "===",
];

fn texts() -> Vec<String> {
    let mut rng = Rng::with_seed(1);
    let mut random = || -> String {
        (0..rng.usize(2..24)).map(|_| PIECES[rng.usize(0..PIECES.len())]).collect()
    };
    let random: Vec<String> = (0..40).map(|_| random()).collect();
    TEXTS.iter().map(|text| (*text).to_owned()).chain(random).collect()
}

#[test]
fn rustdoc_takes_every_text_and_runs_none_of_it() {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let cases: Vec<Case> = texts()
        .iter()
        .enumerate()
        .map(|(index, text)| case(&folder(scratch, index), text))
        .collect();
    let target = scratch.parent().unwrap();
    compiled::document(&scratch.join("documentation"), target, &cases);
}

fn folder(scratch: &Path, index: usize) -> PathBuf {
    scratch.join(format!("descriptions/documentation/{index}"))
}

/// The code for an endpoint all of whose parts are described so.
fn case(folder: &Path, text: &str) -> Case {
    fs::create_dir_all(folder).unwrap();
    let code = json!([{ "code": 40_001, "name": "KNOWN", "class": "token", "group": "global", "meaning": text }]);
    for (name, value) in [
        ("common.json", definitions(text)),
        ("get_it.json", endpoint(text)),
        ("return_codes.json", json!({ "returnCodes": code })),
    ] {
        fs::write(folder.join(name), value.to_string()).unwrap();
    }
    let generated = Builder::new(folder).generate();
    let code = generated.unwrap_or_else(|failure| panic!("{text:?}: {failure}"));
    let code = format!("{code}\npub type Root = GetIt;\n");
    Case { name: text.to_owned(), code, instances: Vec::new() }
}

fn definitions(text: &str) -> Value {
    json!({ "$defs": {
        "Number": {
            "type": "integer",
            "minimum": 1,
            "description": text,
            "namedValues": { "SEVEN": { "value": 7, "description": text } },
        },
        "Text": { "type": "string", "maxLength": 3, "description": text },
        "Colour": {
            "type": "string",
            "description": text,
            "oneOf": [{ "const": "a`b", "title": "A", "description": text }, { "const": "b", "title": "B" }],
        },
        "Either": {
            "description": text,
            "oneOf": [{ "type": "string", "description": text, "pattern": "`+" }, { "type": "integer" }],
        },
    } })
}

fn endpoint(text: &str) -> Value {
    let property = |name: &str| json!({ "$ref": format!("common.json#/$defs/{name}") });
    json!({
        "operationId": "getIt",
        "summary": text.split('\n').next().filter(|line| !line.is_empty()).unwrap_or("Reads."),
        "description": text,
        "externalDocs": { "url": "https://example.com/a_(b)", "description": "Of [x] and <T> and `y" },
        "method": "POST",
        "path": "/it",
        "request": {
            "type": "object",
            "description": text,
            "properties": {
                "number": property("Number"),
                "text": property("Text"),
                "colour": property("Colour"),
                "either": property("Either"),
                "plain": { "type": "string", "minLength": 1, "description": text },
            },
            "dependentRequired": { "plain": ["text"] },
            "additionalProperties": false,
        },
        "response": {
            "type": "object",
            "description": text,
            "properties": {
                "errcode": { "type": "integer" },
                "errmsg": { "type": "string" },
                "data": {
                    "type": "object",
                    "rustName": "Reply",
                    "description": text,
                    "properties": { "text": { "type": "string", "description": text } },
                },
            },
        },
        "envelope": { "code": "/errcode", "message": "/errmsg", "payload": "/data" },
        "errors": [40_001],
    })
}
