//! Keywords that put schemas together.
//!
//! ```text
//! { "if": A, "else": B }   [If(A, None, Some(B))]
//! ```

use wechat_bizwifi_rules::{If, Rule};

use super::schema::Schema;
use crate::schema::Keyword;

/// An `if` alone says nothing of the value, but which of its parts are evaluated.
pub(super) fn condition(schema: &mut Schema<'_, '_>) {
    let Some(condition) = schema.child_of(Keyword::If) else { return };
    let (then, otherwise) = (schema.child_of(Keyword::Then), schema.child_of(Keyword::Else));
    let rule = schema.alloc(If { condition, then, otherwise });
    schema.add(Rule::If(rule));
}
