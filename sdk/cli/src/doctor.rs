//! `doctor`: what stands between an account and a placement, each with its cure.

use std::io::{self, Write};

use wechat_bizwifi::{Client, Error, ErrorKind, ListCards, ListShops, ReturnCode};

use crate::exit::{Exit, Failure};
use crate::language::Language;

/// What a check found.
struct Finding {
    name: &'static str,
    /// What is wrong and what to do; nothing if all is well.
    problem: Option<String>,
    /// What is worth knowing all the same.
    detail: String,
}

/// Runs every check. Nothing is written anywhere.
///
/// # Errors
///
/// When nothing can be printed.
pub(crate) async fn run(
    client: &Client,
    source: &str,
    language: Language,
) -> Result<Exit, Failure> {
    let shops = shops(client, language).await;
    let reached = !matches!(&shops, Err(error) if error.kind() == ErrorKind::Connect);
    let mut findings = vec![Finding {
        name: language.say("credentials from", "凭证来源"),
        problem: None,
        detail: source.to_owned(),
    }];
    findings.push(connection(&shops, language));
    if reached {
        findings.push(access(&shops, language));
        findings.push(cards(client, language).await);
    }
    let mut out = io::stdout().lock();
    for finding in &findings {
        let mark = if finding.problem.is_some() { "FAIL" } else { "ok" };
        let text = finding.problem.as_ref().unwrap_or(&finding.detail);
        writeln!(out, "{mark:4} {}: {text}", finding.name).map_err(Failure::stopped)?;
    }
    writeln!(out, "\n{}", standing(language)).map_err(Failure::stopped)?;
    let failed = findings.iter().any(|finding| finding.problem.is_some());
    Ok(if failed { Exit::SomeFailed } else { Exit::Done })
}

async fn shops(client: &Client, language: Language) -> Result<String, Error> {
    let request = ListShops::builder().pagesize(1).build()?;
    let page = client.list_shops(&request).await?;
    let count = page.and_then(|page| page.totalcount).unwrap_or(0);
    Ok(format!("{count} {}", language.say("stores", "家门店")))
}

/// Name resolution, TLS, proxy and clock: the error says which of them it is.
fn connection(shops: &Result<String, Error>, language: Language) -> Finding {
    let problem = match shops {
        Err(error) if matches!(error.kind(), ErrorKind::Connect | ErrorKind::Timeout) => {
            Some(error.to_string())
        }
        _ => None,
    };
    let name = language.say("connection", "连接");
    Finding { name, problem, detail: language.say("reached", "可达").to_owned() }
}

/// Credentials, the list of allowed addresses, and the plug-in.
fn access(shops: &Result<String, Error>, language: Language) -> Finding {
    let name = language.say("account and stores", "账号与门店");
    match shops {
        Ok(detail) => Finding { name, problem: None, detail: detail.clone() },
        Err(error) => {
            let cure = match error.code().map(ReturnCode::value) {
                Some(40164) => language.say(
                    "add the address above to the account's IP white list",
                    "请把上述地址加入公众号的 IP 白名单",
                ),
                Some(9_002_006) => language.say(
                    "activate the plug-in \"WeChat Wi-Fi\" on the official accounts platform",
                    "请在公众平台开通“微信连Wi-Fi”插件",
                ),
                _ => "",
            };
            Finding { name, problem: Some(format!("{error} {cure}")), detail: String::new() }
        }
    }
}

async fn cards(client: &Client, language: Language) -> Finding {
    let name = language.say("cards", "卡券");
    let listed = async {
        let request = ListCards::builder().offset(0).count(50).build()?;
        client.list_cards(&request).await
    };
    match listed.await {
        Ok(page) if page.card_id_list.is_empty() => Finding {
            name,
            problem: Some(
                language.say("the account has no card to place", "账号没有可投放的卡券").to_owned(),
            ),
            detail: String::new(),
        },
        Ok(page) => Finding { name, problem: None, detail: page.total_num.to_string() },
        Err(error) => Finding { name, problem: Some(error.to_string()), detail: String::new() },
    }
}

/// What has become of the product; the README has the sources.
fn standing(language: Language) -> &'static str {
    language.say(
        "Since 2021-04-01 no new coupon can be created in WeChat's card product; existing ones go \
         on.\nSince 2024-07-05 no store can be added through the store plug-in.\nWhether the Wi-Fi \
         endpoints still answer every account is not known.",
        "自 2021-04-01 起，微信卡券不能再新建优惠券；已有的可继续使用。\n自 2024-07-05 起，门店插件不能再新增门店。\n\
         这些 Wi-Fi 接口目前是否对所有账号可用，尚不清楚。",
    )
}
