//! Letters beyond ASCII that a name may have.
//!
//! ```text
//! 名, ö      as they are
//! α, ĸ      spelled by their code points: one looks like `a`, the other is uncommon
//! ```

use unicode_normalization::{UnicodeNormalization as _, is_nfc};
use unicode_security::confusable_detection::skeleton;
use unicode_security::{GeneralSecurityProfile as _, is_potential_mixed_script_confusable_char};

/// Whether rustc accepts a letter of a name without a warning: the letter is common, is in normal
/// form, and looks like no letter of another script, or stands beside a letter of its script that
/// does not.
pub(super) fn is_plain(letter: char, name: &str) -> bool {
    let is_own = |letter: char| {
        let text = letter.to_string();
        // `ß` looks like `β`, which is always spelled.
        let looks_like_no_other = letter == 'ß' || skeleton(&text).eq(text.nfd());
        letter.identifier_allowed() && is_nfc(&text) && looks_like_no_other
    };
    let shows_script = |other: char| {
        is_han_or_kana(other) && is_own(other) && !is_potential_mixed_script_confusable_char(other)
    };
    // Every crate has Latin letters that look like no other script's.
    let is_latin = matches!(letter, '\u{c0}'..='\u{24f}');
    is_own(letter)
        && (is_latin
            || !is_potential_mixed_script_confusable_char(letter)
            || is_han_or_kana(letter) && name.chars().any(shows_script))
}

fn is_han_or_kana(letter: char) -> bool {
    matches!(letter, '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
}
