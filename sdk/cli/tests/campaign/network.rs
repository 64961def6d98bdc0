//! `doctor` on the way to the service, over real sockets: certificates that are not trusted, have ended,
//! have not begun or are another's, no TLS at all, and clocks that are apart.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rcgen::{CertificateParams, KeyPair};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::trial::{Trial, said, text};

const DAY: Duration = Duration::from_secs(24 * 3600);

/// The trial's server behind a door that speaks TLS, in a runtime that ends with this value.
struct Door {
    trial: Trial,
    url: String,
    _runtime: Runtime,
}

impl Door {
    /// The door shows this certificate, which lies in the trial's folder.
    fn new(params: &CertificateParams) -> Self {
        let trial = Trial::new(1);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        std::fs::write(trial.path("trusted.pem"), certificate.pem()).unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder().with_no_client_auth();
        let config = config.with_single_cert(vec![certificate.der().clone()], key).unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let server = trial.server.address();
        let (runtime, address) = serve(move |outside| {
            let acceptor = acceptor.clone();
            async move {
                let mut inside = TcpStream::connect(server).await?;
                let mut outside = acceptor.accept(outside).await?;
                copy_bidirectional(&mut outside, &mut inside).await.map(drop)
            }
        });
        Self { trial, url: format!("https://localhost:{}", address.port()), _runtime: runtime }
    }

    /// What doctor says to a machine that trusts the door's certificate, or that does not.
    fn doctor(&self, is_trusted: bool, language: &str) -> String {
        let mut command = doctor(&self.trial, &self.url, language);
        if is_trusted {
            command.env("SSL_CERT_FILE", self.trial.path("trusted.pem"));
        }
        text(&command.output().unwrap().stdout)
    }
}

fn doctor(trial: &Trial, url: &str, language: &str) -> std::process::Command {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_wechat-bizwifi"));
    command
        .args(["doctor", "--lang", language, "--base-url", url])
        .env("WECHAT_BIZWIFI_APPID", "wx1")
        .env("WECHAT_BIZWIFI_SECRET", "s3cret")
        .current_dir(trial.folder.path());
    command
}

/// Serves each connection so, from a port of its own.
fn serve<F>(work: impl Fn(TcpStream) -> F + Send + 'static) -> (Runtime, SocketAddr)
where
    F: Future<Output = std::io::Result<()>> + Send + 'static,
{
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    runtime.spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // A client that does not like what it sees hangs up: that is its affair.
            tokio::spawn(work(stream));
        }
    });
    (runtime, address)
}

fn certificate(name: &str, from: SystemTime, until: SystemTime) -> CertificateParams {
    let mut params = CertificateParams::new([name.to_owned()]).unwrap();
    (params.not_before, params.not_after) = (from.into(), until.into());
    params
}

fn valid(name: &str) -> CertificateParams {
    let now = SystemTime::now();
    certificate(name, now - DAY, now + DAY)
}

#[test]
fn a_certificate_that_is_trusted_is_no_matter() {
    let said = Door::new(&valid("localhost")).doctor(true, "en");
    assert!(said.contains("ok    connection") && !said.contains("FAIL"), "{said}");
}

#[test]
fn each_error_of_a_certificate_has_its_help_in_both_languages() {
    let now = SystemTime::now();
    let (ended, early) = (
        certificate("localhost", now - 2 * DAY, now - DAY),
        certificate("localhost", now + DAY, now + 2 * DAY),
    );
    let cases = [
        (valid("localhost"), false, "name it in SSL_CERT_FILE\n", "或由 SSL_CERT_FILE 指定\n"),
        (ended, true, "has to be replaced\n", "则须更换服务器或中间代理的证书\n"),
        (early, true, "has to be replaced\n", "则须更换服务器或中间代理的证书\n"),
        (valid("elsewhere.example"), true, "at DNS and at --base-url\n", "DNS 与 --base-url\n"),
    ];
    for (params, is_trusted, english, chinese) in cases {
        let door = Door::new(&params);
        let said = door.doctor(is_trusted, "en");
        assert!(said.contains("FAIL  connection: ") && said.contains(english), "{said}");
        assert!(said.contains("-     clock: not checked"), "{said}");
        let said = door.doctor(is_trusted, "zh");
        assert!(said.contains("FAIL  连接：") && said.contains(chinese), "{said}");
        assert!(door.trial.server.calls().is_empty(), "no secret was sent");
    }
}

