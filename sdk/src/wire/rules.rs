//! The rules of a schema, as data: generated code states them, here they are kept.

use std::collections::BTreeMap;
use std::fmt::Display;

use super::check::Checker;
use super::unix_time::UnixTime;

/// Something that a value must keep.
pub trait Rule<T: ?Sized> {
    /// Reports to `at` what `value` breaks.
    fn check(&self, value: &T, at: &mut Checker);
}

/// Rules on a string.
#[derive(Clone, Copy, Debug, Default)]
pub struct Text {
    min_length: usize,
    max_length: Option<usize>,
}

impl Text {
    /// Any string.
    #[must_use]
    pub const fn new() -> Self {
        Self { min_length: 0, max_length: None }
    }

    /// At least this many Unicode code points.
    #[must_use]
    pub const fn min_length(mut self, length: usize) -> Self {
        self.min_length = length;
        self
    }

    /// At most this many Unicode code points.
    #[must_use]
    pub const fn max_length(mut self, length: usize) -> Self {
        self.max_length = Some(length);
        self
    }

    fn check_length(&self, text: &str, at: &mut Checker) {
        let length = text.chars().count();
        if length < self.min_length {
            at.report("minLength", wants_count("at least", self.min_length, "character", length));
        }
        if let Some(most) = self.max_length.filter(|most| length > *most) {
            at.report("maxLength", wants_count("at most", most, "character", length));
        }
    }
}

impl Rule<str> for Text {
    fn check(&self, value: &str, at: &mut Checker) {
        self.check_length(value, at);
    }
}

impl Rule<String> for Text {
    fn check(&self, value: &String, at: &mut Checker) {
        Rule::<str>::check(self, value, at);
    }
}

impl Rule<crate::Secret> for Text {
    fn check(&self, value: &crate::Secret, at: &mut Checker) {
        Rule::<str>::check(self, value.expose(), at);
    }
}

/// Rules on a whole number.
#[derive(Clone, Copy, Debug, Default)]
pub struct Integer {
    minimum: Option<i128>,
    maximum: Option<i128>,
    multiple_of: Option<i128>,
}

impl Integer {
    /// Any whole number.
    #[must_use]
    pub const fn new() -> Self {
        Self { minimum: None, maximum: None, multiple_of: None }
    }

    /// This number or a larger one.
    #[must_use]
    pub const fn minimum(mut self, bound: i128) -> Self {
        self.minimum = Some(bound);
        self
    }

    /// This number or a smaller one.
    #[must_use]
    pub const fn maximum(mut self, bound: i128) -> Self {
        self.maximum = Some(bound);
        self
    }

    /// A multiple of this number.
    #[must_use]
    pub const fn multiple_of(mut self, step: i128) -> Self {
        self.multiple_of = Some(step);
        self
    }
}

/// The types that hold a whole number.
pub trait WholeNumber: Copy {
    /// The number.
    fn number(self) -> i128;
}

macro_rules! whole_numbers {
    ($($ty:ty),*) => { $(impl WholeNumber for $ty {
        fn number(self) -> i128 { self.into() }
    })* };
}
whole_numbers!(i32, i64, u32, u64);

impl WholeNumber for UnixTime {
    fn number(self) -> i128 {
        self.seconds().into()
    }
}

impl<T: WholeNumber> Rule<T> for Integer {
    fn check(&self, value: &T, at: &mut Checker) {
        let number = value.number();
        if let Some(least) = self.minimum.filter(|least| number < *least) {
            at.report("minimum", wants("at least", least, number));
        }
        if let Some(most) = self.maximum.filter(|most| number > *most) {
            at.report("maximum", wants("at most", most, number));
        }
        if let Some(step) = self.multiple_of.filter(|step| number.checked_rem(*step) != Some(0)) {
            at.report("multipleOf", wants("a multiple of", step, number));
        }
    }
}

/// Rules on an array, and on each of its items.
#[derive(Clone, Copy, Debug)]
pub struct List<R = ()> {
    min_items: usize,
    max_items: Option<usize>,
    items: R,
}

impl List {
    /// Any array.
    #[must_use]
    pub const fn new() -> Self {
        Self { min_items: 0, max_items: None, items: () }
    }
}

impl<R: Copy> List<R> {
    /// At least this many items.
    #[must_use]
    pub const fn min_items(mut self, count: usize) -> Self {
        self.min_items = count;
        self
    }

    /// At most this many items.
    #[must_use]
    pub const fn max_items(mut self, count: usize) -> Self {
        self.max_items = Some(count);
        self
    }

    /// Each item keeps these rules.
    #[must_use]
    pub const fn items<S: Copy>(self, items: S) -> List<S> {
        List { min_items: self.min_items, max_items: self.max_items, items }
    }
}

impl<T, R: Rule<T>> Rule<Vec<T>> for List<R> {
    fn check(&self, value: &Vec<T>, at: &mut Checker) {
        let count = value.len();
        if count < self.min_items {
            at.report("minItems", wants_count("at least", self.min_items, "item", count));
        }
        if let Some(most) = self.max_items.filter(|most| count > *most) {
            at.report("maxItems", wants_count("at most", most, "item", count));
        }
        for (index, item) in value.iter().enumerate() {
            at.index(index, |at| self.items.check(item, at));
        }
    }
}

/// The rule of each of a map's values.
#[derive(Clone, Copy, Debug)]
pub struct Values<R>(pub R);

impl<T, R: Rule<T>> Rule<BTreeMap<String, T>> for Values<R> {
    fn check(&self, value: &BTreeMap<String, T>, at: &mut Checker) {
        for (name, value) in value {
            at.key(name, |at| self.0.check(value, at));
        }
    }
}

/// The rule of a value that may be null.
#[derive(Clone, Copy, Debug)]
pub struct OrNull<R>(pub R);

impl<T, R: Rule<T>> Rule<Option<T>> for OrNull<R> {
    fn check(&self, value: &Option<T>, at: &mut Checker) {
        if let Some(value) = value {
            self.0.check(value, at);
        }
    }
}

/// No rule.
impl<T: ?Sized> Rule<T> for () {
    fn check(&self, _: &T, _: &mut Checker) {}
}

fn wants(relation: &str, bound: impl Display, found: impl Display) -> String {
    format!("must be {relation} {bound}, is {found}")
}

fn wants_count(relation: &str, bound: usize, unit: &str, found: usize) -> String {
    let plural = if bound == 1 { "" } else { "s" };
    format!("must have {relation} {bound} {unit}{plural}, has {found}")
}
