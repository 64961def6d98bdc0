//! TLS over a real socket, with an HTTP client of the user's own.
#![expect(clippy::unwrap_used, reason = "a test that unwraps says where it failed")]

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rcgen::{CertificateParams, KeyPair};
use reqwest::Certificate;
use reqwest::redirect::Policy;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use wechat_bizwifi::testing::{Endpoint, TestServer};
use wechat_bizwifi::{Client, Error, ErrorKind, GetCouponPlacement};

/// The embedded server behind a door that speaks TLS.
struct Setup {
    server: TestServer,
    url: String,
    certificate: Certificate,
}

impl Setup {
    /// The door shows a certificate for this name.
    async fn new(name: &str) -> Self {
        Self::with(CertificateParams::new([name.to_owned()]).unwrap()).await
    }

    /// The door shows a certificate like this.
    async fn with(params: CertificateParams) -> Self {
        let server = TestServer::start().await.unwrap();
        let (config, certificate) = certified(&params);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
        let (acceptor, address) = (TlsAcceptor::from(Arc::new(config)), server.address());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                // A client that does not trust the certificate hangs up: that is its affair.
                tokio::spawn(async move {
                    let mut inside = TcpStream::connect(address).await?;
                    let mut outside = acceptor.accept(stream).await?;
                    copy_bidirectional(&mut outside, &mut inside).await
                });
            }
        });
        Self { server, url, certificate }
    }

    /// Reads a placement with an HTTP client that trusts this certificate and no other.
    async fn get(&self, trusted: &Certificate) -> Result<(), Error> {
        let http = reqwest::Client::builder()
            .tls_certs_only([trusted.clone()])
            .redirect(Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        let builder = Client::builder(self.server.credentials());
        let client = builder.base_url(&*self.url).http_client(http).build().unwrap();
        client.get_coupon_placement(&GetCouponPlacement::new(429_620)).await.map(drop)
    }
}

/// What a server needs to show a new certificate like this, and the certificate.
fn certified(params: &CertificateParams) -> (ServerConfig, Certificate) {
    let signing_key = KeyPair::generate().unwrap();
    let cert = params.self_signed(&signing_key).unwrap();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder().with_no_client_auth();
    let config = config.with_single_cert(vec![cert.der().clone()], key).unwrap();
    (config, Certificate::from_der(cert.der()).unwrap())
}

fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text} | {error}");
        cause = error.source();
    }
    text
}

#[tokio::test]
async fn a_client_that_trusts_the_servers_certificate_reaches_it() {
    let setup = Setup::new("localhost").await;
    setup.get(&setup.certificate).await.unwrap();
    assert_eq!(setup.server.call_count(Endpoint::GET_COUPON_PLACEMENT), 1);
}

#[tokio::test]
async fn one_that_does_not_trust_it_sends_nothing_and_says_what_helps() {
    let setup = Setup::new("localhost").await;
    let params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    let (_, another) = certified(&params);
    let error = setup.get(&another).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(!error.may_have_been_sent() && !error.is_retryable());
    let address = setup.url.trim_start_matches("https://");
    let reason = error.source().unwrap();
    assert_eq!(
        reason.to_string(),
        format!(
            "getStableAccessToken: cannot connect to {address}: its certificate is \
             not trusted; if a proxy or gateway of yours puts its own in place, trust that one, in \
             the system or in an `http_client` of your own (nothing was sent)"
        )
    );
    assert!(!chain(&error).contains("secret="), "{}", chain(&error));
    assert_eq!(setup.server.call_count(Endpoint::ANY), 0);
}

#[tokio::test]
async fn a_certificate_for_another_name_is_not_trusted_either() {
    let setup = Setup::new("elsewhere.example").await;
    let error = setup.get(&setup.certificate).await.unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Connect, false));
    assert_eq!(setup.server.call_count(Endpoint::ANY), 0);
}

#[tokio::test]
async fn a_certificate_outside_its_dates_is_reported_with_them_and_tried_once() {
    let tomorrow = SystemTime::now() + Duration::from_secs(24 * 3600);
    let yesterday = SystemTime::now() - Duration::from_secs(24 * 3600);
    for (from, until, said) in [
        (
            tomorrow,
            tomorrow + Duration::from_secs(24 * 3600),
            "is not valid yet (it is valid from ",
        ),
        (yesterday - Duration::from_secs(24 * 3600), yesterday, "has expired (it is valid until "),
    ] {
        let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
        (params.not_before, params.not_after) = (from.into(), until.into());
        let setup = Setup::with(params).await;
        let error = setup.get(&setup.certificate).await.unwrap_err();
        let text = chain(&error);
        assert!(error.kind() == ErrorKind::Connect && !text.contains("attempts)"), "{text}");
        assert!(text.contains(said) && text.contains(" GMT"), "{text}");
        assert!(
            text.contains("this machine's clock, which says ") && !text.contains("trusted"),
            "{text}"
        );
        assert!(!error.is_retryable() && !error.may_have_been_sent());
    }
}
