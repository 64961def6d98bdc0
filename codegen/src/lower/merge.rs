//! What several schemas allow together.
//!
//! ```text
//! Integer(I64, 1..)  and  Integer(I64, ..=9)
//!
//! Integer(I64, 1..=9)
//! ```

use super::compose::Part;
use crate::model::{
    AdditionalProperties, Body, CountRules, IntegerRules, ListRules, MapRules, Model, NumberRules,
    Object, Property, PropertyRules, TextRules, TypeExpr,
};
use crate::source::Number;

/// Why two schemas cannot be put together.
type Refusal = &'static str;

/// What all of the parts allow.
pub(super) fn parts(model: &Model, parts: Vec<Part>) -> Result<Part, Refusal> {
    let mut parts = parts.into_iter();
    let Some(mut merged) = parts.next() else { return Ok(Part::Type(TypeExpr::Any)) };
    for part in parts {
        merged = pair(model, merged, part)?;
    }
    Ok(merged)
}

fn pair(model: &Model, a: Part, b: Part) -> Result<Part, Refusal> {
    match (a, b) {
        (Part::Type(TypeExpr::Any), other) | (other, Part::Type(TypeExpr::Any)) => Ok(other),
        (Part::Object(a), b) => object_with(model, a, b).map(Part::Object),
        (Part::Type(a), b) => match object_of(model, &a) {
            Some(object) => object_with(model, object, b).map(Part::Object),
            None => match b {
                Part::Object(b) => object_with(model, b, Part::Type(a)).map(Part::Object),
                Part::Type(b) => match object_of(model, &b) {
                    Some(object) => object_with(model, object, Part::Type(a)).map(Part::Object),
                    None => both(model, a, b).map(Part::Type),
                },
            },
        },
    }
}

/// A copy of the object that a type names.
fn object_of(model: &Model, ty: &TypeExpr) -> Option<Object> {
    match ty {
        TypeExpr::Named(id) => match &model.get(*id).body {
            Body::Object(object) => Some(object.clone()),
            _ => None,
        },
        _ => None,
    }
}

fn object_with(model: &Model, object: Object, part: Part) -> Result<Object, Refusal> {
    match part {
        Part::Object(other) => objects(model, object, other),
        Part::Type(ty) => match (object_of(model, &ty), ty) {
            (Some(other), _) => objects(model, object, other),
            (None, TypeExpr::Map(values, rules))
                if matches!(*values, TypeExpr::Any) && rules.names.is_none() =>
            {
                with_property_rules(object, rules.properties)
            }
            _ => Err("an object and something else"),
        },
    }
}

fn objects(model: &Model, mut a: Object, b: Object) -> Result<Object, Refusal> {
    let is_open = |additional: &AdditionalProperties| {
        matches!(additional, AdditionalProperties::Ignored)
            || matches!(additional, AdditionalProperties::Kept(TypeExpr::Any))
    };
    if !is_open(&a.additional) || !is_open(&b.additional) {
        return Err("`additionalProperties` of one would refuse the properties of the other");
    }
    for property in b.properties {
        match a.properties.iter().position(|known| known.name == property.name) {
            None => a.properties.push(property),
            Some(index) => {
                let merged = properties(model, a.properties[index].clone(), property)?;
                a.properties[index] = merged;
            }
        }
    }
    if matches!(b.additional, AdditionalProperties::Kept(_)) {
        a.additional = b.additional;
    }
    with_property_rules(a, b.rules)
}

fn properties(model: &Model, a: Property, b: Property) -> Result<Property, Refusal> {
    let ty = both(model, a.ty.clone(), b.ty)?;
    Ok(Property { required: a.required || b.required, ty, docs: a.docs.or(b.docs), ..a })
}

/// Requires what the rules require; a required property that is listed needs no rule.
fn with_property_rules(mut object: Object, rules: PropertyRules) -> Result<Object, Refusal> {
    let mut all = property_rules(object.rules, rules)?;
    all.required.retain(|name| {
        let listed = object.properties.iter_mut().find(|property| property.name == *name);
        listed.map(|property| property.required = true).is_none()
    });
    if !all.is_empty() && matches!(object.additional, AdditionalProperties::Ignored) {
        object.additional = AdditionalProperties::Kept(TypeExpr::Any);
    }
    object.rules = all;
    Ok(object)
}

fn property_rules(a: PropertyRules, b: PropertyRules) -> Result<PropertyRules, Refusal> {
    let mut required = [a.required, b.required].concat();
    required.sort();
    required.dedup();
    Ok(PropertyRules {
        count: counts(&a.count, &b.count)?,
        required,
        dependent: [a.dependent, b.dependent].concat(),
    })
}

