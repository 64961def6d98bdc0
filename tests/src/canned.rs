//! A server for tests that need one particular text as the reply, such as one that the service's
//! documentation leaves open.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Answers every call of one endpoint with the same text, and gives a token to every other call.
///
/// It listens on loopback, on a port of its own, until the program ends.
#[derive(Debug)]
pub struct CannedServer {
    base_url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

/// A request that has arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Method, path and query, as in `POST /bizwifi/couponput/set?access_token=TOKEN`.
    pub target: String,
    /// The body.
    pub body: String,
}

impl CannedServer {
    /// The token that it gives.
    pub const TOKEN: &str = "TOKEN";

    /// Starts a server that answers calls of the endpoint at `path` with `reply`.
    pub fn start(path: &str, reply: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&received);
        let (path, reply) = (format!(" {path}"), reply.to_owned());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // What a client that hangs up leaves undone is the client's to report.
                let _ = answer(&stream, &path, &reply, &log);
            }
        });
        Self { base_url, received }
    }

    /// Where it listens.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The calls of the endpoint that have arrived.
    pub fn received(&self) -> Vec<Received> {
        lock(&self.received).clone()
    }
}

fn answer(
    stream: &TcpStream,
    path: &str,
    reply: &str,
    log: &Mutex<Vec<Received>>,
) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let request = read_request(stream)?;
    if !request.target.contains(path) {
        let token = CannedServer::TOKEN;
        return write_reply(stream, &format!(r#"{{"access_token":"{token}","expires_in":7200}}"#));
    }
    lock(log).push(request);
    write_reply(stream, reply)
}

fn read_request(stream: &TcpStream) -> io::Result<Received> {
    let mut input = BufReader::new(stream);
    let mut line = String::new();
    input.read_line(&mut line)?;
    let target = line.trim_end().trim_end_matches(" HTTP/1.1").to_owned();
    let mut length = 0;
    loop {
        line.clear();
        input.read_line(&mut line)?;
        match line.trim_end().to_ascii_lowercase().split_once(':') {
            Some(("content-length", value)) => {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    input.read_exact(&mut body)?;
    Ok(Received { target, body: String::from_utf8(body).map_err(io::Error::other)? })
}

fn write_reply(mut stream: &TcpStream, reply: &str) -> io::Result<()> {
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-type: application/json; encoding=utf-8\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{reply}",
        reply.len()
    )
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