#[test]
fn what_speaks_no_tls_is_said_to() {
    let trial = Trial::new(1);
    let url = trial.server.base_url().replace("http:", "https:");
    for (language, help) in
        [("en", "whether a proxy is in between\n"), ("zh", "以及中间是否有代理\n")]
    {
        let said = text(&doctor(&trial, &url, language).output().unwrap().stdout);
        assert!(said.contains("FAIL  ") && said.contains(help), "{said}");
    }
}

#[test]
fn a_clock_that_is_an_hour_off_has_its_help_in_both_languages() {
    for (offset, shown) in [(3600_i64, "-3600 s"), (-3600, "+3600 s")] {
        let trial = Trial::new(1);
        let server = trial.server.address();
        let (_runtime, address) = serve(move |outside| tell_the_time(outside, server, offset));
        let url = format!("http://{address}");
        let run = doctor(&trial, &url, "en").output().unwrap();
        let said = text(&run.stdout);
        assert_eq!(run.status.code(), Some(1), "{said}");
        assert!(said.contains("FAIL  clock: this machine's clock is "), "{said}");
        let is_near = (0..30).any(|late| {
            let seconds = -offset + late;
            said.contains(&format!("is {seconds:+} s off"))
        });
        assert!(is_near, "about {shown}: {said}");
        assert!(said.contains("(timedatectl set-ntp true)\n"), "{said}");
        let said = text(&doctor(&trial, &url, "zh").output().unwrap().stdout);
        assert!(said.contains("FAIL  时钟：本机时钟偏差") && said.contains(" 秒\n"), "{said}");
        assert!(said.contains("请校准时钟，或启用 NTP（timedatectl set-ntp true）\n"), "{said}");
    }
}

#[test]
fn a_clock_that_is_right_is_said_to_be_in_both_languages() {
    let trial = Trial::new(1);
    let server = trial.server.address();
    let (_runtime, address) = serve(move |outside| tell_the_time(outside, server, 0));
    for (language, start, end) in [
        ("en", "ok    clock: +", " s against the service"),
        ("zh", "ok    时钟：与服务器相差 +", " 秒"),
    ] {
        let run = doctor(&trial, &format!("http://{address}"), language).output().unwrap();
        let said = text(&run.stdout);
        assert_eq!(run.status.code(), Some(0), "{said}");
        assert!(said.lines().any(|it| it.starts_with(start) && it.ends_with(end)), "{said}");
    }
}

#[test]
fn a_pause_that_is_too_long_ends_a_run_and_is_named_in_both_languages() {
    let trial = Trial::new(1);
    let (_runtime, address) = serve(|mut outside| async move {
        assert!(outside.read(&mut [0; 4096]).await? > 0, "the request");
        let reply = "HTTP/1.1 429 x\r\nretry-after: 7265\r\ncontent-length: 0\r\n\r\n";
        outside.write_all(reply.as_bytes()).await
    });
    let url = format!("http://{address}");
    for (language, reason) in [
        (
            "en",
            "; the service asks for a pause of 2 h 1 min, and a run pauses for 15 min 0 s at the most\n",
        ),
        ("zh", "; 服务要求暂停 2 小时 1 分，而一次运行最多暂停 15 分 0 秒\n"),
    ] {
        let arguments = ["campaign", "status", "a.csv", "--lang", language, "--base-url", &url];
        let run = trial.command_at(&arguments).output().unwrap();
        let said = said(&run);
        assert_eq!(run.status.code(), Some(3), "{said}");
        assert!(said.contains(reason), "{said}");
    }
}

/// Answers what asks for the page `/` with the time, so many seconds off; all else is the server's.
async fn tell_the_time(
    mut outside: TcpStream,
    server: SocketAddr,
    offset: i64,
) -> std::io::Result<()> {
    let mut start = [0; 6];
    while outside.peek(&mut start).await? < start.len() {
        tokio::task::yield_now().await;
    }
    if start != *b"GET / " {
        let mut inside = TcpStream::connect(server).await?;
        return copy_bidirectional(&mut outside, &mut inside).await.map(drop);
    }
    let time = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(offset);
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&time);
    let head =
        format!("HTTP/1.1 404 Not Found\r\ndate: {}\r\ncontent-length: 0\r\n\r\n", date.unwrap());
    outside.write_all(head.as_bytes()).await
}
