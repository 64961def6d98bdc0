//! The table of keywords: what each applies to, what it holds, and what to do instead of those
//! that are refused.

use super::keyword_reader::{KeywordEntry, KeywordReader, name_of};
use crate::diagnostics::Diagnostics;

/// A word that may stand in a schema.
#[derive(Debug)]
pub(crate) struct Keyword {
    pub(crate) word: &'static str,
    pub(crate) holds: Holds,
    pub(crate) support: Support,
    /// What it says, for the schema of descriptions.
    pub(crate) meaning: &'static str,
}

/// What a keyword's value is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// No schemas.
    Data,
    /// A schema.
    Schema,
    /// An array of schemas.
    Schemas,
    /// An object whose values are schemas.
    SchemaMap,
}

/// What becomes of a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Support {
    /// It is enforced, on the types that it is listed with.
    Enforced(On),
    /// It says something to people or to the generator.
    Annotation,
    /// It is refused, with what to do instead.
    Refused(&'static str),
}

/// The types that a keyword has an effect on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum On {
    Any,
    Strings,
    Numbers,
    Arrays,
    Objects,
}

impl On {
    /// Whether the keyword applies to what a schema describes, in words such as `an array`.
    fn is_about(self, kind: &str) -> bool {
        match self {
            Self::Any => false,
            Self::Strings => kind.contains("string"),
            Self::Numbers => kind.contains("number"),
            Self::Arrays => kind.contains("array"),
            Self::Objects => kind.contains("object"),
        }
    }

    pub(crate) fn describe(self) -> &'static str {
        match self {
            Self::Any => "any type",
            Self::Strings => "strings",
            Self::Numbers => "numbers",
            Self::Arrays => "arrays",
            Self::Objects => "objects",
        }
    }
}

const fn enforced(word: &'static str, on: On, holds: Holds, meaning: &'static str) -> Keyword {
    Keyword { word, holds, support: Support::Enforced(on), meaning }
}

const fn says(word: &'static str, meaning: &'static str) -> Keyword {
    Keyword { word, holds: Holds::Data, support: Support::Annotation, meaning }
}

const fn refused(word: &'static str, holds: Holds, instead: &'static str) -> Keyword {
    Keyword { word, holds, support: Support::Refused(instead), meaning: instead }
}

