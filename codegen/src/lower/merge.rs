//! What several schemas allow together.

use super::compose::Part;
use crate::model::{
    Body, CountRules, IntegerRules, ListRules, MapRules, MemberRules, Model, NumberRules, Object,
    Others, Property, Shape, TextRules,
};
use crate::source::Number;

/// Why two schemas cannot be put together, in words.
type Refusal = &'static str;

/// What all of the parts allow.
pub(super) fn parts(model: &mut Model, parts: Vec<Part>) -> Result<Part, Refusal> {
    let mut parts = parts.into_iter();
    let Some(mut merged) = parts.next() else { return Ok(Part::Shape(Shape::Any)) };
    for part in parts {
        merged = pair(model, merged, part)?;
    }
    Ok(merged)
}

fn pair(model: &mut Model, a: Part, b: Part) -> Result<Part, Refusal> {
    match (a, b) {
        (Part::Shape(Shape::Any), other) | (other, Part::Shape(Shape::Any)) => Ok(other),
        (Part::Object(a), b) => object_with(model, a, b).map(Part::Object),
        (Part::Shape(a), b) => match object_of(model, &a) {
            Some(object) => object_with(model, object, b).map(Part::Object),
            None => match b {
                Part::Object(b) => object_with(model, b, Part::Shape(a)).map(Part::Object),
                Part::Shape(b) => match object_of(model, &b) {
                    Some(object) => object_with(model, object, Part::Shape(a)).map(Part::Object),
                    None => shapes(model, a, b).map(Part::Shape),
                },
            },
        },
    }
}

/// A copy of the object that a shape names.
fn object_of(model: &Model, shape: &Shape) -> Option<Object> {
    match shape {
        Shape::Named(id) => match &model.get(*id).body {
            Body::Object(object) => Some(object.clone()),
            _ => None,
        },
        _ => None,
    }
}

fn object_with(model: &mut Model, object: Object, part: Part) -> Result<Object, Refusal> {
    match part {
        Part::Object(other) => objects(model, object, other),
        Part::Shape(shape) => match (object_of(model, &shape), shape) {
            (Some(other), _) => objects(model, object, other),
            (None, Shape::Map(values, rules))
                if matches!(*values, Shape::Any) && rules.names.is_none() =>
            {
                with_members(object, rules.members)
            }
            _ => Err("an object and something else"),
        },
    }
}

fn objects(model: &mut Model, mut a: Object, b: Object) -> Result<Object, Refusal> {
    let is_open = |others: &Others| {
        matches!(others, Others::Ignored) || matches!(others, Others::Kept(Shape::Any))
    };
    if !is_open(&a.others) || !is_open(&b.others) {
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
    if matches!(b.others, Others::Kept(_)) {
        a.others = b.others;
    }
    with_members(a, b.members)
}

fn properties(model: &mut Model, a: Property, b: Property) -> Result<Property, Refusal> {
    let shape = shapes(model, a.shape.clone(), b.shape)?;
    Ok(Property { required: a.required || b.required, shape, docs: a.docs.or(b.docs), ..a })
}

/// Requires what the rules require; a required property that is listed needs no rule.
fn with_members(mut object: Object, members: MemberRules) -> Result<Object, Refusal> {
    let mut all = member_rules(object.members, members)?;
    all.required.retain(|name| {
        let listed = object.properties.iter_mut().find(|property| property.name == *name);
        listed.map(|property| property.required = true).is_none()
    });
    if !all.is_empty() && matches!(object.others, Others::Ignored) {
        object.others = Others::Kept(Shape::Any);
    }
    object.members = all;
    Ok(object)
}

fn member_rules(a: MemberRules, b: MemberRules) -> Result<MemberRules, Refusal> {
    let mut required = [a.required, b.required].concat();
    required.sort();
    required.dedup();
    Ok(MemberRules {
        count: counts(&a.count, &b.count)?,
        required,
        dependent: [a.dependent, b.dependent].concat(),
    })
}

/// What two shapes allow together.
fn shapes(model: &mut Model, a: Shape, b: Shape) -> Result<Shape, Refusal> {
    Ok(match (a, b) {
        (Shape::Any, shape) | (shape, Shape::Any) => shape,
        (Shape::Also(shape, claims), other) | (other, Shape::Also(shape, claims)) => {
            Shape::Also(Box::new(shapes(model, *shape, other)?), claims)
        }
        (Shape::Nullable(a), Shape::Nullable(b)) => {
            Shape::Nullable(Box::new(shapes(model, *a, *b)?))
        }
        (Shape::Nullable(a), b) | (b, Shape::Nullable(a)) if !matches!(b, Shape::Null) => {
            shapes(model, *a, b)?
        }
        (Shape::Nullable(_), Shape::Null) | (Shape::Null, Shape::Nullable(_) | Shape::Null) => {
            Shape::Null
        }
        (Shape::Boolean(a), Shape::Boolean(b)) => Shape::Boolean(one_of(a, b, "nothing is left")?),
        (Shape::Text(a), Shape::Text(b)) => Shape::Text(texts(&a, &b)?),
        (Shape::Integer(a, rules), Shape::Integer(b, more)) if a == b => {
            Shape::Integer(a, integers(&rules, &more)?)
        }
        (Shape::Number(a), Shape::Number(b)) => Shape::Number(numbers(&a, &b)?),
        (Shape::List(a, rules), Shape::List(b, more)) => {
            let count = counts(&rules.count, &more.count)?;
            let rules = ListRules { count, unique: rules.unique || more.unique };
            Shape::List(Box::new(shapes(model, *a, *b)?), rules)
        }
        (Shape::Map(a, rules), Shape::Map(b, more)) => {
            let members = member_rules(rules.members, more.members)?;
            let names = match (rules.names, more.names) {
                (Some(a), Some(b)) => Some(shapes(model, a, b)?),
                (a, b) => a.or(b),
            };
            Shape::Map(Box::new(shapes(model, *a, *b)?), Box::new(MapRules { members, names }))
        }
        (Shape::Named(a), Shape::Named(b)) if a == b => Shape::Named(a),
        (Shape::Named(id), other) | (other, Shape::Named(id)) => match &model.get(id).body {
            Body::Newtype(shape, _) => {
                let shape = shape.clone();
                shapes(model, shape, other)?
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
    let greater =
        |a: Option<Number>, b: Option<Number>| a.into_iter().chain(b).max_by(|a, b| a.compare(*b));
    let lesser =
        |a: Option<Number>, b: Option<Number>| a.into_iter().chain(b).min_by(|a, b| a.compare(*b));
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
