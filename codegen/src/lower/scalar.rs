//! Strings and numbers.
//!
//! ```text
//! { "type": "integer", "format": "uint32", "exclusiveMinimum": 0 }
//!
//! Integer(U32, [Number(Minimum, 1)])
//! ```

use super::array::counts;
use super::context::{SchemaReader, TypeResult};
use super::rules_only::report_unknown_format;
use wechat_bizwifi_rules::Format;

use crate::diagnostics::{Place, Reported};
use crate::model::{DOUBLE, Integer, Pattern, Rule, Rules, TimeUnit, TypeExpr};
use crate::pattern::translate_at;
use crate::schema::{Draft, Keyword, Located};
use crate::source::Number;
use crate::util::CollectVec as _;

/// The type of a string, with its rules.
pub(super) fn text(schema: &SchemaReader<'_>) -> TypeExpr {
    let length = counts(schema, Keyword::MinLength, Keyword::MaxLength);
    let read = |keyword| schema.keywords.read(keyword);
    let format = read(Keyword::Format).and_then(|it| string_format(&it.value).ok().flatten());
    let pattern = read(Keyword::Pattern).and_then(|it| pattern(&it.value).ok()).map(Box::new);
    let form = [format.map(Rule::Format), pattern.map(Rule::Pattern)];
    let rules = length.iter().cloned().chain(form.into_iter().flatten()).collect();
    if schema.keywords.flag(Keyword::Sensitive) {
        TypeExpr::Secret(rules)
    } else {
        TypeExpr::Text(rules)
    }
}

/// The type of a whole number, with its rules.
pub(super) fn integer(schema: &SchemaReader<'_>) -> TypeResult {
    let plain = Integer::FORMATS.map(|(name, integer)| (name, (integer, None)));
    let times = TimeUnit::ALL.map(|unit| (unit.format(), (Integer::I64, Some(unit))));
    let format = match schema.keywords.read(Keyword::Format) {
        Some(format) => format_of(&format.value, &[&plain[..], &times].concat())?,
        None => None,
    };
    let (integer, rules) = whole_numbers(schema, format.map(|(integer, _)| integer))?;
    Ok(match format {
        Some((_, Some(unit))) => TypeExpr::Time(unit, rules),
        _ => TypeExpr::Integer(integer, rules),
    })
}

/// The type of a number that may have a fraction, with its rules.
pub(super) fn number(schema: &SchemaReader<'_>) -> TypeExpr {
    if let Some(format) = schema.keywords.read(Keyword::Format) {
        // An error was reported.
        let _ = format_of(&format.value, &[(DOUBLE, ())]);
    }
    let range = Range::read(schema);
    range.report_impossible(schema);
    TypeExpr::Number(range.rules().collect())
}

fn string_format(located: &Located<'_>) -> Result<Option<Format>, Reported> {
    located.report_missing_feature()?;
    let formats = Format::ALL.iter().map(|format| (format.name(), *format)).collect_vec();
    format_of(located, &formats)
}

/// What a format stands for. An unknown one in a document is a warning, and stands for nothing.
fn format_of<T: Copy>(located: &Located<'_>, known: &[(&str, T)]) -> Result<Option<T>, Reported> {
    let found = located.text()?;
    let is_known = known.iter().any(|(name, _)| *name == found);
    if located.is_document() && !is_known {
        report_unknown_format(located, found);
        return Ok(None);
    }
    located.one_of(known).map(Some)
}

/// Reads a pattern, which both engines must accept: the runtime's, and the one that checks
/// examples.
fn pattern(located: &Located<'_>) -> Result<Pattern, Reported> {
    let source = located.text()?;
    let translated = translate_at(source, located)?;
    Ok(Pattern { source: source.to_owned(), translated })
}

/// The type that holds all whole numbers that a schema allows, and its rules.
fn whole_numbers(
    schema: &SchemaReader<'_>,
    stated: Option<Integer>,
) -> TypeResult<(Integer, Rules)> {
    let Some(range) = Range::read(schema).whole() else { return beyond(schema) };
    range.report_impossible(schema);
    range.report_no_multiple(schema);
    let integer = range.integer(schema, stated)?;
    Ok(match schema.keywords.located.draft {
        Draft::Draft4 => (Integer::Any, range.rules().chain(in_digits(integer, &range)).collect()),
        _ => (integer, range.rules().collect()),
    })
}

