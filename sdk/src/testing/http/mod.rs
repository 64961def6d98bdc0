//! HTTP/1.1, as far as a server needs it that has to misbehave on demand.
//!
//! A server library mends what is put out through it; here the bytes on the wire are the point: a
//! reply is cut in its middle, a connection closed without notice, and how a request's body was
//! framed decides the answer. So only the parser is borrowed (`httparse`, which is hyper's too).

mod reply;
mod request;

pub(super) use reply::{Reply, reason};
pub(super) use request::{Inbox, Request, Unreadable};
