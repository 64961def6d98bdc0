//! The table of keywords: what each applies to, what its value is made of, and what to do instead of
//! those that are refused.
//!
//! CONTRIBUTING.md says what else a new keyword needs.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::draft::Draft;

/// A keyword of JSON Schema, or of the format of descriptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Keyword {
    MetaSchema,
    Comment,
    Ref,
    Defs,
    Anchor,
    Definitions,
    Title,
    Description,
    DescriptionZh,
    Deprecated,
    Examples,
    Default,
    Type,
    Enum,
    Const,
    Not,
    If,
    Then,
    Else,
    Contains,
    MinContains,
    MaxContains,
    DependentSchemas,
    Dependencies,
    OneOf,
    AnyOf,
    Minimum,
    Maximum,
    ExclusiveMinimum,
    ExclusiveMaximum,
    MultipleOf,
    MinLength,
    MaxLength,
    Pattern,
    Format,
    Items,
    PrefixItems,
    AdditionalItems,
    MinItems,
    MaxItems,
    UniqueItems,
    Properties,
    Required,
    AdditionalProperties,
    PatternProperties,
    PropertyNames,
    MinProperties,
    MaxProperties,
    DependentRequired,
    PropertyOrder,
    AllOf,
    ReadOnly,
    WriteOnly,
    RustName,
    RustFieldName,
    NamedValues,
    Aliases,
    Sensitive,
    UnevaluatedItems,
    UnevaluatedProperties,
    Nullable,
    Id,
    DynamicRef,
    DynamicAnchor,
    RecursiveRef,
    RecursiveAnchor,
    Vocabulary,
    ContentEncoding,
    ContentMediaType,
    ContentSchema,
    AsPrinted,
    Class,
    Code,
    Envelope,
    Errors,
    ExternalDocs,
    Group,
    Idempotent,
    Internal,
    Key,
    Meaning,
    MeaningZh,
    Message,
    Method,
    Name,
    Offset,
    OperationId,
    Page,
    Pages,
    Paging,
    Path,
    Payload,
    Request,
    RequestErratum,
    Response,
    ResponseErratum,
    ReturnCodes,
    Security,
    Size,
    Summary,
    SummaryZh,
    Total,
    Url,
    Value,
}

impl Keyword {
    /// As schemas and descriptions write it.
    pub(crate) fn name(self) -> &'static str {
        self.info().name
    }

    pub(crate) fn info(self) -> &'static KeywordInfo {
        &KEYWORDS[self as usize]
    }

    /// Whether it restricts values.
    pub(crate) fn is_enforced(self) -> bool {
        matches!(self.info().support, Support::Enforced(_) | Support::Refused(_))
    }

    /// Whether it says something to others alone, where a document was written for the world.
    pub(super) fn is_annotation_of_documents(self) -> bool {
        matches!(
            self,
            Self::MetaSchema
                | Self::Id
                | Self::Vocabulary
                | Self::ContentEncoding
                | Self::ContentMediaType
                | Self::ContentSchema
        )
    }

    /// Whether it says something to this generator alone.
    pub(super) fn is_own_annotation(self) -> bool {
        matches!(
            self,
            Self::RustName
                | Self::RustFieldName
                | Self::NamedValues
                | Self::Aliases
                | Self::Sensitive
        )
    }

    /// Whether it is about which properties there are, and so is enforced by no Rust type.
    pub(crate) fn is_beside_types(self) -> bool {
        matches!(
            self,
            Self::MinProperties
                | Self::MaxProperties
                | Self::DependentRequired
                | Self::PropertyOrder
        )
    }

    /// Whether it is an assertion, which has its meaning for values of every type.
    pub(crate) fn is_assertion(self) -> bool {
        matches!(
            self,
            Self::Not
                | Self::If
                | Self::Then
                | Self::Else
                | Self::Contains
                | Self::MinContains
                | Self::MaxContains
                | Self::DependentSchemas
                | Self::Dependencies
                | Self::UnevaluatedItems
                | Self::UnevaluatedProperties
        )
    }

    /// Rules on properties by what their names are like, or by what else holds.
    pub(crate) const ON_OTHER_PROPERTIES: [Self; 2] =
        [Self::PatternProperties, Self::UnevaluatedProperties];

    /// Whether it tells of all properties of a value, whatever their names are.
    pub(crate) fn is_about_all_properties(self) -> bool {
        Self::ON_OTHER_PROPERTIES.contains(&self)
            || matches!(
                self,
                Self::Const
                    | Self::Enum
                    | Self::PropertyNames
                    | Self::AdditionalProperties
                    | Self::MinProperties
                    | Self::MaxProperties
                    | Self::DependentSchemas
                    | Self::Ref
            )
    }

    /// The keyword of this name that may stand in a schema.
    pub(crate) fn of_schema(name: &str) -> Option<Self> {
        static BY_NAME: LazyLock<HashMap<&str, Keyword>> =
            LazyLock::new(|| of_schemas().map(|info| (info.name, info.keyword)).collect());
        BY_NAME.get(name).copied()
    }
}

