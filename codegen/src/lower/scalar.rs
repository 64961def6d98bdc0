//! Strings and numbers.
//!
//! ```text
//! { "type": "integer", "format": "uint32", "exclusiveMinimum": 0 }
//!
//! Integer(U32, IntegerRules { minimum: Some(1), .. })
//! ```

use super::array::counts;
use super::context::{Schema, TypeResult};
use super::rules_only::report_unknown_format;
use wechat_bizwifi_rules::Format;

use crate::diagnostics::{Place, Reported};
use crate::model::{
    CountRules, Integer, IntegerRules, NumberRules, Pattern, TextRules, TimeUnit, TypeExpr,
};
use crate::pattern::translate_at;
use crate::schema::{Draft, Keyword, KeywordEntry, Located};
use crate::source::Number;

/// Rules on a string.
pub(super) fn text(schema: &Schema<'_>) -> TypeExpr {
    let CountRules { least, most } = counts(schema, Keyword::MinLength, Keyword::MaxLength);
    let read = |keyword| schema.keywords.read(keyword);
    let rules = TextRules {
        min_length: least,
        max_length: most,
        format: read(Keyword::Format).and_then(|entry| string_format(&entry.value).ok().flatten()),
        pattern: read(Keyword::Pattern).and_then(|entry| pattern(&entry.value).ok()).map(Box::new),
    };
    if schema.keywords.flag(Keyword::Sensitive) {
        TypeExpr::Secret(rules)
    } else {
        TypeExpr::Text(rules)
    }
}

/// Rules on a whole number.
pub(super) fn integer(schema: &Schema<'_>) -> TypeResult {
    let plain = Integer::FORMATS.map(|(name, integer)| (name, (integer, None)));
    let times = TimeUnit::ALL.map(|unit| (unit.format(), (Integer::I64, Some(unit))));
    let format = match schema.keywords.read(Keyword::Format) {
        Some(format) => format_of(&format.value, &[&plain[..], &times].concat())?,
        None => None,
    };
    let (integer, rules) = bounds(schema, format.map(|(integer, _)| integer))?;
    let rules = Box::new(rules);
    Ok(match format {
        Some((_, Some(unit))) => TypeExpr::Time(unit, rules),
        _ => TypeExpr::Integer(integer, rules),
    })
}

/// The format of numbers that may have a fraction.
const DOUBLE: &str = "double";

/// Whether a format is one of numbers.
pub(super) fn is_number_format(name: &str) -> bool {
    let is_time = TimeUnit::ALL.iter().any(|unit| unit.format() == name);
    name == DOUBLE || is_time || Integer::of_format(name).is_some()
}

/// Rules on a number that may have a fraction.
pub(super) fn number(schema: &Schema<'_>) -> TypeExpr {
    if let Some(format) = schema.keywords.read(Keyword::Format) {
        // An error was reported.
        let _ = format_of(&format.value, &[(DOUBLE, ())]);
    }
    let bound = |keyword| Bound::read(schema, keyword, |entry| entry.value.number());
    let (minimum, above) = side(schema, LOWER);
    let (minimum, above) = (minimum.and_then(bound), above.and_then(bound));
    let (maximum, below) = side(schema, UPPER);
    let (maximum, below) = (maximum.and_then(bound), below.and_then(bound));
    let multiple_of = bound(Keyword::MultipleOf);
    report_empty_range([&minimum, &above], [&maximum, &below], schema);
    // Nothing is a multiple of zero, and a step below zero is one above.
    if let Some(step) = multiple_of.as_ref().filter(|it| it.value <= Number::from(0)) {
        schema.keywords.located.reporter.error(&step.place, "must be above 0");
    }
    let number = |bound: Option<Bound<Number>>| bound.map(|bound| bound.value);
    TypeExpr::Number(Box::new(NumberRules {
        minimum: number(minimum),
        above: number(above),
        maximum: number(maximum),
        below: number(below),
        multiple_of: number(multiple_of),
    }))
}

fn string_format(located: &Located<'_>) -> Result<Option<Format>, Reported> {
    located.must_be_compiled_in()?;
    let formats: Vec<(&str, Format)> =
        Format::ALL.iter().map(|format| (format.name(), *format)).collect();
    format_of(located, &formats)
}

/// What a format stands for: nothing, if it is a vendor's and stands in a document.
fn format_of<T: Copy>(located: &Located<'_>, known: &[(&str, T)]) -> Result<Option<T>, Reported> {
    let found = located.text()?;
    let is_known = known.iter().any(|(name, _)| *name == found);
    if located.is_document() && !is_known {
        report_unknown_format(located, found);
        return Ok(None);
    }
    located.one_of(known).map(Some)
}

/// A pattern, which must be one for both engines: the runtime's, and the one that checks examples.
fn pattern(located: &Located<'_>) -> Result<Pattern, Reported> {
    pattern_of(located.text()?, located)
}

