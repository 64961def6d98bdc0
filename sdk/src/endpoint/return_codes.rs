//! The table of return codes that an API documents.
//!
//! ```text
//! return_codes! { 40001 Token "The token is not valid." "令牌无效。"; }
//!
//! entries: (40001, Token, 23 bytes, 15 bytes)    english: "The token is not valid."    chinese: "令牌无效。"
//! ```
//!
//! All texts of a language are one string, since the address of a text takes more of a program than a short
//! text does. The SDK's own operations have the table without Chinese: errors look into the other table when
//! Chinese is requested, and a program that never requests it does not contain that table.

use std::fmt;

use super::return_code::CodeClass;

/// The return codes that an API documents, sorted by code.
///
/// ```
/// use wechat_bizwifi::{CodeClass, RETURN_CODES};
///
/// let busy = RETURN_CODES.get(-1).unwrap();
/// assert_eq!(busy.class, CodeClass::Busy);
/// assert_eq!(RETURN_CODES.iter().filter(|entry| entry.class == CodeClass::Ok).count(), 1);
/// ```
#[derive(Clone, Copy)]
pub struct ReturnCodes {
    entries: &'static [PackedCode],
    english: &'static str,
    chinese: &'static str,
    /// The same table without Chinese, if this one has Chinese.
    bare: Option<&'static Self>,
}

/// A return code without its texts.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct PackedCode {
    code: i64,
    /// How many bytes of the English text and of the Chinese text are what the code means; 0 for
    /// none.
    lengths: [u16; 2],
    class: CodeClass,
}

impl PackedCode {
    /// A code, its class and what it means, in Chinese as well if that is not empty.
    pub const fn new(code: i64, class: CodeClass, meaning: &str, chinese: &str) -> Self {
        Self { code, class, lengths: [length(meaning), length(chinese)] }
    }
}

/// Evaluated where a table is compiled.
#[expect(clippy::cast_possible_truncation, reason = "it is compared")]
const fn length(text: &str) -> u16 {
    assert!(text.len() <= u16::MAX as usize, "what a return code means takes up to 65,535 bytes");
    text.len() as u16
}

/// One line of an API's table of return codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CodeEntry {
    /// The number on the wire.
    pub code: i64,
    /// What kind of outcome it is, which decides what the runtime does about it.
    pub class: CodeClass,
    /// What it means.
    pub meaning: &'static str,
    /// The same in Chinese, where the description says it.
    pub meaning_zh: Option<&'static str>,
}

impl ReturnCodes {
    /// No codes.
    pub(super) const NONE: Self = Self::new(&[], "");

    /// These codes, whose texts are one behind the other in that order.
    #[doc(hidden)]
    pub const fn new(entries: &'static [PackedCode], english: &'static str) -> Self {
        Self { entries, english, chinese: "", bare: None }
    }

    /// The same codes in Chinese as well.
    #[doc(hidden)]
    pub const fn and_in_chinese(bare: &'static Self, chinese: &'static str) -> Self {
        Self { entries: bare.entries, english: bare.english, chinese, bare: Some(bare) }
    }

    /// The same without Chinese.
    #[doc(hidden)]
    pub const fn in_english(&'static self) -> &'static Self {
        match self.bare {
            Some(bare) => bare,
            None => self,
        }
    }

    /// The line of a code, if it is documented.
    pub fn get(&self, code: i64) -> Option<CodeEntry> {
        self.iter().find(|entry| entry.code == code)
    }

    /// All lines, by code.
    pub fn iter(&self) -> impl Iterator<Item = CodeEntry> + use<> {
        let (mut english, mut chinese) = (self.english, self.chinese);
        self.entries.iter().map(move |packed| {
            let meaning = take(&mut english, packed.lengths[0]);
            let chinese = take(&mut chinese, packed.lengths[1]);
            let meaning_zh = (!chinese.is_empty()).then_some(chinese);
            CodeEntry { code: packed.code, class: packed.class, meaning, meaning_zh }
        })
    }
}

/// Takes this many bytes from the beginning of a text; nothing, if the text is shorter.
fn take(text: &mut &'static str, length: u16) -> &'static str {
    let (taken, rest) = text.split_at_checked(length.into()).unwrap_or_default();
    *text = rest;
    taken
}

impl fmt::Debug for ReturnCodes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.entries.iter().map(|entry| entry.code)).finish()
    }
}

/// A table of return codes: a line for each, with its class, what it means, and the same in Chinese.
#[doc(hidden)]
#[macro_export]
macro_rules! __return_codes {
    ($( $code:literal $class:ident $meaning:literal $($chinese:literal)? ; )*) => {{
        // A program has a static once, and a constant wherever it is used.
        static BARE: $crate::__private::ReturnCodes = $crate::__private::ReturnCodes::new(
            &[$( $crate::__private::PackedCode::new(
                $code,
                $crate::__private::CodeClass::$class,
                $meaning,
                ::core::concat!($($chinese)?),
            ) ),*],
            ::core::concat!($( $meaning, )*),
        );
        static CODES: $crate::__private::ReturnCodes =
            $crate::__private::ReturnCodes::and_in_chinese(
                &BARE,
                ::core::concat!($( $($chinese,)? )*),
            );
        &CODES
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODES: &ReturnCodes = __return_codes! {
        -1 Busy "busy" "系统繁忙";
        7 Other "seven";
        9 NotFound "no such card" "没有此卡券";
    };

    #[test]
    fn each_code_has_its_own_texts() {
        let texts: Vec<_> =
            CODES.iter().map(|entry| (entry.code, entry.meaning, entry.meaning_zh)).collect();
        assert_eq!(
            texts,
            [
                (-1, "busy", Some("系统繁忙")),
                (7, "seven", None),
                (9, "no such card", Some("没有此卡券")),
            ]
        );
    }

    #[test]
    fn without_chinese_all_else_is_the_same() {
        let codes = |table: &ReturnCodes| -> Vec<_> {
            table.iter().map(|entry| (entry.code, entry.class, entry.meaning)).collect()
        };
        assert_eq!(codes(CODES.in_english()), codes(CODES));
        assert!(CODES.in_english().iter().all(|entry| entry.meaning_zh.is_none()));
    }

    #[test]
    fn a_code_is_found_if_it_is_documented() {
        assert_eq!(CODES.get(9).map(|entry| entry.class), Some(CodeClass::NotFound));
        assert_eq!(CODES.get(8), None);
        assert_eq!(ReturnCodes::NONE.get(0), None);
        assert_eq!(format!("{CODES:?}"), "[-1, 7, 9]");
    }
}
