//! Names in Rust's cases, and the names that generated code cannot have.
//!
//! ```text
//! "gpt-4"  Gpt4      ""    Empty       "名称"   名称        {"id", "ID"}          Id, IdUppercase
//! "2k"     Value2k   "<="  LessThanEquals  "αβγ"  U391U3b2U3b3  {"a-b", "a_b"}    AB, AUnderscoreB
//! ```
//!
//! A name is made of the words of a text. In a text without letters, each sign is spelled by its
//! name; a name of a type that would begin with a digit begins with `Value`. A letter that rustc
//! warns of, or takes for another one, is spelled by its code point. If two texts make the same
//! name, the first one keeps it, and the name of the other also has what differs: its signs, its
//! case, or else a hash of the text. So a text that is added at the end renames nothing.
//! `rustName`, `rustFieldName` and `title` choose another name.

#[cfg(feature = "unicode-names")]
mod letters;
mod spelling;
mod taken;
mod unique;

use heck::{ToSnakeCase, ToUpperCamelCase};

use self::spelling::spelled;
pub(crate) use self::taken::{is_reserved, is_taken_by_client, is_taken_by_methods};
pub(crate) use self::unique::{NamedItem, first_free, hash_of, make_unique, numbered};

#[cfg(feature = "unicode-names")]
use self::letters::is_plain;

/// All letters are kept: without the feature, the plan refuses names with letters beyond ASCII.
#[cfg(not(feature = "unicode-names"))]
const fn is_plain(_: char, _: &str) -> bool {
    true
}

