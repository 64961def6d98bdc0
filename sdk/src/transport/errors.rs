//! The HTTP library's errors as ours, without the URL that most of them hold.
//!
//! ```text
//! connection refused         Connect, retryable: cannot connect to h.example
//! certificate has expired    Connect: cannot connect to h.example: …, with this machine's date
//! connection reset           Transport, retryable: the connection failed before a reply came
//! ```

use std::error::Error as StdError;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use wechat_bizwifi_rules::message::Arg::{self, Text};
use wechat_bizwifi_rules::message::{
    CLIENT_TIMEOUT, CLOCK_SAYS, CUT_BEFORE, CUT_WITHIN, EXPIRED, Message, NO_CERTIFICATES,
    NO_CLIENT, NO_CONNECTION, NO_CONNECTION_SINCE, NOT_YET_VALID, PROXY_PASSWORD, SOCKS, Template,
    UNTRUSTED, VALID_FROM, VALID_UNTIL,
};

use crate::error::{Error, ErrorKind};

/// A request that got no reply.
pub(super) fn sending(error: reqwest::Error, authority: &str) -> Error {
    let error = error.without_url();
    if error.is_connect()
        && let Some(Diagnosis { kind, message }) = connecting(&error)
    {
        let message = NO_CONNECTION_SINCE.with([Text(&authority), Arg::Message(&message)]);
        // It will be the same at the next attempt.
        return Error::said(kind, message).caused_by(error);
    }
    if error.is_connect() {
        let message = NO_CONNECTION.with([Text(&authority)]);
        return Error::said(ErrorKind::Connect, message).retryable(true).caused_by(error);
    }
    if error.is_builder() {
        return Error::config("the HTTP client refuses the request").caused_by(error);
    }
    lost(error, CUT_BEFORE)
}

/// Why a connection failed, where the next attempt would fail in the same way.
struct Diagnosis {
    kind: ErrorKind,
    message: Message,
}

fn connecting(error: &reqwest::Error) -> Option<Diagnosis> {
    let diagnosis = |kind, message| Some(Diagnosis { kind, message });
    if says(error, &["proxy authorization required"]) {
        return diagnosis(ErrorKind::Connect, PROXY_PASSWORD.into());
    }
    if says(error, &["unsupported scheme socks"]) {
        return diagnosis(ErrorKind::Config, SOCKS.into());
    }
    let dates = causes(error).find_map(|cause| outside_its_dates(&cause, SystemTime::now()));
    let untrusted = || says_untrusted(error).then(|| UNTRUSTED.into());
    diagnosis(ErrorKind::Connect, dates.or_else(untrusted)?)
}

/// The message for a certificate that is not valid yet, or has expired, by the texts of rustls and of
/// OpenSSL. OpenSSL's have no date.
fn outside_its_dates(text: &str, clock: SystemTime) -> Option<Message> {
    let is_early = ["not valid yet", "not yet valid"].iter().any(|phrase| text.contains(phrase));
    let is_late = ["certificate expired", "has expired"].iter().any(|phrase| text.contains(phrase));
    if !is_early && !is_late {
        return None;
    }
    let (message, dates, phrase) = if is_early {
        (NOT_YET_VALID, VALID_FROM, "not valid before ")
    } else {
        (EXPIRED, VALID_UNTIL, "not valid after ")
    };
    let or_nothing = |template: Template<1>, date: Option<String>| {
        date.map(|date| template.with([Text(&date)])).unwrap_or_default()
    };
    let dates = or_nothing(dates, number_behind(text, phrase).and_then(date_of));
    let clock = clock.duration_since(UNIX_EPOCH).ok().and_then(|now| date_of(now.as_secs()));
    let clock = or_nothing(CLOCK_SAYS, clock);
    Some(message.join(&dates, &clock))
}

fn number_behind(text: &str, phrase: &str) -> Option<u64> {
    let (_, rest) = text.split_once(phrase)?;
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// Seconds since 1970 as a date, up to the year 9999.
fn date_of(seconds: u64) -> Option<String> {
    const END: u64 = 253_402_300_800;
    (seconds < END).then(|| httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds)))
}

/// A reply that broke off.
pub(super) fn receiving(error: reqwest::Error) -> Error {
    lost(error.without_url(), CUT_WITHIN)
}

