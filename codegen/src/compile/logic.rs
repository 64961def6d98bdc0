//! Keywords that put schemas together.
//!
//! ```text
//! { "if": A, "else": B }   [If(A, None, Some(B))]
//! ```

use wechat_bizwifi_rules::{If, Rule};

use super::schema::Schema;
use crate::schema::Keyword;

pub(super) fn all_of(schema: &mut Schema<'_, '_>) {
    let children = schema.children_of(Keyword::AllOf);
    schema.rules.extend(children.map(Rule::AllOf));
}

pub(super) fn any_of(schema: &mut Schema<'_, '_>) {
    let children = schema.children_of(Keyword::AnyOf);
    schema.rules.extend(children.map(Rule::AnyOf));
}

pub(super) fn one_of(schema: &mut Schema<'_, '_>) {
    let children = schema.children_of(Keyword::OneOf);
    schema.rules.extend(children.map(Rule::OneOf));
}

pub(super) fn not(schema: &mut Schema<'_, '_>) {
    let child = schema.child_of(Keyword::Not);
    schema.rules.extend(child.map(Rule::Not));
}

/// An `if` alone says nothing of the value, but which of its parts are evaluated.
pub(super) fn condition(schema: &mut Schema<'_, '_>) {
    let Some(condition) = schema.child_of(Keyword::If) else { return };
    let (then, otherwise) = (schema.child_of(Keyword::Then), schema.child_of(Keyword::Else));
    let rule = schema.alloc(If { condition, then, otherwise });
    schema.add(Rule::If(rule));
}