/// The case of a name.
#[derive(Clone, Copy, PartialEq, Eq)]
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

    /// The name, with the code points of those letters that rustc would warn of.
    fn spell_letters(self, name: &str) -> String {
        let mut spelled = String::new();
        for (index, letter) in name.chars().enumerate() {
            // A lower-case letter without upper case cannot begin a type's name; `中` has no case.
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

/// The name of a type, derived from a text; not one that generated code uses for something else.
pub(crate) fn type_name_for(text: &str) -> String {
    let name = Case::Camel.of(text);
    if is_reserved(&name) { format!("{name}Type") } else { derived(text, Case::Camel) }
}

/// The name of a type that is derived from another type's name, with its place as the prefix unless
/// it begins with that: within `Shop`, a `Shoe` and a `ShopShoe` both become `ShopShoe`.
pub(crate) fn type_within(place: &str, name: &str) -> String {
    let rest = name.strip_prefix(&*type_name_for(place));
    let rest = rest.filter(|rest| rest.starts_with(|c: char| !c.is_lowercase()));
    type_name_for(&format!("{place} {}", rest.unwrap_or(name)))
}

/// The suggested name of a list's items, derived from that of the list: `Shop shoe` from `Shop shoes`
/// and from `Shop shoe_list`, `Shop data item` from `Shop data`.
pub(crate) fn item_of(suggestion: &str) -> String {
    let (owner, list) = suggestion.rsplit_once(' ').unwrap_or(("", suggestion));
    let item = (!owner.is_empty()).then(|| singular(&list.to_snake_case())).flatten();
    item.map_or_else(|| format!("{suggestion} item"), |item| format!("{owner} {item}"))
}

/// The singular of a name, if it is certain.
fn singular(plural: &str) -> Option<String> {
    let list = ["_list", "_array"].into_iter().find_map(|end| plural.strip_suffix(end));
    if let Some(list) = list {
        return Some(singular(list).unwrap_or_else(|| list.to_owned()));
    }
    let word = plural.rsplit('_').next().unwrap_or(plural);
    // It is not certain for `movies` and `series`, nor for `news`, `status` and `analysis`.
    let (end, one) = match word {
        _ if word.len() < 3 || word == "news" => return None,
        _ if word.ends_with("ies") => ("ies", if word.len() > 7 { "y" } else { return None }),
        _ if ["sses", "xes", "ches", "shes"].iter().any(|end| word.ends_with(end)) => ("es", ""),
        _ if ["ss", "us", "is", "ses", "zes"].iter().any(|end| word.ends_with(end)) => return None,
        _ => ("s", ""),
    };
    plural.strip_suffix(end).map(|stem| format!("{stem}{one}"))
}

/// The name of a variant for a value.
pub(crate) fn variant_name_for(text: &str) -> String {
    let name = derived(text, Case::Camel);
    // `Unknown` is the variant for all other values.
    if name == "Unknown" { format!("{name}Value") } else { name }
}

/// The name of a property's field and methods.
pub(crate) fn field_name_for(text: &str) -> String {
    let name = derived(text, Case::Snake);
    if is_taken_by_methods(&name) { format!("{name}_") } else { name }
}

/// A name derived from a text, whatever characters the text has.
fn derived(text: &str, case: Case) -> String {
    let plain = match case {
        Case::Camel => type_name(text),
        Case::Snake => field_name(text),
    };
    plain.unwrap_or_else(|| spelled(text, case))
}

/// Whether the text is an identifier that rustc takes without a warning, and no keyword.
pub(crate) fn is_identifier(text: &str) -> bool {
    // A keyword since the edition of 2024, which syn does not know of.
    text != "gen"
        && text.chars().all(|letter| letter.is_ascii() || is_plain(letter, text))
        && syn::parse_str::<syn::Ident>(text).is_ok()
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
            ("Shop branches", "Shop branch"),
            ("Shop dishes", "Shop dish"),
            ("Shop ids", "Shop id"),
            ("Shop prizes", "Shop prizes item"),
            ("Shop news", "Shop news item"),
            ("Shop address", "Shop address item"),
            ("Shop analysis", "Shop analysis item"),
            ("Shop data_list", "Shop data"),
            ("Shop pastries", "Shop pastry"),
            ("Shop cookies", "Shop cookies item"),
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
    fn a_type_is_called_after_its_place_once() {
        for (place, name, expected) in [
            ("Shop", "ShopShoe", "ShopShoe"),
            ("Shop shoes", "ShopShoes1", "ShopShoes1"),
            ("Shop", "Shoe", "ShopShoe"),
            ("Shop", "Shopper", "ShopShopper"),
            ("Shop", "Shop", "ShopShop"),
        ] {
            assert_eq!(type_within(place, name), expected);
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
            let name = variant_name_for(text);
            assert_eq!(name, expected, "{text}");
            assert!(is_identifier(&name), "{text}");
        }
        for (text, expected) in
            [("", "empty"), ("*", "asterisk"), ("type", "type_"), ("1st", "_1st"), ("new", "new_")]
        {
            assert_eq!(field_name_for(text), expected, "{text}");
        }
        assert_eq!(type_name_for("option"), "OptionType");
        assert!(is_reserved("Vec") && is_taken_by_client("with"));
        assert!(is_taken_by_methods("builder") && is_taken_by_methods("additional_properties"));
    }

    #[test]
    fn a_letter_that_could_be_of_another_script_is_kept_beside_one_that_could_not() {
        for (text, expected) in [
            ("入口", "入口"),
            ("口", "U53e3"),
            ("口口", "U53e3U53e3"),
            ("口a", "U53e3a"),
            ("口ü", "U53e3ü"),
            ("口и", "U53e3U438"),
            ("八工", "U516bU5de5"),
            ("大工", "大工"),
        ] {
            let name = variant_name_for(text);
            assert_eq!(name, expected, "{text}");
            assert!(is_identifier(&name), "{text}");
        }
        assert!(!is_identifier("口") && !is_identifier("口口") && is_identifier("入口"));
    }

    #[test]
    fn each_sign_says_its_name() {
        let signs: String = (' '..='~').filter(|sign| !sign.is_ascii_alphanumeric()).collect();
        assert_eq!(
            field_name_for(&signs),
            "space_exclamation_quote_hash_dollar_percent_and_apostrophe_open_paren_close_paren_\
             asterisk_plus_comma_hyphen_dot_slash_colon_semicolon_less_than_equals_greater_than_\
             question_at_open_bracket_backslash_close_bracket_caret_underscore_backtick_open_brace_\
             pipe_close_brace_tilde"
        );
        assert_eq!(field_name_for("-"), "minus");
    }
}
