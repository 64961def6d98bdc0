//! The table of return codes.
//!
//! ```text
//! { "returnCodes": [{ "code": 40001, "class": "token", "meaning": "The token is invalid." }] }
//!
//! ReturnCode { code: 40001, class: "Token", meaning: "The token is invalid.", .. }
//! ```

use super::keyword_reader::KeywordReader;
use super::keywords::Keyword;
use super::located::Located;
use crate::diagnostics::{Place, Reported, Reporter};
use crate::util::{CollectVec as _, repeated};

/// A return code.
#[derive(Clone)]
pub(crate) struct ReturnCode {
    /// The number on the wire.
    pub(crate) code: i64,
    /// Its constant's name, if it has one.
    pub(crate) name: Option<String>,
    /// The variant of the runtime's `CodeClass`.
    pub(crate) class: &'static str,
    /// What it means.
    pub(crate) meaning: String,
    /// The same in Chinese.
    pub(crate) meaning_zh: Option<String>,
    /// Where it is described.
    pub(crate) place: Place,
}

impl ReturnCode {
    /// What it means, in both languages.
    pub(crate) fn in_both_languages(&self) -> String {
        let chinese = self.meaning_zh.as_deref();
        [Some(self.meaning.as_str()), chinese].into_iter().flatten().collect_vec().join(" ")
    }
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

/// A class as descriptions spell it.
pub(crate) fn class_name(class: &str) -> &'static str {
    CLASSES.iter().find(|(_, variant)| *variant == class).map_or("other", |(name, _)| name)
}

/// The return codes that the files list.
#[derive(Default)]
pub(super) struct Table {
    /// The codes without an error, sorted.
    pub(super) codes: Vec<ReturnCode>,
    /// Whether codes are missing, because of an error where they are listed.
    pub(super) has_gaps: bool,
}

/// Reads a file of return codes and adds them to the table.
pub(super) fn read(located: &Located<'_>, table: &mut Table) {
    let codes = KeywordReader::read_all(located, |keywords| {
        keywords.text(Keyword::MetaSchema);
        keywords.text(Keyword::Comment);
        let codes = keywords.require(Keyword::ReturnCodes)?.value;
        table.has_gaps |= !codes.node.is_array();
        Ok(codes.items())
    });
    for item in codes.unwrap_or_default() {
        let code = code(&item);
        table.has_gaps |= code.is_err();
        if let Ok(code) = code {
            let index = table.codes.partition_point(|known| known.code <= code.code);
            table.codes.insert(index, code);
        }
    }
}

/// Reports the codes of an endpoint that are not in the table.
pub(super) fn report_unknown(errors: &[(i64, Place)], table: &Table, reporter: &Reporter) {
    for (code, place) in errors {
        if !table.has_gaps && known_code(&table.codes, *code).is_none() {
            reporter
                .error(place, format!("{code} is not in the table of return codes"))
                .help("add it there, with its class and meaning");
        }
    }
}

fn code(located: &Located<'_>) -> Result<ReturnCode, Reported> {
    KeywordReader::read_all(located, |keywords| {
        let code = keywords.require_such_as(Keyword::Code, "40001");
        let name = keywords.read(Keyword::Name);
        let class = keywords.require_such_as(Keyword::Class, "\"token\"");
        let meaning = keywords.require_such_as(Keyword::Meaning, "\"The token has expired.\"");
        let meaning_zh = keywords.text(Keyword::MeaningZh).map(str::to_owned);
        keywords.text(Keyword::Group);
        keywords.text(Keyword::Comment);
        let code = code.and_then(|code| Ok((code.value.whole_64()?, code.value.place)));
        let number = code.as_ref().ok().map(|(number, _)| *number);
        let name = name.and_then(|name| constant_name(&name.value).ok());
        let class = class.and_then(|class| self::class(&class.value, number));
        let meaning = meaning.and_then(|meaning| meaning.value.text());
        let (code, place) = code?;
        Ok(ReturnCode {
            code,
            name,
            class: class?,
            meaning: meaning?.to_owned(),
            meaning_zh,
            place,
        })
    })
}

/// A code's class. It must be "ok" for the code 0 alone: the runtime takes this code for success,
/// whatever its class.
fn class(located: &Located<'_>, code: Option<i64>) -> Result<&'static str, Reported> {
    let class = located.one_of(CLASSES)?;
    let help = match (code, class) {
        (Some(0) | None, "Ok") => return Ok(class),
        (Some(0), _) => "write \"ok\"",
        (_, "Ok") => "give it the class of what went wrong; \"other\", if there is none",
        _ => return Ok(class),
    };
    located.error("the class \"ok\" is for the code 0, which alone is success").help(help).fail()
}

fn constant_name(located: &Located<'_>) -> Result<String, Reported> {
    let name = located.text()?;
    if is_constant_name(name) {
        return Ok(name.to_owned());
    }
    located.must_be("a name in capitals").help("such as \"NO_SUCH_CARD\"").fail()
}

/// Whether a name has the form of a Rust constant's.
pub(crate) fn is_constant_name(name: &str) -> bool {
    let plain = name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    plain && name.starts_with(|first: char| first.is_ascii_uppercase())
}

/// Reports codes that are listed twice, and two codes of one name.
pub(super) fn report_duplicates(codes: &[ReturnCode], reporter: &Reporter) {
    let named = codes.iter().filter(|code| code.name.is_some()).collect_vec();
    for (index, first) in repeated(named.iter().filter_map(|code| code.name.as_deref())) {
        let (code, other) = (named[index], named[first]);
        if code.code == other.code {
            continue;
        }
        reporter
            .error(
                &code.place,
                format!("the name of {} is the name of {} too", code.code, other.code),
            )
            .help("give one of the two another name")
            .label(&other.place, "the other one");
    }
    for pair in codes.windows(2).filter(|pair| pair[0].code == pair[1].code) {
        reporter
            .error(&pair[1].place, "this code is listed twice")
            .help("take one of the two out")
            .label(&pair[0].place, "the other one");
    }
}

/// The code in the table, if it is there.
pub(crate) fn known_code(codes: &[ReturnCode], code: i64) -> Option<&ReturnCode> {
    codes.binary_search_by_key(&code, |known| known.code).ok().map(|index| &codes[index])
}
