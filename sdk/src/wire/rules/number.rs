//! Rules on numbers.

use super::{Rule, wants};
use crate::wire::check::Checker;
use crate::wire::decimal::Decimal;
use crate::wire::scalar::Whole;
use crate::wire::unix_time::UnixTime;

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
whole_numbers!(i32, i64, u32, u64, Whole);

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

/// Rules on a number that may have a fraction.
#[derive(Clone, Copy, Debug, Default)]
pub struct Number {
    minimum: Option<Decimal>,
    above: Option<Decimal>,
    maximum: Option<Decimal>,
    below: Option<Decimal>,
    multiple_of: Option<Decimal>,
}

impl Number {
    /// Any number.
    #[must_use]
    pub const fn new() -> Self {
        Self { minimum: None, above: None, maximum: None, below: None, multiple_of: None }
    }

    /// This number or a larger one.
    #[must_use]
    pub const fn minimum(mut self, bound: Decimal) -> Self {
        self.minimum = Some(bound);
        self
    }

    /// A number larger than this.
    #[must_use]
    pub const fn above(mut self, bound: Decimal) -> Self {
        self.above = Some(bound);
        self
    }

    /// This number or a smaller one.
    #[must_use]
    pub const fn maximum(mut self, bound: Decimal) -> Self {
        self.maximum = Some(bound);
        self
    }

    /// A number smaller than this.
    #[must_use]
    pub const fn below(mut self, bound: Decimal) -> Self {
        self.below = Some(bound);
        self
    }

    /// A multiple of this number.
    #[must_use]
    pub const fn multiple_of(mut self, step: Decimal) -> Self {
        self.multiple_of = Some(step);
        self
    }

    fn check_decimal(&self, number: Decimal, at: &mut Checker) {
        if let Some(least) = self.minimum.filter(|least| number.compare(*least).is_lt()) {
            at.report("minimum", wants("at least", least, number));
        }
        if let Some(bound) = self.above.filter(|bound| number.compare(*bound).is_le()) {
            at.report("exclusiveMinimum", wants("above", bound, number));
        }
        if let Some(most) = self.maximum.filter(|most| number.compare(*most).is_gt()) {
            at.report("maximum", wants("at most", most, number));
        }
        if let Some(bound) = self.below.filter(|bound| number.compare(*bound).is_ge()) {
            at.report("exclusiveMaximum", wants("below", bound, number));
        }
        if let Some(step) = self.multiple_of.filter(|step| !number.is_multiple_of(*step)) {
            at.report("multipleOf", wants("a multiple of", step, number));
        }
    }
}

impl Rule<f64> for Number {
    fn check(&self, value: &f64, at: &mut Checker) {
        match Decimal::of(*value) {
            Some(number) => self.check_decimal(number, at),
            None => at.report("type", format!("must be a number that JSON can write, is {value}")),
        }
    }
}
