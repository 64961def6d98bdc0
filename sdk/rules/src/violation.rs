//! Violations of rules, each with its place.
//!
//! ```text
//! {"maxLength": 2} of `a`    {"a": "abc"}
//!
//! Violation { pointer: "/a", keyword: "maxLength", message: "must have at most 2 characters, has 3" }
//! ```

use std::fmt;

use crate::types::Types;

/// All violations of a value; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(pub(crate) Vec<Violation>);

impl Violations {
    /// Each of them, in the order of the schema's rules.
    pub fn as_slice(&self) -> &[Violation] {
        &self.0
    }

    /// As [`as_slice`](Self::as_slice).
    pub fn into_vec(self) -> Vec<Violation> {
        self.0
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_all(&self.0, out)
    }
}

impl std::error::Error for Violations {}

fn write_all(violations: &[Violation], out: &mut impl fmt::Write) -> fmt::Result {
    for (index, violation) in violations.iter().enumerate() {
        write!(out, "{}{violation}", if index == 0 { "" } else { "; " })?;
    }
    Ok(())
}

/// One rule that a value breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The place: a JSON pointer into the value, empty for the value itself.
    pub pointer: String,
    /// The keyword of the rule, such as `maxLength`.
    pub keyword: &'static str,
    /// The message, without the place. It shows no string of the value, since that may be a secret.
    pub message: String,
    details: Details,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Details {
    None,
    /// The value has none of these types.
    WrongType(Types),
    /// The value is not the one that the schema requires.
    WrongTag,
    /// The value is valid against no branch. This is the branch that it comes closest to.
    Closest(Box<Branch>),
}

/// One of the schemas of `anyOf` or `oneOf`, and the violations of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Branch {
    /// The index of the schema.
    pub index: usize,
    /// The violations of this branch. Their pointers begin at the same value as those of other violations.
    pub violations: Vec<Violation>,
}

impl Violation {
    /// A violation without details.
    pub fn new(pointer: String, keyword: &'static str, message: impl Into<String>) -> Self {
        Self { pointer, keyword, message: message.into(), details: Details::None }
    }

    /// For `anyOf` and `oneOf`, if no schema is valid: the one that the value comes closest to.
    pub fn closest(&self) -> Option<&Branch> {
        match &self.details {
            Details::Closest(branch) => Some(branch),
            _ => None,
        }
    }

    /// The types that the value may have, if it has another.
    pub fn expected_types(&self) -> Option<Types> {
        match self.details {
            Details::WrongType(types) => Some(types),
            _ => None,
        }
    }

    /// Puts a place in front of all pointers.
    pub fn prefix(&mut self, place: &str) {
        self.pointer.insert_str(0, place);
        if let Details::Closest(branch) = &mut self.details {
            branch.violations.iter_mut().for_each(|violation| violation.prefix(place));
        }
    }

    pub(crate) fn with_expected_types(mut self, types: Types) -> Self {
        self.details = Details::WrongType(types);
        self
    }

    pub(crate) fn with_wrong_tag(mut self) -> Self {
        self.details = Details::WrongTag;
        self
    }

    /// The violation of an `anyOf` or `oneOf` without a valid branch.
    pub(crate) fn of_branches(
        pointer: String,
        keyword: &'static str,
        branches: Vec<Vec<Violation>>,
    ) -> Self {
        let count = branches.len();
        let types = branches.iter().map(|found| wrong_type(found, &pointer));
        let types = types.reduce(|all, types| Some(all?.or(types?))).flatten();
        if let Some(types) = types {
            return Self::new(pointer, keyword, format!("must be {types}"))
                .with_expected_types(types);
        }
        let branches = branches.into_iter().enumerate();
        let closest = branches.min_by_key(|(_, found)| distance(found, &pointer));
        let Some((index, violations)) = closest else {
            return Self::new(pointer, keyword, format!("cannot be valid: `{keyword}` is empty"));
        };
        let mut message = format!(
            "must be valid against one of the {count} schemas under `{keyword}`; of number {}, \
             the closest, it lacks this: ",
            index + 1
        );
        // Writing to a string cannot fail.
        let _ = write_all(&violations, &mut message);
        let details = Details::Closest(Box::new(Branch { index, violations }));
        Self { pointer, keyword, message, details }
    }
}

/// How far a value is from a branch. Another JSON type is farthest, then another tag, and then the number of
/// violations counts. Of two branches with as many violations, the one whose violations lie within the value is
/// closer: an object with a wrong property is closer than one that lacks a property.
fn distance(found: &[Violation], pointer: &str) -> (u8, usize, usize) {
    let is_tag = |violation: &Violation| {
        let inner = violation.pointer.strip_prefix(pointer).and_then(|rest| rest.strip_prefix('/'));
        violation.details == Details::WrongTag && inner.is_some_and(|name| !name.contains('/'))
    };
    let class = match wrong_type(found, pointer) {
        Some(_) => 2,
        None => u8::from(found.iter().any(is_tag)),
    };
    let of_the_whole = found.iter().filter(|violation| violation.pointer == pointer).count();
    (class, found.len(), of_the_whole)
}

/// The types that a branch expects of the value at this place, if it has another.
fn wrong_type(found: &[Violation], pointer: &str) -> Option<Types> {
    let here = found.iter().filter(|violation| violation.pointer == pointer);
    here.filter_map(Violation::expected_types).reduce(Types::and).filter(|types| !types.is_empty())
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pointer.is_empty() {
            return out.write_str(&self.message);
        }
        write!(out, "{} {}", self.pointer, self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_front_is_in_front_of_what_the_closest_branch_lacks_too() {
        let lacks = vec![Violation::new("/a".to_owned(), "maxLength", "is too long".to_owned())];
        let mut violation = Violation::of_branches(String::new(), "anyOf", vec![lacks]);
        violation.prefix("/x");
        assert_eq!(violation.pointer, "/x");
        let branch = violation.closest().unwrap();
        assert_eq!((branch.index, branch.violations[0].pointer.as_str()), (0, "/x/a"));
    }
}
