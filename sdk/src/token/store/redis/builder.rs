//! The settings of a store.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::connections::{Connect, Connections};
use super::record::Cipher;
use super::scripts::Scripts;
use super::{Inner, RedisStore};

/// The settings of a [`RedisStore`] to be.
///
/// | setting | default |
/// |---|---|
/// | [`prefix`](Self::prefix) | `wechat-bizwifi` |
/// | [`timeout`](Self::timeout) | 500 ms |
/// | [`encryption_key`](Self::encryption_key) | none: tokens are stored as they are |
#[must_use]
pub struct RedisStoreBuilder {
    connect: Arc<Connect>,
    prefix: String,
    timeout: Duration,
    cipher: Option<Cipher>,
}

impl RedisStoreBuilder {
    pub(super) fn new(connect: Arc<Connect>) -> Self {
        let (prefix, timeout) = ("wechat-bizwifi".to_owned(), Duration::from_millis(500));
        Self { connect, prefix, timeout, cipher: None }
    }

    /// What the keys begin with. Give each environment its own. Default: `wechat-bizwifi`.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// How long Redis may take for an answer, connecting included; more than a second is cut to
    /// that. Default: 500 ms.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout.min(Duration::from_secs(1));
        self
    }

    /// Encrypts the token with this key, by XChaCha20-Poly1305. All processes need the same one; a
    /// token that another one wrote counts as none.
    ///
    /// Make the key with a generator of cryptographic randomness, and keep it elsewhere than in
    /// Redis. To replace it, restart the processes with another: at worst each group fetches a token
    /// of its own until the last has changed.
    pub fn encryption_key(mut self, key: [u8; 32]) -> Self {
        self.cipher = Some(Cipher::new(key));
        self
    }

    /// Builds the store. Nothing is sent yet.
    pub fn build(self) -> RedisStore {
        let Self { connect, prefix, timeout, cipher } = self;
        let connections = Connections::new(connect, timeout);
        let scripts = Scripts::default();
        RedisStore(Arc::new(Inner { connections, scripts, prefix, timeout, cipher }))
    }
}

/// Without the address, which may hold a password.
impl fmt::Debug for RedisStoreBuilder {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("RedisStoreBuilder")
            .field("prefix", &self.prefix)
            .field("timeout", &self.timeout)
            .field("encrypted", &self.cipher.is_some())
            .finish_non_exhaustive()
    }
}
