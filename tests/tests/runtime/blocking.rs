//! The blocking client, outside and inside of runtimes.
#![expect(clippy::unwrap_used, reason = "a test that unwraps says where it failed")]

use wechat_bizwifi::testing::TestServer;
use wechat_bizwifi::{ErrorKind, GetCouponPlacement, blocking};

fn call(server: &TestServer) -> blocking::Client {
    let client = blocking::Client::builder(server.credentials()).base_url(server.base_url());
    let client = client.build().unwrap();
    assert_eq!(client.get_coupon_placement(&GetCouponPlacement::new(1)).unwrap(), None);
    client
}

#[test]
fn it_works_without_a_runtime() {
    let server = TestServer::start_blocking().unwrap();
    let client = call(&server);
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            std::thread::spawn(move || client.get_coupon_placement(&GetCouponPlacement::new(1)))
        })
        .collect();
    for thread in threads {
        thread.join().unwrap().unwrap();
    }
}

#[tokio::test(flavor = "current_thread")]
async fn it_works_and_is_dropped_inside_a_runtime_of_one_thread() {
    let server = TestServer::start_blocking().unwrap();
    drop(call(&server));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_works_and_is_dropped_inside_a_runtime_of_many_threads() {
    let server = TestServer::start_blocking().unwrap();
    drop(call(&server));
    let moved = call(&server);
    tokio::task::spawn_blocking(move || drop(moved)).await.unwrap();
}

#[test]
fn its_errors_are_those_of_the_async_client() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let auth = wechat_bizwifi::Auth::fixed("T");
    let client =
        blocking::Client::builder(auth).base_url(format!("http://{free}")).build().unwrap();
    let error = client.get_coupon_placement(&GetCouponPlacement::new(1)).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3));
    let error = blocking::Client::builder(wechat_bizwifi::Auth::fixed("T"))
        .base_url("http://example.com")
        .build()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
}
