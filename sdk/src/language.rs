//! The languages of messages.

/// A language of [`Error::message_in`](crate::Error::message_in) and of the command line.
///
/// ```
/// use wechat_bizwifi::Language;
///
/// assert_eq!(Language::of("zh_CN.UTF-8"), Language::Zh);
/// assert_eq!(Language::of("C.UTF-8"), Language::En);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    En,
    /// Chinese.
    Zh,
}

impl Language {
    /// The language of a locale such as `zh_CN.UTF-8`: English, unless it is Chinese.
    pub fn of(locale: &str) -> Self {
        if locale.starts_with("zh") { Self::Zh } else { Self::En }
    }

    /// Of two texts that say the same, the one in this language.
    pub const fn say<'t>(self, english: &'t str, chinese: &'t str) -> &'t str {
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
