//! What the service says of the account: credentials, white list, plug-in, stores and cards.

use std::net::IpAddr;

use wechat_bizwifi::{
    CardReviewStatus, Client, Error, ErrorKind, ListCards, ListShops, ReturnCode as Code,
};

use super::Finding;
use crate::campaign::read_card;
use crate::demo;
use crate::exit::with_causes;
use crate::language::{counted, say};

/// How many cards are looked at.
const CARDS: i64 = 20;

/// What each of these checks is called.
const CHECKS: [&str; 5] = ["credentials", "white-list", "plug-in", "stores", "cards"];

/// Checks the account, if the service can be reached.
pub(super) async fn check(client: &Client, is_reached: bool) -> Vec<Finding> {
    if !is_reached {
        return CHECKS.map(Finding::skipped).to_vec();
    }
    let shops = shops(client).await;
    let mut findings = access(&shops);
    let is_in = !findings[..2].iter().any(Finding::is_fail);
    findings.push(if is_in { cards(client).await } else { Finding::skipped("cards") });
    findings
}

/// How many stores there are.
async fn shops(client: &Client) -> Result<i64, Error> {
    let request = ListShops::builder().pagesize(1).build()?;
    let page = client.list_shops(&request).await?;
    Ok(page.and_then(|page| page.totalcount).unwrap_or(0))
}

/// The first four checks, of which the first call says how far it got.
fn access(shops: &Result<i64, Error>) -> Vec<Finding> {
    let passed: [fn() -> Finding; 3] = [
        || Finding::ok("credentials", say!("accepted", "有效")),
        || Finding::ok("white-list", say!("this address is on it", "本机地址已在其中")),
        || Finding::ok("plug-in", say!("active", "已开通")),
    ];
    let (failed, finding) = match shops {
        Ok(0) => (3, no_stores()),
        Ok(count) => (3, stores(*count)),
        Err(error) => refused(error),
    };
    let after = CHECKS[..4].iter().skip(failed + 1).map(|check| Finding::skipped(check));
    passed.iter().take(failed).map(|finding| finding()).chain([finding]).chain(after).collect()
}

fn stores(count: i64) -> Finding {
    let counted = counted(count, "store");
    Finding::ok("stores", say!("{counted}", "{count} 家门店"))
}

fn no_stores() -> Finding {
    Finding::fail(
        "stores",
        say!("the account has none", "账号没有门店"),
        say!(
            "stores can no longer be added through the store plug-in since 2024-07-05: ask WeChat's \
             support about the store mini program",
            "自 2024-07-05 起门店插件不能再新增门店：请向微信客服咨询门店小程序"
        ),
    )
}

/// Which check a refusal is about, and what helps.
fn refused(error: &Error) -> (usize, Finding) {
    let text = with_causes(error);
    match error.code() {
        Some(Code::IP_NOT_ON_ALLOW_LIST) => (1, not_listed(&text)),
        Some(Code::WIFI_NOT_ACTIVATED) => {
            let help = say!(
                "activate the plug-in \"WeChat Wi-Fi\" on the official accounts platform \
                 (mp.weixin.qq.com)",
                "请在公众平台（mp.weixin.qq.com）开通“微信连Wi-Fi”插件"
            );
            (2, Finding::fail("plug-in", text, help))
        }
        Some(Code::API_UNAUTHORIZED) => {
            let help = say!(
                "the account has no permission for the Wi-Fi endpoints: it must be a verified \
                 service account with the plug-in \"WeChat Wi-Fi\"",
                "账号无 Wi-Fi 接口权限：须为已认证的服务号，并开通“微信连Wi-Fi”插件"
            );
            (2, Finding::fail("plug-in", text, help))
        }
        Some(
            Code::INVALID_CREDENTIAL
            | Code::INVALID_APPID
            | Code::INVALID_APPSECRET
            | Code::APPSECRET_FROZEN
            | Code::APPID_MISSING
            | Code::APPSECRET_MISSING,
        ) => {
            let help = say!(
                "compare AppID and AppSecret with those on the official accounts platform \
                 (mp.weixin.qq.com, development, basic configuration)",
                "请核对公众平台（mp.weixin.qq.com，开发，基本配置）中的 AppID 与 AppSecret"
            );
            (0, Finding::fail("credentials", text, help))
        }
        Some(Code::DAILY_QUOTA_EXCEEDED | Code::MINUTE_QUOTA_EXCEEDED) => {
            (3, Finding::fail("stores", text, later(error)))
        }
        // Nothing says which of them it is: without a token, nothing else was tried.
        _ if error.kind() == ErrorKind::Auth => {
            (0, Finding::fail("credentials", text, later(error)))
        }
        _ => (3, Finding::fail("stores", text, later(error))),
    }
}

/// What helps where an error is about no check in particular.
fn later(error: &Error) -> String {
    match error.code() {
        Some(Code::DAILY_QUOTA_EXCEEDED | Code::MINUTE_QUOTA_EXCEEDED) => {
            say!("a quota is used up: try again later", "调用额度已用完：请稍后再试")
        }
        _ => say!(
            "try again; if it stays, look at proxy and gateway",
            "请重试；如仍失败，请检查代理与网关"
        ),
    }
}

/// The message names the address that WeChat has seen, which a machine behind a router does not
/// know itself.
fn not_listed(text: &str) -> Finding {
    let mut words =
        text.split(|character: char| character.is_whitespace() || ",[]()".contains(character));
    let address = words.find_map(|word| word.parse::<IpAddr>().ok());
    let address =
        address.map_or_else(|| say!("the address in it", "其中的地址"), |it| it.to_string());
    let help = say!(
        "add {address} to the IP white list of the account (mp.weixin.qq.com, development, basic \
         configuration)",
        "请将 {address} 加入 IP 白名单（mp.weixin.qq.com，开发，基本配置）"
    );
    Finding::fail("white-list", text, help)
}

