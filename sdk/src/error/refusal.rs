//! The message of a call that WeChat refused, in each language.
//!
//! ```text
//! 40164 (IP not on the white list), "invalid ip 1.2.3.4": add this program's public IP address to ..
//! 40164（IP 不在白名单中），"invalid ip 1.2.3.4"：请把本程序的公网 IP 地址加入账号的 IP 白名单
//! ```
//!
//! The Chinese message is composed only when it is requested, and nothing else refers to its texts: a
//! program that never requests it contains none of them.

use crate::endpoint::{CodeClass, Operation, ReturnCode, ReturnCodes, Security};

/// A return code, and what an administrator can do about it.
type Advice = &'static [(i64, &'static str)];

/// The texts of a language.
struct Texts {
    /// The meaning of a code that is not documented.
    unknown: &'static str,
    before_meaning: &'static str,
    after_meaning: &'static str,
    before_message: &'static str,
    before_advice: &'static str,
    advice: Advice,
    /// The advice for calls that are sent with a token: the token need not have been fetched with a
    /// secret.
    token_advice: Advice,
}

static ENGLISH: Texts = Texts {
    unknown: "an unknown return code",
    before_meaning: " (",
    after_meaning: ")",
    before_message: ", \"",
    before_advice: ": ",
    advice: &[
        (40_001, "check the secret"),
        (40_002, "this is a bug of the client: please report it"),
        (40_013, "check the appid"),
        (40_125, "check the secret: it may have been reset on the account's administration page"),
        (40_164, "add this program's public IP address to the account's IP white list"),
        (40_243, "the secret is frozen: unfreeze it on the account's administration page"),
        (41_002, "the appid is missing"),
        (41_004, "the secret is missing"),
        (89_501, "an administrator has to confirm this IP address: a request for it is open"),
        (89_503, "an administrator has to confirm this IP address"),
        (89_506, "an administrator has refused this IP address: try again in 24 hours"),
        (89_507, "an administrator has refused this IP address: try again in an hour"),
    ],
    token_advice: &[
        (40_001, "check whether another program fetches tokens for this account"),
        (41_001, "a token was sent: check the proxies and gateways on the way"),
    ],
};

static CHINESE: Texts = Texts {
    unknown: "未知的返回码",
    before_meaning: "（",
    after_meaning: "）",
    before_message: "，\"",
    before_advice: "：",
    advice: &[
        (40_001, "请检查密钥"),
        (40_002, "这是客户端的错误，请报告给维护者"),
        (40_013, "请检查 AppID"),
        (40_125, "请检查密钥：它可能已在公众平台上重置"),
        (40_164, "请把本程序的公网 IP 地址加入账号的 IP 白名单"),
        (40_243, "密钥已被冻结：请在公众平台上解冻"),
        (41_002, "缺少 AppID"),
        (41_004, "缺少密钥"),
        (89_501, "需要管理员确认这个 IP 地址：已有待处理的请求"),
        (89_503, "需要管理员确认这个 IP 地址"),
        (89_506, "管理员拒绝了这个 IP 地址：请在 24 小时后再试"),
        (89_507, "管理员拒绝了这个 IP 地址：请在 1 小时后再试"),
    ],
    token_advice: &[
        (40_001, "请检查是否有其他程序在为该账号获取令牌"),
        (41_001, "令牌已经发送：请检查途中的代理和网关"),
    ],
};

/// A refusal, as WeChat put it.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) operation: &'static Operation,
    pub(crate) code: ReturnCode,
    pub(crate) class: CodeClass,
    /// What WeChat says, without secrets.
    pub(crate) message: String,
}

impl Refusal {
    pub(crate) fn new(operation: &'static Operation, code: i64, message: String) -> Self {
        let entry = operation.return_codes.get(code);
        let class = entry.map_or(CodeClass::Other, |entry| entry.class);
        Self { operation, code: ReturnCode::new(code), class, message }
    }

    /// The request id at the message's end: `… rid: 6141b79a-7c6e812d-5514c622`.
    pub(crate) fn rid(&self) -> Option<&str> {
        let (_, rest) = self.message.rsplit_once("rid:")?;
        let ends = |c: char| !c.is_ascii_alphanumeric() && c != '-';
        let rid = rest.trim_start().split(ends).next()?;
        (!rid.is_empty() && rid.len() <= 64).then_some(rid)
    }

    /// Whether the operation is one that a token is fetched by.
    pub(crate) fn proves_identity(&self) -> bool {
        self.operation.security == Security::None
    }

    pub(crate) fn english(&self) -> String {
        let entry = self.operation.return_codes.get(self.code.value());
        self.described(&ENGLISH, entry.map(|entry| entry.meaning))
    }

    /// The SDK's own operations refer to a table without Chinese, so the table with Chinese is searched too.
    pub(super) fn chinese(&self) -> String {
        let tables = [self.operation.return_codes, crate::generated::RETURN_CODES];
        let entry = |table: &ReturnCodes| table.get(self.code.value());
        let meaning = tables.into_iter().find_map(|table| entry(table)?.meaning_zh);
        self.described(&CHINESE, meaning)
    }

    /// Whether an administrator can do something about it.
    pub(crate) fn has_advice(&self) -> bool {
        self.advice(&ENGLISH).is_some()
    }

    /// Whether another API uses the number for something of its own.
    fn means_something_else(&self) -> bool {
        let class = |table: &ReturnCodes| table.get(self.code.value()).map(|entry| entry.class);
        let class_here = class(self.operation.return_codes);
        class_here.is_some() && class_here != class(crate::generated::RETURN_CODES)
    }

