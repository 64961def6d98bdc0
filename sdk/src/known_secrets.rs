//! The secrets that a service may quote in a message: the secret of the application, and its latest tokens.
//!
//! ```text
//! call 1   sent with token 1, refused; sent with token 2: `token 1 has been replaced by token 2`
//! call 2   fetches a token: `token 2 is still valid`
//! ```

use std::collections::VecDeque;
use std::sync::Mutex;

use crate::lock::lock;
use crate::secret::Secret;

/// The number of tokens that are remembered, with the current one. A token serves for two hours, unless the
/// service refuses one after another.
const TOKENS: usize = 16;

/// The current and former secrets of a client. They are masked in every text from elsewhere.
#[derive(Debug, Default)]
pub(crate) struct KnownSecrets {
    /// The application's secret, if the client has one.
    application: Option<Secret>,
    /// The last tokens of the client, for any call.
    tokens: Mutex<VecDeque<Secret>>,
}

impl KnownSecrets {
    pub(crate) fn new(application: Option<Secret>) -> Self {
        Self { application, tokens: Mutex::default() }
    }

    /// Remembers a token, and forgets the oldest one.
    pub(crate) fn remember(&self, token: &Secret) {
        let mut tokens = lock(&self.tokens);
        if !tokens.contains(token) {
            tokens.truncate(TOKENS - 1);
            tokens.push_front(token.clone());
        }
    }

    pub(crate) fn all(&self) -> Vec<Secret> {
        self.application.iter().chain(&*lock(&self.tokens)).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_tokens_are_remembered_each_once() {
        let known = KnownSecrets::new(Some("S".into()));
        for number in [0, 1, 1, 2, 1].into_iter().chain(3..18) {
            known.remember(&format!("T{number}").into());
        }
        let expected = ["S".into()].into_iter().chain((2..18).rev().map(|n| format!("T{n}")));
        assert!(known.all().iter().map(Secret::expose).eq(expected));
    }
}
