//! The order of a struct's fields, if it is the only rule that the struct does not enforce.
//!
//! ```text
//! { "properties": { "start": .., "end": .. }, "propertyOrder": [["start", "<=", "end"]] }
//!
//! orders {
//!     "start" <= "end";
//! }
//! ```
//!
//! Two fields are compared directly. With a table for the same rule, a program would contain the
//! evaluator of tables.

use wechat_bizwifi_rules::{PropertyOrder, Rule};

use crate::model::{Integer, Object, TypeExpr};
use crate::util::CollectVec as _;

/// A rule that one property is less than another, or equal to it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct FieldOrder {
    pub(crate) first: String,
    pub(crate) or_equal: bool,
    pub(crate) second: String,
}

/// The rules as orders of an object's fields; `None`, if there are other rules.
pub(crate) fn field_orders(object: &Object, rules: &[Rule<'_>]) -> Option<Vec<FieldOrder>> {
    let orders = rules.iter().map(|rule| match rule {
        Rule::PropertyOrder(orders) => {
            orders.iter().map(|order| field_order(object, order)).collect_some()
        }
        _ => None,
    });
    Some(orders.collect_some()?.concat())
}

fn field_order(object: &Object, order: &PropertyOrder<'_>) -> Option<FieldOrder> {
    let has_exact =
        |name: &str| object.properties.iter().any(|it| it.name == name && is_exact(&it.ty));
    let PropertyOrder { first, or_equal, second } = *order;
    (has_exact(first) && has_exact(second)).then(|| FieldOrder {
        first: first.to_owned(),
        or_equal,
        second: second.to_owned(),
    })
}

/// Whether a field keeps the exact value that was received: a double may not.
fn is_exact(ty: &TypeExpr) -> bool {
    match ty.peeled() {
        TypeExpr::Integer(integer, _) => *integer != Integer::Any,
        TypeExpr::Time(..) | TypeExpr::Text(_) | TypeExpr::Secret(_) => true,
        _ => false,
    }
}
