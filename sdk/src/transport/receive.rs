//! Receiving replies, up to a limit.
//!
//! ```text
//! 200 {"errcode":0}   to its end, which has to be there
//! 503 <html>…         as much as arrives in a second: the page may never end
//! ```

use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};
use reqwest::Response;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use wechat_bizwifi_rules::message::{Arg, TOO_LARGE};

use super::{Incoming, errors};
use crate::clock::TimeLimit;
use crate::error::{Error, ErrorKind};
use crate::runtime::Boxed;

/// How long to wait for the rest of a reply whose status says enough.
const PAGE_PATIENCE: Duration = Duration::from_secs(1);

/// Whether the body, and not the status, says how the request ended.
pub(super) fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

pub(super) async fn receive(
    response: &mut Response,
    size: usize,
    limit: TimeLimit<'_>,
) -> Result<Incoming, Error> {
    let status = response.status().as_u16();
    let retry_after = retry_after(response.headers());
    let mut body = Body::Empty;
    if is_success(status) {
        read(response, size, &mut body).await?;
    } else {
        // If the page breaks off, or does not end, the part that has arrived is enough.
        // Boxed because it is rare: no other reply needs room for it.
        let page: Boxed<'_, _> =
            Box::pin(limit.half(PAGE_PATIENCE, read(response, size, &mut body)));
        let _ = page.await;
    }
    Ok(Incoming { status, retry_after, body: body.into_bytes() })
}

/// Nearly every reply is one chunk, which is then the body as it was received.
async fn read(response: &mut Response, size: usize, body: &mut Body) -> Result<(), Error> {
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
            Self::One(first) => Self::Many(BytesMut::from(first)).and(chunk),
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

fn too_large(limit: usize) -> Error {
    Error::said(ErrorKind::Decode, TOO_LARGE.with([Arg::Text(&limit)])).maybe_sent()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_from_200_to_299_leave_it_to_the_body() {
        let statuses = [100, 199, 200, 204, 299, 300, 404, 500].map(is_success);
        assert_eq!(statuses, [false, false, true, true, true, false, false, false]);
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
