//! Host names and mail addresses in any script.

use std::ops::RangeInclusive;

use super::address::{is_email, is_hostname};

/// Whether a text is a host name by RFC 5890. `idna` checks the characters and the direction of writing by the rules
/// of Unicode. What only RFC 5892 forbids is checked here.
pub(super) fn is_idn_hostname(text: &str) -> bool {
    let is_plain = idna::domain_to_ascii_strict(text).is_ok_and(|ascii| is_hostname(&ascii));
    let (unicode, _) = idna::domain_to_unicode(text);
    is_plain && unicode.split('.').all(is_label)
}

/// Whether a text is a mailbox by RFC 6531. Before the `@`, letters beyond ASCII are allowed where those of ASCII are.
pub(super) fn is_idn_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let plain = local.replace(|next: char| !next.is_ascii() && !next.is_control(), "x");
    let domain = if is_idn_hostname(domain) { "example.com" } else { domain };
    is_email(&format!("{plain}@{domain}"))
}

type Ranges = &'static [RangeInclusive<char>];

const GREEK: Ranges = &['\u{370}'..='\u{3FF}', '\u{1F00}'..='\u{1FFF}'];
const HEBREW: Ranges = &['\u{591}'..='\u{5F4}', '\u{FB1D}'..='\u{FB4F}'];
/// Hiragana, Katakana and Han.
const JAPANESE: Ranges = &[
    '\u{2E80}'..='\u{2FD5}',
    '\u{3005}'..='\u{3007}',
    '\u{3021}'..='\u{3029}',
    '\u{3041}'..='\u{309F}',
    '\u{30A1}'..='\u{30FA}',
    '\u{30FD}'..='\u{30FF}',
    '\u{31F0}'..='\u{31FF}',
    '\u{3400}'..='\u{4DBF}',
    '\u{4E00}'..='\u{9FFF}',
    '\u{F900}'..='\u{FAD9}',
    '\u{20000}'..='\u{323AF}',
];
/// Two sets of digits that must not be mixed.
const ARABIC_DIGITS: [RangeInclusive<char>; 2] = ['\u{660}'..='\u{669}', '\u{6F0}'..='\u{6F9}'];

fn is_of(script: Ranges, letter: Option<char>) -> bool {
    letter.is_some_and(|letter| script.iter().any(|range| range.contains(&letter)))
}

/// Whether each letter of a label may stand beside its neighbours.
fn is_label(label: &str) -> bool {
    let mixes_digits = ARABIC_DIGITS.iter().all(|digits| label.contains(|it| digits.contains(&it)));
    let is_right = |(at, letter): (usize, char)| {
        let before = label[..at].chars().next_back();
        let after = label[at + letter.len_utf8()..].chars().next();
        match letter {
            '\u{B7}' => before == Some('l') && after == Some('l'),
            '\u{375}' => is_of(GREEK, after),
            '\u{5F3}' | '\u{5F4}' => is_of(HEBREW, before),
            '\u{30FB}' => label.chars().any(|letter| is_of(JAPANESE, Some(letter))),
            '\u{640}'
            | '\u{7FA}'
            | '\u{302E}'
            | '\u{302F}'
            | '\u{3031}'..='\u{3035}'
            | '\u{303B}' => false,
            _ => true,
        }
    };
    !mixes_digits && label.char_indices().all(is_right)
}
