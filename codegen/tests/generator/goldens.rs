//! One small case for each feature, with what is generated beside it.
//!
//! A case is a JSON Schema document (`<feature>.json`) or a folder of descriptions (`<feature>/`).
//! Its code lies in `<feature>.rs`, the warnings in `<feature>.warnings.txt` if there are any, and `<feature>.instances.json` lists what the code accepts and
//! what it rejects: the crate `wechat-bizwifi-tests` compiles it all and tries.

use std::fs;
use std::path::{Path, PathBuf};

use wechat_bizwifi_codegen::{Builder, Generated, meta_schema};

use crate::golden::{Goldens, folder, scratch};

/// The cases: files and folders, sorted.
fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder("goldens")).unwrap();
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.is_dir() || is_document(path));
    cases.sort();
    cases
}

fn is_document(path: &Path) -> bool {
    let name = path.to_str().unwrap();
    name.strip_suffix(".json").is_some_and(|name| !name.ends_with(".instances"))
}

fn generated(case: &Path) -> Generated {
    let builder = Builder::new(case).crate_name("api");
    let generated = if case.is_dir() {
        builder.generate_with_warnings()
    } else {
        let name = case.file_name().unwrap().to_str().unwrap();
        builder.types_with_warnings(name, &fs::read_to_string(case).unwrap())
    };
    generated.unwrap_or_else(|failure| panic!("{failure}"))
}

/// The warnings of all cases, as people read them.
pub(crate) fn warnings() -> Vec<String> {
    cases().iter().map(|case| generated(case).warnings.render()).collect()
}

#[test]
fn every_case_generates_what_lies_beside_it() {
    let mut goldens = Goldens::default();
    for case in cases() {
        let Generated { code, warnings, .. } = generated(&case);
        goldens.compare(&case.with_extension("rs"), &code);
        let warnings = if warnings.is_empty() { String::new() } else { warnings.render() };
        goldens.compare(&case.with_extension("warnings.txt"), &warnings);
    }
    goldens.finish();
}

#[test]
fn every_file_belongs_to_a_case() {
    let cases = cases();
    for entry in fs::read_dir(folder("goldens")).unwrap() {
        let path = entry.unwrap().path();
        // Of the name alone: the folders above may have dots as well.
        let name = path.file_name().unwrap().to_str().unwrap();
        let stem = name.split('.').next().unwrap();
        let belongs = cases.iter().any(|case| case.file_stem().unwrap() == stem);
        assert!(belongs, "{} belongs to no case", path.display());
    }
}

#[test]
fn every_case_has_instances_of_both_kinds() {
    for case in cases() {
        let file = case.with_extension("instances.json");
        let text = fs::read_to_string(&file).unwrap_or_default();
        assert!(text.contains("\"valid\": true"), "{} has none that is valid", file.display());
        let anything_goes = case.ends_with("any.json");
        assert!(
            anything_goes || text.contains("\"valid\": false"),
            "{} has none that is not valid",
            file.display()
        );
    }
}

/// A keyword that is not refused is enforced, or says something: a case shows how.
#[test]
fn every_keyword_is_in_a_case() {
    let schema: serde_json::Value = serde_json::from_str(&meta_schema()).unwrap();
    let words = schema["$defs"]["Schema"]["properties"].as_object().unwrap().keys();
    let mut texts = String::new();
    for case in cases() {
        let files = if case.is_dir() {
            fs::read_dir(&case).unwrap().map(|entry| entry.unwrap().path()).collect()
        } else {
            vec![case]
        };
        texts.extend(files.iter().map(|file| fs::read_to_string(file).unwrap()));
    }
    let missing: Vec<&String> =
        words.filter(|word| !texts.contains(&format!("\"{word}\":"))).collect();
    assert!(missing.is_empty(), "add a case with each of {missing:?}");
}

/// A line may be longer by the strings in it, which cannot be broken, and one of documentation that is a
/// single word, as an address is, may be as long as that.
#[test]
fn no_line_of_generated_code_has_more_than_100_columns() {
    let mut long = Vec::new();
    for folder in ["goldens", "tables", "../../sdk/src/generated"].map(folder) {
        for entry in fs::read_dir(folder).unwrap() {
            let file = entry.unwrap().path();
            if file.extension().is_some_and(|extension| extension == "rs") {
                let code = fs::read_to_string(&file).unwrap();
                let lines = code.lines().enumerate().filter(|(_, line)| columns(line) > 100);
                long.extend(
                    lines.map(|(at, line)| format!("{}:{}: {line}", file.display(), at + 1)),
                );
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

/// Names of every length make lines of every length.
#[test]
fn lines_are_broken_where_they_are_too_wide_and_not_before() {
    let folder = scratch("goldens-width");
    for length in 1..60 {
        let word = "a".repeat(length);
        let text = r#"{
          "operationId": "getWORD", "summary": "Gets.", "method": "POST", "path": "/WORD", "security": "none",
          "request": { "type": "object", "additionalProperties": false, "properties": {
            "b_WORD": { "type": "integer", "minimum": 1, "maximum": 12 },
            "c_WORD": { "type": "integer" } },
            "propertyOrder": [["b_WORD", "<=", "c_WORD"]] },
          "response": { "type": "object", "properties": {
            "code": { "type": "integer" }, "message": { "type": "string" } } },
          "envelope": { "code": "/code", "message": "/message", "payload": "" }
        }"#;
        fs::write(folder.join(format!("{word}.json")), text.replace("WORD", &word)).unwrap();
    }
    let code = Builder::new(&folder).generate().unwrap();
    // A name that stands twice on a line makes it wider by two.
    for start in ["    pub struct Get", "        optional copy b", "        fn get", "        \"b_"]
    {
        let lines = code.lines().filter(|line| line.starts_with(start));
        let widest = lines.map(|line| line.chars().count()).max();
        assert!([Some(99), Some(100)].contains(&widest), "{start}: {widest:?} in {code}");
    }
}

/// The columns of a line that could have been broken.
fn columns(line: &str) -> usize {
    let docs = line.trim_start().strip_prefix("///");
    if docs.is_some_and(|docs| !docs.trim_start_matches([' ', '-']).contains(' ')) {
        return 0;
    }
    // Whatever stands between quotes, and `r#` and `#` around them.
    let mut code = String::new();
    let mut rest = line;
    while let Some((before, string)) = rest.split_once('"') {
        code.push_str(before);
        let hashes = before.len() - before.trim_end_matches('#').len();
        let end = format!("\"{}", "#".repeat(hashes));
        rest = string.find(&end).map_or("", |at| &string[at + end.len()..]);
    }
    code.push_str(rest);
    code.chars().count()
}
