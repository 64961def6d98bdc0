//! The variants of a union: their names, and what distinguishes them, which is the JSON type, a tag
//! (a property with one value in each), or the required properties.
//!
//! ```text
//! { "oneOf": [{ "properties": { "template_id": { "const": 0 } }, "required": ["template_id"], .. }, ..] }
//!
//! Union { tag: Some("template_id"), variants: [Value0, ..] }
//! ```

use wechat_bizwifi_rules::JsonType;

use super::context::{SchemaReader, TypeResult};
use super::union::{Branch, not_distinguished};
use super::{Lowering, report_variant_names};
use crate::diagnostics::Reporter;
use crate::model::{Body, Literal, Property, TypeExpr, TypeId, Union, UnionVariant, VariantKey};
use crate::names;
use crate::schema::Located;
use crate::source::Number;
use crate::util::{CollectVec as _, Set, sort_by};

/// The tag, if there is one, and the key of each variant.
type Keys = (Option<String>, Vec<VariantKey>);

impl<'a> Lowering<'a, '_> {
    pub(super) fn variants(
        &mut self,
        schema: &SchemaReader<'a>,
        id: TypeId,
        branches: Vec<Branch<'a>>,
    ) -> TypeResult {
        let Some((tag, keys)) = self.keys(&branches) else { return not_distinguished(schema) };
        let variants = branches.into_iter().zip(keys).enumerate();
        let variants = variants.map(|(index, ((located, ty), key))| UnionVariant {
            name: self.variant_name((&located, &ty), &key, index),
            docs: self.docs_of(&ty),
            place: located.place,
            ty,
            key,
        });
        let mut variants = variants.collect_vec();
        // The first variant whose required properties are there is read: those with more come
        // first.
        sort_by(&mut variants, |a, b| required(b).cmp(&required(a)));
        if self.schemas[id.0].is_document() {
            make_unique(&mut variants);
        }
        report_duplicates(&variants, self.reporter);
        self.finish_type(id, Body::Union(Union { tag, variants }));
        Ok(TypeExpr::Named(id))
    }

    /// What distinguishes the branches, if anything does.
    pub(super) fn keys(&self, branches: &[Branch<'_>]) -> Option<Keys> {
        let types = branches.iter().map(|(_, ty)| self.json_type_of(ty)).collect_some();
        if let Some(types) = types.filter(|types| all_differ(types)) {
            return Some((None, types.into_iter().map(VariantKey::Type).collect_vec()));
        }
        self.tag_keys(branches).or_else(|| self.required_keys(branches))
    }

    /// The values of a tag: a property that is required in each branch, with another value in each.
    fn tag_keys(&self, branches: &[Branch<'_>]) -> Option<Keys> {
        let first = self.tags(&branches.first()?.1);
        first.into_iter().find_map(|(tag, value)| {
            let value_in = |ty: &TypeExpr| {
                self.tags(ty).into_iter().find(|(name, _)| *name == tag).map(|(_, value)| value)
            };
            let values = branches.iter().map(|(_, ty)| value_in(ty)).collect_some()?;
            let is_text = matches!(value, Literal::Text(_));
            let are_alike = values.iter().all(|value| matches!(value, Literal::Text(_)) == is_text);
            let differ = are_alike && all_distinct(&values);
            differ.then(|| (Some(tag), values.into_iter().map(VariantKey::Tag).collect_vec()))
        })
    }

    /// The required properties of each branch, if no two branches require the same.
    fn required_keys(&self, branches: &[Branch<'_>]) -> Option<Keys> {
        let is_document = branches.first().is_some_and(|(branch, _)| branch.is_document());
        let required = |ty: &TypeExpr| {
            // A property of one direction alone distinguishes nothing in the other.
            let is_key = |it: &&Property| it.required && (is_document || it.only.is_none());
            let required = self.model.object(ty)?.properties.iter().filter(is_key);
            let mut names = required.map(|property| property.name.clone()).collect_vec();
            names.sort();
            (!names.is_empty()).then_some(names)
        };
        let all = branches.iter().map(|(_, ty)| required(ty)).collect_some()?;
        all_distinct(&all).then(|| (None, all.into_iter().map(VariantKey::Required).collect_vec()))
    }

    /// Whether a type is a union whose variants are distinguished by their required properties.
    pub(super) fn is_distinguished_by_required(&self, ty: &TypeExpr) -> bool {
        let Some(Body::Union(union)) = self.model.body(ty) else { return false };
        union.variants.iter().any(|it| matches!(it.key, VariantKey::Required(_)))
    }

    /// The required properties of an object that have only one value, with that value.
    fn tags(&self, ty: &TypeExpr) -> Vec<(String, Literal)> {
        let properties = self.model.object(ty).map_or(&[][..], |object| &object.properties);
        let required = properties.iter().filter(|property| property.required);
        required
            .filter_map(|property| Some((property.name.clone(), self.only_value(&property.ty)?)))
            .collect_vec()
    }

    fn only_value(&self, ty: &TypeExpr) -> Option<Literal> {
        match self.model.enumeration(ty)?.variants.as_slice() {
            [only] => match &only.value {
                Literal::Number(number) if *number < Number::from(0) => None,
                value => Some(value.clone()),
            },
            _ => None,
        }
    }

    /// A variant's name: its title, its type's name, or one made of its tag's value or its JSON
    /// type.
    fn variant_name(
        &self,
        (located, ty): (&Located<'a>, &TypeExpr),
        key: &VariantKey,
        index: usize,
    ) -> String {
        let titled = located.node.text_at("/title").and_then(names::type_name);
        let of_key = match key {
            VariantKey::Required(_) => None,
            key => Some(key_name(key)),
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

/// How many properties distinguish a variant.
fn required(variant: &UnionVariant) -> usize {
    match &variant.key {
        VariantKey::Required(names) => names.len(),
        _ => 0,
    }
}

/// A key as a part of a name.
fn key_name(key: &VariantKey) -> String {
    match key {
        VariantKey::Tag(value) => value.made_name(),
        VariantKey::Type(json_type) => format!("{json_type:?}"),
        VariantKey::Required(names) => names::made_variant(&names.join(" ")),
    }
}

/// Gives each variant a name of its own. Of those that share one, the first keeps it; the others
/// get their key or their number appended.
fn make_unique(variants: &mut [UnionVariant]) {
    // The variant for values of no other variant.
    let mut taken = Set::from_iter(["Unknown".to_owned()]);
    for (index, variant) in variants.iter_mut().enumerate() {
        let name = variant.name.clone();
        let with_key = format!("{name}{}", key_name(&variant.key));
        let mut names = [name.clone(), with_key, format!("{name}{}", index + 1)].into_iter();
        if let Some(free) = names.find(|name| taken.insert(name.clone())) {
            variant.name = free;
        }
    }
}

/// Whether no value is of two of the types. An integer is a number too.
fn all_differ(types: &[JsonType]) -> bool {
    let plain = |json_type: &JsonType| match json_type {
        JsonType::Integer => JsonType::Number,
        other => *other,
    };
    let types = types.iter().map(plain).collect_vec();
    all_distinct(&types)
}

fn all_distinct<T: PartialEq>(all: &[T]) -> bool {
    all.iter().enumerate().all(|(index, one)| !all[..index].contains(one))
}

fn report_duplicates(variants: &[UnionVariant], reporter: &Reporter) {
    let named = variants.iter().map(|variant| (&*variant.name, &variant.place));
    report_variant_names(&named.collect_vec(), reporter);
}
