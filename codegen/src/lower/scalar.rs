//! Strings and whole numbers.

use super::list::counts;
use crate::model::{CountRules, Integer, IntegerRules, NumberRules, Pattern, Shape, TextRules};
use crate::report::{Place, Report};
use crate::schema::{Ledger, Spot};
use crate::source::Number;
use crate::verify::Format as TextFormat;

/// Rules on a string.
pub(super) fn text(ledger: &Ledger<'_>, report: &mut Report) -> Shape {
    ledger.set_kind("a string");
    let CountRules { least, most } = counts(ledger, "minLength", "maxLength", report);
    let rules = TextRules {
        min_length: least,
        max_length: most,
        format: ledger.take("format").and_then(|taken| text_format(&taken.spot, report)),
        pattern: ledger.take("pattern").and_then(|taken| pattern(&taken.spot, report)),
    };
    if ledger.flag("sensitive", report) { Shape::Secret(rules) } else { Shape::Text(rules) }
}

/// Rules on a whole number.
pub(super) fn integer(ledger: &Ledger<'_>, report: &mut Report) -> Option<Shape> {
    ledger.set_kind("a whole number");
    let format = match ledger.take("format") {
        Some(format) => format.spot.one_of(FORMATS, report)?,
        None => Format::Plain(Integer::I64),
    };
    let rules = bounds(ledger, format.integer(), report);
    Some(match format {
        Format::Plain(kind) => Shape::Integer(kind, rules),
        Format::UnixTime => Shape::Time(rules),
    })
}
/// Rules on a number that may have a fraction.
pub(super) fn number(ledger: &Ledger<'_>, report: &mut Report) -> Shape {
    ledger.set_kind("a number");
    if let Some(format) = ledger.take("format") {
        format.spot.one_of(&[("double", ())], report);
    }
    let mut bound = |word: &'static str| {
        let taken = ledger.take(word)?;
        Some((taken.spot.number(report)?, taken.spot.place))
    };
    let minimum = bound("minimum");
    let above = bound("exclusiveMinimum");
    let maximum = bound("maximum");
    let below = bound("exclusiveMaximum");
    let multiple_of = bound("multipleOf");
    report_empty_range([&minimum, &above], [&maximum, &below], report);
    report_no_step(&multiple_of, report);
    let number = |bound: Bound| bound.map(|(number, _)| number);
    Shape::Number(NumberRules {
        minimum: number(minimum),
        above: number(above),
        maximum: number(maximum),
        below: number(below),
        multiple_of: number(multiple_of),
    })
}
fn text_format(spot: &Spot<'_>, report: &mut Report) -> Option<TextFormat> {
    let formats: Vec<(&str, TextFormat)> =
        TEXT_FORMATS.iter().map(|format| (format.name(), *format)).collect();
    spot.one_of(&formats, report)
}

const TEXT_FORMATS: &[TextFormat] = &[
    TextFormat::Date,
    TextFormat::DateTime,
    TextFormat::Time,
    TextFormat::Uuid,
    TextFormat::Ipv4,
    TextFormat::Ipv6,
    TextFormat::Uri,
    TextFormat::Email,
    TextFormat::Hostname,
];

/// A pattern, which must be one for both engines: the runtime's, and the one that checks examples.
fn pattern(spot: &Spot<'_>, report: &mut Report) -> Option<Pattern> {
    pattern_of(spot.text(report)?, &spot.place, report)
}

/// The pattern that a text at some place is.
pub(super) fn pattern_of(source: &str, place: &Place, report: &mut Report) -> Option<Pattern> {
    match crate::pattern::translate(source) {
        Ok(translated) => Some(Pattern { source: source.to_owned(), translated }),
        Err(why) => {
            report
                .fault(place, format!("is no pattern that can be kept: {why}"))
                .cure("use what ECMA-262 and linear-time matching have in common");
            None
        }
    }
}

type Bound = Option<(Number, Place)>;

const NO_ROOM: &str = "let the upper bound be above the lower one";