/// What two types allow together.
fn both(model: &Model, a: TypeExpr, b: TypeExpr) -> Result<TypeExpr, Refusal> {
    Ok(match (a, b) {
        (TypeExpr::Any, ty) | (ty, TypeExpr::Any) => ty,
        (TypeExpr::Constrained(ty, assertions), other)
        | (other, TypeExpr::Constrained(ty, assertions)) => {
            TypeExpr::Constrained(Box::new(both(model, *ty, other)?), assertions)
        }
        (TypeExpr::Nullable(a), TypeExpr::Nullable(b)) => {
            TypeExpr::Nullable(Box::new(both(model, *a, *b)?))
        }
        (TypeExpr::Nullable(a), b) | (b, TypeExpr::Nullable(a)) if !matches!(b, TypeExpr::Null) => {
            both(model, *a, b)?
        }
        (TypeExpr::Nullable(_), TypeExpr::Null)
        | (TypeExpr::Null, TypeExpr::Nullable(_) | TypeExpr::Null) => TypeExpr::Null,
        (TypeExpr::Boolean(a), TypeExpr::Boolean(b)) => {
            TypeExpr::Boolean(one_of(a, b, "nothing is left")?)
        }
        (TypeExpr::Text(a), TypeExpr::Text(b)) => TypeExpr::Text(texts(&a, &b)?),
        (TypeExpr::Integer(a, rules), TypeExpr::Integer(b, more)) if a == b => {
            TypeExpr::Integer(a, integers(&rules, &more)?)
        }
        (TypeExpr::Number(a), TypeExpr::Number(b)) => TypeExpr::Number(numbers(&a, &b)?),
        (TypeExpr::List(a, rules), TypeExpr::List(b, more)) => {
            let count = counts(&rules.count, &more.count)?;
            let rules = ListRules { count, unique: rules.unique || more.unique };
            TypeExpr::List(Box::new(both(model, *a, *b)?), rules)
        }
        (TypeExpr::Map(a, rules), TypeExpr::Map(b, more)) => {
            let properties = property_rules(rules.properties, more.properties)?;
            let names = match (rules.names, more.names) {
                (Some(a), Some(b)) => Some(both(model, a, b)?),
                (a, b) => a.or(b),
            };
            TypeExpr::Map(Box::new(both(model, *a, *b)?), Box::new(MapRules { properties, names }))
        }
        (TypeExpr::Named(a), TypeExpr::Named(b)) if a == b => TypeExpr::Named(a),
        (TypeExpr::Named(id), other) | (other, TypeExpr::Named(id)) => match &model.get(id).body {
            Body::Newtype(ty, _) => {
                let ty = ty.clone();
                both(model, ty, other)?
            }
            _ => return Err("a type with a name, and more than it says"),
        },
        _ => return Err("they are of different types"),
    })
}

fn texts(a: &TextRules, b: &TextRules) -> Result<TextRules, Refusal> {
    let length = |rules: &TextRules| CountRules { least: rules.min_length, most: rules.max_length };
    let CountRules { least, most } = counts(&length(a), &length(b))?;
    Ok(TextRules {
        min_length: least,
        max_length: most,
        format: one_of(a.format, b.format, "two different `format`s")?,
        pattern: one_of(a.pattern.clone(), b.pattern.clone(), "two different `pattern`s")?,
    })
}

fn counts(a: &CountRules, b: &CountRules) -> Result<CountRules, Refusal> {
    let least = a.least.max(b.least);
    let most = a.most.into_iter().chain(b.most).min();
    if most.is_some_and(|most| most < least) {
        return Err("nothing is left");
    }
    Ok(CountRules { least, most })
}

fn integers(a: &IntegerRules, b: &IntegerRules) -> Result<IntegerRules, Refusal> {
    let minimum = a.minimum.into_iter().chain(b.minimum).max();
    let maximum = a.maximum.into_iter().chain(b.maximum).min();
    if minimum.zip(maximum).is_some_and(|(least, most)| least > most) {
        return Err("nothing is left");
    }
    Ok(IntegerRules {
        minimum,
        maximum,
        multiple_of: one_of(a.multiple_of, b.multiple_of, "two different `multipleOf`s")?,
    })
}

fn numbers(a: &NumberRules, b: &NumberRules) -> Result<NumberRules, Refusal> {
    let greater = |a: Option<Number>, b: Option<Number>| a.into_iter().chain(b).max();
    let lesser = |a: Option<Number>, b: Option<Number>| a.into_iter().chain(b).min();
    Ok(NumberRules {
        minimum: greater(a.minimum, b.minimum),
        above: greater(a.above, b.above),
        maximum: lesser(a.maximum, b.maximum),
        below: lesser(a.below, b.below),
        multiple_of: one_of(a.multiple_of, b.multiple_of, "two different `multipleOf`s")?,
    })
}

fn one_of<T: PartialEq>(
    a: Option<T>,
    b: Option<T>,
    refusal: Refusal,
) -> Result<Option<T>, Refusal> {
    match (a, b) {
        (Some(a), Some(b)) if a != b => Err(refusal),
        (a, b) => Ok(a.or(b)),
    }
}
