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

/// Reads a file of return codes and adds them, sorted.
pub(super) fn read(spot: &Spot<'_>, codes: &mut Vec<ReturnCode>, report: &mut Report) {
    Ledger::read(spot, report, |ledger, report| {
        ledger.text("$schema", report);
        ledger.text("$comment", report);
        for item in ledger.items("returnCodes", report) {
            codes.extend(code(&item, report));
        }
    });
    codes.sort_by_key(|code| code.code);
    report_twins(codes, report);
}

fn code(spot: &Spot<'_>, report: &mut Report) -> Option<ReturnCode> {
    Ledger::read(spot, report, |ledger, report| {
        let code = ledger.need("code", report);
        let name = ledger.take("name");
        let class = ledger.need("class", report);
        let meaning = ledger.need("meaning", report);
        ledger.text("group", report);
        ledger.text("$comment", report);
        let code = code?.spot;
        let Ok(number) = i64::try_from(code.whole(report)?) else {
            return code.wants("a 64-bit number", report);
        };
        Some(ReturnCode {
            code: number,
            name: name.and_then(|name| constant_name(&name.spot, report)),
            class: class?.spot.one_of(CLASSES, report)?,
            meaning: meaning?.spot.text(report)?.to_owned(),
            place: code.place,
        })
    })?
}

fn constant_name(spot: &Spot<'_>, report: &mut Report) -> Option<String> {
    let name = spot.text(report)?;
    if is_constant_name(name) {
        return Some(name.to_owned());
    }
    spot.wants("a name in capitals, such as \"NO_SUCH_CARD\"", report)
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
                .related(&other.place, "the other one");
        }
    }
    for pair in codes.windows(2).filter(|pair| pair[0].code == pair[1].code) {
        report
            .fault(&pair[1].place, "this code is listed twice")
            .related(&pair[0].place, "the other one");
    }
}

/// The code in the table, if it is there.
pub(crate) fn known_code(codes: &[ReturnCode], code: i64) -> Option<&ReturnCode> {
    codes.binary_search_by_key(&code, |known| known.code).ok().map(|index| &codes[index])
}
