//! Every default, example and named value is valid against its own schema.
//!
//! ```text
//! { "type": "string", "maxLength": 3, "default": "long" }
//!
//! name.json:1:49 /default: breaks its schema: it has 4 characters
//! ```

mod rules;
mod tainted;

pub(crate) use tainted::Tainted;

use std::collections::HashSet;

use rules::{
    CONTAINED, ITEMS, PROPERTIES, any_whole, check_count, check_integer, check_number, check_text,
};

use crate::diagnostics::Reporter;
use crate::model::{
    AdditionalProperties, Assertion, Body, Enum, Integer, ListRules, Literal, MapRules, Model,
    Object, PropertyRules, Sample, TypeExpr, TypeId, Union, UnionVariant, VariantKey,
};
use crate::schema::Located;
use crate::source::{Node, Value};

/// Checks the values that descriptions give against the model. Where a schema is tainted, what breaks
/// it may be right.
pub(crate) fn check_examples(model: &Model, samples: &[Sample<'_>], tainted: &Tainted) {
    let check = Check { model };
    for sample in samples.iter().filter(|sample| !tainted.contains(&sample.schema)) {
        check.value(&sample.ty, &sample.value);
    }
}

/// Checks JSON values by the model, as the generated code will.
struct Check<'m> {
    model: &'m Model,
}

