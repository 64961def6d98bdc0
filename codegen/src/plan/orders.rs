//! The order of a struct's fields, where that is all that the struct does not enforce.
//!
//! ```text
//! { "properties": { "start": .., "end": .. }, "propertyOrder": [["start", "<=", "end"]] }
//!
//! orders {
//!     start "start" <= end "end";
//! }
//! ```
//!
//! Two fields are compared where they stand. A table with the same rule would have a program contain all
//! that evaluates tables.

use crate::collect_vec::CollectVec as _;
use wechat_bizwifi_rules::{PropertyOrder, Rule};

use crate::model::{Integer, Object, Property, TypeExpr};

/// Of two fields, one does not come before the other.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct FieldOrder {
    pub(crate) first: OrderedField,
    pub(crate) or_equal: bool,
    pub(crate) second: OrderedField,
}

/// A field, and the property that it is of.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct OrderedField {
    pub(crate) field: String,
    pub(crate) property: String,
}

/// The rules as orders of an object's fields, if they are nothing else.
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
        let is_it = |property: &&Property| property.name == name && is_exact(&property.ty);
        let property = object.properties.iter().find(is_it)?;
        Some(OrderedField { field: property.field.clone(), property: property.name.clone() })
    };
    let PropertyOrder { first, or_equal, second } = *order;
    Some(FieldOrder { first: field(first)?, or_equal, second: field(second)? })
}

/// Whether a field keeps exactly what came: a double need not.
fn is_exact(ty: &TypeExpr) -> bool {
    match ty.peeled() {
        TypeExpr::Integer(integer, _) => *integer != Integer::Any,
        TypeExpr::Time(..) | TypeExpr::Text(_) | TypeExpr::Secret(_) => true,
        _ => false,
    }
}
