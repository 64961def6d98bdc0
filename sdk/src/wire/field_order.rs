//! The order of two properties of an object, which is checked on their fields, without a table.
//!
//! ```text
//! orders { "start_time" <= "end_time"; }    start_time: 2, end_time: 1
//!
//! must have `start_time` <= `end_time`, has 2 and 1
//! ```

use wechat_bizwifi_rules::{Leaf, PropertyOrder};

use super::checker::Checker;
use super::object::{Property, PropertyVisitor};

/// An order of two properties, by the indexes of their fields.
#[derive(Debug)]
pub struct FieldOrder {
    indexes: [usize; 2],
    order: PropertyOrder<'static>,
}

impl FieldOrder {
    /// The order of two of these properties.
    pub const fn new(keys: &[&str], order: PropertyOrder<'static>) -> Self {
        Self { indexes: [index_of(keys, order.first), index_of(keys, order.second)], order }
    }

    /// Checks the two properties of an object, which `show` passes to a visitor.
    #[inline]
    pub(super) fn check<'v>(&'static self, show: impl FnOnce(&mut Pair<'v>), at: &mut Checker<'_>) {
        let mut pair = Pair { indexes: self.indexes, index: 0, leaves: [Leaf::Null; 2] };
        show(&mut pair);
        let [first, second] = &pair.leaves;
        at.order(&self.order, first, second);
    }
}

const fn index_of(keys: &[&str], name: &str) -> usize {
    let mut index = 0;
    while index < keys.len() && !are_same(keys[index].as_bytes(), name.as_bytes()) {
        index += 1;
    }
    index
}

/// As `==`, which is not for constants.
const fn are_same(name: &[u8], other: &[u8]) -> bool {
    match (name, other) {
        ([], []) => true,
        ([first, name @ ..], [second, other @ ..]) => *first == *second && are_same(name, other),
        _ => false,
    }
}

/// The values of two properties. One that is absent is `null`.
pub(super) struct Pair<'v> {
    indexes: [usize; 2],
    /// The index of the next field.
    index: usize,
    leaves: [Leaf<'v>; 2],
}

impl<'v> PropertyVisitor<'v> for Pair<'v> {
    #[inline]
    fn required<T: Property>(&mut self, value: &'v T) {
        let [first, second] = self.indexes;
        if self.index == first {
            self.leaves[0] = value.leaf();
        } else if self.index == second {
            self.leaves[1] = value.leaf();
        }
        self.index += 1;
    }

    #[inline]
    fn absent(&mut self) {
        self.index += 1;
    }
}
