//! Rules that do not look into a value. The fields of types are checked by these only; the evaluator uses them too.
//!
//! ```text
//! [MaxLength(2)]    "abc"        must have at most 2 characters, has 3
//! [MinItems(1)]     Array(0)     must have at least 1 item, has 0
//! ```

use crate::message::{self, MAX_COUNT, MIN_COUNT, NOT_ALLOWED, Template};
use crate::schema::{Literal, Rule, is_same};
use crate::string::wants_count;
use crate::value_rules::{self, equal};
use crate::view::ValuePath;
use crate::view::{Leaf, View};
use crate::violation::Violation;
use crate::{number, string};

/// Whether a value is valid by rules that do not look into it: [`check_leaf`] would report nothing.
#[inline]
pub fn is_valid_leaf(rules: &[Rule<'_>], leaf: &Leaf<'_>) -> bool {
    let is_settled = match leaf {
        Leaf::Number(number) => {
            number.whole().is_some_and(|whole| number::is_whole_within(rules, whole))
        }
        Leaf::String(string) => string::has_length(rules, string),
        _ => false,
    };
    is_settled || rules_allow(rules, leaf)
}

#[inline(never)]
fn rules_allow(rules: &[Rule<'_>], leaf: &Leaf<'_>) -> bool {
    rules.iter().all(|rule| is_valid(rule, leaf, *leaf))
}

/// Checks a value by rules that do not look into it. `const` and `enum` of arrays and objects are
/// not decided here.
pub fn check_leaf(rules: &[Rule<'_>], leaf: Leaf<'_>, report: &mut dyn FnMut(Violation)) {
    for rule in rules {
        if !is_valid(rule, &leaf, leaf) {
            report(violation(rule, leaf, &ValuePath::ROOT));
        }
    }
}

/// Whether a value is valid by a rule. Rules that look into the value count as valid here.
#[inline]
pub(crate) fn is_valid<'v>(rule: &Rule<'_>, leaf: &Leaf<'v>, value: impl View<'v>) -> bool {
    match rule {
        Rule::Type(types) => types.contains(leaf.types()),
        rule => is_valid_otherwise(rule, leaf, value),
    }
}

fn is_valid_otherwise<'v>(rule: &Rule<'_>, leaf: &Leaf<'v>, value: impl View<'v>) -> bool {
    match (rule, leaf) {
        (Rule::Never, _) => false,
        (Rule::Const(Literal::String(only)), Leaf::String(string)) => is_same(only, string),
        (Rule::Const(literal), _) => equal(value, *literal),
        (Rule::Enum(literals), Leaf::String(string)) => {
            let is_it = |it: &Literal<'_>| matches!(it, Literal::String(it) if is_same(it, string));
            literals.iter().any(is_it)
        }
        (Rule::Enum(literals), _) => literals.iter().any(|literal| equal(value, literal)),
        (rule, Leaf::Number(number)) => number::is_valid(rule, number),
        (rule, Leaf::String(string)) => string::is_valid(rule, string),
        (Rule::MinItems(least), Leaf::Array(count)) => *count as u64 >= *least,
        (Rule::MaxItems(most), Leaf::Array(count)) => *count as u64 <= *most,
        (Rule::MinProperties(least), Leaf::Object(count)) => *count as u64 >= *least,
        (Rule::MaxProperties(most), Leaf::Object(count)) => *count as u64 <= *most,
        _ => true,
    }
}

/// The violation of a rule that does not look into the value.
#[cold]
pub(crate) fn violation(rule: &Rule<'_>, leaf: Leaf<'_>, place: &ValuePath<'_>) -> Violation {
    const ITEM: [Template<0>; 2] = [message::ITEM, message::ITEMS];
    const PROPERTY: [Template<0>; 2] = [message::PROPERTY, message::PROPERTIES];
    let place = place.pointer();
    let message = match (rule, leaf) {
        (Rule::Const(literal), leaf) => {
            return value_rules::not_in_enum(place, "const", std::slice::from_ref(*literal), leaf);
        }
        (Rule::Enum(literals), leaf) => {
            return value_rules::not_in_enum(place, "enum", literals, leaf);
        }
        (Rule::Type(types), leaf) => {
            let message = value_rules::type_message(*types, leaf);
            return Violation::of(place, "type", message).with_expected_types(*types);
        }
        (Rule::MinItems(least), Leaf::Array(count)) => {
            Some(wants_count(MIN_COUNT, *least, ITEM, &count))
        }
        (Rule::MaxItems(most), Leaf::Array(count)) => {
            Some(wants_count(MAX_COUNT, *most, ITEM, &count))
        }
        (Rule::MinProperties(least), Leaf::Object(count)) => {
            Some(wants_count(MIN_COUNT, *least, PROPERTY, &count))
        }
        (Rule::MaxProperties(most), Leaf::Object(count)) => {
            Some(wants_count(MAX_COUNT, *most, PROPERTY, &count))
        }
        (rule, Leaf::Number(number)) => number::message(rule, &number),
        (rule, Leaf::String(string)) => string::message(rule, string),
        _ => None,
    };
    Violation::of(place, rule.keyword(), message.unwrap_or_else(|| NOT_ALLOWED.into()))
}
