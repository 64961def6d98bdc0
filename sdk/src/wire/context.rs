//! What a reading knows: how strictly to read, in which format, and where it has failed.
//!
//! ```text
//! {"shop": {"id": "x"}}   the error of `id` is noted, then that of `shop`: "/shop/id: invalid type: .."
//! ```

use std::cell::RefCell;
use std::fmt;

use wechat_bizwifi_rules::{Violation, push_name};

use super::format::Format;
use super::invalid::Invalid;

/// How strictly to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// Exactly what the schema says: for values that will be sent.
    Strict,
    /// What servers really send: numbers in quotes, `null` for what is left out, unknown fields.
    Tolerant,
}

/// The mode and the format of a reading, and the path to what failed.
#[derive(Debug)]
pub struct Context {
    mode: Mode,
    format: Format,
    /// In a box, since nearly always there is none.
    failure: RefCell<Option<Box<Failure>>>,
}

/// Why a reading has ended.
#[derive(Debug, Default)]
struct Failure {
    /// The steps from the error outwards, filled while the error travels up.
    trail: Vec<String>,
    /// What is wrong by the table of a type, if that is why.
    found: Vec<Violation>,
}

impl Failure {
    /// The JSON pointer to the error.
    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in self.trail.iter().rev() {
            push_name(&mut pointer, step);
        }
        pointer
    }

    /// What is wrong by a table, each with its place; empty, if that is not why.
    fn into_violations(mut self, pointer: &str) -> Vec<Violation> {
        for violation in &mut self.found {
            violation.prefix(pointer);
        }
        self.found
    }
}

impl Context {
    /// For a reading from a reply.
    pub(crate) const fn of_reply() -> Self {
        Self::tolerant(Format::Json)
    }

    /// For a value that will be sent.
    pub(super) const fn strict(format: Format) -> Self {
        Self { mode: Mode::Strict, format, failure: RefCell::new(None) }
    }

    /// For a value that was received.
    pub(super) const fn tolerant(format: Format) -> Self {
        Self { mode: Mode::Tolerant, format, failure: RefCell::new(None) }
    }

    /// Whether the input is JSON, which distinguishes all that a schema does.
    pub(super) fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Whether the input knows nothing by itself of what comes next.
    pub fn is_binary(&self) -> bool {
        self.format == Format::Binary
    }

    /// Whether the input may have an object's fields in their order, without names.
    pub(super) fn has_every_field(&self) -> bool {
        self.format.has_every_field()
    }

    /// Whether to take a number or a string for the other, if the format tells which of them it is.
    pub(super) fn takes_either(&self) -> bool {
        self.is_tolerant() && !self.has_every_field()
    }

    /// Whether to bear what the schema does not allow.
    pub fn is_tolerant(&self) -> bool {
        self.mode == Mode::Tolerant
    }

    /// Notes the step that led to an error, and passes the error on.
    pub fn at<E>(&self, step: impl fmt::Display, error: E) -> E {
        self.note(&step);
        error
    }

    #[cold]
    fn note(&self, step: &dyn fmt::Display) {
        self.failure.borrow_mut().get_or_insert_default().trail.push(step.to_string());
    }

    /// Why the reading has ended. The next one begins anew.
    fn take_failure(&self) -> Failure {
        self.failure.take().map_or_else(Failure::default, |failure| *failure)
    }

    /// The error of a value that is wrong in this way, by the table of its type among others.
    pub(super) fn refuse<E: serde::de::Error>(&self, found: Vec<Violation>) -> E {
        self.failure.borrow_mut().get_or_insert_default().found = found;
        E::custom("is not valid")
    }

    /// Why a reading within this value has ended: takes the place out of the trail, so that it stands in
    /// the violation.
    pub(super) fn take_refusal(&self, error: &impl fmt::Display) -> Vec<Violation> {
        let failure = self.take_failure();
        let pointer = failure.pointer();
        if failure.found.is_empty() {
            return vec![Violation::new(pointer, "type", format!("cannot be read: {error}"))];
        }
        failure.into_violations(&pointer)
    }

    /// An error with the place that led to it, or with all that was found in its stead.
    pub(super) fn explain<E: serde::de::Error>(&self, error: E) -> E {
        let failure = self.take_failure();
        let pointer = failure.pointer();
        let found = failure.into_violations(&pointer);
        if !found.is_empty() {
            return E::custom(Invalid::from_violations(found));
        }
        if pointer.is_empty() { error } else { E::custom(format_args!("{pointer}: {error}")) }
    }

    /// The JSON pointer to the error.
    pub(crate) fn pointer(&self) -> String {
        self.failure.borrow().as_ref().map(|failure| failure.pointer()).unwrap_or_default()
    }
}
