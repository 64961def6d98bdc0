//! Schemas that become rules and no types: unknown keywords and formats in them are reported.
//!
//! ```text
//! { "type": "string", "not": { "maxLenght": 3, "format": "colour" } }
//!
//! name.json:1:30 /not/maxLenght: is not a keyword; did you mean `maxLength`?
//! name.json:1:56 /not/format: the format `colour` is not known here, and is not checked; ..
//! ```

use crate::model::is_number_format;
use crate::schema::{
    Keyword, KeywordEntry, KeywordReader, Located, is_never_used, report_ignored, report_unused,
};
use crate::util::{CollectVec as _, PushAll as _};
use wechat_bizwifi_rules::Format;

/// Reports unknown keywords and formats in a keyword that becomes a rule, and in its subschemas.
pub(super) fn report_unknown(entry: &KeywordEntry<'_>) {
    report_format(entry);
    let mut left = subschemas(entry);
    while let Some(schema) = left.pop() {
        let Ok(keywords) = KeywordReader::new(&schema) else { continue };
        report_ignored(&keywords);
        for entry in keywords.unused() {
            if is_never_used(&entry) {
                report_unused(&keywords, &entry);
            }
            report_format(&entry);
            left.push_all(subschemas(&entry));
        }
    }
}

/// Reports a `format` that nothing checks. Without a `type`, formats of strings and of numbers are
/// both accepted.
fn report_format(entry: &KeywordEntry<'_>) {
    let Some(name) = entry.value.node.as_text() else { return };
    let is_of_string =
        || Format::from_name(name).is_some() || Format::missing_feature(name).is_some();
    let is_known = || is_number_format(name) || is_of_string();
    if entry.name == Keyword::Format.name() && !is_known() {
        report_unknown_format(&entry.value, name);
    }
}

/// Reports a format that is not of the specification: in a document, it is an annotation.
pub(super) fn report_unknown_format(value: &Located<'_>, name: &str) {
    value
        .lint(format!("the format `{name}` is not known here, and is not checked"))
        .help("take it out, or write a `pattern` beside it");
}

/// The subschemas of a keyword. A value that is no schema is reported when it is compiled.
fn subschemas<'a>(entry: &KeywordEntry<'a>) -> Vec<Located<'a>> {
    let keyword = Keyword::of_schema(entry.name);
    let schemas = keyword.map(|keyword| entry.value.subschemas(keyword.info().holds));
    schemas.unwrap_or_default().into_iter().filter(|it| it.node.is_object()).collect_vec()
}