    fn described(&self, texts: &Texts, meaning: Option<&str>) -> String {
        let meaning = meaning.unwrap_or(texts.unknown).trim_end_matches(['.', '。']);
        let mut text = self.code.to_string();
        text.extend([texts.before_meaning, meaning, texts.after_meaning]);
        if !self.message.is_empty() {
            text.extend([texts.before_message, &self.message, "\""]);
        }
        if let Some(advice) = self.advice(texts) {
            text.extend([texts.before_advice, advice]);
        }
        text
    }

    fn advice(&self, texts: &Texts) -> Option<&'static str> {
        if self.means_something_else() {
            return None;
        }
        let with_token = match self.operation.security {
            Security::AccessToken => texts.token_advice,
            Security::None => &[],
        };
        let all = with_token.iter().chain(texts.advice);
        all.copied().find(|(known, _)| *known == self.code.value()).map(|(_, advice)| advice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::{Endpoint, Method};
    use crate::generated::{GetCouponPlacement, RETURN_CODES};

    const CODES: &ReturnCodes = crate::__return_codes! { 7 Other "seven." "七。"; };
    const FOREIGN: &Operation = &Operation::new("call", Method::Post, "/c").return_codes(CODES);

    fn refused(operation: &'static Operation, code: i64) -> Refusal {
        Refusal::new(operation, code, "no".to_owned())
    }

    #[test]
    fn a_refusal_is_reported_in_both_languages_by_the_operations_table() {
        let refused = refused(FOREIGN, 7);
        assert_eq!(refused.english(), "7 (seven), \"no\"");
        assert_eq!(refused.chinese(), "7（七），\"no\"");
    }

    #[test]
    fn what_an_operation_does_not_say_in_chinese_the_sdks_table_does() {
        let own = GetCouponPlacement::OPERATION;
        for entry in RETURN_CODES.iter().filter(|entry| entry.code != 0) {
            let meaning = entry.meaning_zh.unwrap_or("未知的返回码").trim_end_matches('。');
            let said = refused(own, entry.code).chinese();
            assert!(said.starts_with(&format!("{}（{meaning}）", entry.code)), "{said}");
            assert!(own.return_codes.get(entry.code).is_some_and(|own| own.meaning_zh.is_none()));
        }
        assert_eq!(refused(own, 1).chinese(), "1（未知的返回码），\"no\"");
    }

    #[test]
    fn what_helps_is_reported_in_both_languages_and_depends_on_whether_a_token_was_sent() {
        const TOKEN: &Operation = &Operation::new("token", Method::Post, "/t").without_token();
        let [sent, fetched] = [FOREIGN, TOKEN].map(|operation| {
            let advice = (40_000..90_000).filter_map(|code| {
                let refused = refused(operation, code);
                let [english, chinese] = [&ENGLISH, &CHINESE].map(|words| refused.advice(words));
                assert_eq!(refused.has_advice(), english.is_some(), "{code}");
                assert_eq!(english.is_some(), chinese.is_some(), "{code}");
                Some((code, english?, chinese?))
            });
            advice.collect::<Vec<_>>()
        });
        let address = "an administrator has to confirm this IP address";
        assert_eq!(
            fetched,
            [
                (40_001, "check the secret", "请检查密钥"),
                (
                    40_002,
                    "this is a bug of the client: please report it",
                    "这是客户端的错误，请报告给维护者"
                ),
                (40_013, "check the appid", "请检查 AppID"),
                (
                    40_125,
                    "check the secret: it may have been reset on the account's administration page",
                    "请检查密钥：它可能已在公众平台上重置",
                ),
                (
                    40_164,
                    "add this program's public IP address to the account's IP white list",
                    "请把本程序的公网 IP 地址加入账号的 IP 白名单",
                ),
                (
                    40_243,
                    "the secret is frozen: unfreeze it on the account's administration page",
                    "密钥已被冻结：请在公众平台上解冻",
                ),
                (41_002, "the appid is missing", "缺少 AppID"),
                (41_004, "the secret is missing", "缺少密钥"),
                (
                    89_501,
                    &*format!("{address}: a request for it is open"),
                    "需要管理员确认这个 IP 地址：已有待处理的请求",
                ),
                (89_503, address, "需要管理员确认这个 IP 地址"),
                (
                    89_506,
                    "an administrator has refused this IP address: try again in 24 hours",
                    "管理员拒绝了这个 IP 地址：请在 24 小时后再试",
                ),
                (
                    89_507,
                    "an administrator has refused this IP address: try again in an hour",
                    "管理员拒绝了这个 IP 地址：请在 1 小时后再试",
                ),
            ]
        );
        let mut expected = fetched;
        expected[0] = (
            40_001,
            "check whether another program fetches tokens for this account",
            "请检查是否有其他程序在为该账号获取令牌",
        );
        expected.insert(
            6,
            (
                41_001,
                "a token was sent: check the proxies and gateways on the way",
                "令牌已经发送：请检查途中的代理和网关",
            ),
        );
        assert_eq!(sent, expected);
        let refused = refused(FOREIGN, 41_001);
        assert!(
            refused
                .english()
                .ends_with(", \"no\": a token was sent: check the proxies and gateways on the way")
        );
        assert!(refused.chinese().ends_with("，\"no\"：令牌已经发送：请检查途中的代理和网关"));
    }

    #[test]
    fn a_refusal_without_a_message_says_its_meaning_alone() {
        let refused = Refusal::new(FOREIGN, 7, String::new());
        assert_eq!((&*refused.english(), &*refused.chinese()), ("7 (seven)", "7（七）"));
    }
}
