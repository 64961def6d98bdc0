//! Checks the status of a reply, and the first byte of its body. The Content-Type does not count.
//!
//! ```text
//! 201                     an empty reply: below 300 the body decides
//! 407                     the proxy requires a password
//! 503 <html>…             an error by its status
//! ```

use wechat_bizwifi_rules::message::Arg::{self, Text};
use wechat_bizwifi_rules::message::{
    COMPRESSED, EMPTY_REPLY, EMPTY_REPLY_WITH, Message, PAGE, PROXY_PASSWORD, REDIRECT, STATUS,
    STATUS_SINCE, STATUS_WITH,
};

use super::redact::Redactor;
use crate::endpoint::CodeClass;
use crate::error::{Error, ErrorKind};
use crate::text::without_marks;
use crate::transport::Incoming;

/// The error for a body that is no JSON at all: empty, a page, or compressed. `Ok` for any other body.
pub(super) fn check_body(reply: &Incoming, redactor: Redactor<'_>) -> Result<(), Error> {
    match first_byte(&reply.body) {
        None if reply.status == 200 => Err(unreadable(EMPTY_REPLY)),
        None => Err(unreadable(EMPTY_REPLY_WITH.with([Text(&reply.status)]))),
        Some(b'<') => Err(unreadable(PAGE.with([Text(&redactor.excerpt(&reply.body))]))),
        // The first byte of gzip.
        Some(b'\x1F') => Err(unreadable(COMPRESSED).retryable(false)),
        Some(_) => Ok(()),
    }
}

/// The error for a reply of which only the status can be understood.
pub(super) fn by_status(reply: &Incoming, redactor: Redactor<'_>) -> Error {
    let status = reply.status;
    let kind = if status == 429 { ErrorKind::Throttled } else { ErrorKind::Http };
    let excerpt = redactor.excerpt(&reply.body);
    let since = |why| STATUS_SINCE.with([Text(&status), Arg::Words(why)]);
    let message = match (status, excerpt.is_empty()) {
        (301..=303 | 307 | 308, _) => since(REDIRECT),
        (407, _) => since(PROXY_PASSWORD),
        (_, true) => STATUS.with([Text(&status)]),
        (_, false) => STATUS_WITH.with([Text(&status), Text(&excerpt)]),
    };
    Error::said(kind, message).retryable(is_transient(status)).maybe_sent()
}

/// Whether the same request may succeed later.
fn is_transient(status: u16) -> bool {
    matches!(status, 408 | 429 | 500..=599)
}

/// An error, with the status and the `Retry-After` of its reply.
pub(super) fn with_head(error: Error, reply: &Incoming) -> Error {
    let error = error.with_status(reply.status).with_retry_after(reply.retry_after);
    // A code that is not documented may be a gateway's own: then the status says more.
    let is_foreign = error.class() == Some(CodeClass::Other);
    if is_foreign && is_transient(reply.status) {
        error.retryable(true).maybe_sent()
    } else {
        error
    }
}

/// The first byte that is neither white space nor a byte order mark.
fn first_byte(body: &[u8]) -> Option<u8> {
    without_marks(body).iter().copied().find(|byte| !byte.is_ascii_whitespace() && *byte != 0)
}

