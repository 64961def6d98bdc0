//! What a schema says of a value beyond its type: schemas that it must or must not keep besides.

use serde::Serialize;
use serde_json::Value;

use super::check::Checker;
use super::decode::{Context, Decode, Mode};
use super::rules::Rule;
use crate::secret::revealing;

/// Checks a value that was kept as JSON.
pub(super) type Assertion = fn(&Value, &mut Checker);

/// Something that a value must keep besides.
#[derive(Clone, Copy, Debug)]
pub enum Claim {
    /// It does not keep this.
    Not(Assertion),
    /// It keeps one of these at least.
    AnyOf(&'static [Assertion]),
    /// It keeps exactly one of these.
    OneOf(&'static [Assertion]),
    /// If it keeps the first, it keeps the second, and otherwise the third.
    If(Assertion, Option<Assertion>, Option<Assertion>),
    /// An array has so many items, at least and at most, that keep this.
    Contains(Assertion, usize, Option<usize>),
    /// An object that has this property keeps this.
    Dependent(&'static str, Assertion),
}

impl Claim {
    fn check(&self, value: &Value, at: &mut Checker) {
        match self {
            Self::Not(assertion) => {
                if holds(*assertion, value) {
                    at.report("not", "must not keep the schema under `not`");
                }
            }
            Self::AnyOf(assertions) => {
                if count(assertions, value) == 0 {
                    at.report("anyOf", "must keep one of the schemas under `anyOf`");
                }
            }
            Self::OneOf(assertions) => match count(assertions, value) {
                1 => {}
                kept => at.report(
                    "oneOf",
                    format!("must keep exactly one of the schemas under `oneOf`, keeps {kept}"),
                ),
            },
            Self::If(condition, then, otherwise) => {
                let branch = if holds(*condition, value) { then } else { otherwise };
                if let Some(assertion) = branch {
                    assertion(value, at);
                }
            }
            Self::Contains(assertion, least, most) => {
                check_contains(*assertion, *least, *most, value, at)
            }
            Self::Dependent(property, assertion) => {
                if value.get(property).is_some() {
                    assertion(value, at);
                }
            }
        }
    }
}

fn holds(assertion: Assertion, value: &Value) -> bool {
    let mut at = Checker::default();
    assertion(value, &mut at);
    at.finish().is_ok()
}

fn count(assertions: &[Assertion], value: &Value) -> usize {
    assertions.iter().filter(|assertion| holds(**assertion, value)).count()
}

fn check_contains(
    assertion: Assertion,
    least: usize,
    most: Option<usize>,
    value: &Value,
    at: &mut Checker,
) {
    let Value::Array(items) = value else { return };
    let found = items.iter().filter(|item| holds(assertion, item)).count();
    if found < least || most.is_some_and(|most| found > most) {
        at.report("contains", format!("has {found} items that keep the schema under `contains`"));
    }
}

/// A rule, and what the value must keep besides.
#[derive(Clone, Copy, Debug)]
pub struct Also<R>(pub R, pub &'static [Claim]);

impl<T: Serialize, R: Rule<T>> Rule<T> for Also<R> {
    fn check(&self, value: &T, at: &mut Checker) {
        self.0.check(value, at);
        match revealing(|| serde_json::to_value(value)) {
            Ok(json) => self.1.iter().for_each(|claim| claim.check(&json, at)),
            Err(fault) => at.report("type", format!("cannot be written as JSON: {fault}")),
        }
    }
}

/// Checks that a value which was kept as JSON can be read as a type, and keeps its rules.
pub fn assert_type<T: Decode>(value: &Value, rule: &impl Rule<T>, at: &mut Checker) {
    match T::decode(value.clone(), &Context::new(Mode::Strict)) {
        Ok(value) => rule.check(&value, at),
        Err(fault) => {
            let fault: serde_json::Error = fault;
            at.report("type", format!("does not fit: {fault}"));
        }
    }
}
