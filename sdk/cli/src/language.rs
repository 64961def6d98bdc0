//! English or Chinese, as the locale asks. Data (JSON, CSV, exit codes) is the same in both.

use std::env;
use std::sync::OnceLock;

pub(crate) use wechat_bizwifi::Language;

/// What this process speaks; it is decided once, before anything is said.
static CURRENT: OnceLock<Language> = OnceLock::new();

/// A text in the language of this process: `say!("{count} rows", "{count} 行")`.
macro_rules! say {
    ($english:literal, $chinese:literal $(,)?) => {
        match $crate::language::current() {
            $crate::language::Language::En => format!($english),
            $crate::language::Language::Zh => format!($chinese),
        }
    };
}
pub(crate) use say;

/// A count with what it counts, which English has in the singular and in the plural.
pub(crate) fn counted(count: impl Into<i128>, one: &str) -> String {
    match count.into() {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    }
}

/// What this process speaks: English until something else is decided.
pub(crate) fn current() -> Language {
    CURRENT.get().copied().unwrap_or(Language::En)
}

/// Decides what this process speaks.
pub(crate) fn speak(language: Language) {
    // Only the first decision counts, and there is no second one.
    let _ = CURRENT.set(language);
}

/// The language of the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set.
pub(crate) fn from_locale() -> Language {
    let set = |name| env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set);
    Language::of(locale.as_deref().unwrap_or_default())
}
