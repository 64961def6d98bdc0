//! Keywords that combine schemas.
//!
//! ```text
//! { "if": A, "else": B }   [If(A, None, Some(B))]
//! ```

use wechat_bizwifi_rules::{If, Rule};

use super::rule_builder::RuleBuilder;
use crate::schema::{Holds, Keyword};

/// A branch that requires nothing but properties that the value lacks by its direction is no longer
/// distinguished from the others: a value may be valid against several, so this is an `anyOf`.
pub(super) fn one_of(builder: &mut RuleBuilder<'_, '_>) {
    let has_direction = builder.compiler.scopes.direction(builder.origin.scope).is_some();
    let value = builder.get(Keyword::OneOf).filter(|_| has_direction);
    let branches = value.map(|value| value.subschemas(Holds::Schemas));
    let may_overlap = branches.iter().flatten().any(|it| builder.requires_only_absent(it));
    builder.add_children(Keyword::OneOf, if may_overlap { Rule::AnyOf } else { Rule::OneOf });
}

/// An `if` without `then` and `else` makes a rule too: it restricts nothing, but evaluates parts of
/// the value.
pub(super) fn condition(builder: &mut RuleBuilder<'_, '_>) {
    let Some(condition) = builder.child_of(Keyword::If) else { return };
    let (then, otherwise) = (builder.child_of(Keyword::Then), builder.child_of(Keyword::Else));
    let rule = builder.alloc(If { condition, then, otherwise });
    builder.add(Rule::If(rule));
}
