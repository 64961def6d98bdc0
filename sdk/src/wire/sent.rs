//! Evaluating the table of an object that will be sent, or that a builder holds.
//!
//! ```text
//! validate_fields ROOT_RULES;    the fields without what is within them
//! validate_json ROOT_RULES;      {"name":"a"}, as it would be written
//! table ROOT_RULES;              the same, unless the object is invalid by its type
//! ```

use wechat_bizwifi_rules::Leaf;

use super::builder::RefusedValues;
use super::checker::Checker;
use super::encode::Written;
use super::object::{AdditionalOf, AdditionalProperties, Object, Property, PropertyVisitor};
use super::seen::{Seen, SeenObject};
use super::table::{Evaluation, Table};

/// What is known of an object that will be sent, before its table is evaluated.
pub(super) struct Sent<'v> {
    /// What its builder refused.
    pub(super) refused: &'v RefusedValues,
    /// The number of violations before its own.
    pub(super) count_before: usize,
}

impl<'v> Sent<'v> {
    /// Evaluates the table, on the fields that `show` passes to a visitor or on the JSON. Without a value that was
    /// refused, the JSON would not be that of the object, so it is not evaluated.
    #[inline]
    pub(super) fn evaluate<T: Object>(
        &self,
        show: impl FnOnce(&mut Leaves<'v>),
        additional: Option<&'v AdditionalOf<T>>,
        json: impl FnOnce() -> Written,
        at: &mut Checker<'_>,
    ) {
        // As a constant, the branch that no object of this type takes is not compiled.
        if const { matches!(T::EVALUATION, Some(Evaluation::OnFields)) } {
            let mut leaves = Leaves::of::<T>(self.refused);
            show(&mut leaves);
            let object = leaves.object.and(additional.and_then(AdditionalProperties::entries));
            self.evaluate_fields(T::table(), &object, at);
        } else if self.refused.is_empty() {
            let table = T::table();
            match T::EVALUATION {
                Some(Evaluation::OnJson) => {
                    table.evaluate_written(json(), &mut |violation| at.add(violation));
                }
                _ => at.table_of(table, self.count_before, json),
            }
        }
    }

    /// Evaluates the rules that the struct does not enforce. If a value was refused, only those on the presence of
    /// properties are evaluated.
    #[inline]
    fn evaluate_fields(&self, table: &Table, object: &SeenObject<'_>, at: &mut Checker<'_>) {
        let report = &mut |violation| at.add(violation);
        if self.refused.is_empty() {
            table.evaluate(Seen::Object(object), report);
        } else {
            table.evaluate_presence(object, report);
        }
    }
}

/// Collects the properties without what is within them, for rules that do not look into them.
pub(super) struct Leaves<'v> {
    keys: std::slice::Iter<'static, &'static str>,
    refused: &'v RefusedValues,
    object: SeenObject<'v>,
}

impl<'v> Leaves<'v> {
    fn of<T: Object>(refused: &'v RefusedValues) -> Self {
        Self { keys: T::INFO.keys.iter(), refused, object: SeenObject::default() }
    }

    /// A value that was refused is `null`: the property is present, but has no order with others.
    #[inline]
    fn push(&mut self, leaf: Option<Leaf<'v>>) {
        let Some(key) = self.keys.next() else { return };
        if let Some(leaf) = leaf.or_else(|| self.refused.of(key).map(|_| Leaf::Null)) {
            self.object.push(key, Seen::Leaf(leaf));
        }
    }
}

impl<'v> PropertyVisitor<'v> for Leaves<'v> {
    #[inline]
    fn required<T: Property>(&mut self, value: &'v T) {
        self.push(Some(value.leaf()));
    }

    #[inline]
    fn absent(&mut self) {
        self.push(None);
    }
}
