//! What an error says in Chinese.
//!
//! ```text
//! NO_CONNECTION.with(["h:443"]), 3 attempts    getShop：无法连接 h:443（尝试 3 次，没有发送任何内容）
//! ```

use std::error::Error as _;

use wechat_bizwifi_rules::message::Message;

use super::{Error, Refusal};
use crate::language::Language;
use crate::text::one_line;
use crate::wire::all_in_chinese;

/// An error's message in Chinese. It is composed only when it is requested, so a program that never
/// requests it does not contain the code for that.
#[derive(Clone)]
pub(super) enum Chinese {
    /// What kind it is, and the message in English.
    Kind,
    Text(String),
    Message(Message),
    /// Of its refusal.
    Refusal,
    /// Its violations.
    Violations,
    /// That there is no token, and what its source says.
    NoToken,
}

impl Error {
    pub(super) fn chinese(&self) -> String {
        let inner = &*self.0;
        let operation = inner.operation.map(|name| format!("{name}：")).unwrap_or_default();
        let message = one_line(&self.chinese_message());
        let attempts = match (inner.attempts, self.says_nothing_was_sent()) {
            (0 | 1, false) => String::new(),
            (0 | 1, true) => "（没有发送任何内容）".to_owned(),
            (several, false) => format!("（尝试 {several} 次）"),
            (several, true) => format!("（尝试 {several} 次，没有发送任何内容）"),
        };
        format!("{operation}{message}{attempts}")
    }

    fn chinese_message(&self) -> String {
        let inner = &*self.0;
        let message = match &inner.chinese {
            Chinese::Kind => {
                return format!("{}（{}）", inner.kind.message_in(Language::Zh), inner.message);
            }
            Chinese::Text(text) => text.clone(),
            Chinese::Message(message) => message.chinese(),
            Chinese::Refusal => inner.refusal.as_deref().map(Refusal::chinese).unwrap_or_default(),
            Chinese::Violations => format!("请求无效：{}", all_in_chinese(self.violations())),
            Chinese::NoToken => {
                let reason = self.source().and_then(|reason| reason.downcast_ref::<Self>());
                let reason = reason.map(Self::chinese).unwrap_or_default();
                format!("无法取得访问令牌（{reason}）")
            }
        };
        message + &inner.chinese_end
    }
}
