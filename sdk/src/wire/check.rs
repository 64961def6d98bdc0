//! Checking values of the basic types: by the rules of their type, and by those of the property that they belong to.
//!
//! ```text
//! required str name: String as "name", [MaxLength(4)];
//!
//! [MaxLength(4)] of "abcde"    must have at most 4 characters, has 5
//! ```

use std::collections::BTreeMap;
use std::ops::Bound;

use wechat_bizwifi_rules::message::{Arg, LIKE_MILLISECONDS, NO_JSON_NUMBER};
use wechat_bizwifi_rules::{Decimal, Leaf, Rule, View as _, Violation, check_leaf, is_valid_leaf};

use super::checker::{Checker, Found, Levels};
use super::invalid::Invalid;
use super::seen::{Entries, Items, Seen};
use super::unix_time::UnixTime;
use crate::secret::Secret;

/// A type whose values can be checked against its schema.
pub trait Check {
    /// Whether every value is valid, if there are no rules but those of the type.
    const IS_PLAIN: bool = false;

    /// Whether a value holds everything that rules can look at in the JSON that it was read from. If so, a table is
    /// evaluated on the value, and the JSON need not be kept.
    const SHOWS_ALL: bool = false;

    /// Reports every violation of `self` to `at`.
    fn check(&self, _: &mut Checker<'_>) {}

    /// The value without what is within it, for rules on an object that do not look into its properties. Objects are
    /// `null` here: such rules only need to know that they are present.
    fn leaf(&self) -> Leaf<'_> {
        Leaf::Null
    }

    /// The value as a table sees it.
    fn seen(&self) -> Seen<'_> {
        Seen::Leaf(self.leaf())
    }

    /// Whether a quick look shows that the value is valid, also by these rules. If `false`, the value may still be
    /// valid: [`Check::check_by`] decides.
    #[inline]
    fn is_plainly_valid(&self, rules: Levels) -> bool {
        Self::IS_PLAIN && rules.is_empty()
    }

    /// Reports every violation of `self`, also of the rules of the property or array that it belongs to.
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

/// Checks a value that was just read. Its tables were evaluated on the input, which may hold more than the value
/// does, so they are not evaluated again.
pub(super) fn validate_read<T: Check + ?Sized>(value: &T) -> Result<(), Invalid> {
    let mut found = Found::of_read();
    value.check(&mut found.checker());
    found.finish()
}

impl Checker<'_> {
    /// Checks a property by its rules. (A closure in the generated code would be one more function for each property.)
    #[inline]
    pub fn required<T: Check>(&mut self, name: &'static str, value: &T, rules: Levels) {
        if !value.is_plainly_valid(rules) {
            self.property(name, |at| value.check_by(rules, at));
        }
    }

    /// Reports the violations of a time. If it is too large as seconds, and would be valid as milliseconds, the
    /// message says so.
    #[cold]
    fn report_time(&mut self, rules: &[Rule<'_>], time: UnixTime) {
        check_leaf(rules, time.leaf(), &mut |mut violation| {
            let in_seconds = UnixTime::from_seconds(time.seconds() / 1000);
            if violation.keyword == "maximum" && is_valid_leaf(rules, &in_seconds.leaf()) {
                let message = LIKE_MILLISECONDS.with([Arg::Message(&violation.into_message())]);
                violation = Violation::of(String::new(), "maximum", message);
            }
            self.push(violation);
        });
    }
}

/// The rules of the items or values within.
fn within(rules: Levels) -> Levels {
    rules.get(1..).unwrap_or_default()
}

/// Whether values of a type have to be checked at all.
fn is_to_be_checked<T: Check>(rules: Levels) -> bool {
    !T::IS_PLAIN || !rules.is_empty()
}

/// Types whose every value is valid if there are no rules.
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
            None => at.report("type", NO_JSON_NUMBER.with([Arg::Text(&self)])),
        }
    }
}

impl Check for () {}

impl Check for serde_json::Value {
    const IS_PLAIN: bool = true;
    const SHOWS_ALL: bool = true;

    fn leaf(&self) -> Leaf<'_> {
        self.seen().leaf()
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

impl<T: Check> Items for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Option<Seen<'_>> {
        self.get(index).map(T::seen)
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
                    at.property(name, |at| value.check_by(within, at));
                }
            }
        }
    }
}

impl<T: Check> Entries for BTreeMap<String, T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn entry(&self, name: &str) -> Option<Seen<'_>> {
        self.get(name).map(T::seen)
    }

    fn after(&self, name: Option<&str>) -> Option<(&str, Seen<'_>)> {
        let start = name.map_or(Bound::Unbounded, Bound::Excluded);
        let (name, value) = self.range::<str, _>((start, Bound::Unbounded)).next()?;
        Some((name, value.seen()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::wire::checker::Found;

    #[test]
    fn a_time_that_is_too_large_is_told_to_look_like_milliseconds_where_it_is_right_as_these() {
        static BOUNDS: [Decimal<'static>; 2] = [Decimal::new(1, 0), Decimal::new(100, 0)];
        static RULES: Levels = &[&[Rule::Minimum(&BOUNDS[0]), Rule::Maximum(&BOUNDS[1])]];
        for (seconds, wrong, has_hint) in [
            (0, true, false),
            (1, false, false),
            (100, false, false),
            (101, true, false),
            (999, true, false),
            (1000, true, true),
            (100_999, true, true),
            (101_000, true, false),
        ] {
            let mut found = Found::default();
            UnixTime::from_seconds(seconds).check_by(RULES, &mut found.checker());
            let said = found.finish();
            let keyword = said.as_ref().err().map(|invalid| invalid.violations()[0].keyword);
            let broken = if seconds > 100 { "maximum" } else { "minimum" };
            assert_eq!(keyword, wrong.then_some(broken), "{seconds}");
            let in_chinese = said.as_ref().err().map(|invalid| invalid.message_in(Language::Zh));
            let chinese =
                in_chinese.is_some_and(|said| said.ends_with("；它以秒为单位，而这像是毫秒"));
            assert_eq!(chinese, has_hint, "{seconds}");
            let said = said.map_err(|invalid| invalid.to_string());
            assert_eq!(said.is_err(), wrong, "{said:?}");
            let hint = "; it is in seconds, and this looks like milliseconds";
            assert_eq!(said.is_err_and(|said| said.ends_with(hint)), has_hint, "{seconds}");
        }
    }

    #[test]
    fn a_number_that_json_cannot_write_is_found_wherever_it_is() {
        fn found(value: &impl Check) -> Vec<String> {
            let violations = validate(value).err().map(Invalid::into_violations);
            let violations = violations.unwrap_or_default();
            violations.iter().map(|it| format!("{it} ({})", it.keyword)).collect()
        }
        let message = "must be a number that JSON can write, is NaN (type)";
        let nan = f64::NAN;
        assert_eq!(found(&nan), [message]);
        assert_eq!(found(&Some(nan)), [message]);
        assert_eq!(found(&vec![1.5, nan]), [format!("/1 {message}")]);
        assert_eq!(found(&BTreeMap::from([("a/b".to_owned(), nan)])), [format!("/a~1b {message}")]);
        assert!(found(&1.5).is_empty() && found(&None::<f64>).is_empty());
    }
}
