//! A server that is cheap and the same for all peers: a thread for each connection, replies that
//! are written down beforehand.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use crate::documents::{GET_PATH, GET_REPLY, SET_PATH, SET_REPLY, TOKEN};

/// Prints its base URL, and serves until it is killed.
pub(crate) fn serve() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    println!("http://{}", listener.local_addr().expect("an address"));
    for stream in listener.incoming() {
        let stream = stream.expect("a connection");
        stream.set_nodelay(true).expect("a socket");
        thread::spawn(|| answer(stream));
    }
}

fn answer(mut stream: TcpStream) {
    let replies = Replies::new();
    let mut buffer = vec![0; 16 << 10];
    let mut held = 0;
    loop {
        while let Some((length, reply)) = replies.to(&buffer[..held]) {
            if stream.write_all(reply).is_err() {
                return;
            }
            buffer.copy_within(length..held, 0);
            held -= length;
        }
        match stream.read(&mut buffer[held..]) {
            Ok(0) | Err(_) => return,
            Ok(count) => held += count,
        }
    }
}

struct Replies {
    set: Vec<u8>,
    get: Vec<u8>,
    token: Vec<u8>,
}

impl Replies {
    fn new() -> Self {
        let token = format!(r#"{{"access_token":"{TOKEN}","expires_in":7200}}"#);
        Self { set: reply(SET_REPLY), get: reply(GET_REPLY), token: reply(&token) }
    }

    /// The length of the request that `input` begins with, and the reply to it.
    fn to(&self, input: &[u8]) -> Option<(usize, &[u8])> {
        let head_length = input.windows(4).position(|bytes| bytes == b"\r\n\r\n")? + 4;
        let head = std::str::from_utf8(&input[..head_length]).expect("ASCII");
        let length = head_length + body_length(head);
        let path = head.split(' ').nth(1).expect("a target");
        let reply = match path.split('?').next() {
            Some(SET_PATH) => &self.set,
            Some(GET_PATH) => &self.get,
            _ => &self.token,
        };
        (input.len() >= length).then_some((length, reply))
    }
}

/// What WeChat's replies have for headers.
fn reply(body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Type: application/json; \
         encoding=utf-8\r\nDate: Tue, 24 Nov 2026 00:00:00 GMT\r\nContent-Length: \
         {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

fn body_length(head: &str) -> usize {
    head.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(0, |(_, value)| value.trim().parse().expect("a length"))
}
