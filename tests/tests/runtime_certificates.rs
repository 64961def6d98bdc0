//! Where the system has no CA certificates, as in slim containers.
//!
//! What certificates there are is read from the environment, so each test runs itself again with
//! another one.
#![expect(clippy::unwrap_used, reason = "a test that unwraps says where it failed")]

use std::env;
use std::process::Command;

use wechat_bizwifi::testing::TestServer;
use wechat_bizwifi::{Client, Credentials, ErrorKind, GetCouponPlacement};

const MARK: &str = "WITHOUT_CERTIFICATES";

/// Whether this is the run without certificates; if not, starts it and sees that it succeeds.
fn without_certificates(test: &str) -> bool {
    if env::var_os(MARK).is_some() {
        return true;
    }
    let output = Command::new(env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture"])
        .env(MARK, "1")
        .env("SSL_CERT_FILE", "/nonexistent")
        .env("SSL_CERT_DIR", "/nonexistent")
        .output()
        .unwrap();
    let printed = [output.stdout, output.stderr].concat();
    let shown = String::from_utf8_lossy(&printed);
    assert!(output.status.success() && shown.contains("1 passed"), "{shown}");
    false
}

#[test]
fn a_client_for_the_real_service_says_what_is_missing_and_what_helps() {
    if !without_certificates("a_client_for_the_real_service_says_what_is_missing_and_what_helps") {
        return;
    }
    let error = Client::builder(Credentials::new("wx0123456789abcdef", "s")).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    let text = error.to_string();
    for cure in ["no CA certificates", "`ca-certificates`", "`webpki-roots`", "`http_client`"] {
        assert!(text.contains(cure), "{text}");
    }
}

#[test]
fn a_client_for_this_machine_works() {
    if !without_certificates("a_client_for_this_machine_works") {
        return;
    }
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        let server = TestServer::start().await.unwrap();
        let client = server.client_builder().build().unwrap();
        let placed = client.get_coupon_placement(&GetCouponPlacement::new(1)).await.unwrap();
        assert_eq!(placed, None);
    });
}
