//! Rules, as expressions of the runtime.

use super::types::{rust_type, to_line};
use crate::model::{
    Body, Claim, Integer, IntegerRules, ListRules, MapRules, MemberRules, NumberRules, Shape,
    TextRules, TypeId,
};
use crate::plan::{Plan, Planned};
use crate::source::Number;

/// The rule that a property's line states; nothing where the type's own rules are all.
fn of_property(plan: &Plan<'_>, shape: &Shape) -> Option<String> {
    let stated = states_rules(shape) && plan.has_rules(shape);
    stated.then(|| expression(plan, shape))
}

/// The same as the end of a table's line. What is only received has no rules.
pub(super) fn ending(plan: &Plan<'_>, planned: Planned, shape: &Shape) -> String {
    let rule = of_property(plan, shape).filter(|_| planned.sent);
    rule.map_or_else(|| ";".to_owned(), |rule| format!(", {rule};"))
}

/// Whether any rule is stated here, outside of the types that have a name.
fn states_rules(shape: &Shape) -> bool {
    match shape {
        Shape::Named(_) | Shape::Any | Shape::Null | Shape::Boolean(None) => false,
        Shape::Boolean(Some(_)) | Shape::Listed(_) | Shape::Positions(..) | Shape::Also(..) => true,
        Shape::Text(rules) | Shape::Secret(rules) => !rules.is_empty(),
        Shape::Integer(_, rules) | Shape::Time(rules) => !rules.is_empty(),
        // Not every double is a number that JSON can write.
        Shape::Number(_) => true,
        Shape::List(items, rules) => !rules.is_empty() || states_rules(items),
        Shape::Map(values, rules) => !rules.is_empty() || states_rules(values),
        Shape::Nullable(shape) => states_rules(shape),
    }
}

/// The rule of a shape.
pub(super) fn expression(plan: &Plan<'_>, shape: &Shape) -> String {
    match shape {
        _ if !states_rules(shape) => "rt::Own".to_owned(),
        Shape::Text(rules) | Shape::Secret(rules) => text(rules),
        Shape::Integer(_, rules) | Shape::Time(rules) => integer(rules),
        Shape::Number(rules) => number(rules),
        Shape::List(items, rules) => list(plan, items, rules),
        Shape::Map(values, rules) => map(plan, values, rules),
        Shape::Nullable(shape) => format!("rt::OrNull({})", expression(plan, shape)),
        Shape::Boolean(Some(only)) => format!("rt::Only({only})"),
        Shape::Listed(listed) => format!("rt::Listed(&{listed:?})"),
        Shape::Also(shape, claims) => {
            let claims: Vec<String> = claims.iter().map(|claim| self::claim(plan, claim)).collect();
            format!("rt::Also({}, &[{}])", expression(plan, shape), claims.join(", "))
        }
        Shape::Positions(first, rest, rules) => positions(plan, first, rest, rules),
        Shape::Named(_) | Shape::Any | Shape::Null | Shape::Boolean(None) => "rt::Own".to_owned(),
    }
}

/// A rule on the array as a whole, and one on each of its places.
fn positions(plan: &Plan<'_>, first: &[Shape], rest: &Shape, rules: &ListRules) -> String {
    let first: Vec<String> = first.iter().map(|shape| assertion(plan, shape)).collect();
    let places = format!("rt::Positions::new(&[{}], {})", first.join(", "), assertion(plan, rest));
    if rules.is_empty() {
        return places;
    }
    format!("rt::Both({}, {places})", list(plan, &Shape::Any, rules))
}

/// Something that a value must keep besides.
fn claim(plan: &Plan<'_>, claim: &Claim) -> String {
    let listed = |shapes: &[Shape]| {
        let assertions: Vec<String> = shapes.iter().map(|shape| assertion(plan, shape)).collect();
        assertions.join(", ")
    };
    let branch = |shape: &Option<Shape>| match shape {
        Some(shape) => format!("Some({})", assertion(plan, shape)),
        None => "None".to_owned(),
    };
    match claim {
        Claim::Not(shape) => format!("rt::Claim::Not({})", assertion(plan, shape)),
        Claim::AnyOf(shapes) => format!("rt::Claim::AnyOf(&[{}])", listed(shapes)),
        Claim::OneOf(shapes) => format!("rt::Claim::OneOf(&[{}])", listed(shapes)),
        Claim::If { condition, then, otherwise } => {
            format!(
                "rt::Claim::If({}, {}, {})",
                assertion(plan, condition),
                branch(then),
                branch(otherwise)
            )
        }
        Claim::Contains { shape, count } => {
            format!(
                "rt::Claim::Contains({}, {}, {:?})",
                assertion(plan, shape),
                count.least,
                count.most
            )
        }
        Claim::Dependent(property, shape) => {
            format!("rt::Claim::Dependent({property:?}, {})", assertion(plan, shape))
        }
    }
}

