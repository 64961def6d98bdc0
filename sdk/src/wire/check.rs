//! Walking a value to find everything that is wrong with it.
//!
//! ```text
//! required str name: String as "name", [MaxLength(4)];
//!
//! at.required("name", &self.name, &[&[MaxLength(4)]])
//! ```

use std::collections::BTreeMap;

use wechat_bizwifi_rules::{
    Decimal, Leaf, Place, PropertyOrder, Rule, View as _, Violation, check_leaf, is_valid_leaf,
    repeated_item,
};

use super::encode::{Encode, Written, json_of};
use super::invalid::Invalid;
use super::seen::{Seen, SeenObject};
use super::table::Table;
use super::unix_time::UnixTime;
use crate::secret::Secret;

/// Rules that are stated where a value stands: those of the value, those of what is within it, those
/// of what is within that, and so on.
pub type Levels = &'static [&'static [Rule<'static>]];

/// A type that knows the rules of its schema.
pub trait Check {
    /// Whether every value is valid, where no rules are stated.
    const IS_PLAIN: bool = false;

    /// Whether it shows all that rules can ask about what a value was read from: a table is evaluated on
    /// the value then, and nothing else is kept for that.
    const SHOWS_ALL: bool = false;

    /// Reports to `at` everything that is wrong with `self`; nothing, where every value is valid.
    fn check(&self, _: &mut Checker<'_>) {}

    /// What it is by itself, for rules on an object that look no further into its properties. Objects
    /// and what has no value are `null`: such rules ask for no more than whether they are there.
    fn leaf(&self) -> Leaf<'_> {
        Leaf::Null
    }

    /// What it is, as far as it shows that.
    fn seen(&self) -> Seen<'_> {
        Seen::Leaf(self.leaf())
    }

    /// Whether it takes no more than a look to know that it is valid, by these rules as well. If not,
    /// [`Check::check_by`] says what is wrong, where something is.
    #[inline]
    fn is_plainly_valid(&self, rules: Levels) -> bool {
        Self::IS_PLAIN && rules.is_empty()
    }

    /// Reports everything that is wrong with `self`, by rules that are stated where it stands as well.
    fn check_by(&self, _: Levels, at: &mut Checker<'_>) {
        self.check(at);
    }
}

/// Checks a value that is to be sent.
///
/// # Errors
///
/// Every violation, each with its place.
pub(crate) fn validate<T: Check + ?Sized>(value: &T) -> Result<(), Invalid> {
    let mut found = Found::default();
    value.check(&mut found.checker());
    found.finish()
}

/// The same of a value that was just read: its tables were evaluated on the input, which may have
/// said more than the value keeps.
pub(super) fn validate_read<T: Check + ?Sized>(value: &T) -> Result<(), Invalid> {
    let mut found = Found { was_read: true, ..Found::default() };
    value.check(&mut found.checker());
    found.finish()
}

/// What a check has found.
#[derive(Debug, Default)]
pub struct Found {
    /// None, as nearly always, takes no steps to drop.
    violations: Option<Vec<Violation>>,
    was_read: bool,
}

impl Found {
    /// Checks the outermost value.
    pub fn checker(&mut self) -> Checker<'_> {
        Checker { place: Place::ROOT, found: self }
    }

    /// What was found.
    ///
    /// # Errors
    ///
    /// When anything was.
    #[inline]
    pub fn finish(self) -> Result<(), Invalid> {
        self.violations.map_or(Ok(()), |violations| Err(Invalid::from_violations(violations)))
    }

    fn violations(&mut self) -> &mut Vec<Violation> {
        self.violations.get_or_insert_default()
    }
}

/// Where in a value a check is.
#[derive(Debug)]
pub struct Checker<'f> {
    place: Place<'f>,
    found: &'f mut Found,
}

