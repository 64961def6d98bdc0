//! The access token as it stands in URLs.
//!
//! ```text
//! T+1    access_token=T%2B1, and for /a/b: https://h.example/a/b?access_token=T%2B1
//! ```

use std::fmt;
use std::sync::RwLock;

use reqwest::Url;
use zeroize::Zeroizing;

use super::base::query_pair;
use crate::lock::{read, write};
use crate::secret::Secret;

/// A token as it stands in a query, and the URLs that were made with it.
///
/// Writing a token into a URL checks each of its characters anew, which would be the most expensive part of a call.
/// So each operation's URL is made once for each token. It belongs to one client, and so to one base URL.
pub(crate) struct TokenUrls {
    query: Secret,
    urls: RwLock<Urls>,
}

/// By the operation's path, sorted.
type Urls = Vec<(&'static str, SecretUrl)>;

fn find(urls: &Urls, path: &str) -> Result<usize, usize> {
    urls.binary_search_by(|(known, _)| (*known).cmp(path))
}

impl TokenUrls {
    pub(crate) fn new(token: &str) -> Self {
        Self { query: query_pair("access_token", token), urls: RwLock::default() }
    }

    /// The query parameter, ready to be sent.
    pub(super) fn query(&self) -> &Secret {
        &self.query
    }

    /// The URL of an operation. `make` is called for the first call of the operation only.
    pub(super) fn url(&self, path: &'static str, make: impl FnOnce() -> Url) -> Url {
        self.known(path).unwrap_or_else(|| self.keep(path, make()))
    }

    fn known(&self, path: &str) -> Option<Url> {
        let urls = read(&self.urls);
        find(&urls, path).ok().and_then(|at| urls[at].1.0.clone())
    }

    fn keep(&self, path: &'static str, url: Url) -> Url {
        let mut urls = write(&self.urls);
        // If another thread was faster, it has added the same URL.
        if let Err(at) = find(&urls, path) {
            urls.insert(at, (path, SecretUrl(Some(url.clone()))));
        }
        url
    }
}

impl fmt::Debug for TokenUrls {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("TokenUrls(..)")
    }
}

/// A URL whose memory is wiped when it is dropped; the option is for that moment.
struct SecretUrl(Option<Url>);

impl Drop for SecretUrl {
    fn drop(&mut self) {
        drop(self.0.take().map(|url| Zeroizing::new(String::from(url))));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn each_path_has_a_url_of_its_own_that_is_made_once() {
        let urls = TokenUrls::new("t");
        let (a, b) = (url("http://localhost/a?t"), url("http://localhost/b?t"));
        assert_eq!(urls.url("/a", || a.clone()), a);
        assert_eq!(urls.url("/b", || b.clone()), b);
        assert_eq!(urls.url("/a", || unreachable!("it is known")), a);
        assert_eq!(urls.url("/b", || unreachable!("it is known")), b);
    }

    #[test]
    fn it_shows_nothing() {
        let urls = TokenUrls::new("k3y");
        urls.url("/a", || url("http://localhost/a?k3y"));
        assert_eq!(format!("{urls:?}"), "TokenUrls(..)");
        assert_eq!(urls.query().expose(), "access_token=k3y");
    }
}
