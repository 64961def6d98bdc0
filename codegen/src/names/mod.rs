//! Names in Rust's cases, and the names that generated code cannot have.
//!
//! ```text
//! "gpt-4"  Gpt4      ""    Empty       "名称"   名称        {"id", "ID"}          Id, IdUppercase
//! "2k"     Value2k   "<="  LessThanEquals  "αβγ"  U391U3b2U3b3  {"a-b", "a_b"}    AB, AUnderscoreB
//! ```
//!
//! A name is made of the words of a text. A text without letters is spelled: each sign by its name,
//! after `Value` where it begins with a digit. A letter that rustc warns of, or takes for another
//! one, is spelled by its number. Where two texts make one name, the first that is listed keeps it;
//! the name of the other says in addition what the two do not share: its signs, its case, or, where
//! even that is the same, a number that is made of the text. So whatever is listed later renames
//! nothing. `rustName`, `rustFieldName` and `title` choose another name.

#[cfg(feature = "unicode-names")]
mod letters;

use std::collections::HashSet;

use heck::{ToSnakeCase, ToUpperCamelCase};

#[cfg(feature = "unicode-names")]
use self::letters::is_plain;

/// Without the feature, the plan refuses every name with a letter beyond ASCII.
#[cfg(not(feature = "unicode-names"))]
const fn is_plain(_: char, _: &str) -> bool {
    true
}

/// The two forms of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// Of types and variants.
    Camel,
    /// Of fields and methods.
    Snake,
}

impl Case {
    fn of(self, text: &str) -> String {
        let cased = match self {
            Self::Camel => text.to_upper_camel_case(),
            Self::Snake => text.to_snake_case(),
        };
        self.spell_letters(&cased)
    }

    /// The name with those of its letters as numbers that rustc would warn of.
    fn spell_letters(self, name: &str) -> String {
        let mut spelled = String::new();
        for (index, letter) in name.chars().enumerate() {
            // What has no upper case cannot begin a type's name; `中` has no case at all.
            let is_lower = self == Self::Camel && index == 0 && letter.is_lowercase();
            if letter.is_ascii() || (!is_lower && is_plain(letter, name)) {
                spelled.push(letter);
            } else {
                let sign = if self == Self::Camel { 'U' } else { 'u' };
                spelled.push_str(&format!("{sign}{:x}", u32::from(letter)));
            }
        }
        spelled
    }

    fn join(self, name: &str, word: &str) -> String {
        match self {
            Self::Camel => format!("{name}{}", word.to_upper_camel_case()),
            Self::Snake => format!("{}_{word}", name.trim_end_matches('_')),
        }
    }
}

/// A type's or a variant's name; `None` if the text has no letters to make one of.
pub(crate) fn type_name(text: &str) -> Option<String> {
    let name = Case::Camel.of(text);
    let begins_well = name.starts_with(|first: char| first.is_alphabetic());
    (begins_well && is_identifier(&name)).then_some(name)
}

/// A field's or a method's name; `None` if the text has no letters to make one of.
pub(crate) fn field_name(text: &str) -> Option<String> {
    let name = Case::Snake.of(text);
    if is_identifier(&name) {
        return Some(name);
    }
    let escaped = if name.starts_with(|first: char| first.is_ascii_digit()) {
        format!("_{name}")
    } else {
        format!("{name}_")
    };
    is_identifier(&escaped).then_some(escaped)
}

/// The name of a type at a place, which generated code uses for nothing else.
pub(crate) fn made_type(text: &str) -> String {
    let name = Case::Camel.of(text);
    if is_reserved(&name) { format!("{name}Type") } else { made(text, Case::Camel) }
}

/// What a list's items are called, after what its place suggests for itself: `Shop shoes` holds a
/// `Shop shoe`, `Shop shoe_list` too, and `Shop data` a `Shop data item`.
pub(crate) fn item_of(suggestion: &str) -> String {
    let (owner, list) = suggestion.rsplit_once(' ').unwrap_or(("", suggestion));
    let item = (!owner.is_empty()).then(|| singular(&list.to_snake_case())).flatten();
    item.map_or_else(|| format!("{suggestion} item"), |item| format!("{owner} {item}"))
}

/// The name of one of many, if the name of many says it plainly.
fn singular(many: &str) -> Option<String> {
    let list = ["_list", "_array"].into_iter().find_map(|end| many.strip_suffix(end));
    if let Some(list) = list {
        return Some(singular(list).unwrap_or_else(|| list.to_owned()));
    }
    let word = many.rsplit('_').next().unwrap_or(many);
    // Of `movies` and `series` it is not plain, nor of `news`, `status` and `analysis`.
    let (end, one) = match word {
        _ if word.len() < 3 || word == "news" => return None,
        _ if word.ends_with("ies") => ("ies", if word.len() > 7 { "y" } else { return None }),
        _ if ["sses", "xes", "ches", "shes"].iter().any(|end| word.ends_with(end)) => ("es", ""),
        _ if ["ss", "us", "is", "ses", "zes"].iter().any(|end| word.ends_with(end)) => return None,
        _ => ("s", ""),
    };
    many.strip_suffix(end).map(|stem| format!("{stem}{one}"))
}

