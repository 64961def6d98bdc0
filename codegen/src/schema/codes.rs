//! The table of return codes.

use std::collections::BTreeMap;

use super::ledger::Ledger;
use super::spot::Spot;
use crate::report::{Place, Report};

/// A return code.
#[derive(Clone, Debug)]
pub(crate) struct ReturnCode {
    /// The number on the wire.
    pub(crate) code: i64,
    /// Its constant's name, if it has one.
    pub(crate) name: Option<String>,
    /// The variant of the runtime's `CodeClass`.
    pub(crate) class: &'static str,
    /// What it means.
    pub(crate) meaning: String,
    /// Where it is described.
    pub(crate) place: Place,
}

/// The classes, as descriptions spell them and as Rust does.
pub(crate) const CLASSES: &[(&str, &str)] = &[
    ("ok", "Ok"),
    ("busy", "Busy"),
    ("token", "Token"),
    ("credential", "Credential"),
    ("permission", "Permission"),
    ("rate-limit", "RateLimit"),
    ("invalid-argument", "InvalidArgument"),
    ("not-found", "NotFound"),
    ("other", "Other"),
];

/// The return codes that the files list.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Those without a fault, sorted.
    pub(super) codes: Vec<ReturnCode>,
    /// Whether some are not among them, because what lists them is at fault.
    pub(super) has_gaps: bool,
}

/// Reads a file of return codes and adds them to the table.
pub(super) fn read(spot: &Spot<'_>, table: &mut Table, report: &mut Report) {
    let before = report.faults().len();
    Ledger::read(spot, report, |ledger, report| {
        ledger.text("$schema", report);
        ledger.text("$comment", report);
        for item in ledger.items("returnCodes", report) {
            table.codes.extend(code(&item, report));
        }
    });
    table.has_gaps |= report.faults().len() > before;
    table.codes.sort_by_key(|code| code.code);
    report_twins(&table.codes, report);
}

/// Reports the codes of an endpoint that are not in the table.
pub(super) fn report_unknown(errors: &[(i64, Place)], table: &Table, report: &mut Report) {
    for (code, place) in errors {
        if !table.has_gaps && known_code(&table.codes, *code).is_none() {
            report
                .fault(place, format!("{code} is not in the table of return codes"))
                .cure("add it there, with its class and meaning");
        }
    }
}

fn code(spot: &Spot<'_>, report: &mut Report) -> Option<ReturnCode> {
    Ledger::read(spot, report, |ledger, report| {
        let code = ledger.need_such_as("code", "40001", report);
        let name = ledger.take("name");
        let class = ledger.need_such_as("class", "\"token\"", report);
        let meaning = ledger.need_such_as("meaning", "\"The token has expired.\"", report);
        ledger.text("group", report);
        ledger.text("$comment", report);
        let place = code.as_ref().map(|code| code.spot.place.clone());
        let code = code.and_then(|code| number(&code.spot, report));
        let name = name.map(|name| constant_name(&name.spot, report));
        let class = class.and_then(|class| self::class(&class.spot, code, report));
        let meaning = meaning.and_then(|meaning| meaning.spot.text(report));
        Some(ReturnCode {
            code: code?,
            name: name.flatten(),
            class: class?,
            meaning: meaning?.to_owned(),
            place: place?,
        })
    })?
}

fn number(spot: &Spot<'_>, report: &mut Report) -> Option<i64> {
    i64::try_from(spot.whole(report)?).ok().or_else(|| spot.wants("a 64-bit number", report))
}

/// A code's class. The runtime knows by the code whether a call succeeded, whatever its class.
fn class(spot: &Spot<'_>, code: Option<i64>, report: &mut Report) -> Option<&'static str> {
    let class = spot.one_of(CLASSES, report)?;
    let cure = match (code, class) {
        (Some(0) | None, "Ok") => return Some(class),
        (Some(0), _) => "write \"ok\"",
        (_, "Ok") => "give it the class of what went wrong; \"other\", if there is none",
        _ => return Some(class),
    };
    report
        .fault(&spot.place, "the class \"ok\" is for the code 0, which alone is success")
        .cure(cure);
    None
}

fn constant_name(spot: &Spot<'_>, report: &mut Report) -> Option<String> {
    let name = spot.text(report)?;
    if is_constant_name(name) {
        return Some(name.to_owned());
    }
    spot.must_be("a name in capitals", report).cure("such as \"NO_SUCH_CARD\"");
    None
}

/// Whether the name is one that a Rust constant would have.
pub(crate) fn is_constant_name(name: &str) -> bool {
    let plain = name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    plain && name.starts_with(|first: char| first.is_ascii_uppercase())
}

fn report_twins(codes: &[ReturnCode], report: &mut Report) {
    let mut names: BTreeMap<&str, &ReturnCode> = BTreeMap::new();
    for code in codes {
        if let Some(other) = code.name.as_deref().and_then(|name| names.insert(name, code)) {
            report
                .fault(
                    &code.place,
                    format!("the name of {} is the name of {} too", code.code, other.code),
                )
                .cure("give one of the two another name")
                .related(&other.place, "the other one");
        }
    }
    for pair in codes.windows(2).filter(|pair| pair[0].code == pair[1].code) {
        report
            .fault(&pair[1].place, "this code is listed twice")
            .cure("take one of the two out")
            .related(&pair[0].place, "the other one");
    }
}

/// The code in the table, if it is there.
pub(crate) fn known_code(codes: &[ReturnCode], code: i64) -> Option<&ReturnCode> {
    codes.binary_search_by_key(&code, |known| known.code).ok().map(|index| &codes[index])
}
