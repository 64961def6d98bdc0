//! The server, called over raw sockets: a client library would correct or hide some of its replies.

mod answers;
mod api;
mod faults;
mod framing;
mod tokens;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

use super::TestServer;

const SET: &str = "/bizwifi/couponput/set";
const GET: &str = "/bizwifi/couponput/get";
const STABLE: &str = "/cgi-bin/stable_token";

fn server() -> TestServer {
    let server = TestServer::start_blocking().unwrap();
    server.clock().stop_at(1_457_280_000);
    server
}

fn documented() -> Value {
    json!({
        "shop_id": 429_620, "card_id": "pBnTrjvZJXkZsPGwfq9F0Hl0WqE",
        "card_describe": "10元代金券", "start_time": 1_457_280_000, "end_time": 1_457_712_000,
        "card_quantity": 10
    })
}

/// A connection to the server.
struct Wire(TcpStream);

/// A reply, as it came.
#[derive(Debug)]
struct Raw {
    head: String,
    body: Vec<u8>,
}

impl Wire {
    fn to(server: &TestServer) -> Self {
        let stream = TcpStream::connect(server.address()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        Self(stream)
    }

    fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.write_all(bytes.as_ref()).unwrap();
    }

    fn post(&mut self, target: &str, body: impl AsRef<[u8]>) {
        let body = body.as_ref();
        let length = body.len();
        self.send(format!("POST {target} HTTP/1.1\r\nContent-Length: {length}\r\n\r\n"));
        self.send(body);
    }

    /// One reply: the head and as much as it announces.
    fn reply(&mut self) -> Raw {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            self.0.read_exact(&mut byte).unwrap();
            head.extend(byte);
        }
        let head = String::from_utf8(head).unwrap();
        let mut body = vec![0; length(&head)];
        self.0.read_exact(&mut body).unwrap();
        Raw { head, body }
    }

    /// All that comes until the connection is closed.
    fn rest(&mut self) -> Vec<u8> {
        let mut rest = Vec::new();
        self.0.read_to_end(&mut rest).unwrap();
        rest
    }
}

impl Raw {
    fn status(&self) -> u16 {
        self.head.split(' ').nth(1).unwrap().parse().unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn code(&self) -> Option<i64> {
        self.json()["errcode"].as_i64()
    }
}

fn length(head: &str) -> usize {
    let (_, rest) = head.split_once("Content-Length: ").unwrap();
    rest.lines().next().unwrap().parse().unwrap()
}

fn post(server: &TestServer, target: &str, body: impl AsRef<[u8]>) -> Raw {
    let mut wire = Wire::to(server);
    wire.post(target, body);
    wire.reply()
}

fn get(server: &TestServer, target: &str) -> Raw {
    let mut wire = Wire::to(server);
    wire.send(format!("GET {target} HTTP/1.1\r\n\r\n"));
    wire.reply()
}

/// A call with a token that works.
fn call(server: &TestServer, path: &str, body: &Value) -> Raw {
    post(server, &with_token(path, server.token().expose()), body.to_string())
}

fn with_token(path: &str, token: &str) -> String {
    format!("{path}?access_token={token}")
}