/// The drafts that have it.
impl Keyword {
    /// Whether a draft has the keyword.
    pub(crate) fn exists_in(self, draft: Draft) -> bool {
        let (first, last) = self.drafts();
        first <= draft && draft <= last
    }

    /// What a keyword's value is made of; `None` if the draft has no such keyword.
    pub(crate) fn holds_in(self, draft: Draft) -> Option<Holds> {
        self.exists_in(draft).then(|| self.info().holds)
    }

    /// The first draft that has the keyword, and the last.
    fn drafts(self) -> (Draft, Draft) {
        use Draft::{Draft4, Draft6, Draft7, Draft201909, Draft202012};
        match self {
            Self::Const | Self::Contains | Self::PropertyNames => (Draft6, Draft202012),
            Self::If | Self::Then | Self::Else => (Draft7, Draft202012),
            Self::Defs
            | Self::Anchor
            | Self::ContentSchema
            | Self::MinContains
            | Self::MaxContains
            | Self::DependentRequired
            | Self::DependentSchemas
            | Self::UnevaluatedItems
            | Self::UnevaluatedProperties => (Draft201909, Draft202012),
            Self::RecursiveRef | Self::RecursiveAnchor => (Draft201909, Draft201909),
            Self::DynamicRef | Self::DynamicAnchor | Self::PrefixItems => {
                (Draft202012, Draft202012)
            }
            Self::AdditionalItems => (Draft4, Draft201909),
            _ => (Draft4, Draft202012),
        }
    }
}

/// What is known of a keyword.
#[derive(Debug)]
pub(crate) struct KeywordInfo {
    pub(crate) keyword: Keyword,
    pub(crate) name: &'static str,
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

/// How a keyword is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Support {
    /// It is enforced, on the types that it is listed with.
    Enforced(On),
    /// It says something to people or to the generator.
    Annotation,
    /// It is refused, with what to do instead.
    Refused(&'static str),
    /// It stands in descriptions, and in no schema.
    Description,
}

/// The JSON types that a keyword has an effect on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum On {
    Any,
    Strings,
    Numbers,
    Arrays,
    Objects,
}