/// Every word that is known, in the order in which the schema of descriptions lists them.
pub(crate) const KEYWORDS: &[Keyword] = {
    use Holds::{Data, Schema, SchemaMap, Schemas};
    use On::{Any, Arrays, Numbers, Objects, Strings};
    &[
        says("$schema", "Which schema the document keeps; for editors."),
        says("$comment", "A note for whoever maintains the description."),
        enforced(
            "$ref",
            Any,
            Data,
            "The schema at this place, such as `../common.json#/$defs/ShopId`; what stands beside it holds as well.",
        ),
        Keyword {
            word: "$defs",
            holds: SchemaMap,
            support: Support::Annotation,
            meaning: "Schemas to be referred to, by name.",
        },
        says("$anchor", "A name for this schema: `#name` refers to it."),
        Keyword {
            word: "definitions",
            holds: SchemaMap,
            support: Support::Annotation,
            meaning: "What `$defs` was called before JSON Schema 2019-09.",
        },
        says("title", "A short name; a Rust variant's name where it stands beside a `const`."),
        says(
            "description",
            "What it is, in Markdown, with unit and limits; the Rust documentation.",
        ),
        says("deprecated", "Whether it should no longer be used."),
        says("examples", "Values that keep the schema."),
        says(
            "default",
            "What leaving it out means; it must keep the schema. Nothing is sent in its place.",
        ),
        enforced("type", Any, Data, "The JSON type."),
        enforced("enum", Any, Data, "The only values."),
        enforced("const", Any, Data, "The only value."),
        enforced("not", Any, Schema, "A schema that values must not keep."),
        enforced("if", Any, Schema, "A schema that decides between `then` and `else`."),
        enforced("then", Any, Schema, "What values keep if they keep `if`."),
        enforced("else", Any, Schema, "What values keep if they do not keep `if`."),
        enforced("contains", Arrays, Schema, "A schema that some items keep."),
        enforced(
            "minContains",
            Arrays,
            Data,
            "How many items keep `contains`, at least: 1, if not stated.",
        ),
        enforced("maxContains", Arrays, Data, "How many items keep `contains`, at most."),
        enforced(
            "dependentSchemas",
            Objects,
            SchemaMap,
            "With each of these properties, a schema that the object keeps.",
        ),
        enforced(
            "dependencies",
            Objects,
            SchemaMap,
            "What `dependentRequired` and `dependentSchemas` were before JSON Schema 2019-09.",
        ),
        enforced(
            "oneOf",
            Any,
            Schemas,
            "A documented enum, each member a `const` with a `title` and a `description`; or one of several types, told apart by their JSON type or by a required property that is a `const` in each.",
        ),
        enforced(
            "anyOf",
            Any,
            Schemas,
            "As `oneOf`: the types must be such that no value is of two.",
        ),
        enforced("minimum", Numbers, Data, "This number or a larger one."),
        enforced("maximum", Numbers, Data, "This number or a smaller one."),
        enforced("exclusiveMinimum", Numbers, Data, "A number larger than this."),
        enforced("exclusiveMaximum", Numbers, Data, "A number smaller than this."),
        enforced("multipleOf", Numbers, Data, "A multiple of this number."),
        enforced("minLength", Strings, Data, "At least this many Unicode code points."),
        enforced("maxLength", Strings, Data, "At most this many Unicode code points."),
        enforced(
            "pattern",
            Strings,
            Data,
            "A regular expression of ECMA-262 that the string matches somewhere, but for what takes a backtracking engine: no look-around, no back-references.",
        ),
        enforced("format", Any, Data, "What the value stands for."),
        enforced("items", Arrays, Schema, "The schema of each item."),
        enforced(
            "prefixItems",
            Arrays,
            Schemas,
            "The schemas of the first items, each for its place.",
        ),
        enforced(
            "additionalItems",
            Arrays,
            Schema,
            "The schema of the items after those that `items` lists, before JSON Schema 2020-12.",
        ),
        enforced("minItems", Arrays, Data, "At least this many items."),
        enforced("maxItems", Arrays, Data, "At most this many items."),
        enforced("uniqueItems", Arrays, Data, "Whether no item may be there twice."),
        enforced(
            "properties",
            Objects,
            SchemaMap,
            "The object's properties, in the order in which they are sent.",
        ),
        enforced("required", Objects, Data, "The properties that must be there."),
        enforced(
            "additionalProperties",
            Objects,
            Schema,
            "What other properties there may be: `false` for none.",
        ),
        enforced(
            "patternProperties",
            Objects,
            SchemaMap,
            "The schema of the values whose names match a pattern: one, with `additionalProperties: false`.",
        ),
        enforced(
            "propertyNames",
            Objects,
            Schema,
            "The schema of each name, where names are not listed.",
        ),
        enforced("minProperties", Objects, Data, "At least this many properties."),
        enforced("maxProperties", Objects, Data, "At most this many properties."),
        enforced(
            "dependentRequired",
            Objects,
            Data,
            "With each of these properties, others that must be there too.",
        ),
        enforced(
            "allOf",
            Any,
            Schemas,
            "Schemas that all hold: objects, whose properties are put together, or rules on one scalar.",
        ),
        says("readOnly", "Whether this property is there in replies only."),
        says("writeOnly", "Whether this property is there in requests only."),
        says("rustName", "The name of the Rust type."),
        says(
            "rustFieldName",
            "The name of this property's field and methods in Rust, where its own makes none, or one that is taken.",
        ),
        says("namedValues", "Values that have a name: associated constants of the Rust type."),
        says("aliases", "Other spellings of this property that replies use."),
        says("sensitive", "Whether the value is a secret, never to be shown."),
        refused("unevaluatedItems", Schema, "use `items`"),
        refused("unevaluatedProperties", Schema, "use `additionalProperties`"),
        refused("nullable", Data, "write `\"type\": [\"string\", \"null\"]`"),
        refused("$id", Data, "a file is named by its path"),
        refused("$dynamicRef", Data, "use `$ref`"),
        refused("$dynamicAnchor", Data, "use `$ref`"),
        refused("$recursiveRef", Data, "use `$ref`"),
        refused("$recursiveAnchor", Data, "use `$ref`"),
        refused("$vocabulary", Data, "it belongs in a meta-schema"),
        refused("contentEncoding", Data, "say it in the description"),
        refused("contentMediaType", Data, "say it in the description"),
        refused("contentSchema", Schema, "say it in the description"),
    ]
};

