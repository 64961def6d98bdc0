//! What the server makes of bytes.

use super::*;
use crate::testing::Endpoint;

#[test]
fn a_chunked_body_is_answered_with_412_and_looked_at_no_further() {
    let server = server();
    server.fault(Endpoint::ANY).reply_code(-1);
    let mut wire = Wire::to(&server);
    let target = with_token(SET, server.token().expose());
    let body = documented().to_string();
    wire.send(format!("POST {target} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"));
    wire.send(format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len()));
    let reply = wire.reply();
    assert_eq!(reply.status(), 412);
    assert!(reply.head.contains("Connection: close"));
    assert!(wire.rest().is_empty());
    let calls = server.calls();
    assert_eq!(calls[0].reply().unwrap().status(), 412);
    assert!(calls[0].body().is_empty());
}

#[test]
fn one_connection_carries_many_requests_even_at_once() {
    let server = server();
    let mut wire = Wire::to(&server);
    wire.post(GET, "{}");
    wire.post(SET, "{}");
    for _ in 0..2 {
        assert_eq!(wire.reply().code(), Some(41001));
    }
    let paths: Vec<_> = server.calls().iter().map(|call| call.path().to_owned()).collect();
    assert_eq!(paths, [GET, SET]);
}

#[test]
fn a_request_may_trickle_in() {
    let server = server();
    let mut wire = Wire::to(&server);
    for byte in "POST /x HTTP/1.1\r\ncontent-length: 2\r\n\r\n{}".bytes() {
        wire.send([byte]);
    }
    assert_eq!(wire.reply().code(), Some(40066));
    assert_eq!(server.calls()[0].body(), b"{}");
}

#[test]
fn a_client_that_asks_first_is_told_to_go_on() {
    let server = server();
    let mut wire = Wire::to(&server);
    wire.send("POST /x HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    let mut go_on = [0; 25];
    wire.0.read_exact(&mut go_on).unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    wire.send("{}");
    assert_eq!(wire.reply().status(), 200);
}

#[test]
fn a_client_that_asks_and_has_sent_its_body_gets_the_reply_and_nothing_before_it() {
    let server = server();
    let mut wire = Wire::to(&server);
    wire.send("POST /x HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n{}");
    assert_eq!(wire.reply().status(), 200);
}

#[test]
fn a_connection_is_closed_when_the_client_wants_it() {
    let server = server();
    for head in ["GET /x HTTP/1.0\r\n\r\n", "GET /x HTTP/1.1\r\nConnection: close\r\n\r\n"] {
        let mut wire = Wire::to(&server);
        wire.send(head);
        assert!(wire.reply().head.contains("Connection: close"));
        assert!(wire.rest().is_empty());
    }
}

#[test]
fn what_is_not_http_or_too_long_is_turned_away() {
    let server = server();
    let long = format!("GET /{} HTTP/1.1\r\n", "x".repeat(70_000));
    let huge = "POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n".to_owned();
    for (bytes, status) in [("nonsense\r\n\r\n".to_owned(), 400), (long, 413), (huge, 413)] {
        let mut wire = Wire::to(&server);
        wire.send(bytes);
        assert_eq!(wire.reply().status(), status);
    }
    assert!(server.calls().is_empty());
}

#[test]
fn a_request_of_exactly_the_longest_length_is_taken() {
    let server = server();
    // As long as a head may be without its end, which then comes.
    let head = |length: usize| "GET /".to_owned() + &"x".repeat(length - 5);
    let mut wire = Wire::to(&server);
    wire.send(head(64 * 1024));
    wire.send(" HTTP/1.1\r\n\r\n");
    assert_eq!(wire.reply().code(), Some(40066));
    let mut wire = Wire::to(&server);
    wire.send(head(64 * 1024 + 1));
    assert_eq!(wire.reply().status(), 413);
    // The server asks for a body before it reads it.
    let ask = |length: usize| {
        let mut wire = Wire::to(&server);
        let headers = format!("Content-Length: {length}\r\nExpect: 100-continue");
        wire.send(format!("POST /x HTTP/1.1\r\n{headers}\r\n\r\n"));
        let mut status = [0; 12];
        wire.0.read_exact(&mut status).unwrap();
        String::from_utf8(status.to_vec()).unwrap()
    };
    let longest = 16 * 1024 * 1024;
    assert_eq!([longest, longest + 1].map(ask), ["HTTP/1.1 100", "HTTP/1.1 413"]);
    let headers = |count: usize| format!("GET /x HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(count));
    for (count, status) in [(64, 200), (65, 413)] {
        let mut wire = Wire::to(&server);
        wire.send(headers(count));
        assert_eq!(wire.reply().status(), status, "{count}");
    }
}

#[test]
fn headers_are_read_whatever_their_case_and_the_spaces_around_them() {
    let server = server();
    for header in ["content-length: 2", "CONTENT-LENGTH:2", "Content-Length: \t 2 \t "] {
        let mut wire = Wire::to(&server);
        wire.send(format!("POST /x HTTP/1.1\r\n{header}\r\nconnection: CLOSE\r\n\r\n{{}}"));
        assert!(wire.reply().head.contains("Connection: close"), "{header}");
        assert_eq!(server.calls().last().unwrap().body(), b"{}", "{header}");
    }
    let mut wire = Wire::to(&server);
    wire.send("GET /x HTTP/1.1\r\nConnection: keep-alive\r\nExpect: nothing\r\n\r\n");
    assert!(wire.reply().head.contains("Connection: keep-alive"));
}

#[test]
fn a_reply_to_head_has_no_body() {
    let server = server();
    let mut wire = Wire::to(&server);
    wire.send("HEAD /x HTTP/1.1\r\n\r\nHEAD /x HTTP/1.1\r\nConnection: close\r\n\r\n");
    let rest = wire.rest();
    assert!(rest.ends_with(b"\r\n\r\n"), "{}", String::from_utf8_lossy(&rest));
}

#[test]
fn a_request_that_breaks_off_is_no_call() {
    let server = server();
    let mut wire = Wire::to(&server);
    wire.send("POST /x HTTP/1.1\r\nContent-Length: 10\r\n\r\n{}");
    wire.0.shutdown(std::net::Shutdown::Write).unwrap();
    assert!(wire.rest().is_empty());
    assert!(server.calls().is_empty());
}

#[test]
fn the_port_is_closed_when_the_server_is_dropped() {
    let server = server();
    let mut wire = Wire::to(&server);
    wire.post("/x", "{}");
    wire.reply();
    let address = server.address();
    drop(server);
    assert!(wire.rest().is_empty());
    assert!(TcpStream::connect(address).is_err());
    let again = TestServer::builder().address(address).start_blocking().unwrap();
    assert_eq!(again.address(), address);
}

#[test]
fn a_port_that_is_taken_is_an_error() {
    let first = server();
    assert!(TestServer::builder().address(first.address()).start_blocking().is_err());
}