impl Checker<'_> {
    /// Reports a violation at the current place.
    pub fn report(&mut self, keyword: &'static str, message: impl Into<String>) {
        let violation = Violation::new(self.place.pointer(), keyword, message);
        self.found.violations().push(violation);
    }

    /// Takes over what a value has reported of itself.
    pub fn adopt(&mut self, invalid: Invalid) {
        invalid.into_violations().into_iter().for_each(|violation| self.push(violation));
    }

    /// Checks a property by its rules. A closure for each property would cost rustc a function each.
    #[inline]
    pub fn required<T: Check>(&mut self, name: &'static str, value: &T, rules: Levels) {
        if !value.is_plainly_valid(rules) {
            self.property(name, |at| value.check_by(rules, at));
        }
    }

    /// Checks a property.
    pub fn property(&mut self, name: &'static str, check: impl FnOnce(&mut Checker<'_>)) {
        check(&mut Checker { place: self.place.property(name), found: self.found });
    }

    /// Checks a map's value.
    pub fn key(&mut self, name: &str, check: impl FnOnce(&mut Checker<'_>)) {
        check(&mut Checker { place: self.place.property(name), found: self.found });
    }

    /// Checks an array's item.
    pub fn index(&mut self, index: usize, check: impl FnOnce(&mut Checker<'_>)) {
        check(&mut Checker { place: self.place.index(index), found: self.found });
    }

    /// How many violations were found so far: for [`Checker::table`].
    pub fn count(&self) -> usize {
        self.found.violations.as_ref().map_or(0, Vec::len)
    }

    /// Checks that of two properties one does not come before the other.
    #[inline]
    pub fn order(
        &mut self,
        order: &'static PropertyOrder<'static>,
        first: Leaf<'_>,
        second: Leaf<'_>,
    ) {
        if !order.are_in_order(&first, &second) {
            self.add_order(order, &first, &second);
        }
    }

    #[cold]
    fn add_order(&mut self, order: &PropertyOrder<'_>, first: &Leaf<'_>, second: &Leaf<'_>) {
        self.add(order.violation(first, second));
    }

    /// Whether tables are to be evaluated: of what was read they were.
    #[inline]
    pub const fn evaluates_tables(&self) -> bool {
        !self.found.was_read
    }

    /// Evaluates the rules that a struct does not enforce, on its fields.
    #[inline]
    pub fn besides(&mut self, table: &Table, object: &SeenObject<'_>) {
        if self.evaluates_tables() {
            table.evaluate(Seen::Object(object), &mut |violation| self.add(violation));
        }
    }

    /// Evaluates the rules that a struct does not enforce, on the value as it would be written.
    pub fn written(&mut self, table: &Table, value: &impl Encode) {
        if self.evaluates_tables() {
            self.written_json(table, json_of(value.to_write()));
        }
    }

    #[inline]
    pub(super) fn written_json(&mut self, table: &Table, json: Written) {
        table.evaluate_written(json, &mut |violation| self.add(violation));
    }

    /// Evaluates a type's table on a value as it would be written; not where something is known to be
    /// wrong, since the table would say the same once more.
    pub fn table(&mut self, table: &Table, count_before: usize, value: &impl Encode) {
        self.table_of(table, count_before, || json_of(value.to_write()));
    }

    pub(super) fn table_of(
        &mut self,
        table: &Table,
        count_before: usize,
        json: impl FnOnce() -> Written,
    ) {
        if self.evaluates_tables() && self.count() == count_before {
            table.evaluate_written(json(), &mut |violation| self.push(violation));
        }
    }

    /// Checks a value by the first of its rules, without a look at what is within it.
    #[inline]
    pub(super) fn leaf(&mut self, rules: Levels, leaf: Leaf<'_>) {
        match rules.first() {
            Some(rules) if !is_valid_leaf(rules, &leaf) => self.report_leaf(rules, leaf),
            _ => {}
        }
    }

    /// Checks that no item is there twice, of items that have nothing within them.
    fn unique<'v>(&mut self, items: impl Iterator<Item = Leaf<'v>>) {
        if let Some(violation) = repeated_item(items) {
            self.push(violation);
        }
    }

    #[cold]
    fn report_leaf(&mut self, rules: &[Rule<'_>], leaf: Leaf<'_>) {
        check_leaf(rules, leaf, &mut |violation| self.push(violation));
    }

    /// Says of what is too large, and would not be in milliseconds, that it was meant to be, most likely.
    #[cold]
    fn report_time(&mut self, rules: &[Rule<'_>], time: UnixTime) {
        check_leaf(rules, time.leaf(), &mut |mut violation| {
            let in_seconds = UnixTime::from_seconds(time.seconds() / 1000);
            if violation.keyword == "maximum" && is_valid_leaf(rules, &in_seconds.leaf()) {
                violation.message.push_str("; it is in seconds, and this looks like milliseconds");
            }
            self.push(violation);
        });
    }

    fn push(&mut self, mut violation: Violation) {
        violation.prefix(&self.place.pointer());
        self.found.violations().push(violation);
    }

    /// Takes over what a table says, unless the fields' own rules have said it.
    pub(super) fn add(&mut self, mut violation: Violation) {
        violation.prefix(&self.place.pointer());
        add(self.found.violations(), violation);
    }
}

/// Adds a violation of a table, unless the same rule was found broken at the same place, or the same
/// was said.
pub(super) fn add(found: &mut Vec<Violation>, violation: Violation) {
    if !found.iter().any(|known| is_same(known, &violation)) {
        found.push(violation);
    }
}

fn is_same(known: &Violation, other: &Violation) -> bool {
    // One object may break these several times; which properties it is about, the messages say.
    let may_repeat = matches!(known.keyword, "required" | "dependentRequired" | "propertyOrder");
    known.pointer == other.pointer
        && known.keyword == other.keyword
        && (known.message == other.message || !may_repeat)
}

/// The rules of what is within.
fn within(rules: Levels) -> Levels {
    rules.get(1..).unwrap_or_default()
}

/// Whether there is anything to check of values of a type.
fn is_to_be_checked<T: Check>(rules: Levels) -> bool {
    !T::IS_PLAIN || !rules.is_empty()
}

/// Types whose every value is valid, unless a rule is stated.
macro_rules! leaves {
    ($($ty:ty = |$value:ident| $leaf:expr;)*) => { $(impl Check for $ty {
        const IS_PLAIN: bool = true;
        const SHOWS_ALL: bool = true;

        fn leaf(&self) -> Leaf<'_> {
            let $value = self;
            $leaf
        }

        #[inline]
        fn is_plainly_valid(&self, rules: Levels) -> bool {
            rules.first().is_none_or(|rules| is_valid_leaf(rules, &self.leaf()))
        }

        fn check_by(&self, rules: Levels, at: &mut Checker<'_>) {
            at.leaf(rules, self.leaf());
        }
    })* };
}
leaves! {
    super::Null = |_null| Leaf::Null;
    bool = |flag| Leaf::Bool(*flag);
    i32 = |number| Leaf::Number((*number).into());
    i64 = |number| Leaf::Number((*number).into());
    u32 = |number| Leaf::Number((*number).into());
    u64 = |number| Leaf::Number((*number).into());
    super::UnixTimeMillis = |time| Leaf::Number(time.millis().into());
    String = |text| Leaf::String(text);
    Secret = |text| Leaf::String(text.expose());
}

impl Check for UnixTime {
    fn leaf(&self) -> Leaf<'_> {
        Leaf::Number(self.seconds().into())
    }

    #[inline]
    fn is_plainly_valid(&self, rules: Levels) -> bool {
        rules.first().is_none_or(|rules| is_valid_leaf(rules, &self.leaf()))
    }

    fn check_by(&self, rules: Levels, at: &mut Checker<'_>) {
        match rules.first() {
            Some(rules) if !is_valid_leaf(rules, &self.leaf()) => at.report_time(rules, *self),
            _ => {}
        }
    }
}

