//! JSON pointers.
//!
//! ```text
//! "/a~1b/0" is a `json-pointer`, "a" is not; "1/a" is a `relative-json-pointer`
//! ```

/// Empty, or steps that begin with a slash. `~` must be followed by `0` or `1`.
pub(super) fn is_pointer(text: &str) -> bool {
    let is_escaped = text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    is_escaped && (text.is_empty() || text.starts_with('/'))
}

/// The number of levels up, and then a pointer, or `#` for the name.
pub(super) fn is_relative(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (levels, rest) = text.split_at(digits);
    let is_number = levels == "0" || (!levels.is_empty() && !levels.starts_with('0'));
    is_number && (rest == "#" || is_pointer(rest))
}
