//! The classes of ECMA-262, whose characters are listed: in `regex` they are those of all scripts, or
//! take tables that programs would carry.
//!
//! ```text
//! \d           0-9
//! \p{ASCII}    \u{0}-\u{7F}
//! ```

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::code;

/// The characters of a class, and all others: a class within brackets cannot be negated by itself.
pub(super) struct Class {
    pub(super) of: Cow<'static, str>,
    pub(super) not: Cow<'static, str>,
}

impl Class {
    const fn listed(of: &'static str, not: &'static str) -> Self {
        Self { of: Cow::Borrowed(of), not: Cow::Borrowed(not) }
    }

    /// The class of a property, whose characters are given in their order.
    pub(super) fn of_property(ranges: &[RangeInclusive<char>]) -> Self {
        let of = ranges.iter().map(range).collect::<String>();
        Self { of: of.into(), not: others(ranges).iter().map(range).collect::<String>().into() }
    }
}

/// All characters but those of some ranges.
fn others(ranges: &[RangeInclusive<char>]) -> Vec<RangeInclusive<char>> {
    let mut others = Vec::new();
    let mut next = Some('\0');
    for known in ranges {
        let mut before = '\0'..*known.start();
        others.extend(
            next.zip(before.next_back())
                .filter(|(from, to)| from <= to)
                .map(|(from, to)| from..=to),
        );
        next = (*known.end()..=char::MAX).nth(1);
    }
    others.extend(next.map(|from| from..=char::MAX));
    others
}

fn range(range: &RangeInclusive<char>) -> String {
    let (from, to) = (code(*range.start()), code(*range.end()));
    if from == to { from } else { format!("{from}-{to}") }
}

/// `\d`.
pub(super) const DIGIT: Class = Class::listed("0-9", r"\u{0}-\u{2F}\u{3A}-\u{10FFFF}");
/// `\w`.
pub(super) const WORD: Class =
    Class::listed("0-9A-Za-z_", r"\u{0}-\u{2F}\u{3A}-\u{40}\u{5B}-\u{5E}\u{60}\u{7B}-\u{10FFFF}");
/// `\s`.
pub(super) const SPACE: Class = Class::listed(
    concat!(
        r"\t\n\x0B\x0C\r \u{A0}\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}",
        r"\u{202F}\u{205F}\u{3000}\u{FEFF}"
    ),
    concat!(
        r"\u{0}-\u{8}\u{E}-\u{1F}\u{21}-\u{9F}\u{A1}-\u{167F}\u{1681}-\u{1FFF}",
        r"\u{200B}-\u{2027}\u{202A}-\u{202E}\u{2030}-\u{205E}\u{2060}-\u{2FFF}\u{3001}-\u{FEFE}\u{FF00}-\u{10FFFF}"
    ),
);