/// The pattern that a text is; where it is none, that is reported at the place.
pub(super) fn pattern_of(source: &str, located: &Located<'_>) -> Result<Pattern, Reported> {
    let translated = translate_at(source, located)?;
    Ok(Pattern { source: source.to_owned(), translated })
}

/// A bound, and where it is stated.
struct Bound<T> {
    value: T,
    place: Place,
}

impl<T> Bound<T> {
    fn read<'a>(
        schema: &Schema<'a>,
        keyword: Keyword,
        value: impl FnOnce(&KeywordEntry<'a>) -> Result<T, Reported>,
    ) -> Option<Self> {
        let entry = schema.keywords.read(keyword)?;
        Some(Self { value: value(&entry).ok()?, place: entry.value.place })
    }
}

const NO_ROOM: &str = "let the upper bound be above the lower one";

/// A lower bound (inclusive, exclusive) must leave room below an upper one.
fn report_empty_range(
    least: [&Option<Bound<Number>>; 2],
    most: [&Option<Bound<Number>>; 2],
    schema: &Schema<'_>,
) {
    for (low_is_open, low) in least.iter().enumerate() {
        for (high_is_open, high) in most.iter().enumerate() {
            let (Some(low), Some(high)) = (low, high) else { continue };
            let order = low.value.cmp(&high.value);
            if order.is_gt() || (order.is_eq() && low_is_open + high_is_open > 0) {
                report_no_room(&low.place, &high.place, schema);
            }
        }
    }
}

fn report_no_room(low: &Place, high: &Place, schema: &Schema<'_>) {
    schema.doubt(high, "allows nothing").help(NO_ROOM).label(low, "because of this");
}

/// The keywords of a bound: inclusive, and exclusive.
type Side = (Keyword, Keyword);

const LOWER: Side = (Keyword::Minimum, Keyword::ExclusiveMinimum);
const UPPER: Side = (Keyword::Maximum, Keyword::ExclusiveMaximum);

/// The keywords that hold an inclusive bound and an exclusive one. In draft 4, the second says
/// whether the first is meant to be exclusive.
fn side(schema: &Schema<'_>, (inclusive, exclusive): Side) -> (Option<Keyword>, Option<Keyword>) {
    match schema.keywords.located.draft {
        Draft::Draft4 if schema.keywords.flag(exclusive) => (None, Some(inclusive)),
        Draft::Draft4 => (Some(inclusive), None),
        _ => (Some(inclusive), Some(exclusive)),
    }
}

/// The bounds, as inclusive whole ones, what the number must be a multiple of, and the type that holds
/// all such numbers.
fn bounds(schema: &Schema<'_>, stated: Option<Integer>) -> TypeResult<(Integer, IntegerRules)> {
    let (minimum, above) = side(schema, LOWER);
    let minimum = whole_bound(schema, minimum, ceiling)?;
    let above = whole_bound(schema, above, |number| floor(number)?.checked_add(1))?;
    let (maximum, below) = side(schema, UPPER);
    let maximum = whole_bound(schema, maximum, floor)?;
    let below = whole_bound(schema, below, |number| ceiling(number)?.checked_sub(1))?;
    let range = Range {
        least: minimum.into_iter().chain(above).max_by_key(|bound| bound.value),
        most: maximum.into_iter().chain(below).min_by_key(|bound| bound.value),
        step: whole_bound(schema, Some(Keyword::MultipleOf), whole_step)?,
    };
    range.report_impossible(schema);
    range.report_no_multiple(schema);
    let integer = range.integer(schema, stated)?;
    let value = |bound: Option<Bound<i128>>| bound.map(|bound| bound.value);
    let rules = IntegerRules {
        minimum: value(range.least),
        maximum: value(range.most),
        multiple_of: value(range.step).filter(|step| *step != 1),
        in_digits: false,
    };
    Ok(match schema.keywords.located.draft {
        Draft::Draft4 => (Integer::Any, in_digits(integer, &rules)),
        _ => (integer, rules),
    })
}

/// The rules of an integer of draft 4. How it is written counts there, which no integer of Rust tells:
/// the range of one becomes bounds.
fn in_digits(integer: Integer, rules: &IntegerRules) -> IntegerRules {
    let (least, most) = integer.range();
    let is_bounded = integer != Integer::Any;
    IntegerRules {
        minimum: rules.minimum.or(is_bounded.then_some(least)),
        maximum: rules.maximum.or(is_bounded.then_some(most)),
        in_digits: true,
        multiple_of: rules.multiple_of,
    }
}

fn whole_bound(
    schema: &Schema<'_>,
    keyword: Option<Keyword>,
    whole: impl FnOnce(Number) -> Option<i128>,
) -> TypeResult<Option<Bound<i128>>> {
    let Some(entry) = keyword.and_then(|keyword| schema.keywords.read(keyword)) else {
        return Ok(None);
    };
    let Ok(number) = entry.value.number() else { return Ok(None) };
    match whole(number) {
        Some(value) => Ok(Some(Bound { value, place: entry.value.place })),
        None => beyond(schema),
    }
}