/// The name of a value of an enum.
pub(crate) fn made_variant(text: &str) -> String {
    let name = made(text, Case::Camel);
    // A value that is not listed is `Unknown`.
    if name == "Unknown" { format!("{name}Value") } else { name }
}

/// The name of a property's field and methods.
pub(crate) fn made_field(text: &str) -> String {
    let name = made(text, Case::Snake);
    if is_taken_by_methods(&name) { format!("{name}_") } else { name }
}

/// A name of a text, whatever it is.
fn made(text: &str, case: Case) -> String {
    let plain = match case {
        Case::Camel => type_name(text),
        Case::Snake => field_name(text),
    };
    plain.unwrap_or_else(|| spelled(text, case))
}

/// A name that says every sign of a text.
fn spelled(text: &str, case: Case) -> String {
    if text.is_empty() {
        return case.of("empty");
    }
    let mut words = String::new();
    for (index, c) in text.chars().enumerate() {
        match sign(c, index == 0) {
            Some(sign) => words.push_str(&format!(" {sign} ")),
            None if c.is_alphanumeric() => words.push(c),
            None => words.push_str(&format!(" u{:x} ", u32::from(c))),
        }
    }
    let name = case.of(&words);
    match case {
        _ if is_identifier(&name) => name,
        Case::Camel if name.starts_with(char::is_alphabetic) => format!("{name}Value"),
        Case::Camel => format!("Value{name}"),
        Case::Snake => format!("_{name}"),
    }
}

/// The name of a sign.
fn sign(sign: char, is_first: bool) -> Option<&'static str> {
    Some(match sign {
        ' ' => "space",
        '!' => "exclamation",
        '"' => "quote",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '\'' => "apostrophe",
        '(' => "open paren",
        ')' => "close paren",
        '*' => "asterisk",
        '+' => "plus",
        ',' => "comma",
        '-' if is_first => "minus",
        '-' => "hyphen",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less than",
        '=' => "equals",
        '>' => "greater than",
        '?' => "question",
        '@' => "at",
        '[' => "open bracket",
        '\\' => "backslash",
        ']' => "close bracket",
        '^' => "caret",
        '_' => "underscore",
        '`' => "backtick",
        '{' => "open brace",
        '|' => "pipe",
        '}' => "close brace",
        '~' => "tilde",
        _ => return None,
    })
}

/// Something with a name that was made of a text, or chosen.
pub(crate) trait Named {
    /// The name's form.
    const CASE: Case;
    /// The name that the text makes.
    fn made(&self) -> String;
    /// The text.
    fn text(&self) -> &str;
    fn name(&mut self) -> &mut String;
}

/// Gives each its own name, the first of those that share one what they share. Chosen names stay.
pub(crate) fn settle<T: Named>(all: &mut [T]) {
    let is_chosen = |one: &mut T| one.made() != *one.name();
    let mut taken: HashSet<String> = HashSet::new();
    for one in all.iter_mut() {
        if is_chosen(one) {
            taken.insert(one.name().clone());
        }
    }
    for one in all.iter_mut() {
        if !is_chosen(one) && !taken.insert(one.name().clone()) {
            let names = others(&one.made(), one.text(), T::CASE);
            if let Some(free) = names.into_iter().find(|name| taken.insert(name.clone())) {
                *one.name() = free;
            }
        }
    }
}

/// Other names for a text, each of which says more of it.
fn others(name: &str, text: &str, case: Case) -> [String; 3] {
    let is_lower = !text.chars().any(char::is_uppercase);
    let is_upper = !text.chars().any(char::is_lowercase);
    let form = match (is_lower, is_upper) {
        (true, _) => "lowercase",
        (_, true) => "uppercase",
        _ => "mixed case",
    };
    let form = form.replace(' ', if case == Case::Camel { " " } else { "_" });
    let number = format!("x{:08x}", number_of(text));
    [spelled(text, case), case.join(name, &form), case.join(name, &number)]
}

/// A number that is made of a text: FNV-1a, which is the same everywhere and for ever.
pub(crate) fn number_of(text: &str) -> u32 {
    let fold = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(16_777_619);
    text.bytes().fold(2_166_136_261, fold)
}

/// Whether the text is an identifier that rustc takes without a warning, and no keyword.
pub(crate) fn is_identifier(text: &str) -> bool {
    // A keyword since the edition of 2024, which syn does not know of.
    text != "gen"
        && text.chars().all(|letter| letter.is_ascii() || is_plain(letter, text))
        && syn::parse_str::<syn::Ident>(text).is_ok()
}

