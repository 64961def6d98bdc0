//! The way to the service: its name, the connection with its certificate, and the time that it has.

use std::time::{Duration, Instant};

use hyper_util::client::proxy::matcher::Matcher;
use reqwest::header::DATE;
use reqwest::{Client, Response, Url};

use super::Finding;
use crate::exit::with_causes;
use crate::language::say;
use crate::{demo, output};

/// How long to wait for the service.
const PATIENCE: Duration = Duration::from_secs(10);
/// How far clocks may be apart, in seconds: tokens and placements are counted in minutes.
const TOLERANCE: i64 = 60;

/// Checks the way to the service.
pub(super) async fn check(url: &Url, base_url: &str) -> [Finding; 3] {
    let name = name(url).await;
    if name.is_fail() {
        return [name, Finding::skipped("connection"), Finding::skipped("clock")];
    }
    let begun = Instant::now();
    match get(url).await {
        Ok(response) => {
            let took = begun.elapsed().as_millis();
            let answers =
                say!("{base_url} answers in {took} ms", "{base_url} 在 {took} 毫秒内应答");
            let clock = clock(server_time(&response), demo::now());
            [name, Finding::ok("connection", answers), clock]
        }
        Err(error) => [name, unreached(&error, url), Finding::skipped("clock")],
    }
}

/// The proxy that the environment names for this URL, and that resolves names by itself. What the SDK
/// sends without TLS stays on this machine, and takes none.
fn proxy_for(url: &Url) -> Option<String> {
    if is_plain(url) {
        return None;
    }
    let proxy = Matcher::from_env().intercept(&url.as_str().parse().ok()?)?;
    let (host, port) = (proxy.uri().host()?, proxy.uri().port());
    Some(port.map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

fn is_plain(url: &Url) -> bool {
    url.scheme() == "http"
}

async fn name(url: &Url) -> Finding {
    if let Some(proxy) = proxy_for(url) {
        return Finding::ok("name", say!("left to the proxy {proxy}", "由代理 {proxy} 解析"));
    }
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    match tokio::net::lookup_host((host, 0)).await {
        Ok(mut found) => {
            let address = found.next().map(|address| address.ip().to_string()).unwrap_or_default();
            Finding::ok("name", say!("{host} is {address}", "{host} 为 {address}"))
        }
        Err(error) => Finding::fail(
            "name",
            say!("{host} cannot be resolved: {error}", "无法解析 {host}：{error}"),
            say!(
                "look at the machine's DNS servers, or set HTTPS_PROXY",
                "请检查本机 DNS 设置，或设置 HTTPS_PROXY"
            ),
        ),
    }
}

async fn get(url: &Url) -> reqwest::Result<Response> {
    let client = Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none());
    let client = if is_plain(url) { client.no_proxy() } else { client };
    // The page does not matter: any answer shows that the way is free.
    client.build()?.get(url.clone()).send().await
}

fn unreached(error: &reqwest::Error, url: &Url) -> Finding {
    let text = with_causes(error);
    let help = help(&text, url.host_str().unwrap_or_default());
    Finding::fail("connection", text, help)
}

/// What to do about a connection that failed. The text is all that tells such errors apart.
fn help(text: &str, host: &str) -> String {
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| text.contains(phrase));
    if says(&["not valid yet", "not yet valid", "certificate expired", "has expired"]) {
        let now = output::time(demo::now());
        return say!(
            "set this machine's clock, which says {now}; if that is right, the certificate of the \
             service, or of a proxy in between, has to be replaced",
            "请校准本机时钟（现为 {now}）；若时间正确，则须更换服务器或中间代理的证书"
        );
    }
    if says(&["proxy authorization required"]) {
        return say!(
            "write the user name and the password of the proxy into its address, as in \
             http://user:password@host:port",
            "请在代理地址中写入用户名与密码，如 http://user:password@host:port"
        );
    }
    if says(&["unsupported scheme socks"]) {
        return say!(
            "this program does not support SOCKS: name an HTTP proxy",
            "本程序不支持 SOCKS：请使用 HTTP 代理"
        );
    }
    if says(&["not valid for name", "NotValidForName", "mismatch"]) {
        return say!(
            "the certificate is not the one of {host}: somebody else answers, such as the sign-in \
             page of a network or a proxy; look at these, at DNS and at --base-url",
            "证书不属于 {host}：应答的是其他服务器，例如网络登录页或代理；请检查它们、DNS 与 --base-url"
        );
    }
    if says(&["InvalidContentType", "wrong version number"]) {
        return say!(
            "what answers speaks no TLS: see whether --base-url should begin with http://, and \
             whether a proxy is in between",
            "应答方不使用 TLS：请检查 --base-url 是否应以 http:// 开头，以及中间是否有代理"
        );
    }
    if says(&["certificate", "UnknownIssuer"]) {
        return say!(
            "install the system's certificates (package ca-certificates); where a proxy replaces \
             certificates with its own, add that to them, or name it in SSL_CERT_FILE",
            "请安装系统证书（ca-certificates 软件包）；若代理用自己的证书替换，请将其加入系统证书，\
             或由 SSL_CERT_FILE 指定"
        );
    }
    say!(
        "look at firewall and proxy (HTTPS_PROXY): port 443 must be open to the outside",
        "请检查防火墙与代理（HTTPS_PROXY）：须允许访问外部 443 端口"
    )
}

