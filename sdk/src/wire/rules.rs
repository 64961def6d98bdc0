//! The rules of a schema, as data: generated code states them, here they are kept.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Display;

use serde::Serialize;
use serde_json::Value;

use super::check::Checker;
use super::claim::Assertion;
use super::decimal::Decimal;
use super::format::Format;
#[cfg(feature = "pattern")]
use super::pattern::Pattern;
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
    format: Option<Format>,
    #[cfg(feature = "pattern")]
    pattern: Option<&'static Pattern>,
}

impl Text {
    /// Any string.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            min_length: 0,
            max_length: None,
            format: None,
            #[cfg(feature = "pattern")]
            pattern: None,
        }
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

    /// Of this format.
    #[must_use]
    pub const fn format(mut self, format: Format) -> Self {
        self.format = Some(format);
        self
    }

    /// With a match of this pattern somewhere in it.
    #[cfg(feature = "pattern")]
    #[must_use]
    pub const fn pattern(mut self, pattern: &'static Pattern) -> Self {
        self.pattern = Some(pattern);
        self
    }

    /// The value is not shown: it may be a secret.
    fn check_form(&self, text: &str, at: &mut Checker) {
        if let Some(format) = self.format.filter(|format| !format.matches(text)) {
            at.report("format", format!("must be of the format `{}`", format.name()));
        }
        #[cfg(feature = "pattern")]
        if let Some(pattern) = self.pattern.filter(|pattern| !pattern.matches(text)) {
            at.report("pattern", format!("must match the pattern `{}`", pattern.source()));
        }
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
        self.check_form(value, at);
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

/// Rules on an array, and on each of its items.
#[derive(Clone, Copy, Debug, Default)]
pub struct List<R = ()> {
    min_items: usize,
    max_items: Option<usize>,
    unique: bool,
    items: R,
}

impl List {
    /// Any array.
    #[must_use]
    pub const fn new() -> Self {
        Self { min_items: 0, max_items: None, unique: false, items: () }
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

    /// No two items that are equal as JSON.
    #[must_use]
    pub const fn unique(mut self) -> Self {
        self.unique = true;
        self
    }

    /// Each item keeps these rules.
    #[must_use]
    pub const fn items<S: Copy>(self, items: S) -> List<S> {
        List { min_items: self.min_items, max_items: self.max_items, unique: self.unique, items }
    }
}

impl<T: Serialize, R: Rule<T>> Rule<Vec<T>> for List<R> {
    fn check(&self, value: &Vec<T>, at: &mut Checker) {
        let count = value.len();
        if count < self.min_items {
            at.report("minItems", wants_count("at least", self.min_items, "item", count));
        }
        if let Some(most) = self.max_items.filter(|most| count > *most) {
            at.report("maxItems", wants_count("at most", most, "item", count));
        }
        if self.unique {
            check_unique(value, at);
        }
        for (index, item) in value.iter().enumerate() {
            at.index(index, |at| self.items.check(item, at));
        }
    }
}

/// The rule that a boolean has this value.
#[derive(Clone, Copy, Debug)]
pub struct Only(pub bool);

impl Rule<bool> for Only {
    fn check(&self, value: &bool, at: &mut Checker) {
        if *value != self.0 {
            at.report("const", format!("must be {}", self.0));
        }
    }
}

/// The rule that a value is one of these, written as JSON.
#[derive(Clone, Copy, Debug)]
pub struct Listed(pub &'static [&'static str]);

impl Rule<Value> for Listed {
    fn check(&self, value: &Value, at: &mut Checker) {
        let found = canonical(value.clone());
        let is_it = |listed: &&str| {
            serde_json::from_str(listed).is_ok_and(|listed: Value| canonical(listed) == found)
        };
        if !self.0.iter().any(is_it) {
            at.report("enum", format!("must be one of {}", self.0.join(", ")));
        }
    }
}

/// Rules on an array whose first items have a meaning each: those, in their order, and the rest.
#[derive(Clone, Copy, Debug)]
pub struct Positions {
    first: &'static [Assertion],
    rest: Assertion,
}

impl Positions {
    /// These rules.
    #[must_use]
    pub const fn new(first: &'static [Assertion], rest: Assertion) -> Self {
        Self { first, rest }
    }
}

impl Rule<Vec<Value>> for Positions {
    fn check(&self, value: &Vec<Value>, at: &mut Checker) {
        for (index, item) in value.iter().enumerate() {
            let assertion = self.first.get(index).unwrap_or(&self.rest);
            at.index(index, |at| assertion(item, at));
        }
    }
}

/// Both rules.
#[derive(Clone, Copy, Debug)]
pub struct Both<A, B>(pub A, pub B);

impl<T: ?Sized, A: Rule<T>, B: Rule<T>> Rule<T> for Both<A, B> {
    fn check(&self, value: &T, at: &mut Checker) {
        self.0.check(value, at);
        self.1.check(value, at);
    }
}

/// The rule that a name is one of these.
#[derive(Clone, Copy, Debug)]
pub struct Names(pub &'static [&'static str]);

