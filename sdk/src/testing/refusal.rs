//! Refusing a call the way the service does.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde_json::json;

use super::http::Reply;
use crate::generated::RETURN_CODES;

/// A return code other than 0, and what is wrong in particular.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) code: i64,
    /// What stands in place of the code's usual message.
    pub(super) message: Option<String>,
    pub(super) hint: Option<String>,
}

/// For functions whose result is a refusal or nothing.
pub(super) type Outcome<T = ()> = Result<T, Refusal>;

impl Refusal {
    pub(super) fn new(code: i64) -> Self {
        Self { code, message: None, hint: None }
    }

    pub(super) fn because(code: i64, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..Self::new(code) }
    }

    pub(super) fn reply(&self, now: Duration) -> Reply {
        let message = self.message.as_deref().unwrap_or_else(|| message(self.code));
        let hint = self.hint.as_ref().map(|hint| format!(" hint: [{hint}]")).unwrap_or_default();
        let message = format!("{message}{hint} rid: {}", request_id(now));
        Reply::json(Some(self.code), &json!({ "errcode": self.code, "errmsg": message }))
    }
}

/// A code's usual message: the service's own words where they are known.
fn message(code: i64) -> &'static str {
    match code {
        -1 => "system error",
        40001 => "invalid credential, access_token is invalid or not latest",
        40002 => "invalid grant_type",
        40013 => "invalid appid",
        40014 => "invalid access_token",
        40033 => "invalid charset. please check your request, if include \\uxxxx will create fail!",
        40066 => "invalid url",
        40125 => "invalid appsecret",
        40164 => "invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist",
        40221 => "invalid content-encoding",
        40243 => "AppSecret frozen, please unfreeze it on the platform and try again",
        41001 => "access_token missing",
        41002 => "appid missing",
        41004 => "appsecret missing",
        42001 => "access_token expired",
        43001 => "require GET method",
        43002 => "require POST method",
        44002 => "empty post data",
        45009 => "reach max api daily quota limit",
        45011 => "api minute-quota reach limit must slower retry next minute",
        47001 => "data format error",
        9_002_007 => "params missing",
        9_002_008 => "params invalid",
        9_002_009 => "shop id not exist",
        9_008_001 => "card info not exist",
        9_008_002 => "card expiration time is invalid",
        _ => documented(code).unwrap_or("unknown error"),
    }
}

fn documented(code: i64) -> Option<&'static str> {
    RETURN_CODES.get(code).map(|entry| entry.meaning)
}

/// Three groups of eight digits, the first of which is the time, as in the service's ids.
fn request_id(now: Duration) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{:08x}-{:08x}-{count:08x}", now.as_secs() & 0xffff_ffff, fastrand::u32(..))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_carries_its_hint_and_a_request_id_of_its_own() {
        let reply =
            || Refusal::because(9_002_008, "/shop_id: is odd").reply(Duration::from_secs(16));
        let body = String::from_utf8(reply().body.to_vec()).unwrap();
        let start = r#"{"errcode":9002008,"errmsg":"params invalid hint: [/shop_id: is odd] rid: 00000010-"#;
        assert!(body.starts_with(start), "{body}");
        let last_group = || {
            let text = String::from_utf8(reply().body.to_vec()).unwrap();
            text.trim_end_matches("\"}").rsplit('-').next().unwrap().to_owned()
        };
        let (one, other) = (last_group(), last_group());
        assert_eq!((one.len(), other.len()), (8, 8));
        assert_ne!(one, other);
    }

    /// Each code whose words are the service's own; the others are answered as they are described.
    const SAID: [(i64, &str); 26] = [
        (-1, "system error"),
        (40001, "invalid credential, access_token is invalid or not latest"),
        (40002, "invalid grant_type"),
        (40013, "invalid appid"),
        (40014, "invalid access_token"),
        (40033, "invalid charset. please check your request, if include \\uxxxx will create fail!"),
        (40066, "invalid url"),
        (40125, "invalid appsecret"),
        (40164, "invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist"),
        (40221, "invalid content-encoding"),
        (40243, "AppSecret frozen, please unfreeze it on the platform and try again"),
        (41001, "access_token missing"),
        (41002, "appid missing"),
        (41004, "appsecret missing"),
        (42001, "access_token expired"),
        (43001, "require GET method"),
        (43002, "require POST method"),
        (44002, "empty post data"),
        (45009, "reach max api daily quota limit"),
        (45011, "api minute-quota reach limit must slower retry next minute"),
        (47001, "data format error"),
        (9_002_007, "params missing"),
        (9_002_008, "params invalid"),
        (9_002_009, "shop id not exist"),
        (9_008_001, "card info not exist"),
        (9_008_002, "card expiration time is invalid"),
    ];

    #[test]
    fn a_code_is_said_in_the_services_words_or_else_as_it_is_described() {
        let coded = RETURN_CODES.iter().map(|entry| (entry.code, message(entry.code)));
        let own: Vec<_> = coded.filter(|it| Some(it.1) != documented(it.0)).collect();
        assert_eq!(own, SAID);
        assert_eq!(message(123), "unknown error");
    }
}