/// A lower bound (inclusive, exclusive) must leave room below an upper one.
fn report_empty_range(least: [&Bound; 2], most: [&Bound; 2], report: &mut Report) {
    for (low_is_open, low) in least.iter().enumerate() {
        for (high_is_open, high) in most.iter().enumerate() {
            let (Some((low, because)), Some((high, place))) = (low, high) else { continue };
            let order = low.compare(*high);
            if order.is_gt() || (order.is_eq() && low_is_open + high_is_open > 0) {
                report
                    .fault(place, "allows nothing")
                    .cure(NO_ROOM)
                    .related(because, "because of this");
            }
        }
    }
}

/// Nothing is a multiple of zero, and a step below zero is one above.
fn report_no_step(step: &Bound, report: &mut Report) {
    if let Some((_, place)) =
        step.as_ref().filter(|(step, _)| step.compare(Number::whole(0)).is_le())
    {
        report.fault(place, "must be above 0");
    }
}

/// What a whole number's `format` says.
#[derive(Clone, Copy)]
enum Format {
    Plain(Integer),
    UnixTime,
}

impl Format {
    fn integer(self) -> Integer {
        match self {
            Self::Plain(kind) => kind,
            Self::UnixTime => Integer::I64,
        }
    }
}

const FORMATS: &[(&str, Format)] = &[
    ("int32", Format::Plain(Integer::I32)),
    ("int64", Format::Plain(Integer::I64)),
    ("uint32", Format::Plain(Integer::U32)),
    ("uint64", Format::Plain(Integer::U64)),
    ("unix-time", Format::UnixTime),
];

/// The bounds, as inclusive whole ones, and what the number must be a multiple of.
fn bounds(ledger: &Ledger<'_>, kind: Integer, report: &mut Report) -> IntegerRules {
    let mut bound = |word: &'static str, whole: fn(Number) -> Option<i128>| {
        let taken = ledger.take(word)?;
        let number = taken.spot.number(report)?;
        if whole(number).is_none() {
            report.fault(&taken.spot.place, "is far outside what whole numbers hold");
        }
        Some((whole(number)?, taken.spot.place))
    };
    let minimum = bound("minimum", Number::ceiling);
    let above = bound("exclusiveMinimum", |number| number.floor()?.checked_add(1));
    let maximum = bound("maximum", Number::floor);
    let below = bound("exclusiveMaximum", |number| number.ceiling()?.checked_sub(1));
    let multiple_of = bound("multipleOf", Number::whole_step);
    let least = minimum.into_iter().chain(above).max_by_key(|(number, _)| *number);
    let most = maximum.into_iter().chain(below).min_by_key(|(number, _)| *number);
    report_impossible(least.as_ref(), most.as_ref(), kind, report);
    report_no_multiple(multiple_of.as_ref(), least.as_ref(), most.as_ref(), report);
    let whole = |bound: Option<(i128, Place)>| bound.map(|(number, _)| number);
    IntegerRules {
        minimum: whole(least),
        maximum: whole(most),
        multiple_of: whole(multiple_of).filter(|step| *step != 1),
    }
}

/// Nothing is a multiple of zero or less, and some ranges have no multiple of a large step.
fn report_no_multiple(
    step: Option<&(i128, Place)>,
    least: Option<&(i128, Place)>,
    most: Option<&(i128, Place)>,
    report: &mut Report,
) {
    let Some((step, place)) = step else { return };
    if *step <= 0 {
        report.fault(place, "must be above 0");
        return;
    }
    if let (Some((least, low)), Some((most, _))) = (least, most)
        && least <= most
        && most.div_euclid(*step).checked_mul(*step).is_some_and(|multiple| multiple < *least)
    {
        report
            .fault(place, format!("allows nothing: {least} to {most} has no multiple of it"))
            .cure("widen the range")
            .related(low, "the range begins here");
    }
}

fn report_impossible(
    least: Option<&(i128, Place)>,
    most: Option<&(i128, Place)>,
    kind: Integer,
    report: &mut Report,
) {
    if let (Some((least, low)), Some((most, high))) = (least, most)
        && least > most
    {
        report.fault(high, "allows nothing").cure(NO_ROOM).related(low, "because of this");
    }
    let (lowest, highest) = kind.range();
    for (number, place) in least.into_iter().chain(most) {
        if *number < lowest || *number > highest {
            report
                .fault(place, format!("is outside what {} holds", kind.name()))
                .cure("a wider `format`, such as \"uint64\", or a bound within its range");
        }
    }
}
