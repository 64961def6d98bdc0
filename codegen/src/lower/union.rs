//! One of several types: told apart by a property that names each, or by the JSON type.

use std::collections::HashMap;

use super::type_expr::TypeContext;
use super::type_hint::stated_hint;
use super::{Lowering, Notes, report_clash};
use crate::diagnostics::Diagnostics;
use crate::model::{Body, JsonType, Literal, TypeExpr, TypeId, Union, UnionVariant, VariantKey};
use crate::names;
use crate::schema::{KeywordReader, Located};

impl<'a> Lowering<'a, '_> {
    /// `oneOf` or `anyOf`: the members must be such that no value is of two of them, so that both
    /// mean the same.
    pub(super) fn union(
        &mut self,
        keywords: &KeywordReader<'a>,
        context: TypeContext<'_>,
        notes: &Notes<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        keywords.set_subject("one of several types");
        let word = if keywords.has("anyOf") { "anyOf" } else { "oneOf" };
        let schemas = keywords.items(word, diagnostics);
        let mut lowered = Vec::new();
        let id = self.begin_union(keywords, context, notes, diagnostics)?;
        let inherited = stated_hint(keywords).or(context.inherited);
        for (index, located) in schemas.iter().enumerate() {
            let name = format!("{} {}", context.name, branch_name(located, index));
            let context = TypeContext { name: &name, inherited };
            lowered.push((located.clone(), self.schema(located, context, diagnostics)?));
        }
        let apart = if says_more(keywords, word) { None } else { self.apart(&lowered, word) };
        let Some((rest, or_null)) = apart else {
            self.named.remove(&super::identity(&keywords.schema));
            return self.constrained_alternatives(keywords, lowered, context, notes, diagnostics);
        };
        self.finish_union(keywords, id, rest, or_null, diagnostics)
    }

    /// The members without `null`, and whether there was any: if no value is of two of them, unless
    /// that makes no difference.
    fn apart(
        &self,
        lowered: &[(Located<'a>, TypeExpr)],
        word: &str,
    ) -> Option<(Vec<(Located<'a>, TypeExpr)>, bool)> {
        let (mut rest, mut nulls) = (Vec::new(), 0);
        for (located, ty) in lowered {
            let ty = match ty {
                TypeExpr::Null | TypeExpr::Nullable(_) => {
                    nulls += 1;
                    ty.parts().first().copied()
                }
                _ => Some(ty),
            };
            rest.extend(ty.map(|ty| (located.clone(), ty.clone())));
        }
        let is_in_two = nulls > 1 && word == "oneOf";
        let is_hidden = rest.iter().any(|(_, ty)| self.allows_null(ty));
        let is_told = rest.len() < 2 && nulls > 0 || self.keys(&rest).is_some();
        (is_told && !is_in_two && !is_hidden).then_some((rest, nulls > 0))
    }

    /// `type` with several types: each takes the keywords that apply to it.
    pub(super) fn union_of_types(
        &mut self,
        keywords: &KeywordReader<'a>,
        types: &[JsonType],
        context: TypeContext<'_>,
        notes: &Notes<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        let id = self.begin_union(keywords, context, notes, diagnostics)?;
        let mut lowered = Vec::new();
        for json_type in types.iter().filter(|json_type| **json_type != JsonType::Null) {
            let name = format!("{} {json_type:?}", context.name);
            let ty = self.typed(
                keywords,
                *json_type,
                TypeContext { name: &name, ..context },
                notes,
                diagnostics,
            )?;
            lowered.push((keywords.schema.clone(), ty));
        }
        keywords.set_subject("any of these types");
        self.finish_union(keywords, id, lowered, false, diagnostics)
    }

    fn begin_union(
        &mut self,
        keywords: &KeywordReader<'a>,
        context: TypeContext<'_>,
        notes: &Notes<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeId> {
        let name = Self::type_name(keywords, context.name, diagnostics)?;
        Some(self.begin_type(&keywords.schema, name, notes))
    }

    fn finish_union(
        &mut self,
        keywords: &KeywordReader<'a>,
        id: TypeId,
        mut members: Vec<(Located<'a>, TypeExpr)>,
        or_null: bool,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        let ty = match members.len() {
            0 => TypeExpr::Null,
            1 => members.remove(0).1,
            _ => self.members(keywords, id, members, diagnostics)?,
        };
        if !matches!(ty, TypeExpr::Named(named) if named == id) {
            self.named.remove(&super::identity(&keywords.schema));
        }
        Some(if or_null && !matches!(ty, TypeExpr::Null) {
            TypeExpr::Nullable(Box::new(ty))
        } else {
            ty
        })
    }

    fn members(
        &mut self,
        keywords: &KeywordReader<'a>,
        id: TypeId,
        lowered: Vec<(Located<'a>, TypeExpr)>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        let Some((tag, keys)) = self.keys(&lowered) else {
            diagnostics
                .error(&keywords.schema.place, "the types listed here cannot be told apart")
                .help("list types of different JSON types, or give each object a required property of one name with a `const` of its own");
            return None;
        };
        let members = lowered.into_iter().zip(keys).enumerate();
        let members = members.map(|(index, ((located, ty), key))| UnionVariant {
            name: self.variant_name(&located, &ty, &key, index),
            docs: self.docs_of(&ty),
            place: located.place,
            ty,
            key,
        });
        let members: Vec<UnionVariant> = members.collect();
        report_duplicates(&members, diagnostics);
        self.finish_type(id, Body::Union(Union { tag, members }));
        Some(TypeExpr::Named(id))
    }

    /// What tells the members apart, if anything does.
    fn keys(
        &self,
        lowered: &[(Located<'a>, TypeExpr)],
    ) -> Option<(Option<String>, Vec<VariantKey>)> {
        let types: Option<Vec<JsonType>> =
            lowered.iter().map(|(_, ty)| self.json_type_of(ty)).collect();
        if let Some(types) = types.filter(|types| all_differ(types)) {
            return Some((None, types.into_iter().map(VariantKey::Type).collect()));
        }
        let first: Vec<(String, String)> = self.tags(&lowered.first()?.1);
        first.into_iter().find_map(|(tag, _)| {
            let value = |ty: &TypeExpr| {
                self.tags(ty).into_iter().find(|(name, _)| *name == tag).map(|(_, value)| value)
            };
            let values: Vec<String> =
                lowered.iter().map(|(_, ty)| value(ty)).collect::<Option<_>>()?;
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
        match &self.model.get(*id).body {
            Body::Enum(listed) => match listed.variants.as_slice() {
                [only] => match &only.value {
                    Literal::Text(text) => Some(text.clone()),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }

    /// A variant's name: its title, its tag, its type's name, or what JSON calls it.
    fn variant_name(
        &self,
        located: &Located<'a>,
        ty: &TypeExpr,
        key: &VariantKey,
        index: usize,
    ) -> String {
        let title = located.node.at("/title").and_then(|node| match &node.value {
            crate::source::Value::String(title) => names::type_name(title),
            _ => None,
        });
        let of_key = match key {
            VariantKey::Tag(value) => names::type_name(value),
            VariantKey::Type(json_type) => Some(format!("{json_type:?}")),
        };
        let named = match ty {
            TypeExpr::Named(id) if located.node.at("/$ref").is_some() => {
                Some(self.model.get(*id).name.clone())
            }
            _ => None,
        };
        title.or(named).or(of_key).unwrap_or_else(|| format!("Variant{index}"))
    }
}

/// Whether the schema says anything but the alternatives.
fn says_more(keywords: &KeywordReader<'_>, word: &str) -> bool {
    let is_said = |said: &str| crate::schema::is_enforced(said) && said != word;
    keywords.names().any(|said| is_said(said) && !super::assertions::ASSERTIONS.contains(&said))
}

/// The name that a member's place suggests: its title, or its number.
fn branch_name(located: &Located<'_>, index: usize) -> String {
    match located.node.at("/title").map(|node| &node.value) {
        Some(crate::source::Value::String(title)) => title.clone(),
        _ => format!("variant {index}"),
    }
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

fn report_duplicates(members: &[UnionVariant], diagnostics: &mut Diagnostics) {
    let mut names: HashMap<&str, &UnionVariant> = HashMap::new();
    for member in members {
        if let Some(other) = names.insert(&member.name, member) {
            let places = [&member.place, &other.place];
            let help = "give one of the two another `title`";
            report_clash("variant name", &member.name, places, help, diagnostics);
        }
        if member.name == "Unknown" {
            diagnostics
                .error(
                    &member.place,
                    "the variant name `Unknown` is kept for values that are not listed",
                )
                .help("give it another title");
        }
    }
}
