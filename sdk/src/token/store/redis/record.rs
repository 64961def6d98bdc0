//! A token as it is stored in Redis: one byte for the format, and JSON behind it, encrypted or not.
//!
//! ```text
//! 1{"token":..}                       plain
//! 2<nonce, 24 bytes><ciphertext>      encrypted
//! ```

use std::time::Duration;

use chacha20poly1305::aead::{Aead, Generate, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::super::StoredToken;
use super::errors;
use crate::error::Error;

const PLAIN: u8 = b'1';
const SEALED: u8 = b'2';

/// How long a nonce is.
const NONCE: usize = 24;

#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Record {
    token: Zeroizing<String>,
    /// In milliseconds.
    lifetime: u64,
}

/// The key that a token is encrypted with.
pub(super) struct Cipher(XChaCha20Poly1305);

impl Record {
    pub(super) fn of(token: &StoredToken) -> Self {
        let lifetime = u64::try_from(token.lifetime().as_millis()).unwrap_or(u64::MAX);
        Self { token: Zeroizing::new(token.token().expose().to_owned()), lifetime }
    }

    pub(super) fn stored(mut self, left: Duration) -> StoredToken {
        let token = std::mem::take(&mut *self.token);
        StoredToken::new(token, Duration::from_millis(self.lifetime), left)
    }

    /// The record in bytes. Encrypted, it is good under this key of Redis and no other.
    pub(super) fn seal(
        &self,
        key: &str,
        cipher: Option<&Cipher>,
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        let text = Zeroizing::new(serde_json::to_vec(self).map_err(|_| errors::unexpected())?);
        let body = match cipher {
            None => [&[PLAIN], &text[..]].concat(),
            Some(cipher) => [&[SEALED], &cipher.seal(&text, key)?[..]].concat(),
        };
        Ok(Zeroizing::new(body))
    }

    /// Reads a record; `None` if the bytes are no record, or were not written with this key.
    pub(super) fn open(bytes: &[u8], key: &str, cipher: Option<&Cipher>) -> Option<Self> {
        let (mark, body) = bytes.split_first()?;
        match (*mark, cipher) {
            (PLAIN, None) => serde_json::from_slice(body).ok(),
            (SEALED, Some(cipher)) => serde_json::from_slice(&cipher.open(body, key)?).ok(),
            _ => None,
        }
    }
}

impl Cipher {
    pub(super) fn new(key: [u8; 32]) -> Self {
        let key = Zeroizing::new(key);
        Self(XChaCha20Poly1305::new((&*key).into()))
    }

    fn seal(&self, text: &[u8], key: &str) -> Result<Vec<u8>, Error> {
        let nonce = XNonce::try_generate().map_err(|_| errors::sealing())?;
        let payload = Payload { msg: text, aad: key.as_bytes() };
        let sealed = self.0.encrypt(&nonce, payload).map_err(|_| errors::sealing())?;
        Ok([&nonce[..], &sealed[..]].concat())
    }

    fn open(&self, body: &[u8], key: &str) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = body.split_at_checked(NONCE)?;
        let nonce = XNonce::try_from(nonce).ok()?;
        let payload = Payload { msg: sealed, aad: key.as_bytes() };
        self.0.decrypt(&nonce, payload).ok().map(Zeroizing::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    fn record() -> Record {
        Record::of(&StoredToken::new("T0KEN", HOUR, HOUR))
    }

    fn opened(bytes: &[u8], key: &str, cipher: Option<&Cipher>) -> Option<String> {
        let record = Record::open(bytes, key, cipher)?;
        Some(record.stored(HOUR).token().expose().to_owned())
    }

    #[test]
    fn a_record_comes_back_as_it_was() {
        let plain = record().seal("k", None).unwrap();
        assert_eq!(&plain[..], br#"1{"token":"T0KEN","lifetime":3600000}"#);
        assert_eq!(opened(&plain, "k", None).as_deref(), Some("T0KEN"));
    }

    #[test]
    fn an_encrypted_record_shows_nothing_and_opens_with_its_key_in_its_place_alone() {
        let [ours, theirs] = [[1; 32], [2; 32]].map(Cipher::new);
        let sealed = record().seal("k", Some(&ours)).unwrap();
        assert!(!sealed.windows(5).any(|part| part == b"T0KEN"));
        assert_eq!(opened(&sealed, "k", Some(&ours)).as_deref(), Some("T0KEN"));
        assert_eq!(opened(&sealed, "k", Some(&theirs)), None);
        assert_eq!(opened(&sealed, "another", Some(&ours)), None);
        assert_eq!(opened(&sealed, "k", None), None);
        let plain = record().seal("k", None).unwrap();
        assert_eq!(opened(&plain, "k", Some(&ours)), None, "nobody can put a token in");
        assert_ne!(&sealed[..], &record().seal("k", Some(&ours)).unwrap()[..]);
    }

    #[test]
    fn what_makes_no_sense_is_none() {
        let cipher = Cipher::new([1; 32]);
        for garbage in [&b""[..], b"1", b"2", b"1{}", b"2short", b"3{}", &[0xff; 100]] {
            assert_eq!(opened(garbage, "k", None), None);
            assert_eq!(opened(garbage, "k", Some(&cipher)), None);
        }
    }
}