fn unreadable(message: impl Into<Message>) -> Error {
    Error::said(ErrorKind::Decode, message).retryable(true).maybe_sent()
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::endpoint::{Method, Operation};
    use crate::error::Refusal;

    const CALL: &Operation = &Operation::new("call", Method::Post, "/c");

    fn incoming(status: u16, body: &'static str) -> Incoming {
        Incoming { status, ..Incoming::ok(Bytes::from_static(body.as_bytes())) }
    }

    fn parts_of(error: &Error) -> (ErrorKind, bool, String) {
        assert!(error.may_have_been_sent());
        (error.kind(), error.is_retryable(), error.to_string())
    }

    fn checked(status: u16, body: &'static str) -> Option<(ErrorKind, bool, String)> {
        let error = check_body(&incoming(status, body), Redactor::new(CALL)).err()?;
        Some(parts_of(&error))
    }

    #[test]
    fn json_is_worth_decoding_with_or_without_a_byte_order_mark() {
        assert_eq!(checked(200, "{}"), None);
        assert_eq!(checked(200, "\u{feff}\r\n {}"), None);
    }

    #[test]
    fn an_empty_reply_and_a_page_have_errors_of_their_own() {
        for body in ["", " \r\n", "\u{feff}", "\u{feff}\u{feff}", "\0\0"] {
            let (kind, retryable, text) = checked(200, body).unwrap();
            assert_eq!((kind, retryable, &*text), (ErrorKind::Decode, true, "the reply is empty"));
        }
        let (kind, retryable, text) = checked(200, "\n<html>\n<b>Bad</b>").unwrap();
        assert_eq!((kind, retryable), (ErrorKind::Decode, true));
        assert!(text.ends_with("with `<html> <b>Bad</b>`"), "{text}");
        let (kind, retryable, text) = checked(200, "\x1F\u{8}").unwrap();
        assert_eq!((kind, retryable), (ErrorKind::Decode, false));
        assert!(text.starts_with("the reply is compressed"), "{text}");
    }

    #[test]
    fn a_refusal_with_a_status_may_pass_by_itself_where_its_code_is_not_documented() {
        let refused = |class, retryable| {
            let refusal = Refusal { class, ..Refusal::new(CALL, 7, String::new()) };
            Error::new(ErrorKind::Api, "no").refused(refusal).retryable(retryable)
        };
        let (other, known) = (CodeClass::Other, CodeClass::NotFound);
        for (status, class, retryable, expected) in [
            (200, other, false, false),
            (200, other, true, true),
            (404, other, false, false),
            (502, other, false, true),
            (502, known, false, false),
            (502, known, true, true),
            (404, known, true, true),
        ] {
            let wait = Some(std::time::Duration::from_secs(3));
            let reply = Incoming { retry_after: wait, ..incoming(status, "{}") };
            let error = with_head(refused(class, retryable), &reply);
            assert_eq!(error.is_retryable(), expected, "{status} {class:?} {retryable}");
            assert_eq!(error.may_have_taken_effect(), (status, class) == (502, other));
            let head = (error.status(), error.retry_after());
            assert_eq!(head, (Some(status), wait));
        }
    }

    #[test]
    fn a_reply_with_the_code_0_is_a_success_and_one_without_a_code_if_its_status_says_so() {
        let are_taken = |body| {
            [200, 299, 300, 502].map(|status| {
                let reply = incoming(status, body);
                super::super::decode(CALL, &reply, Redactor::new(CALL), &mut None::<()>).is_ok()
            })
        };
        assert_eq!(are_taken(r#"{"errcode":0}"#), [true; 4]);
        assert_eq!(are_taken(r#"{"errmsg":"ok"}"#), [true, true, false, false]);
    }

    #[test]
    fn a_body_that_is_no_envelope_is_reported_by_its_status() {
        let said = |status| parts_of(&by_status(&incoming(status, "{}"), Redactor::new(CALL)));
        assert_eq!(said(502), (ErrorKind::Http, true, "HTTP status 502, with `{}`".into()));
        assert!(said(408).1);
        let empty = by_status(&incoming(500, ""), Redactor::new(CALL));
        assert_eq!(parts_of(&empty), (ErrorKind::Http, true, "HTTP status 500".into()));
        let transient = [407, 408, 409, 428, 429, 430, 499, 500, 599, 600].map(is_transient);
        assert_eq!(transient, [false, true, false, false, true, false, false, true, true, false]);
        assert_eq!(said(412), (ErrorKind::Http, false, "HTTP status 412, with `{}`".into()));
        assert_eq!(said(429).0, ErrorKind::Throttled);
        for status in [301, 302, 303, 307, 308] {
            let redirect = format!("HTTP status {status}: a redirect, which is not followed");
            assert_eq!(said(status).2, redirect);
        }
        assert_eq!(said(304).2, "HTTP status 304, with `{}`");
        assert_eq!(checked(204, "").unwrap().2, "the reply is empty (HTTP status 204)");
    }
}
