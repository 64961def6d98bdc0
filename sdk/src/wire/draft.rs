//! A value on its way to being built: what was set, and what was refused while it was set.

use std::collections::BTreeMap;
use std::fmt;

use super::check::{Check, Checker};
use super::invalid::Invalid;
use super::object::{Object, Shape};
use super::rules::Rule;

/// What a builder's setters could not take, by property.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    refused: Vec<(&'static str, Invalid)>,
}

impl Draft {
    /// Converts what a setter was given; what does not convert is kept for [`Draft::check`].
    pub fn accept<T, V>(&mut self, property: &'static str, value: V) -> Option<T>
    where
        V: TryInto<T, Error: Into<Invalid>>,
    {
        self.refused.retain(|(name, _)| *name != property);
        match value.try_into() {
            Ok(value) => Some(value),
            Err(fault) => {
                self.refused.push((property, fault.into()));
                None
            }
        }
    }

    /// Checks a property as far as it is set.
    pub fn check<T>(
        &self,
        property: &'static str,
        required: bool,
        slot: &Option<T>,
        rule: &impl Rule<T>,
        at: &mut Checker,
    ) {
        let refused = self.refused.iter().find(|(name, _)| *name == property);
        at.property(property, |at| match (slot, refused) {
            (Some(value), _) => rule.check(value, at),
            (None, Some((_, invalid))) => at.adopt(invalid.clone()),
            (None, None) if required => at.report("required", "is required, and was not set"),
            (None, None) => {}
        });
    }
}

/// The rule that a value keeps its own type's rules.
#[derive(Clone, Copy, Debug)]
pub struct Own;

impl Own {
    /// The rule that a table states in its place.
    pub fn or<R>(self, stated: R) -> R {
        stated
    }
}

impl<T: Check> Rule<T> for Own {
    fn check(&self, value: &T, at: &mut Checker) {
        value.check(at);
    }
}

/// Makes what a builder holds, once its rules were checked.
///
/// # Errors
///
/// When a required property is missing after all.
pub fn finish_built<T: Object>(draft: T::Draft) -> Result<T, Invalid> {
    T::finish(draft)
        .ok_or_else(|| Invalid::new("required", "a required property was not set".to_owned()))
}

/// The value, if it keeps its own type's rules.
///
/// # Errors
///
/// Every broken rule.
pub fn valid<T: Check>(value: T) -> Result<T, Invalid> {
    super::check::validate(&value).map(|()| value)
}

/// What to say of a value that is none of those listed.
pub fn not_listed(listed: &[&dyn fmt::Debug], found: &dyn fmt::Debug) -> Invalid {
    let listed: Vec<String> = listed.iter().map(|value| format!("{value:?}")).collect();
    Invalid::new("enum", format!("must be one of {}, is {found:?}", listed.join(", ")))
}

/// Checks the properties that are not listed: none of them may have a listed one's name.
pub fn check_others<T>(
    shape: Shape,
    others: &BTreeMap<String, T>,
    rule: &impl Rule<T>,
    at: &mut Checker,
) {
    for (name, value) in others {
        at.key(name, |at| {
            if shape.keys.iter().any(|key| key.name == name) {
                at.report("properties", "is a listed property, and belongs in its own field");
            }
            rule.check(value, at);
        });
    }
}

/// Checks which properties an object has: the listed ones, each with whether it is there, and
/// `more` others.
pub fn check_members<T: Object>(
    listed: &[(&str, bool)],
    others: &[&dyn Fn(&str) -> bool],
    more: usize,
    at: &mut Checker,
) {
    let Some(members) = T::MEMBERS else { return };
    let count = listed.iter().filter(|(_, is_there)| *is_there).count() + more;
    let has = |name: &str| {
        let is_listed = listed.iter().any(|(key, is_there)| *key == name && *is_there);
        is_listed || others.iter().any(|contains| contains(name))
    };
    members.check(&has, count, at);
}
