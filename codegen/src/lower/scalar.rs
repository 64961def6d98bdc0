//! Strings and whole numbers.

use super::array::counts;
use crate::check_examples::Format as TextFormat;
use crate::diagnostics::{Diagnostics, Place};
use crate::model::{CountRules, Integer, IntegerRules, NumberRules, Pattern, TextRules, TypeExpr};
use crate::schema::{KeywordReader, Located};
use crate::source::Number;

/// Rules on a string.
pub(super) fn text(keywords: &KeywordReader<'_>, diagnostics: &mut Diagnostics) -> TypeExpr {
    keywords.set_subject("a string");
    let CountRules { least, most } = counts(keywords, "minLength", "maxLength", diagnostics);
    let rules = TextRules {
        min_length: least,
        max_length: most,
        format: keywords.read("format").and_then(|entry| text_format(&entry.value, diagnostics)),
        pattern: keywords.read("pattern").and_then(|entry| pattern(&entry.value, diagnostics)),
    };
    if keywords.flag("sensitive", diagnostics) {
        TypeExpr::Secret(rules)
    } else {
        TypeExpr::Text(rules)
    }
}

/// Rules on a whole number.
pub(super) fn integer(
    keywords: &KeywordReader<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<TypeExpr> {
    keywords.set_subject("a whole number");
    let format = match keywords.read("format") {
        Some(format) => format.value.one_of(FORMATS, diagnostics)?,
        None => Format::Plain(Integer::I64),
    };
    let rules = bounds(keywords, format.integer(), diagnostics);
    Some(match format {
        Format::Plain(kind) => TypeExpr::Integer(kind, rules),
        Format::UnixTime => TypeExpr::Time(rules),
    })
}
/// Rules on a number that may have a fraction.
pub(super) fn number(keywords: &KeywordReader<'_>, diagnostics: &mut Diagnostics) -> TypeExpr {
    keywords.set_subject("a number");
    if let Some(format) = keywords.read("format") {
        format.value.one_of(&[("double", ())], diagnostics);
    }
    let mut bound = |word: &'static str| {
        let entry = keywords.read(word)?;
        Some((entry.value.number(diagnostics)?, entry.value.place))
    };
    let minimum = bound("minimum");
    let above = bound("exclusiveMinimum");
    let maximum = bound("maximum");
    let below = bound("exclusiveMaximum");
    let multiple_of = bound("multipleOf");
    report_empty_range([&minimum, &above], [&maximum, &below], diagnostics);
    report_no_step(&multiple_of, diagnostics);
    let number = |bound: Bound| bound.map(|(number, _)| number);
    TypeExpr::Number(NumberRules {
        minimum: number(minimum),
        above: number(above),
        maximum: number(maximum),
        below: number(below),
        multiple_of: number(multiple_of),
    })
}
fn text_format(located: &Located<'_>, diagnostics: &mut Diagnostics) -> Option<TextFormat> {
    let formats: Vec<(&str, TextFormat)> =
        TEXT_FORMATS.iter().map(|format| (format.name(), *format)).collect();
    located.one_of(&formats, diagnostics)
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
fn pattern(located: &Located<'_>, diagnostics: &mut Diagnostics) -> Option<Pattern> {
    pattern_of(located.text(diagnostics)?, &located.place, diagnostics)
}

/// The pattern that a text at some place is.
pub(super) fn pattern_of(
    source: &str,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<Pattern> {
    match crate::pattern::translate(source) {
        Ok(translated) => Some(Pattern { source: source.to_owned(), translated }),
        Err(why) => {
            diagnostics
                .error(place, format!("is no pattern that can be kept: {why}"))
                .help("use what ECMA-262 and linear-time matching have in common");
            None
        }
    }
}

type Bound = Option<(Number, Place)>;

const NO_ROOM: &str = "let the upper bound be above the lower one";

/// A lower bound (inclusive, exclusive) must leave room below an upper one.
fn report_empty_range(least: [&Bound; 2], most: [&Bound; 2], diagnostics: &mut Diagnostics) {
    for (low_is_open, low) in least.iter().enumerate() {
        for (high_is_open, high) in most.iter().enumerate() {
            let (Some((low, because)), Some((high, place))) = (low, high) else { continue };
            let order = low.compare(*high);
            if order.is_gt() || (order.is_eq() && low_is_open + high_is_open > 0) {
                diagnostics
                    .error(place, "allows nothing")
                    .help(NO_ROOM)
                    .label(because, "because of this");
            }
        }
    }
}

/// Nothing is a multiple of zero, and a step below zero is one above.
fn report_no_step(step: &Bound, diagnostics: &mut Diagnostics) {
    if let Some((_, place)) =
        step.as_ref().filter(|(step, _)| step.compare(Number::whole(0)).is_le())
    {
        diagnostics.error(place, "must be above 0");
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
fn bounds(
    keywords: &KeywordReader<'_>,
    kind: Integer,
    diagnostics: &mut Diagnostics,
) -> IntegerRules {
    let mut bound = |word: &'static str, whole: fn(Number) -> Option<i128>| {
        let entry = keywords.read(word)?;
        let number = entry.value.number(diagnostics)?;
        if whole(number).is_none() {
            diagnostics.error(&entry.value.place, "is far outside what whole numbers hold");
        }
        Some((whole(number)?, entry.value.place))
    };
    let minimum = bound("minimum", Number::ceiling);
    let above = bound("exclusiveMinimum", |number| number.floor()?.checked_add(1));
    let maximum = bound("maximum", Number::floor);
    let below = bound("exclusiveMaximum", |number| number.ceiling()?.checked_sub(1));
    let multiple_of = bound("multipleOf", Number::whole_step);
    let least = minimum.into_iter().chain(above).max_by_key(|(number, _)| *number);
    let most = maximum.into_iter().chain(below).min_by_key(|(number, _)| *number);
    report_impossible(least.as_ref(), most.as_ref(), kind, diagnostics);
    report_no_multiple(multiple_of.as_ref(), least.as_ref(), most.as_ref(), diagnostics);
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
    diagnostics: &mut Diagnostics,
) {
    let Some((step, place)) = step else { return };
    if *step <= 0 {
        diagnostics.error(place, "must be above 0");
        return;
    }
    if let (Some((least, low)), Some((most, _))) = (least, most)
        && least <= most
        && most.div_euclid(*step).checked_mul(*step).is_some_and(|multiple| multiple < *least)
    {
        diagnostics
            .error(place, format!("allows nothing: {least} to {most} has no multiple of it"))
            .help("widen the range")
            .label(low, "the range begins here");
    }
}

fn report_impossible(
    least: Option<&(i128, Place)>,
    most: Option<&(i128, Place)>,
    kind: Integer,
    diagnostics: &mut Diagnostics,
) {
    if let (Some((least, low)), Some((most, high))) = (least, most)
        && least > most
    {
        diagnostics.error(high, "allows nothing").help(NO_ROOM).label(low, "because of this");
    }
    let (lowest, highest) = kind.range();
    for (number, place) in least.into_iter().chain(most) {
        if *number < lowest || *number > highest {
            diagnostics
                .error(place, format!("is outside what {} holds", kind.name()))
                .help("a wider `format`, such as \"uint64\", or a bound within its range");
        }
    }
}
