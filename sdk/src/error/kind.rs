//! The sorts of failure.

use std::fmt;

use crate::language::Language;

/// What sort of failure an [`Error`](crate::Error) is, and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be built, or used, as it is configured. Nothing was sent, except where a given
    /// HTTP client followed a redirect.
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

    /// The last attempt found no connection.
    ///
    /// Look at name resolution, firewall, proxy and certificates (`source()` says which). If no
    /// earlier attempt [may have taken effect](crate::Error::may_have_taken_effect), the call can be
    /// repeated safely.
    Connect,

    /// The time for the attempt or the whole call was over.
    ///
    /// Whether WeChat has acted on it is unknown if
    /// [`may_have_taken_effect`](crate::Error::may_have_taken_effect): read back before you write again.
    Timeout,

    /// The connection failed while request or reply was under way, or the reply ends before its JSON
    /// does, which comes of a connection that failed somewhere on the way.
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
    /// The call may have taken effect. If it happens again, the description has to be corrected.
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

impl ErrorKind {
    /// What sort of failure it is, in words.
    ///
    /// ```
    /// use wechat_bizwifi::{ErrorKind, Language};
    ///
    /// assert_eq!(ErrorKind::Throttled.message_in(Language::En), "too many calls");
    /// assert_eq!(ErrorKind::Throttled.message_in(Language::Zh), "调用过多");
    /// ```
    pub const fn message_in(self, language: Language) -> &'static str {
        let (english, chinese) = match self {
            Self::Config => ("the client's configuration is not valid", "客户端的配置不正确"),
            Self::Invalid => ("the request is invalid, and was not sent", "请求无效，没有发送"),
            Self::Auth => ("the credentials or the token were refused", "凭证或令牌被拒绝"),
            Self::Connect => ("no connection could be made", "无法建立连接"),
            Self::Timeout => ("the time limit has passed", "超时"),
            Self::Transport => ("the connection failed", "连接中断"),
            Self::Http => ("the HTTP status says that something failed", "HTTP 状态表明出错"),
            Self::Decode => ("the reply cannot be understood", "无法理解回复"),
            Self::Api => ("WeChat refused the call", "微信拒绝了该调用"),
            Self::Throttled => ("too many calls", "调用过多"),
        };
        language.say(english, chinese)
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_name_and_its_words() {
        use ErrorKind::*;
        let kinds =
            [Config, Invalid, Auth, Connect, Timeout, Transport, Http, Decode, Api, Throttled];
        let said = kinds.map(|kind| {
            let [english, chinese] = [Language::En, Language::Zh].map(|it| kind.message_in(it));
            format!("{kind}: {english} | {chinese}")
        });
        assert_eq!(
            said,
            [
                "config: the client's configuration is not valid | 客户端的配置不正确",
                "invalid: the request is invalid, and was not sent | 请求无效，没有发送",
                "auth: the credentials or the token were refused | 凭证或令牌被拒绝",
                "connect: no connection could be made | 无法建立连接",
                "timeout: the time limit has passed | 超时",
                "transport: the connection failed | 连接中断",
                "http: the HTTP status says that something failed | HTTP 状态表明出错",
                "decode: the reply cannot be understood | 无法理解回复",
                "api: WeChat refused the call | 微信拒绝了该调用",
                "throttled: too many calls | 调用过多",
            ]
        );
    }
}
