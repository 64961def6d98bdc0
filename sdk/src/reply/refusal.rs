//! The errors of calls: of a refusal, of a reply that cannot be read, and of one that does not come.
//!
//! ```text
//! {"errcode":45011}       Throttled, retryable
//! {"errcode":40001}       Auth
//! {"errcode":0,"data":7}  Decode: the reply cannot be read at /data
//! ```

use std::time::Duration;

use super::redact::Redactor;
use crate::endpoint::{CodeClass, DecodeError, Operation};
use crate::error::{Error, ErrorKind, Refusal};
use crate::retry::is_transient;

/// Whether the token is what was refused, so that another one may help.
pub(crate) fn is_of_token(error: &Error) -> bool {
    error.class() == Some(CodeClass::Token)
}

/// A reply that refuses the call.
pub(crate) fn error(
    operation: &'static Operation,
    code: i64,
    message: Option<&str>,
    redactor: Redactor<'_>,
) -> Error {
    let message = message.map(|message| redactor.message(message)).unwrap_or_default();
    let refusal = Refusal::new(operation, code, message);
    let retryable = is_transient(refusal.code, refusal.class);
    Error::new(kind(&refusal), refusal.english()).refused(refusal).retryable(retryable)
}

/// A reply that is not what the description says, or that was cut on its way: without a length, HTTP
/// does not show where a reply ends, and a gateway may have passed on what it got.
pub(crate) fn unreadable(error: &DecodeError, body: &[u8], redactor: Redactor<'_>) -> Error {
    let (kind, english, chinese) = if error.is_cut {
        (ErrorKind::Transport, "the reply breaks off", "回复不完整")
    } else {
        (ErrorKind::Decode, "the reply cannot be read", "无法读取回复")
    };
    let [at, space] = if error.path.is_empty() { ["", ""] } else { [" at ", " "] };
    let path = redactor.message(&error.path);
    let detail = redactor.message(&error.detail);
    let excerpt = redactor.excerpt(body);
    let message = format!("{english}{at}{path}: {detail}, in `{excerpt}`");
    let chinese = format!("{chinese}{space}{path}：{detail}，位于 `{excerpt}`");
    Error::new(kind, message).in_chinese(chinese).retryable(error.is_cut).maybe_sent()
}

/// An attempt that took too long. The request may have been sent.
pub(crate) fn no_reply_within(limit: Duration) -> Error {
    let message = format!("no reply within {limit:?}");
    let chinese = format!("在 {limit:?} 内没有收到回复");
    Error::new(ErrorKind::Timeout, message).in_chinese(chinese).retryable(true).maybe_sent()
}

/// An attempt that was not begun.
pub(crate) fn no_time_left() -> Error {
    let error = Error::new(ErrorKind::Timeout, "the time limit of the call has passed");
    error.in_chinese("调用的时间已用完").retryable(true)
}

