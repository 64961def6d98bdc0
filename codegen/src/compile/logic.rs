//! Keywords that put schemas together.
//!
//! ```text
//! { "if": A, "else": B }   [If(A, None, Some(B))]
//! ```

use wechat_bizwifi_rules::{If, Rule};

use super::schema::Schema;
use crate::schema::{Holds, Keyword};

/// Where one of the schemas asks for nothing but what is not there in the value's direction, each value
/// would be valid against that one: it may be valid against another too.
pub(super) fn one_of(schema: &mut Schema<'_, '_>) {
    let has_direction = schema.compiler.scopes.direction(schema.position.scope).is_some();
    let value = schema.get(Keyword::OneOf).filter(|_| has_direction);
    let branches = value.map(|value| value.subschemas(Holds::Schemas));
    let is_open = branches.iter().flatten().any(|branch| schema.demands_what_is_absent(branch));
    schema.add_children(Keyword::OneOf, if is_open { Rule::AnyOf } else { Rule::OneOf });
}

/// An `if` alone says nothing of the value, but which of its parts are evaluated.
pub(super) fn condition(schema: &mut Schema<'_, '_>) {
    let Some(condition) = schema.child_of(Keyword::If) else { return };
    let (then, otherwise) = (schema.child_of(Keyword::Then), schema.child_of(Keyword::Else));
    let rule = schema.alloc(If { condition, then, otherwise });
    schema.add(Rule::If(rule));
}
