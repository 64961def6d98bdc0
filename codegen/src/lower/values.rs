//! The values that a schema lists, with `const` or `enum`.

use super::shape::Site;
use crate::model::{JsonType, Shape};
use crate::report::Report;
use crate::schema::Ledger;
use crate::source::{Node, Value};

/// Whether the values that a schema lists are of no one type that it states or that shows.
pub(super) fn has_mixed_values(ledger: &Ledger<'_>, site: Site<'_>) -> bool {
    let lists = ledger.has("const") || ledger.has("enum");
    lists && !ledger.has("type") && site.inherited.is_none() && listed_type(ledger).is_none()
}

/// Whether `null` is among the values that a schema lists, if it lists any.
pub(super) fn lists_null(ledger: &Ledger<'_>) -> bool {
    listed(ledger).is_none_or(|values| values.iter().any(is_null))
}

/// Whether a schema lists values, and nothing but `null`.
pub(super) fn lists_only_null(ledger: &Ledger<'_>) -> bool {
    listed(ledger).is_some_and(|values| !values.is_empty() && values.iter().all(is_null))
}

/// The values that `const` or `enum` lists, if one of them is there.
fn listed<'a>(ledger: &Ledger<'a>) -> Option<&'a [Node]> {
    let node = ledger.spot.node;
    match (node.at("/const"), node.at("/enum").map(|node| &node.value)) {
        (Some(only), _) => Some(std::slice::from_ref(only)),
        (None, Some(Value::Array(values))) => Some(values),
        _ => None,
    }
}

fn is_null(node: &Node) -> bool {
    matches!(node.value, Value::Null)
}

/// `null`, if it is of the types that the schema states.
pub(super) fn only_null(
    ledger: &Ledger<'_>,
    types: &[JsonType],
    report: &mut Report,
) -> Option<Shape> {
    ledger.set_kind("null");
    let listed = ledger.take("const").or_else(|| ledger.take("enum"))?;
    if types.contains(&JsonType::Null) {
        return Some(Shape::Null);
    }
    report.fault(&listed.spot.place, "is not of the schema's own `type`");
    None
}

/// The type of the values that a schema lists, if they are all of one.
pub(super) fn listed_type(ledger: &Ledger<'_>) -> Option<JsonType> {
    let object = &ledger.spot.node;
    let listed: Vec<&Node> = match (object.at("/const"), object.at("/enum"), object.at("/oneOf")) {
        (Some(value), _, _) => vec![value],
        (_, Some(Node { value: Value::Array(values), .. }), _) => values.iter().collect(),
        (_, _, Some(Node { value: Value::Array(members), .. })) => {
            members.iter().filter_map(|member| member.at("/const")).collect()
        }
        _ => return None,
    };
    let type_of = |node: &&Node| match &node.value {
        Value::String(_) => Some(JsonType::String),
        Value::Number(number) if number.to_whole().is_some() => Some(JsonType::Integer),
        Value::Bool(_) => Some(JsonType::Boolean),
        Value::Null => Some(JsonType::Null),
        _ => None,
    };
    let first = type_of(listed.first()?)?;
    listed.iter().all(|node| type_of(node) == Some(first)).then_some(first)
}
