//! What several schemas allow together.
//!
//! ```text
//! Integer(I64, 1..)  and  Integer(I64, ..=9)
//!
//! Integer(I64, 1..=9)
//! ```

use super::compose::Part;
use crate::model::{
    AdditionalProperties, Body, CountRules, IntegerRules, Model, NumberRules, Object, Property,
    Residual, TextRules, TypeExpr,
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
            Body::Object(object) => {
                Some(with_residuals(object.clone(), model.get(*id).residuals.clone()))
            }
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
            (None, TypeExpr::Map(values, count))
                if matches!(*values, TypeExpr::Any) && count.is_empty() =>
            {
                Ok(object)
            }
            (None, TypeExpr::Constrained(ty, residuals)) => {
                let object = object_with(model, object, Part::Type(*ty))?;
                Ok(with_residuals(object, residuals))
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
    Ok(with_residuals(a, b.residuals))
}

fn properties(model: &Model, a: Property, b: Property) -> Result<Property, Refusal> {
    let ty = both(model, a.ty.clone(), b.ty)?;
    Ok(Property { required: a.required || b.required, ty, docs: a.docs.or(b.docs), ..a })
}

/// An object with more rules; a property that one of them requires, and that is listed, is required.
fn with_residuals(mut object: Object, residuals: Vec<Residual>) -> Object {
    object.residuals.extend(residuals);
    let has_rules = object.residuals.iter().any(Residual::is_on_properties);
    if has_rules && matches!(object.additional, AdditionalProperties::Ignored) {
        object.additional = AdditionalProperties::Kept(TypeExpr::Any);
    }
    object
}

/// What two types allow together.
fn both(model: &Model, a: TypeExpr, b: TypeExpr) -> Result<TypeExpr, Refusal> {
    Ok(match (a, b) {
        (TypeExpr::Any, ty) | (ty, TypeExpr::Any) => ty,
        (TypeExpr::Constrained(ty, residuals), other)
        | (other, TypeExpr::Constrained(ty, residuals)) => {
            constrained(both(model, *ty, other)?, residuals)
        }
        (TypeExpr::Nullable(a), TypeExpr::Nullable(b)) => {
            TypeExpr::Nullable(Box::new(both(model, *a, *b)?))
        }
        (TypeExpr::Nullable(a), b) | (b, TypeExpr::Nullable(a)) if !matches!(b, TypeExpr::Null) => {
            both(model, *a, b)?
        }
        (TypeExpr::Nullable(_), TypeExpr::Null)
        | (TypeExpr::Null, TypeExpr::Nullable(_) | TypeExpr::Null) => TypeExpr::Null,
        (TypeExpr::Boolean, TypeExpr::Boolean) => TypeExpr::Boolean,
        (TypeExpr::Text(a), TypeExpr::Text(b)) => TypeExpr::Text(texts(&a, &b)?),
        (TypeExpr::Integer(a, rules), TypeExpr::Integer(b, more)) if a == b => {
            TypeExpr::Integer(a, integers(&rules, &more)?)
        }
        (TypeExpr::Number(a), TypeExpr::Number(b)) => TypeExpr::Number(numbers(&a, &b)?),
        (TypeExpr::List(a, count), TypeExpr::List(b, more)) => {
            TypeExpr::List(Box::new(both(model, *a, *b)?), counts(&count, &more)?)
        }
        (TypeExpr::Map(a, count), TypeExpr::Map(b, more)) => {
            TypeExpr::Map(Box::new(both(model, *a, *b)?), counts(&count, &more)?)
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

/// A type with some rules, and those that it has already.
fn constrained(ty: TypeExpr, mut residuals: Vec<Residual>) -> TypeExpr {
    match ty {
        TypeExpr::Constrained(ty, more) => {
            residuals.extend(more);
            TypeExpr::Constrained(ty, residuals)
        }
        ty => TypeExpr::Constrained(Box::new(ty), residuals),
    }
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
