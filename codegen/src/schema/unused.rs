//! Keywords of a schema that nothing used: each is reported, with the reason.
//!
//! ```text
//! { "type": "string", "maximum": 3 }
//!
//! name.json:1:21 /maximum: has no effect on a string; it applies to numbers; …
//! ```

use super::json_type::JsonType;
use wechat_bizwifi_rules::Types;

use super::keyword_reader::{KeywordEntry, KeywordReader};
use super::keywords::{Holds, Keyword, On, Support, nearest, of_schemas};
use super::located::Located;
use crate::source::Value;

/// What a schema describes, once that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Unknown,
    Type(JsonType),
    /// An object without `properties`.
    Map,
    /// A list of values, of one type or of several.
    EnumValues(Option<JsonType>),
    /// What a `$ref` leads to.
    Reference,
    /// One of several types.
    Union,
    /// What `type` lists, if it lists several.
    Types(Types),
}

impl Subject {
    fn describe(self) -> &'static str {
        match self {
            Self::Unknown => "such a schema",
            Self::Type(json_type) => json_type.describe(),
            Self::Map => "an object without `properties`",
            Self::EnumValues(_) => "a list of values",
            Self::Reference => "what a `$ref` leads to",
            Self::Union => "one of several types",
            Self::Types(_) => "any of these types",
        }
    }

    /// Whether a keyword has an effect on what is described.
    pub(crate) fn is_affected_by(self, keyword: Keyword) -> bool {
        matches!(keyword.info().support, Support::Enforced(on) if self.is_among(on))
    }

    /// Whether a keyword that applies to some types applies to what is described.
    fn is_among(self, on: On) -> bool {
        let types = match self {
            Self::Type(json_type) | Self::EnumValues(Some(json_type)) => json_type.types(),
            Self::Map => Types::OBJECT,
            Self::Types(types) => types,
            Self::Unknown | Self::Reference | Self::Union | Self::EnumValues(None) => Types::NONE,
        };
        on == On::Any || !types.and(on.types()).is_empty()
    }
}

impl On {
    fn types(self) -> Types {
        match self {
            Self::Any => Types::ALL,
            Self::Strings => Types::STRING,
            Self::Numbers => Types::NUMBER,
            Self::Arrays => Types::ARRAY,
            Self::Objects => Types::OBJECT,
        }
    }
}

/// Reports a keyword of a schema that nothing used, and says why.
pub(crate) fn report_unused(keywords: &KeywordReader<'_>, unused: &KeywordEntry<'_>) {
    let Some(keyword) = Keyword::of_schema(unused.name) else { return report_unknown(unused) };
    if let Some(partner) = missing_partner(keywords, keyword) {
        unused.error(format!("has no effect without {partner}")).help("add that, or take this out");
        return;
    }
    let subject = keywords.subject();
    let described = subject.describe();
    match keyword.info().support {
        Support::Refused(instead) => {
            unused.error("is not supported").help(instead);
        }
        Support::Enforced(on) => {
            unused
                .error(format!("has no effect on {described}"))
                .help(format!("it applies to {}; take it out or change the `type`", on.describe()));
        }
        Support::Annotation | Support::Description => {
            let help = help_for_annotation(keyword);
            unused.error(format!("has no meaning for {described} here")).help(help);
        }
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

/// Reports keywords that nobody knows, in schemas that no type is made of: their rules alone are used.
pub(crate) fn report_unknown_keywords(value: &Located<'_>, keyword: &str) {
    let mut left = subschemas(value, keyword);
    while let Some(schema) = left.pop() {
        if let Ok(keywords) = KeywordReader::new(&schema) {
            for entry in keywords.unused() {
                if is_never_used(&entry) {
                    report_unused(&keywords, &entry);
                }
                report_unsupported(&entry);
                left.extend(subschemas(&entry.value, entry.name));
            }
        }
    }
}

/// Reports a format that clients do not bring along: names in any script take large tables.
pub(crate) fn report_unsupported(entry: &KeywordEntry<'_>) {
    let is_format = entry.name == Keyword::Format.name();
    if is_format
        && matches!(&entry.value.node.value, Value::String(name) if name.starts_with("idn-"))
    {
        entry
            .value
            .error("the format is not supported: it takes more than clients bring along")
            .help("say it in the description, or write a `pattern`");
    }
}

/// The schemas that a keyword's value is made of. What is no schema is reported by whoever compiles it.
fn subschemas<'a>(value: &Located<'a>, keyword: &str) -> Vec<Located<'a>> {
    let holds = Keyword::of_schema(keyword).map_or(Holds::Data, |keyword| keyword.info().holds);
    let schemas = match (holds, &value.node.value) {
        (Holds::Data, _) => Vec::new(),
        (Holds::Schemas | Holds::Schema, Value::Array(_)) => value.items(),
        (Holds::SchemaMap, Value::Object(_)) => {
            value.properties().into_iter().map(|(_, schema)| schema).collect()
        }
        _ => vec![value.clone()],
    };
    schemas.into_iter().filter(|schema| matches!(schema.node.value, Value::Object(_))).collect()
}

/// Whether there is what a keyword has no effect without.
pub(crate) fn has_partner(keywords: &KeywordReader<'_>, keyword: Keyword) -> bool {
    missing_partner(keywords, keyword).is_none()
}

/// What a keyword has no effect without, where that is not there.
fn missing_partner(keywords: &KeywordReader<'_>, keyword: Keyword) -> Option<&'static str> {
    let (partners, named): (&[Keyword], _) = match keyword {
        Keyword::If => (&[Keyword::Then, Keyword::Else], "`then` or `else`"),
        Keyword::Then | Keyword::Else => (&[Keyword::If], "`if`"),
        Keyword::MinContains | Keyword::MaxContains => (&[Keyword::Contains], "`contains`"),
        _ => return None,
    };
    (!partners.iter().any(|partner| keywords.has(*partner))).then_some(named)
}

/// Whether a keyword is one that nothing uses: unknown, or not supported.
pub(crate) fn is_never_used(unused: &KeywordEntry<'_>) -> bool {
    let known = Keyword::of_schema(unused.name);
    known.is_none_or(|keyword| matches!(keyword.info().support, Support::Refused(_)))
}
