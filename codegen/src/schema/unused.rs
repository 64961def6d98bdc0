//! Unused keywords of a schema: each is reported, with the reason.
//!
//! ```text
//! { "type": "string", "maximum": 3 }
//!
//! name.json:1:21 /maximum: has no effect on a string; it applies to numbers; …
//! ```

use crate::source::{Node, Value};

use super::keyword_facts::{Mark, Support};
use super::keyword_reader::{Ignored, KeywordEntry, KeywordReader};
use super::keywords::{Keyword, nearest, of_schemas};

/// Reports an unused keyword of a schema, with the reason.
pub(crate) fn report_unused(keywords: &KeywordReader<'_>, unused: &KeywordEntry<'_>) {
    let Some(keyword) = Keyword::of_schema(unused.name) else { return report_unknown(unused) };
    if let Some(partner) = missing_partner(keywords, keyword) {
        unused.lint(format!("has no effect without {partner}")).help("add that, or take this out");
        return;
    }
    let subject = keywords.subject();
    let described = subject.describe();
    match keyword.info().support {
        Support::Refused(instead) => {
            unused.error("is not supported").help(help_instead(keywords, keyword, instead));
        }
        Support::Enforced(on) => {
            let message = format!("has no effect on {described}");
            let help = format!("it applies to {}; take it out or change the `type`", on.describe());
            if subject.is_apart_from(on) {
                unused.lint(message).help(help);
            } else {
                unused.error(message).help(help);
            }
        }
        Support::Annotation if unused.value.is_document() && !keyword.is(Mark::ForGenerator) => {}
        Support::Annotation | Support::Description => {
            let help = help_for_annotation(keyword);
            unused.lint(format!("has no meaning for {described} here")).help(help);
        }
    }
}

/// What to write instead of a keyword: `null` in the schema's own `type`, if there is one.
fn help_instead(keywords: &KeywordReader<'_>, keyword: Keyword, instead: &str) -> String {
    let stated = keywords.peek(Keyword::Type).and_then(Node::as_text);
    match (keyword, stated) {
        (Keyword::Nullable, Some(stated)) => format!("write `\"type\": [\"{stated}\", \"null\"]`"),
        _ => instead.to_owned(),
    }
}

fn report_unknown(unused: &KeywordEntry<'_>) {
    let error = unused.error("is not a keyword");
    match nearest(unused.name, of_schemas().map(|info| info.name)) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error.help("say it in `description`, or to maintainers in `$comment`"),
    };
}

fn help_for_annotation(keyword: Keyword) -> &'static str {
    match keyword {
        Keyword::RustName | Keyword::NamedValues => {
            "move this schema to `$defs`, where it is a type of its own, or take it out"
        }
        Keyword::Aliases | Keyword::RustFieldName => "it belongs to a property: take it out",
        _ => "take it out",
    }
}

/// Reports keywords that are ignored, where their author may have meant something else.
pub(crate) fn report_ignored(keywords: &KeywordReader<'_>) {
    for (entry, why) in keywords.ignored() {
        match why {
            Ignored::Annotation => {}
            Ignored::Unknown => report_unknown_in_document(keywords, &entry),
            Ignored::OtherDraft => {
                entry
                    .lint(format!("is no keyword of {}, and is ignored", entry.value.draft))
                    .help("state a draft that has it in `$schema`, or take it out");
            }
            Ignored::BesideReference => {
                entry
                    .lint("is ignored: in drafts up to 7, keywords beside `$ref` are")
                    .help("put the `$ref` into an `allOf`, or take this out");
            }
        }
    }
}

/// Reports a keyword that is misspelt or refused. Keywords of other vocabularies are ignored in
/// silence.
fn report_unknown_in_document(keywords: &KeywordReader<'_>, entry: &KeywordEntry<'_>) {
    if entry.name == "nullable" && matches!(entry.value.node.value, Value::Bool(false)) {
        return; // It says what JSON Schema says without it.
    }
    if let Some(keyword) = Keyword::of_schema(entry.name)
        && let Support::Refused(instead) = keyword.info().support
    {
        let lint = entry.lint("is no keyword of JSON Schema, and is ignored");
        lint.help(help_instead(keywords, keyword, instead));
    } else if let Some(near) = nearest(entry.name, of_schemas().map(|info| info.name)) {
        let help = format!("did you mean `{near}`?");
        entry.lint("is not a keyword, and is ignored").help(help);
    }
}

/// Whether a schema has the keyword without which this one has no effect.
pub(crate) fn has_partner(keywords: &KeywordReader<'_>, keyword: Keyword) -> bool {
    missing_partner(keywords, keyword).is_none()
}

/// The missing keyword without which this one has no effect.
fn missing_partner(keywords: &KeywordReader<'_>, keyword: Keyword) -> Option<&'static str> {
    let (partners, named): (&[Keyword], _) = match keyword {
        Keyword::If => (&[Keyword::Then, Keyword::Else], "`then` or `else`"),
        Keyword::Then | Keyword::Else => (&[Keyword::If], "`if`"),
        Keyword::MinContains | Keyword::MaxContains => (&[Keyword::Contains], "`contains`"),
        _ => return None,
    };
    (!partners.iter().any(|partner| keywords.has(*partner))).then_some(named)
}

/// Whether no step uses a keyword: it is unknown, or not supported.
pub(crate) fn is_never_used(unused: &KeywordEntry<'_>) -> bool {
    let known = Keyword::of_schema(unused.name);
    known.is_none_or(|keyword| matches!(keyword.info().support, Support::Refused(_)))
}
