//! The state of a check: its place in the value, and the violations found so far.
//!
//! ```text
//! at.required("name", &self.name, &[&[MaxLength(4)]])      /name must have at most 4 characters, has 5
//! ```

use wechat_bizwifi_rules::{
    Leaf, Message, PropertyOrder, Rule, ValuePath, Violation, check_leaf, is_valid_leaf,
    repeated_item,
};

use super::encode::{Encode, Written, json_of};
use super::invalid::Invalid;
use super::table::Table;

/// The rules of a property: first those on its value, then those on the items within it, then those on the items
/// within these, and so on.
pub type Levels = &'static [&'static [Rule<'static>]];

/// The violations that a check has found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// `None` in nearly all cases, which needs no code to drop.
    violations: Option<Vec<Violation>>,
    was_read: bool,
}

impl Found {
    /// For a value that was just read.
    pub(super) fn of_read() -> Self {
        Self { was_read: true, ..Self::default() }
    }

    /// The checker of the outermost value.
    pub(super) fn checker(&mut self) -> Checker<'_> {
        Checker { place: ValuePath::ROOT, found: self }
    }

    /// Ends the check.
    ///
    /// # Errors
    ///
    /// The violations, if there are any.
    #[inline]
    pub(super) fn finish(self) -> Result<(), Invalid> {
        self.violations.map_or(Ok(()), |violations| Err(Invalid::from_violations(violations)))
    }

    fn violations(&mut self) -> &mut Vec<Violation> {
        self.violations.get_or_insert_default()
    }
}

/// A check at some place in a value.
#[derive(Debug)]
pub struct Checker<'f> {
    place: ValuePath<'f>,
    found: &'f mut Found,
}

