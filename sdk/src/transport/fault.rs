//! The HTTP library's errors as ours, without the URL that most of them hold.

use std::error::Error as StdError;

use crate::error::{Error, ErrorKind};

/// A request that got no reply.
pub(super) fn sending(error: reqwest::Error, authority: &str) -> Error {
    let error = error.without_url();
    if error.is_connect() && says_untrusted(&error) {
        let message = format!(
            "cannot connect to {authority}, nothing was sent: its certificate is not trusted; if \
             a proxy or gateway of yours puts its own in place, trust that one, in the system or in \
             an `http_client` of your own"
        );
        // It will be the same one at the next attempt.
        return Error::new(ErrorKind::Connect, message).caused_by(error);
    }
    if error.is_connect() {
        let message = format!("cannot connect to {authority}, nothing was sent");
        return Error::new(ErrorKind::Connect, message).retryable(true).caused_by(error);
    }
    if error.is_builder() {
        return Error::config("the HTTP client refuses the request").caused_by(error);
    }
    lost(error, "the connection failed before a reply came")
}

/// A reply that broke off.
pub(super) fn receiving(error: reqwest::Error) -> Error {
    lost(error.without_url(), "the connection failed in the middle of the reply")
}

/// A client of the user's own that followed a redirect.
pub(super) fn redirected() -> Error {
    Error::config(
        "the given `http_client` followed a redirect, which carries the token elsewhere: build it \
         with `redirect(Policy::none())`",
    )
    .sent()
}

/// A client that cannot be built.
pub(super) fn building(error: reqwest::Error) -> Error {
    let error = error.without_url();
    let message = if says_no_certificates(&error) {
        "this system has no CA certificates, so nobody can be trusted: install them (the package \
         `ca-certificates`), or switch on the feature `webpki-roots` of wechat-bizwifi, or give the \
         builder an `http_client` of your own"
    } else {
        "the HTTP client cannot be set up"
    };
    Error::config(message).caused_by(error)
}

fn lost(error: reqwest::Error, message: &str) -> Error {
    let (kind, message) = if error.is_timeout() {
        (ErrorKind::Timeout, "the given `http_client` ran out of time")
    } else {
        (ErrorKind::Transport, message)
    };
    Error::new(kind, message).retryable(true).sent().caused_by(error)
}

fn says_no_certificates(error: &reqwest::Error) -> bool {
    says(error, &["No CA certificates"])
}

/// In the words of rustls and of OpenSSL.
fn says_untrusted(error: &reqwest::Error) -> bool {
    says(error, &["invalid peer certificate", "certificate verify failed"])
}

/// The text is all that tells such faults from others.
fn says(error: &reqwest::Error, phrases: &[&str]) -> bool {
    let mut cause = error.source();
    while let Some(fault) = cause {
        let text = fault.to_string();
        if phrases.iter().any(|phrase| text.contains(phrase)) {
            return true;
        }
        cause = fault.source();
    }
    false
}
