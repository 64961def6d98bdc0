//! Text that must not be seen.

use std::fmt;

use zeroize::Zeroizing;

/// A secret text: an application's secret, or an access token.
///
/// It cannot be printed or serialised by accident: `Debug` shows `Secret(..)`, and there is no
/// `Display` and no `Serialize`. Its memory is wiped when it is dropped. What the text has to be
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

    /// The text itself. Whoever asks for it sees to it that it goes no further than it must.
    pub fn expose(&self) -> &str {
        &self.0
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
