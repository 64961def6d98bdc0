//! The values that a schema lists, with `const` or `enum`.

use super::type_expr::TypeContext;
use crate::diagnostics::Diagnostics;
use crate::model::{JsonType, TypeExpr};
use crate::schema::KeywordReader;
use crate::source::{Node, Value};

/// Whether the values that a schema lists are of no one type that it states or that shows.
pub(super) fn has_mixed_values(keywords: &KeywordReader<'_>, context: TypeContext<'_>) -> bool {
    let lists = keywords.has("const") || keywords.has("enum");
    lists
        && !keywords.has("type")
        && context.inherited.is_none()
        && type_of_enum_values(keywords).is_none()
}

/// Whether `null` is among the values that a schema lists, if it lists any.
pub(super) fn allows_null_value(keywords: &KeywordReader<'_>) -> bool {
    listed(keywords).is_none_or(|values| values.iter().any(is_null))
}

/// Whether a schema lists values, and nothing but `null`.
pub(super) fn allows_only_null(keywords: &KeywordReader<'_>) -> bool {
    listed(keywords).is_some_and(|values| !values.is_empty() && values.iter().all(is_null))
}

/// The values that `const` or `enum` lists, if one of them is there.
fn listed<'a>(keywords: &KeywordReader<'a>) -> Option<&'a [Node]> {
    let node = keywords.schema.node;
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
    keywords: &KeywordReader<'_>,
    types: &[JsonType],
    diagnostics: &mut Diagnostics,
) -> Option<TypeExpr> {
    keywords.set_subject("null");
    let listed = keywords.read("const").or_else(|| keywords.read("enum"))?;
    if types.contains(&JsonType::Null) {
        return Some(TypeExpr::Null);
    }
    diagnostics.error(&listed.value.place, "is not of the schema's own `type`");
    None
}

/// The type of the values that a schema lists, if they are all of one.
pub(super) fn type_of_enum_values(keywords: &KeywordReader<'_>) -> Option<JsonType> {
    let object = &keywords.schema.node;
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