/// No Rust type with the exactness of numbers in JSON holds more than 64 bits.
pub(super) fn beyond<T>(schema: &Schema<'_>) -> TypeResult<T> {
    schema
        .no_type("its numbers may lie beyond 64 bits", "keep to 64 bits, if nothing else is meant")
}

/// The greatest whole number that is not above a number.
fn floor(number: Number) -> Option<i128> {
    if number.is_integer() {
        return number.to_i128();
    }
    let (mantissa, exponent) = number.parts()?;
    match 10_i128.checked_pow(exponent.unsigned_abs()) {
        Some(divisor) => Some(mantissa.div_euclid(divisor)),
        None => Some(if mantissa < 0 { -1 } else { 0 }),
    }
}

/// The least whole number that is not below a number.
fn ceiling(number: Number) -> Option<i128> {
    let (mantissa, exponent) = number.parts()?;
    floor(Number::new(mantissa.checked_neg()?, exponent))?.checked_neg()
}

/// What a whole number is a multiple of, if it is a multiple of this: 1 for 0.01, 5 for 2.5.
fn whole_step(number: Number) -> Option<i128> {
    if number.is_integer() {
        return number.to_i128();
    }
    let (mantissa, exponent) = number.parts()?;
    // The least k for which k × mantissa / power is whole is power / gcd(mantissa, power).
    let (mut a, mut b) = (mantissa.checked_abs()?, 10_i128.checked_pow(exponent.unsigned_abs())?);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (a != 0).then(|| mantissa / a)
}

/// What a schema says of a whole number; the bounds are inclusive.
struct Range {
    least: Option<Bound<i128>>,
    most: Option<Bound<i128>>,
    step: Option<Bound<i128>>,
}

impl Range {
    /// The type of the numbers: the one that is stated, if it holds the bounds, or one that does.
    fn integer(&self, schema: &Schema<'_>, stated: Option<Integer>) -> TypeResult<Integer> {
        let is_document = schema.keywords.located.is_document();
        if let Some(integer) = stated {
            let Some(bound) = self.bound_outside(integer) else { return Ok(integer) };
            schema
                .doubt(&bound.place, format!("is outside what {} holds", integer.name()))
                .help("a wider `format`, such as \"uint64\", or a bound within its range");
            if !is_document {
                return Ok(integer);
            }
        }
        if is_document && (self.least.is_none() || self.most.is_none()) {
            return Ok(Integer::Any);
        }
        let number = |bound: &Option<Bound<i128>>| bound.as_ref().map(|it| Number::from(it.value));
        let holding = Integer::holding(number(&self.least), number(&self.most));
        match holding {
            Some(integer) => Ok(integer),
            None if is_document => Ok(Integer::Any),
            None => beyond(schema),
        }
    }

    fn bound_outside(&self, integer: Integer) -> Option<&Bound<i128>> {
        let (lowest, highest) = integer.range();
        let mut bounds = self.least.iter().chain(&self.most);
        bounds.find(|bound| bound.value < lowest || bound.value > highest)
    }

    fn report_impossible(&self, schema: &Schema<'_>) {
        if let (Some(low), Some(high)) = (&self.least, &self.most)
            && low.value > high.value
        {
            report_no_room(&low.place, &high.place, schema);
        }
    }

    /// Nothing is a multiple of zero or less, and some ranges have no multiple of a large step.
    fn report_no_multiple(&self, schema: &Schema<'_>) {
        let Some(Bound { value: step, place }) = &self.step else { return };
        if *step <= 0 {
            schema.keywords.located.reporter.error(place, "must be above 0");
            return;
        }
        let (Some(low), Some(high)) = (&self.least, &self.most) else { return };
        let (least, most) = (low.value, high.value);
        let greatest = most.div_euclid(*step).checked_mul(*step);
        if least <= most && greatest.is_some_and(|multiple| multiple < least) {
            schema
                .doubt(place, format!("allows nothing: {least} to {most} has no multiple of it"))
                .help("widen the range")
                .label(&low.place, "the range begins here");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Number, ceiling, floor, whole_step};

    fn number(text: &'static str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn bounds_become_whole_ones() {
        for (text, below, above) in
            [("1.5", 1, 2), ("-1.5", -2, -1), ("3", 3, 3), ("1e-99", 0, 1), ("-1e-99", -1, 0)]
        {
            assert_eq!(floor(number(text)), Some(below), "{text}");
            assert_eq!(ceiling(number(text)), Some(above), "{text}");
        }
        assert_eq!(floor(number("1e99")), None);
    }

    #[test]
    fn steps_become_whole_ones() {
        for (step, whole) in [("0.01", 1), ("2.5", 5), ("7", 7), ("1.2", 6), ("20", 20)] {
            assert_eq!(whole_step(number(step)), Some(whole), "{step}");
        }
    }
}
