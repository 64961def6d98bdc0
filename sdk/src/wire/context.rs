//! The context of reading a value: how strictly to read, the format, and the place of an error.
//!
//! ```text
//! {"shop": {"id": "x"}}   the error of `id` is noted, then that of `shop`: "/shop/id: invalid type: .."
//! ```

use std::cell::RefCell;
use std::fmt;

use wechat_bizwifi_rules::message::Message;
use wechat_bizwifi_rules::{Violation, push_name};

use super::format::Format;
use super::given::GivenError;
use super::invalid::Invalid;

/// How strictly to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// Exactly as the schema says: for values that will be sent.
    Strict,
    /// As servers really send values: numbers in quotes, `null` for an absent property, unknown properties.
    Tolerant,
}

/// The mode and the format of the input, and the path to an error.
#[derive(Debug)]
pub struct Context {
    mode: Mode,
    format: Format,
    /// In a box, since there is nearly never an error.
    failure: RefCell<Option<Box<Failure>>>,
}

/// Why a value could not be read.
#[derive(Debug, Default)]
struct Failure {
    /// The steps of the path, innermost first, added while the error is returned.
    trail: Vec<String>,
    /// The violations of a type's table, if they are the reason.
    found: Vec<Violation>,
    /// The keyword and the message, if they are known better than by the error of the input.
    reason: Option<(&'static str, Message)>,
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

    /// The violations of a table, each with its place; empty if they are not the reason.
    fn into_violations(mut self, pointer: &str) -> Vec<Violation> {
        for violation in &mut self.found {
            violation.prefix(pointer);
        }
        self.found
    }
}

impl Context {
    /// For a reply.
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

    /// Whether the input is JSON, the format whose types schemas are about.
    pub(super) fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Whether the input is not self-describing: the reader has to know the type of what comes next.
    pub fn is_binary(&self) -> bool {
        self.format == Format::Binary
    }

    /// Whether the input may hold an object's fields in order, without names.
    pub(super) fn has_every_field(&self) -> bool {
        self.format.has_every_field()
    }

    /// Whether a number may stand for a string, and a string for a number.
    pub(super) fn takes_either(&self) -> bool {
        self.is_tolerant() && !self.has_every_field()
    }

    /// Whether deviations from the schema are tolerated.
    pub fn is_tolerant(&self) -> bool {
        self.mode == Mode::Tolerant
    }

    /// Adds a step to the path of an error, and returns the error.
    pub fn at<E>(&self, step: impl fmt::Display, error: E) -> E {
        self.note(&step);
        error
    }

    #[cold]
    fn note(&self, step: &dyn fmt::Display) {
        self.failure.borrow_mut().get_or_insert_default().trail.push(step.to_string());
    }

    /// Takes the failure, so that the next value starts without one.
    fn take_failure(&self) -> Failure {
        self.failure.take().map_or_else(Failure::default, |failure| *failure)
    }

    /// The error of a value that is not valid by a keyword. The message is kept as data where that is asked for; the
    /// compiler knows where.
    #[cold]
    pub(super) fn fail<E: serde::de::Error>(&self, keyword: &'static str, message: Message) -> E {
        let error = E::custom(message.english());
        if GivenError::is::<E>() {
            self.failure.borrow_mut().get_or_insert_default().reason = Some((keyword, message));
        }
        error
    }

    /// The error of a value that has these violations.
    pub(super) fn refuse<E: serde::de::Error>(&self, found: Vec<Violation>) -> E {
        self.failure.borrow_mut().get_or_insert_default().found = found;
        E::custom("is not valid")
    }

    /// The violations of a value within this one that could not be read. The path of the error becomes their place.
    pub(super) fn take_refusal(&self, error: Message) -> Vec<Violation> {
        let mut failure = self.take_failure();
        let pointer = failure.pointer();
        if failure.found.is_empty() {
            let (keyword, message) = failure.reason.take().unwrap_or(("type", error));
            return vec![Violation::of(pointer, keyword, message)];
        }
        failure.into_violations(&pointer)
    }

    /// Adds the place to an error, or replaces the error by the violations that were found.
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
