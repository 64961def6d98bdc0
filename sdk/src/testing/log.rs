//! What arrived, and what it was answered.

use std::collections::{HashMap, VecDeque};
use std::fmt;

use bytes::Bytes;

use super::endpoint::Endpoint;
use super::http::{Reply, Request};
use super::redact::Shown;
use crate::endpoint::ReturnCode;
use crate::secret::Secret;
use crate::wire::UnixTime;

/// A call that arrived at the server.
///
/// What it shows of itself, by `Display` in one line and by `Debug`, is picked by name: access
/// tokens, secrets and whatever the server does not know are left out. Whether the right ones came
/// is a question for [`carries_token`](Self::carries_token) and
/// [`carries_secret`](Self::carries_secret).
///
/// ```text
/// #2 POST /bizwifi/couponput/get?access_token=(hidden) {"shop_id":429620} -> 200, errcode 0
/// ```
#[derive(Clone)]
pub struct Call {
    number: u64,
    time: UnixTime,
    method: String,
    path: String,
    query: Vec<(String, Secret)>,
    body: Bytes,
    reply: Option<Replied>,
}

impl Call {
    /// Its number among all calls to the server, counted from 1.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// When it arrived, by the server's clock.
    pub fn time(&self) -> UnixTime {
        self.time
    }

    /// The HTTP method.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path, without the query.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The names in the query, in their order.
    pub fn query_names(&self) -> impl Iterator<Item = &str> {
        self.query.iter().map(|(name, _)| name.as_str())
    }

    /// Whether the query holds this access token.
    pub fn carries_token(&self, token: &Secret) -> bool {
        self.query.iter().any(|(name, value)| name == "access_token" && value == token)
    }

    /// Whether the query or the body holds this secret of an account.
    pub fn carries_secret(&self, secret: &Secret) -> bool {
        let in_query = self.query.iter().any(|(name, value)| name == "secret" && value == secret);
        in_query || self.json().get("secret").is_some_and(|found| found == secret.expose())
    }

    /// Whether both calls hold the same access token.
    pub fn has_same_token(&self, other: &Self) -> bool {
        self.token().is_some_and(|token| other.carries_token(token))
    }

    /// The body exactly as it arrived: requests for tokens have the account's secret in theirs.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as JSON, secret included; `null` if it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// What it was answered; `None` while it is not.
    pub fn reply(&self) -> Option<&Replied> {
        self.reply.as_ref()
    }

    fn token(&self) -> Option<&Secret> {
        self.query.iter().find(|(name, _)| name == "access_token").map(|(_, value)| value)
    }
}

impl fmt::Display for Call {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = Shown::of(&self.path);
        write!(out, "#{} {} {}", self.number, self.method, self.path)?;
        for (index, (name, value)) in self.query.iter().enumerate() {
            let separator = if index == 0 { '?' } else { '&' };
            let value = shown.value(name, value.expose());
            write!(out, "{separator}{}={value}", name.escape_debug())?;
        }
        if !self.body.is_empty() {
            write!(out, " {}", shown.body(&self.body))?;
        }
        match &self.reply {
            Some(reply) => write!(out, " -> {reply}"),
            None => out.write_str(" -> no reply yet"),
        }
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Call({self})")
    }
}

/// What a call was answered.
#[derive(Clone)]
pub struct Replied {
    status: u16,
    code: Option<ReturnCode>,
    body: Bytes,
    cut: Option<Cut>,
}

impl Replied {
    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The return code; `None` where the reply has none, as that with a token.
    pub fn code(&self) -> Option<ReturnCode> {
        self.code
    }

    /// The body as it was sent, or would have been if the connection had not been cut: replies
    /// with a token have it in theirs.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Where the connection was cut.
    pub fn cut(&self) -> Option<Cut> {
        self.cut
    }
}

impl fmt::Display for Replied {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.status)?;
        if let Some(code) = self.code {
            write!(out, ", errcode {code}")?;
        }
        match self.cut {
            Some(Cut::NoReply) => out.write_str(", never sent"),
            Some(Cut::BeforeReply) => out.write_str(", cut before the reply"),
            Some(Cut::WithinReply) => out.write_str(", cut within the reply"),
            Some(Cut::AfterReply) => out.write_str(", cut after the reply"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Replied {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Replied({self})")
    }
}

/// Where a connection is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cut {
    /// Not by the server: it never replied, and waited until the client gave up.
    NoReply,
    /// After the request, before any of the reply.
    BeforeReply,
    /// In the middle of the reply's body.
    WithinReply,
    /// After the reply, without notice.
    AfterReply,
}

/// The latest calls, and how many there were.
#[derive(Debug)]
pub(super) struct Log {
    calls: VecDeque<Call>,
    most: usize,
    total: u64,
    by_path: HashMap<String, u64>,
}

impl Log {
    /// A log that keeps so many calls.
    pub(super) fn new(most: usize) -> Self {
        Self { calls: VecDeque::new(), most, total: 0, by_path: HashMap::new() }
    }

    /// Enters a call and returns its number.
    pub(super) fn enter(&mut self, request: &Request, time: UnixTime) -> u64 {
        self.total = self.total.saturating_add(1);
        let count = self.by_path.entry(request.path.clone()).or_default();
        *count = count.saturating_add(1);
        self.calls.push_back(call(self.total, time, request));
        while self.calls.len() > self.most {
            self.calls.pop_front();
        }
        self.total
    }

    /// Enters what a call was answered.
    pub(super) fn replied(&mut self, number: u64, reply: &Reply, cut: Option<Cut>) {
        // Calls are in the order of their numbers; the latest are the likeliest.
        if let Some(call) = self.calls.iter_mut().rev().find(|call| call.number == number) {
            let code = reply.code.map(ReturnCode::new);
            let (status, body) = (reply.status, reply.body.clone());
            call.reply = Some(Replied { status, code, body, cut });
        }
    }

    pub(super) fn calls(&self, endpoint: &Endpoint) -> Vec<Call> {
        self.calls.iter().filter(|call| endpoint.covers(&call.path)).cloned().collect()
    }

    pub(super) fn count(&self, endpoint: &Endpoint) -> u64 {
        self.by_path.iter().filter(|(path, _)| endpoint.covers(path)).map(|(_, count)| count).sum()
    }

    pub(super) fn clear(&mut self) {
        self.calls.clear();
        self.by_path.clear();
    }
}

fn call(number: u64, time: UnixTime, request: &Request) -> Call {
    let query = request.query.iter();
    Call {
        number,
        time,
        method: request.method.clone(),
        path: request.path.clone(),
        query: query.map(|(name, value)| (name.clone(), Secret::new(value.as_str()))).collect(),
        body: request.body.clone(),
        reply: None,
    }
}
