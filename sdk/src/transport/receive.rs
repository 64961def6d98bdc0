//! Replies: received up to a limit, read by their bytes and never by their Content-Type.
//!
//! ```text
//! 200 {"errcode":0}       success
//! 400 {"errcode":40013}   a refusal: an envelope counts whatever the status
//! 201                     an empty reply: below 300 the body decides
//! 503 <html>…             an error by its status, although the page never ends
//! ```

use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};
use reqwest::Response;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

use super::{Incoming, errors};
use crate::clock::TimeLimit;
use crate::endpoint::CodeClass;
use crate::error::{Error, ErrorKind, Redactor};

/// How long to wait for the rest of a reply whose status says enough.
const PAGE_PATIENCE: Duration = Duration::from_secs(1);

/// Whether a status leaves it to the body what came of the request.
pub(super) fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

pub(super) async fn receive(
    response: Response,
    size: usize,
    limit: TimeLimit<'_>,
) -> Result<Incoming, Error> {
    let status = response.status().as_u16();
    let retry_after = retry_after(response.headers());
    let mut body = Body::Empty;
    if is_success(status) {
        read(response, size, &mut body).await?;
    } else {
        // If the page breaks off, or does not end, what there is of it will do.
        let _ = limit.half(PAGE_PATIENCE, read(response, size, &mut body)).await;
    }
    Ok(Incoming { status, retry_after, body: body.into_bytes() })
}

/// Nearly every reply is one chunk, which is then the body as it was received.
async fn read(mut response: Response, size: usize, body: &mut Body) -> Result<(), Error> {
    while let Some(chunk) = response.chunk().await.map_err(errors::receiving)? {
        if body.len() + chunk.len() > size {
            return Err(too_large(size));
        }
        *body = std::mem::take(body).and(chunk);
    }
    Ok(())
}

/// `Retry-After`, in seconds or as a date, which is one of the sender's clock.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = httpdate::parse_http_date(text).ok()?;
    let date = headers.get(DATE).and_then(|date| date.to_str().ok());
    let now = date.and_then(|date| httpdate::parse_http_date(date).ok());
    then.duration_since(now.unwrap_or_else(SystemTime::now)).ok()
}

#[derive(Default)]
enum Body {
    #[default]
    Empty,
    One(Bytes),
    Many(BytesMut),
}

impl Body {
    fn and(self, chunk: Bytes) -> Self {
        match self {
            Self::Empty => Self::One(chunk),
            Self::One(first) => {
                let mut whole = BytesMut::with_capacity(2 * (first.len() + chunk.len()));
                whole.extend_from_slice(&first);
                whole.extend_from_slice(&chunk);
                Self::Many(whole)
            }
            Self::Many(mut whole) => {
                whole.extend_from_slice(&chunk);
                Self::Many(whole)
            }
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Empty => 0,
            Self::One(bytes) => bytes.len(),
            Self::Many(bytes) => bytes.len(),
        }
    }

    fn into_bytes(self) -> Bytes {
        match self {
            Self::Empty => Bytes::new(),
            Self::One(bytes) => bytes,
            Self::Many(bytes) => bytes.freeze(),
        }
    }
}

/// Whether a body is worth decoding; what it is instead, if not.
pub(crate) fn check_body(reply: &Incoming, redactor: Redactor<'_>) -> Result<(), Error> {
    match first_byte(&reply.body) {
        None if reply.status == 200 => Err(unreadable("the reply is empty")),
        None => Err(unreadable(format!("the reply is empty (HTTP status {})", reply.status))),
        Some(b'<') => Err(unreadable(format!(
            "the reply is a page, not JSON: something on the way answered, with `{}`",
            redactor.excerpt(&reply.body)
        ))),
        Some(_) => Ok(()),
    }
}

