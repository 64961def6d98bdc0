//! Errors as calls fail with them, for tests.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use wechat_bizwifi::retry::RetryPolicy;
use wechat_bizwifi::testing::{Endpoint, FaultBuilder, TestServer};
use wechat_bizwifi::{Auth, CallOptions, Client, Error, GetCouponPlacement, SetCouponPlacement};

/// What a call fails with whose reply is this one.
pub(crate) async fn failed(reply: impl FnOnce(FaultBuilder<'_>)) -> Error {
    let server = TestServer::start().await.unwrap();
    reply(server.fault(Endpoint::GET_COUPON_PLACEMENT));
    call(&server.client_builder().build().unwrap()).await
}

/// What a call fails with that is refused with this code.
pub(crate) async fn refused(code: i64) -> Error {
    failed(|reply| reply.always().reply_code(code)).await
}

/// What a call fails with that is answered with this status, and asked to wait for so many seconds.
pub(crate) async fn asked_to_wait(status: u16, seconds: u64) -> Error {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let answer = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        assert!(stream.read(&mut [0; 4096]).await.unwrap() > 0, "the request");
        let head =
            format!("HTTP/1.1 {status} x\r\nretry-after: {seconds}\r\ncontent-length: 0\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        stream
    };
    let client = Client::builder(Auth::fixed("token")).base_url(url).build().unwrap();
    tokio::join!(call(&client), answer).0
}

/// The error of a call whose service cannot be reached.
pub(crate) async fn unreached() -> Error {
    call(&unreachable()).await
}

/// A client of a service that does not listen.
pub(crate) fn unreachable() -> Client {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://127.0.0.1:{port}");
    Client::builder(Auth::fixed("token")).base_url(url).build().unwrap()
}

/// What a call fails with whose request breaks a rule.
pub(crate) fn invalid() -> Error {
    SetCouponPlacement::builder().build().unwrap_err().into()
}

async fn call(client: &Client) -> Error {
    let client = client.with(CallOptions::new().retry(RetryPolicy::never()));
    client.get_coupon_placement(&GetCouponPlacement::new(1)).await.unwrap_err()
}