/// Whether the account has a card that could be placed. Most have none by now.
async fn cards(client: &Client) -> Finding {
    match usable(client).await {
        Ok((0, 0)) => no_cards(say!("the account has none to place", "账号没有可投放的卡券")),
        Ok((0, looked)) => {
            let cards = counted(looked, "card");
            no_cards(say!(
                "of {cards} none has stock and validity left",
                "查看的 {looked} 张卡券均无库存或已过期"
            ))
        }
        Ok((usable, looked)) => Finding::ok(
            "cards",
            say!("{usable} of {looked} can be placed", "查看 {looked} 张，其中 {usable} 张可投放"),
        ),
        Err(error) => {
            let help = match error.code() {
                Some(Code::API_UNAUTHORIZED) => say!(
                    "the card function must be active for the account (48001: it is not)",
                    "账号须开通卡券功能（48001 表示未开通）"
                ),
                _ => later(&error),
            };
            Finding::fail("cards", with_causes(&error), help)
        }
    }
}

fn no_cards(detail: String) -> Finding {
    let help = say!(
        "since 2021-04-01 no new coupon can be created in WeChat's card product: only cards from \
         before, member cards, gift cards and tickets remain",
        "自 2021-04-01 起微信卡券不能再新建优惠券：仅可使用此前创建的卡券、会员卡、礼品卡与票券"
    );
    Finding::fail("cards", detail, help)
}

/// How many of the cards that were looked at can be placed.
async fn usable(client: &Client) -> Result<(u32, u32), Error> {
    let request = ListCards::builder()
        .offset(0)
        .count(CARDS)
        .status_list(vec![CardReviewStatus::Verified, CardReviewStatus::Dispatched])
        .build()?;
    let listed = client.list_cards(&request).await?;
    let (mut usable, mut looked) = (0, 0);
    for card in &listed.card_id_list {
        looked += 1;
        let facts = read_card(client, card.as_str()).await?;
        usable += u32::from(facts.is_some_and(|facts| facts.is_usable(demo::now())));
    }
    Ok((usable, looked))
}

#[cfg(test)]
mod tests {
    use super::super::Health;
    use super::*;
    use crate::failing;

    /// How the first four checks ended, and what helps against what failed.
    fn marks_and_help(shops: &Result<i64, Error>) -> (String, String) {
        let findings = access(shops);
        assert_eq!(findings.iter().map(|it| it.check).collect::<Vec<_>>(), CHECKS[..4]);
        let marks = findings.iter().map(|finding| match finding.health {
            Health::Ok => '+',
            Health::Fail => 'x',
            Health::Skipped => '-',
        });
        let helps: Vec<&str> = findings.iter().map(|finding| finding.help.as_str()).collect();
        (marks.collect(), helps.concat())
    }

    #[tokio::test]
    async fn the_first_call_says_how_far_the_account_gets_and_what_helps() {
        let platform = "on the official accounts platform (mp.weixin.qq.com";
        let secret = format!(
            "compare AppID and AppSecret with those {platform}, development, basic configuration)"
        );
        let verified = "the account has no permission for the Wi-Fi endpoints: it must be a \
                        verified service account with the plug-in \"WeChat Wi-Fi\"";
        let again = "try again; if it stays, look at proxy and gateway";
        let quota = "a quota is used up: try again later";
        for (code, marks, help) in [
            (40001, "x---", &*secret),
            (40013, "x---", &secret),
            (40125, "x---", &secret),
            (40243, "x---", &secret),
            (41002, "x---", &secret),
            (41004, "x---", &secret),
            (89501, "x---", again),
            (
                40164,
                "+x--",
                "add 127.0.0.1 to the IP white list of the account (mp.weixin.qq.com, \
                 development, basic configuration)",
            ),
            (9_002_006, "++x-", &format!("activate the plug-in \"WeChat Wi-Fi\" {platform})")),
            (48001, "++x-", verified),
            (45009, "+++x", quota),
            (45011, "+++x", quota),
            (-1, "+++x", again),
            (40007, "+++x", again),
        ] {
            let error = failing::refused(code).await;
            assert_eq!(marks_and_help(&Err(error)), (marks.to_owned(), help.to_owned()), "{code}");
        }
        let unreached = Err(failing::unreached().await);
        assert_eq!(marks_and_help(&unreached), ("+++x".to_owned(), again.to_owned()));
        let none = "stores can no longer be added through the store plug-in since 2024-07-05: ask \
                    WeChat's support about the store mini program";
        assert_eq!(marks_and_help(&Ok(0)), ("+++x".to_owned(), none.to_owned()));
        for (count, detail) in [(1, "1 store"), (2, "2 stores")] {
            assert_eq!(marks_and_help(&Ok(count)), ("++++".to_owned(), String::new()));
            assert_eq!(access(&Ok(count))[3].detail, detail);
        }
    }

    #[test]
    fn the_address_to_list_is_taken_from_the_message() {
        let finding =
            not_listed("40164: invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist");
        assert!(finding.help.starts_with("add 203.0.113.7 to the IP white list"), "{finding:?}");
        let finding = not_listed("40164: not in whitelist");
        assert!(finding.help.starts_with("add the address in it"), "{finding:?}");
    }
}
