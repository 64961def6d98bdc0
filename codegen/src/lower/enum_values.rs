//! The values that a schema lists, with `const` or `enum`.
//!
//! ```text
//! { "enum": ["open", "closed", null] }
//!
//! strings, and `null` among them: Nullable(Named(an enum of "open" and "closed"))
//! ```

use wechat_bizwifi_rules::JsonType;

use super::context::{SchemaReader, TypeContext, TypeResult};
use crate::model::TypeExpr;
use crate::schema::{Keyword, KeywordReader, Located, Subject};
use crate::util::CollectVec as _;

/// Whether a schema lists values and their JSON type is not known: there is no `type` and no hint,
/// and the values are of several types, or of a type without Rust enums.
pub(super) fn has_mixed_values(schema: &SchemaReader<'_>, context: TypeContext<'_>) -> bool {
    let has = |keyword| schema.keywords.has(keyword);
    let lists = has(Keyword::Const) || has(Keyword::Enum);
    let is_typed = has(Keyword::Type) || context.hint.is_some();
    lists && !is_typed && type_of_enum_values(schema).is_none()
}

/// Whether a schema lists `null`, or lists no values.
pub(super) fn allows_null_value(schema: &SchemaReader<'_>) -> bool {
    enum_values(schema).is_none_or(|values| values.iter().any(is_null))
}

/// Whether a schema lists `null` and no other value.
pub(super) fn allows_only_null(schema: &SchemaReader<'_>) -> bool {
    enum_values(schema).is_some_and(|values| !values.is_empty() && values.iter().all(is_null))
}

/// The values that `const` or `enum` lists, if the schema has one of them. If it has both, one of
/// them stays unused, and becomes a rule.
pub(super) fn enum_values<'a>(schema: &SchemaReader<'a>) -> Option<Vec<Located<'a>>> {
    if let Some(only) = schema.keywords.peek_entry(Keyword::Const) {
        return Some(vec![only.value]);
    }
    let several = schema.keywords.peek_entry(Keyword::Enum)?.value;
    several.node.is_array().then(|| several.items())
}

pub(super) fn is_null(located: &Located<'_>) -> bool {
    located.node.is_null()
}

/// The type of a schema that lists only `null`. There is none if the types that it states exclude
/// it.
pub(super) fn only_null(schema: &SchemaReader<'_>, types: &[JsonType]) -> TypeResult {
    schema.keywords.set_subject(Subject::Type(JsonType::Null));
    let values = schema.keywords.read(Keyword::Const);
    let values = values.or_else(|| schema.keywords.read(Keyword::Enum));
    match values {
        Some(values) if !types.contains(&JsonType::Null) => {
            values.value.lint("is not of the schema's own `type`");
            schema.no_type("it allows nothing", "change the `type`, or the values")
        }
        _ => Ok(TypeExpr::Null),
    }
}

/// Those of several types that an enum value has. Without enum values, all of them.
pub(super) fn types_of_values(schema: &SchemaReader<'_>, types: Vec<JsonType>) -> Vec<JsonType> {
    let Some(values) = enum_values(schema).filter(|_| types.len() > 1) else { return types };
    let has_value =
        |json_type: &&JsonType| values.iter().any(|value| value.node.is_of(**json_type));
    let types_of_values = types.iter().filter(has_value).copied().collect_vec();
    if types_of_values.is_empty() { types } else { types_of_values }
}

/// The JSON type of the values that a schema lists, if all have the same.
pub(super) fn type_of_enum_values(schema: &SchemaReader<'_>) -> Option<JsonType> {
    let values = enum_values(schema).unwrap_or_else(|| {
        let branches = schema.keywords.peek_items(Keyword::OneOf);
        branches.iter().flat_map(values_of_branch).collect_vec()
    });
    let type_of = |value: &Located<'_>| match value.node.json_type() {
        // A number that has a fraction, an array or an object is no value of a Rust enum.
        JsonType::Number | JsonType::Array | JsonType::Object => None,
        json_type => Some(json_type),
    };
    let first = type_of(values.first()?)?;
    values.iter().all(|value| type_of(value) == Some(first)).then_some(first)
}

/// The values that a branch of `oneOf` lists.
pub(super) fn values_of_branch<'a>(branch: &Located<'a>) -> Vec<Located<'a>> {
    let at = |keyword| KeywordReader::peek_at(branch, keyword);
    match (at(Keyword::Const), at(Keyword::Enum)) {
        (Some(only), _) => vec![only],
        (None, Some(several)) => several.items(),
        (None, None) => Vec::new(),
    }
}