fn kind(refusal: &Refusal) -> ErrorKind {
    match refusal.class {
        CodeClass::RateLimit => ErrorKind::Throttled,
        CodeClass::Token | CodeClass::Credential => ErrorKind::Auth,
        CodeClass::Permission if refusal.proves_identity() => ErrorKind::Auth,
        _ if refusal.has_advice() => ErrorKind::Auth,
        _ => ErrorKind::Api,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::{Endpoint, Method, ReturnCode, ReturnCodes};
    use crate::generated::GetCouponPlacement;
    use crate::language::Language;

    const CODES: &ReturnCodes = crate::__return_codes! {
        -1 Busy "busy";
        40001 Token "token invalid";
        40164 Permission "IP not on the white list";
        45009 RateLimit "daily quota" "当天额度已用完。";
        48001 Permission "lacks this API";
        9_008_001 NotFound "no such card" "没有此卡券。";
    };
    const CALL: &Operation = &Operation::new("call", Method::Post, "/c").return_codes(CODES);
    const TOKEN: &Operation =
        &Operation::new("token", Method::Post, "/t").without_token().return_codes(CODES);

    fn refused(operation: &'static Operation, code: i64, message: &str) -> Error {
        error(operation, code, Some(message), Redactor::new(operation))
    }

    #[test]
    fn what_no_reply_came_of_is_reported_in_both_languages() {
        let unreadable = |path: &str, is_cut| {
            let error = DecodeError { path: path.to_owned(), detail: "is none".to_owned(), is_cut };
            unreadable(&error, b"[1, 2]", Redactor::new(CALL))
        };
        let limit = Duration::from_millis(1500);
        for (error, kind, [sent, retryable], english, chinese) in [
            (
                unreadable("/a/0", false),
                ErrorKind::Decode,
                [true, false],
                "the reply cannot be read at /a/0: is none, in `[1, 2]`",
                "无法读取回复 /a/0：is none，位于 `[1, 2]`",
            ),
            (
                unreadable("/a/0", true),
                ErrorKind::Transport,
                [true, true],
                "the reply breaks off at /a/0: is none, in `[1, 2]`",
                "回复不完整 /a/0：is none，位于 `[1, 2]`",
            ),
            (
                unreadable("", false),
                ErrorKind::Decode,
                [true, false],
                "the reply cannot be read: is none, in `[1, 2]`",
                "无法读取回复：is none，位于 `[1, 2]`",
            ),
            (
                no_reply_within(limit),
                ErrorKind::Timeout,
                [true, true],
                "no reply within 1.5s",
                "在 1.5s 内没有收到回复",
            ),
            (
                no_time_left(),
                ErrorKind::Timeout,
                [false, true],
                "the time limit of the call has passed",
                "调用的时间已用完",
            ),
        ] {
            assert_eq!((error.kind(), &*error.to_string()), (kind, english));
            assert_eq!(error.message_in(Language::Zh), chinese);
            assert_eq!([error.may_have_been_sent(), error.is_retryable()], [sent, retryable]);
        }
    }

    #[test]
    fn the_kind_follows_from_the_codes_class() {
        let kind = |operation, code| refused(operation, code, "").kind();
        assert_eq!(kind(CALL, -1), ErrorKind::Api);
        assert_eq!(kind(CALL, 40_001), ErrorKind::Auth);
        assert_eq!(kind(CALL, 45_009), ErrorKind::Throttled);
        assert_eq!(kind(CALL, 48_001), ErrorKind::Api);
        assert_eq!(kind(TOKEN, 48_001), ErrorKind::Auth);
        assert_eq!(kind(CALL, 9_008_001), ErrorKind::Api);
    }

    #[test]
    fn what_an_administrator_can_correct_is_of_the_kind_auth_whatever_its_class() {
        for code in [40_002, 40_164, 41_001, 41_002, 41_004, 89_501, 89_503, 89_506, 89_507] {
            assert_eq!(refused(CALL, code, "").kind(), ErrorKind::Auth, "{code}");
        }
    }

    #[test]
    fn a_refused_token_says_nothing_of_a_secret_that_there_may_not_be() {
        for code in [40_001, 40_014, 41_001, 42_001] {
            let text = refused(CALL, code, "").to_string();
            assert!(!text.contains("secret"), "{text}");
        }
        assert!(refused(TOKEN, 40_001, "").to_string().contains("check the secret"));
    }

    #[test]
    fn an_unknown_code_is_kept_and_not_repeated() {
        let error = refused(CALL, 1_234_567, "what");
        assert_eq!(error.code(), Some(ReturnCode::new(1_234_567)));
        assert_eq!(error.class(), Some(CodeClass::Other));
        assert!(!error.is_retryable());
        assert_eq!(error.to_string(), "1234567 (an unknown return code), \"what\"");
    }

    #[test]
    fn a_refused_address_is_shown_with_what_to_do_about_it() {
        let message = "invalid ip 1.2.3.4, not in whitelist rid: 6141b79a-7c6e812d-5514c622";
        let error = refused(TOKEN, 40_164, message);
        assert_eq!(error.kind(), ErrorKind::Auth);
        assert_eq!(error.rid(), Some("6141b79a-7c6e812d-5514c622"));
        assert_eq!(
            error.to_string(),
            format!(
                "40164 (IP not on the white list), \"{message}\": add this program's public IP \
                 address to the account's IP white list"
            )
        );
    }

    #[test]
    fn a_request_id_is_found_before_a_hint_and_not_made_up() {
        let rid =
            |message: &str| Refusal::new(CALL, 1, message.to_owned()).rid().map(ToOwned::to_owned);
        assert_eq!(rid("x rid: 1a-2b hint: [abc]").as_deref(), Some("1a-2b"));
        assert_eq!(rid("x rid:1a-2b").as_deref(), Some("1a-2b"));
        assert_eq!(rid("a grid of things"), None);
        assert_eq!(rid("rid: "), None);
        assert_eq!(rid("what rid: 1 said rid: 2b").as_deref(), Some("2b"), "the last one");
        let longest = "a".repeat(64);
        assert_eq!(rid(&format!("rid: {longest}")), Some(longest.clone()));
        assert_eq!(rid(&format!("rid: {longest}a")), None);
    }

    #[test]
    fn four_codes_of_wechats_and_no_others_mean_another_token() {
        let ours = GetCouponPlacement::OPERATION;
        let is_of_token = |code: &i64| is_of_token(&refused(ours, *code, ""));
        let codes = ours.return_codes.iter().map(|entry| entry.code);
        let found: Vec<i64> = codes.filter(is_of_token).collect();
        assert_eq!(found, [40_001, 40_014, 41_001, 42_001]);
    }

    #[test]
    fn a_code_that_an_api_describes_otherwise_means_nothing_of_wechats() {
        const CODES: &ReturnCodes = crate::__return_codes! {
            40001 NotFound "no such parcel";
            40013 InvalidArgument "no such street";
            45011 NotFound "no such depot";
        };
        const FOREIGN: &Operation = &Operation::new("call", Method::Post, "/c").return_codes(CODES);
        for (code, text) in [
            (40_001, "40001 (no such parcel), \"no\""),
            (40_013, "40013 (no such street), \"no\""),
            (45_011, "45011 (no such depot), \"no\""),
        ] {
            let error = refused(FOREIGN, code, "no");
            assert_eq!((error.kind(), &*error.to_string()), (ErrorKind::Api, text));
            assert_eq!(error.service_message(), Some("no"));
            assert_eq!(Error::no_token(&error).service_message(), Some("no"));
            assert!(!is_of_token(&error) && !error.is_retryable(), "{error:?}");
        }
    }
}
