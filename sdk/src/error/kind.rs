//! The sorts of failure.

use std::fmt;

/// What sort of failure an [`Error`](crate::Error) is, and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be built, or used, as it is configured. Nothing was sent.
    ///
    /// Change the program or its surroundings: the message says what to do.
    Config,

    /// The request breaks rules of its description, or holds a control character for which WeChat
    /// takes no spelling. Nothing was sent.
    ///
    /// Change the request: [`violations`](crate::Error::violations) lists every broken rule.
    Invalid,

    /// WeChat refuses the credentials or the token, or the account's owner has to act: a wrong
    /// secret, an address that is not on the list of allowed ones, a token that stays refused. Or a
    /// [`TokenSource`](crate::token::TokenSource) of your own failed: `source()` is its error.
    ///
    /// Repeating does not help, unless the error [says so](crate::Error::is_retryable); the message
    /// says what does. Alert whoever looks after the account. [`code`](crate::Error::code) is the
    /// code that says so, if WeChat did.
    Auth,

    /// No connection came about, so nothing was sent.
    ///
    /// Look at name resolution, firewall, proxy and certificates (`source()` tells); the call can
    /// be repeated safely.
    Connect,

    /// The time for the attempt or the whole call was over.
    ///
    /// Whether WeChat has acted on it is unknown if
    /// [`may_have_been_sent`](crate::Error::may_have_been_sent): read back before you write again.
    Timeout,

    /// The connection failed while request or reply was under way.
    ///
    /// As with [`Timeout`](Self::Timeout), find out whether the call took effect before repeating
    /// one that is not idempotent.
    Transport,

    /// The reply's HTTP status says that something failed, and its body is no reply of WeChat's,
    /// which itself always uses 200: something between here and there answered.
    /// [`status`](crate::Error::status) is the status.
    ///
    /// | status | meaning |
    /// |---|---|
    /// | 200 to 299 | the body decides, as with 200; an empty one is [`Decode`](Self::Decode) |
    /// | any other, and the body holds a return code | the return code decides: success, [`Api`](Self::Api) and so on |
    /// | 429 | [`Throttled`](Self::Throttled), tried again |
    /// | 408, 500 to 599 | `Http`, tried again |
    /// | 300 to 399 | `Http`: redirects would carry the token elsewhere, and are not followed |
    /// | 407, and the other ones up to 499 | `Http`, not tried again |
    ///
    /// Look at proxy and gateway; 5xx passes by itself more often than not.
    Http,

    /// The reply cannot be understood: empty, an HTML page, not JSON, too large, or not what the
    /// description says. The message names the place and shows the reply's beginning.
    ///
    /// The call may have taken effect. If it happens again, the description wants a correction.
    Decode,

    /// WeChat refused the call with a return code: [`code`](crate::Error::code) and
    /// [`class`](crate::Error::class) say which, [`rid`](crate::Error::rid) is for its support.
    ///
    /// What to do depends on the code.
    Api,

    /// Too many calls: a quota of WeChat's is used up, or one that the client keeps for you so that
    /// it is not.
    ///
    /// Call less often. A daily quota (45009) comes back the next day, so the client does not
    /// repeat such a call; a quota per minute (45011) it does.
    Throttled,
}

impl ErrorKind {
    /// The kind's name in lower case, as spans and logs show it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Invalid => "invalid",
            Self::Auth => "auth",
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::Transport => "transport",
            Self::Http => "http",
            Self::Decode => "decode",
            Self::Api => "api",
            Self::Throttled => "throttled",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
