//! The table of keywords: the types that each applies to, what its value holds, and what to write
//! instead of one that is refused.
//!
//! CONTRIBUTING.md says what else a new keyword needs.

use std::sync::LazyLock;

use super::distance::distance;
use super::draft::Draft;
use super::keyword_facts::{Holds, Mark, On, Plain, Support};
use crate::util::Map;

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

    /// Whether its value is a count: of characters, items or properties.
    pub(crate) fn counts(self) -> bool {
        self.info().holds == Holds::Data(Plain::Count)
    }

    /// Whether it is a lower bound of a number or of a count.
    pub(crate) const fn is_lower_bound(self) -> bool {
        use Keyword::{ExclusiveMinimum, MinItems, MinLength, MinProperties, Minimum};
        matches!(self, Minimum | ExclusiveMinimum | MinLength | MinItems | MinProperties)
    }

    /// Whether it has a mark.
    pub(crate) fn is(self, mark: Mark) -> bool {
        self.info().marks.contains(&mark)
    }

    /// Whether its subschema only asks about the value, so that the value need not be valid.
    pub(crate) const fn asks(self) -> bool {
        matches!(self, Self::Not | Self::If)
    }

    /// Whether it is an annotation in documents, although descriptions must not have it.
    pub(super) fn is_annotation_of_documents(self) -> bool {
        let is_refused = matches!(self.info().support, Support::Refused(_));
        self == Self::MetaSchema || is_refused && self != Self::Nullable
    }

    /// The keyword of this name that may stand in a schema.
    pub(crate) fn of_schema(name: &str) -> Option<Self> {
        static BY_NAME: LazyLock<Map<&str, Keyword>> =
            LazyLock::new(|| of_schemas().map(|info| (info.name, info.keyword)).collect());
        BY_NAME.get(name).copied()
    }
}

// The drafts that have a keyword.
impl Keyword {
    /// Whether a draft has the keyword.
    pub(crate) fn exists_in(self, draft: Draft) -> bool {
        self.info().marks.iter().all(|mark| match mark {
            Mark::Since(first) => *first <= draft,
            Mark::Until(last) => draft <= *last,
            _ => true,
        })
    }

    /// What a keyword's value holds; `None` if the draft has no such keyword.
    pub(crate) fn holds_in(self, draft: Draft) -> Option<Holds> {
        self.exists_in(draft).then(|| self.info().holds)
    }
}

/// A row of the table of keywords.
pub(crate) struct KeywordInfo {
    pub(crate) keyword: Keyword,
    pub(crate) name: &'static str,
    pub(crate) holds: Holds,
    pub(crate) support: Support,
    /// What it means, for the meta-schema of descriptions.
    pub(crate) meaning: &'static str,
    pub(crate) marks: &'static [Mark],
}

type Text = &'static str;

/// A keyword and its name.
type KeywordName = (Keyword, Text);

const fn row(
    (keyword, name): KeywordName,
    holds: Holds,
    support: Support,
    meaning: Text,
) -> KeywordInfo {
    KeywordInfo { keyword, name, holds, support, meaning, marks: &[] }
}

const fn enforced(named: KeywordName, on: On, holds: Holds, meaning: Text) -> KeywordInfo {
    row(named, holds, Support::Enforced(on), meaning)
}

const fn annotation(named: KeywordName, data: Plain, meaning: Text) -> KeywordInfo {
    row(named, Holds::Data(data), Support::Annotation, meaning)
}

/// The row of a keyword that holds definitions.
const fn definitions(named: KeywordName, meaning: Text) -> KeywordInfo {
    row(named, Holds::SchemaMap, Support::Annotation, meaning)
}

const fn refused(named: KeywordName, holds: Holds, instead: Text) -> KeywordInfo {
    row(named, holds, Support::Refused(instead), instead)
}

const fn description(named: KeywordName) -> KeywordInfo {
    row(named, Holds::Data(Plain::Other), Support::Description, "")
}

