//! A value on its way to being built: what was set, and what was refused while it was set.

use std::collections::BTreeMap;
use std::fmt;

use super::check::{Check, Checker, Levels};
use super::encode::{JsonFields, object_tree};
use super::invalid::Invalid;
use super::object::{Object, ObjectInfo};
use super::shallow::Shallow;
use super::table::Table;
use crate::secret::revealing;

/// What a builder's setters could not take, by property.
#[derive(Clone, Debug, Default)]
pub struct RefusedValues {
    by_property: Vec<(&'static str, Invalid)>,
}

impl RefusedValues {
    /// Converts what a setter was given; what does not convert is kept for
    /// [`RefusedValues::check`].
    pub fn accept<T, V>(&mut self, property: &'static str, value: V) -> Option<T>
    where
        V: TryInto<T, Error: Into<Invalid>>,
    {
        self.by_property.retain(|(name, _)| *name != property);
        match value.try_into() {
            Ok(value) => Some(value),
            Err(error) => {
                self.by_property.push((property, error.into()));
                None
            }
        }
    }

    /// Whether the setters took all that they were given.
    pub fn is_empty(&self) -> bool {
        self.by_property.is_empty()
    }

    /// Checks a property as far as it is set.
    pub fn check<T: Check>(
        &self,
        (property, is_required): (&'static str, bool),
        value: &Option<T>,
        rules: Levels,
        at: &mut Checker,
    ) {
        let refused = self.by_property.iter().find(|(name, _)| *name == property);
        at.property(property, |at| match (value, refused) {
            (Some(value), _) => value.check_by(rules, at),
            (None, Some((_, invalid))) => at.adopt(invalid.clone()),
            (None, None) if is_required => at.report("required", "is required, and was not set"),
            (None, None) => {}
        });
    }

    /// Evaluates the rules that a struct does not enforce on what is set. What was refused is there
    /// all the same, and `null` has no order with anything.
    pub fn check_besides<'v>(&'v self, table: &Table, mut partial: Shallow<'v>, at: &mut Checker) {
        for (name, _) in &self.by_property {
            partial.required(name, &super::Null);
        }
        at.besides(table, &partial);
    }

    /// Evaluates a type's table on what is set, where nothing is known to be wrong.
    pub fn check_table(
        &self,
        table: &Table,
        write: impl FnOnce(&mut JsonFields<'_>),
        at: &mut Checker,
    ) {
        if self.is_empty() {
            at.table_of(table, 0, || revealing(|| object_tree(write)));
        }
    }
}

/// Makes what a builder holds, once its rules were checked.
///
/// # Errors
///
/// When a required property is missing after all.
pub fn finish_built<T: Object>(partial: T::Partial) -> Result<T, Invalid> {
    T::finish(partial).ok_or_else(|| Invalid::new("required", "a required property was not set"))
}

/// The value, if it is valid by its own type's rules.
///
/// # Errors
///
/// Every violation.
pub fn valid<T: Check>(value: T) -> Result<T, Invalid> {
    super::check::validate(&value).map(|()| value)
}

/// What to say of a value that is none of an enum's.
pub fn not_listed(values: &[&dyn fmt::Debug], found: &dyn fmt::Debug) -> Invalid {
    let values: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
    Invalid::new("enum", format!("must be one of {}, is {found:?}", values.join(", ")))
}

/// Checks the additional properties: none of them may have the name of a property that has a field.
pub fn check_additional<T: Check>(
    info: ObjectInfo,
    additional: &BTreeMap<String, T>,
    rules: Levels,
    at: &mut Checker,
) {
    for (name, value) in additional {
        at.key(name, |at| {
            if info.keys.contains(&&**name) {
                at.report("properties", "is a property of its own, and belongs in its own field");
            }
            value.check_by(rules, at);
        });
    }
}