/// Not every double is a number that JSON can write.
impl Check for f64 {
    fn check(&self, at: &mut Checker<'_>) {
        self.check_by(&[], at);
    }

    fn leaf(&self) -> Leaf<'_> {
        Decimal::of(*self).map_or(Leaf::Null, Leaf::Number)
    }

    fn check_by(&self, rules: Levels, at: &mut Checker<'_>) {
        match Decimal::of(*self) {
            Some(number) => at.leaf(rules, Leaf::Number(number)),
            None => at.report("type", format!("must be a number that JSON can write, is {self}")),
        }
    }
}

impl Check for () {}

impl Check for serde_json::Value {
    const IS_PLAIN: bool = true;
    const SHOWS_ALL: bool = true;

    fn leaf(&self) -> Leaf<'_> {
        match Seen::Json(self).leaf() {
            Leaf::Object(_) => Leaf::Null,
            leaf => leaf,
        }
    }

    fn seen(&self) -> Seen<'_> {
        Seen::Json(self)
    }
}

impl<T: Check> Check for Option<T> {
    const IS_PLAIN: bool = T::IS_PLAIN;
    const SHOWS_ALL: bool = T::SHOWS_ALL;

    fn check(&self, at: &mut Checker<'_>) {
        self.check_by(&[], at);
    }

    fn leaf(&self) -> Leaf<'_> {
        self.as_ref().map_or(Leaf::Null, T::leaf)
    }

    fn seen(&self) -> Seen<'_> {
        self.as_ref().map_or(Seen::Leaf(Leaf::Null), T::seen)
    }

    fn check_by(&self, rules: Levels, at: &mut Checker<'_>) {
        if let Some(value) = self {
            value.check_by(rules, at);
        }
    }
}

impl<T: Check> Check for Vec<T> {
    const IS_PLAIN: bool = T::IS_PLAIN;
    const SHOWS_ALL: bool = T::SHOWS_ALL;

    fn seen(&self) -> Seen<'_> {
        Seen::Items(self)
    }

    fn check(&self, at: &mut Checker<'_>) {
        self.check_by(&[], at);
    }

    fn check_by(&self, rules: Levels, at: &mut Checker<'_>) {
        at.leaf(rules, Leaf::Array(self.len()));
        if rules.first().is_some_and(|own| own.iter().any(|it| matches!(it, Rule::UniqueItems))) {
            at.unique(self.iter().map(T::leaf));
        }
        let within = within(rules);
        if is_to_be_checked::<T>(within) {
            for (index, item) in self.iter().enumerate() {
                if !item.is_plainly_valid(within) {
                    at.index(index, |at| item.check_by(within, at));
                }
            }
        }
    }
}

