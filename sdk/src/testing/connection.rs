//! One connection: requests in, replies out, and cuts where the script wants them.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::http::{Inbox, Reply, Unreadable};
use super::log::Cut;
use super::shared::Shared;

/// How long a connection that is closed with a reply lingers, so that the client gets to read it.
const LINGER: Duration = Duration::from_secs(1);

/// How long to wait after a connection could not be accepted, as when files have run out.
const BREATH: Duration = Duration::from_millis(10);

/// Accepts connections, for ever.
pub(super) async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // Replies go out in one write each.
                let _ = stream.set_nodelay(true);
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
            Err(_) => tokio::time::sleep(BREATH).await,
        }
    }
}

async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    let mut inbox = Inbox::new(stream);
    // A client that goes away ends its connection and nothing else.
    while let Ok(true) = exchange(&mut inbox, &shared).await {}
}

/// Answers one request; tells whether another may follow.
async fn exchange(inbox: &mut Inbox, shared: &Shared) -> io::Result<bool> {
    let request = match inbox.next().await {
        Ok(request) => request,
        Err(Unreadable::Gone) => return Ok(false),
        Err(Unreadable::Malformed) => return turn_away(inbox, 400).await,
        Err(Unreadable::TooLong) => return turn_away(inbox, 413).await,
    };
    let (mut reply, cut) = shared.answer(&request).await;
    reply.keep_alive &= request.keep_alive;
    let bytes = reply.bytes(request.method == "HEAD");
    if cut == Some(Cut::NoReply) {
        drain(inbox).await;
    }
    send(inbox.stream(), sent(&bytes, &reply, cut), &reply).await?;
    if !reply.keep_alive && cut.is_none() {
        close(inbox).await?;
    }
    Ok(reply.keep_alive && cut.is_none())
}

async fn turn_away(inbox: &mut Inbox, status: u16) -> io::Result<bool> {
    inbox.stream().write_all(&Reply::closing(status).bytes(false)).await?;
    close(inbox).await?;
    Ok(false)
}

/// The part of a reply that goes out.
fn sent<'a>(bytes: &'a [u8], reply: &Reply, cut: Option<Cut>) -> &'a [u8] {
    let length = match cut {
        None | Some(Cut::AfterReply) => bytes.len(),
        Some(Cut::BeforeReply | Cut::NoReply) => 0,
        Some(Cut::WithinReply) => bytes.len().saturating_sub(reply.body.len().div_ceil(2)),
    };
    bytes.get(..length).unwrap_or(bytes)
}

/// Sends a reply at once or, where it trickles, its head at once and its body byte by byte.
async fn send(stream: &mut TcpStream, bytes: &[u8], reply: &Reply) -> io::Result<()> {
    let Some(pause) = reply.trickle else {
        return stream.write_all(bytes).await;
    };
    let (head, body) = bytes.split_at_checked(reply.head().len()).unwrap_or((bytes, &[]));
    stream.write_all(head).await?;
    for byte in body {
        tokio::time::sleep(pause).await;
        stream.write_all(&[*byte]).await?;
    }
    Ok(())
}

/// Ends the replies, and reads on for a while: closing with something unread would take the last
/// reply away from the client.
async fn close(inbox: &mut Inbox) -> io::Result<()> {
    inbox.stream().shutdown().await?;
    let _ = tokio::time::timeout(LINGER, drain(inbox)).await;
    Ok(())
}

/// Waits until the client closes the connection.
async fn drain(inbox: &mut Inbox) {
    let mut rest = [0; 4096];
    while matches!(inbox.stream().read(&mut rest).await, Ok(count) if count > 0) {}
}
