//! One of several types: told apart by a property that names each, or by the JSON type.
//!
//! ```text
//! { "oneOf": [{ "type": "string" }, { "type": "integer" }] }
//!
//! Union { tag: None, variants: [String(Text(..)), Integer(Integer(..))] }
//! ```

use std::collections::HashMap;

use wechat_bizwifi_rules::Types;

use super::assertions::is_assertion;
use super::context::{Schema, TypeContext, TypeResult};
use super::type_hint::stated_hint;
use super::{Lowering, report_clash, report_reserved_variant};
use crate::diagnostics::{Reported, Reporter};
use crate::model::{Body, Literal, TypeExpr, TypeId, Union, UnionVariant, VariantKey};
use crate::names;
use crate::schema::{JsonType, Keyword, Located, Subject};
use crate::source::Value;

/// A schema of `oneOf` or `anyOf`, and its type.
pub(super) type Branch<'a> = (Located<'a>, TypeExpr);

impl<'a> Lowering<'a, '_> {
    /// `oneOf` or `anyOf`: the branches must be such that no value is of two of them, so that both
    /// mean the same.
    pub(super) fn union(
        &mut self,
        schema: &Schema<'a>,
        context: TypeContext<'_>,
    ) -> TypeResult<TypeExpr> {
        schema.keywords.set_subject(Subject::Union);
        let has_any_of = schema.keywords.has(Keyword::AnyOf);
        let keyword = if has_any_of { Keyword::AnyOf } else { Keyword::OneOf };
        let branches = schema.keywords.peek_items(keyword);
        let id = self.begin_union(schema, context)?;
        let hint = stated_hint(schema.keywords.located.node).or(context.hint);
        let mut lowered = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            let name = format!("{} {}", context.name, branch_name(branch, index));
            lowered.push((
                branch.clone(),
                self.schema(branch, TypeContext { name: &name, hint, is_property: false })?,
            ));
        }
        let apart = if says_more(schema, keyword) { None } else { self.apart(&lowered, keyword) };
        let Some((rest, or_null)) = apart else {
            self.named.remove(&schema.keywords.located.identity());
            return self.constrained_alternatives(schema, &lowered, context);
        };
        schema.keywords.read(keyword);
        let ty = self.finish_union(schema, id, rest)?;
        Ok(if or_null && !matches!(ty, TypeExpr::Null) {
            TypeExpr::Nullable(Box::new(ty))
        } else {
            ty
        })
    }

    /// The branches without `null`, and whether there was any: if no value is of two of them, unless
    /// that makes no difference.
    fn apart(&self, branches: &[Branch<'a>], keyword: Keyword) -> Option<(Vec<Branch<'a>>, bool)> {
        let (mut rest, mut nulls) = (Vec::new(), 0);
        for (located, ty) in branches {
            let ty = match ty {
                TypeExpr::Null | TypeExpr::Nullable(_) => {
                    nulls += 1;
                    ty.parts().first().copied()
                }
                _ => Some(ty),
            };
            rest.extend(ty.map(|ty| (located.clone(), ty.clone())));
        }
        let is_in_two = nulls > 1 && keyword == Keyword::OneOf;
        let is_hidden = rest.iter().any(|(_, ty)| self.allows_null(ty));
        let is_told = rest.len() < 2 && nulls > 0 || self.keys(&rest).is_some();
        (is_told && !is_in_two && !is_hidden).then_some((rest, nulls > 0))
    }

    /// `type` with several types: each takes the keywords that apply to it.
    pub(super) fn union_of_types(
        &mut self,
        schema: &Schema<'a>,
        types: &[JsonType],
        context: TypeContext<'_>,
    ) -> TypeResult<TypeExpr> {
        let id = self.begin_union(schema, context)?;
        let mut branches = Vec::new();
        for json_type in types.iter().filter(|json_type| **json_type != JsonType::Null) {
            let name = format!("{} {json_type:?}", context.name);
            let ty = self.typed(schema, *json_type, TypeContext { name: &name, ..context })?;
            branches.push((schema.keywords.located.clone(), ty));
        }
        let all = types.iter().map(|json_type| json_type.types()).fold(Types::NONE, Types::or);
        schema.keywords.set_subject(Subject::Types(all));
        self.finish_union(schema, id, branches)
    }

    fn begin_union(
        &mut self,
        schema: &Schema<'a>,
        context: TypeContext<'_>,
    ) -> Result<TypeId, Reported> {
        let name = Self::type_name(schema, context.name)?;
        Ok(self.begin_type(schema, name))
    }

    fn finish_union(
        &mut self,
        schema: &Schema<'a>,
        id: TypeId,
        mut branches: Vec<Branch<'a>>,
    ) -> TypeResult<TypeExpr> {
        let ty = match branches.len() {
            0 => TypeExpr::Null,
            1 => branches.remove(0).1,
            _ => self.variants(schema, id, branches)?,
        };
        if !matches!(ty, TypeExpr::Named(named) if named == id) {
            self.named.remove(&schema.keywords.located.identity());
        }
        Ok(ty)
    }

    fn variants(
        &mut self,
        schema: &Schema<'a>,
        id: TypeId,
        branches: Vec<Branch<'a>>,
    ) -> TypeResult<TypeExpr> {
        let Some((tag, keys)) = self.keys(&branches) else { return not_told_apart(schema) };
        let variants = branches.into_iter().zip(keys).enumerate();
        let variants = variants.map(|(index, ((located, ty), key))| UnionVariant {
            name: self.variant_name((&located, &ty), &key, index),
            docs: self.docs_of(&ty),
            place: located.place,
            ty,
            key,
        });
        let variants: Vec<UnionVariant> = variants.collect();
        report_duplicates(&variants, self.reporter);
        self.finish_type(id, Body::Union(Union { tag, variants }));
        Ok(TypeExpr::Named(id))
    }

    /// What tells the branches apart, if anything does.
    fn keys(&self, branches: &[Branch<'_>]) -> Option<(Option<String>, Vec<VariantKey>)> {
        let types: Option<Vec<JsonType>> =
            branches.iter().map(|(_, ty)| self.json_type_of(ty)).collect();
        if let Some(types) = types.filter(|types| all_differ(types)) {
            return Some((None, types.into_iter().map(VariantKey::Type).collect()));
        }
        let first: Vec<(String, String)> = self.tags(&branches.first()?.1);
        first.into_iter().find_map(|(tag, _)| {
            let value = |ty: &TypeExpr| {
                self.tags(ty).into_iter().find(|(name, _)| *name == tag).map(|(_, value)| value)
            };
            let values: Vec<String> =
                branches.iter().map(|(_, ty)| value(ty)).collect::<Option<_>>()?;
            let is_repeated = |(index, value): (usize, &String)| values[..index].contains(value);
            let differ = !values.iter().enumerate().any(is_repeated);
            differ.then(|| (Some(tag), values.into_iter().map(VariantKey::Tag).collect()))
        })
    }

    /// The required properties of an object that have one value alone, a string.
    fn tags(&self, ty: &TypeExpr) -> Vec<(String, String)> {
        let TypeExpr::Named(id) = ty else { return Vec::new() };
        let Body::Object(object) = &self.model.get(*id).body else { return Vec::new() };
        let required = object.properties.iter().filter(|property| property.required);
        required
            .filter_map(|property| Some((property.name.clone(), self.only_value(&property.ty)?)))
            .collect()
    }

    fn only_value(&self, ty: &TypeExpr) -> Option<String> {
        let TypeExpr::Named(id) = ty else { return None };
        let Body::Enum(of) = &self.model.get(*id).body else { return None };
        match of.variants.as_slice() {
            [only] => match &only.value {
                Literal::Text(text) => Some(text.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    /// A variant's name: its title, its type's name, its tag, or what JSON calls it.
    fn variant_name(
        &self,
        (located, ty): (&Located<'a>, &TypeExpr),
        key: &VariantKey,
        index: usize,
    ) -> String {
        let titled = title(located).and_then(names::type_name);
        let of_key = match key {
            VariantKey::Tag(value) => Some(names::made_variant(value)),
            VariantKey::Type(json_type) => Some(format!("{json_type:?}")),
        };
        let named = match ty {
            TypeExpr::Named(id) if located.node.at("/$ref").is_some() => {
                Some(self.model.get(*id).name.clone())
            }
            _ => None,
        };
        titled.or(named).or(of_key).unwrap_or_else(|| format!("Variant{index}"))
    }
}

/// No Rust enum can be made of branches that have values in common.
pub(super) fn not_told_apart<T>(schema: &Schema<'_>) -> TypeResult<T> {
    schema.no_type(
        "the types listed here cannot be told apart",
        "list types of different JSON types, or give each object a required property of one name with a `const` of its own",
    )
}

/// Whether the schema says anything but the alternatives.
fn says_more(schema: &Schema<'_>, keyword: Keyword) -> bool {
    schema.keywords.present().any(|found| match found {
        Some(found) => found.is_enforced() && found != keyword && !is_assertion(found),
        None => true,
    })
}

fn title<'a>(located: &Located<'a>) -> Option<&'a str> {
    match located.node.at("/title").map(|node| &node.value) {
        Some(Value::String(title)) => Some(title),
        _ => None,
    }
}

/// The name that a branch's place suggests: its title, or its number.
fn branch_name(located: &Located<'_>, index: usize) -> String {
    title(located).map_or_else(|| format!("variant {index}"), str::to_owned)
}

/// Whether no value is of two of the types: every whole number is a number.
fn all_differ(types: &[JsonType]) -> bool {
    let plain = |json_type: &JsonType| match json_type {
        JsonType::Integer => JsonType::Number,
        other => *other,
    };
    let types: Vec<JsonType> = types.iter().map(plain).collect();
    types.iter().enumerate().all(|(index, json_type)| !types[..index].contains(json_type))
}

fn report_duplicates(variants: &[UnionVariant], reporter: &Reporter) {
    let mut names: HashMap<&str, &UnionVariant> = HashMap::new();
    for variant in variants {
        if let Some(other) = names.insert(&variant.name, variant) {
            let places = [&variant.place, &other.place];
            report_clash("variant name", &variant.name, places, reporter)
                .help("give one of the two another `title`");
        }
        report_reserved_variant(&variant.name, &variant.place, reporter);
    }
}
