//! A carrier that fits onto a page: just enough of a server to call.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use serde_json::{Value, json};

use crate::AnnounceParcels;

/// The token that the carrier wants.
pub const TOKEN: &str = "TOKEN";

/// Starts a carrier on loopback, which stays open as long as the program runs, and returns its URL.
///
/// # Errors
///
/// When no port is free.
pub fn open() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // Whoever hangs up early misses the answer.
            let _ = serve(&stream);
        }
    });
    Ok(url)
}

fn serve(stream: &TcpStream) -> io::Result<()> {
    let (target, body) = read_request(stream)?;
    let reply = answer(&target, &body).to_string();
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{reply}",
        reply.len()
    )
}

/// Method, path and query; and the body.
fn read_request(stream: &TcpStream) -> io::Result<(String, Vec<u8>)> {
    let mut input = BufReader::new(stream);
    let mut first = String::new();
    input.read_line(&mut first)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
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
    Ok((first.trim_end().trim_end_matches(" HTTP/1.1").to_owned(), body))
}

fn answer(target: &str, body: &[u8]) -> Value {
    let (endpoint, query) = target.split_once('?').unwrap_or((target, ""));
    let parameter = |name: &str| {
        query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name)
    };
    match endpoint {
        "GET /v1/parcel/track" => match parameter("number") {
            Some((_, "RC00000001")) => parcel(parameter("most_events").map(|(_, most)| most)),
            _ => json!({ "code": 2001, "message": "no such parcel" }),
        },
        "POST /v1/parcel/announce"
            if parameter("access_token") != Some(("access_token", TOKEN)) =>
        {
            json!({ "code": 1001, "message": "who are you?" })
        }
        "POST /v1/parcel/announce" => announced(body),
        _ => json!({ "code": 9, "message": "no such endpoint" }),
    }
}

fn parcel(most_events: Option<&str>) -> Value {
    let most = most_events.and_then(|most| most.parse().ok()).unwrap_or(10);
    let mut events = vec![
        json!({ "at": 1_767_312_000, "place": "Roissy", "weight": 1250 }),
        // Servers are not always as strict as their documentation.
        json!({ "at": "1767225600", "place": "Singapore", "weight": null, "scanner": 7 }),
    ];
    events.truncate(most);
    json!({ "code": 0, "parcel": {
        "number": "RC00000001",
        "state": 1,
        "receiver": {
            "name": "Ada", "street": "1 Rue Lovelace", "postcode": "75001", "country": "FR",
        },
        "events": events,
    } })
}

/// The generated types serve the other side as well: reading one checks every rule.
fn announced(body: &[u8]) -> Value {
    match serde_json::from_slice::<AnnounceParcels>(body) {
        Ok(request) => {
            let number = |index| format!("RC{:08}", index + 2);
            json!({ "code": 0, "numbers": (0..request.parcels().len()).map(number).collect::<Vec<_>>() })
        }
        Err(error) => json!({ "code": 9, "message": error.to_string() }),
    }
}