/// A function that checks a value which is kept as JSON.
fn assertion(plan: &Plan<'_>, shape: &Shape) -> String {
    let ty = match shape {
        Shape::Integer(Integer::I64, _) => "rt::Whole".to_owned(),
        shape => to_line(&rust_type(plan, shape)),
    };
    format!("|value, at| rt::assert_type::<{ty}>(value, &{}, at)", expression(plan, shape))
}

fn number(rules: &NumberRules) -> String {
    let mut rule = "rt::Number::new()".to_owned();
    push(&mut rule, "minimum", rules.minimum.map(decimal));
    push(&mut rule, "above", rules.above.map(decimal));
    push(&mut rule, "maximum", rules.maximum.map(decimal));
    push(&mut rule, "below", rules.below.map(decimal));
    push(&mut rule, "multiple_of", rules.multiple_of.map(decimal));
    rule
}

fn decimal(number: Number) -> String {
    let (mantissa, exponent) = number.parts();
    format!("rt::Decimal::new({mantissa}, {exponent})")
}

fn map(plan: &Plan<'_>, values: &Shape, rules: &MapRules) -> String {
    let names = match &rules.names {
        None => "()".to_owned(),
        Some(Shape::Text(rules)) => text(rules),
        Some(Shape::Named(id)) => names_of(plan, *id),
        Some(_) => "()".to_owned(),
    };
    format!("rt::Entries::new({}, {names}, {})", members(&rules.members), expression(plan, values))
}

/// The names that an enum lists. Lowering has made sure that it is one of strings.
fn names_of(plan: &Plan<'_>, id: TypeId) -> String {
    let Body::Enum(listed) = &plan.model.get(id).body else { return "()".to_owned() };
    let names = listed.variants.iter().map(|variant| super::docs::literal(&variant.value));
    format!("rt::Names(&[{}])", names.collect::<Vec<_>>().join(", "))
}

pub(super) fn members(rules: &MemberRules) -> String {
    let mut rule = "rt::Members::new()".to_owned();
    if rules.count.least > 0 {
        rule.push_str(&format!(".min_properties({})", rules.count.least));
    }
    push(&mut rule, "max_properties", rules.count.most);
    if !rules.required.is_empty() {
        rule.push_str(&format!(".required(&{:?})", rules.required));
    }
    if !rules.dependent.is_empty() {
        let pairs: Vec<String> = rules
            .dependent
            .iter()
            .map(|(name, others)| format!("({name:?}, &{others:?})"))
            .collect();
        rule.push_str(&format!(".dependent(&[{}])", pairs.join(", ")));
    }
    rule
}

pub(super) fn text(rules: &TextRules) -> String {
    let mut rule = "rt::Text::new()".to_owned();
    if rules.min_length > 0 {
        rule.push_str(&format!(".min_length({})", rules.min_length));
    }
    push(&mut rule, "max_length", rules.max_length);
    if let Some(format) = rules.format {
        rule.push_str(&format!(".format(rt::Format::{format:?})"));
    }
    if let Some(pattern) = &rules.pattern {
        let (source, translated) = (&pattern.source, &pattern.translated);
        rule.push_str(&format!(".pattern(rt::pattern!({source:?}, {translated:?}))"));
    }
    rule
}

pub(super) fn integer(rules: &IntegerRules) -> String {
    let mut rule = "rt::Integer::new()".to_owned();
    push(&mut rule, "minimum", rules.minimum);
    push(&mut rule, "maximum", rules.maximum);
    push(&mut rule, "multiple_of", rules.multiple_of);
    rule
}

fn list(plan: &Plan<'_>, items: &Shape, rules: &ListRules) -> String {
    let mut rule = "rt::List::new()".to_owned();
    if rules.count.least > 0 {
        rule.push_str(&format!(".min_items({})", rules.count.least));
    }
    push(&mut rule, "max_items", rules.count.most);
    if rules.unique {
        rule.push_str(".unique()");
    }
    rule + &format!(".items({})", expression(plan, items))
}

fn push(rule: &mut String, method: &str, bound: Option<impl std::fmt::Display>) {
    if let Some(bound) = bound {
        rule.push_str(&format!(".{method}({bound})"));
    }
}
