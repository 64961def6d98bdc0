//! Rules, as expressions of the runtime.

use crate::model::{CountRules, IntegerRules, Shape, TextRules};
use crate::plan::Plan;

/// The rule that a property's line states; nothing where the type's own rules are all.
pub(super) fn of_property(plan: &Plan<'_>, shape: &Shape) -> Option<String> {
    let stated = states_rules(shape) && plan.has_rules(shape);
    stated.then(|| expression(shape))
}

/// Whether any rule is stated here, outside of the types that have a name.
fn states_rules(shape: &Shape) -> bool {
    match shape {
        Shape::Named(_) | Shape::Any | Shape::Boolean => false,
        Shape::Text(rules) | Shape::Secret(rules) => !rules.is_empty(),
        Shape::Integer(_, rules) | Shape::Time(rules) => !rules.is_empty(),
        Shape::List(items, count) => !count.is_empty() || states_rules(items),
        Shape::Map(shape) | Shape::Nullable(shape) => states_rules(shape),
    }
}

/// The rule of a shape.
pub(super) fn expression(shape: &Shape) -> String {
    match shape {
        _ if !states_rules(shape) => "rt::Own".to_owned(),
        Shape::Text(rules) | Shape::Secret(rules) => text(rules),
        Shape::Integer(_, rules) | Shape::Time(rules) => integer(rules),
        Shape::List(items, count) => list(items, count),
        Shape::Map(values) => format!("rt::Values({})", expression(values)),
        Shape::Nullable(shape) => format!("rt::OrNull({})", expression(shape)),
        Shape::Named(_) | Shape::Any | Shape::Boolean => "rt::Own".to_owned(),
    }
}

pub(super) fn text(rules: &TextRules) -> String {
    let mut rule = "rt::Text::new()".to_owned();
    if rules.min_length > 0 {
        rule.push_str(&format!(".min_length({})", rules.min_length));
    }
    push(&mut rule, "max_length", rules.max_length);
    rule
}

pub(super) fn integer(rules: &IntegerRules) -> String {
    let mut rule = "rt::Integer::new()".to_owned();
    push(&mut rule, "minimum", rules.minimum);
    push(&mut rule, "maximum", rules.maximum);
    push(&mut rule, "multiple_of", rules.multiple_of);
    rule
}

fn list(items: &Shape, count: &CountRules) -> String {
    let mut rule = "rt::List::new()".to_owned();
    if count.least > 0 {
        rule.push_str(&format!(".min_items({})", count.least));
    }
    push(&mut rule, "max_items", count.most);
    rule + &format!(".items({})", expression(items))
}

fn push(rule: &mut String, method: &str, bound: Option<impl std::fmt::Display>) {
    if let Some(bound) = bound {
        rule.push_str(&format!(".{method}({bound})"));
    }
}
