//! What is said to people is said in English and in Chinese.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use wechat_bizwifi::{ErrorKind, Invalid, Language};
use wechat_bizwifi_schema::FILES;

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Of each keyword that holds English for people, whether its Chinese is beside it.
fn missing(json: &Value, place: &str, found: &mut Vec<String>) {
    match json {
        Value::Object(object) => {
            for (name, value) in object {
                let place = format!("{place}/{name}");
                // The title of a page is in the page's language; values are data.
                let is_said = matches!(name.as_str(), "description" | "summary" | "meaning");
                match value {
                    Value::String(_) if is_said => {
                        let chinese = object.get(&format!("{name}Zh")).and_then(Value::as_str);
                        if !chinese.is_some_and(is_chinese) {
                            found.push(place);
                        }
                    }
                    _ if matches!(name.as_str(), "externalDocs" | "asPrinted") => {}
                    _ if matches!(name.as_str(), "request" | "response")
                        && place.contains("/examples/") => {}
                    value => missing(value, &place, found),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                missing(item, &format!("{place}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_description_is_there_in_both_languages() {
    let mut found = Vec::new();
    for (path, text) in FILES {
        missing(&serde_json::from_str(text).unwrap(), path, &mut found);
    }
    assert!(found.is_empty(), "without Chinese:\n{}", found.join("\n"));
}

#[test]
fn what_a_builder_refuses_is_reported_in_chinese() {
    let builder = wechat_bizwifi::SetCouponPlacement::builder();
    let invalid: Invalid = builder
        .shop_id("x")
        .card_id("")
        .card_describe("\u{1}".repeat(19))
        .card_quantity(u64::MAX)
        .build()
        .unwrap_err();
    assert_eq!(
        invalid.message_in(Language::Zh),
        "/shop_id 必须是只用数字书写的整数；/card_id 至少 1 个字符，现有 0；\
         /card_describe 最多 18 个字符，现有 19；/start_time 必填，但没有设置；\
         /end_time 必填，但没有设置；/card_quantity 超出该属性的整数范围"
    );
}

#[test]
fn every_kind_of_error_is_reported_in_both_languages() {
    use ErrorKind::{
        Api, Auth, Config, Connect, Decode, Http, Invalid, Throttled, Timeout, Transport,
    };
    let all = [Api, Auth, Config, Connect, Decode, Http, Invalid, Throttled, Timeout, Transport];
    let texts: BTreeSet<&str> = all
        .iter()
        .flat_map(|kind| [kind.message_in(Language::En), kind.message_in(Language::Zh)])
        .collect();
    assert_eq!(texts.len(), 2 * all.len());
    assert!(all.iter().all(|kind| is_chinese(kind.message_in(Language::Zh))));
}

#[expect(clippy::unwrap_used, reason = "a helper of tests")]
fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

/// The code, the headings and what the rows of tables are about, of a document: the same in every language.
fn outline(file: &str) -> (Vec<String>, Vec<usize>, Vec<Vec<String>>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
    let text = read(&path);
    let mut is_code = false;
    let (mut code, mut headings, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for line in text.lines() {
        if line.starts_with("```") {
            is_code = !is_code;
        } else if is_code && !line.contains("//") && !line.contains('#') {
            code.push(line.to_owned());
        } else if !is_code && line.starts_with('#') {
            headings.push(line.chars().take_while(|c| *c == '#').count());
        } else if let Some(row) = line.strip_prefix("| ").filter(|_| !is_code) {
            let first = row.split('|').next().unwrap_or_default();
            let names = first.split('`').skip(1).step_by(2).map(str::to_owned);
            rows.push(names.collect::<Vec<_>>());
        }
    }
    (code, headings, rows)
}

#[test]
fn both_readmes_have_the_same_sections_the_same_code_and_the_same_rows_of_tables() {
    assert_eq!(outline("README.zh-CN.md"), outline("README.md"));
}
