//! `doctor`: what stands between an account and a placement, each with what to do about it. Nothing is written
//! anywhere.
//!
//! ```text
//! ok    connection: https://api.weixin.qq.com answers in 41 ms
//! FAIL  white list: WeChat refuses calls from 203.0.113.7
//!       -> add 203.0.113.7 to the IP white list of the account (公众平台 …)
//! -     stores: not checked
//! ```

mod account;
mod network;

use std::io::{self, Write};

use reqwest::Url;
use serde::Serialize;

use crate::exit::{Exit, Failure};
use crate::language::{self, say};
use crate::output::{printable, printed};
use crate::session::Session;

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Health {
    Ok,
    Fail,
    /// It could not be checked, because of an earlier one that failed.
    Skipped,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Finding {
    /// What was checked; the same in every language.
    check: &'static str,
    health: Health,
    detail: String,
    /// What to do; nothing if all is well.
    #[serde(skip_serializing_if = "String::is_empty")]
    help: String,
}

impl Finding {
    fn ok(check: &'static str, detail: impl Into<String>) -> Self {
        Self { check, health: Health::Ok, detail: detail.into(), help: String::new() }
    }

    fn fail(check: &'static str, detail: impl Into<String>, help: impl Into<String>) -> Self {
        Self { check, health: Health::Fail, detail: detail.into(), help: help.into() }
    }

    fn skipped(check: &'static str) -> Self {
        let detail = say!("not checked", "未检查");
        Self { check, health: Health::Skipped, detail, help: String::new() }
    }

    fn is_fail(&self) -> bool {
        self.health == Health::Fail
    }

    /// What people call the check.
    fn title(&self) -> &'static str {
        let chinese = match self.check {
            "account" => "账号",
            "name" => "域名解析",
            "connection" => "连接",
            "clock" => "时钟",
            "credentials" => "凭证",
            "white-list" => "IP 白名单",
            "plug-in" => "微信连Wi-Fi 插件",
            "stores" => "门店",
            _ => "卡券",
        };
        let english = match self.check {
            "name" => "name resolution",
            "white-list" => "white list",
            check => check,
        };
        language::current().say(english, chinese)
    }
}

/// Runs every check.
///
/// # Errors
///
/// When the service's address is not a URL, or nothing can be printed.
pub(crate) async fn run(session: &Session, as_json: bool) -> Result<Exit, Failure> {
    let (appid, source, url) = (&session.appid, &session.source, &session.base_url);
    let whose = say!("{appid} ({source}), at {url}", "{appid}（{source}），{url}");
    let mut findings = vec![Finding::ok("account", whose)];
    let parsed = Url::parse(url).map_err(Failure::usage)?;
    findings.extend(network::check(&parsed, url).await);
    let is_reached = !findings.iter().any(Finding::is_fail);
    findings.extend(account::check(&session.client, is_reached).await);
    printed(if as_json { print_json(&findings) } else { print(&findings) })?;
    let is_ill = findings.iter().any(Finding::is_fail);
    Ok(if is_ill { Exit::SomeFailed } else { Exit::Done })
}

fn print_json(findings: &[Finding]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, findings)?;
    writeln!(out)
}

fn print(findings: &[Finding]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for finding in findings {
        let mark = match finding.health {
            Health::Ok => "ok",
            Health::Fail => "FAIL",
            Health::Skipped => "-",
        };
        let (title, detail) = (finding.title(), printable(&finding.detail));
        let said = say!("{title}: {detail}", "{title}：{detail}");
        writeln!(out, "{mark:4}  {said}")?;
        if !finding.help.is_empty() {
            writeln!(out, "      -> {}", printable(&finding.help))?;
        }
    }
    writeln!(out, "\n{}", standing())
}

/// What has become of the product; the README has the sources.
fn standing() -> String {
    say!(
        "What has changed in the product:\n\
         - Since 2021-04-01 no new coupon can be created in WeChat's card product; existing ones go \
         on.\n\
         - Since 2024-07-05 no store can be added through the store plug-in; the store mini program \
         is named as its successor.\n\
         - Whether the Wi-Fi endpoints still answer every account is not known.",
        "产品变化：\n\
         - 自 2021-04-01 起，微信卡券不能再新建优惠券；已有的可继续使用。\n\
         - 自 2024-07-05 起，门店插件不能再新增门店；官方指引改用门店小程序。\n\
         - 这些 Wi-Fi 接口目前是否对所有账号可用，尚不清楚。"
    )
}
