//! Whose account it is: from the environment, or from a file that only its owner may read. Never
//! from an argument, which every user of the machine could see.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use wechat_bizwifi::Credentials;

use crate::language::{self, say};
use crate::text::decoded;

/// The variables of the account's id and secret.
pub(crate) const OWN: [&str; 2] = ["WECHAT_BIZWIFI_APPID", "WECHAT_BIZWIFI_SECRET"];
/// Those of the SDK's examples, which count where the first ones are not set.
pub(crate) const SHORT: [&str; 2] = ["WECHAT_APPID", "WECHAT_SECRET"];

/// Credentials, and where they came from.
pub(crate) struct Found {
    /// The account's id.
    pub(crate) appid: String,
    /// The credentials.
    pub(crate) credentials: Credentials,
    /// Where they came from, for people to read.
    pub(crate) source: String,
}

/// What a file holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    appid: String,
    secret: String,
}

/// Finds credentials: in the file that was named, else in the environment, else in the user's own
/// file.
///
/// # Errors
///
/// When there are none, or others may read the file.
pub(crate) fn find(named: Option<&Path>) -> Result<Found, String> {
    if let Some(path) = named {
        return from_file(path);
    }
    if let Some(found) = [OWN, SHORT].into_iter().find_map(from_environment) {
        return found;
    }
    let own_file = own_file();
    match &own_file {
        Some(path) if path.exists() => from_file(path),
        _ => Err(missing(own_file.as_deref())),
    }
}

/// What these variables say, if one of them is set.
fn from_environment([appid, secret]: [&str; 2]) -> Option<Result<Found, String>> {
    let half = |set, missing| {
        Err(say!("{set} is set, and {missing} is not", "已设置 {set}，但未设置 {missing}"))
    };
    match (env::var(appid), env::var(secret)) {
        (Ok(id), Ok(value)) => Some(Ok(found(&id, &value, format!("{appid}, {secret}")))),
        (Ok(_), Err(_)) => Some(half(appid, secret)),
        (Err(_), Ok(_)) => Some(half(secret, appid)),
        (Err(_), Err(_)) => None,
    }
}

fn found(appid: &str, secret: &str, source: String) -> Found {
    let (appid, secret) = (appid.trim().to_owned(), secret.trim().to_owned());
    Found { credentials: Credentials::new(appid.as_str(), secret), appid, source }
}

fn missing(own_file: Option<&Path>) -> String {
    let file = own_file.map_or_else(String::new, |path| {
        let path = path.display();
        say!(
            ", or write {{\"appid\": …, \"secret\": …}} to {path}",
            "，或将 {{\"appid\": …, \"secret\": …}} 写入 {path}"
        )
    });
    let [appid, secret] = OWN;
    say!(
        "no credentials: set {appid} and {secret}{file}; without an account, add --demo to try it \
         all against a server of this program's own",
        "没有凭证：请设置 {appid} 与 {secret}{file}；没有账号时可加 --demo，连接本程序自带的服务器试用"
    )
}

/// The user's own file.
fn own_file() -> Option<PathBuf> {
    let configuration = env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
    let home = || env::var_os("HOME").map(|home| Path::new(&home).join(".config"));
    Some(configuration.or_else(home)?.join("wechat-bizwifi").join("credentials.json"))
}

fn from_file(path: &Path) -> Result<Found, String> {
    let shown = path.display();
    refuse_readable_by_others(path)?;
    let text = fs::read(path).and_then(|bytes| decoded(&bytes));
    let text = text.map_err(|error| format!("{shown}: {}", language::of_input(&error)))?;
    // The parser's own message may show what is in the file.
    let file: File = serde_json::from_str(&text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        say!(
            "{shown}:{line}:{column}: must be {{\"appid\": \"…\", \"secret\": \"…\"}}",
            "{shown}:{line}:{column}：应为 {{\"appid\": \"…\", \"secret\": \"…\"}}"
        )
    })?;
    Ok(found(&file.appid, &file.secret, shown.to_string()))
}

/// The bits of a mode that are not its owner's.
#[cfg(unix)]
const OTHERS: u32 = 0o077;

#[cfg(unix)]
fn refuse_readable_by_others(path: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt as _;
    let shown = path.display();
    let facts =
        fs::metadata(path).map_err(|error| format!("{shown}: {}", language::of_input(&error)))?;
    let mode = facts.permissions().mode() & 0o777;
    if mode & OTHERS == 0 {
        return Ok(());
    }
    Err(say!(
        "{shown} can be read by others (mode {mode:o}): chmod 600 {shown}",
        "{shown} 可被他人读取（权限 {mode:o}）：请执行 chmod 600 {shown}"
    ))
}

#[cfg(not(unix))]
fn refuse_readable_by_others(_: &Path) -> Result<(), String> {
    Ok(())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn file(text: &str, mode: u32) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), text).unwrap();
        fs::set_permissions(file.path(), fs::Permissions::from_mode(mode)).unwrap();
        file
    }

    #[test]
    fn a_file_of_ones_own_is_read() {
        let file = file("\u{feff}{\"appid\": \"wx1\", \"secret\": \"s3cret\\n\"}", 0o600);
        let found = find(Some(file.path())).unwrap();
        assert_eq!(found.appid, "wx1");
    }

    #[test]
    fn a_file_that_others_may_read_is_refused_with_what_to_do() {
        let file = file(r#"{"appid": "wx1", "secret": "s3cret"}"#, 0o644);
        let error = find(Some(file.path())).err().unwrap();
        assert!(error.contains("mode 644") && error.contains("chmod 600"), "{error}");
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said_without_what_is_in_it() {
        let file = file(r#"{"appid": "wx1", "s3cret": 1}"#, 0o600);
        let error = find(Some(file.path())).err().unwrap();
        assert!(error.contains("must be") && !error.contains("s3cret"), "{error}");
    }
}