/// A client of the user's own that followed a redirect.
pub(super) fn redirected() -> Error {
    Error::config(
        "the given `http_client` followed a redirect, which carries the token elsewhere: build it \
         with `redirect(Policy::none())`",
    )
    .maybe_sent()
}

/// A client that cannot be built.
pub(super) fn building(error: reqwest::Error) -> Error {
    let error = error.without_url();
    let message = if says_no_certificates(&error) { NO_CERTIFICATES } else { NO_CLIENT };
    Error::said(ErrorKind::Config, message).caused_by(error)
}

fn lost(error: reqwest::Error, message: Template<0>) -> Error {
    let (kind, message) = if error.is_timeout() {
        (ErrorKind::Timeout, CLIENT_TIMEOUT)
    } else {
        (ErrorKind::Transport, message)
    };
    Error::said(kind, message).retryable(true).maybe_sent().caused_by(error)
}

fn says_no_certificates(error: &reqwest::Error) -> bool {
    says(error, &["No CA certificates"])
}

/// In the words of rustls and of OpenSSL.
fn says_untrusted(error: &reqwest::Error) -> bool {
    says(error, &["invalid peer certificate", "certificate verify failed"])
}

/// The text is all that distinguishes such errors.
fn says(error: &reqwest::Error, phrases: &[&str]) -> bool {
    causes(error).any(|text| phrases.iter().any(|phrase| text.contains(phrase)))
}

/// The texts of what is behind an error, one after the other.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = String> {
    std::iter::successors(error.source(), |&cause| cause.source()).map(ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_http_library_does_not_take_is_an_error_of_the_configuration() {
        let odd = || reqwest::Client::builder().user_agent("\n").build().unwrap_err();
        for (error, message) in [
            (building(odd()), "the HTTP client cannot be set up"),
            (sending(odd(), "h.example"), "the HTTP client refuses the request"),
        ] {
            assert_eq!((error.kind(), &*error.to_string()), (ErrorKind::Config, message));
            assert!(error.source().is_some() && !error.is_retryable());
            assert!(!error.may_have_been_sent());
        }
    }

    #[test]
    fn a_certificate_outside_its_dates_is_reported_with_them_and_the_clock() {
        let clock = UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let said =
            |text: &str| outside_its_dates(text, clock).unwrap_or_default().english().to_owned();
        let early = "invalid peer certificate: certificate not valid yet: verification time \
                     1000000000 (UNIX), but certificate is not valid before 1700000000 (7 seconds \
                     in future)";
        assert_eq!(
            said(early),
            "its certificate is not valid yet (it is valid from Tue, 14 Nov 2023 22:13:20 GMT on): \
             set this machine's clock, which says Sun, 09 Sep 2001 01:46:40 GMT, or, if the clock \
             is right, have the certificate replaced"
        );
        let late = early.replace("not valid yet", "expired").replace("before", "after");
        let what_helps = ": set this machine's clock, which says Sun, 09 Sep 2001 01:46:40 GMT, or, \
                          if the clock is right, have the certificate replaced";
        assert_eq!(
            said(&late),
            "its certificate has expired (it is valid until Tue, 14 Nov 2023 22:13:20 GMT)"
                .to_owned()
                + what_helps
        );
        assert_eq!(
            outside_its_dates(early, clock).unwrap().chinese(),
            "其证书尚未生效（自 Tue, 14 Nov 2023 22:13:20 GMT 起有效）：请校准本机时钟（现为 Sun, 09 \
             Sep 2001 01:46:40 GMT）；若时钟正确，则须更换证书"
        );
        let of_openssl =
            |text: &str| said(&format!("certificate verify failed: certificate {text}"));
        assert_eq!(
            of_openssl("has expired"),
            "its certificate has expired".to_owned() + what_helps
        );
        assert_eq!(
            of_openssl("is not yet valid"),
            "its certificate is not valid yet".to_owned() + what_helps
        );
        let at = |seconds: &str| said(&early.replace("1700000000", seconds));
        assert!(at("253402300799").contains("from Fri, 31 Dec 9999 23:59:59 GMT on"));
        for beyond in ["253402300800", "999999999999999"] {
            assert_eq!(at(beyond), "its certificate is not valid yet".to_owned() + what_helps);
        }
        let twice = format!("{early}; certificate is not valid before 5");
        assert_eq!(said(&twice), said(early), "the first date counts");
        assert_eq!(said("invalid peer certificate: UnknownIssuer"), "");
    }
}
