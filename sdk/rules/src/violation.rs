//! Violations of rules, each with its place.
//!
//! ```text
//! {"maxLength": 2} of `a`    {"a": "abc"}
//!
//! Violation { pointer: "/a", keyword: "maxLength", message: "must have at most 2 characters, has 3" }
//! ```

use std::fmt;

use crate::message::{
    Arg, MUST_BE, Message, NEXT, NO_BRANCH, NO_SCHEMA, NOT_ALLOWED, PLACED, Piece,
};
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
        for (index, violation) in self.0.iter().enumerate() {
            write!(out, "{}{violation}", if index == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

/// One rule that a value breaks.
#[derive(Clone)]
#[non_exhaustive]
pub struct Violation {
    /// The place: a JSON pointer into the value, empty for the value itself.
    pub pointer: String,
    /// The keyword of the rule, such as `maxLength`.
    pub keyword: &'static str,
    /// The message, without the place. It shows no string of the value, since that may be a secret.
    pub message: String,
    pieces: Vec<Piece>,
    details: Details,
}

impl Eq for Violation {}

/// Two messages that read the same are the same.
impl PartialEq for Violation {
    fn eq(&self, other: &Self) -> bool {
        let same = (&self.pointer, self.keyword, &self.message, self.closest())
            == (&other.pointer, other.keyword, &other.message, other.closest());
        same && self.expected_types() == other.expected_types()
    }
}

#[derive(Clone)]
enum Details {
    None,
    /// The value has none of these types.
    WrongType(Types),
    /// The value is not the one that the schema requires.
    WrongTag,
    /// The value is valid against no branch. This is the one that it comes closest to, and what makes the message of
    /// it: only programs with branches contain that.
    Closest(Box<Branch>, fn(&Branch, &str) -> Message),
}

/// One of the schemas of `anyOf` or `oneOf`, and the violations of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Branch {
    /// The index of the schema.
    pub index: usize,
    /// The violations of this branch. Their pointers begin at the same value as those of other violations.
    pub violations: Vec<Violation>,
    /// The number of schemas.
    count: usize,
}

impl Violation {
    /// A violation whose message is a text, which is the same in every language.
    pub fn new(pointer: String, keyword: &'static str, message: impl Into<String>) -> Self {
        Self::of(pointer, keyword, Message { english: message.into(), pieces: Vec::new() })
    }

    /// A violation whose message is there in every language.
    #[cold]
    pub fn of(pointer: String, keyword: &'static str, message: Message) -> Self {
        let Message { english, pieces } = message;
        Self { pointer, keyword, message: english, pieces, details: Details::None }
    }

    /// The message, to be part of another one.
    #[inline]
    pub fn into_message(self) -> Message {
        Message { english: self.message, pieces: self.pieces }
    }

    /// For `anyOf` and `oneOf`, if no schema is valid: the one that the value comes closest to.
    pub fn closest(&self) -> Option<&Branch> {
        match &self.details {
            Details::Closest(branch, _) => Some(branch),
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
        if let Details::Closest(branch, message) = &mut self.details {
            branch.violations.iter_mut().for_each(|violation| violation.prefix(place));
            let Message { english, pieces } = message(branch, self.keyword);
            (self.message, self.pieces) = (english, pieces);
        }
    }

    /// The place and the message in Chinese. A message that is a text stays as it is.
    pub fn in_chinese(&self) -> String {
        all_in_chinese(std::slice::from_ref(self))
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
            return Self::of(pointer, keyword, MUST_BE.with([Arg::Message(&types.into())]))
                .with_expected_types(types);
        }
        let branches = branches.into_iter().enumerate();
        let closest = branches.min_by_key(|(_, found)| distance(found, &pointer));
        let Some((index, violations)) = closest else {
            return Self::of(pointer, keyword, NO_SCHEMA.with([Arg::Text(&keyword)]));
        };
        let branch = Branch { index, violations, count };
        let violation = Self::of(pointer, keyword, branch.message(keyword));
        Self { details: Details::Closest(Box::new(branch), Branch::message), ..violation }
    }
}

impl Branch {
    /// That a value comes closest to this branch.
    fn message(&self, keyword: &str) -> Message {
        let (count, number) = (Arg::Text(&self.count), self.index + 1);
        let lacks = as_message(&self.violations);
        NO_BRANCH.with([count, Arg::Text(&keyword), Arg::Text(&number), Arg::Message(&lacks)])
    }
}

/// How far a value is from a branch. Another JSON type is farthest, then another tag, and then the number of
/// violations counts. Of two branches with as many violations, the one whose violations lie within the value is
/// closer: an object with a wrong property is closer than one that lacks a property.
fn distance(found: &[Violation], pointer: &str) -> (u8, usize, usize) {
    let is_tag = |violation: &Violation| {
        let inner = violation.pointer.strip_prefix(pointer).and_then(|rest| rest.strip_prefix('/'));
        matches!(violation.details, Details::WrongTag)
            && inner.is_some_and(|name| !name.contains('/'))
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

impl fmt::Debug for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Violation")
            .field("pointer", &self.pointer)
            .field("keyword", &self.keyword)
            .field("message", &self.message)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pointer.is_empty() {
            return out.write_str(&self.message);
        }
        write!(out, "{} {}", self.pointer, self.message)
    }
}

/// Several violations as one text, each with its place.
fn as_message(violations: &[Violation]) -> Message {
    let each = violations.iter().map(|violation| {
        let message = violation.clone().into_message();
        match &*violation.pointer {
            "" => message,
            place => PLACED.with([Arg::Text(&place), Arg::Message(&message)]),
        }
    });
    let all = each.reduce(|all, next| NEXT.join(&all, &next));
    all.unwrap_or_else(|| NOT_ALLOWED.into())
}

/// Several violations as one text in Chinese.
pub fn all_in_chinese(violations: &[Violation]) -> String {
    as_message(violations).chinese()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{NULL, PROPERTY_NAMES, REQUIRED};

    #[test]
    fn a_place_in_front_is_in_front_of_what_the_closest_branch_lacks_too() {
        let lacks = vec![Violation::of("/a".to_owned(), "not", NOT_ALLOWED.into())];
        let mut violation = Violation::of_branches(String::new(), "anyOf", vec![lacks]);
        violation.prefix("/x");
        assert_eq!(violation.pointer, "/x");
        let branch = violation.closest().unwrap();
        assert_eq!((branch.index, branch.violations[0].pointer.as_str()), (0, "/x/a"));
        let said = "must be valid against one of the 1 schemas under `anyOf`; number 1 is the \
                    closest, but: /x/a is not allowed";
        assert_eq!(violation.message, said);
    }

    #[test]
    fn what_the_closest_branch_lacks_is_reported_in_chinese_within_other_messages_too() {
        let lacks = |message: Message| vec![Violation::of("/a".to_owned(), "x", message)];
        let branches = vec![lacks(REQUIRED.with([Arg::Text(&"b")])), lacks(NOT_ALLOWED.into())];
        let violation = Violation::of_branches("/a".to_owned(), "anyOf", branches);
        let chinese = "必须符合 2 个 `anyOf` 模式之一；第 1 个最接近，但：/a 必须有属性 `b`";
        assert_eq!(violation.in_chinese(), format!("/a {chinese}"));
        let outer = PROPERTY_NAMES.with([Arg::Message(&violation.into_message())]);
        let outer = Violation::of(String::new(), "propertyNames", outer);
        assert_eq!(outer.in_chinese(), format!("属性名无效：{chinese}"));
        assert!(outer.closest().is_none());
    }

    #[test]
    fn several_violations_are_one_text() {
        let wrong = [NOT_ALLOWED.into(), MUST_BE.with([Arg::Words(NULL)])];
        let wrong = wrong.map(|message| Violation::of("/a".to_owned(), "x", message));
        assert_eq!(all_in_chinese(&wrong), "/a 不允许；/a 必须是 null");
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "this is what others do")]
    fn a_text_of_one_language_stays_as_it_is() {
        let foreign = Violation::new("/a".to_owned(), "x", "must be null");
        assert_eq!(foreign.in_chinese(), "/a must be null");
        assert_eq!(foreign, Violation::of("/a".to_owned(), "x", MUST_BE.with([Arg::Words(NULL)])));
    }
}
