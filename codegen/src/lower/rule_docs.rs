//! Sentences for the documentation of rules that no type enforces.
//!
//! ```text
//! { "not": { "const": 0 } }                                             Nothing that is `0`.
//! { "if": { "required": ["unit"] }, "then": { "required": ["count"] } }  If it has `unit`, it has `count`.
//! ```

use wechat_bizwifi_rules::{JsonType, Types};

use crate::schema::Keyword;
use crate::source::{Entry, Node, Object, Value};
use crate::util::{CollectVec as _, code};

/// The sentences for some keywords of a schema.
pub(super) fn sentences(schema: &Object, keywords: &[Keyword]) -> Vec<String> {
    keywords.iter().flat_map(|keyword| sentences_of(schema, *keyword)).collect_vec()
}

fn sentences_of(schema: &Object, keyword: Keyword) -> Vec<String> {
    let Some(node) = schema.get(keyword.name()) else { return Vec::new() };
    match keyword {
        // They are part of the sentences for `if` and `contains`.
        Keyword::Then | Keyword::Else | Keyword::MinContains | Keyword::MaxContains => Vec::new(),
        Keyword::PatternProperties => {
            let each = |it: &Entry| {
                let holds = predicate(&it.node, keyword);
                format!("Each property whose name matches {} {holds}.", code(&it.key))
            };
            node.entries().iter().map(each).collect_vec()
        }
        Keyword::DependentRequired | Keyword::DependentSchemas | Keyword::Dependencies => {
            let with = |it: &Entry| match &it.node.value {
                Value::Array(_) => format!("With {}, it has {}.", code(&it.key), names(&it.node)),
                _ => format!("With {}, it {}.", code(&it.key), predicate(&it.node, keyword)),
            };
            node.entries().iter().map(with).collect_vec()
        }
        Keyword::PropertyOrder => node.items().iter().filter_map(order).collect_vec(),
        _ => sentence(schema, keyword, node).into_iter().collect_vec(),
    }
}

/// The sentence for a keyword that takes one at most.
fn sentence(schema: &Object, keyword: Keyword, node: &Node) -> Option<String> {
    let has_prefix = || schema.get(Keyword::PrefixItems.name()).is_some();
    Some(match keyword {
        Keyword::Const => format!("Always {}.", code(&node.canonical())),
        Keyword::Enum => format!("One of {}.", listed(node.items(), ", ")),
        Keyword::UniqueItems => "No item twice.".to_owned(),
        Keyword::Not => format!("Nothing that {}.", predicate(node, keyword)),
        Keyword::If => condition(schema, node),
        Keyword::AnyOf => alternatives("At least one", node, keyword),
        Keyword::OneOf => alternatives("Exactly one", node, keyword),
        Keyword::AllOf => alternatives("All", node, keyword),
        Keyword::Contains => contains(schema, node),
        Keyword::PrefixItems => first_items(node.items(), keyword),
        Keyword::Items if node.is_array() => first_items(node.items(), keyword),
        Keyword::Items if !has_prefix() => every("item", node, keyword),
        Keyword::Items | Keyword::AdditionalItems => every("further item", node, keyword),
        Keyword::AdditionalProperties => every("other property", node, keyword),
        Keyword::UnevaluatedItems => every("item that no other rule describes", node, keyword),
        Keyword::UnevaluatedProperties => {
            every("property that no other rule describes", node, keyword)
        }
        Keyword::PropertyNames => format!("Each name {}.", predicate(node, keyword)),
        Keyword::Ref | Keyword::RecursiveRef | Keyword::DynamicRef => {
            format!("Valid against {}.", code(node.as_text()?))
        }
        _ => match part(keyword, node, schema) {
            Some(predicate) if predicate.is_empty() => return None,
            Some(predicate) => format!("It {predicate}."),
            None => format!("Valid by its schema's {}.", code(keyword.name())),
        },
    })
}

