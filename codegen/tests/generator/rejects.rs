//! One tiny bad input for each rule, with the report beside it; and that no rule is without.
//!
//! A case is a JSON Schema document (`<rule>.json`) or a folder of descriptions (`<rule>/`); what is
//! reported lies in `<rule>.txt`. Warnings of documents are errors here.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;
use wechat_bizwifi_codegen::export::OpenApi;
use wechat_bizwifi_codegen::{Builder, Failure};

use crate::golden::{Goldens, folder};

/// Where features are off, as they are nowhere here.
const FEATURES_OFF: &str = "newcomer.sh";

/// What no file can show, and where it is tested instead.
const ELSEWHERE: &[(&str, &str)] = &[
    ("`{}` cannot be read: {error}", "robustness.rs"),
    ("`{shown}` cannot be read: {error}", "robustness.rs"),
    ("is not a regular file", "robustness.rs"),
    ("there is no JSON Schema in the folder", "documents.rs"),
    ("schemas are files whose names end in `.json`", "documents.rs"),
    ("is a link to a folder", "robustness.rs"),
    ("lies deeper than {DEEPEST} schemas, through `$ref`s", "robustness.rs"),
    ("typify does not take the objects: {error}", "nothing is known that typify would not take"),
    ("typify shapes this object otherwise than it should", "no such object is known"),
    ("let fewer schemas lead to each other", "robustness.rs"),
    ("it is not UTF-8 from byte {valid} on: save it as UTF-8", "robustness.rs"),
    ("{size} bytes, and {LARGEST} are the most", "robustness.rs"),
    ("it goes on after {LARGEST} bytes, which are the most", "cli.rs"),
    ("links to folders are not followed: put the folder itself there", "robustness.rs"),
    ("put the file itself there, or a link to a file within the folder", "robustness.rs"),
    ("stands where no `$ref` is followed", "no such place is known"),
    ("write the schema here in its place", "no such place is known"),
    ("`\\b` in brackets is a backspace", "no escape in brackets stands for a boundary"),
    ("a URI reference", "validator.rs"),
    ("write it as in `other.json#/$defs/Name`", "validator.rs"),
    ("an array of schemas, one at least", "validator.rs"),
    ("a number above 0", "validator.rs"),
    ("there is no document `{uri}`", "validator.rs"),
    ("`{shown}` is not among the documents that were added", "validator.rs"),
    ("nothing is fetched: add it under this URI", "validator.rs"),
    ("a value cannot be read: {error}", "validator.rs"),
    ("should be {wanted}, found {}", "documents.rs"),
    ("correct it, or take it out", "documents.rs"),
    ("{what} takes the feature `{feature}`, which is off", FEATURES_OFF),
    ("a pattern", FEATURES_OFF),
    ("the format `{name}`", FEATURES_OFF),
    ("the name `{name}`", FEATURES_OFF),
    ("Markdown other than paragraphs, code and links to pages", FEATURES_OFF),
    ("its type is called `{name}`, after its place", "cli.rs"),
    ("choose a shorter name with `rustName`", "cli.rs"),
    (
        "switch it on for wechat-bizwifi-codegen in your own build script, or for \
         wechat-bizwifi if you replace its descriptions",
        FEATURES_OFF,
    ),
    (
        "references lead to different schemas, depending on where they are reached from",
        "documents.rs",
    ),
    (
        "its metaschema leaves out the validation vocabulary, so that `type`, `maxLength` and their like restrict nothing",
        "documents.rs",
    ),
    ("list it in the metaschema's `$vocabulary`", "documents.rs"),
];

/// Texts that are no message: names of types, of kinds of schemas, and pieces of patterns.
const NO_MESSAGES: &[&str] = &[
    "what a `$ref` leads to",
    "an object without `properties`",
    "any of these types",
    "such a schema",
];

/// Files whose texts stand in no report: they are tested by what they make.
const NO_REPORTS: &[&str] = &[
    "builder.rs",
    "outcome.rs",
    "schema/draft.rs",
    "export/prose.rs",
    "lower/rule_docs.rs",
    "names/unique.rs",
    "names/spelling.rs",
    "names/taken.rs",
    "pattern/ecma/classes.rs",
    "render.rs",
    "schema/meta_schema/mod.rs",
    "schema/keyword_facts.rs",
    "schema/keywords.rs",
];

/// The cases: files and folders, sorted.
fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder("rejects")).unwrap();
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.is_dir() || path.extension().is_some_and(|end| end == "json"));
    cases.sort();
    cases
}

fn report(case: &Path) -> String {
    let builder = Builder::new(case).crate_name("api").deny_warnings(case.is_file());
    let result = if case.is_dir() {
        // What code can be made of may still be no document.
        builder.generate().and_then(|_| OpenApi::new(case).document())
    } else {
        let name = case.file_name().unwrap().to_str().unwrap();
        builder.types(name, &fs::read_to_string(case).unwrap())
    };
    match result {
        Err(Failure::Descriptions(report)) => report.render(),
        Err(failure) => panic!("{}: {failure}", case.display()),
        Ok(_) => "nothing is wrong\n".to_owned(),
    }
}

