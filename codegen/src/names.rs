//! Names in Rust's cases, and the names that generated code cannot have.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// A type's or a variant's name; `None` if the text has no letters to make one of.
pub(crate) fn type_name(text: &str) -> Option<String> {
    let name = text.to_upper_camel_case();
    let begins_well = name.starts_with(|first: char| first.is_alphabetic());
    (begins_well && is_identifier(&name)).then_some(name)
}

/// A field's or a method's name; `None` if the text has no letters to make one of.
pub(crate) fn field_name(text: &str) -> Option<String> {
    let name = text.to_snake_case();
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

/// Whether the text is an identifier, and no keyword.
pub(crate) fn is_identifier(text: &str) -> bool {
    // A keyword since the edition of 2024, which syn does not know of.
    text != "gen" && !text.chars().any(is_look_alike) && syn::parse_str::<syn::Ident>(text).is_ok()
}

/// Letters that are another one in some other form, such as `Ａ` and `𝒜`: rustc warns of them.
fn is_look_alike(character: char) -> bool {
    matches!(
        character,
        'ª' | 'º' | 'ŉ' | 'ſ'
            | '\u{132}'..='\u{133}' | '\u{13f}'..='\u{140}'
            | '\u{1c4}'..='\u{1cc}' | '\u{1f1}'..='\u{1f3}'
            | '\u{2b0}'..='\u{2b8}' | '\u{2e0}'..='\u{2e4}'
            | '\u{1d2c}'..='\u{1d6a}'
            | '\u{2070}'..='\u{209f}' | '\u{2100}'..='\u{218f}'
            | '\u{3131}'..='\u{318e}'
            | '\u{f900}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
            | '\u{ff00}'..='\u{ffef}'
            | '\u{1d400}'..='\u{1d7ff}' | '\u{1ee00}'..='\u{1eeff}'
            | '\u{2f800}'..='\u{2fa1f}'
    )
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
    ["builder", "build", "new", "clone", "refused_values"].contains(&field)
}
