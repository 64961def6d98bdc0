//! The thread that the server runs on.
//!
//! It has a runtime of its own. So a test may block its thread or stop its runtime's time, or have
//! no runtime at all, and the server goes on answering.

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::{Arc, mpsc};
use std::thread::{Builder, JoinHandle};

use futures_util::future::select;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::oneshot;

use super::connection::accept;
use super::shared::Shared;

/// How many connections may wait to be accepted: as many as a test opens at once.
const BACKLOG: u32 = 4096;

/// A running server. Dropping it closes its port and all its connections.
#[derive(Debug)]
pub(super) struct Serving {
    address: SocketAddr,
    /// Both are there until it is dropped.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Serving {
    pub(super) fn start(address: SocketAddr, shared: Arc<Shared>) -> io::Result<Self> {
        let (stop, stopped) = oneshot::channel();
        let (started, bound) = mpsc::channel();
        let run = move || {
            // Whoever started it has gone, if nobody receives this.
            if let Err(fault) = serve(address, shared, stopped, &started) {
                let _ = started.send(Err(fault));
            }
        };
        let thread = Builder::new().name("wechat-bizwifi-testing".to_owned()).spawn(run)?;
        let address = bound.recv().unwrap_or_else(|_| Err(io::ErrorKind::Other.into()))?;
        Ok(Self { address, stop: Some(stop), thread: Some(thread) })
    }

    /// Where it listens.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // It ends at once: its tasks are dropped where they wait.
            let _ = thread.join();
        }
    }
}

fn serve(
    address: SocketAddr,
    shared: Arc<Shared>,
    stopped: oneshot::Receiver<()>,
    started: &mpsc::Sender<io::Result<SocketAddr>>,
) -> io::Result<()> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
    runtime.block_on(async {
        let listener = listen(address)?;
        let _ = started.send(Ok(listener.local_addr()?));
        select(pin!(accept(listener, shared)), stopped).await;
        Ok(())
    })
}

fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // The port of a server that has just ended can be had again. Elsewhere than on Unix this would
    // let two servers share a port.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}
