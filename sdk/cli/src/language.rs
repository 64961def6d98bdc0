//! English or Chinese, as the locale asks. Data (JSON, CSV, exit codes) is the same in both.

use std::sync::OnceLock;
use std::{env, io};

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

/// What the system says of a file or an address. Its own words are English.
pub(crate) fn of_system(error: &io::Error) -> String {
    let chinese = in_chinese(error).filter(|_| current() == Language::Zh);
    chinese.map_or_else(|| error.to_string(), str::to_owned)
}

fn in_chinese(error: &io::Error) -> Option<&'static str> {
    match error.kind() {
        // A text of this program's own, which is in its language already.
        _ if error.raw_os_error().is_none() => None,
        io::ErrorKind::NotFound => Some("文件或目录不存在"),
        io::ErrorKind::PermissionDenied => Some("没有权限"),
        io::ErrorKind::AlreadyExists => Some("已经存在"),
        io::ErrorKind::IsADirectory => Some("是目录，不是文件"),
        io::ErrorKind::NotADirectory => Some("路径中有一段不是目录"),
        io::ErrorKind::ReadOnlyFilesystem => Some("文件系统是只读的"),
        io::ErrorKind::StorageFull => Some("磁盘已满"),
        io::ErrorKind::FileTooLarge => Some("文件过大"),
        io::ErrorKind::BrokenPipe => Some("管道已断开"),
        io::ErrorKind::AddrInUse => Some("地址已被占用"),
        io::ErrorKind::AddrNotAvailable => Some("本机没有该地址"),
        _ => None,
    }
}

/// The same of a file that is to be read, which may have another name.
pub(crate) fn of_input(error: &io::Error) -> String {
    match (error.kind(), env::current_dir()) {
        (io::ErrorKind::NotFound, Ok(folder)) => {
            let folder = folder.display();
            say!(
                "there is no such file: check its name (a relative one begins at {folder})",
                "没有这个文件：请检查名称（相对路径从 {folder} 开始）"
            )
        }
        _ => of_system(error),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn what_the_system_says_has_its_chinese_words_and_what_this_program_says_keeps_its_own() {
        for (number, expected) in [
            (2, Some("文件或目录不存在")),
            (13, Some("没有权限")),
            (17, Some("已经存在")),
            (20, Some("路径中有一段不是目录")),
            (21, Some("是目录，不是文件")),
            (27, Some("文件过大")),
            (28, Some("磁盘已满")),
            (30, Some("文件系统是只读的")),
            (32, Some("管道已断开")),
            (98, Some("地址已被占用")),
            (99, Some("本机没有该地址")),
            (5, None),
        ] {
            let error = io::Error::from_raw_os_error(number);
            assert_eq!(in_chinese(&error), expected, "{error}");
        }
        assert_eq!(in_chinese(&io::Error::new(io::ErrorKind::NotFound, "x")), None);
    }
}
