//! The fifth stage: every default, example and named value keeps its own schema.

#[expect(unreachable_pub, reason = "alike to the runtime's, to the letter")]
mod format;

mod rules;
mod tainted;

pub(crate) use format::Format;
pub(crate) use tainted::Tainted;

use std::collections::HashSet;

use rules::{
    CONTAINED, ITEMS, PROPERTIES, any_whole, check_count, check_integer, check_number, check_text,
};

use crate::diagnostics::Diagnostics;
use crate::lower::Lowered;
use crate::model::{
    AdditionalProperties, Assertion, Body, Enum, Integer, ListRules, Literal, MapRules, Model,
    Object, PropertyRules, TypeExpr, TypeId, Union, UnionVariant, VariantKey,
};
use crate::schema::Located;
use crate::source::{Node, Value};

/// Checks the values that descriptions give against the model, and hands the model on. Where a
/// schema is doubtful, what breaks it may be right.
pub(crate) fn check_examples(
    lowered: Lowered<'_>,
    tainted: &Tainted,
    diagnostics: &mut Diagnostics,
) -> Model {
    let check = Check { model: &lowered.model };
    for sample in lowered.samples.iter().filter(|sample| !tainted.concerns(&sample.value)) {
        check.value(&sample.ty, &sample.value, diagnostics);
    }
    lowered.model
}

/// Judges JSON values by the model, as the generated code will.
struct Check<'m> {
    model: &'m Model,
}

impl Check<'_> {
    fn value(&self, ty: &TypeExpr, located: &Located<'_>, diagnostics: &mut Diagnostics) {
        match (ty, &located.node.value) {
            (TypeExpr::Any, _)
            | (TypeExpr::Boolean(None), Value::Bool(_))
            | (TypeExpr::Null | TypeExpr::Nullable(_), Value::Null) => {}
            (TypeExpr::Named(id), _) => self.named(*id, located, diagnostics),
            (TypeExpr::Nullable(ty), _) => self.value(ty, located, diagnostics),
            (TypeExpr::Constrained(ty, assertions), _) => {
                self.value(ty, located, diagnostics);
                for assertion in assertions {
                    self.assertion(assertion, located, diagnostics);
                }
            }
            (TypeExpr::Text(rules) | TypeExpr::Secret(rules), Value::String(text)) => {
                check_text(rules, text, located, diagnostics);
            }
            (TypeExpr::Integer(kind, rules), Value::Number(number)) => {
                check_integer(*kind, rules, *number, located, diagnostics);
            }
            (TypeExpr::Time(rules), Value::Number(number)) => {
                check_integer(Integer::I64, rules, *number, located, diagnostics);
            }
            (TypeExpr::Boolean(Some(only)), Value::Bool(found)) => {
                if found != only {
                    breaks(located, &format!("it must be {only}"), diagnostics);
                }
            }
            (TypeExpr::EnumValues(listed), _) => {
                if !listed.contains(&located.node.canonical()) {
                    breaks(located, "it is none of the values that are listed", diagnostics);
                }
            }
            (TypeExpr::Tuple(first, rest, rules), Value::Array(_)) => {
                self.list(&|index| first.get(index).unwrap_or(rest), rules, located, diagnostics);
            }
            (TypeExpr::Number(rules), Value::Number(number)) => {
                check_number(rules, *number, located, diagnostics);
            }
            (TypeExpr::List(items, rules), Value::Array(_)) => {
                self.list(&|_| items, rules, located, diagnostics)
            }
            (TypeExpr::Map(values, rules), Value::Object(_)) => {
                self.map(values, rules, located, diagnostics)
            }
            _ => drop(located.wants::<()>(describe(ty), diagnostics)),
        }
    }

    fn named(&self, id: TypeId, located: &Located<'_>, diagnostics: &mut Diagnostics) {
        match &self.model.get(id).body {
            Body::Pending => {}
            Body::Newtype(ty, _) => self.value(ty, located, diagnostics),
            Body::Object(object) => self.object(object, located, diagnostics),
            Body::Enum(listed) => check_enum(listed, located, diagnostics),
            Body::Union(union) => self.union(union, located, diagnostics),
        }
    }

    fn assertion(
        &self,
        assertion: &Assertion,
        located: &Located<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        let kept = |types_within: &[TypeExpr]| {
            types_within.iter().filter(|ty| self.holds(ty, located)).count()
        };
        match (assertion, &located.node.value) {
            (Assertion::Not(ty), _) if self.holds(ty, located) => {
                breaks(located, "it keeps what is under `not`", diagnostics)
            }
            (Assertion::AnyOf(types_within), _) if kept(types_within) == 0 => {
                breaks(located, "it keeps nothing that is under `anyOf`", diagnostics)
            }
            (Assertion::OneOf(types_within), _) if kept(types_within) != 1 => {
                breaks(
                    located,
                    &format!("it keeps {} of the schemas under `oneOf`", kept(types_within)),
                    diagnostics,
                );
            }
            (Assertion::If { condition, then, otherwise }, _) => {
                let branch = if self.holds(condition, located) { then } else { otherwise };
                if let Some(ty) = branch {
                    self.asserted(ty, located, diagnostics);
                }
            }
            (Assertion::Contains { ty, count }, Value::Array(_)) => {
                let found =
                    located.items(diagnostics).iter().filter(|item| self.holds(ty, item)).count();
                check_count(count, found, &CONTAINED, located, diagnostics);
            }
            (Assertion::Dependent(property, ty), Value::Object(object))
                if object.get(property).is_some() =>
            {
                self.asserted(ty, located, diagnostics);
            }
            _ => {}
        }
    }

    /// Whether a value keeps a type.
    fn holds(&self, ty: &TypeExpr, located: &Located<'_>) -> bool {
        let mut diagnostics = Diagnostics::default();
        self.asserted(ty, located, &mut diagnostics);
        diagnostics.is_empty()
    }

    /// What a claim asserts, of values whose own type may be a wider one: a whole number is an
    /// integer whether or not it fits 64 bits.
    fn asserted(&self, ty: &TypeExpr, located: &Located<'_>, diagnostics: &mut Diagnostics) {
        match (ty, &located.node.value) {
            (TypeExpr::Integer(Integer::I64, rules), Value::Number(number)) => {
                check_number(&any_whole(rules), *number, located, diagnostics);
            }
            _ => self.value(ty, located, diagnostics),
        }
    }

    fn union(&self, union: &Union, located: &Located<'_>, diagnostics: &mut Diagnostics) {
        let is = |member: &&UnionVariant| match (&member.key, &union.tag) {
            (VariantKey::Type(json_type), _) => json_type.allows(located.node),
            (VariantKey::Tag(value), Some(tag)) => match &located.node.value {
                Value::Object(object) => object.get(tag).is_some_and(
                    |node| matches!(&node.value, Value::String(found) if found == value),
                ),
                _ => false,
            },
            (VariantKey::Tag(_), None) => false,
        };
        match union.members.iter().find(is) {
            Some(member) => self.value(&member.ty, located, diagnostics),
            None => breaks(located, "it is of none of the types that are listed", diagnostics),
        }
    }

    fn list<'s>(
        &self,
        type_of_item: &dyn Fn(usize) -> &'s TypeExpr,
        rules: &ListRules,
        located: &Located<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        let found = located.items(diagnostics);
        check_count(&rules.count, found.len(), &ITEMS, located, diagnostics);
        let mut seen = HashSet::new();
        for (index, item) in found.iter().enumerate() {
            if rules.unique && !seen.insert(item.node.canonical()) {
                breaks(item, "it is there twice", diagnostics);
            }
            self.value(type_of_item(index), item, diagnostics);
        }
    }

    fn map(
        &self,
        values: &TypeExpr,
        rules: &MapRules,
        located: &Located<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        check_property_rules(&rules.members, located, diagnostics);
        for (name, located) in located.properties(diagnostics) {
            if let Some(names) = &rules.names {
                let node =
                    Node { value: Value::String(name.to_owned()), span: located.node.span.clone() };
                self.value(
                    names,
                    &Located { node: &node, file: located.file, place: located.place.clone() },
                    diagnostics,
                );
            }
            self.value(values, &located, diagnostics);
        }
    }

    fn object(&self, object: &Object, located: &Located<'_>, diagnostics: &mut Diagnostics) {
        let Some(found) = located.object(diagnostics) else { return };
        for property in &object.properties {
            match found.get(&property.name) {
                Some(node) => {
                    self.value(&property.ty, &located.below(&property.name, node), diagnostics)
                }
                None if property.required => {
                    breaks(located, &format!("`{}` is missing", property.name), diagnostics);
                }
                None => {}
            }
        }
        check_property_rules(&object.members, located, diagnostics);
        let listed: HashSet<&str> =
            object.properties.iter().map(|property| &*property.name).collect();
        for entry in &found.entries {
            let located = located.below(&entry.key, &entry.node);
            if listed.contains(&*entry.key) {
                continue;
            }
            match &object.additional {
                AdditionalProperties::Ignored => {}
                AdditionalProperties::Refused => {
                    breaks(&located, "no such property is allowed", diagnostics)
                }
                AdditionalProperties::Kept(ty) => self.value(ty, &located, diagnostics),
            }
        }
    }
}