/// Reports a keyword that nobody took from a schema, and says why; `kind` is what the schema
/// describes, such as `a string`.
pub(crate) fn report_unused(
    keywords: &KeywordReader<'_>,
    unused: &KeywordEntry<'_>,
    diagnostics: &mut Diagnostics,
) {
    let (word, kind) = (name_of(unused), keywords.subject());
    if let Some(partner) = missing_partner(keywords, word) {
        diagnostics
            .error(&unused.key, format!("has no effect without {partner}"))
            .help("add that, or take this out");
        return;
    }
    let Some(keyword) = KEYWORDS.iter().find(|keyword| keyword.word == word) else {
        let error = diagnostics.error(&unused.key, "is not a keyword");
        match nearest(word, KEYWORDS.iter().map(|keyword| keyword.word)) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help("say it in `description`, or to maintainers in `$comment`"),
        };
        return;
    };
    match keyword.support {
        Support::Refused(instead) => {
            diagnostics.error(&unused.key, "is not supported").help(instead);
        }
        Support::Enforced(on) if on == On::Any || on.is_about(kind) => {
            diagnostics
                .error(&unused.key, format!("does not go with what else is said of {kind}"))
                .help("take it out, or what it does not go with");
        }
        Support::Enforced(on) => {
            diagnostics
                .error(&unused.key, format!("has no effect on {kind}"))
                .help(format!("it applies to {}; take it out or change the `type`", on.describe()));
        }
        Support::Annotation => {
            let help = match word {
                "rustName" | "namedValues" => {
                    "move this schema to `$defs`, where it is a type of its own, or take it out"
                }
                "aliases" | "rustFieldName" => "it belongs to a property: take it out",
                _ => "take it out",
            };
            diagnostics.error(&unused.key, format!("has no meaning for {kind} here")).help(help);
        }
    }
}

/// What a word has no effect without, where that is not there.
fn missing_partner(keywords: &KeywordReader<'_>, word: &str) -> Option<&'static str> {
    let (partners, named): (&[&str], _) = match word {
        "if" => (&["then", "else"], "`then` or `else`"),
        "then" | "else" => (&["if"], "`if`"),
        "minContains" | "maxContains" => (&["contains"], "`contains`"),
        _ => return None,
    };
    (!partners.iter().any(|partner| keywords.has(partner))).then_some(named)
}

/// Whether a word is one that nothing takes: unknown, or not supported.
pub(crate) fn is_never_used(unused: &KeywordEntry<'_>) -> bool {
    let known = KEYWORDS.iter().find(|keyword| keyword.word == name_of(unused));
    known.is_none_or(|keyword| matches!(keyword.support, Support::Refused(_)))
}

/// Whether a word restricts values, or is unknown and might.
pub(crate) fn is_enforced(word: &str) -> bool {
    let known = KEYWORDS.iter().find(|keyword| keyword.word == word);
    known.is_none_or(|keyword| keyword.support != Support::Annotation)
}

/// The word that a misspelt one was probably meant to be.
pub(crate) fn nearest<'w>(word: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    const NEAR_ENOUGH: f64 = 0.8;
    words
        .into_iter()
        .map(|candidate| {
            (strsim::jaro_winkler(&word.to_lowercase(), &candidate.to_lowercase()), candidate)
        })
        .filter(|(likeness, _)| *likeness >= NEAR_ENOUGH)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}
