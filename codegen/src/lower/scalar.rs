//! Strings and whole numbers.

use super::Lowering;
use crate::model::{Integer, IntegerRules, Shape, TextRules};
use crate::report::Report;
use crate::schema::Ledger;

impl<'a> Lowering<'a, '_> {
    pub(super) fn text(&mut self, ledger: &Ledger<'a>, report: &mut Report) -> Option<Shape> {
        ledger.set_kind("a string");
        let min_length =
            ledger.take("minLength").and_then(|taken| taken.spot.count(report)).unwrap_or(0);
        let most = ledger.take("maxLength");
        let max_length = most.as_ref().and_then(|taken| taken.spot.count(report));
        if let Some(most) = most.filter(|_| max_length.is_some_and(|most| most < min_length)) {
            report.fault(&most.spot.place, "allows nothing: it is less than `minLength`");
        }
        if let Some(format) = ledger.take("format") {
            report
                .fault(
                    &format.spot.place,
                    format!(
                        "the format {} is not supported for a string",
                        format.spot.node.describe()
                    ),
                )
                .cure("take it out, and say it in the description");
        }
        let rules = TextRules { min_length, max_length };
        Some(if ledger.flag("sensitive", report) {
            Shape::Secret(rules)
        } else {
            Shape::Text(rules)
        })
    }

    pub(super) fn integer(&mut self, ledger: &Ledger<'a>, report: &mut Report) -> Option<Shape> {
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

/// The bounds, as inclusive ones, and what they must be a multiple of.
fn bounds(ledger: &Ledger<'_>, kind: Integer, report: &mut Report) -> IntegerRules {
    let mut bound = |word: &'static str| {
        let taken = ledger.take(word)?;
        let whole = taken.spot.whole(report)?;
        Some((whole, taken.spot.place))
    };
    let minimum = bound("minimum");
    let above = bound("exclusiveMinimum").map(|(number, place)| (number.saturating_add(1), place));
    let maximum = bound("maximum");
    let below = bound("exclusiveMaximum").map(|(number, place)| (number.saturating_sub(1), place));
    let multiple_of = bound("multipleOf");
    let least = minimum.into_iter().chain(above).max_by_key(|(number, _)| *number);
    let most = maximum.into_iter().chain(below).min_by_key(|(number, _)| *number);
    if let (Some((least, low)), Some((most, high))) = (&least, &most)
        && least > most
    {
        report.fault(high, "allows nothing").related(low, "because of this");
    }
    if let Some((_, place)) = multiple_of.iter().find(|(step, _)| *step <= 0) {
        report.fault(place, "must be above 0");
    }
    let (lowest, highest) = kind.range();
    for (number, place) in least.iter().chain(&most) {
        if *number < lowest || *number > highest {
            report
                .fault(place, format!("is outside what {} holds", kind.name()))
                .cure("a wider `format`, such as \"uint64\", or a bound within its range");
        }
    }
    IntegerRules {
        minimum: least.map(|(number, _)| number),
        maximum: most.map(|(number, _)| number),
        multiple_of: multiple_of.map(|(number, _)| number),
    }
}
