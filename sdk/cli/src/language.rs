//! English or Chinese, as the locale asks. Data (JSON, CSV, exit codes) is the same in both.

use std::env;
use std::sync::OnceLock;

/// A language that this program speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// English: whenever the locale is not Chinese.
    En,
    /// Chinese.
    Zh,
}

/// What this process speaks; it is decided once, before anything is said.
static CURRENT: OnceLock<Language> = OnceLock::new();

/// A text in the language of this process: `say!("{count} rows", "{count} 行")`.
macro_rules! say {
    ($english:literal, $chinese:literal $(,)?) => {
        match $crate::language::Language::current() {
            $crate::language::Language::En => format!($english),
            $crate::language::Language::Zh => format!($chinese),
        }
    };
}
pub(crate) use say;

impl Language {
    /// What this process speaks: English until something else is decided.
    pub(crate) fn current() -> Self {
        CURRENT.get().copied().unwrap_or(Self::En)
    }

    /// Decides what this process speaks.
    pub(crate) fn speak(self) {
        // Only the first decision counts, and there is no second one.
        let _ = CURRENT.set(self);
    }

    /// The language of the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set.
    pub(crate) fn from_locale() -> Self {
        let set = |name| env::var(name).ok().filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set);
        Self::of(locale.as_deref().unwrap_or_default())
    }

    /// The language of a locale such as `zh_CN.UTF-8`, or of an option.
    pub(crate) fn of(locale: &str) -> Self {
        if locale.starts_with("zh") { Self::Zh } else { Self::En }
    }

    /// Of two texts that say the same, the one in this language.
    pub(crate) fn say<'t>(self, english: &'t str, chinese: &'t str) -> &'t str {
        match self {
            Self::En => english,
            Self::Zh => chinese,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_locale_is_answered_in_chinese() {
        for locale in ["zh_CN.UTF-8", "zh_TW", "zh"] {
            assert_eq!(Language::of(locale), Language::Zh);
        }
        for locale in ["C.UTF-8", "en_US.UTF-8", "", "ja_JP.UTF-8"] {
            assert_eq!(Language::of(locale), Language::En);
        }
    }
}
