//! Text that must not be seen.

use std::cell::Cell;
use std::fmt;

use serde::{Serialize, Serializer};
use zeroize::Zeroizing;

/// The text in place of a secret in a value that was serialised without [`reveal_secrets`].
pub(crate) const HIDDEN: &str = "(hidden: see wechat_bizwifi::reveal_secrets)";

thread_local! {
    /// Whether values that this thread serialises are written with their secrets. It is a thread-local
    /// since a serializer cannot pass it on, and secrets lie at any depth of a value.
    static IS_REVEALED: Cell<bool> = const { Cell::new(false) };
}

/// A secret text: an application's secret, or an access token.
///
/// It cannot be printed or serialised by accident: `Debug` shows `Secret(..)`, there is no `Display`
/// and no `Serialize`, and requests and replies are serialised without their secrets, unless it is
/// by [`reveal_secrets`]. Its memory is wiped when it is dropped. What the text has to be
/// copied into on its way to the server, such as the buffers of the HTTP client, is not.
///
/// ```
/// use wechat_bizwifi::Secret;
///
/// let secret = Secret::new("k3y");
/// assert_eq!(format!("{secret:?}"), "Secret(..)");
/// assert_eq!(secret.expose(), "k3y");
/// ```
///
/// It does not print:
///
/// ```compile_fail
/// println!("{}", wechat_bizwifi::Secret::new("k3y"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a text as a secret.
    ///
    /// A `String` is taken over as it is, so that no copy of it stays behind.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text itself. The caller has to keep it from where secrets must not go.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is written of it: the text where secrets are revealed, and otherwise [`HIDDEN`].
    pub(crate) fn written(&self) -> &str {
        if are_revealed() { self.expose() } else { HIDDEN }
    }
}

/// Serialises a request or a reply with its secrets in it, which are left out otherwise.
///
/// What it is wrapped around may be any value that holds such requests or replies, at any depth.
///
/// ```
/// use wechat_bizwifi::{AccessToken, reveal_secrets};
///
/// let reply: AccessToken = serde_json::from_str(r#"{"access_token":"T0K3N","expires_in":7200}"#)?;
/// assert!(!serde_json::to_string(&reply)?.contains("T0K3N"));
///
/// let kept = serde_json::to_string(&reveal_secrets(&reply))?;
/// assert_eq!(kept, r#"{"access_token":"T0K3N","expires_in":7200}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// A request that was serialised without its secrets is not read again, so that it is not sent
/// without them.
pub fn reveal_secrets<T: Serialize + ?Sized>(value: &T) -> impl Serialize {
    Revealed(value)
}

struct Revealed<'a, T: ?Sized>(&'a T);

impl<T: Serialize + ?Sized> Serialize for Revealed<'_, T> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        revealing(|| self.0.serialize(output))
    }
}

/// Whether secrets may be written as they are.
pub(crate) fn are_revealed() -> bool {
    IS_REVEALED.get()
}

/// Does something in which secrets are written as they are.
pub(crate) fn revealing<T>(work: impl FnOnce() -> T) -> T {
    let _revealed = Revealing(IS_REVEALED.replace(true));
    work()
}

/// Restores what was set before when it is dropped, after a panic as well.
struct Revealing(bool);

impl Drop for Revealing {
    fn drop(&mut self) {
        IS_REVEALED.set(self.0);
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(..)")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}