fn check_property_rules(
    rules: &PropertyRules,
    located: &Located<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Some(found) = located.object(diagnostics) else { return };
    check_count(&rules.count, found.entries.len(), &PROPERTIES, located, diagnostics);
    for name in rules.required.iter().filter(|name| found.get(name).is_none()) {
        breaks(located, &format!("`{name}` is missing"), diagnostics);
    }
    for (name, additional) in rules.dependent.iter().filter(|(name, _)| found.get(name).is_some()) {
        for other in additional.iter().filter(|other| found.get(other).is_none()) {
            breaks(located, &format!("it has `{name}`, and `{other}` is missing"), diagnostics);
        }
    }
}

fn check_enum(listed: &Enum, located: &Located<'_>, diagnostics: &mut Diagnostics) {
    let found = match &located.node.value {
        Value::Number(number) => Some(Literal::Number(*number)),
        Value::String(text) => Some(Literal::Text(text.clone())),
        _ => None,
    };
    if !listed.variants.iter().any(|variant| Some(&variant.value) == found.as_ref()) {
        breaks(located, "it is none of the values that are listed", diagnostics);
    }
}

fn breaks(located: &Located<'_>, why: &str, diagnostics: &mut Diagnostics) {
    diagnostics.error(&located.place, format!("breaks its schema: {why}"));
}

fn describe(ty: &TypeExpr) -> &'static str {
    match ty {
        TypeExpr::Named(_)
        | TypeExpr::Any
        | TypeExpr::EnumValues(_)
        | TypeExpr::Nullable(_)
        | TypeExpr::Constrained(..) => "what the schema says",
        TypeExpr::Null => "null",
        TypeExpr::Number(_) => "a number",
        TypeExpr::Boolean(_) => "true or false",
        TypeExpr::Text(_) | TypeExpr::Secret(_) => "a string",
        TypeExpr::Integer(..) | TypeExpr::Time(_) => "a whole number",
        TypeExpr::List(..) | TypeExpr::Tuple(..) => "an array",
        TypeExpr::Map(..) => "an object",
    }
}