/// The server's clock, in Unix seconds.
fn server_time(response: &Response) -> Option<i64> {
    let date = response.headers().get(DATE)?.to_str().ok()?;
    let time = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(date).ok()?;
    Some(time.as_second())
}

fn clock(server: Option<i64>, here: i64) -> Finding {
    let Some(server) = server else {
        let detail = say!("the service does not tell the time", "服务器未提供时间");
        return Finding::ok("clock", detail);
    };
    let ahead = here - server;
    if ahead.abs() <= TOLERANCE {
        return Finding::ok(
            "clock",
            say!("{ahead:+} s against the service", "与服务器相差 {ahead:+} 秒"),
        );
    }
    Finding::fail(
        "clock",
        say!("this machine's clock is {ahead:+} s off", "本机时钟偏差 {ahead:+} 秒"),
        say!(
            "set it, or let NTP do so (timedatectl set-ntp true)",
            "请校准时钟，或启用 NTP（timedatectl set-ntp true）"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Health;

    #[test]
    fn a_clock_that_is_a_little_off_is_well() {
        for (here, health) in
            [(939, Health::Fail), (940, Health::Ok), (1060, Health::Ok), (1061, Health::Fail)]
        {
            assert_eq!(clock(Some(1000), here).health, health, "{here}");
        }
        assert_eq!(clock(None, 1060).health, Health::Ok);
        let off = clock(Some(1000), 900);
        assert_eq!(off.detail, "this machine's clock is -100 s off");
        assert_eq!(off.help, "set it, or let NTP do so (timedatectl set-ntp true)");
    }

    #[test]
    fn each_way_to_say_what_is_wrong_has_its_help() {
        let cases = [
            ("or of a proxy in between, has to be replaced", "certificate not valid yet"),
            ("or of a proxy in between, has to be replaced", "the certificate is not yet valid"),
            ("or of a proxy in between, has to be replaced", "certificate expired: it ended"),
            ("or of a proxy in between, has to be replaced", "the certificate has expired"),
            (" as in http://user:password@host:port", "tunnel error: proxy authorization required"),
            ("support SOCKS: name an HTTP proxy", "unsupported scheme socks5"),
            (
                "look at these, at DNS and at --base-url",
                "certificate not valid for name \"a.example\"",
            ),
            ("look at these, at DNS and at --base-url", "invalid certificate: NotValidForName"),
            ("look at these, at DNS and at --base-url", "hostname mismatch"),
            (
                "and whether a proxy is in between",
                "received corrupt message of type InvalidContentType",
            ),
            ("and whether a proxy is in between", "wrong version number"),
            ("or name it in SSL_CERT_FILE", "unable to get local issuer certificate"),
            ("or name it in SSL_CERT_FILE", "UnknownIssuer"),
            ("port 443 must be open to the outside", "connection refused"),
        ];
        for (end, text) in cases {
            let help = help(text, "a.example");
            assert!(help.ends_with(end), "{text}: {help}");
        }
        assert!(help("mismatch", "a.example").contains("is not the one of a.example: "));
    }

    #[tokio::test]
    async fn what_does_not_answer_is_named_with_its_help() {
        let check = async |url: &str| check(&url.parse().unwrap(), url).await;
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let [name, connection, clock] = check(&format!("http://127.0.0.1:{port}")).await;
        assert_eq!((name.health, clock.health), (Health::Ok, Health::Skipped));
        assert!(connection.is_fail() && connection.help.contains("firewall"), "{connection:?}");
        let [name, connection, _] = check("http://no-such-host.invalid").await;
        assert!(name.is_fail() && name.help.contains("DNS"), "{name:?}");
        assert_eq!(connection.health, Health::Skipped);
    }
}
