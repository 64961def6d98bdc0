//! A real Redis for a test of its own.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::skip;

/// A `redis-server` on a free port, with nothing in it, that ends with its owner.
#[derive(Debug)]
pub struct RedisServer {
    port: u16,
    arguments: Vec<String>,
    process: Child,
}

impl RedisServer {
    /// Starts one; `None` if the program is not installed, after [`skip`] has said so.
    pub fn start() -> Option<Self> {
        Self::start_with(&[])
    }

    /// As [`start`](Self::start), with more settings: names with two dashes, each before its value.
    pub fn start_with(settings: &[&str]) -> Option<Self> {
        if Command::new("redis-server").arg("--version").stdout(Stdio::null()).status().is_err() {
            skip("redis-server is not installed (apt-get install redis-server)");
            return None;
        }
        let port = free_port().to_string();
        let common = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--port", &port];
        let arguments = [&common, settings].concat();
        Some(Self::run(port.parse().unwrap(), arguments.iter().map(ToString::to_string).collect()))
    }

    /// Starts a sentinel that watches this server under the name `main`, and decides alone.
    #[must_use]
    pub fn sentinel(&self) -> Self {
        let port = free_port();
        let file = directory(port).join("sentinel.conf");
        let settings = format!(
            "port {port}\nbind 127.0.0.1\nsentinel monitor main 127.0.0.1 {} 1\n\
             sentinel down-after-milliseconds main 200\nsentinel failover-timeout main 1000\n",
            self.port
        );
        fs::create_dir_all(directory(port)).unwrap();
        fs::write(&file, settings).unwrap();
        Self::run(port, vec![file.to_str().unwrap().to_owned(), "--sentinel".to_owned()])
    }

    fn run(port: u16, arguments: Vec<String>) -> Self {
        let process = launch(port, &arguments);
        Self { port, arguments, process }
    }

    /// The port on 127.0.0.1 where it speaks without TLS.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What a store is given as its address.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }

    /// Sends a command, its words separated by blanks; returns the answer as Redis writes it.
    pub fn command(&self, command: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream.write_all(format!("{command}\r\n").as_bytes()).unwrap();
        read_answer(&mut BufReader::new(stream))
    }

    /// Ends it at once, as a crash does: everything in it is lost.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Starts it again on the same port, empty.
    pub fn restart(&mut self) {
        self.process = launch(self.port, &self.arguments);
    }

    /// Lets it stand still: connections stay open and nothing is answered, until
    /// [`resume`](Self::resume).
    pub fn pause(&self) {
        self.signal("-STOP");
    }

    /// Lets it go on.
    pub fn resume(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        // It may have been killed by the test already.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(directory(self.port));
    }
}

/// Where a server keeps its files.
fn directory(port: u16) -> PathBuf {
    std::env::temp_dir().join(format!("redis-server-{port}"))
}

/// A port that nobody listens on: of those that the system gives to nobody by itself, so that it is still
/// free when a server takes it, and of this process's own, since tests run beside each other.
pub fn free_port() -> u16 {
    static TAKEN: AtomicU32 = AtomicU32::new(0);
    loop {
        let number = std::process::id().wrapping_mul(61).wrapping_add(TAKEN.fetch_add(1, SeqCst));
        let port = 10_000 + u16::try_from(number % 20_000).unwrap();
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

fn launch(port: u16, arguments: &[String]) -> Child {
    fs::create_dir_all(directory(port)).unwrap();
    let mut process = Command::new("redis-server")
        .args(arguments)
        .current_dir(directory(port))
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(start.elapsed() < Duration::from_secs(20), "redis-server does not listen");
        assert!(process.try_wait().unwrap().is_none(), "redis-server has ended");
        sleep(Duration::from_millis(20));
    }
    process
}

/// A simple answer, or a list, flattened.
fn read_answer(input: &mut impl BufRead) -> String {
    let mut line = String::new();
    input.read_line(&mut line).unwrap();
    let line = line.trim_end();
    match line.split_at(1) {
        ("$", "-1") => String::new(),
        ("$", length) => {
            let mut text = vec![0; length.parse::<usize>().unwrap() + 2];
            input.read_exact(&mut text).unwrap();
            String::from_utf8_lossy(&text).trim_end().to_owned()
        }
        ("*", count) => {
            let parts = (0..count.parse().unwrap()).map(|_| read_answer(input));
            parts.collect::<Vec<String>>().join("\n")
        }
        (_, rest) => rest.to_owned(),
    }
}
