//! Replies: received up to a limit, judged by their bytes and never by their Content-Type.

use bytes::{Bytes, BytesMut};
use reqwest::Response;

use super::{Incoming, fault};
use crate::error::{Concealed, Error, ErrorKind};

/// How much of a reply that is an error by its status is worth reading.
const ERROR_PAGE: usize = 4096;

pub(super) async fn receive(response: Response, limit: usize) -> Result<Incoming, Error> {
    let status = response.status().as_u16();
    if status != 200 {
        // The status says enough: if the page breaks off, what there is of it will do.
        let body = read(response, ERROR_PAGE).await.map_or_else(|_| Bytes::new(), Read::into_bytes);
        return Ok(Incoming { status, body });
    }
    match read(response, limit).await? {
        Read::Whole(body) => Ok(Incoming { status, body }),
        Read::Cut(_) => Err(too_large(limit)),
    }
}

/// What could be read within a limit.
enum Read {
    Whole(Bytes),
    Cut(Bytes),
}

impl Read {
    fn into_bytes(self) -> Bytes {
        match self {
            Self::Whole(bytes) | Self::Cut(bytes) => bytes,
        }
    }
}

/// Nearly every reply is one chunk, which is then the body as it was received.
async fn read(mut response: Response, limit: usize) -> Result<Read, Error> {
    let mut body = Body::Empty;
    while let Some(chunk) = response.chunk().await.map_err(fault::receiving)? {
        body = body.and(chunk);
        if body.len() > limit {
            return Ok(Read::Cut(body.into_bytes().slice(..limit)));
        }
    }
    Ok(Read::Whole(body.into_bytes()))
}

enum Body {
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

/// Whether a reply is worth decoding; what it is instead, if not.
pub(crate) fn judge(reply: &Incoming, concealed: Concealed<'_>) -> Result<(), Error> {
    if reply.status != 200 {
        return Err(by_status(reply, concealed));
    }
    match first_byte(&reply.body) {
        None => Err(unreadable("the reply is empty")),
        Some(b'<') => Err(unreadable(format!(
            "the reply is a page, not JSON: something on the way answered, with `{}`",
            concealed.excerpt(&reply.body)
        ))),
        Some(_) => Ok(()),
    }
}

fn by_status(reply: &Incoming, concealed: Concealed<'_>) -> Error {
    let status = reply.status;
    let (kind, retryable) = match status {
        429 => (ErrorKind::Throttled, true),
        408 | 500..=599 => (ErrorKind::Http, true),
        _ => (ErrorKind::Http, false),
    };
    let excerpt = concealed.excerpt(&reply.body);
    let message = match (status, excerpt.is_empty()) {
        (300..=399, _) => format!("HTTP status {status}: a redirect, which is not followed"),
        (_, true) => format!("HTTP status {status}"),
        (_, false) => format!("HTTP status {status}, with `{excerpt}`"),
    };
    Error::new(kind, message).with_status(status).retryable(retryable).sent()
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

    fn judged(status: u16, body: &'static str) -> Option<(ErrorKind, bool, String)> {
        let reply = Incoming { status, body: Bytes::from_static(body.as_bytes()) };
        let error = judge(&reply, Concealed::default()).err()?;
        assert!(error.may_have_been_sent());
        Some((error.kind(), error.is_retryable(), error.to_string()))
    }

    #[test]
    fn json_is_worth_decoding_with_or_without_a_byte_order_mark() {
        assert_eq!(judged(200, "{}"), None);
        assert_eq!(judged(200, "\u{feff}\r\n {}"), None);
    }

    #[test]
    fn an_empty_reply_and_a_page_have_errors_of_their_own() {
        for body in ["", " \r\n", "\u{feff}", "\0\0"] {
            let (kind, retryable, text) = judged(200, body).unwrap();
            assert_eq!((kind, retryable, &*text), (ErrorKind::Decode, true, "the reply is empty"));
        }
        let (kind, retryable, text) = judged(200, "\n<html>\n<b>Bad</b>").unwrap();
        assert_eq!((kind, retryable), (ErrorKind::Decode, true));
        assert!(text.ends_with("with `<html> <b>Bad</b>`"), "{text}");
    }

    #[test]
    fn a_status_other_than_200_is_an_error_whatever_the_body_says() {
        let said = |status| judged(status, "{}").unwrap();
        assert_eq!(said(502), (ErrorKind::Http, true, "HTTP status 502, with `{}`".into()));
        assert!(said(408).1);
        assert_eq!(said(412), (ErrorKind::Http, false, "HTTP status 412, with `{}`".into()));
        assert_eq!(said(429).0, ErrorKind::Throttled);
        assert_eq!(said(302).2, "HTTP status 302: a redirect, which is not followed");
        assert_eq!(judged(204, "").unwrap().2, "HTTP status 204");
    }
}