/// Makes [`Keyword`] and the table from the rows below.
macro_rules! keywords {
    ($($keyword:ident = $treated:ident($name:literal $(, $fact:expr)*) $([$($mark:expr),*])?;)*) => {
        /// A keyword of JSON Schema, or of the format of descriptions.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum Keyword { $($keyword),* }

        /// Every keyword's row, at the index that is its discriminant.
        const KEYWORDS: &[KeywordInfo] = {
            #[allow(clippy::enum_glob_use, reason = "a row for each of them")]
            use {Draft::*, Holds::*, Mark::*, On::*, Plain::*};
            &[$(KeywordInfo {
                marks: &[$($($mark),*)?],
                ..$treated((Keyword::$keyword, $name) $(, $fact)*)
            }),*]
        };
    };
}

// The keywords of schemas are in the order of the meta-schema. A row has the keyword's name, the
// types that it applies to, what it holds, its meaning, and its marks.
keywords! {
    MetaSchema = annotation("$schema", Text,
        "The schema that the document is valid against; for editors.") [OfFile];
    Comment = annotation("$comment", Text, "A note for whoever maintains the description.")
        [OfFile];
    Ref = enforced("$ref", Any, Data(Text),
        "The schema at this place, such as `../common.json#/$defs/ShopId`; keywords beside it hold as well.")
        [OfWholeSchema];
    Defs = definitions("$defs", "Schemas to be referred to, by name.") [Since(Draft201909), OfFile];
    Anchor = annotation("$anchor", Text, "A name for this schema: `#name` refers to it.")
        [Since(Draft201909), OfFile];
    Definitions = definitions("definitions", "What `$defs` was called before JSON Schema 2019-09.")
        [OfFile];
    Title = annotation("title", Text,
        "A short name; a Rust variant's name where it stands beside a `const`.") [ForPeople];
    Description = annotation("description", Text,
        "What it is, in Markdown, with unit and limits; the Rust documentation.") [ForPeople];
    DescriptionZh = annotation("descriptionZh", Text,
        "The same in Chinese; the Rust documentation has it below.") [ForPeople];
    Deprecated = annotation("deprecated", Flag, "Whether it should no longer be used.");
    Examples = annotation("examples", Array, "Values that are valid against the schema.");
    Default = annotation("default", Other,
        "What leaving it out means; it must be valid against the schema. Nothing is sent in its place.");
    Type = enforced("type", Any, Data(Other), "The JSON type.");
    Enum = enforced("enum", Any, Data(Array), "The only values.");
    Const = enforced("const", Any, Data(Other), "The only value.") [Since(Draft6)];
    Not = enforced("not", Any, Schema, "A schema that values must not be valid against.")
        [Assertion, OnSameValue];
    If = enforced("if", Any, Schema, "A schema that decides between `then` and `else`.")
        [Since(Draft7), Assertion, OnSameValue];
    Then = enforced("then", Any, Schema,
        "What values must be valid against if they are valid against `if`.")
        [Since(Draft7), Assertion, OnSameValue];
    Else = enforced("else", Any, Schema,
        "What values must be valid against if they are not valid against `if`.")
        [Since(Draft7), Assertion, OnSameValue];
    Contains = enforced("contains", Arrays, Schema, "A schema that some items are valid against.")
        [Since(Draft6), Assertion];
    MinContains = enforced("minContains", Arrays, Data(Count),
        "How many items are valid against `contains`, at least: 1, if not stated.")
        [Since(Draft201909), Assertion];
    MaxContains = enforced("maxContains", Arrays, Data(Count),
        "How many items are valid against `contains`, at most.") [Since(Draft201909), Assertion];
    DependentSchemas = enforced("dependentSchemas", Objects, SchemaMap,
        "With each of these properties, a schema that the object must be valid against.")
        [Since(Draft201909), Assertion, OnSameValue];
    Dependencies = enforced("dependencies", Objects, SchemaMap,
        "What `dependentRequired` and `dependentSchemas` were before JSON Schema 2019-09.")
        [Assertion, OnSameValue];
    OneOf = enforced("oneOf", Any, Schemas,
        "A documented enum, each branch a `const` with a `title` and a `description`; or one of several types, which differ in their JSON type or in a required property that is a `const` in each.")
        [OnSameValue, OfTypes];
    AnyOf = enforced("anyOf", Any, Schemas,
        "One of several types, as with `oneOf`; a value may be valid against more than one.") [OnSameValue, OfTypes];
    Minimum = enforced("minimum", Numbers, Data(Number), "This number or a larger one.");
    ExclusiveMinimum = enforced("exclusiveMinimum", Numbers, Data(Number),
        "A number larger than this.");
    Maximum = enforced("maximum", Numbers, Data(Number), "This number or a smaller one.");
    ExclusiveMaximum = enforced("exclusiveMaximum", Numbers, Data(Number),
        "A number smaller than this.");
    MultipleOf = enforced("multipleOf", Numbers, Data(Other), "A multiple of this number.");
    MinLength = enforced("minLength", Strings, Data(Count),
        "At least this many Unicode code points.");
    MaxLength = enforced("maxLength", Strings, Data(Count),
        "At most this many Unicode code points.");
    Format = enforced("format", Any, Data(Text), "What the value stands for.");
    Pattern = enforced("pattern", Strings, Data(Text),
        "A regular expression of ECMA-262. The string must contain a match. Back-references are refused, and so are looks that need a backtracking engine.");
    Items = enforced("items", Arrays, Schema, "The schema of each item.") [OfTypes];
    PrefixItems = enforced("prefixItems", Arrays, Schemas,
        "The schemas of the first items, each for its place.") [Since(Draft202012), OfTypes];
    AdditionalItems = enforced("additionalItems", Arrays, Schema,
        "The schema of the items after those that `items` lists, before JSON Schema 2020-12.")
        [Until(Draft201909)];
    MinItems = enforced("minItems", Arrays, Data(Count), "At least this many items.");
    MaxItems = enforced("maxItems", Arrays, Data(Count), "At most this many items.");
    UniqueItems = enforced("uniqueItems", Arrays, Data(Flag),
        "Whether no item may be there twice.");
    Properties = enforced("properties", Objects, SchemaMap,
        "The object's properties, in the order in which they are sent.") [OfTypes];
    Required = enforced("required", Objects, Data(Texts), "The properties that must be there.");
    AdditionalProperties = enforced("additionalProperties", Objects, Schema,
        "The schema of properties that are not listed: `false`, if there must be none.") [OfTypes];
    PatternProperties = enforced("patternProperties", Objects, SchemaMap,
        "For each pattern, the schema of the properties whose names match it.");
    PropertyNames = enforced("propertyNames", Objects, Schema,
        "A schema that every property's name must be valid against.") [Since(Draft6)];
    MinProperties = enforced("minProperties", Objects, Data(Count),
        "At least this many properties.");
    MaxProperties = enforced("maxProperties", Objects, Data(Count),
        "At most this many properties.");
    DependentRequired = enforced("dependentRequired", Objects, Data(Other),
        "With each of these properties, more properties that must be there.")
        [Since(Draft201909)];
    PropertyOrder = enforced("propertyOrder", Objects, Data(Other),
        "Which properties come before which, such as `[[\"start_time\", \"<=\", \"end_time\"]]`. Numbers have an order, and dates and times in strings. A keyword of this format.");
    AllOf = enforced("allOf", Any, Schemas,
        "Schemas that values must all be valid against: objects, whose properties are merged, or rules on one scalar.")
        [OnSameValue, OfWholeSchema, OfTypes];
    ReadOnly = annotation("readOnly", Flag, "Whether this property is there in replies only.");
    WriteOnly = annotation("writeOnly", Flag, "Whether this property is there in requests only.");
    RustName = annotation("rustName", Text, "The name of the Rust type.") [ForGenerator, OfFile];
    RustFieldName = annotation("rustFieldName", Text,
        "The name of this property's field and methods in Rust, where its own makes none, or one that is taken.")
        [ForGenerator];
    NamedValues = annotation("namedValues", Other,
        "Values that have a name: associated constants of the Rust type.") [ForGenerator];
    Aliases = annotation("aliases", Texts, "Other spellings of this property that replies use.")
        [ForGenerator];
    Sensitive = annotation("sensitive", Flag, "Whether the value is a secret, never to be shown.")
        [ForGenerator];
    UnevaluatedItems = enforced("unevaluatedItems", Arrays, Schema,
        "The schema of the items that no other keyword evaluates.")
        [Since(Draft201909), Assertion, OfWholeSchema];
    UnevaluatedProperties = enforced("unevaluatedProperties", Objects, Schema,
        "The schema of the properties that no other keyword evaluates.")
        [Since(Draft201909), Assertion, OfWholeSchema];
    Nullable = refused("nullable", Data(Other),
        "put the schema into an `anyOf`, beside `{ \"type\": \"null\" }`");
    Example = refused("example", Data(Other), "list it in `examples`");
    Id = refused("$id", Data(Text), "a file is named by its path") [OfFile];
    DynamicRef = enforced("$dynamicRef", Any, Data(Other),
        "The schema that bears this `$dynamicAnchor` in the outermost schema that has one.")
        [Since(Draft202012)];
    DynamicAnchor = annotation("$dynamicAnchor", Other,
        "A name for this schema: `$dynamicRef` refers to it.") [Since(Draft202012), OfFile];
    RecursiveRef = enforced("$recursiveRef", Any, Data(Other),
        "What `$dynamicRef` was in JSON Schema 2019-09.") [Since(Draft201909), Until(Draft201909)];
    RecursiveAnchor = annotation("$recursiveAnchor", Other,
        "What `$dynamicAnchor` was in JSON Schema 2019-09.")
        [Since(Draft201909), Until(Draft201909), OfFile];
    Vocabulary = refused("$vocabulary", Data(Other), "it belongs in a meta-schema");
    ContentEncoding = refused("contentEncoding", Data(Other), "say it in the description");
    ContentMediaType = refused("contentMediaType", Data(Other), "say it in the description");
    ContentSchema = refused("contentSchema", Schema, "say it in the description")
        [Since(Draft201909)];
    AsPrinted = description("asPrinted");
    Class = description("class");
    Code = description("code");
    Envelope = description("envelope");
    Errors = description("errors");
    ExternalDocs = description("externalDocs");
    Group = description("group");
    Idempotent = description("idempotent");
    Internal = description("internal");
    Key = description("key");
    Meaning = description("meaning") [ForPeople];
    MeaningZh = description("meaningZh") [ForPeople];
    Message = description("message");
    Method = description("method");
    Name = description("name");
    Offset = description("offset");
    OperationId = description("operationId");
    Page = description("page");
    Pages = description("pages");
    Paging = description("paging");
    Path = description("path");
    Payload = description("payload");
    Request = description("request");
    RequestErratum = description("requestErratum");
    Response = description("response");
    ResponseErratum = description("responseErratum");
    ReturnCodes = description("returnCodes");
    Security = description("security");
    Size = description("size");
    Summary = description("summary") [ForPeople];
    SummaryZh = description("summaryZh") [ForPeople];
    Total = description("total");
    Url = description("url");
    Value = description("value");
}

/// The keywords that may stand in a schema.
pub(crate) fn of_schemas() -> impl Iterator<Item = &'static KeywordInfo> {
    KEYWORDS.iter().filter(|info| info.support != Support::Description)
}

/// The name that was probably meant by a misspelt one.
pub(crate) fn nearest<'w>(name: &str, names: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let near = names.into_iter().filter(|candidate| is_misspelt(name, candidate));
    near.min_by_key(|candidate| distance(&name.to_lowercase(), candidate))
}

/// Whether a name is another one with at most one letter in four wrong. Names that differ more are
/// different names, as `idn-hostname` and `hostname`, or `PUT` and `GET`; so is a name that
/// contains another, as `tsAdditionalProperties`.
pub(super) fn is_misspelt(found: &str, name: &str) -> bool {
    let (found, name) = (found.to_lowercase(), name.to_lowercase());
    let adds = found.len() > name.len() + 1 && found.contains(&name);
    !adds && distance(&found, &name) * 4 <= name.len()
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