#[test]
fn every_case_is_reported_as_lies_beside_it() {
    let mut goldens = Goldens::default();
    for case in cases() {
        let report = report(&case);
        assert!(report.ends_with("nothing was generated\n"), "{}: {report}", case.display());
        goldens.compare(&case.with_extension("txt"), &report);
    }
    goldens.finish();
}

#[test]
fn every_report_belongs_to_a_case() {
    let cases = cases();
    for entry in fs::read_dir(folder("rejects")).unwrap() {
        let path = entry.unwrap().path();
        let belongs = cases.iter().any(|case| case.with_extension("") == path.with_extension(""));
        assert!(belongs, "{} belongs to no case", path.display());
    }
}

#[test]
fn every_message_in_the_sources_is_in_a_report() {
    let mut reports: Vec<String> = cases().iter().map(|case| report(case)).collect();
    reports.extend(crate::goldens::warnings());
    let is_said = |message: &&Message| {
        reports.iter().flat_map(|report| report.lines()).any(|line| message.is_in(line))
    };
    let is_elsewhere = |message: &&Message| {
        let mut known = ELSEWHERE.iter().map(|(text, _)| text).chain(NO_MESSAGES);
        known.any(|text| message.text == *text)
    };
    let messages = messages();
    assert!(messages.len() > 250, "found only {}", messages.len());
    let unsaid: Vec<String> = messages
        .iter()
        .filter(|message| !is_said(message) && !is_elsewhere(message))
        .map(|message| format!("{}: {}", message.file, message.text))
        .collect();
    assert!(unsaid.is_empty(), "add a case for each of these:\n{}", unsaid.join("\n"));
}

#[test]
fn every_exception_is_a_text_in_the_sources() {
    let texts: Vec<String> = messages().into_iter().map(|message| message.text).collect();
    for exception in ELSEWHERE.iter().map(|(text, _)| text).chain(NO_MESSAGES) {
        assert!(texts.iter().any(|text| text == exception), "nothing says {exception:?}");
    }
}

/// A message as the sources have it, with `{…}` where something is filled in.
#[derive(Debug)]
struct Message {
    file: String,
    text: String,
}

impl Message {
    /// Whether the line has all of the text, in its order.
    fn is_in(&self, line: &str) -> bool {
        let mut rest = line;
        for piece in pieces(&self.text) {
            let Some((_, after)) = rest.split_once(&piece) else { return false };
            rest = after;
        }
        true
    }
}

/// What stands between the things that are filled in.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut depth = 0;
    for next in text.chars() {
        match next {
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                pieces.push(String::new());
            }
            _ if depth == 0 => pieces.last_mut().unwrap().push(next),
            _ => {}
        }
    }
    pieces
}

/// Every message that some stage may report.
fn messages() -> Vec<Message> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    // What is said of patterns is said with the rules.
    sources(&root.join("../../sdk/rules/src/pattern/ecma"), &mut files);
    files.sort();
    files.retain(|file| !NO_REPORTS.iter().any(|name| file.ends_with(name)));
    files.iter().flat_map(|file| messages_of(&root, file)).collect()
}

/// The sources of the stages: neither emitting nor Markdown can fail, the command line says nothing of its
/// own, and what `diff` says is no report.
fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_stage = !["cli", "diff", "emit", "markdown"].iter().any(|name| path.ends_with(name));
        if path.is_dir() && is_stage {
            sources(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("tests.rs") {
            files.push(path);
        }
    }
}

fn messages_of(root: &Path, file: &Path) -> Vec<Message> {
    let text = fs::read_to_string(file).unwrap();
    let mut finder = Finder { texts: Vec::new() };
    finder.visit_file(&syn::parse_file(&text).unwrap());
    let name = file.strip_prefix(root).unwrap_or(file).display().to_string();
    finder.texts.into_iter().map(|text| Message { file: name.clone(), text }).collect()
}

/// Finds every text of two words or more: a message, a part of one, or what it wants instead. How it
/// gets into a report is all the same.
struct Finder {
    texts: Vec<String>,
}

impl Finder {
    fn take(&mut self, text: String) {
        if text.trim().contains(' ') && text.contains(char::is_alphabetic) {
            self.texts.push(text);
        }
    }

    /// The literals of what a macro is given, whose form only the macro knows.
    fn take_from(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.take_from(group.stream()),
                TokenTree::Literal(literal) => {
                    if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                        self.take(text.value());
                    }
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_lit_str(&mut self, literal: &'ast syn::LitStr) {
        self.take(literal.value());
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.take_from(call.tokens.clone());
    }

    /// Documentation, and the reasons of lints.
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if module.ident != "tests" {
            syn::visit::visit_item_mod(self, module);
        }
    }
}
