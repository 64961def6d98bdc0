//! The order of a struct's fields, if it is the only rule that the struct does not enforce.
//!
//! ```text
//! { "properties": { "start": .., "end": .. }, "propertyOrder": [["start", "<=", "end"]] }
//!
//! orders {
//!     start "start" <= end "end";
//! }
//! ```
//!
//! Two fields are compared directly. With a table for the same rule, a program would contain the
//! evaluator of tables.

use wechat_bizwifi_rules::{PropertyOrder, Rule};

use crate::model::{Integer, Object, Property, TypeExpr};
use crate::util::CollectVec as _;

/// A rule that one field is less than another, or equal to it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct FieldOrder {
    pub(crate) first: OrderedField,
    pub(crate) or_equal: bool,
    pub(crate) second: OrderedField,
}

/// A field, and its property.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct OrderedField {
    pub(crate) field: String,
    pub(crate) property: String,
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
    let field = |name: &str| {
        let is_exact = |property: &&Property| property.name == name && is_exact(&property.ty);
        let property = object.properties.iter().find(is_exact)?;
        Some(OrderedField { field: property.field.clone(), property: property.name.clone() })
    };
    let PropertyOrder { first, or_equal, second } = *order;
    Some(FieldOrder { first: field(first)?, or_equal, second: field(second)? })
}

/// Whether a field keeps the exact value that was received: a double may not.
fn is_exact(ty: &TypeExpr) -> bool {
    match ty.peeled() {
        TypeExpr::Integer(integer, _) => *integer != Integer::Any,
        TypeExpr::Time(..) | TypeExpr::Text(_) | TypeExpr::Secret(_) => true,
        _ => false,
    }
}