/// What a reply comes to of which the status is all that can be understood.
pub(crate) fn by_status(reply: &Incoming, redactor: Redactor<'_>) -> Error {
    let status = reply.status;
    let kind = if status == 429 { ErrorKind::Throttled } else { ErrorKind::Http };
    let excerpt = redactor.excerpt(&reply.body);
    let message = match (status, excerpt.is_empty()) {
        (300..=399, _) => format!("HTTP status {status}: a redirect, which is not followed"),
        (407, _) => format!("HTTP status 407: {}", errors::PROXY_PASSWORD),
        (_, true) => format!("HTTP status {status}"),
        (_, false) => format!("HTTP status {status}, with `{excerpt}`"),
    };
    Error::new(kind, message).retryable(is_transient(status)).sent()
}

/// Whether the same request may succeed later.
fn is_transient(status: u16) -> bool {
    matches!(status, 408 | 429 | 500..=599)
}

/// What the head of a reply adds to an error.
impl Incoming {
    pub(crate) fn complete(&self, error: Error) -> Error {
        if self.status == 200 {
            return error;
        }
        // A code that is not documented may be a gateway's own: then the status says more.
        let is_foreign = error.class() == Some(CodeClass::Other);
        let retryable = error.is_retryable() || (is_foreign && is_transient(self.status));
        error.with_status(self.status).retryable(retryable).with_retry_after(self.retry_after)
    }
}

/// The first byte that is neither white space nor a byte order mark.
fn first_byte(body: &[u8]) -> Option<u8> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    body.iter().copied().find(|byte| !byte.is_ascii_whitespace() && *byte != 0)
}

fn unreadable(message: impl AsRef<str>) -> Error {
    Error::new(ErrorKind::Decode, message).retryable(true).sent()
}

fn too_large(limit: usize) -> Error {
    let message = format!("the reply is larger than the limit of {limit} bytes");
    Error::new(ErrorKind::Decode, message).sent()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::{Method, Operation};

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
        for body in ["", " \r\n", "\u{feff}", "\0\0"] {
            let (kind, retryable, text) = checked(200, body).unwrap();
            assert_eq!((kind, retryable, &*text), (ErrorKind::Decode, true, "the reply is empty"));
        }
        let (kind, retryable, text) = checked(200, "\n<html>\n<b>Bad</b>").unwrap();
        assert_eq!((kind, retryable), (ErrorKind::Decode, true));
        assert!(text.ends_with("with `<html> <b>Bad</b>`"), "{text}");
    }

    #[test]
    fn a_body_that_is_no_envelope_is_told_by_its_status() {
        let said = |status| parts_of(&by_status(&incoming(status, "{}"), Redactor::new(CALL)));
        assert_eq!(said(502), (ErrorKind::Http, true, "HTTP status 502, with `{}`".into()));
        assert!(said(408).1);
        assert_eq!(said(412), (ErrorKind::Http, false, "HTTP status 412, with `{}`".into()));
        assert_eq!(said(429).0, ErrorKind::Throttled);
        assert_eq!(said(302).2, "HTTP status 302: a redirect, which is not followed");
        assert_eq!(checked(204, "").unwrap().2, "the reply is empty (HTTP status 204)");
    }

    #[test]
    fn a_wait_is_so_many_seconds_or_until_a_moment_of_the_senders_clock() {
        let wait = |after: &'static str, date: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, after.parse().unwrap());
            headers.insert(DATE, date.parse().unwrap());
            retry_after(&headers).map(|wait| wait.as_secs())
        };
        let date = "Wed, 21 Oct 2015 07:28:00 GMT";
        assert_eq!(wait(" 120", date), Some(120));
        assert_eq!(wait("Wed, 21 Oct 2015 07:28:30 GMT", date), Some(30));
        assert_eq!(wait("Wed, 21 Oct 2015 07:27:30 GMT", date), None, "it is over");
        assert_eq!(wait("Wed, 21 Oct 2015 07:28:30 GMT", "nonsense"), None, "by our clock too");
        for nonsense in ["", "-1", "1.5", "soon", "99999999999999999999999"] {
            assert_eq!(wait(nonsense, date), None, "{nonsense}");
        }
    }
}