impl Rule<str> for Names {
    fn check(&self, value: &str, at: &mut Checker) {
        if !self.0.contains(&value) {
            at.report("propertyNames", format!("is none of the names {}", self.0.join(", ")));
        }
    }
}

/// Reports the first item that equals one before it.
fn check_unique<T: Serialize>(items: &[T], at: &mut Checker) {
    let mut seen = HashMap::new();
    for (index, item) in items.iter().enumerate() {
        let Ok(json) = serde_json::to_value(item) else { continue };
        if let Some(first) = seen.insert(canonical(json), index) {
            at.report(
                "uniqueItems",
                format!("must not repeat an item, and item {index} equals item {first}"),
            );
            return;
        }
    }
}

/// JSON in which equal values are equal: `1` and `1.0` are one number.
pub(super) fn canonical(json: Value) -> Value {
    match json {
        Value::Number(number) => match number.as_f64() {
            Some(double) if !number.is_i64() && !number.is_u64() && is_whole(double) =>
            {
                #[expect(clippy::cast_possible_truncation, reason = "whole, and below 2^53")]
                Value::from(double as i64)
            }
            _ => Value::Number(number),
        },
        Value::Array(items) => items.into_iter().map(canonical).collect(),
        Value::Object(properties) => {
            properties.into_iter().map(|(name, value)| (name, canonical(value))).collect()
        }
        other => other,
    }
}

fn is_whole(double: f64) -> bool {
    const MOST_EXACT: f64 = 9_007_199_254_740_992.0;
    double.fract() == 0.0 && double.abs() <= MOST_EXACT
}

/// Rules on a map: on how many entries there are, on their names and on their values.
#[derive(Clone, Copy, Debug)]
pub struct Entries<N = (), R = ()> {
    members: Members,
    names: N,
    values: R,
}

impl<N: Copy, R: Copy> Entries<N, R> {
    /// These rules.
    #[must_use]
    pub const fn new(members: Members, names: N, values: R) -> Self {
        Self { members, names, values }
    }
}

impl<T, N: Rule<str>, R: Rule<T>> Rule<BTreeMap<String, T>> for Entries<N, R> {
    fn check(&self, value: &BTreeMap<String, T>, at: &mut Checker) {
        self.members.check(&|name| value.contains_key(name), value.len(), at);
        for (name, value) in value {
            at.key(name, |at| {
                self.names.check(name, at);
                self.values.check(value, at);
            });
        }
    }
}

/// Rules on which properties an object has, and how many.
#[derive(Clone, Copy, Debug, Default)]
pub struct Members {
    min_properties: usize,
    max_properties: Option<usize>,
    required: &'static [&'static str],
    dependent: &'static [(&'static str, &'static [&'static str])],
}

impl Members {
    /// Any properties.
    #[must_use]
    pub const fn new() -> Self {
        Self { min_properties: 0, max_properties: None, required: &[], dependent: &[] }
    }

    /// At least this many properties.
    #[must_use]
    pub const fn min_properties(mut self, count: usize) -> Self {
        self.min_properties = count;
        self
    }

    /// At most this many properties.
    #[must_use]
    pub const fn max_properties(mut self, count: usize) -> Self {
        self.max_properties = Some(count);
        self
    }

    /// These properties.
    #[must_use]
    pub const fn required(mut self, names: &'static [&'static str]) -> Self {
        self.required = names;
        self
    }

    /// With the first of each, all of the others.
    #[must_use]
    pub const fn dependent(
        mut self,
        names: &'static [(&'static str, &'static [&'static str])],
    ) -> Self {
        self.dependent = names;
        self
    }

    /// Reports what an object of `count` properties breaks.
    pub fn check(&self, has: &dyn Fn(&str) -> bool, count: usize, at: &mut Checker) {
        if count < self.min_properties {
            at.report("minProperties", wants_properties("at least", self.min_properties, count));
        }
        if let Some(most) = self.max_properties.filter(|most| count > *most) {
            at.report("maxProperties", wants_properties("at most", most, count));
        }
        for name in self.required.iter().filter(|name| !has(name)) {
            at.report("required", format!("must have the property `{name}`"));
        }
        for (name, others) in self.dependent.iter().filter(|(name, _)| has(name)) {
            for other in others.iter().filter(|other| !has(other)) {
                at.report("dependentRequired", format!("has `{name}`, so it must have `{other}`"));
            }
        }
    }
}

fn wants_properties(relation: &str, bound: usize, found: usize) -> String {
    let plural = if bound == 1 { "y" } else { "ies" };
    format!("must have {relation} {bound} propert{plural}, has {found}")
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
