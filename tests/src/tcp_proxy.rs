//! One address in front of a server that changes, as a load balancer or a failover has it.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU16, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// What becomes of the connections that are open, while new ones work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoilt {
    /// They stay open, and nothing is answered any more.
    Silent,
    /// Whatever is asked, this is answered.
    Answers(&'static str),
}

/// Passes bytes on between its own address and a port on this machine, until the test ends.
#[derive(Debug)]
pub struct TcpProxy {
    port: u16,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    target: AtomicU16,
    accepted: AtomicUsize,
    /// One for each connection that was accepted.
    fates: Mutex<Vec<Fate>>,
}

type Fate = Arc<Mutex<Option<Spoilt>>>;

impl TcpProxy {
    /// Starts one in front of this port.
    pub fn to(target: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            target: AtomicU16::new(target),
            accepted: AtomicUsize::new(0),
            fates: Mutex::default(),
        });
        let server = shared.clone();
        thread::spawn(move || {
            for client in listener.incoming() {
                server.serve(client.unwrap());
            }
        });
        Self { port, shared }
    }

    /// The port on 127.0.0.1 where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Sends connections that come from now on to another port. Those that are open stay.
    pub fn point_at(&self, target: u16) {
        self.shared.target.store(target, Ordering::SeqCst);
    }

    /// Spoils the connections that are open.
    pub fn spoil(&self, how: Spoilt) {
        for fate in self.shared.fates.lock().unwrap().iter() {
            *fate.lock().unwrap() = Some(how);
        }
    }

    /// How many connections have come so far.
    pub fn accepted(&self) -> usize {
        self.shared.accepted.load(Ordering::SeqCst)
    }
}

impl Shared {
    /// Where nobody listens behind it, the connection is closed at once.
    fn serve(&self, client: TcpStream) {
        self.accepted.fetch_add(1, Ordering::SeqCst);
        let Ok(server) = TcpStream::connect(("127.0.0.1", self.target.load(Ordering::SeqCst)))
        else {
            return;
        };
        let fate = Fate::default();
        self.fates.lock().unwrap().push(fate.clone());
        let (from_client, to_client) = (client.try_clone().unwrap(), client);
        let (from_server, to_server) = (server.try_clone().unwrap(), server);
        let answers = to_client.try_clone().unwrap();
        let spoilt = fate.clone();
        thread::spawn(move || ask(from_client, &to_server, &answers, &fate));
        thread::spawn(move || answer(from_server, &to_client, &spoilt));
    }
}

fn ask(mut client: TcpStream, mut server: &TcpStream, mut answers: &TcpStream, fate: &Fate) {
    let mut buffer = [0; 4096];
    while let Ok(length @ 1..) = client.read(&mut buffer) {
        let spoilt = *fate.lock().unwrap();
        let passed = match spoilt {
            None => server.write_all(&buffer[..length]),
            Some(Spoilt::Silent) => Ok(()),
            Some(Spoilt::Answers(text)) => answers.write_all(text.as_bytes()),
        };
        if passed.is_err() {
            break;
        }
    }
    // The other end may have gone already.
    let _ = server.shutdown(Shutdown::Both);
}

fn answer(mut server: TcpStream, mut client: &TcpStream, fate: &Fate) {
    let mut buffer = [0; 4096];
    while let Ok(length @ 1..) = server.read(&mut buffer) {
        if fate.lock().unwrap().is_none() && client.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    let _ = client.shutdown(Shutdown::Both);
}
