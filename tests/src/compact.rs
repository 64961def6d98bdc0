//! The wire form of a JSON text.

/// `json` without the white space around its tokens: what goes over the wire. Everything else stays
/// as it is, the order of properties and the spelling of numbers and strings included.
pub fn compact(json: &str) -> String {
    let mut compact = String::with_capacity(json.len());
    let mut in_string = false;
    let mut escaped = false;
    for character in json.chars() {
        if in_string || !character.is_ascii_whitespace() {
            compact.push(character);
        }
        in_string ^= character == '"' && !escaped;
        escaped = in_string && character == '\\' && !escaped;
    }
    compact
}

#[cfg(test)]
mod tests {
    use super::compact;

    #[test]
    fn white_space_goes_only_outside_strings() {
        assert_eq!(
            compact(" { \"a b\" :\n [ 1.0 , \"c \\\" d\\\\\" ,\ttrue ] } "),
            r#"{"a b":[1.0,"c \" d\\",true]}"#
        );
    }
}
