//! One of several types: told apart by a property that names each, or by the JSON type.

use std::collections::HashMap;

use super::kind::stated_kind;
use super::shape::Site;
use super::{Lowering, Notes, report_clash};
use crate::model::{Body, JsonType, Literal, Member, MemberKey, Shape, TypeId, Union};
use crate::names;
use crate::report::Report;
use crate::schema::{Ledger, Spot};

impl<'a> Lowering<'a, '_> {
    /// `oneOf` or `anyOf`: the members must be such that no value is of two of them, so that both
    /// mean the same.
    pub(super) fn union(
        &mut self,
        ledger: &Ledger<'a>,
        site: Site<'_>,
        notes: &Notes<'a>,
        report: &mut Report,
    ) -> Option<Shape> {
        ledger.set_kind("one of several types");
        let word = if ledger.has("anyOf") { "anyOf" } else { "oneOf" };
        let spots = ledger.items(word, report);
        let mut lowered = Vec::new();
        let id = self.begin_union(ledger, site, notes, report)?;
        let inherited = stated_kind(ledger).or(site.inherited);
        for (index, spot) in spots.iter().enumerate() {
            let name = format!("{} {}", site.name, member_name(spot, index));
            let site = Site { name: &name, inherited };
            lowered.push((spot.clone(), self.schema(spot, site, report)?));
        }
        let apart = if says_more(ledger, word) { None } else { self.apart(&lowered, word) };
        let Some((rest, or_null)) = apart else {
            self.named.remove(&super::identity(&ledger.spot));
            return self.claimed_alternatives(ledger, lowered, site, notes, report);
        };
        self.finish_union(ledger, id, rest, or_null, report)
    }

    /// The members without `null`, and whether there was any: if no value is of two of them, unless
    /// that makes no difference.
    fn apart(
        &self,
        lowered: &[(Spot<'a>, Shape)],
        word: &str,
    ) -> Option<(Vec<(Spot<'a>, Shape)>, bool)> {
        let (mut rest, mut nulls) = (Vec::new(), 0);
        for (spot, shape) in lowered {
            let shape = match shape {
                Shape::Null | Shape::Nullable(_) => {
                    nulls += 1;
                    shape.parts().first().copied()
                }
                _ => Some(shape),
            };
            rest.extend(shape.map(|shape| (spot.clone(), shape.clone())));
        }
        let is_in_two = nulls > 1 && word == "oneOf";
        let is_hidden = rest.iter().any(|(_, shape)| self.allows_null(shape));
        let is_told = rest.len() < 2 && nulls > 0 || self.keys(&rest).is_some();
        (is_told && !is_in_two && !is_hidden).then_some((rest, nulls > 0))
    }

    /// `type` with several types: each takes the keywords that apply to it.
    pub(super) fn union_of_types(
        &mut self,
        ledger: &Ledger<'a>,
        types: &[JsonType],
        site: Site<'_>,
        notes: &Notes<'a>,
        report: &mut Report,
    ) -> Option<Shape> {
        let id = self.begin_union(ledger, site, notes, report)?;
        let mut lowered = Vec::new();
        for json_type in types.iter().filter(|json_type| **json_type != JsonType::Null) {
            let name = format!("{} {json_type:?}", site.name);
            let shape =
                self.typed(ledger, *json_type, Site { name: &name, ..site }, notes, report)?;
            lowered.push((ledger.spot.clone(), shape));
        }
        ledger.set_kind("any of these types");
        self.finish_union(ledger, id, lowered, false, report)
    }

    fn begin_union(
        &mut self,
        ledger: &Ledger<'a>,
        site: Site<'_>,
        notes: &Notes<'a>,
        report: &mut Report,
    ) -> Option<TypeId> {
        let name = Self::type_name(ledger, site.name, report)?;
        Some(self.begin_type(&ledger.spot, name, notes))
    }

    fn finish_union(
        &mut self,
        ledger: &Ledger<'a>,
        id: TypeId,
        mut members: Vec<(Spot<'a>, Shape)>,
        or_null: bool,
        report: &mut Report,
    ) -> Option<Shape> {
        let shape = match members.len() {
            0 => Shape::Null,
            1 => members.remove(0).1,
            _ => self.members(ledger, id, members, report)?,
        };
        if !matches!(shape, Shape::Named(named) if named == id) {
            self.named.remove(&super::identity(&ledger.spot));
        }
        Some(if or_null && !matches!(shape, Shape::Null) {
            Shape::Nullable(Box::new(shape))
        } else {
            shape
        })
    }

    fn members(
        &mut self,
        ledger: &Ledger<'a>,
        id: TypeId,
        lowered: Vec<(Spot<'a>, Shape)>,
        report: &mut Report,
    ) -> Option<Shape> {
        let Some((tag, keys)) = self.keys(&lowered) else {
            report
                .fault(&ledger.spot.place, "the types listed here cannot be told apart")
                .cure("list types of different JSON types, or give each object a required property of one name with a `const` of its own");
            return None;
        };
        let members = lowered.into_iter().zip(keys).enumerate();
        let members = members.map(|(index, ((spot, shape), key))| Member {
            name: self.variant_name(&spot, &shape, &key, index),
            docs: self.docs_of(&shape),
            place: spot.place,
            shape,
            key,
        });
        let members: Vec<Member> = members.collect();
        report_twins(&members, report);
        self.finish_type(id, Body::Union(Union { tag, members }));
        Some(Shape::Named(id))
    }

    /// What tells the members apart, if anything does.
    fn keys(&self, lowered: &[(Spot<'a>, Shape)]) -> Option<(Option<String>, Vec<MemberKey>)> {
        let types: Option<Vec<JsonType>> =
            lowered.iter().map(|(_, shape)| self.json_type_of(shape)).collect();
        if let Some(types) = types.filter(|types| all_differ(types)) {
            return Some((None, types.into_iter().map(MemberKey::Type).collect()));
        }
        let first: Vec<(String, String)> = self.tags(&lowered.first()?.1);
        first.into_iter().find_map(|(tag, _)| {
            let value = |shape: &Shape| {
                self.tags(shape).into_iter().find(|(name, _)| *name == tag).map(|(_, value)| value)
            };
            let values: Vec<String> =
                lowered.iter().map(|(_, shape)| value(shape)).collect::<Option<_>>()?;
            let is_repeated = |(index, value): (usize, &String)| values[..index].contains(value);
            let differ = !values.iter().enumerate().any(is_repeated);
            differ.then(|| (Some(tag), values.into_iter().map(MemberKey::Tag).collect()))
        })
    }

    /// The required properties of an object that have one value alone, a string.
    fn tags(&self, shape: &Shape) -> Vec<(String, String)> {
        let Shape::Named(id) = shape else { return Vec::new() };
        let Body::Object(object) = &self.model.get(*id).body else { return Vec::new() };
        let required = object.properties.iter().filter(|property| property.required);
        required
            .filter_map(|property| Some((property.name.clone(), self.only_value(&property.shape)?)))
            .collect()
    }

    fn only_value(&self, shape: &Shape) -> Option<String> {
        let Shape::Named(id) = shape else { return None };
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
        spot: &Spot<'a>,
        shape: &Shape,
        key: &MemberKey,
        index: usize,
    ) -> String {
        let title = spot.node.at("/title").and_then(|node| match &node.value {
            crate::source::Value::String(title) => names::type_name(title),
            _ => None,
        });
        let of_key = match key {
            MemberKey::Tag(value) => names::type_name(value),
            MemberKey::Type(json_type) => Some(format!("{json_type:?}")),
        };
        let named = match shape {
            Shape::Named(id) if spot.node.at("/$ref").is_some() => {
                Some(self.model.get(*id).name.clone())
            }
            _ => None,
        };
        title.or(named).or(of_key).unwrap_or_else(|| format!("Variant{index}"))
    }
}

/// Whether the schema says anything but the alternatives.
fn says_more(ledger: &Ledger<'_>, word: &str) -> bool {
    let is_said = |said: &str| crate::schema::is_enforced(said) && said != word;
    ledger.words().any(|said| is_said(said) && !super::claims::CLAIMS.contains(&said))
}

/// The name that a member's place suggests: its title, or its number.
fn member_name(spot: &Spot<'_>, index: usize) -> String {
    match spot.node.at("/title").map(|node| &node.value) {
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

fn report_twins(members: &[Member], report: &mut Report) {
    let mut names: HashMap<&str, &Member> = HashMap::new();
    for member in members {
        if let Some(other) = names.insert(&member.name, member) {
            let places = [&member.place, &other.place];
            let cure = "give one of the two another `title`";
            report_clash("variant name", &member.name, places, cure, report);
        }
        if member.name == "Unknown" {
            report
                .fault(
                    &member.place,
                    "the variant name `Unknown` is kept for values that are not listed",
                )
                .cure("give it another title");
        }
    }
}
