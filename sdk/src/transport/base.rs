//! URLs: the base, checked once, and what is added to it for a call.
//!
//! ```text
//! https://h.example/proxy/ + /a/b + access_token=T + x=1    https://h.example/proxy/a/b?access_token=T&x=1
//! http://h.example                                          refused: anyone can read the token
//! ```

use std::net::IpAddr;

use reqwest::Url;
use wechat_bizwifi_rules::message::{
    Arg, BASE_NO_HTTPS, BASE_NO_URL, BASE_PLAIN, BASE_QUERY, BASE_USER, Template,
};
use zeroize::Zeroizing;

use crate::error::{Error, ErrorKind};
use crate::secret::Secret;

/// Where the service is: HTTPS, or plain HTTP on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    url: Url,
    /// The path below which the operations' paths lie, without a slash at its end.
    prefix: String,
    /// What every URL of the service begins with: scheme, host, port and a slash.
    origin: String,
}

impl BaseUrl {
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let no_url = |error| {
            let has_scheme = text.contains("://");
            if has_scheme { BASE_NO_URL.with([Arg::Text(&error)]) } else { BASE_NO_HTTPS.into() }
        };
        let url =
            Url::parse(text).map_err(|error| Error::said(ErrorKind::Config, no_url(error)))?;
        if let Some(problem) = problem_with(&url) {
            return Err(Error::said(ErrorKind::Config, problem));
        }
        let prefix = url.path().trim_end_matches('/').to_owned();
        let origin = format!("{}://{}/", url.scheme(), url.authority());
        Ok(Self { url, prefix, origin })
    }

    /// Whether the service is on this machine, reached without TLS.
    pub(crate) fn is_plain(&self) -> bool {
        self.url.scheme() == "http"
    }

    /// Host and port, for people.
    pub(crate) fn authority(&self) -> &str {
        self.url.authority()
    }

    /// Whether a reply from `url` comes from where the request was sent to.
    pub(super) fn is_origin_of(&self, url: &Url) -> bool {
        url.as_str().starts_with(&self.origin)
    }

    /// The URL of an operation.
    pub(super) fn join(&self, path: &str, query: &[&str]) -> Url {
        let mut url = self.url.clone();
        if self.prefix.is_empty() {
            url.set_path(path);
        } else {
            url.set_path(&format!("{}{path}", self.prefix));
        }
        match query {
            [] => {}
            [one] => url.set_query(Some(one)),
            several => {
                // As long as it will be: what it grew out of would not be wiped.
                let length = several.iter().map(|part| part.len() + 1).sum();
                let mut query = Zeroizing::new(String::with_capacity(length));
                for part in several {
                    query.extend(["&", *part]);
                }
                url.set_query(query.get(1..));
            }
        }
        url
    }
}

/// `name=value` as it stands in a query.
pub(crate) fn query_pair(name: &str, value: &str) -> Secret {
    query([(name, value)].into_iter())
}

/// Pairs as they stand in a query.
pub(super) fn query<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Secret {
    // The HTTP library's URL type writes queries; which URL that is does not matter.
    let Ok(mut url) = Url::parse("http://localhost/") else {
        return Secret::new("");
    };
    url.query_pairs_mut().extend_pairs(pairs);
    Secret::new(url.query().unwrap_or_default())
}

fn problem_with(url: &Url) -> Option<Template<0>> {
    if !matches!(url.scheme(), "https" | "http") || !url.has_host() {
        return Some(BASE_NO_HTTPS);
    }
    if url.scheme() == "http" && !is_loopback(url) {
        return Some(BASE_PLAIN);
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Some(BASE_QUERY);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Some(BASE_USER);
    }
    None
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_matches(['[', ']']);
    host == "localhost" || address.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(base: &str, query: &[&str]) -> String {
        BaseUrl::parse(base).unwrap().join("/a/b", query).to_string()
    }

    fn refused(base: &str) -> String {
        let error = BaseUrl::parse(base).unwrap_err();
        assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Config, false), "{base}");
        error.to_string()
    }

    #[test]
    fn operations_lie_below_the_base() {
        assert_eq!(joined("https://h.example", &[]), "https://h.example/a/b");
        assert_eq!(joined("https://h.example/", &["x=1"]), "https://h.example/a/b?x=1");
        assert_eq!(
            joined("https://h.example/gate/way/", &["x=1", "y=2"]),
            "https://h.example/gate/way/a/b?x=1&y=2"
        );
    }

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        let base = BaseUrl::parse("https://H.example:443/gate").unwrap();
        let is_origin_of = |url: &str| base.is_origin_of(&Url::parse(url).unwrap());
        assert!(is_origin_of("https://h.example/elsewhere?x") && is_origin_of("https://h.example"));
        for other in ["http://h.example/", "https://h.example:8/", "https://h.example.org/gate"] {
            assert!(!is_origin_of(other), "{other}");
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for base in
            ["http://127.0.0.1:80", "http://127.8.9.1", "http://[::1]:1", "http://localhost"]
        {
            assert!(BaseUrl::parse(base).unwrap().is_plain(), "{base}");
        }
        for base in ["http://api.weixin.qq.com", "http://10.0.0.1", "http://127.0.0.1.example"] {
            assert_eq!(
                refused(base),
                "the base URL must begin with https://: plain http, where anyone can read the \
                 token, is accepted for this machine only (127.0.0.1, [::1], localhost)",
                "{base}"
            );
        }
        assert!(!BaseUrl::parse("https://localhost").unwrap().is_plain());
    }

    #[test]
    fn what_is_not_a_base_is_refused_without_repeating_it() {
        let other = "the base URL must begin with https://";
        let query = "the base URL must have neither query nor fragment";
        let password = "the base URL must not hold a user name or password";
        for (base, message) in [
            ("", other),
            ("api.weixin.qq.com", other),
            ("https://", "the base URL is not a URL: empty host"),
            ("ftp://h.example", other),
            ("data:text/plain,k3y", other),
            ("https://h.example/?access_token=k3y", query),
            ("https://h/#k3y", query),
            ("https://u:k3y@h.example", password),
            ("https://k3y@h.example", password),
            ("https://:k3y@h.example", password),
        ] {
            assert_eq!(refused(base), message, "{base}");
        }
    }

    #[test]
    fn query_values_are_escaped() {
        assert_eq!(
            query_pair("access_token", "a+b&c=d é").expose(),
            "access_token=a%2Bb%26c%3Dd+%C3%A9"
        );
    }
}
