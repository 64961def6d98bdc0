//! Names for texts without letters: each sign is spelled by its name.
//!
//! ```text
//! "<="    LessThanEquals      "-1"    Minus1      ""    Empty
//! ```

use super::{Case, is_identifier};

/// A name with the names of all signs of a text.
pub(super) fn spelled(text: &str, case: Case) -> String {
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
