//! The account that a command works for.

use std::path::PathBuf;

use clap::ArgMatches;
use clap::parser::ValueSource;
use wechat_bizwifi::testing::TestServer;
use wechat_bizwifi::{Client, Host};

use crate::exit::{Failure, with_causes};
use crate::language::say;
use crate::{credentials, demo};

/// A client, and whose account it speaks for.
pub(crate) struct Session {
    /// Makes the calls.
    pub(crate) client: Client,
    /// The account's id.
    pub(crate) appid: String,
    /// Where the credentials came from.
    pub(crate) source: String,
    /// Where the API is.
    pub(crate) base_url: String,
    /// The demo's server, which lives as long as the session.
    _server: Option<TestServer>,
}

impl Session {
    /// The account that the options name: a flag counts before the environment, and that before a
    /// file.
    ///
    /// # Errors
    ///
    /// When there are no credentials, or they cannot be used.
    pub(crate) fn begin(given: &ArgMatches) -> Result<Self, Failure> {
        if given.get_flag("demo") {
            return Self::demo(given);
        }
        if names_stores(given) {
            return Err(Failure::usage(say!(
                "--stores says how many stores the demo server has: add --demo, or leave it out",
                "--stores 指定演示服务器的门店数：请加 --demo，或去掉该选项"
            )));
        }
        let named = given.get_one::<PathBuf>("credentials").map(PathBuf::as_path);
        let found = credentials::find(named).map_err(Failure::usage)?;
        let base_url = given.get_one::<String>("base-url").cloned();
        let base_url = base_url.unwrap_or_else(|| Host::default().base_url().to_owned());
        let client = Client::builder(found.credentials).base_url(base_url.as_str()).build();
        let client = client.map_err(|error| Failure::usage(with_causes(&error)))?;
        let (appid, source) = (found.appid, found.source);
        Ok(Self { client, appid, source, base_url, _server: None })
    }

    fn demo(given: &ArgMatches) -> Result<Self, Failure> {
        if let Some(option) = ["base-url", "credentials"].iter().find(|it| given.contains_id(it)) {
            return Err(Failure::usage(say!(
                "--demo has a server and an account of its own: leave out --{option}",
                "--demo 自带服务器与账号：请去掉 --{option}"
            )));
        }
        let stores = given.try_get_one::<u32>("stores").ok().flatten().copied();
        let stores = stores.unwrap_or(demo::STORES);
        let server = demo::start(([127, 0, 0, 1], 0).into(), stores)?;
        let client = server.client_builder().build();
        let client = client.map_err(|error| Failure::usage(with_causes(&error)))?;
        Ok(Self {
            client,
            appid: demo::APPID.to_owned(),
            source: say!("the demo server's account", "演示服务器的账号"),
            base_url: server.base_url().to_owned(),
            _server: Some(server),
        })
    }

    /// What the account is called in journals and plans: an id means another account elsewhere.
    pub(crate) fn account_name(&self) -> String {
        // WeChat's hosts have the same accounts.
        if self.base_url.trim_end_matches('/').ends_with(".weixin.qq.com") {
            self.appid.clone()
        } else {
            format!("{}@{}", self.appid, self.base_url)
        }
    }
}

/// Whether somebody has said how many stores there are: the option has a default.
fn names_stores(given: &ArgMatches) -> bool {
    given.try_contains_id("stores").is_ok_and(|is_known| is_known)
        && given.value_source("stores") == Some(ValueSource::CommandLine)
}

#[cfg(test)]
mod tests {
    use wechat_bizwifi::Auth;

    use super::*;

    #[test]
    fn an_account_is_the_same_at_all_of_wechats_hosts_and_another_elsewhere() {
        for (base_url, expected) in [
            ("https://api.weixin.qq.com", "wx1"),
            ("https://sh.api.weixin.qq.com/", "wx1"),
            ("https://api.weixin.qq.com.example", "wx1@https://api.weixin.qq.com.example"),
            ("http://127.0.0.1:1", "wx1@http://127.0.0.1:1"),
        ] {
            let session = Session {
                client: Client::builder(Auth::fixed("token")).build().unwrap(),
                appid: "wx1".to_owned(),
                source: String::new(),
                base_url: base_url.to_owned(),
                _server: None,
            };
            assert_eq!(session.account_name(), expected);
        }
    }
}
