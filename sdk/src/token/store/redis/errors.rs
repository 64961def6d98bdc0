//! The Redis library's errors as ours. Their own text may quote what was sent, the token included,
//! so nothing of it is taken over but what is known to be harmless.

use std::time::Duration;

use redis::RedisError;

use crate::error::{Error, ErrorKind};

pub(super) fn address() -> Error {
    Error::config(
        "the address of the token store is not valid: write it as in \
         redis://[user:password@]host[:port][/database], or rediss:// where TLS is compiled in",
    )
}

pub(super) fn no_answer(limit: Duration) -> Error {
    let message = format!("Redis has not answered within {} ms", limit.as_millis());
    Error::new(ErrorKind::Timeout, message).retryable(true)
}

pub(super) fn unexpected() -> Error {
    Error::new(ErrorKind::Decode, "Redis returned a value of an unexpected type")
}

pub(super) fn sealing() -> Error {
    Error::new(ErrorKind::Config, "the token cannot be encrypted: the system has no randomness")
}

pub(super) fn failed(error: &RedisError) -> Error {
    if error.is_timeout() {
        return Error::new(ErrorKind::Timeout, "Redis does not answer").retryable(true);
    }
    if error.is_io_error() {
        return Error::new(ErrorKind::Connect, "Redis is out of reach").retryable(true);
    }
    // The library calls an answer that is not of the type asked for one that cannot be parsed.
    if matches!(error.kind(), redis::ErrorKind::UnexpectedReturnType | redis::ErrorKind::Parse) {
        return unexpected();
    }
    let message = match error.code().filter(|code| is_code(code)) {
        Some(code) => format!("Redis refuses with {code}"),
        None => format!("Redis has failed: {:?}", error.kind()),
    };
    Error::new(ErrorKind::Transport, message).retryable(true)
}

/// Such as `READONLY`, `OOM` and `NOAUTH`: a word in capitals, which no token is.
fn is_code(code: &str) -> bool {
    code.len() <= 20 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_has_its_kind_and_is_tried_again_where_that_may_help() {
        let io = |kind: std::io::ErrorKind| failed(&RedisError::from(std::io::Error::from(kind)));
        let of = |kind| failed(&RedisError::from((kind, "T0KEN")));
        for (error, kind, retryable, message) in [
            (
                address(),
                ErrorKind::Config,
                false,
                "the address of the token store is not valid: write it as in \
                 redis://[user:password@]host[:port][/database], or rediss:// where TLS is \
                 compiled in",
            ),
            (
                no_answer(Duration::from_millis(1500)),
                ErrorKind::Timeout,
                true,
                "Redis has not answered within 1500 ms",
            ),
            (
                sealing(),
                ErrorKind::Config,
                false,
                "the token cannot be encrypted: the system has no randomness",
            ),
            (io(std::io::ErrorKind::TimedOut), ErrorKind::Timeout, true, "Redis does not answer"),
            (
                io(std::io::ErrorKind::ConnectionRefused),
                ErrorKind::Connect,
                true,
                "Redis is out of reach",
            ),
            (
                of(redis::ErrorKind::UnexpectedReturnType),
                ErrorKind::Decode,
                false,
                "Redis returned a value of an unexpected type",
            ),
            (
                of(redis::ErrorKind::Parse),
                ErrorKind::Decode,
                false,
                "Redis returned a value of an unexpected type",
            ),
            (of(redis::ErrorKind::Client), ErrorKind::Transport, true, "Redis has failed: Client"),
        ] {
            assert_eq!(
                (error.kind(), error.is_retryable(), &*error.to_string()),
                (kind, retryable, message)
            );
        }
    }

    #[test]
    fn a_code_is_a_word_of_capitals_of_no_more_than_twenty() {
        let longest = "A".repeat(20);
        for (code, expected) in [
            ("OOM", true),
            (&*longest, true),
            (&*format!("{longest}A"), false),
            ("Oom", false),
            ("T0", false),
        ] {
            assert_eq!(is_code(code), expected, "{code}");
        }
    }

    #[test]
    fn of_an_answer_no_more_is_shown_than_its_code() {
        let quoting = redis::make_extension_error(
            "ERR".to_owned(),
            Some("unknown command, with args beginning with: 'T0KEN'".to_owned()),
        );
        let error = failed(&quoting);
        assert_eq!(error.to_string(), "Redis refuses with ERR");
        assert!(!format!("{error:?}").contains("T0KEN"));
        let odd = redis::make_extension_error("T0KEN".to_owned(), None);
        assert!(!format!("{:?}", failed(&odd)).contains("T0KEN"));
    }
}
