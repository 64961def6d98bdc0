//! What is known of the type of values: from what a schema states, and from the outside.
//!
//! ```text
//! { "type": "string", "allOf": [{ "minLength": 1 }] }
//!
//! the branch states no type, and is lowered with the hint that its values are strings
//! ```

use crate::collect_vec::CollectVec as _;
use crate::search::Search as _;
use wechat_bizwifi_rules::JsonType;

use super::Lowering;
use super::context::{Schema, TypeContext, TypeHint, TypeResult};
use super::enum_values::type_of_enum_values;
use crate::model::{Body, TypeExpr};
use crate::schema::Keyword;
use crate::source::{Node, Value};

impl Lowering<'_, '_> {
    /// What values of a type are, if they are of one JSON type.
    pub(super) fn hint_of(&self, ty: &TypeExpr) -> Option<TypeHint> {
        let json_type = self.json_type_of(ty)?;
        Some(TypeHint { json_type, or_null: self.allows_null(ty), items: self.items_of(ty) })
    }

    /// What the items of an array are, if they are of one type.
    fn items_of(&self, ty: &TypeExpr) -> Option<JsonType> {
        let TypeExpr::List(items, _) = self.model.plain(ty) else { return None };
        self.json_type_of(items).filter(|_| !self.allows_null(items))
    }

    /// Whether `null` may be a value of a type.
    pub(super) fn allows_null(&self, ty: &TypeExpr) -> bool {
        match ty {
            TypeExpr::Any | TypeExpr::Null | TypeExpr::Nullable(_) => true,
            TypeExpr::Constrained(ty, residuals) => {
                let lists_none = |values: &Vec<String>| !values.iter().any(|it| it == "null");
                let is_never = residuals.iter().filter_map(|it| it.values.as_ref()).any(lists_none);
                !is_never && self.allows_null(ty)
            }
            TypeExpr::Named(id) => match &self.model.get(*id).body {
                Body::Newtype(ty, _) => self.allows_null(ty),
                // One that turns out to allow `null` is refused: other schemas were lowered on this answer.
                Body::Pending | Body::Object(_) | Body::Enum(_) | Body::Union(_) => false,
            },
            _ => false,
        }
    }

    pub(super) fn json_type_of(&self, ty: &TypeExpr) -> Option<JsonType> {
        Some(match ty {
            TypeExpr::Any => return None,
            TypeExpr::Null => JsonType::Null,
            TypeExpr::Boolean => JsonType::Boolean,
            TypeExpr::Text(_) | TypeExpr::Secret(_) => JsonType::String,
            TypeExpr::Integer(..) | TypeExpr::Time(..) => JsonType::Integer,
            TypeExpr::Number(_) => JsonType::Number,
            TypeExpr::List(..) => JsonType::Array,
            TypeExpr::Map(..) => JsonType::Object,
            TypeExpr::Nullable(ty) | TypeExpr::Constrained(ty, _) => return self.json_type_of(ty),
            TypeExpr::Named(id) => match &self.model.get(*id).body {
                // Whatever it becomes, its values are of the type that its schema states.
                Body::Pending => stated_hint(self.schemas[id.0].node)?.json_type,
                Body::Newtype(ty, _) => return self.json_type_of(ty),
                Body::Object(_) => JsonType::Object,
                Body::Enum(of) if of.of_text => JsonType::String,
                Body::Enum(_) => JsonType::Integer,
                Body::Union(union) => {
                    let mut types = union.variants.iter().map(|it| self.json_type_of(&it.ty));
                    let first = types.next()??;
                    return types.all(|other| other == Some(first)).then_some(first);
                }
            },
        })
    }

    /// The types that a schema states.
    pub(super) fn json_types(
        &self,
        schema: &Schema<'_>,
        context: TypeContext<'_>,
    ) -> TypeResult<Vec<JsonType>> {
        let Some(entry) = schema.keywords.read(Keyword::Type) else {
            let hint = context.hint.or_else(|| type_of_enum_values(schema).map(TypeHint::just));
            return hint.map_or_else(|| self.missing(schema), |hint| Ok(hint.types()));
        };
        if !entry.value.node.is_array() {
            return Ok(vec![entry.value.one_of(&JsonType::NAMES)?]);
        }
        let stated = entry.value.items();
        let stated = stated.iter().map(|item| item.one_of(&JsonType::NAMES)).collect_ok()?;
        let is_repeated =
            |(index, json_type): (usize, &JsonType)| stated[..index].contains(json_type);
        if stated.is_empty() || stated.iter().enumerate().any(is_repeated) {
            return Ok(entry.value.wants("a type, or several, none twice")?);
        }
        Ok(stated)
    }

    /// A document may leave the type unsaid; a description states it.
    fn missing<T>(&self, schema: &Schema<'_>) -> TypeResult<T> {
        let help = "one of \"boolean\", \"integer\", \"number\", \"string\", \"array\", \"object\"";
        if self.is_document {
            return schema.no_type("`type` is missing", help);
        }
        Ok(schema.error("`type` is missing").help(help).fail()?)
    }
}

/// The type that the schema itself states, if it is one, or one and `null`.
pub(super) fn stated_hint(schema: &Node) -> Option<TypeHint> {
    match schema.at("/type")?.named_types()?.as_slice() {
        [json_type] => Some(TypeHint::just(*json_type)),
        [JsonType::Null, json_type] | [json_type, JsonType::Null] => {
            Some(TypeHint { or_null: true, ..TypeHint::just(*json_type) })
        }
        _ => None,
    }
}

/// Whether the schema states a type, or none.
pub(super) fn states_one_type(schema: &Schema<'_>) -> bool {
    let stated = schema.keywords.peek(Keyword::Type);
    stated.is_none_or(|stated| matches!(stated.value, Value::String(_)))
}
