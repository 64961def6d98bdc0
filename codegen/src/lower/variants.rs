//! The variants of a union: their names, and what distinguishes them, which is the JSON type, a tag
//! (a property with one value in each), or the required properties.
//!
//! ```text
//! { "oneOf": [{ "properties": { "template_id": { "const": 0 } }, "required": ["template_id"], .. }, ..] }
//!
//! Union { tag: Some("template_id"), variants: [Value0, ..] }
//! ```

use wechat_bizwifi_rules::JsonType;

use super::{Lowering, report_variant_names};
use crate::model::{Body, Literal, Property, TypeExpr, TypeId, Union, UnionVariant, VariantKey};
use crate::names;
use crate::schema::Located;
use crate::source::Number;
use crate::util::{CollectVec as _, Set, sort_by};

/// A branch of a union after it was lowered.
#[derive(Clone)]
pub(super) struct Branch<'a> {
    pub(super) located: Located<'a>,
    pub(super) ty: TypeExpr,
    /// The name that the schema suggests for the variant.
    pub(super) name: String,
}

/// Branches of which no two have values in common.
pub(super) struct Distinct<'a> {
    branches: Vec<Branch<'a>>,
    keys: Keys,
}

/// The tag, if there is one, and the key of each variant.
type Keys = (Option<String>, Vec<VariantKey>);

impl<'a> Lowering<'a, '_> {
    /// The branches, if something distinguishes them.
    pub(super) fn distinguish(&self, branches: &[Branch<'a>]) -> Option<Distinct<'a>> {
        let is_one = branches.len() < 2;
        let keys = if is_one { Keys::default() } else { self.keys(branches)? };
        Some(Distinct { branches: branches.to_vec(), keys })
    }

    /// Finishes a type as the union of branches. A single branch needs no union: its own type is
    /// returned.
    pub(super) fn variants(&mut self, id: TypeId, distinct: Distinct<'a>) -> TypeExpr {
        let Distinct { mut branches, keys: (tag, keys) } = distinct;
        if branches.len() < 2 {
            return branches.pop().map_or(TypeExpr::Null, |branch| branch.ty);
        }
        let variants = branches.into_iter().zip(keys).map(|(branch, key)| UnionVariant {
            name: self.variant_name(&branch, &key),
            docs: self.docs_of(&branch.ty),
            place: branch.located.place,
            ty: branch.ty,
            key,
        });
        let mut variants = variants.collect_vec();
        // The first variant whose required properties are there is read: those with more come
        // first.
        sort_by(&mut variants, |a, b| required(b).cmp(&required(a)));
        if self.schemas[id.0].is_document() {
            name_apart(&mut variants);
        }
        let named = variants.iter().map(|variant| (&*variant.name, &variant.place));
        report_variant_names(&named.collect_vec(), self.reporter);
        self.finish_type(id, Body::Union(Union { tag, variants }));
        TypeExpr::Named(id)
    }

    /// What distinguishes the branches, if anything does.
    fn keys(&self, branches: &[Branch<'_>]) -> Option<Keys> {
        let types = branches.iter().map(|branch| self.json_type_of(&branch.ty)).collect_some();
        if let Some(types) = types.filter(|types| all_differ(types)) {
            return Some((None, types.into_iter().map(VariantKey::Type).collect_vec()));
        }
        self.tag_keys(branches).or_else(|| self.required_keys(branches))
    }

    /// The values of a tag: a property that is required in each branch, with another value in each.
    fn tag_keys(&self, branches: &[Branch<'_>]) -> Option<Keys> {
        let first = self.tags(&branches.first()?.ty);
        first.into_iter().find_map(|(tag, value)| {
            let value_in = |ty: &TypeExpr| {
                self.tags(ty).into_iter().find(|(name, _)| *name == tag).map(|(_, value)| value)
            };
            let values = branches.iter().map(|branch| value_in(&branch.ty)).collect_some()?;
            let is_text = matches!(value, Literal::Text(_));
            let are_alike = values.iter().all(|value| matches!(value, Literal::Text(_)) == is_text);
            let differ = are_alike && all_distinct(&values);
            differ.then(|| (Some(tag), values.into_iter().map(VariantKey::Tag).collect_vec()))
        })
    }

    /// The required properties of each branch, if no two branches require the same.
    fn required_keys(&self, branches: &[Branch<'_>]) -> Option<Keys> {
        let is_document = branches.first().is_some_and(|branch| branch.located.is_document());
        let required = |ty: &TypeExpr| {
            // A property of one direction alone distinguishes nothing in the other.
            let is_key = |it: &&Property| it.required && (is_document || it.only.is_none());
            let required = self.model.object(ty)?.properties.iter().filter(is_key);
            let mut names = required.map(|property| property.name.clone()).collect_vec();
            names.sort();
            (!names.is_empty()).then_some(names)
        };
        let all = branches.iter().map(|branch| required(&branch.ty)).collect_some()?;
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
    fn variant_name(&self, branch: &Branch<'a>, key: &VariantKey) -> String {
        let node = branch.located.node;
        if let Some(title) = node.text_at("/title").and_then(names::type_name) {
            return title;
        }
        match (&branch.ty, key) {
            (TypeExpr::Named(id), _) if node.at("/$ref").is_some() => {
                self.model.get(*id).name.clone()
            }
            (_, VariantKey::Required(_)) => names::variant_name_for(&branch.name),
            _ => key_name(key),
        }
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
        VariantKey::Tag(value) => value.variant_name(),
        VariantKey::Type(json_type) => format!("{json_type:?}"),
        VariantKey::Required(names) => names::variant_name_for(&names.join(" ")),
    }
}

/// Gives each variant a name of its own. Of those that share one, the first keeps it; the others
/// get their key appended, or a number.
fn name_apart(variants: &mut [UnionVariant]) {
    // The variant for values of no other variant.
    let mut taken = Set::from_iter(["Unknown".to_owned()]);
    for variant in variants {
        let name = std::mem::take(&mut variant.name);
        let with_key = format!("{name}{}", key_name(&variant.key));
        let with_number = (2_usize..).map(|number| format!("{name}{number}"));
        let names = [name.clone(), with_key].into_iter().chain(with_number);
        variant.name = names::first_free(names, &mut taken).unwrap_or(name);
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
