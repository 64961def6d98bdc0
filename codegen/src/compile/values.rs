//! Keywords of values of any type, of numbers and of strings.
//!
//! ```text
//! { "type": ["string", "null"], "maxLength": 18 }   [Type(string or null), MaxLength(18)]
//! { "minimum": 0, "exclusiveMinimum": true }        [ExclusiveMinimum(0)], in draft 4
//! ```

use wechat_bizwifi_rules::{Decimal, Format, JsonType, Literal, Rule, Types};

use super::Arena;
use super::rule_builder::{RuleBuilder, decimal};
use crate::model::Integer;
use crate::schema::{Keyword, Located};
use crate::source::Value;
use crate::util::{CollectVec as _, PushAll as _};

pub(super) fn types(builder: &mut RuleBuilder<'_, '_>) {
    let draft = builder.draft();
    let Some(value) = builder.get(Keyword::Type) else { return };
    let names = match value.node.value {
        Value::Array(_) => value.items(),
        _ => vec![value],
    };
    let types = names.iter().map(|name| name.one_of(&JsonType::NAMES)).collect_ok();
    let or = |all: Types, json_type: &JsonType| all.or(draft.types(*json_type));
    let types = types.map(|types| types.iter().fold(Types::NONE, or));
    builder.rules.push_all(types.map(Rule::Type));
}

pub(super) fn constant(builder: &mut RuleBuilder<'_, '_>) {
    let Some(value) = builder.get(Keyword::Const) else { return };
    let literal = builder.compiler.literal(&value);
    let literal = builder.alloc(literal);
    builder.add(Rule::Const(literal));
}

pub(super) fn enumeration(builder: &mut RuleBuilder<'_, '_>) {
    let Some(value) = builder.get(Keyword::Enum) else { return };
    if !value.node.is_array() {
        value.must_be("an array");
        return;
    }
    let literals = value.items().iter().map(|item| builder.compiler.literal(item)).collect_vec();
    let literals = builder.slice(&literals);
    builder.add(Rule::Enum(literals));
}

/// A value of a file as a literal. A number keeps all its digits.
pub(super) fn literal<'s>(arena: &'s Arena<'s>, located: &Located<'s>) -> Literal<'s> {
    match &located.node.value {
        Value::Null => Literal::Null,
        Value::Bool(flag) => Literal::Bool(*flag),
        // Never `None`: the parser of the file took the text for a number too.
        Value::Number(_) => decimal(located).map_or(Literal::Null, Literal::Number),
        Value::String(text) => Literal::String(text),
        Value::Array(_) => {
            let items = located.items().iter().map(|item| literal(arena, item)).collect_vec();
            Literal::Array(arena.slice(&items))
        }
        Value::Object(_) => {
            let properties = located.properties();
            let literals =
                properties.iter().map(|(name, value)| (*name, literal(arena, value))).collect_vec();
            Literal::Object(arena.slice(&literals))
        }
    }
}

pub(super) fn multiple_of(builder: &mut RuleBuilder<'_, '_>) {
    let Some(value) = builder.get(Keyword::MultipleOf) else { return };
    let Ok(number) = value.number(Keyword::MultipleOf) else { return };
    if number <= Decimal::from(0) {
        value.must_be("a number above 0");
        return;
    }
    let step = builder.number(Keyword::MultipleOf);
    builder.rules.push_all(step.map(Rule::MultipleOf));
}

pub(super) fn pattern(builder: &mut RuleBuilder<'_, '_>) {
    let Some(value) = builder.get(Keyword::Pattern) else { return };
    let Ok(source) = value.text() else { return };
    let pattern = builder.pattern(source, &value);
    builder.rules.push_all(pattern.map(Rule::Pattern));
}

/// Adds a rule if `format` is an assertion. A format that is not known is always an annotation.
pub(super) fn format(builder: &mut RuleBuilder<'_, '_>) {
    let dialect = builder.dialect();
    let Some(value) = builder.get(Keyword::Format) else { return };
    let Ok(name) = value.text() else { return };
    if builder.compiler.asserts_formats || dialect.asserts_formats {
        // A format whose feature is off is reported, and makes no rule.
        let _ = value.report_missing_feature();
        builder.rules.push_all(Format::from_name(name).map(Rule::Format));
        builder.rules.push_all(integer_range(builder, name).into_iter().flatten());
    }
}

/// The range of a format of integers, such as `int32`.
fn integer_range<'s>(builder: &RuleBuilder<'_, 's>, format: &str) -> Option<[Rule<'s>; 2]> {
    let (least, most) = Integer::of_format(format)?.range();
    let [least, most] = [least, most].map(|bound| builder.alloc(bound.into()));
    Some([Rule::Minimum(least), Rule::Maximum(most)])
}
