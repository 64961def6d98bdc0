//! The buffer that JSON is written into.
//!
//! ```text
//! {"shop_id":1}    up to 256 bytes stay in the buffer itself, what is longer moves to a `Vec`
//! ```
//!
//! Most bodies are short. A short body takes one allocation, which all attempts of a call share.

use std::io;

use bytes::Bytes;

/// The length that most bodies do not exceed, in bytes.
const USUAL_LENGTH: usize = 256;

/// JSON while it is written. There is only one such type, since each type of generated code is compiled for each of
/// them.
pub(crate) struct Buffer {
    short: Short,
    /// The whole text, once it is too long for `short`.
    long: Vec<u8>,
}

struct Short {
    bytes: [u8; USUAL_LENGTH],
    length: usize,
}

impl Buffer {
    pub(crate) const fn new() -> Self {
        Self { short: Short { bytes: [0; USUAL_LENGTH], length: 0 }, long: Vec::new() }
    }

    pub(crate) fn into_bytes(self) -> Bytes {
        if self.long.is_empty() { Bytes::from_owner(self.short) } else { self.long.into() }
    }

    #[cold]
    fn write_long(&mut self, bytes: &[u8]) {
        if self.long.is_empty() {
            self.long.extend_from_slice(self.short.as_ref());
        }
        self.long.extend_from_slice(bytes);
    }
}

impl AsRef<[u8]> for Buffer {
    fn as_ref(&self) -> &[u8] {
        if self.long.is_empty() { self.short.as_ref() } else { &self.long }
    }
}

impl AsRef<[u8]> for Short {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl io::Write for Buffer {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let end = self.short.length + bytes.len();
        match self.short.bytes.get_mut(self.short.length..end) {
            Some(room) if self.long.is_empty() => {
                room.copy_from_slice(bytes);
                self.short.length = end;
            }
            _ => self.write_long(bytes),
        }
        Ok(bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes).map(drop)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn what_was_written_is_kept_whole_however_long() {
        for length in [0, 1, USUAL_LENGTH - 1, USUAL_LENGTH, USUAL_LENGTH + 1, 3 * USUAL_LENGTH] {
            let written: Vec<u8> = (0..=250).cycle().take(length).collect();
            let mut buffer = Buffer::new();
            // A short piece may come after a long one, which had no room.
            let (mut rest, mut sizes) = (&written[..], [1, 100, 2, 300].iter().cycle());
            while !rest.is_empty() {
                let (piece, after) = rest.split_at(rest.len().min(*sizes.next().unwrap()));
                buffer.write_all(piece).unwrap();
                rest = after;
            }
            assert_eq!(buffer.as_ref(), written);
            assert_eq!(buffer.into_bytes(), written);
        }
    }
}
