//! One client on several tokio runtimes: those that end, those that nobody drives, those that are
//! driven during calls only.
#![expect(clippy::unwrap_used, reason = "a test that unwraps says where it failed")]

use std::io::{BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::pin;
use std::sync::{Arc, Barrier, Mutex, mpsc};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use wechat_bizwifi::testing::{Endpoint, TestServer};
use wechat_bizwifi::{Auth, CallOptions, Client, Error, ErrorKind, GetCouponPlacement};

use crate::placement;
use crate::tokens::Ahead;

const STORE: i64 = 429_620;

/// Long enough for a call on a busy machine, and shorter than any time limit of the client's.
const SOON: Duration = Duration::from_secs(3);

async fn set(client: Client) -> Result<(), Error> {
    client.set_coupon_placement(&placement()).await
}

async fn get(client: Client) -> Result<(), Error> {
    client.get_coupon_placement(&GetCouponPlacement::new(STORE)).await.map(drop)
}

fn one_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn two_threads() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

fn start() -> (TestServer, Client) {
    let server = TestServer::start_blocking().unwrap();
    let client = server.client_builder().build().unwrap();
    (server, client)
}

/// Makes sixty short-lived runtimes, with two calls on each.
fn sixty_runtimes(client: &Client) -> Vec<Result<(), Error>> {
    let two_calls = |_| {
        let runtime = one_thread();
        [runtime.block_on(set(client.clone())), runtime.block_on(set(client.clone()))]
    };
    (0..60).flat_map(two_calls).collect()
}

#[test]
fn four_threads_of_sixty_short_lived_runtimes_share_a_client_without_one_failure() {
    let (_server, client) = start();
    let results: Vec<_> = thread::scope(|scope| {
        let threads = [(); 4].map(|()| scope.spawn(|| sixty_runtimes(&client)));
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(results.len(), 480);
    let failed: Vec<_> = results.into_iter().filter_map(Result::err).collect();
    assert!(failed.is_empty(), "{failed:?}");
}

#[test]
fn a_connection_of_a_runtime_that_nobody_drives_is_not_used_by_another() {
    let (server, client) = start();
    let (undriven, driven) = (one_thread(), one_thread());
    for _ in 0..3 {
        undriven.block_on(set(client.clone())).unwrap();
    }
    let began = Instant::now();
    for _ in 0..3 {
        driven.block_on(set(client.clone())).unwrap();
    }
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
    assert_eq!(server.call_count(Endpoint::SET_COUPON_PLACEMENT), 6);
}

/// A call on a runtime of its own, in a thread of its own.
fn call_elsewhere(client: &Client) -> mpsc::Receiver<Result<(), Error>> {
    let (ended, result) = mpsc::channel();
    let client = client.clone();
    thread::spawn(move || ended.send(one_thread().block_on(get(client))));
    result
}

/// Begins a token fetch on a runtime, where it does not end by itself.
fn begin_fetch(server: &TestServer, client: &Client, runtime: &Runtime) {
    server.fault(Endpoint::STABLE_TOKEN).hang();
    runtime.block_on(async {
        let call = timeout(Duration::from_millis(100), get(client.clone()));
        assert!(call.await.is_err());
    });
    assert_eq!(server.call_count(Endpoint::STABLE_TOKEN), 1);
}

#[test]
fn a_token_fetch_whose_runtime_ends_is_taken_over_by_whoever_waits_for_it() {
    let (server, client) = start();
    let ends = two_threads();
    begin_fetch(&server, &client, &ends);
    let waiting = call_elsewhere(&client);
    assert!(waiting.recv_timeout(Duration::from_millis(400)).is_err(), "it did not wait");
    ends.shutdown_background();
    waiting.recv_timeout(SOON).unwrap().unwrap();
    assert_eq!(server.call_count(Endpoint::STABLE_TOKEN), 2);
}

#[test]
fn a_token_fetch_whose_runtime_has_ended_does_not_concern_the_next_call() {
    let (server, client) = start();
    let ended = one_thread();
    begin_fetch(&server, &client, &ended);
    drop(ended);
    call_elsewhere(&client).recv_timeout(SOON).unwrap().unwrap();
}

#[test]
fn a_token_fetch_whose_runtime_nobody_drives_is_taken_over() {
    let (server, client) = start();
    let undriven = one_thread();
    begin_fetch(&server, &client, &undriven);
    call_elsewhere(&client).recv_timeout(SOON).unwrap().unwrap();
    // And the runtime that began it goes on as any other.
    undriven.block_on(get(client)).unwrap();
    assert_eq!(server.call_count(Endpoint::STABLE_TOKEN), 2);
}

#[test]
fn a_renewal_whose_runtime_nobody_drives_is_begun_again_by_another() {
    let (server, clock) = (TestServer::start_blocking().unwrap(), Ahead::default());
    server.clock().follow(clock.clone());
    let client = server.client_builder().clock(clock.clone()).build().unwrap();
    let (undriven, driven) = (one_thread(), one_thread());
    driven.block_on(get(client.clone())).unwrap();
    clock.advance(Duration::from_secs(7200 - 170));
    server.fault(Endpoint::STABLE_TOKEN).hang();
    // It gives the renewal two seconds, and goes on with the token that it has.
    undriven.block_on(get(client.clone())).unwrap();
    assert_eq!(server.call_count(Endpoint::STABLE_TOKEN), 2);
    clock.advance(Duration::from_secs(21));
    driven.block_on(get(client)).unwrap();
    assert_eq!(server.call_count(Endpoint::STABLE_TOKEN), 3);
}

#[test]
fn calls_of_several_runtimes_that_are_driven_share_one_token_fetch() {
    let (server, client) = start();
    let runtimes = [(); 4].map(|()| two_threads());
    let gate = server.fault(Endpoint::STABLE_TOKEN).hold();
    let calls: Vec<_> = runtimes
        .iter()
        .flat_map(|runtime| (0..10).map(|_| runtime.spawn(get(client.clone()))))
        .collect();
    thread::sleep(Duration::from_millis(500));
    gate.open();
    for call in calls {
        one_thread().block_on(call).unwrap().unwrap();
    }
    assert_eq!(server.call_count(Endpoint::STABLE_TOKEN), 1);
}

/// A server that closes connections without having said so: as those do that limit how long one may be
/// idle. It replies when so many requests are there, since a connection that has its reply is used for a
/// call that still waits for one of its own.
struct ClosingServer {
    client: Client,
    close: mpsc::Sender<()>,
    closed: mpsc::Receiver<()>,
}

impl ClosingServer {
    fn start(calls_at_a_time: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let client = Client::builder(Auth::fixed("T")).base_url(base_url).build().unwrap();
        let ((close, close_requested), (closing, closed)) = (mpsc::channel(), mpsc::channel());
        let shared = Arc::new((Barrier::new(calls_at_a_time), Mutex::new(close_requested)));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (shared, closing) = (Arc::clone(&shared), closing.clone());
                thread::spawn(move || {
                    let (all_are_there, close_requested) = &*shared;
                    if has_request(&stream) {
                        all_are_there.wait();
                        reply(&stream);
                        close_requested.lock().unwrap().recv().unwrap();
                        drop(stream);
                        closing.send(()).unwrap();
                    }
                });
            }
        });
        Self { client, close, closed }
    }

    /// Makes calls, each some time after the connection of the one before was closed. The runtime
    /// is not driven meanwhile.
    fn calls(&self, call: impl Fn(Client) -> Result<(), Error>) {
        for number in 0..20 {
            let result = call(self.client.clone());
            assert!(result.is_ok(), "call {number}: {result:?}");
            self.close(1);
        }
    }

    fn close(&self, connections: usize) {
        for _ in 0..connections {
            self.close.send(()).unwrap();
            self.closed.recv_timeout(SOON).unwrap();
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// Reads a request to the end of its body, since what is left unread resets the connection.
fn has_request(stream: &TcpStream) -> bool {
    BufReader::new(stream).bytes().any(|byte| byte.is_ok_and(|byte| byte == b'}'))
}

fn reply(mut stream: &TcpStream) {
    let reply = b"HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n{\"errcode\":0}";
    stream.write_all(reply).unwrap();
}

#[test]
fn a_connection_that_was_closed_while_the_runtime_was_not_driven_is_not_written_to() {
    let runtime = one_thread();
    ClosingServer::start(1).calls(|client| runtime.block_on(set(client)));
}

#[test]
fn nor_is_it_by_a_call_in_a_task_of_its_own() {
    let runtime = one_thread();
    let call = |client| runtime.block_on(runtime.spawn(set(client))).unwrap();
    ClosingServer::start(1).calls(call);
}

#[test]
fn nor_is_it_by_the_first_of_several_calls_at_a_time() {
    let runtime = one_thread();
    let calls = |client: Client| {
        runtime.block_on(async {
            let (one, other) = tokio::join!(set(client.clone()), set(client));
            one.and(other)
        })
    };
    let server = ClosingServer::start(2);
    for _ in 0..10 {
        calls(server.client.clone()).unwrap();
        server.close(2);
    }
}

#[test]
fn nor_is_it_while_the_only_worker_of_the_runtime_was_blocked() {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let server = ClosingServer::start(1);
    let all = runtime.spawn(async move {
        for _ in 0..20 {
            set(server.client.clone()).await.unwrap();
            server.close(1);
        }
    });
    runtime.block_on(all).unwrap();
}

#[test]
fn a_call_outside_of_any_runtime_is_an_error_and_no_panic() {
    let (_server, client) = start();
    let by_token = Client::builder(Auth::fixed("T")).base_url("http://127.0.0.1:9").build();
    for client in [client, by_token.unwrap()] {
        let poll = pin!(set(client)).poll(&mut Context::from_waker(Waker::noop()));
        let Poll::Ready(Err(error)) = poll else { panic!("{poll:?}") };
        assert_eq!(error.kind(), ErrorKind::Config);
        assert_eq!(
            error.to_string(),
            "setCouponPlacement: the client has to be used within a tokio runtime: call it from \
             `#[tokio::main]` or `Runtime::block_on`, or use `blocking::Client`, with the feature \
             `blocking`"
        );
    }
}

#[test]
fn calls_shorter_than_the_token_endpoint_takes_find_its_token_later() {
    let (server, client) = start();
    server.fault(Endpoint::STABLE_TOKEN).always().delay(Duration::from_millis(500)).reply_truly();
    let limit = Duration::from_millis(300);
    let by_builder = server.client_builder().timeout(limit).attempt_timeout(limit).build().unwrap();
    for hurried in [client.with(CallOptions::new().timeout(limit)), by_builder] {
        server.clear_calls();
        let runtime = one_thread();
        let results: Vec<_> =
            (0..10).map(|_| runtime.block_on(get(hurried.clone())).map_err(|e| e.kind())).collect();
        assert_eq!(results[0], Err(ErrorKind::Timeout));
        assert!(results[2..].iter().all(Result::is_ok), "{results:?}");
        assert_eq!(server.call_count(Endpoint::STABLE_TOKEN), 1);
    }
}