impl<T: Check> Check for BTreeMap<String, T> {
    const IS_PLAIN: bool = T::IS_PLAIN;
    const SHOWS_ALL: bool = T::SHOWS_ALL;

    fn seen(&self) -> Seen<'_> {
        Seen::Entries(self)
    }

    fn check(&self, at: &mut Checker<'_>) {
        self.check_by(&[], at);
    }

    fn check_by(&self, rules: Levels, at: &mut Checker<'_>) {
        at.leaf(rules, Leaf::Object(self.len()));
        let within = within(rules);
        if is_to_be_checked::<T>(within) {
            for (name, value) in self {
                if !value.is_plainly_valid(within) {
                    at.key(name, |at| value.check_by(within, at));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use wechat_bizwifi_rules::Schema;

    use super::*;

    #[test]
    fn a_number_that_json_cannot_write_is_found_wherever_it_is() {
        fn found(value: &impl Check) -> Vec<String> {
            let violations = validate(value).err().map(Invalid::into_violations);
            violations.unwrap_or_default().iter().map(ToString::to_string).collect()
        }
        let message = "must be a number that JSON can write, is NaN";
        let nan = f64::NAN;
        assert_eq!(found(&nan), [message]);
        assert_eq!(found(&Some(nan)), [message]);
        assert_eq!(found(&vec![1.5, nan]), [format!("/1 {message}")]);
        assert_eq!(found(&BTreeMap::from([("a/b".to_owned(), nan)])), [format!("/a~1b {message}")]);
        assert!(found(&1.5).is_empty() && found(&None::<f64>).is_empty());
    }

    #[test]
    fn what_is_said_already_is_not_said_again_but_for_rules_that_are_broken_in_several_ways() {
        let said = |keyword, places: [&str; 2], messages: [&str; 2]| {
            let mut found = Vec::new();
            for (place, message) in places.into_iter().zip(messages) {
                add(&mut found, Violation::new(place.to_owned(), keyword, message));
            }
            found.len()
        };
        for keyword in ["required", "dependentRequired", "propertyOrder"] {
            assert_eq!(said(keyword, ["/a"; 2], ["lacks b", "lacks c"]), 2, "{keyword}");
            assert_eq!(said(keyword, ["/a"; 2], ["lacks b"; 2]), 1, "{keyword}");
        }
        assert_eq!(said("maximum", ["/a"; 2], ["is 5", "is 6"]), 1);
        assert_eq!(said("maximum", ["/a", "/b"], ["is 5"; 2]), 2);
        let mut found = vec![Violation::new("/a".to_owned(), "maximum", "is 5")];
        add(&mut found, Violation::new("/a".to_owned(), "minimum", "is 5"));
        assert_eq!(found.len(), 2);
    }

    /// Their rules are those that a table states once more.
    const LENGTH: [Rule<'static>; 1] = [Rule::MaxLength(4)];
    const LEVELS: Levels = &[&LENGTH];
    static SCHEMA: Schema<'static> = Schema(&LENGTH);

    /// What is said of a text that is too long, by its own rules if it has any, and by a table.
    fn said(
        was_read: bool,
        rules: Levels,
        ask: fn(&mut Checker<'_>, usize, &Table),
    ) -> Vec<String> {
        let mut found = Found { was_read, ..Found::default() };
        let mut at = found.checker();
        let before = at.count();
        "12345".to_owned().check_by(rules, &mut at);
        ask(&mut at, before, &Table::new(&SCHEMA));
        let violations = found.finish().err().map(Invalid::into_violations).unwrap_or_default();
        violations.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_table_says_of_what_is_sent_what_is_not_said_yet_and_nothing_of_what_was_read() {
        const ONCE: &str = "must have at most 4 characters, has 5";
        let ways: [fn(&mut Checker<'_>, usize, &Table); 3] = [
            |at, before, table| at.table(table, before, &"12345".to_owned()),
            |at, _, table| at.written(table, &"12345".to_owned()),
            |at, _, table| {
                let fields = [("a", Some(Leaf::String("12345")))];
                at.besides(table, &SeenObject::of_leaves(&fields));
            },
        ];
        for ask in &ways[..2] {
            assert_eq!(said(false, &[], *ask), [ONCE]);
            assert_eq!(said(false, LEVELS, *ask), [ONCE]);
        }
        for ask in ways {
            assert_eq!(said(true, &[], ask), [""; 0]);
        }
    }
}
