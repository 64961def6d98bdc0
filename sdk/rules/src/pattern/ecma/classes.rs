//! The classes of ECMA-262, whose characters are listed: in `regex` they are those of all scripts.
//!
//! ```text
//! \d   0-9
//! ```

/// The characters of a class, and all others: a class within brackets cannot be negated by itself.
pub(super) struct Class {
    pub(super) of: &'static str,
    pub(super) not: &'static str,
}

/// `\d`.
pub(super) const DIGIT: Class = Class { of: "0-9", not: r"\u{0}-\u{2F}\u{3A}-\u{10FFFF}" };
/// `\w`.
pub(super) const WORD: Class = Class {
    of: "0-9A-Za-z_",
    not: r"\u{0}-\u{2F}\u{3A}-\u{40}\u{5B}-\u{5E}\u{60}\u{7B}-\u{10FFFF}",
};
/// `\s`.
pub(super) const SPACE: Class = Class {
    of: concat!(
        r"\t\n\x0B\x0C\r \u{A0}\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}",
        r"\u{202F}\u{205F}\u{3000}\u{FEFF}"
    ),
    not: concat!(
        r"\u{0}-\u{8}\u{E}-\u{1F}\u{21}-\u{9F}\u{A1}-\u{167F}\u{1681}-\u{1FFF}",
        r"\u{200B}-\u{2027}\u{202A}-\u{202E}\u{2030}-\u{205E}\u{2060}-\u{2FFF}\u{3001}-\u{FEFE}\u{FF00}-\u{10FFFF}"
    ),
};