impl On {
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

type Name = &'static str;
type Meaning = &'static str;

const fn enforced(
    keyword: Keyword,
    name: Name,
    (on, holds): (On, Holds),
    meaning: Meaning,
) -> KeywordInfo {
    KeywordInfo { keyword, name, holds, support: Support::Enforced(on), meaning }
}

const fn annotation(keyword: Keyword, name: Name, meaning: Meaning) -> KeywordInfo {
    KeywordInfo { keyword, name, holds: Holds::Data, support: Support::Annotation, meaning }
}

/// Schemas that are there to be referred to.
const fn definitions(keyword: Keyword, name: Name, meaning: Meaning) -> KeywordInfo {
    KeywordInfo { keyword, name, holds: Holds::SchemaMap, support: Support::Annotation, meaning }
}

const fn refused(keyword: Keyword, name: Name, holds: Holds, instead: &'static str) -> KeywordInfo {
    KeywordInfo { keyword, name, holds, support: Support::Refused(instead), meaning: instead }
}

const fn own(keyword: Keyword, name: Name) -> KeywordInfo {
    KeywordInfo { keyword, name, holds: Holds::Data, support: Support::Description, meaning: "" }
}

/// Every keyword, in the order of [`Keyword`], which is that of the schema of descriptions.
const KEYWORDS: &[KeywordInfo] = {
    use Holds::{Data, Schema, SchemaMap, Schemas};
    #[allow(clippy::enum_glob_use, reason = "a row for each of them")]
    use Keyword::*;
    use On::{Any, Arrays, Numbers, Objects, Strings};
    &[
        annotation(
            MetaSchema,
            "$schema",
            "The schema that the document is valid against; for editors.",
        ),
        annotation(Comment, "$comment", "A note for whoever maintains the description."),
        enforced(
            Ref,
            "$ref",
            (Any, Data),
            "The schema at this place, such as `../common.json#/$defs/ShopId`; keywords beside it hold as well.",
        ),
        definitions(Defs, "$defs", "Schemas to be referred to, by name."),
        annotation(Anchor, "$anchor", "A name for this schema: `#name` refers to it."),
        definitions(
            Definitions,
            "definitions",
            "What `$defs` was called before JSON Schema 2019-09.",
        ),
        annotation(
            Title,
            "title",
            "A short name; a Rust variant's name where it stands beside a `const`.",
        ),
        annotation(
            Description,
            "description",
            "What it is, in Markdown, with unit and limits; the Rust documentation.",
        ),
        annotation(
            DescriptionZh,
            "descriptionZh",
            "The same in Chinese; the Rust documentation has it below.",
        ),
        annotation(Deprecated, "deprecated", "Whether it should no longer be used."),
        annotation(Examples, "examples", "Values that are valid against the schema."),
        annotation(
            Default,
            "default",
            "What leaving it out means; it must be valid against the schema. Nothing is sent in its place.",
        ),
        enforced(Type, "type", (Any, Data), "The JSON type."),
        enforced(Enum, "enum", (Any, Data), "The only values."),
        enforced(Const, "const", (Any, Data), "The only value."),
        enforced(Not, "not", (Any, Schema), "A schema that values must not be valid against."),
        enforced(If, "if", (Any, Schema), "A schema that decides between `then` and `else`."),
        enforced(
            Then,
            "then",
            (Any, Schema),
            "What values must be valid against if they are valid against `if`.",
        ),
        enforced(
            Else,
            "else",
            (Any, Schema),
            "What values must be valid against if they are not valid against `if`.",
        ),
        enforced(
            Contains,
            "contains",
            (Arrays, Schema),
            "A schema that some items are valid against.",
        ),
        enforced(
            MinContains,
            "minContains",
            (Arrays, Data),
            "How many items are valid against `contains`, at least: 1, if not stated.",
        ),
        enforced(
            MaxContains,
            "maxContains",
            (Arrays, Data),
            "How many items are valid against `contains`, at most.",
        ),
        enforced(
            DependentSchemas,
            "dependentSchemas",
            (Objects, SchemaMap),
            "With each of these properties, a schema that the object must be valid against.",
        ),
        enforced(
            Dependencies,
            "dependencies",
            (Objects, SchemaMap),
            "What `dependentRequired` and `dependentSchemas` were before JSON Schema 2019-09.",
        ),
        enforced(
            OneOf,
            "oneOf",
            (Any, Schemas),
            "A documented enum, each branch a `const` with a `title` and a `description`; or one of several types, which differ in their JSON type or in a required property that is a `const` in each.",
        ),
        enforced(
            AnyOf,
            "anyOf",
            (Any, Schemas),
            "As `oneOf`: the types must be such that no value is of two.",
        ),
        enforced(Minimum, "minimum", (Numbers, Data), "This number or a larger one."),
        enforced(Maximum, "maximum", (Numbers, Data), "This number or a smaller one."),
        enforced(
            ExclusiveMinimum,
            "exclusiveMinimum",
            (Numbers, Data),
            "A number larger than this.",
        ),
        enforced(
            ExclusiveMaximum,
            "exclusiveMaximum",
            (Numbers, Data),
            "A number smaller than this.",
        ),
        enforced(MultipleOf, "multipleOf", (Numbers, Data), "A multiple of this number."),
        enforced(
            MinLength,
            "minLength",
            (Strings, Data),
            "At least this many Unicode code points.",
        ),
        enforced(MaxLength, "maxLength", (Strings, Data), "At most this many Unicode code points."),
        enforced(
            Pattern,
            "pattern",
            (Strings, Data),
            "A regular expression of ECMA-262 that the string matches somewhere, but for what takes a backtracking engine: no look-around, no back-references.",
        ),
        enforced(Format, "format", (Any, Data), "What the value stands for."),
        enforced(Items, "items", (Arrays, Schema), "The schema of each item."),
        enforced(
            PrefixItems,
            "prefixItems",
            (Arrays, Schemas),
            "The schemas of the first items, each for its place.",
        ),
        enforced(
            AdditionalItems,
            "additionalItems",
            (Arrays, Schema),
            "The schema of the items after those that `items` lists, before JSON Schema 2020-12.",
        ),
        enforced(MinItems, "minItems", (Arrays, Data), "At least this many items."),
        enforced(MaxItems, "maxItems", (Arrays, Data), "At most this many items."),
        enforced(UniqueItems, "uniqueItems", (Arrays, Data), "Whether no item may be there twice."),
        enforced(
            Properties,
            "properties",
            (Objects, SchemaMap),
            "The object's properties, in the order in which they are sent.",
        ),
        enforced(Required, "required", (Objects, Data), "The properties that must be there."),
        enforced(
            AdditionalProperties,
            "additionalProperties",
            (Objects, Schema),
            "What other properties there may be: `false` for none.",
        ),
        enforced(
            PatternProperties,
            "patternProperties",
            (Objects, SchemaMap),
            "The schema of the values whose names match a pattern: one, with `additionalProperties: false`.",
        ),
        enforced(
            PropertyNames,
            "propertyNames",
            (Objects, Schema),
            "The schema of each name, where names are not listed.",
        ),
        enforced(MinProperties, "minProperties", (Objects, Data), "At least this many properties."),
        enforced(MaxProperties, "maxProperties", (Objects, Data), "At most this many properties."),
        enforced(
            DependentRequired,
            "dependentRequired",
            (Objects, Data),
            "With each of these properties, more properties that must be there.",
        ),
        enforced(
            PropertyOrder,
            "propertyOrder",
            (Objects, Data),
            "Which properties come before which, such as `[[\"start_time\", \"<=\", \"end_time\"]]`. Numbers have an order, and dates and times in strings. A keyword of this format.",
        ),
        enforced(
            AllOf,
            "allOf",
            (Any, Schemas),
            "Schemas that all hold: objects, whose properties are put together, or rules on one scalar.",
        ),
        annotation(ReadOnly, "readOnly", "Whether this property is there in replies only."),
        annotation(WriteOnly, "writeOnly", "Whether this property is there in requests only."),
        annotation(RustName, "rustName", "The name of the Rust type."),
        annotation(
            RustFieldName,
            "rustFieldName",
            "The name of this property's field and methods in Rust, where its own makes none, or one that is taken.",
        ),
        annotation(
            NamedValues,
            "namedValues",
            "Values that have a name: associated constants of the Rust type.",
        ),
        annotation(Aliases, "aliases", "Other spellings of this property that replies use."),
        annotation(Sensitive, "sensitive", "Whether the value is a secret, never to be shown."),
        enforced(
            UnevaluatedItems,
            "unevaluatedItems",
            (Arrays, Schema),
            "The schema of the items that no other keyword says anything of.",
        ),
        enforced(
            UnevaluatedProperties,
            "unevaluatedProperties",
            (Objects, Schema),
            "The schema of the properties that no other keyword says anything of.",
        ),
        refused(Nullable, "nullable", Data, "write `\"type\": [\"string\", \"null\"]`"),
        refused(Id, "$id", Data, "a file is named by its path"),
        enforced(
            DynamicRef,
            "$dynamicRef",
            (Any, Data),
            "The schema that bears this `$dynamicAnchor` in the outermost schema that has one.",
        ),
        annotation(
            DynamicAnchor,
            "$dynamicAnchor",
            "A name for this schema: `$dynamicRef` refers to it.",
        ),
        enforced(
            RecursiveRef,
            "$recursiveRef",
            (Any, Data),
            "What `$dynamicRef` was in JSON Schema 2019-09.",
        ),
        annotation(
            RecursiveAnchor,
            "$recursiveAnchor",
            "What `$dynamicAnchor` was in JSON Schema 2019-09.",
        ),
        refused(Vocabulary, "$vocabulary", Data, "it belongs in a meta-schema"),
        refused(ContentEncoding, "contentEncoding", Data, "say it in the description"),
        refused(ContentMediaType, "contentMediaType", Data, "say it in the description"),
        refused(ContentSchema, "contentSchema", Schema, "say it in the description"),
        own(AsPrinted, "asPrinted"),
        own(Class, "class"),
        own(Code, "code"),
        own(Envelope, "envelope"),
        own(Errors, "errors"),
        own(ExternalDocs, "externalDocs"),
        own(Group, "group"),
        own(Idempotent, "idempotent"),
        own(Internal, "internal"),
        own(Key, "key"),
        own(Meaning, "meaning"),
        own(MeaningZh, "meaningZh"),
        own(Message, "message"),
        own(Method, "method"),
        own(Name, "name"),
        own(Offset, "offset"),
        own(OperationId, "operationId"),
        own(Page, "page"),
        own(Pages, "pages"),
        own(Paging, "paging"),
        own(Path, "path"),
        own(Payload, "payload"),
        own(Request, "request"),
        own(RequestErratum, "requestErratum"),
        own(Response, "response"),
        own(ResponseErratum, "responseErratum"),
        own(ReturnCodes, "returnCodes"),
        own(Security, "security"),
        own(Size, "size"),
        own(Summary, "summary"),
        own(SummaryZh, "summaryZh"),
        own(Total, "total"),
        own(Url, "url"),
        own(Value, "value"),
    ]
};

/// Each keyword's row is at the keyword's own number.
const _: () = {
    let mut index = 0;
    while index < KEYWORDS.len() {
        assert!(KEYWORDS[index].keyword as usize == index, "rows and keywords are in one order");
        index += 1;
    }
};

/// The keywords that may stand in a schema.
pub(crate) fn of_schemas() -> impl Iterator<Item = &'static KeywordInfo> {
    KEYWORDS.iter().filter(|info| info.support != Support::Description)
}

/// The name that a misspelt one was probably meant to be.
pub(crate) fn nearest<'w>(name: &str, names: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let near = names.into_iter().filter(|candidate| is_misspelt(name, candidate));
    near.min_by_key(|candidate| strsim::osa_distance(&name.to_lowercase(), candidate))
}

/// Whether a name is another one with one letter in four wrong at most. One that merely resembles
/// another, as `idn-hostname` does `hostname`, and `PUT` `GET`, says something else.
pub(super) fn is_misspelt(found: &str, name: &str) -> bool {
    strsim::osa_distance(&found.to_lowercase(), &name.to_lowercase()) * 4 <= name.len()
}

#[cfg(test)]
mod tests {
    use super::{Draft, Keyword};

    #[test]
    fn a_keyword_exists_from_the_draft_that_brought_it_until_the_one_that_dropped_it() {
        assert!(!Keyword::If.exists_in(Draft::Draft6) && Keyword::If.exists_in(Draft::Draft7));
        assert!(!Keyword::AdditionalItems.exists_in(Draft::Draft202012));
    }
}
