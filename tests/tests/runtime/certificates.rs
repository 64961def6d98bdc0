//! Where the system has no CA certificates, as in slim containers.
//!
//! What certificates there are is read from the environment, so each test runs itself again with
//! another one.

use wechat_bizwifi::testing::TestServer;
use wechat_bizwifi::{Client, Credentials, ErrorKind, GetCouponPlacement};
use wechat_bizwifi_tests::OwnProcess;

/// Whether this is the process without certificates; if not, runs the test in one.
fn without_certificates(test: impl Fn()) -> bool {
    let process = OwnProcess::of(test).env("SSL_CERT_FILE", "/nonexistent");
    !process.env("SSL_CERT_DIR", "/nonexistent").has_run()
}

#[test]
fn a_client_for_the_real_service_says_what_is_missing_and_what_helps() {
    if !without_certificates(a_client_for_the_real_service_says_what_is_missing_and_what_helps) {
        return;
    }
    let error = Client::builder(Credentials::new("wx0123456789abcdef", "s")).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    let text = error.to_string();
    for way in ["no CA certificates", "`ca-certificates`", "`webpki-roots`", "`http_client`"] {
        assert!(text.contains(way), "{text}");
    }
}

#[test]
fn a_client_for_this_machine_works() {
    if !without_certificates(a_client_for_this_machine_works) {
        return;
    }
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        let server = TestServer::start().await.unwrap();
        let client = server.client_builder().build().unwrap();
        let placed = client.get_coupon_placement(&GetCouponPlacement::new(1)).await.unwrap();
        assert_eq!(placed, None);
    });
}