impl Checker<'_> {
    /// Reports a violation at the current place.
    pub fn report(&mut self, keyword: &'static str, message: Message) {
        let violation = Violation::of(self.place.pointer(), keyword, message);
        self.found.violations().push(violation);
    }

    /// Adds the violations of a value that was checked before.
    pub fn adopt(&mut self, invalid: Invalid) {
        invalid.into_violations().into_iter().for_each(|violation| self.push(violation));
    }

    /// Checks a property, or a map's value.
    pub fn property(&mut self, name: &str, check: impl FnOnce(&mut Checker<'_>)) {
        check(&mut Checker { place: self.place.property(name), found: self.found });
    }

    /// Checks an array's item.
    pub fn index(&mut self, index: usize, check: impl FnOnce(&mut Checker<'_>)) {
        check(&mut Checker { place: self.place.index(index), found: self.found });
    }

    /// The number of violations so far, for [`Checker::table`].
    pub fn count(&self) -> usize {
        self.found.violations.as_ref().map_or(0, Vec::len)
    }

    /// Checks the order of two properties.
    #[inline]
    pub(super) fn order(
        &mut self,
        order: &'static PropertyOrder<'static>,
        first: &Leaf<'_>,
        second: &Leaf<'_>,
    ) {
        if !order.are_in_order(first, second) {
            self.add_order(order, first, second);
        }
    }

    #[cold]
    fn add_order(&mut self, order: &PropertyOrder<'_>, first: &Leaf<'_>, second: &Leaf<'_>) {
        self.add(order.violation(first, second));
    }

    /// Whether tables are to be evaluated. For a value that was just read, they were evaluated on the input.
    #[inline]
    pub(super) const fn evaluates_tables(&self) -> bool {
        !self.found.was_read
    }

    /// Evaluates a type's table on the JSON that a value is written as, unless violations were found already: the
    /// table would report them again.
    pub fn table(&mut self, table: &Table, count_before: usize, value: &impl Encode) {
        self.table_of(table, count_before, || json_of(value.to_write()));
    }

    #[inline]
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

    /// Checks a value by its own rules, without what is within it.
    #[inline]
    pub(super) fn leaf(&mut self, rules: Levels, leaf: Leaf<'_>) {
        match rules.first() {
            Some(rules) if !is_valid_leaf(rules, &leaf) => self.report_leaf(rules, leaf),
            _ => {}
        }
    }

    /// Checks that all items are different, by their scalar values.
    pub(super) fn unique<'v>(&mut self, items: impl ExactSizeIterator<Item = Leaf<'v>>) {
        if let Some(violation) = repeated_item(items) {
            self.push(violation);
        }
    }

    #[cold]
    fn report_leaf(&mut self, rules: &[Rule<'_>], leaf: Leaf<'_>) {
        check_leaf(rules, leaf, &mut |violation| self.push(violation));
    }

    pub(super) fn push(&mut self, mut violation: Violation) {
        violation.prefix(&self.place.pointer());
        self.found.violations().push(violation);
    }

    /// Adds a violation of a table, unless the fields' own rules have reported it.
    pub(super) fn add(&mut self, mut violation: Violation) {
        violation.prefix(&self.place.pointer());
        add(self.found.violations(), violation);
    }
}

/// Adds a violation of a table, unless one of the same rule at the same place is known.
pub(super) fn add(found: &mut Vec<Violation>, violation: Violation) {
    if !found.iter().any(|known| is_same(known, &violation)) {
        found.push(violation);
    }
}

fn is_same(known: &Violation, other: &Violation) -> bool {
    // One object may break these rules several times. The messages name the properties.
    let may_repeat = matches!(known.keyword, "required" | "dependentRequired" | "propertyOrder");
    known.pointer == other.pointer
        && known.keyword == other.keyword
        && (known.message == other.message || !may_repeat)
}

#[cfg(test)]
mod tests {
    use wechat_bizwifi_rules::Schema;
    use wechat_bizwifi_rules::message::{Arg, MUST_BE, NOT_ALLOWED};

    use super::*;
    use crate::wire::check::Check as _;

    /// Their rules are those that a table states once more.
    const LENGTH: [Rule<'static>; 1] = [Rule::MaxLength(4)];
    const LEVELS: Levels = &[&LENGTH];
    static SCHEMA: Schema<'static> = Schema(&LENGTH);

    /// What is said of a text that is too long, by its own rules if it has any, and by a table.
    fn said(was_read: bool, rules: Levels) -> Vec<String> {
        let mut found = Found { was_read, ..Found::default() };
        let mut at = found.checker();
        let before = at.count();
        "12345".to_owned().check_by(rules, &mut at);
        at.table(&Table::new(&SCHEMA), before, &"12345".to_owned());
        let violations = found.finish().err().map(Invalid::into_violations).unwrap_or_default();
        violations.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_table_says_of_what_is_sent_what_is_not_said_yet_and_nothing_of_what_was_read() {
        const ONCE: &str = "must have at most 4 characters, has 5";
        assert_eq!(said(false, &[]), [ONCE]);
        assert_eq!(said(false, LEVELS), [ONCE]);
        assert_eq!(said(true, &[]), [""; 0]);
    }

    #[test]
    fn what_is_found_within_a_value_has_its_place_from_the_outermost_on() {
        let mut found = Found::default();
        let violation = |keyword| Violation::of("/b".to_owned(), keyword, NOT_ALLOWED.into());
        found.checker().property("a", |at| {
            at.index(0, |at| {
                at.push(violation("not"));
                at.add(violation("type"));
                at.report("enum", NOT_ALLOWED.into());
            });
        });
        let found = found.finish().unwrap_err().into_violations();
        let places: Vec<_> = found.iter().map(|it| (&*it.pointer, it.keyword)).collect();
        assert_eq!(places, [("/a/0/b", "not"), ("/a/0/b", "type"), ("/a/0", "enum")]);
    }

    #[test]
    fn what_is_said_already_is_not_said_again_but_for_rules_that_are_broken_in_several_ways() {
        let said = |keyword, places: [&str; 2], messages: [&str; 2]| {
            let mut found = Vec::new();
            for (place, message) in places.into_iter().zip(messages) {
                let message = MUST_BE.with([Arg::Text(&message)]);
                add(&mut found, Violation::of(place.to_owned(), keyword, message));
            }
            found.len()
        };
        for keyword in ["required", "dependentRequired", "propertyOrder"] {
            assert_eq!(said(keyword, ["/a"; 2], ["lacks b", "lacks c"]), 2, "{keyword}");
            assert_eq!(said(keyword, ["/a"; 2], ["lacks b"; 2]), 1, "{keyword}");
        }
        assert_eq!(said("maximum", ["/a"; 2], ["is 5", "is 6"]), 1);
        assert_eq!(said("maximum", ["/a", "/b"], ["is 5"; 2]), 2);
        let mut found = vec![Violation::of("/a".to_owned(), "maximum", NOT_ALLOWED.into())];
        add(&mut found, Violation::of("/a".to_owned(), "minimum", NOT_ALLOWED.into()));
        assert_eq!(found.len(), 2);
    }
}
