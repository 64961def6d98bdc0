//! Reading requests off a connection.

use std::io;

use bytes::{Bytes, BytesMut};
use httparse::Status;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const MOST_HEADERS: usize = 64;
const LONGEST_HEAD: usize = 64 * 1024;
const LONGEST_BODY: usize = 16 * 1024 * 1024;

/// A request as it arrived.
#[derive(Debug, Default)]
pub(in crate::testing) struct Request {
    pub(in crate::testing) method: String,
    pub(in crate::testing) path: String,
    /// The query's names and values, decoded.
    pub(in crate::testing) query: Vec<(String, String)>,
    pub(in crate::testing) content_encoding: Option<String>,
    /// Whether the body came in chunks. Then it was not read.
    pub(in crate::testing) chunked: bool,
    /// Whether the client will send another request on this connection.
    pub(in crate::testing) keep_alive: bool,
    pub(in crate::testing) body: Bytes,
}

impl Request {
    /// The query's first value of this name.
    pub(in crate::testing) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// Why there is no request to answer.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::testing) enum Unreadable {
    /// The connection is gone, after the last request or within one.
    Gone,
    /// This is not HTTP.
    Malformed,
    /// The head or the body is longer than the server reads.
    TooLong,
}

impl From<io::Error> for Unreadable {
    fn from(_: io::Error) -> Self {
        Self::Gone
    }
}

/// The requests of one connection.
#[derive(Debug)]
pub(in crate::testing) struct Inbox {
    stream: TcpStream,
    buffer: BytesMut,
}

impl Inbox {
    pub(in crate::testing) fn new(stream: TcpStream) -> Self {
        Self { stream, buffer: BytesMut::new() }
    }

    pub(in crate::testing) fn stream(&mut self) -> &mut TcpStream {
        &mut self.stream
    }

    /// Reads the next request.
    pub(in crate::testing) async fn next(&mut self) -> Result<Request, Unreadable> {
        let head = self.head().await?;
        let mut request = head.request;
        if !request.chunked {
            request.body = self.body(head.content_length, head.expects_continue).await?;
        }
        Ok(request)
    }

    async fn head(&mut self) -> Result<Head, Unreadable> {
        loop {
            if let Some((head, length)) = parse(&self.buffer)? {
                drop(self.buffer.split_to(length));
                return Ok(head);
            }
            if self.buffer.len() > LONGEST_HEAD {
                return Err(Unreadable::TooLong);
            }
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(Unreadable::Gone);
            }
        }
    }

    async fn body(&mut self, length: usize, expects_continue: bool) -> Result<Bytes, Unreadable> {
        if length > LONGEST_BODY {
            return Err(Unreadable::TooLong);
        }
        if expects_continue && self.buffer.len() < length {
            self.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
        }
        while self.buffer.len() < length {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(Unreadable::Gone);
            }
        }
        Ok(self.buffer.split_to(length).freeze())
    }
}

/// A request's head, and how to read on.
#[derive(Debug)]
struct Head {
    request: Request,
    content_length: usize,
    expects_continue: bool,
}

/// Parses a head and tells its length; `None` while it is not complete.
fn parse(buffer: &[u8]) -> Result<Option<(Head, usize)>, Unreadable> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    match parsed.parse(buffer) {
        Ok(Status::Complete(length)) => Ok(Some((head(&parsed)?, length))),
        Ok(Status::Partial) => Ok(None),
        Err(httparse::Error::TooManyHeaders) => Err(Unreadable::TooLong),
        Err(_) => Err(Unreadable::Malformed),
    }
}

fn head(parsed: &httparse::Request<'_, '_>) -> Result<Head, Unreadable> {
    let (Some(method), Some(target), Some(version)) = (parsed.method, parsed.path, parsed.version)
    else {
        return Err(Unreadable::Malformed);
    };
    let (path, query) = split(target)?;
    let mut head = Head {
        request: Request {
            method: method.to_owned(),
            path,
            query,
            keep_alive: version == 1,
            ..Request::default()
        },
        content_length: 0,
        expects_continue: false,
    };
    for header in parsed.headers.iter() {
        head.note(header)?;
    }
    Ok(head)
}

impl Head {
    fn note(&mut self, header: &httparse::Header<'_>) -> Result<(), Unreadable> {
        let value = str::from_utf8(header.value).map_err(|_| Unreadable::Malformed)?;
        match header.name.to_ascii_lowercase().as_str() {
            "content-length" => {
                self.content_length = value.parse().map_err(|_| Unreadable::Malformed)?;
            }
            "transfer-encoding" => self.request.chunked = true,
            "content-encoding" => self.request.content_encoding = Some(value.to_owned()),
            "connection" if value.eq_ignore_ascii_case("close") => self.request.keep_alive = false,
            "expect" => self.expects_continue = value.eq_ignore_ascii_case("100-continue"),
            _ => {}
        }
        Ok(())
    }
}

/// A request target's path and query.
fn split(target: &str) -> Result<(String, Vec<(String, String)>), Unreadable> {
    let url = reqwest::Url::parse(&format!("http://localhost{target}"));
    let url = url.map_err(|_| Unreadable::Malformed)?;
    let query = url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned()));
    Ok((url.path().to_owned(), query.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(head: &str) -> Result<Option<(Head, usize)>, Unreadable> {
        parse(head.as_bytes())
    }

    #[test]
    fn a_head_is_read_whole_or_not_at_all() {
        let whole = "POST /a%20b?x=1%262&x=3 HTTP/1.1\r\nContent-Length: 5\r\n\r\n";
        for end in 0..whole.len() {
            assert!(parsed(&whole[..end]).unwrap().is_none());
        }
        let (head, length) = parsed(whole).unwrap().unwrap();
        assert_eq!(length, whole.len());
        assert_eq!(head.content_length, 5);
        assert_eq!(head.request.method, "POST");
        assert_eq!(head.request.path, "/a%20b");
        assert_eq!(head.request.query("x"), Some("1&2"));
        assert!(head.request.keep_alive);
    }

    #[test]
    fn what_is_not_http_is_refused() {
        for head in ["nonsense\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "\0"] {
            assert_eq!(parsed(head).err(), Some(Unreadable::Malformed), "{head:?}");
        }
    }
}
