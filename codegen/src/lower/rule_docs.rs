//! Sentences for the documentation of rules that no type enforces.
//!
//! ```text
//! { "not": { "const": 0 } }                                             Nothing that is `0`.
//! { "if": { "required": ["unit"] }, "then": { "required": ["count"] } }  If it has `unit`, it has `count`.
//! ```

use wechat_bizwifi_rules::{JsonType, Types};

use crate::schema::{Keyword, KeywordReader, Located};
use crate::source::{Node, Value};
use crate::util::{CollectVec as _, code};

/// The sentences for some keywords of a schema. Keywords that its draft ignores have none.
pub(super) fn sentences(schema: &KeywordReader<'_>, keywords: &[Keyword]) -> Vec<String> {
    keywords.iter().flat_map(|keyword| sentences_of(schema, *keyword)).collect_vec()
}

fn sentences_of(schema: &KeywordReader<'_>, keyword: Keyword) -> Vec<String> {
    let Some(value) = schema.peek_entry(keyword).map(|entry| entry.value) else {
        return Vec::new();
    };
    match keyword {
        // They are part of the sentences for `if` and `contains`.
        Keyword::Then | Keyword::Else | Keyword::MinContains | Keyword::MaxContains => Vec::new(),
        Keyword::PatternProperties => {
            let each = |(pattern, schema): (&str, Located<'_>)| {
                let holds = predicate(&schema, keyword);
                format!("Each property whose name matches {} {holds}.", code(pattern))
            };
            value.properties().into_iter().map(each).collect_vec()
        }
        Keyword::DependentRequired | Keyword::DependentSchemas | Keyword::Dependencies => {
            let with = |(name, value): (&str, Located<'_>)| match &value.node.value {
                Value::Array(_) => format!("With {}, it has {}.", code(name), names(value.node)),
                _ => format!("With {}, it {}.", code(name), predicate(&value, keyword)),
            };
            value.properties().into_iter().map(with).collect_vec()
        }
        Keyword::PropertyOrder => value.node.items().iter().filter_map(order).collect_vec(),
        _ => sentence(schema, keyword, &value).into_iter().collect_vec(),
    }
}

/// The sentence for a keyword that takes one at most.
fn sentence(schema: &KeywordReader<'_>, keyword: Keyword, value: &Located<'_>) -> Option<String> {
    let node = value.node;
    let has_prefix = || schema.has(Keyword::PrefixItems);
    Some(match keyword {
        Keyword::Const => format!("Always {}.", code(&node.canonical())),
        Keyword::Enum => format!("One of {}.", joined_values(node.items(), ", ")),
        Keyword::UniqueItems => "No item twice.".to_owned(),
        Keyword::Not => format!("Nothing that {}.", predicate(value, keyword)),
        Keyword::If => condition(schema, value),
        Keyword::AnyOf => alternatives("At least one", value, keyword),
        Keyword::OneOf => alternatives("Exactly one", value, keyword),
        Keyword::AllOf => alternatives("All", value, keyword),
        Keyword::Contains => contains(schema, value),
        Keyword::PrefixItems => first_items(&value.items(), keyword),
        Keyword::Items if node.is_array() => first_items(&value.items(), keyword),
        Keyword::Items if !has_prefix() => every("item", value, keyword),
        Keyword::Items | Keyword::AdditionalItems => every("further item", value, keyword),
        Keyword::AdditionalProperties => every("other property", value, keyword),
        Keyword::UnevaluatedItems => every("item that no other rule describes", value, keyword),
        Keyword::UnevaluatedProperties => {
            every("property that no other rule describes", value, keyword)
        }
        Keyword::PropertyNames => format!("Each name {}.", predicate(value, keyword)),
        Keyword::Ref | Keyword::RecursiveRef | Keyword::DynamicRef => {
            format!("Valid against {}.", code(node.as_text()?))
        }
        _ => match part(keyword, value, schema) {
            Some(predicate) if predicate.is_empty() => return None,
            Some(predicate) => format!("It {predicate}."),
            None => format!("Valid by its schema's {}.", code(keyword.name())),
        },
    })
}

fn condition(schema: &KeywordReader<'_>, condition: &Located<'_>) -> String {
    let branch = |keyword: Keyword| Some(predicate(&schema.peek_entry(keyword)?.value, keyword));
    let holds = predicate(condition, Keyword::If);
    match (branch(Keyword::Then), branch(Keyword::Else)) {
        (Some(then), Some(otherwise)) => {
            format!("If it {holds}, it {then}; otherwise it {otherwise}.")
        }
        (Some(then), None) => format!("If it {holds}, it {then}."),
        (None, otherwise) => {
            format!("It {holds}, or it {}.", otherwise.unwrap_or_else(|| ANYTHING.to_owned()))
        }
    }
}

fn alternatives(how_many: &str, value: &Located<'_>, keyword: Keyword) -> String {
    let each: Vec<String> = value
        .items()
        .iter()
        .map(|branch| format!("it {}", predicate(branch, keyword)))
        .collect_vec();
    format!("{how_many} of these: {}.", each.join("; "))
}

fn contains(schema: &KeywordReader<'_>, value: &Located<'_>) -> String {
    let count = |keyword: Keyword| Some(schema.peek(keyword)?.to_json());
    let least = count(Keyword::MinContains).unwrap_or_else(|| "1".to_owned());
    let most = count(Keyword::MaxContains).map(|most| format!(", and {most} at most"));
    let (most, holds) = (most.unwrap_or_default(), predicate(value, Keyword::Contains));
    format!("Among the items, {least} at least{most}, each of which {holds}.")
}

