//! The table of return codes.

use std::collections::BTreeMap;

use super::keyword_reader::KeywordReader;
use super::located::Located;
use crate::diagnostics::{Diagnostics, Place};

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
pub(super) fn read(located: &Located<'_>, table: &mut Table, diagnostics: &mut Diagnostics) {
    let before = diagnostics.all().len();
    KeywordReader::open(located, diagnostics, |keywords, diagnostics| {
        keywords.text("$schema", diagnostics);
        keywords.text("$comment", diagnostics);
        for item in keywords.items("returnCodes", diagnostics) {
            table.codes.extend(code(&item, diagnostics));
        }
    });
    table.has_gaps |= diagnostics.all().len() > before;
    table.codes.sort_by_key(|code| code.code);
    report_duplicates(&table.codes, diagnostics);
}

/// Reports the codes of an endpoint that are not in the table.
pub(super) fn report_unknown(
    errors: &[(i64, Place)],
    table: &Table,
    diagnostics: &mut Diagnostics,
) {
    for (code, place) in errors {
        if !table.has_gaps && known_code(&table.codes, *code).is_none() {
            diagnostics
                .error(place, format!("{code} is not in the table of return codes"))
                .help("add it there, with its class and meaning");
        }
    }
}

fn code(located: &Located<'_>, diagnostics: &mut Diagnostics) -> Option<ReturnCode> {
    KeywordReader::open(located, diagnostics, |keywords, diagnostics| {
        let code = keywords.require_such_as("code", "40001", diagnostics);
        let name = keywords.read("name");
        let class = keywords.require_such_as("class", "\"token\"", diagnostics);
        let meaning =
            keywords.require_such_as("meaning", "\"The token has expired.\"", diagnostics);
        keywords.text("group", diagnostics);
        keywords.text("$comment", diagnostics);
        let place = code.as_ref().map(|code| code.value.place.clone());
        let code = code.and_then(|code| number(&code.value, diagnostics));
        let name = name.map(|name| constant_name(&name.value, diagnostics));
        let class = class.and_then(|class| self::class(&class.value, code, diagnostics));
        let meaning = meaning.and_then(|meaning| meaning.value.text(diagnostics));
        Some(ReturnCode {
            code: code?,
            name: name.flatten(),
            class: class?,
            meaning: meaning?.to_owned(),
            place: place?,
        })
    })?
}

fn number(located: &Located<'_>, diagnostics: &mut Diagnostics) -> Option<i64> {
    i64::try_from(located.whole(diagnostics)?)
        .ok()
        .or_else(|| located.wants("a 64-bit number", diagnostics))
}

/// A code's class. The runtime knows by the code whether a call succeeded, whatever its class.
fn class(
    located: &Located<'_>,
    code: Option<i64>,
    diagnostics: &mut Diagnostics,
) -> Option<&'static str> {
    let class = located.one_of(CLASSES, diagnostics)?;
    let help = match (code, class) {
        (Some(0) | None, "Ok") => return Some(class),
        (Some(0), _) => "write \"ok\"",
        (_, "Ok") => "give it the class of what went wrong; \"other\", if there is none",
        _ => return Some(class),
    };
    diagnostics
        .error(&located.place, "the class \"ok\" is for the code 0, which alone is success")
        .help(help);
    None
}

fn constant_name(located: &Located<'_>, diagnostics: &mut Diagnostics) -> Option<String> {
    let name = located.text(diagnostics)?;
    if is_constant_name(name) {
        return Some(name.to_owned());
    }
    located.must_be("a name in capitals", diagnostics).help("such as \"NO_SUCH_CARD\"");
    None
}

/// Whether the name is one that a Rust constant would have.
pub(crate) fn is_constant_name(name: &str) -> bool {
    let plain = name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    plain && name.starts_with(|first: char| first.is_ascii_uppercase())
}

fn report_duplicates(codes: &[ReturnCode], diagnostics: &mut Diagnostics) {
    let mut names: BTreeMap<&str, &ReturnCode> = BTreeMap::new();
    for code in codes {
        if let Some(other) = code.name.as_deref().and_then(|name| names.insert(name, code)) {
            diagnostics
                .error(
                    &code.place,
                    format!("the name of {} is the name of {} too", code.code, other.code),
                )
                .help("give one of the two another name")
                .label(&other.place, "the other one");
        }
    }
    for pair in codes.windows(2).filter(|pair| pair[0].code == pair[1].code) {
        diagnostics
            .error(&pair[1].place, "this code is listed twice")
            .help("take one of the two out")
            .label(&pair[0].place, "the other one");
    }
}

/// The code in the table, if it is there.
pub(crate) fn known_code(codes: &[ReturnCode], code: i64) -> Option<&ReturnCode> {
    codes.binary_search_by_key(&code, |known| known.code).ok().map(|index| &codes[index])
}
