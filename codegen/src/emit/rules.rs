//! Rules, as expressions of the runtime.

use super::types::{rust_type, to_line};
use crate::model::{
    Assertion, Body, Integer, IntegerRules, ListRules, MapRules, NumberRules, PropertyRules,
    TextRules, TypeExpr, TypeId,
};
use crate::plan::{Plan, Planned};
use crate::source::Number;

/// The rule that a property's line states; nothing where the type's own rules are all.
fn of_property(plan: &Plan<'_>, ty: &TypeExpr) -> Option<String> {
    let stated = states_rules(ty) && plan.has_rules(ty);
    stated.then(|| expression(plan, ty))
}

/// The same as the end of a table's line. What is only received has no rules.
pub(super) fn ending(plan: &Plan<'_>, planned: Planned, ty: &TypeExpr) -> String {
    let rule = of_property(plan, ty).filter(|_| planned.sent);
    rule.map_or_else(|| ";".to_owned(), |rule| format!(", {rule};"))
}

/// Whether any rule is stated here, outside of the types that have a name.
fn states_rules(ty: &TypeExpr) -> bool {
    match ty {
        TypeExpr::Named(_) | TypeExpr::Any | TypeExpr::Null | TypeExpr::Boolean(None) => false,
        TypeExpr::Boolean(Some(_))
        | TypeExpr::EnumValues(_)
        | TypeExpr::Tuple(..)
        | TypeExpr::Constrained(..) => true,
        TypeExpr::Text(rules) | TypeExpr::Secret(rules) => !rules.is_empty(),
        TypeExpr::Integer(_, rules) | TypeExpr::Time(rules) => !rules.is_empty(),
        // Not every double is a number that JSON can write.
        TypeExpr::Number(_) => true,
        TypeExpr::List(items, rules) => !rules.is_empty() || states_rules(items),
        TypeExpr::Map(values, rules) => !rules.is_empty() || states_rules(values),
        TypeExpr::Nullable(ty) => states_rules(ty),
    }
}

/// The rule of a type.
pub(super) fn expression(plan: &Plan<'_>, ty: &TypeExpr) -> String {
    match ty {
        _ if !states_rules(ty) => "rt::Own".to_owned(),
        TypeExpr::Text(rules) | TypeExpr::Secret(rules) => text(rules),
        TypeExpr::Integer(_, rules) | TypeExpr::Time(rules) => integer(rules),
        TypeExpr::Number(rules) => number(rules),
        TypeExpr::List(items, rules) => list(plan, items, rules),
        TypeExpr::Map(values, rules) => map(plan, values, rules),
        TypeExpr::Nullable(ty) => format!("rt::OrNull({})", expression(plan, ty)),
        TypeExpr::Boolean(Some(only)) => format!("rt::Only({only})"),
        TypeExpr::EnumValues(values) => format!("rt::Listed(&{values:?})"),
        TypeExpr::Constrained(ty, assertions) => {
            let assertions: Vec<String> =
                assertions.iter().map(|assertion| self::assertion(plan, assertion)).collect();
            format!("rt::Also({}, &[{}])", expression(plan, ty), assertions.join(", "))
        }
        TypeExpr::Tuple(first, rest, rules) => tuple(plan, first, rest, rules),
        TypeExpr::Named(_) | TypeExpr::Any | TypeExpr::Null | TypeExpr::Boolean(None) => {
            "rt::Own".to_owned()
        }
    }
}

/// A rule on the array as a whole, and one on each of its places.
fn tuple(plan: &Plan<'_>, first: &[TypeExpr], rest: &TypeExpr, rules: &ListRules) -> String {
    let first: Vec<String> = first.iter().map(|ty| check_of(plan, ty)).collect();
    let places = format!("rt::Positions::new(&[{}], {})", first.join(", "), check_of(plan, rest));
    if rules.is_empty() {
        return places;
    }
    format!("rt::Both({}, {places})", list(plan, &TypeExpr::Any, rules))
}

/// An assertion.
fn assertion(plan: &Plan<'_>, assertion: &Assertion) -> String {
    let values = |types: &[TypeExpr]| {
        let assertions: Vec<String> = types.iter().map(|ty| check_of(plan, ty)).collect();
        assertions.join(", ")
    };
    let branch = |ty: &Option<TypeExpr>| match ty {
        Some(ty) => format!("Some({})", check_of(plan, ty)),
        None => "None".to_owned(),
    };
    match assertion {
        Assertion::Not(ty) => format!("rt::Claim::Not({})", check_of(plan, ty)),
        Assertion::AnyOf(types) => format!("rt::Claim::AnyOf(&[{}])", values(types)),
        Assertion::OneOf(types) => format!("rt::Claim::OneOf(&[{}])", values(types)),
        Assertion::If { condition, then, otherwise } => {
            format!(
                "rt::Claim::If({}, {}, {})",
                check_of(plan, condition),
                branch(then),
                branch(otherwise)
            )
        }
        Assertion::Contains { ty, count } => {
            format!(
                "rt::Claim::Contains({}, {}, {:?})",
                check_of(plan, ty),
                count.least,
                count.most
            )
        }
        Assertion::Dependent(property, ty) => {
            format!("rt::Claim::Dependent({property:?}, {})", check_of(plan, ty))
        }
    }
}

/// A function that checks a value which is kept as JSON.
fn check_of(plan: &Plan<'_>, ty: &TypeExpr) -> String {
    let rust = match ty {
        TypeExpr::Integer(Integer::I64, _) => "rt::Whole".to_owned(),
        ty => to_line(&rust_type(plan, ty)),
    };
    format!("|value, at| rt::assert_type::<{rust}>(value, &{}, at)", expression(plan, ty))
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
    // Lowering makes sure that they fit.
    let (mantissa, exponent) = number.parts().unwrap_or_default();
    format!("rt::Decimal::new({mantissa}, {exponent})")
}

fn map(plan: &Plan<'_>, values: &TypeExpr, rules: &MapRules) -> String {
    let names = match &rules.names {
        None => "()".to_owned(),
        Some(TypeExpr::Text(rules)) => text(rules),
        Some(TypeExpr::Named(id)) => names_of(plan, *id),
        Some(_) => "()".to_owned(),
    };
    format!(
        "rt::Entries::new({}, {names}, {})",
        properties(&rules.properties),
        expression(plan, values)
    )
}

/// The names that an enum lists. Lowering has made sure that it is one of strings.
fn names_of(plan: &Plan<'_>, id: TypeId) -> String {
    let Body::Enum(values) = &plan.model.get(id).body else { return "()".to_owned() };
    let names = values.variants.iter().map(|variant| super::docs::literal(&variant.value));
    format!("rt::Names(&[{}])", names.collect::<Vec<_>>().join(", "))
}

pub(super) fn properties(rules: &PropertyRules) -> String {
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
            .map(|(name, additional)| format!("({name:?}, &{additional:?})"))
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

fn list(plan: &Plan<'_>, items: &TypeExpr, rules: &ListRules) -> String {
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
