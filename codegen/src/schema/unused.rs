//! Keywords of a schema that nothing used: each is reported, with the reason.
//!
//! ```text
//! { "type": "string", "maximum": 3 }
//!
//! name.json:1:21 /maximum: has no effect on a string; it applies to numbers; …
//! ```

use super::json_type::JsonType;
use super::keyword_reader::{KeywordEntry, KeywordReader};
use super::keywords::{Keyword, On, Support, nearest, of_schemas};

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
    Types,
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
            Self::Types => "any of these types",
        }
    }

    /// Whether a keyword that applies to some types applies to what is described.
    fn is_among(self, on: On) -> bool {
        let json_type = match self {
            Self::Type(json_type) => Some(json_type),
            Self::Map => Some(JsonType::Object),
            Self::EnumValues(json_type) => json_type,
            Self::Unknown | Self::Reference | Self::Union | Self::Types => None,
        };
        on == On::Any || json_type.is_some_and(|json_type| json_type.applies(on))
    }
}

impl JsonType {
    fn applies(self, on: On) -> bool {
        matches!(
            (self, on),
            (Self::String, On::Strings)
                | (Self::Integer | Self::Number, On::Numbers)
                | (Self::Array, On::Arrays)
                | (Self::Object, On::Objects)
        )
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
        Support::Enforced(on) if subject.is_among(on) => {
            unused
                .error(format!("cannot be combined with the other keywords of {described}"))
                .help("take it out, or the keyword that it contradicts");
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
