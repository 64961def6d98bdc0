//! The JSON type of a schema's values: what the schema states, or what its surroundings tell.
//!
//! ```text
//! { "type": "string", "allOf": [{ "minLength": 1 }] }
//!
//! the branch states no type, and is lowered with the hint that its values are strings
//! ```

use wechat_bizwifi_rules::{JsonType, Types};

use super::context::{SchemaReader, TypeContext, TypeHint, TypeResult};
use super::enum_values::type_of_enum_values;
use super::{DEEPEST, Lowering};
use crate::model::{TypeExpr, TypeId};
use crate::schema::{Identity, Keyword, KeywordReader, Located};
use crate::source::Node;
use crate::util::{CollectVec as _, Map};

impl<'a> Lowering<'a, '_> {
    /// The hint that a type gives: the JSON type of its values, if they have one.
    pub(super) fn hint_of(&self, ty: &TypeExpr) -> Option<TypeHint> {
        let json_type = self.json_type_of(ty)?;
        Some(TypeHint { json_type, or_null: self.allows_null(ty), items: self.items_of(ty) })
    }

    /// The JSON type of an array's items, if they have one.
    fn items_of(&self, ty: &TypeExpr) -> Option<JsonType> {
        let TypeExpr::List(items, _) = self.model.underlying(ty) else { return None };
        self.json_type_of(items).filter(|_| !self.allows_null(items))
    }

    /// Whether `null` may be a value of a type.
    pub(super) fn allows_null(&self, ty: &TypeExpr) -> bool {
        self.types_of(ty).contains(Types::NULL)
    }

    /// The JSON type of a type's values, `null` apart, if they have one.
    pub(super) fn json_type_of(&self, ty: &TypeExpr) -> Option<JsonType> {
        let types = self.types_of(ty);
        let is_it = |it: &JsonType| [it.types(), it.types().or(Types::NULL)].contains(&types);
        JsonType::NAMES.into_iter().map(|(_, json_type)| json_type).find(is_it)
    }

    /// The JSON types that a type's values may have.
    pub(super) fn types_of(&self, ty: &TypeExpr) -> Types {
        self.model.json_types(ty, &|id| self.types_of_pending(id))
    }

    /// The JSON types that values of a pending type may have, by its schema.
    fn types_of_pending(&self, id: TypeId) -> Types {
        let schema = &self.schemas[id.0];
        let stated = stated_hint(schema);
        let types = stated.map_or(Types::ALL, |hint| hint.json_type.types()).without(Types::NULL);
        // A `null` that is known already stays outside of the type.
        let is_outside = self.or_null.contains(&schema.identity());
        let has_null = !is_outside && self.may_allow_null(schema, &mut Map::default(), 0);
        types.or(if has_null { Types::NULL } else { Types::NONE })
    }

    /// Whether `null` may be valid against a schema, by keywords for its types, values and branches.
    fn may_allow_null(
        &self,
        schema: &Located<'a>,
        known: &mut Map<Identity, bool>,
        depth: usize,
    ) -> bool {
        if let Some(known) = known.get(&schema.identity()) {
            return *known;
        }
        // Circles of `$ref`s end here, and so do chains of more schemas than are lowered.
        known.insert(schema.identity(), true);
        if depth == DEEPEST {
            return true;
        }
        let parts = self.references.parts_of(schema);
        let allows = parts.iter().filter_map(|part| KeywordReader::new(part).ok()).all(|part| {
            let lists = |keyword| part.peek(keyword).filter(|it| it.is_array());
            let branches = |keyword| lists(keyword).map(|_| part.peek_items(keyword));
            let [types, only] = [Keyword::Type, Keyword::Const].map(|it| part.peek(it));
            types.and_then(Node::named_types).is_none_or(|it| it.contains(&JsonType::Null))
                && only.is_none_or(Node::is_null)
                && lists(Keyword::Enum).is_none_or(|it| it.items().iter().any(Node::is_null))
                && [Keyword::AnyOf, Keyword::OneOf].into_iter().filter_map(branches).all(
                    |branches| branches.iter().any(|it| self.may_allow_null(it, known, depth + 1)),
                )
        });
        known.insert(schema.identity(), allows);
        allows
    }
}

/// The types that a schema states, or those of the hint, or of the enum values.
pub(super) fn json_types(
    schema: &SchemaReader<'_>,
    context: TypeContext<'_>,
) -> TypeResult<Vec<JsonType>> {
    let Some(entry) = schema.keywords.read(Keyword::Type) else {
        let hint = context.hint.or_else(|| type_of_enum_values(schema).map(TypeHint::just));
        return hint.map_or_else(|| missing(schema), |hint| Ok(hint.types()));
    };
    if !entry.value.node.is_array() {
        return Ok(vec![entry.value.one_of(&JsonType::NAMES)?]);
    }
    let stated = entry.value.items();
    let stated = stated.iter().map(|item| item.one_of(&JsonType::NAMES)).collect_ok()?;
    let is_repeated = |(index, json_type): (usize, &JsonType)| stated[..index].contains(json_type);
    if stated.is_empty() || stated.iter().enumerate().any(is_repeated) {
        return Ok(entry.value.wants("a type, or several, none twice")?);
    }
    Ok(stated)
}

/// A document may omit `type`, and gets no Rust type; in a description, that is an error.
fn missing<T>(schema: &SchemaReader<'_>) -> TypeResult<T> {
    let help = "one of \"boolean\", \"integer\", \"number\", \"string\", \"array\", \"object\"";
    if schema.is_document() {
        return schema.no_type("`type` is missing", help);
    }
    Ok(schema.error("`type` is missing").help(help).fail()?)
}

/// The type that a schema itself states, if that is one type, or one type and `null`.
pub(super) fn stated_hint(schema: &Located<'_>) -> Option<TypeHint> {
    match KeywordReader::peek_at(schema, Keyword::Type)?.node.named_types()?.as_slice() {
        [json_type] => Some(TypeHint::just(*json_type)),
        [JsonType::Null, json_type] | [json_type, JsonType::Null] => {
            Some(TypeHint { or_null: true, ..TypeHint::just(*json_type) })
        }
        _ => None,
    }
}