fn condition(schema: &Object, condition: &Node) -> String {
    let branch = |keyword: Keyword| Some(predicate(schema.get(keyword.name())?, keyword));
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

fn alternatives(how_many: &str, node: &Node, keyword: Keyword) -> String {
    let each: Vec<String> = node
        .items()
        .iter()
        .map(|branch| format!("it {}", predicate(branch, keyword)))
        .collect_vec();
    format!("{how_many} of these: {}.", each.join("; "))
}

fn contains(schema: &Object, node: &Node) -> String {
    let count = |keyword: Keyword| Some(schema.get(keyword.name())?.to_json());
    let least = count(Keyword::MinContains).unwrap_or_else(|| "1".to_owned());
    let most = count(Keyword::MaxContains).map(|most| format!(", and {most} at most"));
    let (most, holds) = (most.unwrap_or_default(), predicate(node, Keyword::Contains));
    format!("Among the items, {least} at least{most}, each of which {holds}.")
}

fn first_items(first: &[Node], keyword: Keyword) -> String {
    let each: Vec<String> =
        first.iter().map(|item| format!("one that {}", predicate(item, keyword))).collect_vec();
    format!("Its first items, in order: {}.", each.join("; "))
}

fn every(what: &str, node: &Node, keyword: Keyword) -> String {
    match node.value {
        Value::Bool(false) => format!("No {what}."),
        _ => format!("Each {what} {}.", predicate(node, keyword)),
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
fn predicate(schema: &Node, keyword: Keyword) -> String {
    let words = match &schema.value {
        Value::Bool(true) => Some(ANYTHING.to_owned()),
        Value::Bool(false) => Some("is nothing that there is".to_owned()),
        Value::Object(object) => parts(object),
        _ => None,
    };
    let json = || Some(format!("is valid against {}", code(&schema.to_json())));
    let is_short = |words: &String| words.chars().count() <= LONGEST;
    let words = words.filter(is_short).or_else(|| json().filter(is_short));
    words.unwrap_or_else(|| format!("is valid against the schema under {}", code(keyword.name())))
}

fn parts(object: &Object) -> Option<String> {
    let part = |entry: &Entry| part(Keyword::of_schema(&entry.key)?, &entry.node, object);
    let parts = object.entries.iter().map(part).collect_some()?;
    let parts = parts.into_iter().filter(|part| !part.is_empty()).collect_vec();
    Some(if parts.is_empty() { ANYTHING.to_owned() } else { parts.join(" and ") })
}

/// The predicate of one keyword: `None`, if it takes more than a few words; empty, if the keyword
/// restricts nothing, or another predicate includes it.
fn part(keyword: Keyword, node: &Node, object: &Object) -> Option<String> {
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
        Keyword::Enum => Some(format!("is {}", listed(node.items(), " or "))),
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
        Keyword::Required => Some(required(node, object)),
        Keyword::Properties => properties(node, object),
        Keyword::Not => Some(format!("is nothing that {}", predicate(node, keyword))),
        Keyword::Ref => Some(format!("is valid against {}", code(node.as_text()?))),
        _ => None,
    }
}

/// The required properties that `properties` does not list; empty, if it lists all.
fn required(node: &Node, object: &Object) -> String {
    let names = node.items().iter().filter_map(Node::as_text);
    let left = names.filter(|name| !is_described(object, name)).map(code).collect_vec();
    if left.is_empty() { String::new() } else { format!("has {}", left.join(" and ")) }
}

/// Whether `properties` lists a property.
fn is_described(object: &Object, name: &str) -> bool {
    object.get(Keyword::Properties.name()).is_some_and(|node| node.step(name).is_some())
}

fn properties(node: &Node, object: &Object) -> Option<String> {
    let required = object.get(Keyword::Required.name()).map_or(&[][..], Node::items);
    let property = |entry: &Entry| {
        let is_required = required.iter().any(|name| name.as_text() == Some(&*entry.key));
        let if_any = if is_required { "" } else { ", if any," };
        let holds = predicate(&entry.node, Keyword::Properties);
        format!("its {}{if_any} {holds}", code(&entry.key))
    };
    let all = node.entries().iter().map(property).collect_vec();
    (!all.is_empty()).then(|| format!("is such that {}", all.join(" and ")))
}

fn names(node: &Node) -> String {
    let names = node.items().iter().filter_map(|it| it.as_text().map(code)).collect_vec();
    names.join(" and ")
}

fn listed(values: &[Node], between: &str) -> String {
    values.iter().map(|value| code(&value.canonical())).collect_vec().join(between)
}