fn first_items(first: &[Located<'_>], keyword: Keyword) -> String {
    let each: Vec<String> =
        first.iter().map(|item| format!("one that {}", predicate(item, keyword))).collect_vec();
    format!("Its first items, in order: {}.", each.join("; "))
}

fn every(what: &str, value: &Located<'_>, keyword: Keyword) -> String {
    match value.node.value {
        Value::Bool(false) => format!("No {what}."),
        _ => format!("Each {what} {}.", predicate(value, keyword)),
    }
}

/// `["start", "<=", "end"]`
fn order(node: &Node) -> Option<String> {
    let [first, relation, second] = node.items() else { return None };
    let (first, second) = (code(first.as_text()?), code(second.as_text()?));
    Some(format!("{first} {} {second}, where it has both.", relation.as_text()?))
}

const ANYTHING: &str = "is anything";

/// The most characters of a predicate. Instead of a longer one, the schema is referred to.
const LONGEST: usize = 120;

/// The schema of a keyword as a predicate of "it": "is a string and matches `^a`".
fn predicate(schema: &Located<'_>, keyword: Keyword) -> String {
    let words = match &schema.node.value {
        Value::Bool(true) => Some(ANYTHING.to_owned()),
        Value::Bool(false) => Some("is nothing that there is".to_owned()),
        Value::Object(_) => KeywordReader::new(schema).ok().and_then(|schema| parts(&schema)),
        _ => None,
    };
    let json = || Some(format!("is valid against {}", code(&schema.node.to_json())));
    let is_short = |words: &String| words.chars().count() <= LONGEST;
    let words = words.filter(is_short).or_else(|| json().filter(is_short));
    words.unwrap_or_else(|| format!("is valid against the schema under {}", code(keyword.name())))
}

fn parts(schema: &KeywordReader<'_>) -> Option<String> {
    let part =
        |keyword: Option<Keyword>| part(keyword?, &schema.peek_entry(keyword?)?.value, schema);
    let parts = schema.present().map(part).collect_some()?;
    let parts = parts.into_iter().filter(|part| !part.is_empty()).collect_vec();
    Some(if parts.is_empty() { ANYTHING.to_owned() } else { parts.join(" and ") })
}

/// The predicate of one keyword: `None`, if it takes more than a few words; empty, if the keyword
/// restricts nothing, or another predicate includes it.
fn part(keyword: Keyword, value: &Located<'_>, schema: &KeywordReader<'_>) -> Option<String> {
    let node = value.node;
    let json = node.to_json();
    let count = |least: &str, one: &str, many: &str| {
        Some(format!("has {least} {json} {}", if json == "1" { one } else { many }))
    };
    let bound = |relation: &str| {
        let is_number = matches!(node.value, Value::Number(_));
        is_number.then(|| format!("is {relation} {json}"))
    };
    match keyword {
        keyword if !keyword.is_enforced() => Some(String::new()),
        Keyword::Type => {
            let types = node.named_types()?.into_iter().map(JsonType::types);
            Some(format!("is {}", types.fold(Types::NONE, Types::or)))
        }
        Keyword::Const => Some(format!("is {}", code(&node.canonical()))),
        Keyword::Enum => Some(format!("is {}", joined_values(node.items(), " or "))),
        Keyword::Minimum => bound("at least"),
        Keyword::ExclusiveMinimum => bound("above"),
        Keyword::Maximum => bound("at most"),
        Keyword::ExclusiveMaximum => bound("below"),
        Keyword::MultipleOf => bound("a multiple of"),
        Keyword::MinLength => count("at least", "character", "characters"),
        Keyword::MaxLength => count("at most", "character", "characters"),
        Keyword::MinItems => count("at least", "item", "items"),
        Keyword::MaxItems => count("at most", "item", "items"),
        Keyword::MinProperties => count("at least", "property", "properties"),
        Keyword::MaxProperties => count("at most", "property", "properties"),
        Keyword::Pattern => Some(format!("matches {}", code(node.as_text()?))),
        Keyword::Format => Some(format!("is of the format {}", code(node.as_text()?))),
        Keyword::Required => Some(required(node, schema)),
        Keyword::Properties => properties(value, schema),
        Keyword::Not => Some(format!("is nothing that {}", predicate(value, keyword))),
        Keyword::Ref => Some(format!("is valid against {}", code(node.as_text()?))),
        _ => None,
    }
}

/// The required properties that `properties` does not list; empty, if it lists all.
fn required(names: &Node, schema: &KeywordReader<'_>) -> String {
    let described = schema.peek(Keyword::Properties);
    let is_described = |name: &&str| described.is_some_and(|node| node.step(name).is_some());
    let names = names.items().iter().filter_map(Node::as_text);
    let left = names.filter(|name| !is_described(name)).map(code).collect_vec();
    if left.is_empty() { String::new() } else { format!("has {}", left.join(" and ")) }
}

fn properties(properties: &Located<'_>, schema: &KeywordReader<'_>) -> Option<String> {
    let required = schema.peek(Keyword::Required).map_or(&[][..], Node::items);
    let property = |(name, property): (&str, Located<'_>)| {
        let is_required = required.iter().any(|it| it.as_text() == Some(name));
        let if_any = if is_required { "" } else { ", if any," };
        format!("its {}{if_any} {}", code(name), predicate(&property, Keyword::Properties))
    };
    let all = properties.properties().into_iter().map(property).collect_vec();
    (!all.is_empty()).then(|| format!("is such that {}", all.join(" and ")))
}

fn names(node: &Node) -> String {
    let names = node.items().iter().filter_map(|it| it.as_text().map(code)).collect_vec();
    names.join(" and ")
}

fn joined_values(values: &[Node], between: &str) -> String {
    values.iter().map(|value| code(&value.canonical())).collect_vec().join(between)
}
