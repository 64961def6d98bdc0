//! Writing replies.

use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;

use crate::secret::revealing;

/// What the real service says, whatever it sends.
const CONTENT_TYPE: &str = "application/json; encoding=utf-8";

/// A reply, before it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::testing) struct Reply {
    pub(in crate::testing) status: u16,
    pub(in crate::testing) content_type: String,
    /// The return code in the body, if it is an envelope.
    pub(in crate::testing) code: Option<i64>,
    pub(in crate::testing) body: Bytes,
    /// Whether the connection can be used again afterwards.
    pub(in crate::testing) keep_alive: bool,
    /// The pause before each byte of the body, where it does not go out at once.
    pub(in crate::testing) trickle: Option<Duration>,
}

impl Reply {
    /// Status 200 with this body.
    pub(in crate::testing) fn json(code: Option<i64>, body: &impl Serialize) -> Self {
        // Only a map whose keys are no strings, or a type of such a mind, cannot be written.
        let body = revealing(|| serde_json::to_vec(body)).unwrap_or_default();
        Self { code, body: body.into(), ..Self::empty() }
    }

    /// Status 200 without a body.
    pub(in crate::testing) fn empty() -> Self {
        Self {
            status: 200,
            content_type: CONTENT_TYPE.to_owned(),
            code: None,
            body: Bytes::new(),
            keep_alive: true,
            trickle: None,
        }
    }

    /// A status without a body, after which the connection is closed.
    pub(in crate::testing) fn closing(status: u16) -> Self {
        Self { status, content_type: "text/plain".to_owned(), keep_alive: false, ..Self::empty() }
    }

    /// The bytes on the wire; a reply to `HEAD` has no body.
    pub(in crate::testing) fn bytes(&self, is_head: bool) -> Vec<u8> {
        let mut bytes = self.head().into_bytes();
        if !is_head {
            bytes.extend_from_slice(&self.body);
        }
        bytes
    }

    pub(in crate::testing) fn head(&self) -> String {
        format!(
            "HTTP/1.1 {} {}\r\nConnection: {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n",
            self.status,
            reason(self.status),
            if self.keep_alive { "keep-alive" } else { "close" },
            // A line break would end the header: it comes from a test's script.
            self.content_type.replace(['\r', '\n'], " "),
            self.body.len(),
        )
    }
}

pub(in crate::testing) fn reason(status: u16) -> &'static str {
    reqwest::StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .unwrap_or("Unknown")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_states_its_length_and_the_services_content_type() {
        let reply = Reply::json(Some(0), &serde_json::json!({"errcode": 0}));
        let text = String::from_utf8(reply.bytes(false)).unwrap();
        assert!(text.starts_with("HTTP/1.1 200 OK\r\n"));
        assert!(text.contains("\r\nContent-Type: application/json; encoding=utf-8\r\n"));
        assert!(text.ends_with("\r\nContent-Length: 13\r\n\r\n{\"errcode\":0}"));
    }
}