/// Further rules of an integer in draft 4, where `1.0` is none. Only the type `Integer` knows how a
/// number was written, so the range of another type becomes bounds.
fn in_digits(integer: Integer, range: &Range) -> impl Iterator<Item = Rule> {
    let (least, most) = integer.range();
    let is_bounded = integer != Integer::Any;
    let least = (is_bounded && range.least.is_none()).then(|| least.into());
    let most = (is_bounded && range.most.is_none()).then(|| most.into());
    let least = least.map(|end| Rule::Number(Keyword::Minimum, end));
    let most = most.map(|end| Rule::Number(Keyword::Maximum, end));
    [Some(Rule::InDigits), least, most].into_iter().flatten()
}

/// Integers beyond 64 bits have no Rust type here.
pub(super) fn beyond<T>(schema: &SchemaReader<'_>) -> TypeResult<T> {
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

/// The step in whole numbers that is the same as this step for them: 1 for 0.01, 5 for 2.5.
fn whole_step(number: Number) -> Option<i128> {
    if number.is_integer() {
        return number.to_i128();
    }
    let (mut step, exponent) = number.parts()?;
    // The whole multiples of step / 10ⁿ are the multiples of step / gcd(step, 10ⁿ).
    for factor in [2, 5] {
        let mut left = exponent.unsigned_abs();
        while left > 0 && step != 0 && step % factor == 0 {
            (step, left) = (step / factor, left - 1);
        }
    }
    Some(step)
}

/// A bound or a step, and where it is stated.
struct Bound {
    value: Number,
    /// Whether the value itself is not allowed.
    is_exclusive: bool,
    place: Place,
}

impl Bound {
    fn read(schema: &SchemaReader<'_>, keyword: Keyword, is_exclusive: bool) -> Option<Self> {
        let entry = schema.keywords.read(keyword)?;
        let value = entry.value.number(keyword).ok()?;
        Some(Self { value, is_exclusive, place: entry.value.place })
    }

    /// The bounds that two keywords state. In draft 4, the second says whether the first is
    /// exclusive.
    fn read_all(
        schema: &SchemaReader<'_>,
        inclusive: Keyword,
        exclusive: Keyword,
    ) -> [Option<Self>; 2] {
        match schema.keywords.located.draft {
            Draft::Draft4 => [Self::read(schema, inclusive, schema.keywords.flag(exclusive)), None],
            _ => [Self::read(schema, inclusive, false), Self::read(schema, exclusive, true)],
        }
    }
}

/// The bounds and the step of a number.
struct Range {
    least: Option<Bound>,
    most: Option<Bound>,
    step: Option<Bound>,
}

impl Range {
    fn read(schema: &SchemaReader<'_>) -> Self {
        let least = Bound::read_all(schema, Keyword::Minimum, Keyword::ExclusiveMinimum);
        let most = Bound::read_all(schema, Keyword::Maximum, Keyword::ExclusiveMaximum);
        let (least, most) = (least.into_iter().flatten(), most.into_iter().flatten());
        Self {
            least: least.max_by_key(|bound| (bound.value, bound.is_exclusive)),
            most: most.min_by_key(|bound| (bound.value, !bound.is_exclusive)),
            step: Bound::read(schema, Keyword::MultipleOf, false),
        }
    }

    /// The same for whole numbers, with inclusive bounds; `None`, if a bound does not fit in 128
    /// bits.
    fn whole(self) -> Option<Self> {
        let step = rounded(self.step, |step| whole_step(step.value))?;
        Some(Self {
            least: rounded(self.least, |Bound { value, is_exclusive, .. }| {
                if *is_exclusive { floor(*value)?.checked_add(1) } else { ceiling(*value) }
            })?,
            most: rounded(self.most, |Bound { value, is_exclusive, .. }| {
                if *is_exclusive { ceiling(*value)?.checked_sub(1) } else { floor(*value) }
            })?,
            step: step.filter(|step| step.value != 1.into()),
        })
    }

    fn rules(&self) -> impl Iterator<Item = Rule> {
        let rule = |bound: &Option<Bound>, inclusive, exclusive| {
            let bound = bound.as_ref()?;
            Some(Rule::Number(if bound.is_exclusive { exclusive } else { inclusive }, bound.value))
        };
        let least = rule(&self.least, Keyword::Minimum, Keyword::ExclusiveMinimum);
        let most = rule(&self.most, Keyword::Maximum, Keyword::ExclusiveMaximum);
        let step = rule(&self.step, Keyword::MultipleOf, Keyword::MultipleOf);
        [least, most, step].into_iter().flatten()
    }

    /// The type of the numbers: the one that is stated, if it holds the bounds, or one that does.
    fn integer(&self, schema: &SchemaReader<'_>, stated: Option<Integer>) -> TypeResult<Integer> {
        let is_document = schema.is_document();
        if let Some(integer) = stated {
            let Some(bound) = self.bound_outside(integer) else { return Ok(integer) };
            schema
                .lint_at(&bound.place, format!("is outside what {} holds", integer.name()))
                .help("a wider `format`, such as \"uint64\", or a bound within its range");
            if !is_document {
                return Ok(integer);
            }
        }
        if is_document && (self.least.is_none() || self.most.is_none()) {
            return Ok(Integer::Any);
        }
        let value = |bound: &Option<Bound>| bound.as_ref().map(|bound| bound.value);
        match Integer::holding(value(&self.least), value(&self.most)) {
            Some(integer) => Ok(integer),
            None if is_document => Ok(Integer::Any),
            None => beyond(schema),
        }
    }

    fn bound_outside(&self, integer: Integer) -> Option<&Bound> {
        let (lowest, highest) = integer.range();
        let range = Number::from(lowest)..=Number::from(highest);
        self.least.iter().chain(&self.most).find(|bound| !range.contains(&bound.value))
    }

    /// Reports bounds that no number lies between, and a step that is not above 0.
    fn report_impossible(&self, schema: &SchemaReader<'_>) {
        if let (Some(low), Some(high)) = (&self.least, &self.most)
            && (low.value, low.is_exclusive || high.is_exclusive) > (high.value, false)
        {
            schema
                .lint_at(&high.place, "allows nothing")
                .help("let the upper bound be above the lower one")
                .label(&low.place, "because of this");
        }
        if let Some(step) = self.step.as_ref().filter(|step| step.value <= 0.into()) {
            schema.keywords.located.reporter.error(&step.place, "must be above 0");
        }
    }

    /// Reports a range without any multiple of the step.
    fn report_no_multiple(&self, schema: &SchemaReader<'_>) {
        let (Some(low), Some(high), Some(step)) = (&self.least, &self.most, &self.step) else {
            return;
        };
        let whole = [low, high, step].map(|bound| bound.value.to_i128());
        let [Some(least), Some(most), Some(by @ 1..)] = whole else { return };
        let greatest = most.div_euclid(by).checked_mul(by);
        if least <= most && greatest.is_some_and(|multiple| multiple < least) {
            let message = format!("allows nothing: {least} to {most} has no multiple of it");
            schema
                .lint_at(&step.place, message)
                .help("widen the range")
                .label(&low.place, "the range begins here");
        }
    }
}

/// A bound as an inclusive one on whole numbers; the outer `None`, if it does not fit in 128 bits.
fn rounded(
    bound: Option<Bound>,
    round: impl FnOnce(&Bound) -> Option<i128>,
) -> Option<Option<Bound>> {
    let Some(bound) = bound else { return Some(None) };
    let value = round(&bound)?.into();
    Some(Some(Bound { value, is_exclusive: false, ..bound }))
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
        for (step, whole) in
            [("0.01", 1), ("2.5", 5), ("7", 7), ("1.2", 6), ("20", 20), ("25e-51", 1)]
        {
            assert_eq!(whole_step(number(step)), Some(whole), "{step}");
        }
    }
}