impl Check<'_> {
    fn value(&self, ty: &TypeExpr, located: &Located<'_>) {
        match (ty, &located.node.value) {
            (TypeExpr::Any, _)
            | (TypeExpr::Boolean(None), Value::Bool(_))
            | (TypeExpr::Null | TypeExpr::Nullable(_), Value::Null) => {}
            (TypeExpr::Named(id), _) => self.named(*id, located),
            (TypeExpr::Nullable(ty), _) => self.value(ty, located),
            (TypeExpr::Constrained(ty, assertions), _) => {
                self.value(ty, located);
                for assertion in assertions {
                    self.assertion(assertion, located);
                }
            }
            (TypeExpr::Text(rules) | TypeExpr::Secret(rules), Value::String(text)) => {
                check_text(rules, text, located);
            }
            (TypeExpr::Integer(integer, rules), Value::Number(number)) => {
                check_integer(*integer, rules, *number, located);
            }
            (TypeExpr::Time(rules), Value::Number(number)) => {
                check_integer(Integer::I64, rules, *number, located);
            }
            (TypeExpr::Boolean(Some(only)), Value::Bool(found)) => {
                if found != only {
                    breaks(located, &format!("it must be {only}"));
                }
            }
            (TypeExpr::EnumValues(listed), _) => {
                if !listed.contains(&located.node.canonical()) {
                    breaks(located, "it is none of the values that are listed");
                }
            }
            (TypeExpr::Tuple(first, rest, rules), Value::Array(_)) => {
                self.list(&|index| first.get(index).unwrap_or(rest), rules, located);
            }
            (TypeExpr::Number(rules), Value::Number(number)) => {
                check_number(rules, *number, located);
            }
            (TypeExpr::List(items, rules), Value::Array(_)) => {
                self.list(&|_| items, rules, located)
            }
            (TypeExpr::Map(values, rules), Value::Object(_)) => self.map(values, rules, located),
            _ => {
                located.must_be(describe(ty));
            }
        }
    }

    fn named(&self, id: TypeId, located: &Located<'_>) {
        match &self.model.get(id).body {
            Body::Pending => {}
            Body::Newtype(ty, _) => self.value(ty, located),
            Body::Object(object) => self.object(object, located),
            Body::Enum(listed) => check_enum(listed, located),
            Body::Union(union) => self.union(union, located),
        }
    }

    fn assertion(&self, assertion: &Assertion, located: &Located<'_>) {
        let valid = |types: &[TypeExpr]| types.iter().filter(|ty| self.holds(ty, located)).count();
        match (assertion, &located.node.value) {
            (Assertion::Not(ty), _) if self.holds(ty, located) => {
                breaks(located, "it is valid against `not`")
            }
            (Assertion::AnyOf(types), _) if valid(types) == 0 => {
                breaks(located, "it is valid against no schema of `anyOf`")
            }
            (Assertion::OneOf(types), _) if valid(types) != 1 => {
                breaks(
                    located,
                    &format!("it is valid against {} schemas of `oneOf`", valid(types)),
                );
            }
            (Assertion::If { condition, then, otherwise }, _) => {
                let branch = if self.holds(condition, located) { then } else { otherwise };
                if let Some(ty) = branch {
                    self.asserted(ty, located);
                }
            }
            (Assertion::Contains { ty, count }, Value::Array(_)) => {
                let found = located.items().iter().filter(|item| self.holds(ty, item)).count();
                check_count(count, found, &CONTAINED, located);
            }
            (Assertion::Dependent(property, ty), Value::Object(object))
                if object.get(property).is_some() =>
            {
                self.asserted(ty, located);
            }
            _ => {}
        }
    }

    /// Whether a value is valid against a type.
    fn holds(&self, ty: &TypeExpr, located: &Located<'_>) -> bool {
        let reporter = Reporter::default();
        self.asserted(ty, &located.with_reporter(&reporter));
        !reporter.has_errors()
    }

    /// What an assertion says, of values whose own type may be a wider one: a whole number is an
    /// integer whether or not it fits 64 bits.
    fn asserted(&self, ty: &TypeExpr, located: &Located<'_>) {
        match (ty, &located.node.value) {
            (TypeExpr::Integer(Integer::I64, rules), Value::Number(number)) => {
                check_number(&any_whole(rules), *number, located);
            }
            _ => self.value(ty, located),
        }
    }

    fn union(&self, union: &Union, located: &Located<'_>) {
        let is = |variant: &&UnionVariant| match (&variant.key, &union.tag) {
            (VariantKey::Type(json_type), _) => json_type.allows(located.node),
            (VariantKey::Tag(value), Some(tag)) => match &located.node.value {
                Value::Object(object) => object.get(tag).is_some_and(
                    |node| matches!(&node.value, Value::String(found) if found == value),
                ),
                _ => false,
            },
            (VariantKey::Tag(_), None) => false,
        };
        match union.variants.iter().find(is) {
            Some(variant) => self.value(&variant.ty, located),
            None => breaks(located, "it is of none of the types that are listed"),
        }
    }

    fn list<'s>(
        &self,
        type_of_item: &dyn Fn(usize) -> &'s TypeExpr,
        rules: &ListRules,
        located: &Located<'_>,
    ) {
        let found = located.items();
        check_count(&rules.count, found.len(), &ITEMS, located);
        let mut seen = HashSet::new();
        for (index, item) in found.iter().enumerate() {
            if rules.unique && !seen.insert(item.node.canonical()) {
                breaks(item, "it is there twice");
            }
            self.value(type_of_item(index), item);
        }
    }

    fn map(&self, values: &TypeExpr, rules: &MapRules, located: &Located<'_>) {
        check_property_rules(&rules.properties, located);
        for (name, located) in located.properties() {
            if let Some(names) = &rules.names {
                let node =
                    Node { value: Value::String(name.to_owned()), span: located.node.span.clone() };
                self.value(names, &Located { node: &node, ..located.clone() });
            }
            self.value(values, &located);
        }
    }

    fn object(&self, object: &Object, located: &Located<'_>) {
        let Ok(found) = located.object() else { return };
        for property in &object.properties {
            match found.get(&property.name) {
                Some(node) => self.value(&property.ty, &located.below(&property.name, node)),
                None if property.required => {
                    breaks(located, &format!("`{}` is missing", property.name));
                }
                None => {}
            }
        }
        check_property_rules(&object.rules, located);
        let listed: HashSet<&str> =
            object.properties.iter().map(|property| &*property.name).collect();
        for entry in &found.entries {
            let located = located.below(&entry.key, &entry.node);
            if listed.contains(&*entry.key) {
                continue;
            }
            match &object.additional {
                AdditionalProperties::Ignored => {}
                AdditionalProperties::Refused => breaks(&located, "no such property is allowed"),
                AdditionalProperties::Kept(ty) => self.value(ty, &located),
            }
        }
    }
}

fn check_property_rules(rules: &PropertyRules, located: &Located<'_>) {
    let Ok(found) = located.object() else { return };
    check_count(&rules.count, found.entries.len(), &PROPERTIES, located);
    for name in rules.required.iter().filter(|name| found.get(name).is_none()) {
        breaks(located, &format!("`{name}` is missing"));
    }
    for (name, additional) in rules.dependent.iter().filter(|(name, _)| found.get(name).is_some()) {
        for other in additional.iter().filter(|other| found.get(other).is_none()) {
            breaks(located, &format!("it has `{name}`, and `{other}` is missing"));
        }
    }
}

fn check_enum(listed: &Enum, located: &Located<'_>) {
    let found = match &located.node.value {
        Value::Number(number) => Some(Literal::Number(*number)),
        Value::String(text) => Some(Literal::Text(text.clone())),
        _ => None,
    };
    if !listed.variants.iter().any(|variant| Some(&variant.value) == found.as_ref()) {
        breaks(located, "it is none of the values that are listed");
    }
}

fn breaks(located: &Located<'_>, why: &str) {
    located.error(format!("breaks its schema: {why}"));
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