/// Names that generated code uses for something else.
const RESERVED: &[&str] = &[
    "Box",
    "BTreeMap",
    "Clone",
    "Client",
    "Copy",
    "Debug",
    "Default",
    "Deserialize",
    "Eq",
    "Error",
    "From",
    "Hash",
    "Integer",
    "Into",
    "Invalid",
    "None",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "ReturnCode",
    "Secret",
    "Self",
    "Serialize",
    "Some",
    "String",
    "TryFrom",
    "TryInto",
    "UnixTime",
    "UnixTimeMillis",
    "Vec",
];

/// Whether generated code uses the name for something else.
pub(crate) fn is_reserved(type_name: &str) -> bool {
    RESERVED.contains(&type_name)
}

/// Methods that a client has already, its own and those of traits that are always in scope.
pub(crate) fn is_taken_by_client(method: &str) -> bool {
    [
        "as_ref",
        "borrow",
        "borrow_mut",
        "builder",
        "clone",
        "clone_from",
        "clone_into",
        "fmt",
        "from",
        "into",
        "pages",
        "send",
        "to_owned",
        "try_from",
        "try_into",
        "type_id",
        "with",
    ]
    .contains(&method)
}

/// Methods that every request type has already.
pub(crate) fn is_taken_by_methods(field: &str) -> bool {
    ["builder", "build", "new", "clone", "refused_values", "additional_properties"].contains(&field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_item_is_called_as_one_of_many_where_that_is_plain() {
        for (list, item) in [
            ("Shop shoes", "Shop shoe"),
            ("Shop ssid_password_list", "Shop ssid_password"),
            ("Shop cardIdsArray", "Shop card_id"),
            ("Shop categories", "Shop category"),
            ("Shop mailAddresses", "Shop mail_address"),
            ("Shop boxes", "Shop box"),
            ("Shop series", "Shop series item"),
            ("Shop status", "Shop status item"),
            ("Shop causes", "Shop causes item"),
            ("Shop data", "Shop data item"),
            ("Shop list", "Shop list item"),
            ("Shop as", "Shop as item"),
            ("Shops", "Shops item"),
            ("", " item"),
        ] {
            assert_eq!(item_of(list), item);
        }
    }

    #[test]
    fn every_text_makes_a_name() {
        for (text, expected) in [
            ("gpt-3.5-turbo", "Gpt35Turbo"),
            ("", "Empty"),
            ("*", "Asterisk"),
            ("<=", "LessThanEquals"),
            ("+1", "Plus1"),
            ("-1", "Minus1"),
            ("0", "Value0"),
            ("2k", "Value2k"),
            ("self", "SelfValue"),
            ("unknown", "UnknownValue"),
            ("中文", "中文"),
            ("größe", "Größe"),
            ("αβγ", "U391U3b2U3b3"),
            ("ĸ", "U138"),
            ("\u{1}", "U1"),
            ("😀", "U1f600"),
        ] {
            let name = made_variant(text);
            assert_eq!(name, expected, "{text}");
            assert!(is_identifier(&name), "{text}");
        }
        for (text, expected) in
            [("", "empty"), ("*", "asterisk"), ("type", "type_"), ("1st", "_1st"), ("new", "new_")]
        {
            assert_eq!(made_field(text), expected, "{text}");
        }
        assert_eq!(made_type("option"), "OptionType");
    }

    struct Value(&'static str, String);

    impl Named for Value {
        const CASE: Case = Case::Camel;

        fn made(&self) -> String {
            made_variant(self.0)
        }

        fn text(&self) -> &str {
            self.0
        }

        fn name(&mut self) -> &mut String {
            &mut self.1
        }
    }

    fn settled(texts: &[&'static str]) -> Vec<String> {
        let mut values: Vec<Value> =
            texts.iter().map(|text| Value(text, made_variant(text))).collect();
        settle(&mut values);
        values.into_iter().map(|value| value.1).collect()
    }

    #[test]
    fn what_shares_a_name_says_what_it_does_not_share() {
        for (texts, expected) in [
            (&["id", "ID", "Id"][..], &["Id", "IdUppercase", "IdMixedCase"][..]),
            (&["a-b", "a_b", "a b"], &["AB", "AUnderscoreB", "ASpaceB"]),
            (&["Etc/GMT+1", "Etc/GMT-1"], &["EtcGmt1", "EtcSlashGmtHyphen1"]),
            (&["aB", "Ab", "ab"], &["AB", "Ab", "AbLowercase"]),
            (&["foo_bar", "fooBar", "FooBar"], &["FooBar", "FooBarMixedCase", "FooBarXa325dbe8"]),
        ] {
            assert_eq!(settled(texts), expected);
            for count in 0..texts.len() {
                assert_eq!(settled(&texts[..count]), expected[..count], "nothing is renamed later");
            }
        }
    }

    #[test]
    fn a_chosen_name_stays() {
        let mut values = [Value("a", "A".to_owned()), Value("b", "A".to_owned())];
        settle(&mut values);
        assert_eq!([&*values[0].1, &*values[1].1], ["ALowercase", "A"]);
    }
}
